import { ownRow, sheetOfRow } from "../../domain/sheet-rows.js";
import { joinedSheets, meansAllSheets, placementOf, writesBySheet } from "../joined-sheets.js";
import type { LedgerWrite } from "../port.js";
import {
  openFileLedger,
  readAnswers,
  sheetsWithLedgers,
  type FileLedger,
  type FileLedgerOptions,
  type FileWriteReport,
} from "./file-ledger.js";

/** Every sheet of a workbook that is a ledger (one a month, one a year), read and judged as one, each written back. */

/** The ledger on a sheet, or on all that have one; where none is named, on the one that was chosen in this workbook. */
export function openChosenLedger(bytes: Uint8Array, options: FileLedgerOptions): FileLedger {
  const sheet = options.sheet ?? (options.answers ?? readAnswers(bytes, options)).sheet;
  if (!meansAllSheets(sheet)) return openFileLedger(bytes, { ...options, sheet });
  const anywhere = { ...options, sheet: undefined };
  const sheets = sheetsWithLedgers(bytes, anywhere);
  return sheets.length > 1 ? openSheetsAsOne(bytes, sheets, anywhere) : openFileLedger(bytes, anywhere);
}

/** The sheets as one ledger. `sheets`: their names, in the workbook's order. */
export function openSheetsAsOne(bytes: Uint8Array, sheets: readonly string[], options: FileLedgerOptions): FileLedger {
  const ledgers = sheets.map((sheet) => openFileLedger(bytes, { ...options, sheet, alone: true }));
  const [first] = ledgers;
  if (!first) throw new Error("no sheets");
  const snapshots = ledgers.map(({ snapshot }) => snapshot);
  return {
    snapshot: joinedSheets(snapshots),
    headerMapping: first.headerMapping,
    answers: first.answers,
    isFormula: (row, id) => ledgers[sheetOfRow(row)]!.isFormula(ownRow(row), id),
    write: (write) => writeEach(bytes, sheets, options, writesBySheet(write, snapshots)),
  };
}

/** Sheet by sheet: what one adds to the workbook the next finds there. */
function writeEach(
  original: Uint8Array,
  sheets: readonly string[],
  options: FileLedgerOptions,
  writes: readonly LedgerWrite[],
): { bytes: Uint8Array; report: FileWriteReport } {
  let bytes = original;
  const reports = sheets.map((sheet, index) => {
    const written = openFileLedger(bytes, { ...options, sheet, alone: true }).write(writes[index]!);
    bytes = written.bytes;
    return written.report;
  });
  const last = reports.at(-1)!;
  const changedCells = reports.reduce((sum, report) => sum + report.changedCells, 0);
  return { bytes, report: { ...last, placement: placementOf(reports), changedCells } };
}
