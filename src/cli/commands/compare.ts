import { examineLedger, mayWrite, type ExaminedLedger } from "../../jobs/judge-ledger.js";
import { rowNames } from "../../process/complaint-name.js";
import { compareRuns } from "../../process/compare.js";
import { judgeOptions, loadLedgerRules, type LedgerRules } from "../ledger-rules.js";
import { maskerFor } from "../mask.js";
import { loadRulesFolder } from "../rules-folder.js";
import { comparisonJson, showComparison } from "../show-comparison.js";
import { openWithMembers } from "../group/open-with-members.js";
import type { Terminal } from "../terminal.js";
import { letOutFile } from "../workbook-file.js";
import {
  judgeArguments,
  MASK,
  NOW,
  PACK,
  SHEET,
  WORKBOOK_RULES,
  type Command,
  type JudgeArguments,
} from "../command.js";

interface CompareArguments extends JudgeArguments {
  readonly input: string;
  readonly other: string;
  readonly output: string | undefined;
  readonly mask: boolean;
}

export const command: Command = {
  usage: "compare <IN.xlsx>",
  help: "help.compare",
  options: [
    { flags: "--rules <DIR>", help: "help.compare-rules" },
    { flags: "--with <DIR>", help: "help.with", required: true },
    { flags: "-o, --output <OUT.xlsx>", help: "help.compare-output" },
    MASK,
    PACK,
    NOW,
    WORKBOOK_RULES,
    SHEET,
  ],
  run: (call) =>
    compareCommand(
      {
        input: call.argument,
        other: call.value("with"),
        output: call.option("output"),
        mask: call.isSet("mask"),
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

/** `compare`: which rows, persons and sums change if another rules folder replaced the present one. Writes nothing into the ledger. */
async function compareCommand(args: CompareArguments, terminal: Terminal): Promise<number> {
  const workbook = await openWithMembers(args.input, terminal, args);
  const judged = (rules: LedgerRules): ExaminedLedger =>
    examineLedger(workbook.ledger.snapshot, judgeOptions(rules, args, terminal));
  const rules = await loadLedgerRules(workbook, args, terminal);
  const before = judged(rules);
  const after = judged(loadRulesFolder(args.other, terminal));
  const compared = compareRuns(before.run, after.run);
  const comparison = args.mask ? (await maskerFor(workbook.ledger.snapshot)).all(compared) : compared;
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
  showComparison(comparison, nameOf, terminal);
  if (args.output !== undefined) terminal.say("compare.written", { file: args.output });
  return 0;
}
