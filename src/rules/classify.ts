import { compiledPack, emptySlots, Reads, slotOf, type Slots, type Test } from "./compile.js";
import { leavesOf } from "./conditions.js";
import type { FactName, Facts } from "./facts.js";
import type { ActiveContext, ActiveLabel, PackInForce } from "./in-force.js";
import { COMMON_NEGATIONS, HARMLESS_WORDS, isNegated, isWord, realNegations, within, type Span } from "./negation.js";
import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "./concerns.js";
import type { ColumnScan, RowScan } from "./phrase-scan.js";

/** A phrase that spoke for or against a label. */
export interface Evidence {
  readonly phrase: string;
  /** What it added to the label's score: its weight times the factor of the column, negative if it spoke against. */
  readonly weight: number;
  /** Every occurrence in this text stands negated. */
  readonly negated: boolean;
  /** One of the label's counter-phrases. */
  readonly counter: boolean;
  readonly column: FactName;
  /** Where it stands, in UTF-16 units of the text as `matchText` sees it. */
  readonly at: number;
}

/** Which label an output gets, and why. */
export interface Verdict {
  readonly output: ClassifiedOutput;
  readonly value: string;
  readonly label: ActiveLabel;
  readonly score: number;
  /** By text column, then by position. */
  readonly evidence: readonly Evidence[];
  /** Context conditions that held. */
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

/** How a phrase works on one label. */
interface PhraseUse {
  readonly label: number;
  readonly phrase: string;
  readonly weight: number;
  readonly counter: boolean;
}

interface CompiledLabel {
  readonly active: ActiveLabel;
  readonly output: ClassifiedOutput;
  readonly bias: number;
  readonly context: readonly { readonly source: ActiveContext; readonly test: Test }[];
}

/** A phrase found, and the labels it speaks about. */
interface Occurrence extends Span {
  readonly uses: readonly PhraseUse[];
}

interface Classifier {
  readonly texts: readonly { readonly column: FactName; readonly factor: number }[];
  /** Outputs that have labels, each after those its labels depend on. */
  readonly outputs: readonly ClassifiedOutput[];
  readonly labels: readonly CompiledLabel[];
  readonly byOutput: ReadonlyMap<ClassifiedOutput, readonly number[]>;
  readonly uses: ReadonlyMap<number, readonly PhraseUse[]>;
  readonly negations: ReadonlySet<number>;
  readonly harmless: ReadonlySet<number>;
  readonly reads: Reads;
  readonly slots: Slots;
}

const classifiers = new WeakMap<PackInForce, Classifier>();

/** The classification of a pack in force, made ready once; registers its phrases with the pack's phrase index. */
export function classifierOf(inForce: PackInForce): Classifier {
  const known = classifiers.get(inForce);
  if (known) return known;
  const { phrases: index, compiler } = compiledPack(inForce);
  const { texts, negations } = inForce.pack.classification;
  const uses = new Map<number, PhraseUse[]>();
  const labels = inForce.labels.map((active, label): CompiledLabel => {
    const add = (phrase: string, weight: number, counter: boolean): void => {
      const number = index.phrase(phrase);
      const use = { label, phrase, weight, counter };
      const found = uses.get(number);
      if (found) found.push(use);
      else uses.set(number, [use]);
    };
    for (const { text, weight } of active.phrases) add(text, weight, false);
    for (const { text, weight } of active.counterPhrases) add(text, weight, true);
    const context = active.context.map((source) => ({ source, test: compiler.test(source.conditions) }));
    return { active, output: active.label.output, bias: active.label.bias ?? 0, context };
  });
  const numbers = (words: readonly string[]): Set<number> => new Set(words.map((word) => index.phrase(word)));
  const classifier: Classifier = {
    texts: texts ?? [{ column: "description", factor: 1 }],
    outputs: dependencyOrder(inForce.labels),
    labels,
    byOutput: new Map(
      CLASSIFIED_OUTPUTS.map((output) => [output, labels.flatMap((label, i) => (label.output === output ? [i] : []))]),
    ),
    uses,
    negations: labels.length > 0 ? numbers(negations ?? COMMON_NEGATIONS) : new Set(),
    harmless: labels.length > 0 ? numbers(HARMLESS_WORDS) : new Set(),
    reads: new Reads(labels.flatMap(({ context }) => context.map(({ source }) => source.conditions))),
    slots: emptySlots(),
  };
  classifiers.set(inForce, classifier);
  return classifier;
}

/** Outputs in an order in which each comes after those its labels are within or ask about. */
function dependencyOrder(labels: readonly ActiveLabel[]): ClassifiedOutput[] {
  const needs = new Map<ClassifiedOutput, Set<ClassifiedOutput>>();
  const isOutput = (name: string): name is ClassifiedOutput => (CLASSIFIED_OUTPUTS as readonly string[]).includes(name);
  for (const { label, context } of labels) {
    const own = needs.get(label.output) ?? new Set();
    needs.set(label.output, own);
    if (label.within) own.add(label.within.output);
    for (const { conditions } of context) {
      for (const { fact } of leavesOf(conditions)) if (isOutput(fact)) own.add(fact);
    }
  }
  const order = new Set<ClassifiedOutput>();
  const open = new Set<ClassifiedOutput>();
  const visit = (output: ClassifiedOutput): void => {
    if (order.has(output) || open.has(output)) return;
    open.add(output);
    for (const needed of needs.get(output) ?? []) visit(needed);
    order.add(output);
  };
  CLASSIFIED_OUTPUTS.forEach(visit);
  return [...order].filter((output) => needs.has(output));
}

/**
 * Classifies a complaint by weighted evidence. The score of a label is its bias, plus the weight of each of its phrases
 * that a text holds (once a text, times the factor of the column; against it if every occurrence is negated), minus its
 * counter-phrases, plus the context conditions that hold. The best label above the pack's minimum gets the output.
 *
 * `given` are outputs that are already decided (by a rule or by a person): they get no verdict here, but labels within
 * them are judged.
 */
export function classify(
  inForce: PackInForce,
  facts: Facts,
  scan: RowScan,
  given: { readonly [Output in ClassifiedOutput]?: string } = {},
): Classification {
  const classifier = classifierOf(inForce);
  if (classifier.labels.length === 0) return {};
  const evidence = gatherEvidence(classifier, facts, scan);
  classifier.reads.fill(classifier.slots, facts);
  for (const text of classifier.reads.texts) scan.read(text, facts[text]);

  const values = new Map<ClassifiedOutput, string>();
  const settle = (output: ClassifiedOutput, value: string): void => {
    values.set(output, value);
    classifier.slots[slotOf(output)] = value;
  };
  for (const output of CLASSIFIED_OUTPUTS) {
    const value = given[output];
    if (value !== undefined) settle(output, value);
  }
  const verdicts: { -readonly [Output in ClassifiedOutput]?: Verdict } = {};
  for (const output of classifier.outputs) {
    if (values.has(output)) continue;
    const verdict = judge(inForce, classifier, output, values, evidence, scan);
    if (!verdict) continue;
    verdicts[output] = verdict;
    settle(output, verdict.value);
  }
  return verdicts;
}

interface Candidate {
  readonly label: CompiledLabel;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  readonly context: readonly ActiveContext[];
}

function judge(
  inForce: PackInForce,
  classifier: Classifier,
  output: ClassifiedOutput,
  values: ReadonlyMap<ClassifiedOutput, string>,
  evidence: ReadonlyMap<number, readonly Evidence[]>,
  scan: RowScan,
): Verdict | undefined {
  const { minimum, lead = COMMON_LEAD } = inForce.pack.classification;
  const candidates: Candidate[] = [];
  for (const index of classifier.byOutput.get(output) ?? []) {
    const label = classifier.labels[index]!;
    const { within: parent } = label.active.label;
    if (parent && values.get(parent.output) !== parent.value) continue;
    const own = evidence.get(index) ?? [];
    const context = label.context.filter(({ test }) => test(classifier.slots, scan.bits)).map(({ source }) => source);
    const score = total([label.bias, ...own.map(({ weight }) => weight), ...context.map(({ weight }) => weight)]);
    if (score > 0) candidates.push({ label, score, evidence: own, context });
  }
  // A stable sort: of equal scores the earlier label goes first.
  const [best, ...others] = candidates.sort((a, b) => b.score - a.score);
  if (!best || (minimum !== undefined && best.score < minimum)) return undefined;
  const { active } = best.label;
  const { value } = active.label;
  const runnerUp = others.find(({ label }) => label.active.label.value !== value);
  return {
    output,
    value,
    label: active,
    score: best.score,
    evidence: best.evidence,
    context: best.context,
    ...(runnerUp && { runnerUp: { value: runnerUp.label.active.label.value, score: runnerUp.score } }),
    thin: runnerUp !== undefined && (runnerUp.score === best.score || total([best.score, -runnerUp.score]) < lead),
  };
}

/** A sum free of the noise of binary fractions (0.1 + 0.2 is 0.3), so that equal evidence scores equally. */
function total(weights: readonly number[]): number {
  return Math.round(weights.reduce((sum, weight) => sum + weight, 0) * 1e6) / 1e6;
}

/** What the row's texts say for and against each label, by label index. */
function gatherEvidence(classifier: Classifier, facts: Facts, scan: RowScan): Map<number, Evidence[]> {
  const evidence = new Map<number, Evidence[]>();
  for (const { column, factor } of classifier.texts) {
    const columnScan = scan.read(column, facts[column]);
    if (columnScan.found.count === 0) continue;
    const { phrases, negations } = sortHits(classifier, columnScan);
    if (phrases.length === 0) continue;
    for (const found of weigh(columnScan.text, phrases, negations)) {
      const { use, negated, at } = found;
      const sign = use.counter ? (negated ? 0 : -1) : negated ? -1 : 1;
      const entry: Evidence = {
        phrase: use.phrase,
        weight: sign === 0 ? 0 : sign * use.weight * factor,
        negated,
        counter: use.counter,
        column,
        at,
      };
      const known = evidence.get(use.label);
      if (known) known.push(entry);
      else evidence.set(use.label, [entry]);
    }
  }
  return evidence;
}

/** The phrases and the real negations among what a scan found. */
function sortHits(classifier: Classifier, { text, found }: ColumnScan): { phrases: Occurrence[]; negations: Span[] } {
  const phrases: Occurrence[] = [];
  const negations: Span[] = [];
  const harmless: Span[] = [];
  for (let i = 0; i < found.count; i++) {
    const number = found.patterns[i]!;
    const uses = classifier.uses.get(number);
    const span = { start: found.starts[i]!, end: found.ends[i]! };
    if (uses && isWord(text, span)) phrases.push({ ...span, uses });
    if (classifier.negations.has(number)) negations.push(span);
    if (classifier.harmless.has(number)) harmless.push(span);
  }
  return { phrases, negations: phrases.length === 0 ? [] : realNegations(text, negations, harmless) };
}

interface Weighed {
  readonly use: PhraseUse;
  readonly negated: boolean;
  readonly at: number;
}

/** One entry per phrase and label: negated only if every occurrence of the phrase is. */
function weigh(text: string, phrases: readonly Occurrence[], negations: readonly Span[]): Weighed[] {
  const found = new Map<PhraseUse, Weighed>();
  for (const occurrence of phrases) {
    for (const use of occurrence.uses) {
      const known = found.get(use);
      if (known && !known.negated) continue;
      const negated =
        negations.length > 0 &&
        isNegated(text, occurrence.start, negationsFor(use.label, occurrence, phrases, negations));
      if (!known || !negated) found.set(use, { use, negated, at: occurrence.start });
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

/**
 * The negations that can work on an occurrence of a label's phrase. One that is part of a longer phrase of the list (没有货,
 * 不能用) says nothing about other phrases; only what stands inside that longer phrase is negated by it (有货 in 没有货),
 * unless the longer phrase is the same label's and so has said it already.
 */
function negationsFor(
  label: number,
  occurrence: Span,
  phrases: readonly Occurrence[],
  negations: readonly Span[],
): readonly Span[] {
  return negations.filter((negation) =>
    phrases.every(
      (phrase) =>
        !within(negation, phrase) ||
        (within(occurrence, phrase) && occurrence !== phrase && phrase.uses.every((use) => use.label !== label)),
    ),
  );
}
