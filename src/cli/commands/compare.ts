import { yuanText, type Fen } from "../../domain/money.js";
import { examineLedger, mayWrite, type ExaminedLedger } from "../../jobs/judge-ledger.js";
import { rowNames } from "../../process/complaint-name.js";
import { compareRuns, type ChangedOutput, type Comparison } from "../../process/compare.js";
import { shownValue } from "../../process/outcome-json.js";
import { columnsText } from "../columns-text.js";
import { judgeOptions, loadLedgerRules, type LedgerRules } from "../ledger-rules.js";
import { loadRulesFolder } from "../rules-folder.js";
import type { Terminal } from "../terminal.js";
import { letOutFile, openWorkbook } from "../workbook-file.js";
import { judgeArguments, NOW, PACK, SHEET, WORKBOOK_RULES, type Command, type JudgeArguments } from "../command.js";

interface CompareArguments extends JudgeArguments {
  readonly input: string;
  readonly other: string;
  readonly output: string | undefined;
}

/** Changed outputs people see on the terminal; all of them are in the JSON and in the workbook. */
const OUTPUTS_SHOWN = 40;

export const command: Command = {
  usage: "compare <IN.xlsx>",
  help: "help.compare",
  options: [
    { flags: "--rules <DIR>", help: "help.compare-rules" },
    { flags: "--with <DIR>", help: "help.with", required: true },
    { flags: "-o, --output <OUT.xlsx>", help: "help.compare-output" },
    PACK,
    NOW,
    WORKBOOK_RULES,
    SHEET,
  ],
  run: (call) =>
    compareCommand(
      { input: call.argument, other: call.value("with"), output: call.option("output"), ...judgeArguments(call) },
      call.terminal,
    ),
};

/** `compare`: which rows, persons and sums change if another rules folder replaced the present one. Writes nothing into the ledger. */
async function compareCommand(args: CompareArguments, terminal: Terminal): Promise<number> {
  const workbook = openWorkbook(args.input, terminal, args.sheet);
  const judged = (rules: LedgerRules): ExaminedLedger =>
    examineLedger(workbook.ledger.snapshot, judgeOptions(rules, args, terminal));
  const rules = await loadLedgerRules(workbook, args, terminal);
  const before = judged(rules);
  const after = judged(loadRulesFolder(args.other, terminal));
  const comparison = compareRuns(before.run, after.run);
  const nameOf = rowNames(before.outcome.rows, rules.packs, terminal.language);
  if (args.output !== undefined) {
    const leave = mayWrite(await before.judgement());
    mayWrite(await after.judgement());
    // exceljs is large; only the commands that make new workbooks load it.
    const { comparisonWorkbook } = await import("../../documents/comparison-workbook.js");
    const bytes = await comparisonWorkbook(comparison, terminal.language, nameOf);
    letOutFile({ leave, path: args.output, bytes, place: "elsewhere", read: [workbook.reading] }, terminal);
  }
  terminal.document(comparisonJson(comparison));
  show(comparison, nameOf, terminal);
  if (args.output !== undefined) terminal.say("compare.written", { file: args.output });
  return 0;
}

function comparisonJson({ totals, subjects, rules, ...rest }: Comparison): object {
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

function show(comparison: Comparison, nameOf: (row: number) => string | undefined, terminal: Terminal): void {
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
