import { OUTPUT_COLUMNS, type ColumnId, type OutputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { headerKey } from "../domain/match-key.js";
import { holds } from "./output-cells.js";
import type { LedgerRow } from "./port.js";

/** What 处理结果 says, if the workbook has it. */
export interface StandingResults {
  /** The outputs of each row of the ledger, null where blank; undefined for a row that has no line there. */
  readonly lines: readonly (LedgerRow["outputs"] | undefined)[];
  /** Whether it has 规则版本. */
  readonly hasVersion: boolean;
}

/** Rows with the outputs that an earlier run gave them, and whose columns are not ours. */
export interface EarlierOutputs {
  readonly rows: readonly LedgerRow[];
  readonly foreign: readonly OutputId[];
}

/**
 * Tells what an earlier run left in a ledger from what a person has filled in by hand. A ledger that we have written to
 * has 规则版本, in itself or in 处理结果. Output columns of any other ledger that hold something are somebody's own work,
 * which must neither be overwritten nor be taken for an earlier outcome; beside 处理结果 they are so too, unless they say
 * exactly what it says: then we have filled them. `rows` have the outputs that stand in the ledger itself; those given back
 * have what 处理结果 says, if there is one. `taken` are outputs whose header a mapping gave to another column.
 */
export function earlierOutputs(
  columns: ReadonlyMap<ColumnId, unknown>,
  rows: readonly LedgerRow[],
  results?: StandingResults,
  taken: readonly OutputId[] = [],
): EarlierOutputs {
  const isOurs = columns.has("packVersion");
  // What we said stands in 处理结果 alone.
  const alone = !isOurs && results?.hasVersion === true;
  const filledIn = isOurs
    ? []
    : OUTPUT_COLUMNS.map(({ id }) => id).filter(
        (id) =>
          columns.has(id) &&
          rows.some(({ outputs }) => isFilled(outputs[id])) &&
          !(alone && rows.every(({ outputs }, i) => isAlike(outputs[id], results.lines[i], id))),
      );
  const foreign = [...filledIn, ...taken.filter((id) => !filledIn.includes(id))];
  const said = rows.map((row) => withWordsByHand(row, foreign));
  if (!results) return { rows: said, foreign };
  const without = new Set<string>(foreign);
  return {
    rows: said.map((row, i) => ({
      ...row,
      outputs: {
        ...pick(row.outputs, (id) => !without.has(id)),
        ...pick(results.lines[i] ?? {}, (id) => alone || !columns.has(id as OutputId)),
      },
    })),
    foreign,
  };
}

/**
 * Somebody's own 当前状态 and 投诉类别 say how the case stands and what kind of entry it is: they are read as 结案状态 and
 * 事项类型, where the ledger has none of these. Their 责任部门 is kept to be asked about.
 */
export function withWordsByHand(read: LedgerRow, foreign: readonly OutputId[]): LedgerRow {
  const { department } = read.outputs;
  const row =
    foreign.includes("department") && isFilled(department) ? { ...read, departmentByHand: department! } : read;
  const said = (id: OutputId): RawCell | undefined => (foreign.includes(id) ? row.outputs[id] : undefined);
  const { caseStatus = said("status"), caseKind = said("category") } = row.cells;
  if (caseStatus === row.cells.caseStatus && caseKind === row.cells.caseKind) return row;
  const cells = {
    ...row.cells,
    ...(caseStatus === undefined ? {} : { caseStatus }),
    ...(caseKind === undefined ? {} : { caseKind }),
  };
  return { ...row, cells };
}

/**
 * Outputs whose own header stands in the ledger but was mapped to another column: that column is the user's, and a
 * second one of the same name would make the table invalid, so such an output goes to 处理结果.
 */
export function takenByMapping(headers: readonly string[], columns: ReadonlyMap<ColumnId, number>): OutputId[] {
  const standing = new Set(headers.map(headerKey));
  return OUTPUT_COLUMNS.filter(({ id, header }) => !columns.has(id) && standing.has(headerKey(header))).map(
    ({ id }) => id,
  );
}

function isAlike(cell: LedgerRow["outputs"][OutputId], line: LedgerRow["outputs"] | undefined, id: OutputId): boolean {
  const said = line?.[id];
  if (said === undefined || said === null || typeof said === "object") return !isFilled(cell);
  return holds(cell, typeof said === "boolean" ? String(said) : said);
}

function pick(outputs: LedgerRow["outputs"], wanted: (id: string) => boolean): LedgerRow["outputs"] {
  return Object.fromEntries(Object.entries(outputs).filter(([id]) => wanted(id)));
}

function isFilled(cell: LedgerRow["outputs"][OutputId]): boolean {
  return cell !== undefined && cell !== null && (typeof cell !== "string" || cell.trim() !== "");
}
