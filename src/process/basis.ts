import type { OutputId } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import type { Classification } from "../rules/classify.js";
import type { Stage } from "../rules/facts.js";
import type { Ground } from "./judge-row.js";
import { STAGE_COLUMNS, type WorkedLimit } from "./limits.js";
import type { PackPlan } from "./pack-plan.js";
import { say, type SentenceKey } from "./sentences.js";

/** What is said of first and last, before and after the limits; several outputs may share a word. */
const BEFORE_LIMITS = ["category", "subcategory", "nature", "level", "department", "handler"] as const;
const AFTER_LIMITS: readonly (readonly [SentenceKey, OutputId])[] = [
  ["what.penalty", "penalty"],
  ["what.compensation", "compensation"],
  ["what.cost", "factoryCost"],
  ["what.return", "postedReturn"],
  ["what.approver", "approver"],
  ["what.forms", "forms"],
  ["what.archive", "archiveUntil"],
];

/** 依据: for each kind of value the clauses it rests on. Empty if nothing rests on anything. */
export function basisText(
  grounds: ReadonlyMap<OutputId, readonly Ground[]>,
  limits: readonly WorkedLimit[],
  classification: Classification,
  plan: PackPlan,
  language: Language,
): string {
  const parts: string[] = [];
  const add = (what: string, output: OutputId): void => {
    const found = grounds.get(output);
    const clauses = found && clausesOf(found, classification, plan, language);
    if (!clauses) return;
    const part = `${what}：${clauses}`;
    if (!parts.includes(part)) parts.push(part);
  };
  for (const output of BEFORE_LIMITS) add(say(language, `what.${output}`), output);
  for (const { stage } of limits) add(limitName(stage, language), STAGE_COLUMNS[stage].due);
  if (limits.some((limit) => limit.rolledOver)) parts.push(say(language, "basis.rolled"));
  for (const [what, output] of AFTER_LIMITS) add(say(language, what), output);
  return parts.join("；");
}

/** The clauses of several grounds, each once; empty if they name none. */
function clausesOf(
  grounds: readonly Ground[],
  classification: Classification,
  plan: PackPlan,
  language: Language,
): string {
  if (grounds.length === 1) return clauseOf(grounds[0]!, classification, plan, language) ?? "";
  const clauses = new Set<string>();
  for (const ground of grounds) {
    const clause = clauseOf(ground, classification, plan, language);
    if (clause !== undefined) clauses.add(clause);
  }
  return [...clauses].join("、");
}

function clauseOf(
  ground: Ground,
  classification: Classification,
  plan: PackPlan,
  language: Language,
): string | undefined {
  switch (ground.kind) {
    case "human":
      return say(language, "basis.human");
    case "people":
      return say(language, "basis.people");
    case "rule":
      return plan.ruleNotes(ground.rule).clause;
    case "label": {
      const value = classification[ground.output]?.value;
      return value === undefined ? undefined : plan.labelClause(ground.output, value);
    }
  }
}

function limitName(stage: Stage, language: Language): string {
  return say(language, "what.limit", { stage: say(language, `stage.${stage}`) });
}
