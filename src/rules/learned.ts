import type { LearnedFile } from "./pack-schema.js";

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

/** Scores are the length of their evidence away from each other, whatever the length of the text. */
export const UNIT = 4;

/** What a concept counts beside a piece, by how sure its phrase is (measured: docs/decisions.md). */
export const CONCEPT_VALUE = { strong: 1.5, weak: 0.75 } as const;

/** What marks a concept among pieces. */
export const CONCEPT_MARK = "@";

/** How many characters a piece has among the weights. */
export function columnsOf(labels: number): number {
  return labels === 2 ? 1 : labels;
}

/** Whether a model has as many weights as its pieces ask for, all of them readable. */
export function fitsPieces({ labels, pieces, weights }: LearnedModel): boolean {
  const count = pieces === "" ? 0 : pieces.split("\n").length;
  return (
    weights.length === count * columnsOf(labels.length) && Array.from(weights).every((digit) => STEPS_OF.has(digit))
  );
}

/** Each piece with its weight for every label. */
export function decodeWeights({ labels, scale, pieces, weights }: LearnedModel): Map<string, Float64Array> {
  const columns = columnsOf(labels.length);
  const decoded = new Map<string, Float64Array>();
  if (pieces === "") return decoded;
  pieces.split("\n").forEach((piece, row) => {
    const own = new Float64Array(labels.length);
    for (let k = 0; k < columns; k++) own[k] = (STEPS_OF.get(weights[row * columns + k]!) ?? 0) * scale;
    if (columns === 1) own[1] = -own[0]!;
    decoded.set(piece, own);
  });
  return decoded;
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
