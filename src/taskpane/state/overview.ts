import { readSettings } from "../../domain/side-tables.js";
import type { ColumnId } from "../../domain/columns.js";
import { packNames } from "../../process/choose-pack.js";
import type { LedgerColumn, LedgerSnapshot } from "../../ledger/port.js";

/** What a run is going to read, told before it is started. */
export interface Overview {
  readonly sheet: string;
  readonly table: string | undefined;
  /** Sheet row, from 1. */
  readonly headerRow: number;
  readonly rows: number;
  /** Headers that were recognised, by column id. */
  readonly columns: readonly (readonly [ColumnId, LedgerColumn])[];
  readonly unrecognised: readonly LedgerColumn[];
  /** What the ledger calls its packs; undefined: rows that name none. */
  readonly packNames: readonly (string | undefined)[];
  readonly defaultPack: string | undefined;
  readonly people: number | undefined;
  readonly holidays: number | undefined;
}

export function overviewOf(snapshot: LedgerSnapshot): Overview {
  const { sideTables } = snapshot;
  const settings = sideTables.get("Settings");
  const defaultPack = settings && readSettings(settings).settings.defaultPack;
  return {
    sheet: snapshot.sheet,
    table: snapshot.table,
    headerRow: snapshot.headerRow,
    rows: snapshot.rows.length,
    columns: [...snapshot.columns],
    unrecognised: snapshot.unrecognised,
    packNames: [...new Set([...packNames(snapshot.rows)].map((name) => name ?? defaultPack))],
    defaultPack,
    people: sideTables.get("People")?.rows.length,
    holidays: sideTables.get("Holidays")?.rows.length,
  };
}
