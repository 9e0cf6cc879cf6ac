import { isoDate, type Day } from "../domain/wall-time.js";
import type { RegionRule, Statutes } from "./statutes-schema.js";

export type { RegionRule, Statutes };

/** The value in force on a day; undefined before the first and after the last. */
export function valueInForce<T extends { effectiveFrom?: string | undefined; effectiveTo?: string | undefined }>(
  values: readonly T[],
  day: Day,
): T | undefined {
  const date = isoDate(day);
  return values.find(
    ({ effectiveFrom, effectiveTo }) =>
      (effectiveFrom === undefined || effectiveFrom <= date) && (effectiveTo === undefined || date < effectiveTo),
  );
}

/** The rules of a 扣款地区 in force on a day: the first region one of whose names occurs in the text. */
export function regionRule(statutes: Statutes, region: string | undefined, day: Day): RegionRule | undefined {
  if (region === undefined) return undefined;
  const found = statutes.regions.find((r) => r.names.some((name) => region.includes(name)));
  return found && valueInForce(found.values, day);
}
