import { learnFromOpenLedger, type LearnQuestion } from "../jobs/learn-from-ledger.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import type { Language } from "../locales/language.js";
import { problemText } from "../rules/pack-problem-text.js";
import type { LearnedOutput } from "../process/learn-ledger.js";
import type { LearnReport } from "./messages.js";

/** Where the weights of a pack say they come from, since the pane does not know the workbook's name. */
const LEARNED_HERE = "the workbook's own ledger";

/** Learns a pack from the ledger at hand, as the pane shows it. */
export function learnReport(
  snapshot: LedgerSnapshot,
  from: Omit<LearnQuestion, "source">,
  language: Language,
): LearnReport {
  const learned = learnFromOpenLedger(snapshot, { ...from, source: LEARNED_HERE });
  switch (learned.kind) {
    case "too-few":
      return learned;
    case "problems":
      return { kind: "problems", first: learned.problems.map((one) => problemText(one, language))[0] ?? "" };
    case "learned":
      return {
        kind: "learned",
        outputs: learned.outputs.map(shownOutput),
        changes: learned.changes,
        rejudged: learned.rejudged,
        files: Object.fromEntries(learned.files),
      };
  }
}

/** Without the weights, which the pane has no use for: they stand in the pack's files. */
function shownOutput(output: LearnedOutput): Omit<LearnedOutput, "model"> {
  const { output: about, within, rows, expected, labels, rare, wrong } = output;
  return { output: about, ...(within === undefined ? {} : { within }), rows, expected, labels, rare, wrong };
}
