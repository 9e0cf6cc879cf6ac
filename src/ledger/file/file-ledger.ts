import type { ColumnId } from "../../domain/columns.js";
import { headerAgain, headerKey, matchHeaders } from "../../domain/match-key.js";
import type { LedgerColumn, LedgerHistory, LedgerSnapshot, LedgerWrite, RawTable, SideTableName } from "../port.js";
import { CellReader } from "../../ooxml/cell-values.js";
import { portableCodec, type Codec } from "../../ooxml/codec.js";
import { meaningsByKey, sameAnswers, type Answers } from "../answers.js";
import { storeAnswers, storedAnswers } from "../header-mapping.js";
import { secondColumns } from "../second-columns.js";
import { earlierOutputs, takenByMapping } from "../foreign-outputs.js";
import { losesNumbers, standingResults } from "../results.js";
import { SIDE_TABLES } from "../tables-of-ours.js";
import { cellKey, readLedgerSheet } from "./ledger-reader.js";
import { writeLedger, type FileWriteReport } from "./ledger-writer.js";
import { headerRows, ledgerNames, ledgerPlaces, locateLedger, type LedgerPlace } from "./locate-ledger.js";
import type { OpenLedger, OpenWorkbook } from "./open-workbook.js";
import { Package, PackageDraft } from "../../ooxml/package.js";
import { columnLetters } from "../../ooxml/references.js";
import { stringsOf, stylesOf } from "../../ooxml/shared-parts.js";
import { lacksPeople, withPeople } from "../people-sheets.js";
import { readPeopleSheets, readResults, readSideTable } from "./side-tables.js";
import { tableBeside } from "../tables-beside.js";
import { readTables } from "../../ooxml/tables.js";
import { assertMayChange, readWorkbook } from "../../ooxml/workbook-part.js";

export { WorkbookError, type WorkbookErrorCode } from "../../ooxml/workbook-error.js";
export { LedgerError, type LedgerErrorCode } from "./ledger-error.js";
export type { FileWriteReport } from "./ledger-writer.js";
export type { Codec } from "../../ooxml/codec.js";

export interface FileLedgerOptions {
  /** Compression; by default one in JavaScript that runs anywhere. `nodeCodec` is faster. */
  readonly codec?: Codec;
  /** What headers mean, by header text; goes before the mapping kept in the workbook. */
  readonly headerMapping?: ReadonlyMap<string, ColumnId>;
  /** Instead of the answers kept in the workbook. */
  readonly answers?: Answers;
  /** The sheet of the ledger, where several have one. */
  readonly sheet?: string | undefined;
  /** The other sheets are read beside it, and are no history of it. */
  readonly alone?: boolean;
}

/** A ledger in a workbook file (.xlsx, .xlsm, .xltx). */
export interface FileLedger {
  readonly snapshot: LedgerSnapshot;
  /** The mapping kept in the workbook, header text to column. */
  readonly headerMapping: ReadonlyMap<string, ColumnId>;
  /** Whether a formula stands in a cell of the ledger. */
  isFormula(row: number, id: ColumnId): boolean;
  /** All that was answered about the workbook's headers, sheets and words. */
  readonly answers: Answers;
  /**
   * The workbook with these outputs, as new bytes; the very input if no cell changes. Everything that is not written to
   * stays byte for byte. Throws `WorkbookError` signed or shared, `LedgerError` table-blocked.
   */
  write(write: LedgerWrite): { bytes: Uint8Array; report: FileWriteReport };
}

/** Opens a workbook and reads its ledger and side tables. Throws `WorkbookError` and `LedgerError`; see their codes. */
export function openFileLedger(bytes: Uint8Array, options: FileLedgerOptions = {}): FileLedger {
  const open = openWorkbook(bytes, options.codec);
  const stored = options.answers ?? storedAnswers(open.from, open.workbook);
  const mapping = meaningsByKey(stored, given(options));
  const place = locateLedger({ ...open, mapping, sheet: options.sheet });
  const ledger = readLedgerSheet(open.from.bytes(place.sheet.part), place, open.reader);
  const opened: OpenLedger = { ...open, ledger };
  const others = ledgerPlaces({ ...open, mapping }).filter(({ name }) => name !== place.name);
  return {
    isFormula: (row, id) => {
      const index = ledger.place.match.columns.get(id);
      return index !== undefined && ledger.formulas.has(cellKey(row, ledger.place.left + index));
    },
    snapshot: {
      ...snapshotOf(opened, stored),
      otherSheets: ledgerNames({ ...open, mapping }).filter((name) => name !== place.name && name !== place.sheet.name),
      ...(options.alone === true || others.length === 0
        ? {}
        : { history: others.map((other) => historyOf(open, other)) }),
    },
    headerMapping: stored.mapping,
    answers: stored,
    write: (write) => writeLedger(opened, write),
  };
}

/** What the ledgers on visible sheets are asked for by, in the workbook's order: their sheets, of several on one their cells. */
export function sheetsWithLedgers(bytes: Uint8Array, options: FileLedgerOptions = {}): string[] {
  const open = openWorkbook(bytes, options.codec);
  const mapping = meaningsByKey(options.answers ?? storedAnswers(open.from, open.workbook), given(options));
  return ledgerNames({ ...open, mapping });
}

/** A row of headers that is, or might be, a ledger's. */
export interface HeaderRow {
  readonly sheet: string;
  readonly table: string | undefined;
  readonly headerRow: number;
  readonly headers: readonly LedgerColumn[];
  /** What the headers are taken for, as positions in `headers`. */
  readonly columns: ReadonlyMap<ColumnId, number>;
  /** Every header that can be spoken of: one that stands again by its own name, and those of tables beside. */
  readonly names: readonly string[];
}

/** The likely header rows of a workbook, whether or not a ledger is found: what `fix-headers` shows and maps. */
export function readHeaderRows(bytes: Uint8Array, options: FileLedgerOptions = {}): HeaderRow[] {
  const open = openWorkbook(bytes, options.codec);
  const mapping = meaningsByKey(options.answers ?? storedAnswers(open.from, open.workbook), given(options));
  return headerRows({ ...open, mapping }).map((place) => {
    const headers = place.headers.flatMap((header, i) => (header.trim() === "" ? [] : [ledgerColumn(place, i)]));
    const texts = headers.map(({ header }) => header);
    return {
      sheet: place.sheet.name,
      table: place.table?.name,
      headerRow: place.headerRow,
      headers,
      columns: matchHeaders(texts, mapping).columns,
      names: [...namesOf(texts), ...(place.tablesBeside ?? []).flatMap((beside) => beside.headers)],
    };
  });
}

function namesOf(headers: readonly string[]): string[] {
  const times = new Map<string, number>();
  return headers.flatMap((header) => {
    const time = (times.get(headerKey(header)) ?? 0) + 1;
    times.set(headerKey(header), time);
    return time === 1 ? [header] : [header, headerAgain(header, time)];
  });
}

function given({ headerMapping = new Map() }: FileLedgerOptions): Pick<Answers, "mapping" | "notColumns"> {
  return { mapping: headerMapping, notColumns: [] };
}

/** What was answered about a workbook's headers, sheets and words. */
export function readAnswers(bytes: Uint8Array, options: FileLedgerOptions = {}): Answers {
  const from = new Package(bytes, options.codec ?? portableCodec);
  return storedAnswers(from, readWorkbook(from));
}

/** The workbook with these answers kept in it; the very input if they are there already. Throws `WorkbookError` signed or shared. */
export function writeAnswers(bytes: Uint8Array, answers: Answers, options: FileLedgerOptions = {}): Uint8Array {
  const { from, workbook } = openWorkbook(bytes, options.codec);
  if (sameAnswers(storedAnswers(from, workbook), answers)) return bytes;
  assertMayChange(workbook);
  const draft = new PackageDraft(from);
  storeAnswers(draft, workbook, answers);
  return draft.finish();
}

function openWorkbook(input: Uint8Array, codec: Codec = portableCodec): OpenWorkbook {
  const from = new Package(input, codec);
  const workbook = readWorkbook(from);
  const strings = stringsOf(from, workbook);
  const styles = stylesOf(from, workbook);
  const reader = new CellReader(strings, styles, workbook.date1904);
  return { input, from, workbook, tables: readTables(from, workbook.sheets), strings, styles, reader };
}

/** What is known of a sheet that is not judged. */
function historyOf(open: OpenWorkbook, place: LedgerPlace): LedgerHistory {
  const { rows } = readLedgerSheet(open.from.bytes(place.sheet.part), place, open.reader);
  return {
    sheet: place.sheet.name,
    ...(place.title === undefined ? {} : { title: place.title }),
    columns: new Map([...place.match.columns].map(([id, i]) => [id, ledgerColumn(place, i)])),
    rows: rows.map(({ row, cells }) => ({ row, cells })),
  };
}

function ledgerColumn({ headers, left }: LedgerPlace, index: number): LedgerColumn {
  return { header: headers[index]!, letter: columnLetters(left + index) };
}

function snapshotOf(open: OpenLedger, answers: Answers): LedgerSnapshot {
  const { ledger, workbook } = open;
  const { place } = ledger;
  const source = { ...open, sheets: workbook.sheets };
  const sideTables = new Map<SideTableName, RawTable>();
  for (const name of SIDE_TABLES) {
    const table = readSideTable(name, source);
    if (table) sideTables.set(name, table);
  }
  const found = lacksPeople(sideTables) ? readPeopleSheets(source, place.sheet.name) : [];
  const results = readResults(source);
  const { columns, unrecognised, duplicates } = place.match;
  const unread = [...unrecognised, ...duplicates.map(({ index }) => index)].sort((a, b) => a - b);
  const { rows, foreign } = earlierOutputs(
    columns,
    ledger.rows,
    results && standingResults(ledger.rows, results),
    takenByMapping(place.headers, columns),
  );
  return {
    sheet: place.sheet.name,
    table: place.table?.name,
    headerRow: place.headerRow,
    ...(place.title === undefined ? {} : { title: place.title }),
    ...(place.tablesBeside === undefined ? {} : { tablesBeside: place.tablesBeside.map(tableBeside) }),
    columns: new Map([...columns].map(([id, i]) => [id, ledgerColumn(place, i)])),
    unrecognised: unread.map((i) => ledgerColumn(place, i)),
    rows,
    foreign,
    ...withPeople(sideTables, found, answers),
    numbersLost: losesNumbers(columns, results),
    leftOut: ledger.leftOut,
    secondColumns: secondColumns(place.match, place.headers, (i) => ledgerColumn(place, i)),
    strangers: ledger.strangers.map(({ index, cells }) => ({ ...ledgerColumn(place, index), cells })),
    answers,
  };
}
