import { matchText } from "../domain/match-key.js";
import { compiledPack, Reads, type Test } from "./compile.js";
import { leavesOf } from "./conditions.js";
import { emptySlots, factIn, slotOf, type FactRow, type Slots } from "./fact-row.js";
import type { FactName, Facts } from "./facts.js";
import type { ActiveContext, ActiveLabel, PackInForce } from "./in-force.js";
import {
  COMMON_NEGATIONS,
  HARMLESS_WORDS,
  hasLatin,
  isNegated,
  isWord,
  mayReach,
  realNegations,
  within,
  type Span,
} from "./negation.js";
import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "./events/kinds.js";
import { LearnedLayer, type PlacedModel, type StatedConcept } from "./learned-layer.js";
import type { ColumnScan, RowScan } from "./phrase-scan.js";
import { wholeWords } from "./whole-words.js";
import { BEFORE_TURN, turnOf } from "./turn.js";

/** A phrase that spoke for or against a label. */
export interface Evidence {
  readonly phrase: string;
  /**
   * What it added to the label's score: its weight times the factor of the column, less before the turn of the text,
   * negative if it spoke against.
   */
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

/** How a phrase works on one label. */
interface PhraseUse {
  readonly label: number;
  readonly phrase: string;
  readonly weight: number;
  readonly counter: boolean;
}

/** What a phrase of the index is to the classification. */
interface PhraseRole {
  readonly uses: PhraseUse[];
  /** Its letters are Latin, so it has to stand as a word. */
  readonly latin: boolean;
  negation: boolean;
  harmless: boolean;
}

interface CompiledLabel {
  readonly active: ActiveLabel;
  readonly bias: number;
  readonly within: { readonly output: ClassifiedOutput; readonly value: string } | undefined;
  readonly context: readonly { readonly source: ActiveContext; readonly test: Test }[];
}

interface TextColumn {
  readonly column: FactName;
  readonly factor: number;
}

interface Classifier {
  readonly texts: readonly TextColumn[];
  /** Outputs that have labels, each after those its labels depend on. */
  readonly outputs: readonly ClassifiedOutput[];
  readonly labels: readonly CompiledLabel[];
  readonly byOutput: ReadonlyMap<ClassifiedOutput, readonly number[]>;
  /** By the phrase's number in the index. */
  readonly roles: readonly (PhraseRole | undefined)[];
  readonly learned: LearnedLayer;
  readonly reads: Reads;
  readonly slots: Slots;
  /** What the texts of the row at hand say for and against each label. */
  readonly scores: Float64Array;
  /** The outputs of the row at hand that are decided. */
  readonly values: Map<ClassifiedOutput, string>;
  /** By phrase: the number of the text in which it was last counted. */
  readonly countedIn: Uint32Array;
  /** Number of the text at hand, over all rows. */
  text: number;
}

const classifiers = new WeakMap<PackInForce, Classifier>();

/** The classification of a pack in force, made ready once; registers its phrases with the pack's phrase index. */
export function classifierOf(inForce: PackInForce): Classifier {
  const known = classifiers.get(inForce);
  if (known) return known;
  const { phrases: index, compiler } = compiledPack(inForce);
  const { texts, negations } = inForce.pack.classification;
  const roles: (PhraseRole | undefined)[] = [];
  const roleOf = (phrase: string, use?: PhraseUse): PhraseRole => {
    const key = matchText(phrase);
    const number = index.numberOf(key);
    while (roles.length <= number) roles.push(undefined);
    const role = roles[number];
    if (role) {
      if (use) role.uses.push(use);
      return role;
    }
    return (roles[number] = {
      uses: use ? [use] : [],
      latin: hasLatin(key),
      negation: false,
      harmless: false,
    });
  };
  const labels = inForce.labels.map((active, label): CompiledLabel => {
    for (const [phrases, counter] of [[active.phrases, false] as const, [active.counterPhrases, true] as const]) {
      for (const { text, weight } of phrases) roleOf(text, { label, phrase: text, weight, counter });
    }
    const context = active.context.map((source) => ({ source, test: compiler.test(source.conditions) }));
    return { active, bias: active.label.bias ?? 0, within: active.label.within, context };
  });
  if (labels.length > 0) {
    for (const word of negations ?? COMMON_NEGATIONS) roleOf(word).negation = true;
    for (const word of HARMLESS_WORDS) roleOf(word).harmless = true;
  }
  const learned = learnedLayerOf(inForce, (phrase) => index.numberOf(phrase));
  const indexes = labels.map((_, i) => i);
  const classifier: Classifier = {
    texts: texts ?? [{ column: "description", factor: 1 }],
    outputs: dependencyOrder(inForce.labels),
    labels,
    byOutput: new Map(
      CLASSIFIED_OUTPUTS.map((output) => [output, indexes.filter((i) => labels[i]!.active.label.output === output)]),
    ),
    roles,
    learned,
    reads: new Reads(labels.flatMap(({ context }) => context.map(({ source }) => source.conditions))),
    slots: emptySlots(),
    scores: new Float64Array(labels.length),
    values: new Map(),
    countedIn: new Uint32Array(roles.length),
    text: 0,
  };
  classifiers.set(inForce, classifier);
  return classifier;
}

/** The learned weights of a pack and the concepts its labels name, for the labels in force. */
function learnedLayerOf({ pack, labels }: PackInForce, numberOf: (phrase: string) => number): LearnedLayer {
  const models = pack.learned.map((model): PlacedModel => {
    const places = model.labels.map((value) =>
      labels.flatMap(({ label }, place) =>
        label.output === model.output && label.value === value && label.within?.value === model.within ? [place] : [],
      ),
    );
    return { model, places };
  });
  const stated = labels.flatMap(({ label }, place): StatedConcept[] => [
    ...(label.concepts ?? []).map((concept): StatedConcept => ({ concept, label: place, sign: 1 })),
    ...(label.counterConcepts ?? []).map((concept): StatedConcept => ({ concept, label: place, sign: -1 })),
  ]);
  return new LearnedLayer(models, stated, numberOf);
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

/** A phrase found in a text, and what it is to the classification. */
interface Occurrence extends Span {
  readonly number: number;
  readonly uses: readonly PhraseUse[];
}

/** A negation found in a text, and the phrases it is a part of. */
interface Negation extends Span {
  readonly partOf: readonly Occurrence[];
}

interface TextFindings {
  /** In the order of the text. */
  readonly phrases: readonly Occurrence[];
  readonly negations: readonly Negation[];
}

/** Adds up what the row's texts say for and against each label. */
function weighTexts(classifier: Classifier, facts: Facts | FactRow, scan: RowScan): void {
  const { texts, scores, learned } = classifier;
  scores.fill(0);
  for (const { column, factor } of texts) {
    const columnScan = scan.read(column, factIn(facts, column));
    if (columnScan.found.count === 0) continue;
    const turn = turnOf(columnScan.text);
    if (!learned.isEmpty) learned.weigh(columnScan, turn, factor, scores);
    if (weighPlainText(classifier, columnScan, turn, factor)) continue;
    const findings = findingsOf(classifier, columnScan);
    for (const { use, negated, last } of counted(columnScan.text, findings)) {
      scores[use.label]! += contribution(use, negated, last < turn ? factor * BEFORE_TURN : factor);
    }
  }
}

/**
 * Adds up a text without any negation or turn, as most are: then every phrase counts once for each of its labels, and it doesn't
 * matter where it stands. False, with nothing added, if the text has to be looked at more closely.
 */
function weighPlainText(classifier: Classifier, { text, found }: ColumnScan, turn: number, factor: number): boolean {
  const { roles, scores, countedIn } = classifier;
  const { count, patterns, starts, ends } = found;
  if (turn > 0) return false;
  for (let i = 0; i < count; i++) if (roles[patterns[i]!]?.negation) return false;
  classifier.text += 1;
  for (let i = 0; i < count; i++) {
    const number = patterns[i]!;
    const role = roles[number];
    if (!role || role.uses.length === 0 || countedIn[number] === classifier.text) continue;
    if (role.latin && !isWord(text, { start: starts[i]!, end: ends[i]! })) continue;
    countedIn[number] = classifier.text;
    for (const use of role.uses) scores[use.label]! += contribution(use, false, factor);
  }
  return true;
}

/** The evidence for one label, by text column, then by position. */
function evidenceFor(classifier: Classifier, label: number, facts: Facts | FactRow, scan: RowScan): Evidence[] {
  return classifier.texts.flatMap(({ column, factor }) => {
    const columnScan = scan.read(column, factIn(facts, column));
    const turn = turnOf(columnScan.text);
    const words = wholeWords(columnScan.text, classifier.learned.shares(columnScan, turn, factor, label)).map(
      ({ text: phrase, at, weight }): Evidence => ({
        phrase,
        weight,
        negated: false,
        counter: weight < 0,
        column,
        at,
      }),
    );
    const phrases = counted(columnScan.text, findingsOf(classifier, columnScan))
      .filter(({ use }) => use.label === label)
      .map(({ use, negated, at, last }): Evidence => {
        const { phrase, counter } = use;
        const standing = last < turn ? factor * BEFORE_TURN : factor;
        return { phrase, weight: contribution(use, negated, standing), negated, counter, column, at };
      });
    return [...words, ...phrases].sort((a, b) => a.at - b.at);
  });
}

/** A negated phrase counts against its label; a negated counter-phrase says nothing. */
function contribution({ weight, counter }: PhraseUse, negated: boolean, factor: number): number {
  if (counter) return negated ? 0 : -weight * factor;
  return negated ? -weight * factor : weight * factor;
}

/** The phrases of the classification and the real negations among what a scan found. */
function findingsOf({ roles }: Classifier, { text, found }: ColumnScan): TextFindings {
  const phrases: Occurrence[] = [];
  const negations: Span[] = [];
  const harmless: Span[] = [];
  for (let i = 0; i < found.count; i++) {
    const number = found.patterns[i]!;
    const role = roles[number];
    if (!role) continue;
    const start = found.starts[i]!;
    const end = found.ends[i]!;
    if (role.uses.length > 0 && (!role.latin || isWord(text, { start, end }))) {
      phrases.push({ start, end, number, uses: role.uses });
    }
    if (role.negation) negations.push({ start, end });
    if (role.harmless) harmless.push({ start, end });
  }
  if (phrases.length === 0 || negations.length === 0) return { phrases, negations: [] };
  return {
    phrases,
    negations: realNegations(text, negations, harmless).map(({ start, end }) => ({
      start,
      end,
      partOf: phrases.filter((phrase) => start >= phrase.start && end <= phrase.end),
    })),
  };
}

interface Counted {
  readonly use: PhraseUse;
  readonly negated: boolean;
  readonly at: number;
  /** Where its last occurrence stands that counts as this one does. */
  last: number;
}

/** One entry per phrase and label: negated only if every occurrence of the phrase is. */
function counted(text: string, { phrases, negations }: TextFindings): Counted[] {
  const result: Counted[] = [];
  /** Where the entries of a phrase are, by its number. */
  const entries = new Map<number, number>();
  for (const occurrence of phrases) {
    const { number, uses, start } = occurrence;
    const known = entries.get(number);
    const near = negations.filter((negation) => mayReach(negation, start));
    const plain = near.every(({ partOf }) => partOf.length === 0);
    const always = plain && near.length > 0 && isNegated(text, start, near);
    if (known === undefined) entries.set(number, result.length);
    for (let i = 0; i < uses.length; i++) {
      const use = uses[i]!;
      const before = known === undefined ? undefined : result[known + i]!;
      const negated = plain
        ? always
        : isNegated(
            text,
            start,
            near.filter((one) => worksOn(one, occurrence, use.label)),
          );
      if (before === undefined) result.push({ use, negated, at: start, last: start });
      else if (before.negated === negated) before.last = start;
      else if (!negated) result[known! + i] = { use, negated, at: start, last: start };
    }
  }
  return result;
}

/**
 * Whether a negation can work on an occurrence of a label's phrase. One that is part of a longer phrase of the list (没有货,
 * 不能用) says nothing about other phrases; only what stands inside that longer phrase is negated by it (有货 in 没有货),
 * unless the longer phrase is the same label's and so has said it already.
 */
function worksOn({ partOf }: Negation, occurrence: Occurrence, label: number): boolean {
  return partOf.every(
    (phrase) => phrase !== occurrence && within(occurrence, phrase) && phrase.uses.every((use) => use.label !== label),
  );
}
