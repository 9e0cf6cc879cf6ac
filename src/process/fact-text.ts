import { column, isColumnId } from "../domain/columns.js";
import { yuanText, type Fen } from "../domain/money.js";
import { dayOfTime, isoDate, isoTime, startOfDay, type Day, type WallTime } from "../domain/wall-time.js";
import type { FactName, FactValue } from "../rules/facts.js";

/** A fact's value as people write it: times and dates in full, money to the fen, per cent with its sign, yes and no, lists joined. */
export function factText(fact: FactName, value: FactValue | readonly (string | number)[]): string {
  if (Array.isArray(value)) return value.join("、");
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number" && isColumnId(fact)) {
    const { kind } = column(fact);
    if (kind === "datetime") return shortTime(value as WallTime);
    if (kind === "date") return isoDate(value as Day);
    if (kind === "percent") return `${value}%`;
    if (kind === "money") return yuanText(Math.round(value * 100) as Fen);
  }
  return String(value);
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** 2026-03-31 18:00 */
export function shortTime(time: WallTime): string {
  const day = dayOfTime(time);
  const minutes = Math.floor((time - startOfDay(day)) / 60);
  return `${isoDate(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A limit and when it was kept, with seconds where the minutes alone would look the same: late by seconds is late. */
export function timesApart(due: WallTime, done: WallTime): { readonly due: string; readonly done: string } {
  const [a, b] = [shortTime(due), shortTime(done)];
  if (a !== b) return { due: a, done: b };
  return { due: isoTime(due).replace("T", " "), done: isoTime(done).replace("T", " ") };
}
