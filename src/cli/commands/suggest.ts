import { examineLedger } from "../../jobs/judge-ledger.js";
import { rowNames } from "../../process/complaint-name.js";
import { suggest } from "../../process/suggest.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import type { Terminal } from "../terminal.js";
import { openWorkbook } from "../workbook-file.js";
import { JUDGE_OPTIONS, judgeArguments, type Command, type JudgeArguments } from "../command.js";

interface SuggestArguments extends JudgeArguments {
  readonly input: string;
}

export const command: Command = {
  usage: "suggest <IN.xlsx>",
  help: "help.suggest",
  options: JUDGE_OPTIONS,
  run: (call) => suggestCommand({ input: call.argument, ...judgeArguments(call) }, call.terminal),
};

/** `suggest`: phrases to add or weaken, learned from rows that people re-judged. Changes nothing. */
async function suggestCommand(args: SuggestArguments, terminal: Terminal): Promise<number> {
  const workbook = openWorkbook(args.input, terminal, args.sheet);
  const { snapshot } = workbook.ledger;
  const rules = await loadLedgerRules(workbook, args, terminal);
  const { run, outcome } = examineLedger(snapshot, judgeOptions(rules, args, terminal));
  const nameOf = rowNames(outcome.rows, rules.packs, terminal.language);
  const result = suggest(run);
  terminal.document(result);
  terminal.say("suggest.summary", {
    rejudged: result.rejudged,
    misjudged: result.misjudged,
    suggestions: result.suggestions.length,
  });
  for (const s of result.suggestions) {
    const key = s.action === "add" ? "suggest.add" : "suggest.weaken";
    terminal.line();
    terminal.say(key, { pack: s.pack, label: s.label, phrase: s.phrase, from: s.from ?? 0, to: s.to });
    for (const { row, text } of s.fixes) terminal.line(`  + ${nameOf(row) ?? row}  ${text}`);
    for (const { row, text } of s.breaks) terminal.line(`  - ${nameOf(row) ?? row}  ${text}`);
  }
  if (result.unmended.length > 0) {
    terminal.line();
    terminal.say("suggest.unmended");
    for (const { row, text, wanted, given } of result.unmended)
      terminal.line(`  ${nameOf(row) ?? row}  ${given ?? terminal.text("explain.blank")} → ${wanted}  ${text}`);
  }
  if (result.misjudged > 0) {
    terminal.line();
    terminal.say("suggest.learn");
  }
  return 0;
}
