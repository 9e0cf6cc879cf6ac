import { libraryKnowsYear } from "../../src/domain/calendar.js";
import { canonicalJson } from "../../src/rules/canonical-json.js";
import type { Rule } from "../../src/rules/pack-schema.js";
import type { Pack } from "../../src/rules/pack.js";

/** A time in which something of a pack is missing, or there twice. */
export interface Flaw {
  readonly kind: "gap" | "overlap";
  /** What it is about: `deadlines close`, `parameter fine`. */
  readonly what: string;
  /** The first day of the quarter. */
  readonly quarter: string;
}

interface Period {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** First days of all quarters from 2010 to the last year whose holidays the calendar knows. */
export function quarters(): string[] {
  const days: string[] = [];
  for (let year = 2010; libraryKnowsYear(year); year++)
    for (const month of ["01", "04", "07", "10"]) days.push(`${year}-${month}-01`);
  return days;
}

/**
 * Looks at each quarter's first day for what is in force by the dates as they are written, without the code that resolves
 * them: each thing a pack decides and each of its figures must be there from its first quarter to its last, and once.
 */
export function flawsOf(pack: Pack): Flaw[] {
  const subjects = new Map<string, { periods: Period[]; once: boolean }>();
  const add = (what: string, period: Period, once: boolean): void => {
    const known = subjects.get(what);
    if (known) known.periods.push(period);
    else subjects.set(what, { periods: [period], once });
  };
  for (const { concern, rule } of pack.rules) {
    const period = { from: rule.effectiveFrom, to: rule.effectiveTo };
    add(`${concern} ${rule.event.type} ${decides(rule) ?? ""}`, period, false);
    // A clause that changes keeps its conditions: its versions must follow each other.
    const conditions = canonicalJson(rule.conditions);
    const decided = decides(rule);
    add(
      `${concern} ${rule.event.type} ${decided ?? ""} ${rule.priority ?? 1} ${conditions}`,
      period,
      decided !== undefined,
    );
  }
  for (const { output, value, within, effectiveFrom, effectiveTo } of pack.labels)
    add(`label ${output} ${value} ${within?.value ?? ""}`, { from: effectiveFrom, to: effectiveTo }, true);
  for (const { covers, effectiveFrom, effectiveTo } of pack.caps)
    add(`cap ${covers.join()}`, { from: effectiveFrom, to: effectiveTo }, true);
  for (const { name, values } of pack.parameters.values())
    for (const { effectiveFrom: from, effectiveTo: to } of values) add(`parameter ${name}`, { from, to }, true);

  const all = quarters();
  return [...subjects].flatMap(([what, { periods, once }]) => {
    const counts = all.map((day) => periods.filter((period) => covers(period, day)).length);
    const first = counts.findIndex((count) => count > 0);
    const last = counts.findLastIndex((count) => count > 0);
    return all.flatMap((quarter, i): Flaw[] => {
      if (i > first && i < last && counts[i] === 0) return [{ kind: "gap", what, quarter }];
      return once && counts[i]! > 1 ? [{ kind: "overlap", what, quarter }] : [];
    });
  });
}

function covers({ from, to }: Period, day: string): boolean {
  return (from === undefined || from <= day) && (to === undefined || day < to);
}

/** The one thing a rule decides, where two rules with equal conditions would contradict or repeat each other. */
function decides({ event }: Rule): string | undefined {
  switch (event.type) {
    case "classify":
      return event.params.output;
    case "assign":
      return event.params.output === "handler" ? `handler ${event.params.value}` : event.params.output;
    case "deadline":
      // A part of a stage is a limit of its own.
      return "part" in event.params && event.params.part !== undefined
        ? `${event.params.stage} ${event.params.part.zh}`
        : event.params.stage;
    case "penalty":
      return `${event.params.kind} ${event.params.reason} ${canonicalJson(event.params.subject)}`;
    case "compensate":
      return event.params.reason;
    case "form":
      return event.params.name;
    case "archive":
    case "escalate":
    case "split-cost":
    case "post-return":
      return event.type;
    default:
      return undefined;
  }
}
