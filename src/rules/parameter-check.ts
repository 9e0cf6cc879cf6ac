import { parseIso } from "../domain/wall-time.js";
import { boundsOf, FIGURE_BOUNDS, figureFault } from "./figure-bounds.js";
import { nodeAt, problemAt, type JsonPath, type JsonSource, type ProblemParams } from "./json-source.js";
import type { Parameter } from "./pack-schema.js";
import type { Tier } from "./schema-parts.js";
import type { PackProblem } from "./pack-problem.js";

/**
 * A span of days by ISO dates (which compare as texts); undefined ends are open. `to` is exclusive.
 */
export interface Span {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Whether one span lies wholly in another. */
export function spanCovers(outer: Span, inner: Span): boolean {
  const begins = outer.from === undefined || (inner.from !== undefined && outer.from <= inner.from);
  return begins && (outer.to === undefined || (inner.to !== undefined && inner.to <= outer.to));
}

export function spansOverlap(a: Span, b: Span): boolean {
  const startsBefore = (x: Span, y: Span): boolean => x.from === undefined || y.to === undefined || x.from < y.to;
  return startsBefore(a, b) && startsBefore(b, a);
}

/** Whether a text is a date that exists (2026-02-30 has the form of one only). */
export function isRealDate(date: string): boolean {
  return parseIso(date) !== undefined;
}

type Report = (path: JsonPath, code: string, params: ProblemParams) => void;

/** Checks parameters.json: names, the form of each value, and that the dated values follow each other without gap or overlap. */
export function parameterProblems(source: JsonSource, parameters: readonly Parameter[]): PackProblem[] {
  const problems: PackProblem[] = [];
  const report: Report = (path, code, params) => {
    problems.push(problemAt(source, nodeAt(source.root, path), code, params));
  };
  const names = new Set<string>();
  parameters.forEach((parameter, i) => {
    const path: JsonPath = ["parameters", i];
    if (names.has(parameter.name)) report([...path, "name"], "duplicate-parameter", { name: parameter.name });
    names.add(parameter.name);
    const inOrder = parameter.values.map((value, j) => {
      const at: JsonPath = [...path, "values", j];
      checkForm(parameter, value.value, [...at, "value"], report);
      return checkSpan(value.effectiveFrom, value.effectiveTo, at, ["effectiveFrom", "effectiveTo"], report);
    });
    if (inOrder.every(Boolean)) checkSequence(parameter, path, report);
  });
  return problems;
}

/** Whether the dates of a span are real and the first is before the second; what isn't so is reported. */
export function checkSpan(
  from: string | undefined,
  to: string | undefined,
  path: JsonPath,
  [fromKey, toKey]: readonly [string, string],
  report: Report,
): boolean {
  let inOrder = true;
  for (const [key, date] of [[fromKey, from] as const, [toKey, to] as const]) {
    if (date === undefined || isRealDate(date)) continue;
    report([...path, key], "bad-date", { key, value: date });
    inOrder = false;
  }
  if (from === undefined || to === undefined || from < to || !inOrder) return inOrder;
  report([...path, toKey], "dates-reversed", { from, to, fromKey, toKey });
  return false;
}

function checkForm(
  { name, unit }: Parameter,
  value: Parameter["values"][number]["value"],
  path: JsonPath,
  report: Report,
): void {
  const isTiers = Array.isArray(value) && typeof value[0] === "object";
  const form = typeof value === "number" ? "number" : isTiers ? "tiers" : "words";
  const expected = unit === "tiers" || unit === "words" ? unit : "number";
  if (form !== expected) report(path, "parameter-form", { name, unit, expected });
  else if (typeof value === "number") {
    const bounds = boundsOf(unit);
    const fault = bounds && figureFault(value, bounds);
    if (fault) report(path, fault, { key: name, value, most: bounds.most });
  } else if (isTiers) checkTiers(value as readonly Tier[], path, report);
}

/** Bounds rise, the last tier alone is open, and all values are of one type. */
function checkTiers(tiers: readonly Tier[], path: JsonPath, report: Report): void {
  tiers.forEach((tier, i) => {
    const last = i === tiers.length - 1;
    if (last && tier.upTo !== undefined) report([...path, i, "upTo"], "tier-last-closed", {});
    if (!last && tier.upTo === undefined) report([...path, i], "tier-open", {});
    const { most } = FIGURE_BOUNDS.yuan;
    for (const key of ["upTo", "value"] as const) {
      const figure = tier[key];
      if (typeof figure === "number" && Math.abs(figure) > most)
        report([...path, i, key], "too-big", { key, value: figure, most });
    }
    const before = tiers[i - 1]?.upTo;
    if (before !== undefined && tier.upTo !== undefined && tier.upTo <= before) {
      report([...path, i, "upTo"], "tiers-unordered", { before, upTo: tier.upTo });
    }
    if (typeof tier.value !== typeof tiers[0]!.value) report([...path, i, "value"], "tiers-mixed", {});
  });
}

function checkSequence({ name, values }: Parameter, path: JsonPath, report: Report): void {
  const dated = values.map((value, i) => ({ from: value.effectiveFrom, to: value.effectiveTo, i }));
  dated.sort((a, b) => (a.from ?? "").localeCompare(b.from ?? ""));
  dated.forEach((value, at) => {
    const next = dated[at + 1];
    if (!next) return;
    const where: JsonPath = [...path, "values", next.i];
    if (value.to === undefined || next.from === undefined || next.from < value.to) {
      report(where, "values-overlap", { name, from: next.from ?? "—" });
    } else if (value.to < next.from) report(where, "values-gap", { name, from: value.to, to: next.from });
  });
}

/** From the first to the last day on which a parameter has a value (its values follow each other without a gap). */
export function parameterSpan({ values }: Parameter): Span {
  const froms = values.map(({ effectiveFrom }) => effectiveFrom);
  const tos = values.map(({ effectiveTo }) => effectiveTo);
  return {
    from: froms.includes(undefined) ? undefined : froms.reduce((a, b) => (a! < b! ? a : b)),
    to: tos.includes(undefined) ? undefined : tos.reduce((a, b) => (a! > b! ? a : b)),
  };
}
