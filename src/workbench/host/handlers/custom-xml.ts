import type { Book } from "../book.js";
import { invalidArgument, itemNotFound } from "../host-error.js";
import { HostObject, type TypeSpec } from "../host-object.js";
import type { Json } from "../wire.js";
import type { XmlPartModel } from "../workbook-model.js";

/** Custom XML parts: texts kept in the workbook, found by id or namespace. */

interface PartTarget {
  readonly book: Book;
  readonly part: XmlPartModel;
}

interface Parts {
  readonly book: Book;
  readonly namespace: string | undefined;
}

/** The namespace of the root element. */
function namespaceOf(xml: string): string {
  const root = /<([A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*[^>]*>/.exec(xml.replace(/<\?[^>]*\?>|<!--[\s\S]*?-->/g, ""));
  const prefix = root?.[1]?.slice(0, -1);
  const declaration = new RegExp(`xmlns${prefix === undefined ? "" : `:${prefix}`}\\s*=\\s*["']([^"']*)["']`);
  return declaration.exec(root?.[0] ?? "")?.[1] ?? "";
}

const PART: TypeSpec<PartTarget> = {
  name: "CustomXmlPart",
  id: { wire: "Id", of: ({ part }) => part.id },
  scalars: {
    id: { get: ({ part }) => part.id },
    namespaceUri: { get: ({ part }) => namespaceOf(part.xml) },
  },
  methods: {
    getXml: ({ part }) => part.xml,
    setXml: ({ part }, args) => {
      part.xml = wellFormed(args.text(0));
      return undefined;
    },
    delete: ({ book, part }) => {
      book.model.xmlParts = book.model.xmlParts.filter((other) => other !== part);
      return undefined;
    },
  },
};

function wellFormed(xml: string): string {
  if (!/^\s*<[\s\S]*>\s*$/.test(xml)) throw invalidArgument();
  return xml;
}

const COLLECTION: TypeSpec<Parts> = {
  name: "CustomXmlPartCollection",
  items: (parts) => listed(parts).map((part) => HostObject.of(PART, { book: parts.book, part })),
  item: find,
  methods: {
    getCount: (parts) => listed(parts).length,
    getItemOrNullObject: (parts, args) => find(parts, args.json(0)),
    getByNamespace: ({ book }, args) => HostObject.of(SCOPED, { book, namespace: args.text(0) }),
    add: ({ book }, args) => {
      const part: XmlPartModel = { id: `{${book.nextId()}}`, xml: wellFormed(args.text(0)) };
      book.model.xmlParts.push(part);
      return HostObject.of(PART, { book, part });
    },
  },
};

const SCOPED: TypeSpec<Parts> = {
  name: "CustomXmlPartScopedCollection",
  items: (parts) => listed(parts).map((part) => HostObject.of(PART, { book: parts.book, part })),
  item: find,
  methods: {
    getCount: (parts) => listed(parts).length,
    getItemOrNullObject: (parts, args) => find(parts, args.json(0)),
    getOnlyItem: (parts) => {
      const only = onlyOne(parts);
      if (!only) throw itemNotFound();
      return only;
    },
    getOnlyItemOrNullObject: onlyOne,
  },
};

function onlyOne(parts: Parts): HostObject | null {
  const [part, another] = listed(parts);
  return part && !another ? HostObject.of(PART, { book: parts.book, part }) : null;
}

function listed({ book, namespace }: Parts): XmlPartModel[] {
  return book.model.xmlParts.filter(({ xml }) => namespace === undefined || namespaceOf(xml) === namespace);
}

function find(parts: Parts, id: Json): HostObject | null {
  const part = listed(parts).find((candidate) => candidate.id === id);
  return part ? HostObject.of(PART, { book: parts.book, part }) : null;
}

export function xmlParts(book: Book): HostObject {
  return HostObject.of(COLLECTION, { book, namespace: undefined });
}
