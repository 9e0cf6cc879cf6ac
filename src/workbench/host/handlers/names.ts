import { formatAddress, parseAddress } from "../address.js";
import type { Book } from "../book.js";
import { invalidArgument, itemNotFound } from "../host-error.js";
import { HostObject, type Args, type TypeSpec } from "../host-object.js";
import type { Json } from "../wire.js";
import { sameName, type NameModel, type SheetModel } from "../workbook-model.js";
import { asFlag, asText, keyText } from "./json-values.js";
import { rangeOf } from "./range.js";
import { RangeTarget } from "./range-target.js";

/** Defined names, of the workbook or of one sheet. */

interface Names {
  readonly book: Book;
  readonly sheet: SheetModel | undefined;
}

interface NameTarget extends Names {
  readonly name: NameModel;
}

const ITEM: TypeSpec<NameTarget> = {
  name: "NamedItem",
  id: { wire: "_Id", of: ({ name }) => name.name },
  scalars: {
    name: { get: ({ name }) => name.name },
    formula: {
      get: ({ name }) => name.formula,
      set: ({ name }, value) => {
        name.formula = asText(value);
      },
    },
    value: { get: ({ name }) => name.formula.replace(/^=/, "") },
    type: { get: ({ name }) => (refersTo(name) ? "Range" : "String") },
    scope: { get: ({ sheet }) => (sheet ? "Worksheet" : "Workbook") },
    comment: {
      get: ({ name }) => name.comment,
      set: ({ name }, value) => {
        name.comment = asText(value);
      },
    },
    visible: {
      get: ({ name }) => name.visible,
      set: ({ name }, value) => {
        name.visible = asFlag(value);
      },
    },
  },
  methods: {
    getRange: (target) => {
      const range = rangeBehind(target);
      if (!range) throw itemNotFound();
      return range;
    },
    getRangeOrNullObject: (target) => rangeBehind(target),
    delete: (target) => {
      const list = listOf(target);
      list.splice(list.indexOf(target.name), 1);
      return undefined;
    },
  },
};

const COLLECTION: TypeSpec<Names> = {
  name: "NamedItemCollection",
  items: (names) => listOf(names).map((name) => HostObject.of(ITEM, { ...names, name })),
  item: find,
  methods: {
    getCount: (names) => listOf(names).length,
    getItemOrNullObject: (names, args) => find(names, args.json(0)),
    add: (names, args) => {
      const target = args.target(1, RangeTarget);
      const formula = target ? `=${absolute(target)}` : args.text(1);
      return add(names, args, formula);
    },
    addFormulaLocal: (names, args) => add(names, args, args.text(1)),
  },
};

function listOf({ book, sheet }: Names): NameModel[] {
  return sheet ? sheet.names : book.model.names;
}

function find(names: Names, key: Json): HostObject | null {
  const name = listOf(names).find((candidate) => sameName(candidate.name, keyText(key)));
  return name ? HostObject.of(ITEM, { ...names, name }) : null;
}

function add(names: Names, args: Args, formula: string): HostObject {
  const text = args.text(0);
  if (find(names, text) || !/^[\p{L}_\\][\p{L}\p{N}_.\\?]*$/u.test(text)) throw invalidArgument();
  const name: NameModel = { name: text, formula, visible: true, comment: args.optionalText(2) ?? "" };
  listOf(names).push(name);
  return HostObject.of(ITEM, { ...names, name });
}

function absolute({ sheet, area }: RangeTarget): string {
  return formatAddress(sheet.name, area).replace(/([A-Z]+)(\d+)(?=:|$)/g, "$$$1$$$2");
}

function refersTo(name: NameModel): ReturnType<typeof parseAddress> | undefined {
  try {
    return parseAddress(name.formula.replace(/^=/, ""));
  } catch {
    return undefined;
  }
}

function rangeBehind({ book, sheet, name }: NameTarget): HostObject | null {
  const reference = refersTo(name);
  const found = reference?.sheet === undefined ? sheet : book.model.sheets.find((one) => one.name === reference.sheet);
  return reference && found ? rangeOf(book, found, reference.area) : null;
}

export function namesOf(book: Book, sheet?: SheetModel): HostObject {
  return HostObject.of(COLLECTION, { book, sheet });
}
