import { rowNames } from "../process/complaint-name.js";
import { compareRuns, type Comparison } from "../process/compare.js";
import type { Language } from "../locales/language.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { SheetGrid } from "../rules-sheets/table.js";
import type { PackTexts } from "./catalogue.js";
import { examineLedger, type JudgeOptions } from "./judge-ledger.js";
import { impactPage, problemMarks, together, tryCases, type Marks } from "./pack-marks.js";
import { packFromSheets, sameFiles, sheetProblemText } from "./pack-tables.js";

/** What reading the sheets of a pack in an open workbook came to; `marks` go back onto them. */
export type SheetsReading =
  | { readonly kind: "problems"; readonly lines: readonly string[]; readonly marks: Marks }
  | {
      readonly kind: "read";
      readonly id: string;
      readonly files: PackTexts;
      /** The sheets say something else than the files they were made from. */
      readonly changed: boolean;
      readonly cases: { readonly total: number; readonly failed: number };
      /** The effect on the open ledger; none where there is no ledger. */
      readonly comparison: Comparison | undefined;
      readonly marks: Marks;
    };

/** The ledger on which the effect of a change is shown, and how it is judged now. */
export interface OpenLedgerNow {
  readonly snapshot: LedgerSnapshot;
  readonly options: JudgeOptions;
}

/** Reads the sheets, runs the cases, and judges the open ledger by what they say; nothing is saved. */
export async function readPackSheets(
  grids: readonly SheetGrid[],
  known: { readonly packs: ReadonlyMap<string, Pack>; readonly statutes: Statutes },
  ledger: OpenLedgerNow | undefined,
  language: Language,
): Promise<SheetsReading> {
  const found = await packFromSheets(grids);
  if (found.kind === "problems") {
    const lines = found.problems.map((problem) => sheetProblemText(problem, language));
    return { kind: "problems", lines, marks: problemMarks(grids, found.problems, language) };
  }
  const { id, files, pack, before, read } = found;
  const tried = tryCases(grids, read, { pack, others: known.packs, statutes: known.statutes }, language);
  const effect = ledger && effectOf(ledger, id, pack);
  const pages = effect ? [impactPage(effect.comparison, effect.nameOf, language)] : [];
  return {
    kind: "read",
    id,
    files,
    changed: !sameFiles(files, before),
    cases: { total: tried.check.cases, failed: new Set(tried.check.failures.map((one) => one.case)).size },
    comparison: effect?.comparison,
    marks: together(problemMarks(grids, [], language), tried.marks, { cells: [], pages }),
  };
}

function effectOf(
  { snapshot, options }: OpenLedgerNow,
  id: string,
  pack: Pack,
): { readonly comparison: Comparison; readonly nameOf: (row: number) => string } {
  const before = examineLedger(snapshot, options);
  const after = examineLedger(snapshot, { ...options, packs: new Map([...options.packs, [id, pack]]) });
  const nameOf = rowNames(before.outcome.rows, options.packs, options.language);
  return { comparison: compareRuns(before.run, after.run), nameOf: (row) => nameOf(row) ?? `#${row}` };
}
