import { clauseName } from "../rules/clause.js";
import type { PackCase } from "../rules/case-schema.js";
import type { Rule } from "../rules/pack-schema.js";
import { analysePack, type Finding } from "../rules/analysis/analyse.js";
import type { Pack } from "../rules/pack.js";
import { placeholdersIn } from "../rules/placeholders.js";
import type { Statutes } from "../rules/statutes.js";
import { runCase, type CaseFailure } from "./run-case.js";

/** What checking one pack found. Failures are errors; the lists below are warnings. */
export interface PackCheck {
  readonly pack: Pack;
  readonly rules: number;
  readonly cases: number;
  readonly failures: readonly { readonly file: string; readonly case: PackCase; readonly failure: CaseFailure }[];
  /** What can be told without any row: gaps, overlaps, rules that can't fire, contradicting phrases. Overlaps are errors. */
  readonly findings: readonly Finding[];
  /** Rules that fire in no case. */
  readonly neverHit: readonly string[];
  /** Rules without a case in which they stay silent by name. */
  readonly neverSilent: readonly string[];
  /** Parameters no rule, cap or label refers to. */
  readonly unusedParameters: readonly string[];
  /** Clauses that should have rules but have none. */
  readonly clausesWithoutRule: readonly string[];
  /** Clauses that have rules but no case. */
  readonly clausesWithoutCase: readonly string[];
  /** Clauses with a rule ÷ clauses that could be one; undefined where the pack lists none. */
  readonly coverage: number | undefined;
}

/** Runs all cases of a pack and looks for what they leave untouched. */
export function checkPack(pack: Pack, packs: ReadonlyMap<string, Pack>, statutes: Statutes): PackCheck {
  const failures: { file: string; case: PackCase; failure: CaseFailure }[] = [];
  const fired = new Set<string>();
  const silent = new Set<string>();
  let cases = 0;
  for (const { file, content } of pack.cases) {
    for (const packCase of content.cases) {
      cases += 1;
      const result = runCase(pack, packCase, packs, statutes);
      for (const failure of result.failures) failures.push({ file, case: packCase, failure });
      for (const id of result.fired) fired.add(id);
      for (const id of packCase.expect.silent ?? []) silent.add(id);
    }
  }
  const ids = pack.rules.map(({ rule }) => rule.id);
  const unconditional = new Set(pack.rules.filter(({ rule }) => isUnconditional(rule)).map(({ rule }) => rule.id));
  const clauses = clauseCover(pack);
  return {
    pack,
    rules: pack.rules.length,
    cases,
    failures,
    findings: analysePack(pack),
    neverHit: ids.filter((id) => !fired.has(id)),
    neverSilent: ids.filter((id) => !silent.has(id) && !unconditional.has(id)),
    unusedParameters: [...pack.parameters.keys()].filter((name) => !usedParameters(pack).has(name)),
    ...clauses,
  };
}

/** A rule that fires on every row can have no case in which it doesn't. */
function isUnconditional(rule: Rule): boolean {
  const { conditions } = rule;
  return "all" in conditions && conditions.all.every((c) => "fact" in c && c.fact === "always");
}

interface CitedClause {
  readonly document?: string | undefined;
  readonly article: string;
  readonly paragraph?: string | undefined;
}

function clauseCover(pack: Pack): Pick<PackCheck, "clausesWithoutRule" | "clausesWithoutCase" | "coverage"> {
  const ruled = [
    ...pack.rules.map(({ rule }) => rule.clause),
    ...pack.labels.map((label) => label.clause),
    ...pack.caps.map((cap) => cap.clause),
  ];
  if (pack.header.numbering?.clause) ruled.push(pack.header.numbering.clause);
  const cited = pack.cases.flatMap(({ content }) => content.cases.map((c) => c.clause));
  const own = pack.header.source.document;
  const covers = (list: readonly CitedClause[], clause: CitedClause): boolean =>
    list.some(
      (c) =>
        (c.document ?? own) === (clause.document ?? own) &&
        c.article === clause.article &&
        (clause.paragraph === undefined || c.paragraph === clause.paragraph),
    );
  const expected = (pack.header.clauses ?? []).filter((clause) => clause.reason === undefined);
  const name = (clause: CitedClause): string =>
    `${clause.document === undefined || clause.document === own ? "" : `${clause.document} `}${clauseName(clause)}`;
  const withRule = expected.filter((clause) => covers(ruled, clause));
  return {
    clausesWithoutRule: expected.filter((clause) => !withRule.includes(clause)).map(name),
    clausesWithoutCase: withRule.filter((clause) => !covers(cited, clause)).map(name),
    coverage: expected.length === 0 ? undefined : withRule.length / expected.length,
  };
}

const used = new WeakMap<Pack, ReadonlySet<string>>();

/** Names of the parameters that rules, labels and caps refer to. */
function usedParameters(pack: Pack): ReadonlySet<string> {
  let names = used.get(pack);
  if (!names) {
    const found = new Set<string>();
    collect([pack.rules.map(({ rule }) => rule), pack.labels, pack.caps], found);
    names = found;
    used.set(pack, names);
  }
  return names;
}

function collect(json: unknown, names: Set<string>): void {
  if (typeof json === "string") for (const name of placeholdersIn(json)) names.add(name);
  else if (Array.isArray(json)) for (const item of json) collect(item, names);
  else if (typeof json === "object" && json !== null) {
    if ("parameter" in json && typeof json.parameter === "string") names.add(json.parameter);
    for (const value of Object.values(json)) collect(value, names);
  }
}
