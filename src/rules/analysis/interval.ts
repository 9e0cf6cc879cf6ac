/** An interval of numbers; an end may be open (not itself included). Infinite ends are open. */
export interface Interval {
  readonly low: number;
  readonly lowOpen: boolean;
  readonly high: number;
  readonly highOpen: boolean;
}

export const EVERYTHING: Interval = { low: -Infinity, lowOpen: true, high: Infinity, highOpen: true };

export function point(value: number): Interval {
  return { low: value, lowOpen: false, high: value, highOpen: false };
}

export function isEmpty({ low, lowOpen, high, highOpen }: Interval): boolean {
  return low > high || (low === high && (lowOpen || highOpen));
}

export function intersect(a: Interval, b: Interval): Interval {
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  return {
    low,
    lowOpen: (a.low === low && a.lowOpen) || (b.low === low && b.lowOpen),
    high,
    highOpen: (a.high === high && a.highOpen) || (b.high === high && b.highOpen),
  };
}

/** The least step between two values of a fact: a fen, a whole number, a second. */
export type Step = number;

/**
 * A number of the interval on the grid of `step` that is none of `excluded`; undefined if there is none. Prefers a number
 * well inside, so that an example looks ordinary.
 */
export function numberIn(
  interval: Interval,
  step: Step,
  excluded: ReadonlySet<number> = new Set(),
): number | undefined {
  if (isEmpty(interval)) return undefined;
  const { low, lowOpen, high, highOpen } = interval;
  const round = (n: number): number => Number((Math.round(n / step) * step).toFixed(6));
  const first = low === -Infinity ? Math.min(0, high) : low;
  const candidates: number[] = [];
  if (low !== -Infinity && !lowOpen) candidates.push(low);
  if (high !== Infinity && !highOpen) candidates.push(high);
  if (low !== -Infinity && high !== Infinity) candidates.push(round((low + high) / 2));
  for (let i = 0; i <= excluded.size + 2; i++) {
    candidates.push(round(first + i * step));
    if (high !== Infinity) candidates.push(round(high - i * step));
  }
  return candidates.find((n) => Number.isFinite(n) && !excluded.has(n) && !isEmpty(intersect(interval, point(n))));
}

/**
 * The elementary pieces into which the bounds cut the line: each bound by itself and the open stretches between, from the
 * lowest to the highest.
 */
export function pieces(bounds: readonly number[]): Interval[] {
  const sorted = [...new Set(bounds)].sort((a, b) => a - b);
  const result: Interval[] = [];
  let from = -Infinity;
  for (const bound of sorted) {
    result.push({ low: from, lowOpen: true, high: bound, highOpen: true }, point(bound));
    from = bound;
  }
  result.push({ low: from, lowOpen: true, high: Infinity, highOpen: true });
  return result;
}

/** An interval as people write it: 500 < x < 501, x = 1000, x ≥ 3. */
export function intervalText(name: string, { low, lowOpen, high, highOpen }: Interval): string {
  if (low === high) return `${name} = ${low}`;
  const left = low === -Infinity ? "" : `${low} ${lowOpen ? "<" : "≤"} `;
  const right = high === Infinity ? "" : ` ${highOpen ? "<" : "≤"} ${high}`;
  if (left === "" && right === "") return name;
  if (right === "") return `${name} ${lowOpen ? ">" : "≥"} ${low}`;
  return `${left}${name}${right}`;
}
