import type { PackCase } from "../rules/case-schema.js";
import { analysePack, type Finding } from "../rules/analysis/analyse.js";
import type { Pack } from "../rules/pack.js";
import { placeholdersIn } from "../rules/placeholders.js";
import type { Statutes } from "../rules/statutes.js";
import { clauseCover, isUnconditional, type CaseAtWork, type ClauseCover } from "./clause-cover.js";
import { runCase, type CaseFailure } from "./run-case.js";

/** What checking one pack found. Failures are errors; the lists below are warnings. */
export interface PackCheck extends ClauseCover {
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
}

/** Runs all cases of a pack and looks for what they leave untouched. */
export function checkPack(pack: Pack, packs: ReadonlyMap<string, Pack>, statutes: Statutes): PackCheck {
  const failures: { file: string; case: PackCase; failure: CaseFailure }[] = [];
  const fired = new Set<string>();
  const silent = new Set<string>();
  const touched = new Set<string>();
  const atWork: CaseAtWork[] = [];
  for (const { file, content } of pack.cases) {
    for (const packCase of content.cases) {
      const result = runCase(pack, packCase, packs, statutes);
      atWork.push({ case: packCase, fired: result.fired, labels: result.labels });
      for (const failure of result.failures) failures.push({ file, case: packCase, failure });
      for (const id of result.fired) fired.add(id);
      for (const side of result.touched) touched.add(side);
      for (const id of packCase.expect.silent ?? []) silent.add(id);
    }
  }
  const ids = pack.rules.map(({ rule }) => rule.id);
  const unconditional = new Set(pack.rules.filter(({ rule }) => isUnconditional(rule)).map(({ rule }) => rule.id));
  return {
    pack,
    rules: pack.rules.length,
    cases: atWork.length,
    failures,
    findings: analysePack(pack),
    neverHit: ids.filter((id) => !fired.has(id)),
    neverSilent: ids.filter((id) => !silent.has(id) && !unconditional.has(id)),
    unusedParameters: [...pack.parameters.keys()].filter((name) => !usedParameters(pack).has(name)),
    ...clauseCover(pack, atWork, { silent, touched }),
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
