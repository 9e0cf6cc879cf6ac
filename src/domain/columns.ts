import { COMPLAINT_COLUMNS } from "./columns/complaint-columns.js";
import { HANDLING_COLUMNS } from "./columns/handling-columns.js";
import { OUTPUT_COLUMNS } from "./columns/output-columns.js";

export { OUTPUT_COLUMNS };
export type { ColumnKind, ColumnSpec } from "./columns/column-spec.js";

/**
 * The ledger's columns: the one table from which headers, aliases, ids, JSON keys, types and docs are derived.
 * Source: the product's contract with its users (docs/columns.md is generated from these files).
 */

/** What people fill in. */
export const INPUT_COLUMNS = [...COMPLAINT_COLUMNS, ...HANDLING_COLUMNS] as const;
export const COLUMNS = [...INPUT_COLUMNS, ...OUTPUT_COLUMNS] as const;

type Column = (typeof COLUMNS)[number];
export type ColumnId = Column["id"];
export type InputId = Extract<Column, { role: "input" }>["id"];
export type OutputId = Extract<Column, { role: "output" }>["id"];

const BY_ID: ReadonlyMap<string, Column> = new Map(COLUMNS.map((column) => [column.id, column]));

/** The column with this id; throws on an id that is not in the table (a programming error, never user input). */
export function column(id: ColumnId): Column {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`no such column: ${id}`);
  return found;
}

export function isColumnId(id: string): id is ColumnId {
  return BY_ID.has(id);
}

const INPUTS: ReadonlySet<string> = new Set(INPUT_COLUMNS.map(({ id }) => id));

export function isInputId(id: ColumnId): id is InputId {
  return INPUTS.has(id);
}

export type InputColumn = (typeof INPUT_COLUMNS)[number];
