import { column, type ColumnId, type ColumnKind, type OutputId } from "../../domain/columns.js";
import type { LedgerRow, LedgerWrite, RowWrite, WriteReport } from "../port.js";
import { contentOfKind, formatOf, sameContent } from "../file/output-values.js";
import { keyText } from "./cell-values.js";
import type { LedgerNow } from "./locate-rows.js";

/** Which outputs go where, and which cells of which row change. */

/** An output, or a new 投诉编号, that goes into a column of the ledger. */
export interface Target {
  readonly id: OutputId | "id";
  readonly kind: ColumnKind;
  readonly header: string;
}

export interface Placement {
  readonly kind: WriteReport["placement"];
  /** Columns of the ledger that are written. */
  readonly targets: readonly Target[];
  /** Those of them that are added at its right end, in order. */
  readonly added: readonly Target[];
}

/** Headers under which columns were read. */
export type Headers = ReadonlyMap<ColumnId, string>;

/** What the write wants in the ledger's columns: outputs, and 投诉编号 where it is known or numbers are given. */
export function wantedTargets(write: LedgerWrite, headers: Headers): Target[] {
  const ids: (OutputId | "id")[] = [...write.outputColumns];
  if (headers.has("id") || write.rows.some(({ newId }) => newId !== undefined)) ids.unshift("id");
  return ids.map((id) => ({ id, kind: column(id).kind, header: headers.get(id) ?? column(id).header }));
}

/**
 * Output columns the ledger has are used where they stand; the others are added at its right end if the cells there are
 * free, else everything goes to 处理结果. Once there it stays there, so that no stale copy is left behind.
 */
export function decidePlacement(
  targets: readonly Target[],
  now: Pick<LedgerNow, "headers" | "rightIsFree">,
  { isTable, hasResults }: { readonly isTable: boolean; readonly hasResults: boolean },
): Placement {
  const missing = targets.filter(({ header }) => !now.headers.includes(header));
  const toResults = hasResults || (missing.length > 0 && !now.rightIsFree);
  return {
    kind: toResults ? "results" : isTable ? "table" : "range",
    targets: toResults ? targets.filter((target) => !missing.includes(target)) : targets,
    added: toResults ? [] : missing,
  };
}

/** A cell of a row that is to change. */
export interface CellChange {
  readonly target: Target;
  readonly content: string | number | undefined;
  /** Whether the cell held a number when it was read: then it has a fitting number format. */
  readonly wasNumber: boolean;
}

/** The cells of a row whose content is to change, by what stood there when it was read. */
export function changesOf(row: LedgerRow, wanted: RowWrite, targets: readonly Target[]): CellChange[] {
  return targets.flatMap((target): CellChange[] => {
    const { id, kind } = target;
    if (id === "id") {
      const given = keyText(row.cells.id) === "" ? wanted.newId : undefined;
      return given === undefined ? [] : [{ target, content: given, wasNumber: false }];
    }
    const present = row.outputs[id];
    const content = contentOfKind(kind, wanted.outputs[id]);
    if (sameContent(present, content, formatOf(kind))) return [];
    return [{ target, content, wasNumber: typeof present === "number" }];
  });
}

/** The number format of a column, as new ledgers have it; undefined where General will do. */
export function numberFormatOf(kind: ColumnKind): string | undefined {
  switch (formatOf(kind)) {
    case "datetime":
      return "yyyy-mm-dd hh:mm";
    case "date":
      return "yyyy-mm-dd";
    case "money":
      return "#,##0.00";
    default:
      return undefined;
  }
}

/** Column widths of Office.js are in points; a character of the standard font takes about five and a half. */
export function pointsOf(characters: number): number {
  return Math.round(characters * 5.6 + 4);
}
