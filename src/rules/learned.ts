import type { Label, LearnedFile } from "./pack-schema.js";
import { LONGEST_PIECE } from "./pieces.js";

/**
 * The learned layer of a pack (learned.json): what each piece of text and each concept of the lexicon says for each label.
 *
 * A weight is one printable character, `BASE` steps below which is the most it can say against a label, so that a pack's
 * weights are a few kilobytes. Of two labels only the first has weights; the second's are the same with the other sign.
 */
export type LearnedModel = LearnedFile["models"][number];

/** Characters of weights, from the lowest to the highest: printable ones that JSON writes as they are. */
const DIGITS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter(
  (character) => character !== '"' && character !== "\\" && character !== "~",
);
/** Steps on either side of nothing. */
export const MOST_STEPS = (DIGITS.length - 1) / 2;
const STEPS_OF: ReadonlyMap<string, number> = new Map(DIGITS.map((digit, i) => [digit, i - MOST_STEPS]));
/** The same by the character's code. */
const STEPS_BY_CODE = new Float64Array(128);
for (const [digit, steps] of STEPS_OF) STEPS_BY_CODE[digit.charCodeAt(0)] = steps;

/** Scores are the length of their evidence away from each other, whatever the length of the text. */
export const UNIT = 4;

/** What a concept counts beside a piece, by how sure its phrase is (measured: docs/decisions.md). */
export const CONCEPT_VALUE = { strong: 1.5, weak: 0.75 } as const;

/**
 * What a concept that a label names counts for or against it: alone, and where weights were learned for the label too, which
 * were then learned beside it (measured: docs/accuracy.md).
 */
export const STATED_WEIGHT = { alone: 1, besideLearned: 0.5 } as const;

/** A label that a concept speaks for (1) or against (−1) because the pack's author says so. */
export interface StatedConcept {
  readonly concept: string;
  readonly label: number;
  readonly sign: 1 | -1;
}

/** The concepts that labels name, by the place of a label's name among `names`; a label not among them is left out. */
export function statedIn(labels: readonly Label[], names: readonly string[]): StatedConcept[] {
  return labels.flatMap(({ value, concepts = [], counterConcepts = [] }) => {
    const label = names.indexOf(value);
    if (label < 0) return [];
    return [
      ...concepts.map((concept): StatedConcept => ({ concept, label, sign: 1 })),
      ...counterConcepts.map((concept): StatedConcept => ({ concept, label, sign: -1 })),
    ];
  });
}

/** What marks a concept among pieces. */
export const CONCEPT_MARK = "@";

/** How many characters a piece has among the weights. */
export function columnsOf(labels: number): number {
  return labels === 2 ? 1 : labels;
}

/** Whether a model has as many weights as its pieces ask for, all of them readable. */
export function fitsPieces({ labels, pieces, weights }: LearnedModel): boolean {
  const count = piecesIn(pieces).length;
  return (
    weights.length === count * columnsOf(labels.length) && Array.from(weights).every((digit) => STEPS_OF.has(digit))
  );
}

/** Pieces of all models of a pack together: each has its place in every model's table. */
const MOST_PIECES = 100_000;

/** What is wrong with the pieces of one of these models, and of which; undefined if nothing is. */
export function pieceProblem(
  models: readonly LearnedModel[],
): { readonly model: number; readonly code: "learned-piece" | "learned-pieces"; readonly most: number } | undefined {
  let count = 0;
  for (const [model, { pieces }] of models.entries()) {
    const own = piecesIn(pieces);
    count += own.length;
    if (count > MOST_PIECES) return { model, code: "learned-pieces", most: MOST_PIECES };
    // An empty piece stands everywhere, one that stands twice has two weights.
    if (new Set(own).size < own.length || own.some((piece) => piece === "" || piece.length > LONGEST_PIECE))
      return { model, code: "learned-piece", most: LONGEST_PIECE };
  }
  return undefined;
}

const piecesIn = (pieces: string): string[] => (pieces === "" ? [] : pieces.split("\n"));

/** The pieces of a model, and their weights: a row a piece, a weight for every label. */
export interface WeightTable {
  readonly pieces: readonly string[];
  readonly weights: Float64Array;
}

/** The weights of a model in one stretch of memory. */
export function weightTable({ labels, scale, pieces, weights }: LearnedModel): WeightTable {
  const names = piecesIn(pieces);
  const columns = columnsOf(labels.length);
  const count = labels.length;
  const table = new Float64Array(names.length * count);
  for (let row = 0; row < names.length; row++) {
    const at = row * count;
    for (let k = 0; k < columns; k++)
      table[at + k] = (STEPS_BY_CODE[weights.charCodeAt(row * columns + k)] ?? 0) * scale;
    if (columns === 1) table[at + 1] = -table[at]!;
  }
  return { pieces: names, weights: table };
}

/** Each piece with its weight for every label. */
export function decodeWeights(model: LearnedModel): Map<string, Float64Array> {
  const { pieces, weights } = weightTable(model);
  const count = model.labels.length;
  return new Map(pieces.map((piece, row) => [piece, weights.subarray(row * count, (row + 1) * count)]));
}

/** The characters of a row of weights, whole steps of `scale`. */
export function encodeWeights(row: readonly number[], scale: number): string {
  const used = row.length === 2 ? row.slice(0, 1) : row;
  return used
    .map((weight) => {
      const steps = Math.max(-MOST_STEPS, Math.min(MOST_STEPS, Math.round(weight / scale)));
      return DIGITS[steps + MOST_STEPS]!;
    })
    .join("");
}
