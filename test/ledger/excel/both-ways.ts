import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { excelRun, openExcelLedger } from "../../../src/ledger/excel/excel-ledger.js";
import type { LedgerSnapshot, WriteReport } from "../../../src/ledger/port.js";
import { runLedger, type RunOptions } from "../../../src/ledger/run-ledger.js";
import { outcomeJson } from "../../../src/process/outcome-json.js";
import { saveBook } from "../../../src/workbench/file/save-book.js";
import { Author } from "../../../src/workbench/host/author.js";
import { Book } from "../../../src/workbench/host/book.js";
import { readBook } from "../../../src/workbench/file/read-book.js";
import type { SheetModel, WorkbookModel } from "../../../src/workbench/host/workbook-model.js";
import { connect } from "../../support/office-client.js";

/** A run on the same workbook the two ways there are: the command's file ledger, and Excel's through the real client. */

export interface Ran {
  readonly outcome: unknown;
  readonly report: WriteReport & { readonly keptFormulas: number };
  readonly skipped: readonly unknown[];
  /** Where the ledger was found, and what the side tables say. */
  readonly places: unknown;
  readonly book: WorkbookModel;
}

function placesOf(snapshot: LedgerSnapshot): unknown {
  const { sheet, table, headerRow, columns, unrecognised, foreign, rows, sideTables, leftOut, secondColumns } =
    snapshot;
  return {
    leftOut,
    secondColumns,
    sheet,
    table,
    headerRow,
    columns: [...columns],
    unrecognised,
    foreign,
    rows: rows.map(({ row }) => row),
    // In which order they were found, and how much of the log was read, is each host's own affair.
    sideTables: [...sideTables]
      .filter(([name]) => name !== "AuditLog")
      .map(([name, { headers, rows: lines }]) => ({ name, headers, lines }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** What people do to the workbook before the n-th run, from 0; by default nothing. */
export type Between = (author: Author, run: number) => void;

const leaveAlone: Between = () => undefined;
const NOTHING = { changedCells: 0, keptFormulas: 0, placement: "table" } as const;

/** As `tiaoli process` does it; each run takes up the file that the one before it wrote. */
export function throughFile(bytes: Uint8Array, runs: readonly RunOptions[], between = leaveAlone): Ran[] {
  let file = bytes;
  return runs.map((options, run) => {
    const model = readBook(file, "file", nodeCodec);
    between(new Author(new Book(model)), run);
    file = saveBook(file, model, { newItemId: () => "{0}", codec: nodeCodec }).bytes;
    const ledger = openFileLedger(file, { codec: nodeCodec });
    const { outcome, write } = runLedger(ledger.snapshot, options);
    const written = write && ledger.write(write);
    file = written?.bytes ?? file;
    const report = written?.report ?? NOTHING;
    return {
      outcome: outcomeJson(outcome),
      report,
      skipped: [],
      places: placesOf(ledger.snapshot),
      book: readBook(file, "file", nodeCodec),
    };
  });
}

/** As the add-in does it, on a host that holds the same workbook. */
export async function throughExcel(
  bytes: Uint8Array,
  runs: readonly RunOptions[],
  between = leaveAlone,
): Promise<Ran[]> {
  const { host, excel } = connect(readBook(bytes, "excel", nodeCodec));
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  const ledger = openExcelLedger(excelRun(excel, supports), { supports });
  const ran: Ran[] = [];
  for (const [run, options] of runs.entries()) {
    between(new Author(host.book), run);
    const snapshot = await ledger.read();
    const { outcome, write } = runLedger(snapshot, options);
    const written = write && (await ledger.write(write));
    const { placement, changedCells, keptFormulas } = written ?? NOTHING;
    ran.push({
      outcome: outcomeJson(outcome),
      report: { placement, changedCells, keptFormulas },
      skipped: written?.skipped ?? [],
      places: placesOf(snapshot),
      book: structuredClone(host.model),
    });
  }
  return ran;
}

/** A workbook as it reads cell by cell: values, formulas, formats of numbers, merged cells and tables. */
export function cellsOf({ sheets }: WorkbookModel): Record<string, unknown> {
  return Object.fromEntries(sheets.map((sheet) => [sheet.name, sheetOf(sheet)]));
}

function sheetOf({ rows, merges, tables }: SheetModel): unknown {
  const cells: Record<string, unknown> = {};
  rows.forEach((row, r) => {
    row?.values.forEach((value, c) => {
      const formula = row.formulas?.[c];
      if (value === "" && formula === undefined) return;
      // Of blank cells and texts the format shows nowhere.
      const format = typeof value === "number" ? (row.numberFormats?.[c] ?? "General") : undefined;
      cells[`${r + 1},${c + 1}`] = [value, formula, format];
    });
  });
  return { cells, merges, tables: tables.map(({ name, area }) => ({ name, area })) };
}

/** Values under the headers of a sheet, for looking closely at a difference. */
export function differences(a: WorkbookModel, b: WorkbookModel): string[] {
  const [left, right] = [cellsOf(a), cellsOf(b)];
  const found: string[] = [];
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const [one, other] = [left[name], right[name]] as { cells: Record<string, unknown> }[];
    if (!one || !other) {
      found.push(`${name}: only in ${one ? "the file" : "Excel"}`);
      continue;
    }
    for (const at of new Set([...Object.keys(one.cells), ...Object.keys(other.cells)])) {
      const [x, y] = [JSON.stringify(one.cells[at]), JSON.stringify(other.cells[at])];
      if (x !== y) found.push(`${name} ${at}: file ${x ?? "blank"}, Excel ${y ?? "blank"}`);
    }
    const rest = (sheet: object): string => JSON.stringify({ ...sheet, cells: undefined });
    if (rest(one) !== rest(other)) found.push(`${name}: file ${rest(one)}, Excel ${rest(other)}`);
  }
  return found;
}
