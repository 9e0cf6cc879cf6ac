import { column, isColumnId } from "../domain/columns.js";
import { yuanText, type Fen } from "../domain/money.js";
import { dayOfTime, isoDate, isoTime, startOfDay, type Day, type WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import type { FactName, FactValue, Stage } from "../rules/facts.js";
import { say } from "./sentences.js";

/**
 * A fact's value as people write it: times and dates in full, money to the fen, per cent with its sign, yes and no, stages by
 * their names, lists joined.
 */
export function factText(fact: FactName, value: FactValue | readonly (string | number)[], language: Language): string {
  if (fact === "lateStages")
    return listText(
      stagesIn(value).map((stage) => say(language, `stage.${stage}`)),
      language,
    );
  if (Array.isArray(value)) return listText(value, language);
  if (typeof value === "boolean") return say(language, value ? "value.yes" : "value.no");
  if (typeof value === "number" && isColumnId(fact)) {
    const { kind } = column(fact);
    if (kind === "datetime") return shortTime(value as WallTime);
    if (kind === "date") return isoDate(value as Day);
    if (kind === "percent") return `${value}%`;
    if (kind === "money") return yuanText(Math.round(value * 100) as Fen);
  }
  return String(value);
}

function listText(items: readonly (string | number)[], language: Language): string {
  return items.join(language === "zh" ? "、" : ", ");
}

/** A rule names one stage, a row has several. */
function stagesIn(value: FactValue | readonly (string | number)[]): readonly Stage[] {
  return (Array.isArray(value) ? value : [value]) as readonly Stage[];
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
