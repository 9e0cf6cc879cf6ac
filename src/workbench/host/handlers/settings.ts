import type { Book } from "../book.js";
import { HostObject, type TypeSpec } from "../host-object.js";
import type { Json } from "../wire.js";
import type { SettingModel } from "../workbook-model.js";
import { asJson } from "./json-values.js";

/** Settings an add-in keeps in the workbook. */

interface SettingTarget {
  readonly book: Book;
  readonly setting: SettingModel;
}

const ITEM: TypeSpec<SettingTarget> = {
  name: "Setting",
  id: { wire: "_Id", of: ({ setting }) => setting.key },
  scalars: {
    key: { get: ({ setting }) => setting.key },
    value: {
      get: ({ setting }) => setting.value,
      set: ({ setting }, value) => {
        setting.value = asJson(value);
      },
    },
  },
  methods: {
    delete: ({ book, setting }) => {
      book.model.settings = book.model.settings.filter((other) => other !== setting);
      return undefined;
    },
  },
};

const COLLECTION: TypeSpec<Book> = {
  name: "SettingCollection",
  items: (book) => book.model.settings.map((setting) => HostObject.of(ITEM, { book, setting })),
  item: find,
  methods: {
    getCount: (book) => book.model.settings.length,
    getItemOrNullObject: (book, args) => find(book, args.json(0)),
    add: (book, args) => {
      const key = args.text(0);
      const existing = book.model.settings.find((setting) => setting.key === key);
      const setting = existing ?? { key, value: null };
      setting.value = args.json(1);
      if (!existing) book.model.settings.push(setting);
      return HostObject.of(ITEM, { book, setting });
    },
  },
};

function find(book: Book, key: Json): HostObject | null {
  const setting = book.model.settings.find((candidate) => candidate.key === key);
  return setting ? HostObject.of(ITEM, { book, setting }) : null;
}

export function settings(book: Book): HostObject {
  return HostObject.of(COLLECTION, book);
}
