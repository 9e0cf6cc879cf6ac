import type { WallTime } from "../domain/wall-time.js";
import { dayOfTime } from "../domain/wall-time.js";
import { lastCheck, saltOf, seal, type ChainKey } from "./chain.js";
import type { Draft } from "./draft.js";
import { BLANK, withReference, type DraftLine, type PersonMonthDraft } from "./draft-lines.js";
import { entryRef, parseVoucher, voucherNumber, type Book, type Entry } from "./entry.js";
import type { Cause } from "./kinds.js";
import { monthOfDay } from "./months.js";

/** Posting: one act is one voucher, posted whole or not at all, and only on top of the book that the act was made from. */

export interface Act {
  readonly cause: Cause;
  readonly at: WallTime;
  /** 经办 */
  readonly by: string;
  /** The last 校验值 of the book when the act began. */
  readonly expected: string;
  /** The last 校验值 of 处理日志. */
  readonly logCheck: string;
  /** What salts are made of; must not be found in the workbook afterwards. */
  readonly seed: string;
  readonly key: ChainKey;
  /** 通知编号 of a person's month. */
  noticeOf?(person: string, month: string): string | undefined;
}

export type Refusal =
  /** The day of the clock lies before that of the last entry. */
  | { readonly kind: "clock-before-last-entry"; readonly last: WallTime }
  /** Somebody else has posted meanwhile. */
  | { readonly kind: "book-moved"; readonly expected: string; readonly found: string }
  | { readonly kind: "month-after-clock"; readonly month: string };

export type Posting =
  | { readonly kind: "posted"; readonly book: Book; readonly voucher: string; readonly entries: readonly Entry[] }
  | { readonly kind: "nothing"; readonly book: Book }
  | { readonly kind: "refused"; readonly why: Refusal };

/** Whether a run at this time may post at all. */
export function clockRefusal({ entries }: Book, at: WallTime): Refusal | undefined {
  const last = entries.at(-1)?.at;
  return last !== undefined && dayOfTime(at) < dayOfTime(last) ? { kind: "clock-before-last-entry", last } : undefined;
}

/** Whom and which months a notice covers: the months of these persons up to it. */
export function monthsOfPersons(draft: Draft, persons: ReadonlySet<string>, through: string): PersonMonthDraft[] {
  return draft.ready.filter(({ person, month }) => persons.has(person) && month <= through);
}

/** Posts months of persons, with the notes that wait. */
export function postMonths(book: Book, draft: Draft, months: readonly PersonMonthDraft[], act: Act): Posting {
  const late = months.find(({ month }) => month > monthOfDay(dayOfTime(act.at)));
  if (late) return { kind: "refused", why: { kind: "month-after-clock", month: late.month } };
  const lines = months.flatMap(({ person, month, lines: own }) => {
    const notice = act.noticeOf?.(person, month);
    return own.map((line) => ({ line, notice: notice ?? "" }));
  });
  return postLines(book, [...draft.notes.map((line) => ({ line, notice: "" })), ...lines], act);
}

/** 锁定至月份: every person's months up to it, and a 结转 of the book as a whole. */
export function postLock(book: Book, draft: Draft, through: string, act: Act): Posting {
  if (through > monthOfDay(dayOfTime(act.at)))
    return { kind: "refused", why: { kind: "month-after-clock", month: through } };
  const { lockedThrough } = draft.accounts;
  if (lockedThrough !== undefined && through <= lockedThrough) return { kind: "nothing", book };
  const lines = draft.ready.filter(({ month }) => month <= through).flatMap(({ lines: own }) => own);
  const mark: DraftLine = { claim: undefined, entry: { ...BLANK, month: through, kind: "结转" } };
  return postLines(
    book,
    [...draft.notes, ...lines, mark].map((line) => ({ line, notice: "" })),
    act,
  );
}

export interface NumberedLine {
  readonly line: DraftLine;
  /** 通知编号 it goes out with, or empty. */
  readonly notice: string;
}

/** Appends lines as one voucher. */
export function postLines(book: Book, lines: readonly NumberedLine[], act: Act): Posting {
  const found = lastCheck(book);
  if (found !== act.expected) return { kind: "refused", why: { kind: "book-moved", expected: act.expected, found } };
  const clock = clockRefusal(book, act.at);
  if (clock) return { kind: "refused", why: clock };
  if (lines.length === 0) return { kind: "nothing", book };
  const voucher = nextVoucher(book, monthOfDay(dayOfTime(act.at)));
  const opened = new Map<string, string>();
  const entries: Entry[] = [];
  let previous = found;
  for (const [i, { line, notice }] of lines.entries()) {
    const entry = withReference(
      unsealed(line, i + 1, { voucher, notice }, act),
      line.claim === undefined ? undefined : opened.get(line.claim),
    );
    if (line.claim !== undefined && !opened.has(line.claim)) opened.set(line.claim, entryRef(entry));
    const sealed = seal(entry, previous, act.key);
    entries.push(sealed);
    previous = sealed.check;
  }
  return { kind: "posted", book: { ...book, entries: [...book.entries, ...entries] }, voucher, entries };
}

type Unsealed = Omit<Entry, "digest" | "previous" | "check">;

function unsealed(line: DraftLine, n: number, of: { voucher: string; notice: string }, act: Act): Unsealed {
  return {
    ...line.entry,
    ...of,
    line: n,
    at: act.at,
    cause: line.cause ?? act.cause,
    by: act.by,
    logCheck: act.logCheck,
    salt: saltOf(act.seed, of.voucher, n),
  };
}

/** The number after the last of its month; the book's clock never goes back, so the last entry has the highest. */
function nextVoucher({ entries }: Book, month: string): string {
  const last = parseVoucher(entries.at(-1)?.voucher ?? "");
  return voucherNumber(month, last?.month === month ? last.n + 1 : 1);
}
