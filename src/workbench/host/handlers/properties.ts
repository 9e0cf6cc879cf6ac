import type { Book } from "../book.js";
import { HostObject, type ScalarSpec, type TypeSpec } from "../host-object.js";
import type { Json } from "../wire.js";
import { asJson } from "./json-values.js";

/** Document properties. */

const STANDARD = ["title", "subject", "author", "keywords", "comments", "category", "manager", "company"] as const;

const PROPERTIES: TypeSpec<Book> = {
  name: "DocumentProperties",
  scalars: Object.fromEntries(
    STANDARD.map((name): [string, ScalarSpec<Book>] => [
      name,
      {
        get: ({ model }) => model.properties.standard[name] ?? "",
        set: ({ model }, value) => {
          model.properties.standard = { ...model.properties.standard, [name]: asJson(value) };
        },
      },
    ]),
  ),
  children: { custom: (book) => HostObject.of(CUSTOM, book) },
};

interface Property {
  readonly book: Book;
  readonly key: string;
}

const ITEM: TypeSpec<Property> = {
  name: "CustomProperty",
  scalars: {
    key: { get: ({ key }) => key },
    value: {
      get: ({ book, key }) => book.model.properties.custom[key] ?? null,
      set: ({ book, key }, value) => {
        book.model.properties.custom[key] = asJson(value);
      },
    },
  },
  methods: {
    delete: ({ book, key }) => {
      book.model.properties.custom = Object.fromEntries(
        Object.entries(book.model.properties.custom).filter(([name]) => name !== key),
      );
      return undefined;
    },
  },
};

const CUSTOM: TypeSpec<Book> = {
  name: "CustomPropertyCollection",
  items: (book) => Object.keys(book.model.properties.custom).map((key) => HostObject.of(ITEM, { book, key })),
  item: find,
  methods: {
    getCount: ({ model }) => Object.keys(model.properties.custom).length,
    getItemOrNullObject: (book, args) => find(book, args.json(0)),
    add: (book, args) => {
      const key = args.text(0);
      book.model.properties.custom[key] = args.json(1);
      return HostObject.of(ITEM, { book, key });
    },
  },
};

function find(book: Book, key: Json): HostObject | null {
  const exists = typeof key === "string" && Object.hasOwn(book.model.properties.custom, key);
  return exists ? HostObject.of(ITEM, { book, key }) : null;
}

export function workbookProperties(book: Book): HostObject {
  return HostObject.of(PROPERTIES, book);
}
