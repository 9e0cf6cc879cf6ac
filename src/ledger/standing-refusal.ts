import type { Language } from "../locales/language.js";
import { say } from "../process/sentences.js";
import type { StandingProblem, StandingTables } from "./notice-tables.js";

/** Why nothing may be written beside what stands; undefined if it may. */
export function standingRefusal({ problems }: StandingTables, language: Language): string | undefined {
  const [problem] = problems;
  return problem && standingText(problem, language);
}

function standingText(problem: StandingProblem, language: Language): string {
  if (problem.kind === "altered") return say(language, "settled.altered", { notice: problem.notice });
  const { sheet, row, header, value } = problem;
  return say(language, "settled.unreadable", { sheet, row, header, value });
}
