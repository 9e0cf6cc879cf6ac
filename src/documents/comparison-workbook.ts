import ExcelJS from "exceljs";
import type { Fen } from "../domain/money.js";
import type { Language } from "../locales/language.js";
import texts from "../locales/comparison.zh-CN.json";
import englishTexts from "../locales/comparison.en-US.json";
import type { Comparison } from "../process/compare.js";
import { shownValue } from "../process/outcome-json.js";

const TEXTS: Record<Language, typeof texts> = { zh: texts, en: englishTexts };

/** A comparison of two versions of the packs as a workbook: rows, rules, persons and totals, a sheet each. */
export async function comparisonWorkbook(
  comparison: Comparison,
  language: Language,
  nameOf: (row: number) => string | undefined,
): Promise<Uint8Array> {
  const t = TEXTS[language];
  const book = new ExcelJS.Workbook();
  book.creator = "条理 Tiaoli";
  // Fixed, so that the same comparison gives the same bytes.
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  const titles = new Map(comparison.rules.map(({ rule, title }) => [rule, title[language]]));
  const named = (rules: readonly string[]): string => rules.map((rule) => titles.get(rule) ?? rule).join("、");
  addSheet(
    book,
    t.rows,
    [t.id, t.row, t.column, t.before, t.after, t.rulesBefore, t.rulesAfter],
    [16, 8, 14, 40, 40, 30, 30],
    comparison.outputs.map((o) => [
      nameOf(o.row) ?? "",
      o.row,
      o.header,
      shownValue(o.before),
      shownValue(o.after),
      named(o.rulesBefore),
      named(o.rulesAfter),
    ]),
  );
  addSheet(
    book,
    t.rules,
    [t.title, t.clause, t.outputs, t.penaltiesBefore, t.penaltiesAfter, t.difference, t.rule],
    [40, 36, 12, 16, 16, 16, 30],
    comparison.rules.map((r) => [
      r.title[language],
      r.clause,
      r.outputs,
      ...sums(r.penaltiesBefore, r.penaltiesAfter),
      r.rule,
    ]),
  );
  addSheet(
    book,
    t.subjects,
    [t.subject, t.penaltiesBefore, t.penaltiesAfter, t.difference],
    [20, 16, 16, 16],
    comparison.subjects.map((s) => [s.subject, ...sums(s.before, s.after)]),
  );
  const { totals } = comparison;
  addSheet(
    book,
    t.totals,
    [t.item, t.before, t.after, t.difference],
    [20, 16, 16, 16],
    (["penalties", "deducted", "carriedOut", "compensation"] as const).map((key) => [
      t[key],
      ...sums(totals[key].before, totals[key].after),
    ]),
  );
  addSheet(
    book,
    t.versions,
    [t.before, t.after, t.ledgerRows],
    [40, 40, 12],
    comparison.versions.map(({ before, after, rows }) => [before, after, rows]),
  );
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function sums(before: Fen, after: Fen): [number, number, number] {
  return [before / 100, after / 100, (after - before) / 100];
}

function addSheet(
  book: ExcelJS.Workbook,
  name: string,
  headers: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: "frozen", ySplit: 1 }],
    pageSetup: { orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = widths.map((width) => ({ width }));
  sheet.addRow([...headers]).font = { bold: true };
  for (const row of rows) {
    sheet.addRow([...row]).eachCell((c) => {
      c.alignment = { wrapText: true, vertical: "top" };
      if (typeof c.value === "number" && !Number.isInteger(c.value)) c.numFmt = "#,##0.00";
    });
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: headers.length } };
}
