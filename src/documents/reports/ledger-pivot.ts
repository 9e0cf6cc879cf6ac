import { column, type ColumnId } from "../../domain/columns.js";
import { columnNumber } from "../../ooxml/references.js";
import type { LedgerSnapshot } from "../../ledger/port.js";
import { pivotBase, type PivotBase, type PivotSource, type PivotValue } from "../../ooxml/pages/pivot-parts.js";
import type { ReportCase } from "./report-case.js";
import type { WantedPivot } from "./report-pages.js";

/** Pivot tables on a user's ledger. */
export interface LedgerPivots {
  readonly base: PivotBase;
  readonly pivots: readonly WantedPivot[];
}

/** The table that holds the outputs where the ledger had no room for them, with its headers. */
export interface ResultsTable {
  readonly name: string;
  readonly headers: readonly string[];
}

const GROUPED = ["category", "department", "status"] as const;

/**
 * Pivots that count the ledger as it stands in its workbook, outputs written: category × status and department × status.
 * Undefined where Excel could make none: a column without a header, or outputs that stand nowhere.
 */
export function ledgerPivots(
  snapshot: LedgerSnapshot,
  cases: readonly ReportCase[],
  results: ResultsTable | undefined,
  key: string,
): LedgerPivots | undefined {
  const source = ledgerSource(snapshot, results);
  if (!source) return undefined;
  const { place, headers, headerOf } = source;
  const status = headerOf("status");
  const downs = (["category", "department"] as const).flatMap((id) => headerOf(id) ?? []);
  const counted = headerOf("id") ?? headerOf("description");
  if (status === undefined || counted === undefined || downs.length === 0) return undefined;
  const ids = new Map(GROUPED.flatMap((id) => [[headerOf(id), id] as const]));
  const countedAt = headers.indexOf(counted);
  const valueOf = (row: number, at: number): PivotValue => {
    if (at === countedAt) return cases[row]!.id === "" ? undefined : cases[row]!.id;
    const id = ids.get(headers[at]);
    return id && cases[row]!.outputs[id];
  };
  const pivotSource: PivotSource = {
    place,
    headers,
    rowCount: cases.length,
    value: valueOf,
    grouped: [...downs, status],
    keepRecords: false,
  };
  return {
    base: pivotBase(pivotSource),
    pivots: downs.map((rows) => ({ name: `${key} ${rows}`, rows, columns: status, counted })),
  };
}

interface Source {
  readonly place: PivotSource["place"];
  readonly headers: readonly string[];
  readonly headerOf: (id: ColumnId) => string | undefined;
}

function ledgerSource(snapshot: LedgerSnapshot, results: ResultsTable | undefined): Source | undefined {
  const { columns, unrecognised, table, sheet, headerRow, rows } = snapshot;
  if (results && !columns.has("status")) {
    const { name, headers } = results;
    const headerOf = (id: ColumnId): string | undefined => headers.find((header) => header === column(id).header);
    return { place: { table: name }, headers, headerOf };
  }
  const all = [...columns.values(), ...unrecognised].sort((a, b) => columnNumber(a.letter) - columnNumber(b.letter));
  const first = all[0];
  const last = all.at(-1);
  if (!first || !last || columnNumber(last.letter) - columnNumber(first.letter) + 1 !== all.length) return undefined;
  const bottom = rows.at(-1)?.row ?? headerRow + 1;
  return {
    place: table === undefined ? { sheet, area: `${first.letter}${headerRow}:${last.letter}${bottom}` } : { table },
    headers: all.map(({ header }) => header),
    headerOf: (id) => columns.get(id)?.header,
  };
}
