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

/** A concept that is asked about a text: the phrases of it whose triggers stand there, and where the first does. */
interface Asked {
  feature: number;
  concept: Concept;
  phrases: ConceptPhrase[];
  start: number;
  end: number;
}

/** A phrase of a concept that is only its trigger where it stands: a question about the text. */
interface Question {
  readonly concept: Concept;
  readonly phrase: ConceptPhrase;
}

/*
 * What a phrase is to concepts, as it is read for every hit, side by side in one array: the feature, how sure the phrase is
 * of it or which question it asks, and where the next use of that phrase stands.
 */
const USE = 3;
const FEATURE = 0;
const SURE = 1;
const NEXT = 2;
const CLASSES = ["strong", "weak"] as const satisfies readonly PhraseClass[];
/** From here on the number of a question. */
const ASKS = CLASSES.length;
const VALUES = CLASSES.map((sure) => CONCEPT_VALUE[sure]);

/** What a phrase is: flags of one byte, so that most hits are passed over at once. */
const IS = { piece: 1, latin: 2, concept: 4 } as const;

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
  /** By the phrase's number in the index, as the three after it: typed arrays, for they are looked into for every hit. */
  private readonly kinds: Uint8Array;
  private readonly pieceOf: Int32Array;
  /** The first use as a concept's phrase. */
  private readonly firstUse: Int32Array;
  private readonly useTable: Int32Array;
  private readonly questions: readonly Question[];
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
  /** Concepts asked about the text at hand, the first `askedCount` of them; the objects serve text after text. */
  private readonly asked: Asked[] = [];
  private askedCount = 0;

  /** `numberOf` gives a phrase its number in the pack's index, and so has it looked for. */
  constructor(
    private readonly models: readonly PlacedModel[],
    stated: readonly StatedConcept[],
    numberOf: (phrase: string) => number,
  ) {
    const tables = models.map(({ model }) => weightTable(model));
    const features = new Features(numberOf);
    const placed = tables.map(({ pieces }) => features.ofAll(pieces));
    const learned = new Set(models.flatMap(({ places }) => places.flat()));
    for (const { concept, label, sign } of stated) {
      const weight = sign * (learned.has(label) ? STATED_WEIGHT.besideLearned : STATED_WEIGHT.alone);
      const feature = features.of(`${CONCEPT_MARK}${concept}`);
      this.statedOf[feature] = [...(this.statedOf[feature] ?? []), { label, weight }];
    }
    const { count } = features;
    while (this.statedOf.length < count) this.statedOf.push(undefined);
    this.weights = tables.map(({ weights }) => weights);
    this.rows = placed.map((of, m) => rowsOf(of, count, models[m]!.model.labels.length));
    this.sums = models.map(({ model }) => new Float64Array(model.labels.length));
    this.conceptFeatures = new Set(features.concepts.values());
    this.strengths = new Float64Array(count);
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
    this.live = new Int32Array(count);
    features.addConcepts();
    const { kinds, pieceOf, firstUse, useTable, questions } = features.tables();
    this.kinds = kinds;
    this.pieceOf = pieceOf;
    this.firstUse = firstUse;
    this.useTable = useTable;
    this.questions = questions;
  }

  get isEmpty(): boolean {
    return this.kinds.length === 0;
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
    const { kinds, pieceOf } = this;
    const denied = deniedIn(text);
    for (let i = count - 1; i >= 0; i--) {
      const number = patterns[i]!;
      const kind = number < kinds.length ? kinds[number]! : 0;
      if (kind === 0) continue;
      const start = starts[i]!;
      const end = ends[i]!;
      if (denied.length > 0 && denied.some((one) => start < one.end && one.start < end)) continue;
      const standing = start < turn ? BEFORE_TURN : 1;
      const latin = (kind & IS.latin) !== 0;
      if ((kind & IS.piece) !== 0 && (!latin || isWholeWord(text, start, end)))
        this.raise(pieceOf[number]!, standing, start, end);
      if ((kind & IS.concept) !== 0)
        this.readConcepts(number, start, end, standing, !latin || isWord(text, { start, end }));
    }
    for (let i = 0; i < this.askedCount; i++) {
      const { feature, concept, phrases, start, end } = this.asked[i]!;
      // What is denied was passed over above, and may hold further phrases.
      if (denied.length > 0 ? tells(text, concept.name) : tellsBy(text, concept, phrases))
        this.raise(feature, CONCEPT_VALUE.strong, start, end);
    }
    this.askedCount = 0;
  }

  /** What a hit says as a phrase of concepts: at once, where it stands as a word, or as a question about the text. */
  private readConcepts(number: number, start: number, end: number, standing: number, isWord: boolean): void {
    const { useTable } = this;
    for (let use = this.firstUse[number]!; use !== NONE; use = useTable[use * USE + NEXT]!) {
      const feature = useTable[use * USE + FEATURE]!;
      const sure = useTable[use * USE + SURE]!;
      if (sure >= ASKS) this.ask(feature, this.questions[sure - ASKS]!, start, end);
      else if (isWord) this.raise(feature, VALUES[sure]! * standing, start, end);
    }
  }

  /** Asked about in the order in which they are first seen; the first place in the text is seen last. */
  private ask(feature: number, { concept, phrase }: Question, start: number, end: number): void {
    const { asked } = this;
    for (let i = 0; i < this.askedCount; i++) {
      const known = asked[i]!;
      if (known.feature !== feature) continue;
      if (!known.phrases.includes(phrase)) known.phrases.push(phrase);
      known.start = start;
      known.end = end;
      return;
    }
    const spare = asked[this.askedCount];
    if (spare === undefined) asked.push({ feature, concept, phrases: [phrase], start, end });
    else {
      spare.feature = feature;
      spare.concept = concept;
      spare.phrases.length = 0;
      spare.phrases.push(phrase);
      spare.start = start;
      spare.end = end;
    }
    this.askedCount += 1;
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
}

/** Numbers the features of a layer while it is made ready: pieces and concepts in the order in which they come. */
class Features {
  count = 0;
  readonly concepts = new Map<string, number>();
  /** By the phrase's number in the index; they grow with it. */
  private pieceOf = none(FIRST_SIZE);
  private firstUse = none(FIRST_SIZE);
  private lastUse = none(FIRST_SIZE);
  private readonly latin: number[] = [];
  private useTable = none(FIRST_SIZE * USE);
  private useCount = 0;
  private readonly questions: Question[] = [];
  private highest = NONE;

  constructor(private readonly numberOf: (phrase: string) => number) {}

  ofAll(names: readonly string[]): Int32Array {
    const features = new Int32Array(names.length);
    for (let i = 0; i < names.length; i++) features[i] = this.of(names[i]!);
    return features;
  }

  of(name: string): number {
    return name.startsWith(CONCEPT_MARK) ? this.ofConcept(name.slice(CONCEPT_MARK.length)) : this.ofPiece(name);
  }

  private ofConcept(name: string): number {
    let feature = this.concepts.get(name);
    if (feature === undefined) this.concepts.set(name, (feature = this.count++));
    return feature;
  }

  private ofPiece(piece: string): number {
    const number = this.numbered(piece);
    const known = this.pieceOf[number]!;
    if (known !== NONE) return known;
    if (hasLatin(piece)) this.latin.push(number);
    return (this.pieceOf[number] = this.count++);
  }

  /** A plain matter counts wherever one of its phrases stands; what can be cancelled or has gaps is looked at closely. */
  addConcepts(): void {
    for (const [name, feature] of this.concepts) {
      const concept = conceptOf(name);
      if (concept === undefined) continue;
      const plain = isPlainMatter(concept);
      for (const phrase of concept.phrases) {
        if (plain) this.addUse(phrase.text, feature, CLASSES.indexOf(phrase.class));
        else this.addUse(phrase.trigger, feature, ASKS + this.questions.push({ concept, phrase }) - 1);
      }
    }
  }

  private addUse(text: string, feature: number, sure: number): void {
    const number = this.numbered(text);
    const use = this.useCount++;
    const at = use * USE;
    if (at === this.useTable.length) this.useTable = grown(this.useTable);
    this.useTable[at + FEATURE] = feature;
    this.useTable[at + SURE] = sure;
    const last = this.lastUse[number]!;
    if (last === NONE) {
      this.firstUse[number] = use;
      if (hasLatin(text)) this.latin.push(number);
    } else this.useTable[last * USE + NEXT] = use;
    this.lastUse[number] = use;
  }

  private numbered(phrase: string): number {
    const number = this.numberOf(phrase);
    if (number > this.highest) this.highest = number;
    while (number >= this.pieceOf.length) {
      this.pieceOf = grown(this.pieceOf);
      this.firstUse = grown(this.firstUse);
      this.lastUse = grown(this.lastUse);
    }
    return number;
  }

  tables(): {
    readonly kinds: Uint8Array;
    readonly pieceOf: Int32Array;
    readonly firstUse: Int32Array;
    readonly useTable: Int32Array;
    readonly questions: readonly Question[];
  } {
    const { pieceOf, firstUse, useTable, questions } = this;
    const kinds = new Uint8Array(this.highest + 1);
    for (let number = 0; number < kinds.length; number++)
      kinds[number] = (pieceOf[number] === NONE ? 0 : IS.piece) | (firstUse[number] === NONE ? 0 : IS.concept);
    for (const number of this.latin) kinds[number]! |= IS.latin;
    return { kinds, pieceOf, firstUse, useTable, questions };
  }
}

/** Phrases that a table of features holds before it grows; a pack has some ten thousand. */
const FIRST_SIZE = 8192;

function none(size: number): Int32Array<ArrayBuffer> {
  return new Int32Array(size).fill(NONE);
}

function grown(table: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = none(table.length * 2);
  larger.set(table);
  return larger;
}

function isPlainMatter({ kind, phrases }: Concept): boolean {
  return kind === "matter" && phrases.every(({ pattern }) => !pattern);
}

/** By feature: where its weights begin. */
function rowsOf(features: Int32Array, count: number, labels: number): Int32Array {
  const rows = new Int32Array(count).fill(NONE);
  for (let row = 0; row < features.length; row++) rows[features[row]!] = row * labels;
  return rows;
}

function middleOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

const LETTER = /[a-z'’]/;

function isWholeWord(text: string, start: number, end: number): boolean {
  return !LETTER.test(text[start - 1] ?? "") && !LETTER.test(text[end] ?? "");
}
