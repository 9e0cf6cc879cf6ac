import type { OutputId } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import type { Classification } from "../rules/classify.js";
import { slotOf } from "../rules/fact-row.js";
import { STAGES, type Stage } from "../rules/facts.js";
import type { RowGrounds } from "./judge/grounds.js";
import type { ClauseNotes, Ground } from "./judge/ground.js";
import { STAGE_COLUMNS, type WorkedLimit } from "./limits.js";
import { say } from "./sentences.js";

/** What is said of first and last, before and after the limits; several outputs may share a word. */
const BEFORE_LIMITS = (["category", "subcategory", "nature", "level", "department", "handler"] as const).map(
  (output) => ({ what: `what.${output}` as const, output, slot: slotOf(output) }),
);
const AFTER_LIMITS = (
  [
    { what: "what.penalty", output: "penalty" },
    { what: "what.compensation", output: "compensation" },
    { what: "what.cost", output: "factoryCost" },
    { what: "what.return", output: "postedReturn" },
    { what: "what.approver", output: "approver" },
    { what: "what.forms", output: "forms" },
    { what: "what.archive", output: "archiveUntil" },
  ] as const
).map(({ what, output }) => ({ what, output, slot: slotOf(output) }));
const DUE_SLOT = Object.fromEntries(STAGES.map((stage) => [stage, slotOf(STAGE_COLUMNS[stage].due)])) as Readonly<
  Record<Stage, number>
>;

/** A step in the sequence of what a text is made of, and the text once it has been made. */
class Step {
  text: string | undefined;
  private readonly followers = new Map<unknown, Step>();

  then(next: unknown): Step {
    let step = this.followers.get(next);
    if (!step) this.followers.set(next, (step = new Step()));
    return step;
  }
}

/**
 * Writes 依据: for each kind of value the clauses it rests on. A ledger has thousands of rows but a few dozen different
 * texts, so each text is made once and found again by the sequence of its grounds.
 */
export class BasisWriter {
  private readonly start = new Step();

  constructor(
    private readonly language: Language,
    private readonly notes: ClauseNotes,
  ) {}

  /** The text for a row; empty if nothing rests on anything. */
  text(grounds: RowGrounds, limits: readonly WorkedLimit[], classification: Classification): string {
    let step = this.start;
    for (const { output, slot } of BEFORE_LIMITS) step = follow(step, output, grounds.at(slot), classification);
    for (const { stage, part, rolledOver } of limits) {
      if (part !== undefined) continue;
      step = follow(step, stage, grounds.at(DUE_SLOT[stage]), classification);
      if (rolledOver) step = step.then(ROLLED);
    }
    for (const { what, slot } of AFTER_LIMITS) step = follow(step, what, grounds.at(slot), classification);
    return (step.text ??= this.write(grounds, limits, classification));
  }

  private write(grounds: RowGrounds, limits: readonly WorkedLimit[], classification: Classification): string {
    const { language } = this;
    const parts: string[] = [];
    const add = (what: string, output: OutputId): void => {
      const clauses = new Set<string>();
      for (const ground of grounds.get(output) ?? []) {
        const clause = this.clauseOf(ground, classification);
        if (clause !== undefined) clauses.add(clause);
      }
      const part = `${what}：${[...clauses].join("、")}`;
      if (clauses.size > 0 && !parts.includes(part)) parts.push(part);
    };
    for (const { what, output } of BEFORE_LIMITS) add(say(language, what), output);
    for (const { stage, part } of limits)
      if (part === undefined)
        add(say(language, "what.limit", { stage: say(language, `stage.${stage}`) }), STAGE_COLUMNS[stage].due);
    if (limits.some((limit) => limit.rolledOver)) parts.push(say(language, "basis.rolled"));
    for (const { what, output } of AFTER_LIMITS) add(say(language, what), output);
    return parts.join("；");
  }

  private clauseOf(ground: Ground, classification: Classification): string | undefined {
    switch (ground.kind) {
      case "human":
        return say(this.language, "basis.human");
      case "people":
        return say(this.language, "basis.people");
      case "rule":
        return this.notes.ruleNotes(ground.rule).clause;
      case "label": {
        const value = classification[ground.output]?.value;
        return value === undefined ? undefined : this.notes.labelClause(ground.output, value);
      }
    }
  }
}

const ROLLED = "rolled over";

/** The step behind an output and all its grounds; the same step where it has none. */
function follow(
  from: Step,
  name: string,
  grounds: readonly Ground[] | undefined,
  classification: Classification,
): Step {
  if (grounds === undefined) return from;
  let step = from.then(name);
  for (const ground of grounds) {
    step = step.then(ground);
    if (ground.kind === "label") step = step.then(classification[ground.output]?.value);
  }
  return step;
}
