import type { ExcelLedger, ExcelLedgerOptions, ExcelRun } from "../../ledger/excel/excel-ledger.js";

/**
 * The ledger of the open workbook, of which the code is fetched with the first thing that is asked: what reads a workbook
 * is larger than all that the pane draws first.
 */
export function ledgerWhenAsked(run: ExcelRun, options: ExcelLedgerOptions): ExcelLedger {
  let opened: Promise<ExcelLedger> | undefined;
  const ledger = (): Promise<ExcelLedger> => {
    const opening = (opened ??= import("../../ledger/excel/excel-ledger.js").then(({ openExcelLedger }) =>
      openExcelLedger(run, options),
    ));
    // What could not be fetched is asked for anew the next time.
    opening.catch(() => {
      opened = undefined;
    });
    return opening;
  };
  return {
    read: async (onRows) => (await ledger()).read(onRows),
    write: async (write, onRows) => (await ledger()).write(write, onRows),
    readRow: async (row) => (await ledger()).readRow(row),
    writeRow: async (write) => (await ledger()).writeRow(write),
    restore: async (backup) => (await ledger()).restore(backup),
  };
}
