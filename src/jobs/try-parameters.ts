import type { Language } from "../locales/language.js";
import { compareRuns, type Comparison } from "../process/compare.js";
import { checkPack } from "../process/check-packs.js";
import { problemSentence } from "../rules/pack-problem-text.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { PackTexts } from "./catalogue.js";
import { examineLedger } from "./judge-ledger.js";
import { checked } from "./loaded-packs.js";
import type { OpenLedgerNow } from "./read-pack-sheets.js";
import { setParameter, type ParameterChange } from "./set-parameter.js";

/** What setting figures of a pack comes to, before anything is saved. */
export type TriedParameters =
  | { readonly kind: "problem"; readonly text: string }
  | {
      readonly kind: "tried";
      readonly files: PackTexts;
      readonly cases: { readonly total: number; readonly failed: number };
      /** The effect on the open ledger; none where there is no ledger. */
      readonly comparison: Comparison | undefined;
    };

export async function tryParameters(
  {
    id,
    files,
    changes,
  }: { readonly id: string; readonly files: PackTexts; readonly changes: readonly ParameterChange[] },
  known: { readonly packs: ReadonlyMap<string, Pack>; readonly statutes: Statutes },
  ledger: OpenLedgerNow | undefined,
  language: Language,
): Promise<TriedParameters> {
  let next = files;
  for (const change of changes) {
    const done = setParameter(next, change, language);
    if ("problem" in done) return { kind: "problem", text: done.problem };
    next = done.files;
  }
  const result = await checked(id, next);
  if ("problems" in result) {
    const [first] = result.problems;
    return { kind: "problem", text: first ? problemSentence(first, language) : "" };
  }
  const check = checkPack(result.pack, new Map([...known.packs, [id, result.pack]]), known.statutes);
  const failed = new Set(check.failures.map((failure) => failure.case)).size;
  const comparison = ledger && effectOf(ledger, id, result.pack);
  return { kind: "tried", files: next, cases: { total: check.cases, failed }, comparison };
}

function effectOf({ snapshot, options }: OpenLedgerNow, id: string, pack: Pack): Comparison {
  const before = examineLedger(snapshot, options);
  const after = examineLedger(snapshot, { ...options, packs: new Map([...options.packs, [id, pack]]) });
  return compareRuns(before.run, after.run);
}
