import type { WallTime } from "../../domain/wall-time.js";
import { examineLedger } from "../../jobs/judge-ledger.js";
import { suggest } from "../../process/suggest.js";
import { judgeOptions } from "../ledger-rules.js";
import { BUILT_IN_RULES, loadRulesFolder } from "../rules-folder.js";
import type { Terminal } from "../terminal.js";
import { openWorkbook } from "../workbook-file.js";

export interface SuggestArguments {
  readonly input: string;
  readonly rules: string | undefined;
  /** The sheet of the ledger, where several have one. */
  readonly sheet?: string | undefined;
  readonly now: WallTime;
  readonly pack: string | undefined;
}

/** `suggest`: phrases to add or weaken, learned from rows that people re-judged. Changes nothing. */
export function suggestCommand(args: SuggestArguments, terminal: Terminal): number {
  const rules = loadRulesFolder(args.rules ?? BUILT_IN_RULES, terminal);
  const { snapshot } = openWorkbook(args.input, terminal, args.sheet).ledger;
  const { run } = examineLedger(snapshot, judgeOptions(rules, args, terminal));
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
    for (const { id, text } of s.fixes) terminal.line(`  + ${id}  ${text}`);
    for (const { id, text } of s.breaks) terminal.line(`  - ${id}  ${text}`);
  }
  if (result.unmended.length > 0) {
    terminal.line();
    terminal.say("suggest.unmended");
    for (const { id, text, wanted, given } of result.unmended)
      terminal.line(`  ${id}  ${given ?? terminal.text("explain.blank")} → ${wanted}  ${text}`);
  }
  return 0;
}
