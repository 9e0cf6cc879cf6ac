import { isoDate, type Day } from "./wall-time.js";

/** Days as a clerk would write them down, runs in one piece: `2027-02-09`, `2027-02-09～2027-02-12`. In order, each once. */
export function dayRanges(days: Iterable<Day>): readonly string[] {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const ranges: { from: Day; to: Day }[] = [];
  for (const day of sorted) {
    const last = ranges.at(-1);
    if (last && day === last.to + 1) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges.map(({ from, to }) => (from === to ? isoDate(from) : `${isoDate(from)}～${isoDate(to)}`));
}
