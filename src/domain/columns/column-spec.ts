/** How a cell of a column is read and written. */
export type ColumnKind =
  | "text" // free text, trimmed
  | "datetime" // wall-clock minute or second, no time zone
  | "date" // whole day
  | "money" // yuan to the fen
  | "price" // yuan with every decimal that was written
  | "number" // decimal number
  | "integer" // whole number
  | "percent" // share in per cent: 30 means 30 %
  | "boolean" // 是/否
  | "persons" // 张三:60%;李四:40% or 张三、李四
  | "list"; // several labels joined by ；

export interface ColumnSpec {
  readonly id: string;
  /** Chinese header, as written into new ledgers. */
  readonly header: string;
  /** English alias, also a readable header. */
  readonly alias: string;
  readonly kind: ColumnKind;
  readonly role: "input" | "output";
  /** Other headers people use for this column (compared by their header key). */
  readonly synonyms?: readonly string[];
}
