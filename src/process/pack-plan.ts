import type { ComplaintOutputs } from "../domain/complaint.js";
import { matchText } from "../domain/match-key.js";
import { placeOf, type Place } from "../domain/place.js";
import type { Language } from "../locales/language.js";
import { regulationClause, shortClause } from "../rules/clause.js";
import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "../rules/events/kinds.js";
import type { ActiveRule, PackInForce } from "../rules/in-force.js";
import type { PackHeader } from "../rules/pack-schema.js";
import { BasisWriter } from "./basis.js";
import { packCap, type PackCap } from "./due-penalty.js";
import type { ClauseNotes, RuleNotes } from "./judge/ground.js";
import { outputsOf } from "./pack-columns.js";
import { SampleParameters } from "./sample-parameters.js";

/** What judging rows takes from a pack in force, worked out once instead of row by row. */
export interface PackPlan extends ClauseNotes {
  /** Close of business by the pack, seconds of the day. */
  readonly closeOfBusiness: number;
  /** How near a limit must be for 即将到期, in seconds. */
  readonly warning: number;
  /** Outputs the pack has labels for. */
  readonly labelled: ReadonlySet<ClassifiedOutput>;
  readonly caps: readonly PackCap[];
  /** Every output the pack can fill, without a value: copied, it makes the outputs of all rows of one shape. */
  readonly blankOutputs: ComplaintOutputs;
  /** Where 地区 lies; undefined if the place is on no list. */
  placeOf(region: string): Place | undefined;
  /** The values that labels and rules can give an output: what a column of 改判 may hold. */
  valuesOf(output: "category" | "level" | "department"): readonly string[];
  /** The sample parameters of a row that rests on none yet. */
  readonly noSamples: SampleParameters;
  /** Writes 依据, by language. */
  readonly basis: Readonly<Record<Language, BasisWriter>>;
}

const DEFAULT_CLOSE_OF_BUSINESS = 18 * 3600;
const DEFAULT_WARNING_HOURS = 24;

const plans = new WeakMap<PackInForce, PackPlan>();

/** The plan of a pack in force, made once and kept with it. */
export function packPlan(inForce: PackInForce): PackPlan {
  let plan = plans.get(inForce);
  if (!plan) plans.set(inForce, (plan = makePlan(inForce)));
  return plan;
}

function makePlan(inForce: PackInForce): PackPlan {
  const { pack, labels, caps } = inForce;
  const { header } = pack;
  const { closeOfBusiness, warningHours = DEFAULT_WARNING_HOURS } = header.calendar ?? {};
  const notes = new Map<ActiveRule, RuleNotes>();
  const labelClauses = new Map(CLASSIFIED_OUTPUTS.map((output) => [output, new Map<string, string>()]));
  for (const { label } of labels) {
    const clauses = labelClauses.get(label.output)!;
    if (!clauses.has(label.value)) clauses.set(label.value, shortClause(label.clause, header));
  }
  const named: ClauseNotes = {
    ruleNotes(rule) {
      let found = notes.get(rule);
      if (!found) notes.set(rule, (found = notesOn(rule, header)));
      return found;
    },
    labelClause: (output, value) => labelClauses.get(output)!.get(value),
  };
  const values = {
    category: valuesGiven(inForce, "category"),
    level: valuesGiven(inForce, "level"),
    department: valuesGiven(inForce, "department"),
  };
  return {
    ...named,
    basis: { zh: new BasisWriter("zh", named), en: new BasisWriter("en", named) },
    noSamples: new SampleParameters([]),
    closeOfBusiness: closeOfBusiness === undefined ? DEFAULT_CLOSE_OF_BUSINESS : secondsOfDay(closeOfBusiness),
    warning: warningHours * 3600,
    labelled: new Set(labels.map(({ label }) => label.output)),
    caps: caps.map(({ cap, rate }) => packCap(header, cap, rate)),
    blankOutputs: Object.fromEntries([...outputsOf(pack)].map((id) => [id, undefined])),
    placeOf: rememberedPlaces(header.abroadWords ?? []),
    valuesOf: (output) => values[output],
  };
}

/** What labels, rules of classification and rules of responsibility can make of an output. */
function valuesGiven({ labels, rules }: PackInForce, output: "category" | "level" | "department"): readonly string[] {
  const values = new Set(labels.filter(({ label }) => label.output === output).map(({ label }) => label.value));
  for (const { event } of [...rules.classification, ...rules.responsibility]) {
    if (event.type === "classify" && event.params.output === output) values.add(event.params.value);
    if (event.type === "assign" && event.params.output === output) values.add(event.params.value);
  }
  return [...values];
}

function notesOn(rule: ActiveRule, header: PackHeader): RuleNotes {
  const { clause } = rule.placed.rule;
  return {
    cause: `${header.id}/${rule.placed.rule.id}`,
    grounds: [{ kind: "rule", rule }],
    clause: shortClause(clause, header),
    regulationClause: regulationClause(clause, header),
    samples: rule.parameters.filter(({ source }) => !source.stated),
  };
}

/** A column that holds whole addresses must not fill the memory of a pane that stays open. */
const MOST_REGIONS = 5000;

/** Ledgers name a few dozen regions over and over, so the answers are kept. `abroadWords`: the pack's own, beside the lists. */
function rememberedPlaces(abroadWords: readonly string[]): PackPlan["placeOf"] {
  const own = abroadWords.map(matchText);
  const known = new Map<string, Place | undefined>();
  return (region) => {
    if (known.has(region)) return known.get(region);
    const text = matchText(region);
    const place = own.some((word) => text.includes(word)) ? "国外" : placeOf(region);
    if (known.size === MOST_REGIONS) known.clear();
    known.set(region, place);
    return place;
  };
}

function secondsOfDay(text: string): number {
  return Number(text.slice(0, 2)) * 3600 + Number(text.slice(3, 5)) * 60;
}
