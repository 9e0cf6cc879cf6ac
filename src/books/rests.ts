import { addAll } from "../domain/grouping.js";
import { fen, parseYuan, yuanText, type Fen } from "../domain/money.js";
import { dayOfTime, isoDate, parseIso, type Day } from "../domain/wall-time.js";
import type { ClaimType } from "./entry.js";

/**
 * 所据: what an entry rested on when it was posted, as one text that a person can read and `verify` can read back.
 * Parts are joined by ；, fields of a part by ｜.
 */

/** A cap of a pack, without its value in money: what it covers, and how much of the month's bonus. */
export interface CapTerm {
  readonly clause: string;
  readonly covers: readonly ClaimType[];
  /** Per cent of 月绩效奖金, as written. */
  readonly percentOfBonus: number;
}

/** A ceiling as one claim met it. */
export interface MetCeiling {
  readonly id: string;
  /** How its value was worked out. */
  readonly calculation: string;
  readonly value: Fen;
  /** What had been taken under it in this month before. */
  readonly used: Fen;
  /** The day whose value it is. */
  readonly day: Day;
}

export interface Rests {
  readonly wage?: Fen;
  readonly bonus?: Fen;
  readonly minimumWage?: Fen;
  readonly caps?: readonly CapTerm[];
  readonly ceilings?: readonly MetCeiling[];
  /** 大过: what its own month can't bear lapses. */
  readonly ownMonthOnly?: boolean;
  /** Ceilings that could not be applied, and other remarks. */
  readonly remarks?: readonly string[];
}

const FIGURES = { wage: "月工资 ", bonus: "月绩效奖金 ", minimumWage: "最低工资 " } as const;
const FIGURE_KEYS = Object.keys(FIGURES) as (keyof typeof FIGURES)[];
const OWN_MONTH = "只扣当月";

/** A free text within a part must not look like the end of it. */
function plain(text: string): string {
  return text.replaceAll("；", "，").replaceAll("｜", "|").replaceAll(";", ",").replaceAll("\n", " ");
}

export function restsText(rests: Rests): string {
  const parts: string[] = [];
  for (const key of FIGURE_KEYS) {
    const amount = rests[key];
    if (amount !== undefined) parts.push(`${FIGURES[key]}${yuanText(amount)}`);
  }
  for (const { clause, covers, percentOfBonus } of rests.caps ?? [])
    parts.push(["制度上限", plain(clause), covers.join("+"), `${percentOfBonus}%`].join("｜"));
  for (const { id, calculation, value, used, day } of rests.ceilings ?? [])
    parts.push(
      ["上限", plain(id), `${plain(calculation)}＝${yuanText(value)}`, `已用 ${yuanText(used)}`, isoDate(day)].join(
        "｜",
      ),
    );
  if (rests.ownMonthOnly) parts.push(OWN_MONTH);
  addAll(parts, (rests.remarks ?? []).map(plain));
  return parts.join("；");
}

/** What an entry rested on. Entries never change, and a run reads it to prove the book and again for its views. */
export function restsOf(entry: { readonly rests: string }): Rests {
  let known = read.get(entry);
  if (!known) read.set(entry, (known = parseRests(entry.rests)));
  return known;
}

const read = new WeakMap<object, Rests>();

/** What `restsText` wrote; parts that it did not write are remarks. */
export function parseRests(text: string): Rests {
  const caps: CapTerm[] = [];
  const ceilings: MetCeiling[] = [];
  const remarks: string[] = [];
  const figures: { wage?: Fen; bonus?: Fen; minimumWage?: Fen } = {};
  let ownMonthOnly = false;
  for (const part of text === "" ? [] : text.split("；")) {
    const cap = part.startsWith("制度上限｜") ? parseCap(part.split("｜")) : undefined;
    const ceiling = part.startsWith("上限｜") ? parseCeiling(part.split("｜")) : undefined;
    const figure = cap || ceiling ? undefined : FIGURE_KEYS.find((k) => part.startsWith(FIGURES[k]));
    const amount = figure && amountIn(part.slice(FIGURES[figure].length));
    if (cap) caps.push(cap);
    else if (ceiling) ceilings.push(ceiling);
    else if (figure && amount !== undefined) figures[figure] = amount;
    else if (part === OWN_MONTH) ownMonthOnly = true;
    else remarks.push(part);
  }
  return {
    ...figures,
    ...(caps.length === 0 ? {} : { caps }),
    ...(ceilings.length === 0 ? {} : { ceilings }),
    ...(ownMonthOnly ? { ownMonthOnly } : {}),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
}

/** An amount as `yuanText` writes it; anything else as people write amounts. */
function amountIn(text: string): Fen | undefined {
  return AMOUNT.test(text) ? fen(Math.round(Number(text) * 100)) : parseYuan(text);
}

const AMOUNT = /^\d{1,11}\.\d\d$/;

function dayIn(text: string): Day | undefined {
  let day = days.get(text);
  if (day === undefined) {
    const time = parseIso(text);
    if (time === undefined) return undefined;
    if (days.size >= KEPT) days.clear();
    days.set(text, (day = dayOfTime(time)));
  }
  return day;
}

/** Few days stand in many entries. */
const days = new Map<string, Day>();
const KEPT = 10_000;

function parseCap([, clause, covers, percent]: readonly string[]): CapTerm | undefined {
  const percentOfBonus = Number(percent?.replace(/%$/, ""));
  if (clause === undefined || covers === undefined || !Number.isFinite(percentOfBonus)) return undefined;
  return { clause, covers: covers.split("+") as ClaimType[], percentOfBonus };
}

function parseCeiling([, id, figures, usedText, dayText]: readonly string[]): MetCeiling | undefined {
  const at = figures?.lastIndexOf("＝") ?? -1;
  const value = figures === undefined || at < 0 ? undefined : amountIn(figures.slice(at + 1));
  const used = usedText === undefined ? undefined : amountIn(usedText.replace(/^已用 /, ""));
  const day = dayText === undefined ? undefined : dayIn(dayText);
  if (id === undefined || value === undefined || used === undefined || day === undefined) return undefined;
  return { id, calculation: figures!.slice(0, at), value, used, day };
}

/** What a ceiling leaves; never below nothing, also where a cap was lowered within the month. */
export function roomOf({ value, used }: MetCeiling): Fen {
  return fen(Math.max(0, value - used));
}
