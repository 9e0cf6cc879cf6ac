/** A text as the regression sees it: which features it holds (1, or −1 where it stands negated) and its class. */
export interface Example {
  /** Numbers of features, each with its sign. */
  readonly features: readonly { readonly feature: number; readonly sign: 1 | -1 }[];
  readonly label: number;
  /** How much the example counts. */
  readonly weight: number;
}

/** Size of the problem and how hard weights are held down. */
export interface Settings {
  readonly features: number;
  readonly labels: number;
  /** Weight of the sum of absolute weights (L1): drives weak features to nothing. */
  readonly lasso: number;
  /** Weight of half the sum of squares (L2): spreads weight over features that come together. */
  readonly ridge: number;
  readonly rounds: number;
}

/**
 * Multinomial logistic regression with L1 and L2, by accelerated proximal gradient (FISTA) with a fixed step: no chance in
 * it, equal inputs give equal weights. Result: `weights[feature * labels + label]`; labels have an intercept that is not
 * held down and not returned, so that the weights say nothing of how often a label was written about.
 */
export function fit(examples: readonly Example[], settings: Settings): Float64Array {
  const { features, labels, lasso, ridge, rounds } = settings;
  const size = (features + 1) * labels;
  const intercept = features * labels;
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const widest = examples.reduce((most, example) => Math.max(most, example.features.length + 1), 1);
  const step = 1 / (0.5 * widest + ridge);
  let weights = new Float64Array(size);
  const ahead = new Float64Array(size);
  let momentum = 1;
  const odds = new Float64Array(labels);
  for (let round = 0; round < rounds; round++) {
    const gradient = new Float64Array(size);
    for (const { features: own, label, weight } of examples) {
      for (let k = 0; k < labels; k++) {
        let sum = ahead[intercept + k]!;
        for (const { feature, sign } of own) sum += sign * ahead[feature * labels + k]!;
        odds[k] = sum;
      }
      softmax(odds);
      for (let k = 0; k < labels; k++) {
        const push = ((odds[k]! - (k === label ? 1 : 0)) * weight) / total;
        gradient[intercept + k]! += push;
        for (const { feature, sign } of own) gradient[feature * labels + k]! += sign * push;
      }
    }
    const next = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const held = i < intercept;
      const moved = ahead[i]! - step * (gradient[i]! + (held ? ridge * ahead[i]! : 0));
      next[i] = held ? Math.sign(moved) * Math.max(0, Math.abs(moved) - step * lasso) : moved;
    }
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const pull = (momentum - 1) / following;
    for (let i = 0; i < size; i++) ahead[i] = next[i]! + pull * (next[i]! - weights[i]!);
    weights = next;
    momentum = following;
  }
  return weights.slice(0, intercept);
}

function softmax(odds: Float64Array): void {
  const most = odds.reduce((a, b) => Math.max(a, b));
  let sum = 0;
  for (let k = 0; k < odds.length; k++) sum += odds[k] = Math.exp(odds[k]! - most);
  for (let k = 0; k < odds.length; k++) odds[k]! /= sum;
}
