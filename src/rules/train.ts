/**
 * Learns linear weights from labelled texts: multinomial logistic regression over features of unit length, by AdaGrad with
 * a fixed order of examples, so that equal inputs give equal weights.
 */

/** A text as the regression sees it: which features it holds, and its class. */
export interface TrainingExample {
  readonly features: Int32Array;
  /** Of unit length together. */
  readonly values: Float64Array;
  /** −1: of no label more than of another, and weights are held to that. */
  readonly label: number;
  /** How much the example counts. */
  readonly weight: number;
  /** What is said for each label besides what is learned. */
  readonly stated?: Float64Array;
}

export interface TrainingSettings {
  readonly features: number;
  readonly labels: number;
  /** Weight of half the sum of squares (L2), for each example seen. */
  readonly ridge: number;
  readonly rounds: number;
  /** Weights to begin with and be held to; nothing if not given. */
  readonly start?: Float64Array;
}

const RATE = 0.6;
const EPSILON = 1e-8;

/** Weights by feature, then label: `weights[feature * labels + label]`. There is no intercept: how often a label was written about says nothing. */
export function train(examples: readonly TrainingExample[], settings: TrainingSettings): Float64Array {
  const { features, labels, ridge, rounds } = settings;
  const start = settings.start ?? new Float64Array(features * labels);
  const weights = start.slice();
  const squares = new Float64Array(features * labels).fill(EPSILON);
  const odds = new Float64Array(labels);
  for (let round = 0; round < rounds; round++) {
    for (const place of orderOf(examples.length, round)) {
      const example = examples[place]!;
      oddsOf(example, weights, labels, odds);
      const { label, weight } = example;
      for (let k = 0; k < labels; k++) odds[k] = (odds[k]! - (label < 0 ? 1 / labels : k === label ? 1 : 0)) * weight;
      for (let i = 0; i < example.features.length; i++) {
        const from = example.features[i]! * labels;
        const value = example.values[i]!;
        for (let k = 0; k < labels; k++) {
          const at = from + k;
          const push = odds[k]! * value + ridge * (weights[at]! - start[at]!);
          squares[at]! += push * push;
          weights[at]! -= (RATE * push) / Math.sqrt(squares[at]!);
        }
      }
    }
  }
  return weights;
}

/** The chances of the labels of one example. */
function oddsOf(
  { features, values, stated }: TrainingExample,
  weights: Float64Array,
  labels: number,
  odds: Float64Array,
): void {
  if (stated) odds.set(stated);
  else odds.fill(0);
  for (let i = 0; i < features.length; i++) {
    const from = features[i]! * labels;
    const value = values[i]!;
    for (let k = 0; k < labels; k++) odds[k]! += value * weights[from + k]!;
  }
  let most = -Infinity;
  for (let k = 0; k < labels; k++) most = Math.max(most, odds[k]!);
  let sum = 0;
  for (let k = 0; k < labels; k++) sum += odds[k] = Math.exp(odds[k]! - most);
  for (let k = 0; k < labels; k++) odds[k]! /= sum;
}

/** A mixed order of examples, another one each round and the same in every run. */
function orderOf(count: number, round: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  let state = (round + 1) * 2_654_435_761;
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (i + 1);
    const held = order[i]!;
    order[i] = order[other]!;
    order[other] = held;
  }
  return order;
}
