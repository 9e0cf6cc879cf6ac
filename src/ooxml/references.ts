/** Cell references in A1 style. Rows and columns count from 1. */

export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const LAST_COLUMN = 16_384;
export const LAST_ROW = 1_048_576;

const letters: string[] = [];

/** 1 → `A`, 28 → `AB`. */
export function columnLetters(column: number): string {
  return (letters[column] ??= spell(column));
}

function spell(column: number): string {
  let text = "";
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) text = String.fromCharCode(65 + ((n - 1) % 26)) + text;
  return text;
}

/** `AB` → 28. */
export function columnNumber(text: string): number {
  let n = 0;
  for (const c of text.toUpperCase()) n = n * 26 + c.charCodeAt(0) - 64;
  return n;
}

const CORNER = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/;

/** `A1:T20` or `B3`; undefined if it is not such a reference. */
export function parseArea(text: string): Area | undefined {
  const [first, second = first] = text.split(":");
  const a = CORNER.exec(first ?? "");
  const b = CORNER.exec(second ?? "");
  if (!a || !b) return undefined;
  return {
    top: Math.min(Number(a[2]), Number(b[2])),
    left: Math.min(columnNumber(a[1]!), columnNumber(b[1]!)),
    bottom: Math.max(Number(a[2]), Number(b[2])),
    right: Math.max(columnNumber(a[1]!), columnNumber(b[1]!)),
  };
}

export function formatArea({ top, left, bottom, right }: Area): string {
  return `${columnLetters(left)}${top}:${columnLetters(right)}${bottom}`;
}

export function overlap(a: Area, b: Area): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}
