import * as codec from "../codecs.js";
import type { Field } from "../fields.js";

/** Columns that several sheets have. */

export const ID: Field = {
  header: "编号",
  path: ["id"],
  codec: codec.text,
  width: 26,
  note: "note.id",
  required: true,
};
export const CLAUSE: Field = {
  header: "条文",
  path: ["clause"],
  codec: codec.clause,
  width: 18,
  note: "note.clause",
  required: true,
};
export const TITLE: readonly Field[] = [
  { header: "标题", path: ["title", "zh"], codec: codec.text, width: 28, note: "note.title", required: true },
  {
    header: "标题（英文）",
    path: ["title", "en"],
    codec: codec.text,
    width: 24,
    note: "note.title-en",
  },
];
export const NOTE: readonly Field[] = [
  { header: "读法", path: ["note", "zh"], codec: codec.text, width: 24, note: "note.note" },
  { header: "读法（英文）", path: ["note", "en"], codec: codec.text, width: 20, note: "note.note-en" },
];
export const PERIOD: readonly Field[] = [
  { header: "自何日起", path: ["effectiveFrom"], codec: codec.date, width: 12, note: "note.from" },
  { header: "至何日止（不含）", path: ["effectiveTo"], codec: codec.date, width: 16, note: "note.to" },
];
export const PRIORITY: Field = {
  header: "优先级",
  path: ["priority"],
  codec: codec.number,
  width: 8,
  note: "note.priority",
};
export const CONDITIONS: Field = {
  header: "条件",
  path: ["conditions"],
  codec: codec.condition,
  width: 48,
  note: "note.conditions",
};

/** The same columns without being needed. */
export function optional(fields: readonly Field[]): Field[] {
  return fields.map((field) => ({ ...field, required: false }));
}
