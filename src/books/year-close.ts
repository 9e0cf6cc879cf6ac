import { accountsOf } from "./accounts.js";
import { balanceText, BLANK, type DraftLine } from "./draft-lines.js";
import type { Book, Entry } from "./entry.js";
import { postLines, type Act, type Posting } from "./post.js";

/**
 * 年结: a voucher of notes that says what everybody stands at when a year ends, and the book as a whole. It needs the year's
 * months to be locked, so that nothing comes into them any more; `verify` adds them up again. The entries before it stay
 * where they are: every run proves all of them.
 */

/** The last month of a year. */
export function lastMonthOf(year: number): string {
  return `${String(year).padStart(4, "0")}-12`;
}

export type YearClose =
  | { readonly kind: "lines"; readonly lines: readonly DraftLine[] }
  | { readonly kind: "not-locked" }
  | { readonly kind: "closed-before" };

/** What closing a year that ends with this month posts. */
export function yearCloseLines({ entries }: Book, through: string): YearClose {
  const lockedThrough = accountsOf(entries).lockedThrough ?? "";
  if (lockedThrough < through) return { kind: "not-locked" };
  if (entries.some(({ cause, month }) => cause === "年结" && month >= through)) return { kind: "closed-before" };
  return { kind: "lines", lines: balanceNotes(entries, through) };
}

/** Posts it; nothing where it can't be closed or is. */
export function closeYear(book: Book, through: string, act: Act): Posting {
  const close = yearCloseLines(book, through);
  const lines = close.kind === "lines" ? close.lines : [];
  return postLines(
    book,
    lines.map((line) => ({ line, notice: "" })),
    act,
  );
}

/** A note for each person and one for all of them, of the entries up to a month. */
export function balanceNotes(entries: readonly Entry[], through: string): DraftLine[] {
  const { byPerson, claims } = accountsOf(entries.filter(({ month }) => month <= through));
  const note = (fields: Partial<Entry>): DraftLine => ({
    claim: undefined,
    cause: "年结",
    entry: { ...BLANK, ...fields, month: through, kind: "备注" },
  });
  // In the order of their first entries, which stays when names are cleared.
  return [
    ...[...byPerson.values()].map((own) => note({ ...own.at(-1)!.ref, formula: balanceText(own) })),
    note({ formula: balanceText(claims.values()) }),
  ];
}
