import { conceptOf, type Concept, type PhraseClass } from "./concepts.js";
import { CONCEPT_MARK, CONCEPT_VALUE, decodeWeights, UNIT, type LearnedModel } from "./learned.js";
import { hasLatin, isWord, type Span } from "./negation.js";
import { deniedIn } from "./pieces.js";
import type { ColumnScan } from "./phrase-scan.js";
import { tells } from "./text-facts.js";
import { BEFORE_TURN } from "./turn.js";

/** What a concept that a label names counts for or against it. */
export const CONCEPT_WEIGHT = 1;

/** A label that a concept speaks for (1) or against (−1) because the pack's author says so. */
export interface StatedConcept {
  readonly concept: string;
  readonly label: number;
  readonly sign: 1 | -1;
}

/** A model with the places of its labels: several places where a label has several versions. */
export interface PlacedModel {
  readonly model: LearnedModel;
  readonly places: readonly (readonly number[])[];
}

interface Feature {
  readonly isConcept: boolean;
  /** Weights by model, then label; undefined where a model doesn't know it. */
  readonly rows: (Float64Array | undefined)[];
  readonly stated: { readonly label: number; readonly sign: 1 | -1 }[];
  value: number;
  /** Where the value comes from, for explanations. */
  at: number;
  end: number;
}

/** What a phrase of the index is to the learned layer. */
interface Use {
  /** The piece it is. */
  piece: Feature | undefined;
  readonly pieceHasLatin: boolean;
  /** Concepts it is a phrase of. */
  readonly concepts: { readonly feature: Feature; readonly sure: PhraseClass }[];
  /** Concepts that are looked at closely where it stands. */
  readonly asks: { readonly feature: Feature; readonly name: string }[];
}

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
  private readonly uses: (Use | undefined)[] = [];
  private readonly live: Feature[] = [];
  private readonly sums: Float64Array[];
  private readonly squares: Float64Array;

  /** `numberOf` gives a phrase its number in the pack's index, and so has it looked for. */
  constructor(
    private readonly models: readonly PlacedModel[],
    stated: readonly StatedConcept[],
    private readonly numberOf: (phrase: string) => number,
  ) {
    this.sums = models.map(({ model }) => new Float64Array(model.labels.length));
    this.squares = new Float64Array(models.length);
    const concepts = new Map<string, Feature>();
    const pieces = new Map<string, Feature>();
    const featureOf = (known: Map<string, Feature>, name: string): Feature => {
      let feature = known.get(name);
      if (!feature)
        known.set(name, (feature = { isConcept: known === concepts, rows: [], stated: [], value: 0, at: 0, end: 0 }));
      return feature;
    };
    models.forEach(({ model }, i) => {
      for (const [piece, row] of decodeWeights(model)) {
        const isConcept = piece.startsWith(CONCEPT_MARK);
        const feature = isConcept ? featureOf(concepts, piece.slice(1)) : featureOf(pieces, piece);
        feature.rows[i] = row;
      }
    });
    for (const { concept, label, sign } of stated) featureOf(concepts, concept).stated.push({ label, sign });
    for (const [piece, feature] of pieces) this.useOf(piece).piece = feature;
    for (const [name, feature] of concepts) {
      const concept = conceptOf(name);
      if (concept) this.addConcept(concept, feature);
    }
  }

  get isEmpty(): boolean {
    return this.uses.length === 0;
  }

  /** Adds what a text says for and against each label to `scores`. */
  weigh({ text, found }: ColumnScan, turn: number, factor: number, scores: Float64Array): void {
    this.read({ text, found }, turn);
    const { models, sums, squares, live } = this;
    for (let m = 0; m < models.length; m++) {
      const sum = sums[m]!.fill(0);
      squares[m] = 0;
      for (const { rows, value } of live) {
        const row = rows[m];
        if (!row) continue;
        squares[m]! += value * value;
        for (let k = 0; k < row.length; k++) sum[k]! += row[k]! * value;
      }
      if (squares[m] === 0) continue;
      const unit = (UNIT * factor) / Math.sqrt(squares[m]!);
      const middle = middleOf(sum);
      const { places } = models[m]!;
      for (let k = 0; k < sum.length; k++) for (const place of places[k]!) scores[place]! += (sum[k]! - middle) * unit;
    }
    for (const { stated, value } of live)
      for (const { label, sign } of stated) scores[label]! += sign * CONCEPT_WEIGHT * value * factor;
    this.clear();
  }

  /** What each found stretch of a text adds to one label's score; together they are what `weigh` adds. */
  shares({ text, found }: ColumnScan, turn: number, factor: number, label: number): Share[] {
    this.read({ text, found }, turn);
    const shares: Share[] = [];
    const place = this.models.map(({ places }) => places.findIndex((own) => own.includes(label)));
    const squares = this.models.map((_, m) =>
      this.live.reduce((sum, { rows, value }) => sum + (rows[m] ? value * value : 0), 0),
    );
    for (const { rows, stated, value, at, end, isConcept } of this.live) {
      let weight = 0;
      rows.forEach((row, m) => {
        if (!row || place[m]! < 0) return;
        weight += ((row[place[m]!]! - middleOf(row)) * value * UNIT * factor) / Math.sqrt(squares[m]!);
      });
      for (const own of stated) if (own.label === label) weight += own.sign * CONCEPT_WEIGHT * value * factor;
      if (weight !== 0) shares.push({ start: at, end, weight, concept: isConcept });
    }
    this.clear();
    return shares;
  }

  /** Sets the values of all features that a text holds. Backwards, so that the last place of a phrase is seen first. */
  private read({ text, found }: ColumnScan, turn: number): void {
    const { uses } = this;
    const denied = deniedIn(text);
    let asked: Map<string, { feature: Feature; span: Span }> | undefined;
    for (let i = found.count - 1; i >= 0; i--) {
      const use = uses[found.patterns[i]!];
      if (!use) continue;
      const start = found.starts[i]!;
      const end = found.ends[i]!;
      if (denied.some((one) => start < one.end && one.start < end)) continue;
      const standing = start < turn ? BEFORE_TURN : 1;
      if (use.piece && (!use.pieceHasLatin || isWholeWord(text, start, end)))
        this.raise(use.piece, standing, start, end);
      for (const { feature, sure } of use.concepts) {
        if (use.pieceHasLatin && !isWord(text, { start, end })) continue;
        this.raise(feature, CONCEPT_VALUE[sure] * standing, start, end);
      }
      for (const { feature, name } of use.asks) (asked ??= new Map()).set(name, { feature, span: { start, end } });
    }
    for (const [name, { feature, span }] of asked ?? [])
      if (tells(text, name)) this.raise(feature, CONCEPT_VALUE.strong, span.start, span.end);
  }

  private raise(feature: Feature, value: number, at: number, end: number): void {
    if (value <= feature.value) return;
    if (feature.value === 0) this.live.push(feature);
    feature.value = value;
    feature.at = at;
    feature.end = end;
  }

  private clear(): void {
    for (const feature of this.live) feature.value = 0;
    this.live.length = 0;
  }

  private useOf(phrase: string): Use {
    const number = this.numberOf(phrase);
    while (this.uses.length <= number) this.uses.push(undefined);
    return (this.uses[number] ??= { piece: undefined, pieceHasLatin: hasLatin(phrase), concepts: [], asks: [] });
  }

  /** A plain matter counts wherever one of its phrases stands; what can be cancelled or has gaps is looked at closely. */
  private addConcept({ name, kind, phrases }: Concept, feature: Feature): void {
    const plain = kind === "matter" && phrases.every(({ pattern }) => !pattern);
    for (const { text, trigger, class: sure } of phrases) {
      if (plain) this.useOf(text).concepts.push({ feature, sure });
      else this.useOf(trigger).asks.push({ feature, name });
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
