import { matchText } from "../domain/match-key.js";
import { AhoCorasick, Occurrences } from "./aho-corasick.js";
import { CONCEPT_NAMES, conceptOf } from "./concepts.js";
import {
  CONCEPT_MARK,
  CONCEPT_VALUE,
  decodeWeights,
  encodeWeights,
  MOST_STEPS,
  STATED_WEIGHT,
  UNIT,
  type LearnedModel,
  type StatedConcept,
} from "./learned.js";
import { hasLatin, isWord } from "./negation.js";
import { deniedIn, piecesOf } from "./pieces.js";
import { tells } from "./text-facts.js";
import { train, type TrainingExample } from "./train.js";
import { BEFORE_TURN, turnOf } from "./turn.js";

/** A text that somebody gave a label, and how much it counts; without a label it speaks for none. */
export interface Lesson {
  readonly text: string;
  readonly label: string | undefined;
  readonly weight: number;
}

/** What is to be learned. */
export interface LearnTarget extends Pick<LearnedModel, "output" | "labels"> {
  readonly within?: string | undefined;
  /** Concepts that labels name, by the label's place among `labels`: weights are learned beside them. */
  readonly stated?: readonly StatedConcept[];
  /** What each label has before any evidence. */
  readonly bias?: readonly number[];
}

export interface LearnSettings {
  /** Most pieces a model keeps. */
  readonly pieces: number;
  /** Pieces in fewer lessons are not looked at. */
  readonly least?: number;
  readonly ridge?: number;
  readonly rounds?: number;
  /** What is known already; the labels of the new model have to begin with its own. */
  readonly start?: LearnedModel;
}

const RIDGE = 0.002;
const ROUNDS = 15;
const LEAST = 2;

/** What a text holds, by piece and `@concept`: 1, less before the turn or where only a weak phrase stands. */
export type TextFeatures = ReadonlyMap<string, number>;

/** Finds the features of texts; remembers each text, since one is a lesson of several models. */
export class FeatureReader {
  private readonly known = new Map<string, TextFeatures>();
  private readonly found = new Occurrences();
  private readonly uses: { readonly name: string; readonly value: number; readonly close: boolean }[][] = [];
  private readonly latin: boolean[] = [];
  private readonly automaton: AhoCorasick;

  constructor() {
    const numbers = new Map<string, number>();
    for (const name of CONCEPT_NAMES) {
      const concept = conceptOf(name);
      if (!concept) continue;
      const close = concept.kind !== "matter" || concept.phrases.some(({ pattern }) => pattern);
      for (const { text, trigger, class: sure } of concept.phrases) {
        const phrase = close ? trigger : text;
        const number = numbers.get(phrase) ?? numbers.size;
        numbers.set(phrase, number);
        this.latin[number] = hasLatin(phrase);
        (this.uses[number] ??= []).push({ name, value: CONCEPT_VALUE[sure], close });
      }
    }
    this.automaton = new AhoCorasick([...numbers.keys()]);
  }

  featuresOf(text: string): TextFeatures {
    const known = this.known.get(text);
    if (known) return known;
    const plain = matchText(text);
    const turn = turnOf(plain);
    const features = new Map<string, number>();
    const said = deniedIn(plain).reduce(
      (text, { start, end }) => text.slice(0, start) + ",".repeat(end - start) + text.slice(end),
      plain,
    );
    for (const piece of piecesOf(said))
      features.set(piece, turn > 0 && said.lastIndexOf(piece) < turn ? BEFORE_TURN : 1);
    this.addConcepts(plain, said, turn, features);
    this.known.set(text, features);
    return features;
  }

  private addConcepts(plain: string, said: string, turn: number, features: Map<string, number>): void {
    const { found } = this;
    found.clear();
    this.automaton.scan(said, found);
    const asked = new Set<string>();
    for (let i = found.count - 1; i >= 0; i--) {
      const number = found.patterns[i]!;
      const start = found.starts[i]!;
      const word = !this.latin[number] || isWord(said, { start, end: found.ends[i]! });
      for (const { name, value, close } of this.uses[number]!) {
        if (close) asked.add(name);
        else if (word) {
          const key = CONCEPT_MARK + name;
          features.set(key, Math.max(features.get(key) ?? 0, value * (start < turn ? BEFORE_TURN : 1)));
        }
      }
    }
    for (const name of asked) if (tells(plain, name)) features.set(CONCEPT_MARK + name, CONCEPT_VALUE.strong);
  }
}

/**
 * Learns a model from lessons: all pieces first, then anew from those alone that told labels apart best, so that what is
 * kept stands for what is left out.
 */
export function learnModel(
  target: LearnTarget,
  lessons: readonly Lesson[],
  reader: FeatureReader,
  settings: LearnSettings,
): LearnedModel {
  const { output, labels, within } = target;
  const { least = LEAST } = settings;
  const counts = new Map<string, number>();
  for (const { text } of lessons)
    for (const feature of reader.featuresOf(text).keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const known = settings.start && decodeWeights(settings.start);
  for (const feature of known?.keys() ?? []) if (!counts.has(feature)) counts.set(feature, least);
  const all = [...counts].filter(([, count]) => count >= least).map(([feature]) => feature);
  const first = fit(all, target, lessons, reader, settings);
  const kept = all
    .map((feature, i) => ({
      feature,
      use: useOf(first.subarray(i * labels.length, (i + 1) * labels.length), counts.get(feature)!),
    }))
    .sort((a, b) => b.use - a.use || (a.feature < b.feature ? -1 : 1))
    .slice(0, settings.pieces)
    .map(({ feature }) => feature)
    .sort();
  const weights = fit(kept, target, lessons, reader, settings);
  return {
    output,
    ...(within !== undefined && { within }),
    labels: [...labels],
    ...encoded(kept, labels.length, weights),
  };
}

function fit(
  features: readonly string[],
  { labels, stated = [], bias = [] }: LearnTarget,
  lessons: readonly Lesson[],
  reader: FeatureReader,
  { ridge = RIDGE, rounds = ROUNDS, start }: LearnSettings,
): Float64Array {
  const numbers = new Map(features.map((feature, i) => [feature, i]));
  const examples = lessons.map(({ text, label, weight }): TrainingExample => {
    const found = reader.featuresOf(text);
    const own = [...found].filter(([feature]) => numbers.has(feature));
    const unit = UNIT / Math.sqrt(own.reduce((sum, [, value]) => sum + value * value, 0) || 1);
    return {
      features: Int32Array.from(own, ([feature]) => numbers.get(feature)!),
      values: Float64Array.from(own, ([, value]) => value * unit),
      label: label === undefined ? -1 : labels.indexOf(label),
      weight,
      // A text of no label is learned from as saying nothing by itself.
      ...(label !== undefined && {
        stated: statedScores(
          found,
          stated,
          labels.map((_, k) => bias[k] ?? 0),
        ),
      }),
    };
  });
  const size = { features: features.length, labels: labels.length };
  return train(examples, {
    ...size,
    ridge,
    rounds,
    ...(start && { start: startWeights(start, features, labels.length) }),
  });
}

/** What labels have before any evidence, and what the concepts they name say of a text. */
function statedScores(found: TextFeatures, stated: readonly StatedConcept[], bias: readonly number[]): Float64Array {
  const scores = Float64Array.from(bias);
  for (const { concept, label, sign } of stated)
    scores[label]! += sign * STATED_WEIGHT.besideLearned * (found.get(CONCEPT_MARK + concept) ?? 0);
  return scores;
}

/** The weights of an earlier model at the places of a new one. */
function startWeights(model: LearnedModel, features: readonly string[], labels: number): Float64Array {
  const known = decodeWeights(model);
  const weights = new Float64Array(features.length * labels);
  features.forEach((feature, i) => {
    const row = known.get(feature);
    if (row) weights.set(row, i * labels);
  });
  return weights;
}

/** What a model, and the concepts beside it, say of a text for each label, as the classifier counts it. */
export function scoreText(
  text: string,
  weights: ReadonlyMap<string, Float64Array>,
  { labels, stated = [], bias = [] }: Pick<LearnTarget, "labels" | "stated" | "bias">,
  reader: FeatureReader,
): number[] {
  const found = reader.featuresOf(text);
  const said = statedScores(
    found,
    stated,
    labels.map((_, k) => bias[k] ?? 0),
  );
  const own = [...found].flatMap(([feature, value]) => {
    const row = weights.get(feature);
    return row ? [{ row, value }] : [];
  });
  const unit = UNIT / Math.sqrt(own.reduce((sum, { value }) => sum + value * value, 0) || 1);
  const sums = labels.map((_, k) => own.reduce((sum, { row, value }) => sum + row[k]! * value, 0) * unit);
  const middle = sums.reduce((sum, one) => sum + one, 0) / labels.length;
  return sums.map((sum, k) => sum - middle + said[k]!);
}

/** How much a feature tells labels apart, over all lessons. */
function useOf(row: Float64Array, count: number): number {
  return (Math.max(...row) - Math.min(...row)) * Math.sqrt(count);
}

function encoded(
  features: readonly string[],
  labels: number,
  weights: Float64Array,
): Pick<LearnedModel, "scale" | "pieces" | "weights"> {
  const rows = features.map((_, i) => {
    const row = [...weights.subarray(i * labels, (i + 1) * labels)];
    const middle = row.reduce((sum, weight) => sum + weight, 0) / labels;
    return row.map((weight) => weight - middle);
  });
  const most = rows.reduce((high, row) => row.reduce((a, weight) => Math.max(a, Math.abs(weight)), high), 0);
  const scale = Number(Math.max(most / MOST_STEPS, 1e-4).toPrecision(3));
  return {
    scale,
    pieces: features.join("\n"),
    weights: rows.map((row) => encodeWeights(row, scale)).join(""),
  };
}
