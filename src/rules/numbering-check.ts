import type { ProblemParams } from "./json-source.js";

/** What is wrong with a numbering pattern: unknown parts, no running number, or dates too coarse for its period. */
export function numberingProblem(
  pattern: string,
  period: "day" | "month" | "year",
): { code: string; params: ProblemParams } | undefined {
  const parts = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, part]) => part ?? "");
  const unknown = parts.find((part) => !/^(YYYY|YY|MM|DD|N:[1-9])$/.test(part));
  if (unknown !== undefined) return { code: "numbering-part", params: { part: `{${unknown}}` } };
  const stray = /[{}]/.exec(pattern.replaceAll(/\{[^{}]*\}/g, ""));
  if (stray) return { code: "numbering-part", params: { part: stray[0] } };
  const kinds = parts.map((part) => part[0]);
  const twice = parts.find((_, i) => kinds.indexOf(kinds[i]) !== i && kinds[i] !== "N");
  if (twice !== undefined) return { code: "numbering-twice", params: { part: `{${twice}}` } };
  if (parts.filter((part) => part.startsWith("N:")).length !== 1) return { code: "numbering-no-number", params: {} };
  const year = parts.some((part) => part.startsWith("YY"));
  const needs = { day: ["MM", "DD"], month: ["MM"], year: [] }[period];
  const missing = year ? needs.find((part) => !parts.includes(part)) : "YYYY";
  return missing === undefined ? undefined : { code: "numbering-period", params: { period, part: `{${missing}}` } };
}
