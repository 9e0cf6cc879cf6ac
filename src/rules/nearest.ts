/** Suggestions are a kindness: no file may make them a burden. */
const LONGEST_NAME = 40;
const MOST_CANDIDATES = 1000;

/** The nearest known name to one that isn't known, for "did you mean": undefined if none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const candidates = [...known].slice(0, MOST_CANDIDATES);
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  // Two short names always are near by count; something of the name has to be left.
  if (best !== undefined && bestDistance < Math.max(name.length, best.length)) return best;
  return name.length < 2 ? undefined : beginsLike(wanted, candidates);
}

/** A known name that begins with what was written (`op` for `operator`), if there is one only. */
function beginsLike(wanted: string, known: readonly string[]): string | undefined {
  const [first, second] = known.filter((candidate) => candidate.toLowerCase().startsWith(wanted));
  return second === undefined ? first : undefined;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment); `limit` where it is reached. */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length]!, limit);
}
