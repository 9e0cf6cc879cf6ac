import type { Parameter } from "./pack-schema.js";

type FigureUnit = Exclude<Parameter["unit"], "tiers" | "words">;

/** What a figure of a unit may be. */
export interface FigureBounds {
  readonly most: number;
  readonly whole: boolean;
}

/**
 * The largest figures that a pack may name, by unit. Far above what any regulation asks (ten years, a hundred million
 * yuan), and far below what would count a limit day by day for minutes, leave the calendar, or lose fen to rounding.
 */
export const FIGURE_BOUNDS: Readonly<Record<FigureUnit, FigureBounds>> = {
  days: { most: 3650, whole: true },
  workingDays: { most: 2500, whole: true },
  hours: { most: 87_600, whole: false },
  minutes: { most: 5_256_000, whole: false },
  years: { most: 100, whole: true },
  yuan: { most: 100_000_000, whole: false },
  percent: { most: 1000, whole: false },
  times: { most: 1000, whole: false },
  count: { most: 1_000_000, whole: false },
};

/** Bounds of a unit; undefined for units that are no figures. */
export function boundsOf(unit: Parameter["unit"]): FigureBounds | undefined {
  return unit === "tiers" || unit === "words" ? undefined : FIGURE_BOUNDS[unit];
}

/** What is wrong with a figure; undefined if nothing is. */
export function figureFault(value: number, { most, whole }: FigureBounds): "too-big" | "not-whole" | undefined {
  if (Math.abs(value) > most) return "too-big";
  return whole && !Number.isInteger(value) ? "not-whole" : undefined;
}
