import { conceptOf, type Concept, type ConceptPhrase, type PhraseClass } from "./concepts.js";
import {
  CONCEPT_MARK,
  CONCEPT_VALUE,
  STATED_WEIGHT,
  UNIT,
  weightTable,
  type LearnedModel,
  type StatedConcept,
} from "./learned.js";
import { hasLatin, isWord, type Span } from "./negation.js";
import { deniedIn } from "./pieces.js";
import type { ColumnScan } from "./phrase-scan.js";
import { tells, tellsBy } from "./text-facts.js";
import { BEFORE_TURN } from "./turn.js";

/** A model with the places of its labels: several places where a label has several versions. */
export interface PlacedModel {
  readonly model: LearnedModel;
  readonly places: readonly (readonly number[])[];
}

/** What a concept's phrase is to the learned layer, beside the piece it may be. */
interface ConceptUse {
  /** Concepts it is a phrase of. */
  readonly concepts: { readonly feature: number; readonly sure: PhraseClass }[];
  /** Phrases of concepts that are looked at closely where this one, their trigger, stands. */
  readonly asks: { readonly feature: number; readonly concept: Concept; readonly phrase: ConceptPhrase }[];
}

/** A concept that is asked about a text: the phrases of it whose triggers stand there, and where the first does. */
interface Asked extends Span {
  readonly concept: Concept;
  readonly phrases: ConceptPhrase[];
}

/** No feature, no row of weights. */
const NONE = -1;

/** A stretch of a text and what it adds to a label's score. */
export interface Share extends Span {
  readonly weight: number;
  /** A concept's phrase rather than a learned piece. */
  readonly concept: boolean;
}

/**
 * Weighs a text by what was learned from labelled sentences and by the concepts that labels name. Pieces and concepts are
 * found by the pack's one scan; a feature counts once a text, less if it stands before the turn only.
 */
export class LearnedLayer {
  /** By the phrase's number in the index: the piece's feature. Typed arrays: they are looked into for every hit. */
  private readonly pieceOf: Int32Array;
  private readonly uses: (ConceptUse | undefined)[] = [];
  private readonly hasLatin: Uint8Array;
  private readonly conceptFeatures: ReadonlySet<number>;
  /** By model, then feature: where its weights begin. */
  private readonly rows: readonly Int32Array[];
  private readonly weights: readonly Float64Array[];
  /** By feature; undefined for all that no label names. */
  private readonly statedOf: (readonly { readonly label: number; readonly weight: number }[] | undefined)[] = [];
  /** What the text at hand holds of each feature, and where: `live` are those with a value, `liveCount` of them. */
  private readonly strengths: Float64Array;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly live: Int32Array;
  private liveCount = 0;
  private readonly sums: readonly Float64Array[];

  /** `numberOf` gives a phrase its number in the pack's index, and so has it looked for. */
  constructor(
    private readonly models: readonly PlacedModel[],
    stated: readonly StatedConcept[],
    private readonly numberOf: (phrase: string) => number,
  ) {
    const pieces = new Map<string, number>();
    const concepts = new Map<string, number>();
    let count = 0;
    const featureOf = (name: string): number => {
      const isConcept = name.startsWith(CONCEPT_MARK);
      const known = isConcept ? concepts : pieces;
      const key = isConcept ? name.slice(CONCEPT_MARK.length) : name;
      let feature = known.get(key);
      if (feature === undefined) known.set(key, (feature = count++));
      return feature;
    };
    const tables = models.map(({ model }) => weightTable(model));
    const placed = tables.map(({ pieces: names }) => names.map(featureOf));
    const learned = new Set(models.flatMap(({ places }) => places.flat()));
    for (const { concept, label, sign } of stated) {
      const weight = sign * (learned.has(label) ? STATED_WEIGHT.besideLearned : STATED_WEIGHT.alone);
      const feature = featureOf(`${CONCEPT_MARK}${concept}`);
      this.statedOf[feature] = [...(this.statedOf[feature] ?? []), { label, weight }];
    }
    while (this.statedOf.length < count) this.statedOf.push(undefined);
    this.weights = tables.map(({ weights }) => weights);
    this.rows = placed.map((features, m) => {
      const rows = new Int32Array(count).fill(NONE);
      features.forEach((feature, row) => (rows[feature] = row * models[m]!.model.labels.length));
      return rows;
    });
    this.sums = models.map(({ model }) => new Float64Array(model.labels.length));
    this.conceptFeatures = new Set(concepts.values());
    this.strengths = new Float64Array(count);
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
    this.live = new Int32Array(count);
    const latin: number[] = [];
    const numbers: number[] = [];
    for (const [piece, feature] of pieces) {
      const number = this.numbered(piece, latin);
      numbers[number] = feature;
    }
    for (const [name, feature] of concepts) {
      const concept = conceptOf(name);
      if (concept) this.addConcept(concept, feature, latin);
    }
    this.pieceOf = new Int32Array(this.uses.length).fill(NONE);
    numbers.forEach((feature, number) => (this.pieceOf[number] = feature));
    this.hasLatin = new Uint8Array(this.uses.length);
    for (const number of latin) this.hasLatin[number] = 1;
  }

  get isEmpty(): boolean {
    return this.uses.length === 0;
  }

  /** Adds what a text says for and against each label to `scores`. */
  weigh({ text, found }: ColumnScan, turn: number, factor: number, scores: Float64Array): void {
    this.read({ text, found }, turn);
    for (let m = 0; m < this.models.length; m++) this.weighBy(m, factor, scores);
    const { live, strengths, statedOf, liveCount } = this;
    for (let i = 0; i < liveCount; i++) {
      const stated = statedOf[live[i]!];
      if (stated === undefined) continue;
      for (const { label, weight } of stated) scores[label]! += weight * strengths[live[i]!]! * factor;
    }
    this.clear();
  }

  /** What one model says. */
  private weighBy(m: number, factor: number, scores: Float64Array): void {
    const { live, liveCount, strengths } = this;
    const rows = this.rows[m]!;
    const weights = this.weights[m]!;
    const sum = this.sums[m]!.fill(0);
    const labels = sum.length;
    let square = 0;
    for (let i = 0; i < liveCount; i++) {
      const feature = live[i]!;
      const row = rows[feature]!;
      if (row === NONE) continue;
      const value = strengths[feature]!;
      square += value * value;
      for (let k = 0; k < labels; k++) sum[k]! += weights[row + k]! * value;
    }
    if (square === 0) return;
    const unit = (UNIT * factor) / Math.sqrt(square);
    const middle = middleOf(sum);
    const { places } = this.models[m]!;
    for (let k = 0; k < labels; k++) for (const place of places[k]!) scores[place]! += (sum[k]! - middle) * unit;
  }

  /** What each found stretch of a text adds to one label's score; together they are what `weigh` adds. */
  shares({ text, found }: ColumnScan, turn: number, factor: number, label: number): Share[] {
    this.read({ text, found }, turn);
    const { models, rows, strengths } = this;
    const live = [...this.live.subarray(0, this.liveCount)];
    const shares: Share[] = [];
    const place = models.map(({ places }) => places.findIndex((own) => own.includes(label)));
    const squares = rows.map((of) =>
      live.reduce((sum, feature) => sum + (of[feature] === NONE ? 0 : strengths[feature]! * strengths[feature]!), 0),
    );
    for (const feature of live) {
      const value = strengths[feature]!;
      let weight = 0;
      rows.forEach((of, m) => {
        const at = of[feature]!;
        if (at === NONE || place[m]! < 0) return;
        const row = this.weights[m]!.subarray(at, at + this.sums[m]!.length);
        weight += ((row[place[m]!]! - middleOf(row)) * value * UNIT * factor) / Math.sqrt(squares[m]!);
      });
      for (const own of this.statedOf[feature] ?? []) if (own.label === label) weight += own.weight * value * factor;
      const concept = this.conceptFeatures.has(feature);
      if (weight !== 0) shares.push({ start: this.starts[feature]!, end: this.ends[feature]!, weight, concept });
    }
    this.clear();
    return shares;
  }

  /** Sets the values of all features that a text holds. Backwards, so that the last place of a phrase is seen first. */
  private read({ text, found: { count, patterns, starts, ends } }: ColumnScan, turn: number): void {
    const { uses, pieceOf, hasLatin: latin } = this;
    const denied = deniedIn(text);
    let asked: Map<number, Asked> | undefined;
    for (let i = count - 1; i >= 0; i--) {
      const number = patterns[i]!;
      if (number >= pieceOf.length) continue;
      const piece = pieceOf[number]!;
      const use = uses[number];
      if (piece === NONE && use === undefined) continue;
      const start = starts[i]!;
      const end = ends[i]!;
      if (denied.length > 0 && denied.some((one) => start < one.end && one.start < end)) continue;
      const standing = start < turn ? BEFORE_TURN : 1;
      if (piece !== NONE && (latin[number] === 0 || isWholeWord(text, start, end)))
        this.raise(piece, standing, start, end);
      if (use === undefined) continue;
      if (use.concepts.length > 0 && (latin[number] === 0 || isWord(text, { start, end })))
        for (const { feature, sure } of use.concepts) this.raise(feature, CONCEPT_VALUE[sure] * standing, start, end);
      for (const { feature, concept, phrase } of use.asks) {
        const known = (asked ??= new Map<number, Asked>()).get(feature);
        if (known && !known.phrases.includes(phrase)) known.phrases.push(phrase);
        // A map keeps the place of a key that is set again, and the first place in the text is seen last.
        asked.set(feature, { concept, phrases: known?.phrases ?? [phrase], start, end });
      }
    }
    if (asked === undefined) return;
    for (const [feature, { concept, phrases, start, end }] of asked)
      // What is denied was passed over above, and may hold further phrases.
      if (denied.length > 0 ? tells(text, concept.name) : tellsBy(text, concept, phrases))
        this.raise(feature, CONCEPT_VALUE.strong, start, end);
  }

  private raise(feature: number, value: number, at: number, end: number): void {
    const before = this.strengths[feature]!;
    if (value <= before) return;
    if (before === 0) this.live[this.liveCount++] = feature;
    this.strengths[feature] = value;
    this.starts[feature] = at;
    this.ends[feature] = end;
  }

  private clear(): void {
    for (let i = 0; i < this.liveCount; i++) this.strengths[this.live[i]!] = 0;
    this.liveCount = 0;
  }

  /** The number of a phrase that is looked for; Latin ones are noted, for they must stand as words. */
  private numbered(phrase: string, latin: number[]): number {
    const number = this.numberOf(phrase);
    while (this.uses.length <= number) this.uses.push(undefined);
    if (hasLatin(phrase)) latin.push(number);
    return number;
  }

  private useOf(phrase: string, latin: number[]): ConceptUse {
    return (this.uses[this.numbered(phrase, latin)] ??= { concepts: [], asks: [] });
  }

  /** A plain matter counts wherever one of its phrases stands; what can be cancelled or has gaps is looked at closely. */
  private addConcept(concept: Concept, feature: number, latin: number[]): void {
    const { kind, phrases } = concept;
    const plain = kind === "matter" && phrases.every(({ pattern }) => !pattern);
    for (const phrase of phrases) {
      if (plain) this.useOf(phrase.text, latin).concepts.push({ feature, sure: phrase.class });
      else this.useOf(phrase.trigger, latin).asks.push({ feature, concept, phrase });
    }
  }
}

function middleOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

const LETTER = /[a-z'’]/;

function isWholeWord(text: string, start: number, end: number): boolean {
  return !LETTER.test(text[start - 1] ?? "") && !LETTER.test(text[end] ?? "");
}
