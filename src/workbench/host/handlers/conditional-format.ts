import { contains, intersection } from "../address.js";
import { HostObject, type TypeSpec } from "../host-object.js";
import { itemNotFound } from "../host-error.js";
import type { ConditionalFormatModel } from "../workbook-model.js";
import { rangeOf } from "./range.js";
import type { RangeTarget } from "./range-target.js";
import { at, recorder, withValue, type RecorderShape } from "./tree.js";

/** Conditional formats: recorded with their area and rule, not shown. */

const FORMAT: RecorderShape = {
  name: "ConditionalRangeFormat",
  scalars: { numberFormat: null },
  children: {
    fill: { name: "ConditionalRangeFill", scalars: { color: "" }, calls: { clear: "color" } },
    font: {
      name: "ConditionalRangeFont",
      scalars: { bold: null, italic: null, color: "", underline: "None", strikethrough: null },
    },
  },
};

const RULE_SHAPES: Readonly<Record<string, RecorderShape>> = {
  custom: {
    name: "CustomConditionalFormat",
    children: {
      format: FORMAT,
      rule: { name: "ConditionalFormatRule", scalars: { formula: "", formulaLocal: "", formulaR1C1: "" } },
    },
  },
  cellValue: { name: "CellValueConditionalFormat", scalars: { rule: null }, children: { format: FORMAT } },
  textComparison: { name: "TextConditionalFormat", scalars: { rule: null }, children: { format: FORMAT } },
  topBottom: { name: "TopBottomConditionalFormat", scalars: { rule: null }, children: { format: FORMAT } },
  preset: { name: "PresetCriteriaConditionalFormat", scalars: { rule: null }, children: { format: FORMAT } },
  colorScale: { name: "ColorScaleConditionalFormat", scalars: { criteria: null, threeColorScale: false } },
  dataBar: { name: "DataBarConditionalFormat", scalars: { barDirection: "Context", showDataBarOnly: false } },
};

interface FormatTarget {
  readonly range: RangeTarget;
  readonly model: ConditionalFormatModel;
}

const ITEM: TypeSpec<FormatTarget> = {
  name: "ConditionalFormat",
  id: { wire: "Id", of: ({ model }) => model.id },
  scalars: {
    id: { get: ({ model }) => model.id },
    type: { get: ({ model }) => model.type },
    priority: setting("priority", 0),
    stopIfTrue: setting("stopIfTrue", false),
  },
  children: Object.fromEntries(
    Object.entries(RULE_SHAPES).flatMap(([name, shape]) => {
      const open = ({ model }: FormatTarget): HostObject =>
        recorder(shape, {
          path: [name],
          read: () => model.settings,
          write: (tree) => {
            model.settings = tree;
          },
        });
      return [[name, open] as const, [`${name}OrNullObject`, open] as const];
    }),
  ),
  methods: {
    getRange: ({ range, model }) => rangeOf(range.book, range.sheet, model.area),
    delete: ({ range, model }) => {
      range.sheet.conditionalFormats = range.sheet.conditionalFormats.filter((format) => format !== model);
      return undefined;
    },
  },
};

function setting(name: string, initial: number | boolean): NonNullable<TypeSpec<FormatTarget>["scalars"]>[string] {
  return {
    get: ({ model }) => at(model.settings, [name]) ?? initial,
    set: ({ model }, value) => {
      if (!(value instanceof HostObject)) model.settings = withValue(model.settings, [name], value);
    },
  };
}

const COLLECTION: TypeSpec<RangeTarget> = {
  name: "ConditionalFormatCollection",
  items: (range) => formatsOn(range).map((model) => HostObject.of(ITEM, { range, model })),
  item: (range, id) => {
    const model = formatsOn(range).find((format) => format.id === id);
    return model ? HostObject.of(ITEM, { range, model }) : null;
  },
  methods: {
    add: (range, args) => {
      range.book.assertAllowed(range.sheet, "allowFormatCells");
      const model: ConditionalFormatModel = {
        id: `{${range.book.nextId()}}`,
        type: args.text(0),
        area: { ...range.area },
        settings: {},
      };
      range.sheet.conditionalFormats.push(model);
      return HostObject.of(ITEM, { range, model });
    },
    clearAll: (range) => {
      range.book.assertAllowed(range.sheet, "allowFormatCells");
      range.sheet.conditionalFormats = range.sheet.conditionalFormats.filter(({ area }) => !contains(range.area, area));
      return undefined;
    },
    getCount: (range) => formatsOn(range).length,
    getItemAt: (range, args) => {
      const model = formatsOn(range)[args.whole(0)];
      if (!model) throw itemNotFound();
      return HostObject.of(ITEM, { range, model });
    },
  },
};

function formatsOn({ sheet, area }: RangeTarget): ConditionalFormatModel[] {
  return sheet.conditionalFormats.filter((format) => intersection(format.area, area));
}

export function conditionalFormats(range: RangeTarget): HostObject {
  return HostObject.of(COLLECTION, range);
}
