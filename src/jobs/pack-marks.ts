import type { Language } from "../locales/language.js";
import { yuanText, type Fen } from "../domain/money.js";
import { columnLetters } from "../ooxml/references.js";
import { checkPack, type PackCheck } from "../process/check-packs.js";
import type { Comparison } from "../process/compare.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import { headerText } from "../rules-sheets/draft.js";
import { isPackSheet, type ReadPack } from "../rules-sheets/pack-sheets.js";
import { sheetsText, type SheetProblem } from "../rules-sheets/problem.js";
import { ERROR_HEADER, RESULT_HEADER, type SheetGrid } from "../rules-sheets/table.js";
import { clauseName } from "../rules/clause.js";
import { failureWords } from "./check-words.js";
import { findingText, looseEnds, unlistedClauses } from "./check-pack.js";

/** What is written back onto the sheets of a pack: what is wrong with a row, what a case gave, what a change would do. */

export interface Mark {
  readonly sheet: string;
  /** From 1. */
  readonly row: number;
  readonly column: number;
  /** Blank takes an earlier mark away. */
  readonly value: string;
}

/** A sheet of the program's own, written anew each time. */
export interface MarkPage {
  readonly name: string;
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Marks {
  readonly cells: readonly Mark[];
  readonly pages: readonly MarkPage[];
}

export const CHECK_PAGE = "检查";
export const IMPACT_PAGE = "影响";

/** The marks for what is wrong; earlier ones that no longer hold are taken away. */
export function problemMarks(
  grids: readonly SheetGrid[],
  problems: readonly SheetProblem[],
  language: Language,
): Marks {
  const cells = grids.flatMap((grid) => {
    if (!isPackSheet(grid.name)) return [];
    return errorMarks(
      grid,
      problems.filter(({ sheet, row }) => sheet === grid.name && row > 1),
      language,
    );
  });
  const head = (["sheet", "cell", "value", "problem"] as const).map((key) => sheetsText(language, `page.${key}`));
  const rows = problems.map(({ sheet, row, column, value, text }) => [
    sheet,
    row === 0 ? "" : column === 0 ? sheetsText(language, "place.row", { row }) : `${columnLetters(column)}${row}`,
    value,
    text[language],
  ]);
  const none = [[sheetsText(language, "page.nothing-wrong"), "", "", ""]];
  return { cells, pages: [{ name: CHECK_PAGE, rows: [head, ...(rows.length > 0 ? rows : none)] }] };
}

function errorMarks(grid: SheetGrid, problems: readonly SheetProblem[], language: Language): Mark[] {
  const headers = (grid.rows[0] ?? []).map(headerText);
  const found = headers.indexOf(ERROR_HEADER);
  // Where somebody has taken the column away it is put back, right of everything.
  const column = (found < 0 ? Math.max(headers.length, ...grid.rows.map((row) => row.length)) : found) + 1;
  const texts = new Map<number, string[]>();
  for (const { row, header, text } of problems) {
    const line = header === "" ? text[language] : `${header}${language === "zh" ? "：" : ": "}${text[language]}`;
    texts.set(row, [...(texts.get(row) ?? []), line]);
  }
  const rows = new Set([
    ...texts.keys(),
    ...grid.rows.flatMap((row, i) => (i > 0 && found >= 0 && holds(row[found]) ? [i + 1] : [])),
  ]);
  const marks = [...rows].map((row) => ({ sheet: grid.name, row, column, value: (texts.get(row) ?? []).join("\n") }));
  return found < 0 && marks.length > 0 ? [{ sheet: grid.name, row: 1, column, value: ERROR_HEADER }, ...marks] : marks;
}

function holds(cell: SheetGrid["rows"][number][number]): boolean {
  return cell !== undefined && cell !== null && cell !== "";
}

// ------------------------------------------------------------ cases

/** A pack read from sheets with its cases run: how each came out, and what the pack leaves open. */
export interface TriedPack {
  readonly check: PackCheck;
  readonly marks: Marks;
}

/** Runs the cases of a pack that was read from these sheets; what came out stands beside each. */
export function tryCases(
  grids: readonly SheetGrid[],
  read: ReadPack,
  {
    pack,
    others,
    statutes,
  }: { readonly pack: Pack; readonly others: ReadonlyMap<string, Pack>; readonly statutes: Statutes },
  language: Language,
): TriedPack {
  const check = checkPack(pack, new Map([...others, [pack.header.id, pack]]), statutes);
  const failed = new Map<object, string[]>();
  for (const { case: packCase, failure } of check.failures) {
    const line = sheetsText(language, "case.differs", failureWords(failure, language));
    failed.set(packCase, [...(failed.get(packCase) ?? []), line]);
  }
  const cells = pack.cases.flatMap(({ file, content }) =>
    content.cases.flatMap((packCase, i): Mark[] => {
      const place = read.draft.placeOf(file.slice(file.indexOf("/") + 1), ["cases", i]);
      const grid = place && grids.find(({ name }) => name === place.sheet);
      const column = (grid?.rows[0] ?? []).map(headerText).indexOf(RESULT_HEADER) + 1;
      if (!place || column === 0) return [];
      const value = failed.get(packCase)?.join("\n") ?? sheetsText(language, "case.passed");
      return [{ sheet: place.sheet, row: place.row, column, value }];
    }),
  );
  return { check, marks: { cells, pages: [checkPage(check, language)] } };
}

/** What the cases and the look at the conditions leave open, on a page. */
function checkPage(check: PackCheck, language: Language): MarkPage {
  const failed = check.failures.map(({ case: { name, clause } }) => `${name}（${clauseName(clause)}）`);
  const lines = [
    ...[...new Set(failed)].map((name) => sheetsText(language, "page.case-failed", { name })),
    ...check.findings.map((finding) => findingText(finding, language)),
    ...unlistedClauses(check, language),
    ...looseEnds(check, language),
  ];
  const head = sheetsText(language, "page.summary", { cases: check.cases, failed: new Set(failed).size });
  return { name: CHECK_PAGE, rows: [[head], ...lines.map((line) => [line])] };
}

// ------------------------------------------------------------ impact

/** What a change would do to a ledger, on a page: sums, by rule, by person, row by row. */
export function impactPage(comparison: Comparison, nameOf: (row: number) => string, language: Language): MarkPage {
  const say = (key: Parameters<typeof sheetsText>[1], params = {}): string => sheetsText(language, key, params);
  const yuan = (sum: Fen): string => yuanText(sum);
  const { rows, changedRows, totals, rules, subjects, outputs } = comparison;
  const sums = (["penalties", "deducted", "carriedOut", "compensation"] as const).map((key) => [
    say(`impact.${key}`),
    yuan(totals[key].before),
    yuan(totals[key].after),
  ]);
  return {
    name: IMPACT_PAGE,
    rows: [
      [say("impact.rows", { rows, changed: changedRows })],
      [],
      [say("impact.totals"), say("impact.before"), say("impact.after")],
      ...sums,
      [],
      [say("impact.by-rule"), say("impact.before"), say("impact.after"), say("impact.outputs")],
      ...rules.map((rule) => [
        `${rule.title[language]}（${rule.rule}）`,
        yuan(rule.penaltiesBefore),
        yuan(rule.penaltiesAfter),
        rule.outputs,
      ]),
      [],
      [say("impact.by-subject"), say("impact.before"), say("impact.after")],
      ...subjects.map(({ subject, before, after }) => [subject, yuan(before), yuan(after)]),
      [],
      [say("impact.by-row"), say("impact.before"), say("impact.after"), say("impact.column")],
      ...outputs
        .slice(0, MOST_LINES)
        .map((one) => [nameOf(one.row), valueOf(one.before), valueOf(one.after), one.header]),
    ],
  };
}

/** Lines of single cells that a page shows; the sums above are of all. */
const MOST_LINES = 500;

function valueOf(value: Comparison["outputs"][number]["before"]): string {
  return value === undefined ? "" : Array.isArray(value) ? value.join("；") : String(value).replace("T", " ");
}

/** Several marks at once; of two pages of a name the later one stands. */
export function together(...all: readonly Marks[]): Marks {
  const pages = new Map(all.flatMap((marks) => marks.pages.map((page) => [page.name, page] as const)));
  return { cells: all.flatMap(({ cells }) => cells), pages: [...pages.values()] };
}
