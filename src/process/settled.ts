import { sumOf, fen, yuanText } from "../domain/money.js";
import type { Language } from "../locales/language.js";
import {
  followingMonth,
  originalReason,
  penaltyKey,
  REVERSAL,
  SURCHARGE,
  type DuePenalty,
  type NoticedPenalty,
  type PackCap,
  type StandingPenalty,
} from "./due-penalty.js";
import type { Deduction, Penalty } from "./outcome.js";
import { say } from "./sentences.js";

/**
 * The life of penalties after they went out: what stood on a notice or in a locked month stays as it was, and what the
 * complaint comes to now is made up for by further penalties or reversals (冲回) in the first open month.
 */

/** What the workbook says of earlier months. */
export interface Settled {
  /** 锁定至月份, yyyy-mm: what stands in the months up to it is not changed any more. */
  readonly lockedUntil: string | undefined;
  readonly noticed: readonly NoticedPenalty[];
  /** 处罚明细 and 扣款台账 as they stand; only their rows of locked months are looked at. */
  readonly penalties: readonly StandingPenalty[];
  readonly deductions: readonly Deduction[];
}

/** A difference that was carried to an open month, for a message. */
export interface Adjustment {
  readonly penalty: Penalty;
  readonly text: string;
}

/** Penalties of locked months as they stand, and those of notices; one that is both counts once. */
export function fixedPenalties({ lockedUntil, noticed, penalties }: Settled): readonly (StandingPenalty & {
  readonly notice?: string;
})[] {
  const identity = (p: StandingPenalty): string => `${penaltyKey(p)}\n${p.month}\n${p.amount}`;
  const waiting = new Map<string, number>();
  for (const item of noticed) waiting.set(identity(item), (waiting.get(identity(item)) ?? 0) + 1);
  const locked = penalties.filter((penalty) => {
    if (lockedUntil === undefined || penalty.month > lockedUntil) return false;
    const left = waiting.get(identity(penalty)) ?? 0;
    if (left > 0) waiting.set(identity(penalty), left - 1);
    return left === 0;
  });
  return [...noticed, ...locked];
}

export interface SettleContext {
  readonly language: Language;
  /** Caps of a pack in a month, for penalties whose complaint gives none any more. */
  capsOf(packId: string, month: string): readonly PackCap[];
  /** Position of a complaint in the ledger and its sheet row; undefined if it is gone. */
  placeOf(packId: string, complaintId: string): { readonly index: number; readonly row: number } | undefined;
}

/**
 * The penalties of a ledger, those that are fixed among them. For each penalty: what is fixed plus what is added here
 * equals what the rules give now, so notices and locks never change what a complaint costs, only when it is deducted.
 */
export function settle(
  due: readonly DuePenalty[],
  settled: Settled,
  context: SettleContext,
): { due: readonly DuePenalty[]; adjustments: readonly Adjustment[] } {
  const fixed = fixedPenalties(settled);
  const { lockedUntil } = settled;
  if (fixed.length === 0 && lockedUntil === undefined) return { due, adjustments: [] };

  const fixedByKey = groups(fixed, penaltyKey);
  const dueByKey = groups(due, ({ penalty }) => penaltyKey(penalty));
  const lastNoticed = new Map<string, string>();
  for (const { subjectType, subject, month } of settled.noticed) {
    const key = `${subjectType}\n${subject}`;
    lastNoticed.set(key, later(lastNoticed.get(key) ?? "", month));
  }
  const afterLock = lockedUntil === undefined ? "" : followingMonth(lockedUntil);

  const result: DuePenalty[] = [];
  const adjustments: Adjustment[] = [];
  for (const key of new Set([...fixedByKey.keys(), ...dueByKey.keys()])) {
    const standing = fixedByKey.get(key) ?? [];
    const current = dueByKey.get(key) ?? [];
    if (standing.length === 0) {
      for (const { penalty, caps } of current)
        result.push({ caps, penalty: { ...penalty, month: later(penalty.month, afterLock) } });
      continue;
    }
    const caps = current[0]?.caps ?? context.capsOf(standing[0]!.packId, standing[0]!.month);
    const row = context.placeOf(standing[0]!.packId, standing[0]!.complaintId)?.row ?? 0;
    for (const penalty of standing) result.push({ caps, penalty: penaltyOf(penalty, row) });

    const before = sumOf(standing.map(({ amount }) => amount));
    const now = sumOf(current.map(({ penalty }) => penalty.amount));
    if (now === before) continue;
    const last = standing.at(-1)!;
    const notice = standing.find((item) => item.notice !== undefined)?.notice;
    const model = current.at(-1)?.penalty ?? penaltyOf(last, row);
    const noticedMonth = lastNoticed.get(`${last.subjectType}\n${last.subject}`);
    const open = later(afterLock, noticedMonth === undefined ? "" : followingMonth(noticedMonth));
    const figures = { now: yuanText(now), before: yuanText(before), amount: yuanText(fen(now - before)) };
    const penalty: Penalty = {
      ...model,
      month: now > before ? later(open, current.at(-1)?.penalty.month ?? "") : open,
      reason: `${now < before ? REVERSAL : SURCHARGE}${originalReason(last.reason)}`,
      formula:
        notice === undefined
          ? say(context.language, "settled.formula", figures)
          : say(context.language, "settled.formula-notice", { ...figures, notice }),
      amount: fen(now - before),
      sanction: undefined,
    };
    result.push({ caps, penalty });
    adjustments.push({
      penalty,
      text: say(context.language, notice === undefined ? "settled.adjusted-locked" : "settled.adjusted-noticed", {
        ...figures,
        id: penalty.complaintId,
        subject: penalty.subject,
        month: penalty.month,
        ...(notice === undefined ? {} : { notice }),
      }),
    });
  }
  const place = ({ penalty }: DuePenalty): number =>
    context.placeOf(penalty.packId, penalty.complaintId)?.index ?? Number.MAX_SAFE_INTEGER;
  const order = new Map(result.map((item) => [item, place(item)]));
  return { due: result.sort((a, b) => order.get(a)! - order.get(b)!), adjustments };
}

function penaltyOf(standing: StandingPenalty & { readonly notice?: string }, row: number): Penalty {
  const penalty: Penalty & { notice?: string } = {
    row,
    employeeNo: undefined,
    ...standing,
    state: "确定",
    settledOn: undefined,
    ownMonthOnly: false,
  };
  delete penalty.notice;
  return penalty;
}

/** The later of two months; an empty text is before any month. */
function later(a: string, b: string): string {
  return a > b ? a : b;
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return found;
}
