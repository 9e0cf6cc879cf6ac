import { classifierOf, type Classifier } from "./classifier.js";
import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "./events/kinds.js";
import { slotOf, type FactRow } from "./fact-row.js";
import type { Facts } from "./facts.js";
import type { ActiveContext, ActiveLabel, PackInForce } from "./in-force.js";
import type { RowScan } from "./phrase-scan.js";
import { evidenceFor, weighTexts, type Evidence } from "./text-evidence.js";

/** Which label an output gets, and why. */
export interface Verdict {
  readonly output: ClassifiedOutput;
  readonly value: string;
  readonly label: ActiveLabel;
  readonly score: number;
  /** By text column, then by position; empty where nobody asked for the workings. */
  readonly evidence: readonly Evidence[];
  /** Context conditions that held; empty where nobody asked for the workings. */
  readonly context: readonly ActiveContext[];
  /** The next best label of another value, if anything spoke for it. */
  readonly runnerUp?: { readonly value: string; readonly score: number };
  /** The lead over the runner-up is thin: a person should confirm. */
  readonly thin: boolean;
}

/** Outputs without a verdict have no evidence: 待分类 where the pack has labels for them. */
export type Classification = { readonly [Output in ClassifiedOutput]?: Verdict };

/** A lead thinner than this asks for confirmation, where a pack doesn't say. */
export const COMMON_LEAD = 1;

/**
 * Classifies a complaint by weighted evidence. The score of a label is its bias, plus the weight of each of its phrases
 * that a text holds (once a text, times the factor of the column; less if all stand before a 但; against it if every
 * occurrence is negated), minus its counter-phrases, plus the context conditions that hold. The best label above the pack's minimum gets the output.
 *
 * `given` are outputs that are already decided (by a rule or by a person): they get no verdict here, but labels within
 * them are judged. Without `workings` the verdicts come without their evidence, which takes longer than the verdicts.
 */
export function classify(
  inForce: PackInForce,
  facts: Facts | FactRow,
  scan: RowScan,
  given: { readonly [Output in ClassifiedOutput]?: string } = {},
  workings = true,
): Classification {
  const classifier = classifierOf(inForce);
  if (classifier.labels.length === 0) return {};
  weighTexts(classifier, facts, scan);
  classifier.reads.fill(classifier.slots, facts);
  classifier.reads.scan(scan, facts);

  const { values } = classifier;
  values.clear();
  for (const output of CLASSIFIED_OUTPUTS) {
    const value = given[output];
    if (value !== undefined) settle(classifier, output, value);
  }
  const verdicts: { -readonly [Output in ClassifiedOutput]?: Verdict } = {};
  for (const output of classifier.outputs) {
    if (values.has(output)) continue;
    const best = bestLabel(classifier, output, scan);
    const { minimum, lead = COMMON_LEAD } = inForce.pack.classification;
    if (!best || (minimum !== undefined && best.score < minimum)) continue;
    const verdict = verdictOn(classifier, best, lead);
    verdicts[output] = workings ? withWorkings(verdict, classifier, best, facts, scan) : verdict;
    settle(classifier, output, best.value);
  }
  return verdicts;
}

function settle({ values, slots }: Classifier, output: ClassifiedOutput, value: string): void {
  values.set(output, value);
  slots[slotOf(output)] = value;
}

interface BestLabel {
  readonly output: ClassifiedOutput;
  readonly index: number;
  readonly value: string;
  readonly score: number;
  readonly runnerUp: { readonly value: string; readonly score: number } | undefined;
}

/** The label of the highest score above nothing, of equal ones the earlier; and the next best of another value. */
function bestLabel(
  { byOutput, labels, scores, slots, values }: Classifier,
  output: ClassifiedOutput,
  scan: RowScan,
): BestLabel | undefined {
  let best: { index: number; value: string; score: number } | undefined;
  let runnerUp: { value: string; score: number } | undefined;
  for (const index of byOutput.get(output)!) {
    const { active, bias, within: parent, context } = labels[index]!;
    if (parent && values.get(parent.output) !== parent.value) continue;
    let sum = bias + scores[index]!;
    for (const { source, test } of context) if (test(slots, scan.bits)) sum += source.weight;
    const score = rounded(sum);
    if (score <= 0) continue;
    const { value } = active.label;
    if (!best || score > best.score) {
      if (best && best.value !== value) runnerUp = { value: best.value, score: best.score };
      best = { index, value, score };
    } else if (value !== best.value && (!runnerUp || score > runnerUp.score)) runnerUp = { value, score };
  }
  return best && { output, index: best.index, value: best.value, score: best.score, runnerUp };
}

const NONE: readonly never[] = [];

function verdictOn(
  { labels }: Classifier,
  { output, index, value, score, runnerUp }: BestLabel,
  lead: number,
): Verdict {
  const label = labels[index]!.active;
  if (!runnerUp) return { output, value, label, score, evidence: NONE, context: NONE, thin: false };
  const thin = runnerUp.score === score || rounded(score - runnerUp.score) < lead;
  return { output, value, label, score, evidence: NONE, context: NONE, runnerUp, thin };
}

function withWorkings(
  verdict: Verdict,
  classifier: Classifier,
  { index }: BestLabel,
  facts: Facts | FactRow,
  scan: RowScan,
): Verdict {
  const { context } = classifier.labels[index]!;
  return {
    ...verdict,
    evidence: evidenceFor(classifier, index, facts, scan),
    context: context.filter(({ test }) => test(classifier.slots, scan.bits)).map(({ source }) => source),
  };
}

/** Without the noise of binary fractions (0.1 + 0.2 is 0.3), so that equal evidence scores equally. */
function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}
