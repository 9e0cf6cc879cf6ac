import { yuanText, type Fen } from "../domain/money.js";
import type { ChangedOutput, Comparison } from "../process/compare.js";
import { shownValue } from "../process/outcome-json.js";
import { columnsText } from "./columns-text.js";
import type { Terminal } from "./terminal.js";

/** A comparison of two versions of packs on the terminal and in JSON. */

/** Changed outputs people see on the terminal; all of them are in the JSON and in the workbook. */
const OUTPUTS_SHOWN = 40;

export function comparisonJson({ totals, subjects, rules, ...rest }: Comparison): object {
  const money = ({ before, after }: { before: Fen; after: Fen }): object => ({
    before: yuanText(before),
    after: yuanText(after),
  });
  return {
    ...rest,
    subjects: subjects.map(({ subject, ...sums }) => ({ subject, ...money(sums) })),
    rules: rules.map(({ penaltiesBefore, penaltiesAfter, ...rule }) => ({
      ...rule,
      penaltiesBefore: yuanText(penaltiesBefore),
      penaltiesAfter: yuanText(penaltiesAfter),
    })),
    totals: Object.fromEntries(Object.entries(totals).map(([key, sums]) => [key, money(sums)])),
  };
}

export function showComparison(
  comparison: Comparison,
  nameOf: (row: number) => string | undefined,
  terminal: Terminal,
): void {
  const { rows, versions, changedRows, outputs, subjects, rules, totals } = comparison;
  for (const version of versions) terminal.say("compare.version", { ...version });
  terminal.say("compare.rows", { rows, changed: changedRows });
  if (changedRows === 0 && subjects.length === 0) return;
  const value = (v: ChangedOutput["before"]): string => shownValue(v) || terminal.text("explain.blank");
  const titles = new Map(rules.map(({ rule, title }) => [rule, title[terminal.language]]));
  const lines = outputs
    .slice(0, OUTPUTS_SHOWN)
    .map((o) => [
      `  ${nameOf(o.row) ?? `#${o.row}`}`,
      o.header,
      [...new Set([...o.rulesBefore, ...o.rulesAfter])].map((rule) => titles.get(rule) ?? rule).join("、"),
      `${value(o.before)} → ${value(o.after)}`,
    ]);
  for (const line of columnsText(lines)) terminal.line(line);
  if (outputs.length > OUTPUTS_SHOWN) terminal.say("compare.more", { more: outputs.length - OUTPUTS_SHOWN });
  if (rules.length > 0) {
    terminal.say("compare.by-rule");
    for (const line of columnsText(
      rules.map((r) => [
        `  ${r.title[terminal.language]}`,
        r.clause,
        terminal.text("compare.outputs", { n: r.outputs }),
        // A limit or a form costs nobody anything.
        r.penaltiesBefore === 0 && r.penaltiesAfter === 0
          ? ""
          : terminal.text("compare.penalties", {
              before: yuanText(r.penaltiesBefore),
              after: yuanText(r.penaltiesAfter),
            }),
      ]),
    ))
      terminal.line(line);
  }
  if (subjects.length > 0) {
    terminal.say("compare.by-subject");
    for (const line of columnsText(
      subjects.map((s) => [`  ${s.subject}`, `${yuanText(s.before)} → ${yuanText(s.after)}`]),
    ))
      terminal.line(line);
  }
  terminal.say("compare.totals");
  for (const key of ["penalties", "deducted", "carriedOut", "compensation"] as const) {
    terminal.line(
      `  ${terminal.text(`total.${key}`)}  ${yuanText(totals[key].before)} → ${yuanText(totals[key].after)}`,
    );
  }
}
