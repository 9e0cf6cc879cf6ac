import { LedgerRefused } from "../jobs/refused.js";
import { HostProblem } from "../ledger/excel/host-problem.js";
import { hostProblemText } from "../ledger/excel/host-problem-text.js";
import type { Language } from "../locales/language.js";
import type { Problem } from "./state/pane-state.js";
import { sayIn } from "./texts.js";

/** What went wrong, in one sentence for the person at the pane. */
export function problemOf(error: unknown, language: Language): Problem {
  if (error instanceof HostProblem) {
    const { code, choices } = error;
    return { code, text: hostProblemText(error, language), ...(choices.length === 0 ? {} : { choices }) };
  }
  if (error instanceof LedgerRefused) return { code: "refused", text: error.message };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: "unexpected", text: sayIn(language)("problem.unexpected", { detail }) };
}
