import { addAll } from "../domain/grouping.js";
import { column, isInputId, type ColumnId, type ColumnKind, type InputId, type OutputId } from "../domain/columns.js";
import { contentOfKind, isBlankText, sameContent, type CellContent } from "./output-cells.js";
import type { LedgerRow, LedgerWrite, RowWrite, WriteReport } from "./port.js";

/** Which outputs go where, and which cells of which row change: decided here for files and for Excel alike. */

/** An output, a new 投诉编号 or a mended input that goes into a column of the ledger. */
export interface Target {
  readonly id: OutputId | InputId;
  readonly kind: ColumnKind;
  readonly header: string;
}

export interface Placement {
  readonly kind: WriteReport["placement"];
  /** Columns of the ledger that are written. */
  readonly targets: readonly Target[];
  /** Those of them that are added at its right end, in order. */
  readonly added: readonly Target[];
  /** False if the ledger needs a column 投诉编号 and there is no room for it: then nothing may be written at all. */
  readonly numbersFit: boolean;
}

/** Headers under which columns were read. */
export type Headers = ReadonlyMap<ColumnId, string>;

/**
 * What the write wants in the ledger's columns: outputs, and 投诉编号 where it is known or numbers are given, or they would
 * be given anew each time. A column that is somebody's own work is none to write into; inputs only where they were mended.
 */
export function wantedTargets(write: LedgerWrite, headers: Headers): Target[] {
  const foreign = new Set<ColumnId>(write.foreign ?? []);
  const ids: Target["id"][] = write.outputColumns.filter((id) => !foreign.has(id));
  if (headers.has("id") || write.rows.some(({ newId }) => newId !== undefined)) ids.unshift("id");
  const mended = new Set<InputId>();
  for (const row of write.rows) for (const id in row.mended) if (id !== "id") mended.add(id as InputId);
  addAll(
    ids,
    [...mended].filter((id) => headers.has(id)),
  );
  return ids.map((id) => ({ id, kind: column(id).kind, header: headers.get(id) ?? column(id).header }));
}

/** What there is around the ledger. */
export interface Surroundings {
  readonly isTable: boolean;
  /** 处理结果 stands already: outputs stay there, so that no stale copy is left behind. */
  readonly hasResults: boolean;
  readonly has: (target: Target) => boolean;
  /** Whether so many columns are free right of the ledger, in all of its rows. */
  readonly hasRoom: (columns: number) => boolean;
}

/**
 * Output columns the ledger has are used where they stand; the others are added at its right end if the cells there are
 * free, else everything but 投诉编号 goes to 处理结果. A table can't have two columns of one name, so outputs can't stand beside
 * somebody's own column either.
 */
export function decidePlacement(
  targets: readonly Target[],
  { foreign = [] }: Pick<LedgerWrite, "foreign">,
  { isTable, hasResults, has, hasRoom }: Surroundings,
): Placement {
  const missing = targets.filter((target) => !has(target));
  const toResults = hasResults || foreign.length > 0 || (missing.length > 0 && !hasRoom(missing.length));
  // Numbers that stood in 处理结果 alone would be given to other complaints once the rows are sorted.
  const number = missing.filter(({ id }) => id === "id");
  const added = toResults ? number : missing;
  return {
    kind: toResults ? "results" : isTable ? "table" : "range",
    targets: targets.filter((target) => !missing.includes(target) || added.includes(target)),
    added,
    numbersFit: !toResults || number.length === 0 || hasRoom(number.length),
  };
}

/** That a cell is to stay as it is. */
export const UNCHANGED = Symbol("unchanged");

/** What a row's cell of a target is to hold, by what stood there when it was read. A number once given stays. */
export function newContent(
  row: LedgerRow,
  wanted: RowWrite,
  { id, kind }: Pick<Target, "id" | "kind">,
): CellContent | typeof UNCHANGED {
  if (id === "id") return isBlankText(row.cells.id) ? (wanted.newId ?? UNCHANGED) : UNCHANGED;
  if (isInputId(id)) return wanted.mended?.[id] ?? UNCHANGED;
  const content = contentOfKind(kind, wanted.outputs[id]);
  return sameContent(row.outputs[id], content, kind) ? UNCHANGED : content;
}
