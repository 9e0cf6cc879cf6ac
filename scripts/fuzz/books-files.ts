import fc from "fast-check";
import { firstWorkbook, ledgerHistories, playLedger } from "../../test/ledger/ledger-history.js";
import { excelHome, fileHome, type Home } from "../../test/ledger/homes.js";
import type { Fuzzer } from "./fuzzer.js";

/** Random histories of a workbook, two years and more each, through the file or through Excel. */
function through(name: string, what: string, homeOf: (bytes: Uint8Array) => Home): Fuzzer {
  return {
    name,
    what,
    runs: 200,
    async play(runs, seed) {
      const bytes = await firstWorkbook();
      const figures = { histories: 0, runs: 0, entries: 0 };
      await fc.assert(
        fc.asyncProperty(ledgerHistories, async (history) => {
          const played = await playLedger(history, homeOf(bytes));
          figures.histories += 1;
          figures.runs += played.runs;
          figures.entries += played.entries;
        }),
        { numRuns: runs, seed, endOnFailure: true },
      );
      return figures;
    },
  };
}

export const booksFiles = through("books-files", "histories of at least 24 months of a workbook file", fileHome);
export const booksExcel = through("books-excel", "the same through the pane's Excel", excelHome);
