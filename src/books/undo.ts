import { lastCheck } from "./chain.js";
import type { Book } from "./entry.js";

/** Taking back the last voucher: only while it is last, unsent and made since the workbook was opened. Later only 撤销. */

export interface UndoInput {
  readonly voucher: string;
  /** The last 校验值 when the workbook was opened. */
  readonly openedAt: string;
  readonly sent: boolean;
}

export type Undo =
  | { readonly kind: "undone"; readonly book: Book }
  | { readonly kind: "refused"; readonly why: "not-last" | "sent" | "made-before-opening" };

export function undoVoucher(book: Book, { voucher, openedAt, sent }: UndoInput): Undo {
  const { entries } = book;
  if (entries.at(-1)?.voucher !== voucher) return { kind: "refused", why: "not-last" };
  if (sent) return { kind: "refused", why: "sent" };
  const first = entries.findIndex((entry) => entry.voucher === voucher);
  const kept = { ...book, entries: entries.slice(0, first) };
  const opened = openedAt === lastCheck(kept) || kept.entries.some(({ check }) => check === openedAt);
  // A book opened when it was empty began with its number.
  if (!opened && openedAt !== book.id) return { kind: "refused", why: "made-before-opening" };
  return { kind: "undone", book: kept };
}
