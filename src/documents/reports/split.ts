import { addToList } from "../../domain/grouping.js";
import type { ReportSource } from "./figures.js";
import type { ReportCase } from "./report-case.js";

/**
 * A report's source taken apart: for each value its own cases and the penalties on them, so that the parts of every count
 * and sum add up to the whole. What was deducted goes by person and month, and follows only a split by departments.
 */
export function splitSource(
  source: ReportSource,
  labelOf: (c: ReportCase) => string | undefined,
  by: "department" | "other",
): ReadonlyMap<string | undefined, ReportSource> {
  const rows = new Map<string | undefined, ReportCase[]>();
  const labels = new Map<number, string | undefined>();
  for (const c of source.cases) {
    const label = labelOf(c);
    labels.set(c.row, label);
    addToList(rows, label, c);
  }
  const names = [...rows.keys()].sort((a, b) => (a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1));
  return new Map(
    names.map((label) => [
      label,
      {
        ...source,
        cases: rows.get(label)!,
        penalties: source.penalties.filter(({ row }) => labels.has(row) && labels.get(row) === label),
        deductions: by === "department" ? source.deductions.filter(({ department }) => department === label) : [],
      },
    ]),
  );
}
