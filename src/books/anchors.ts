import type { Book } from "./entry.js";

/** An anchor: how far the book had come, as it stands on notices, payroll lists, reports and in 处理日志. */

export interface Anchor {
  readonly count: number;
  /** The last 凭证号. */
  readonly voucher: string;
  /** Sixteen digits of the last 校验值. */
  readonly digits: string;
}

const DIGITS = 16;

export function anchorOf({ id, entries }: Book): Anchor {
  const last = entries.at(-1);
  return { count: entries.length, voucher: last?.voucher ?? "", digits: (last?.check ?? id).slice(0, DIGITS) };
}

/** `128 · PZ202603-0007 · 0f3c5a…`: short enough to be copied from paper. */
export function anchorText({ count, voucher, digits }: Anchor): string {
  return `${count} · ${voucher} · ${digits}`;
}

/** The anchor of a book as papers bear it; undefined where nothing is posted. */
export function anchorTextOf(book: Book): string | undefined {
  return book.entries.length === 0 ? undefined : anchorText(anchorOf(book));
}

/** Reads what `anchorText` wrote, also with other separators, as people copy it from paper. */
export function parseAnchor(text: string): Anchor | undefined {
  const match = /^\s*(\d+)[\s·,，/|]+(PZ\d{6}-\d{4,})[\s·,，/|]+([0-9a-f]{8,32})\s*$/i.exec(text.normalize("NFKC"));
  if (!match) return undefined;
  return {
    count: Number(match[1]),
    voucher: match[2]!.toUpperCase(),
    digits: match[3]!.toLowerCase().slice(0, DIGITS),
  };
}

/** Anchors within a text of 处理日志. */
export function anchorsIn(text: string): Anchor[] {
  return [...text.matchAll(/(\d+) · (PZ\d{6}-\d{4,}) · ([0-9a-f]{16})/g)].map((match) => ({
    count: Number(match[1]),
    voucher: match[2]!,
    digits: match[3]!,
  }));
}
