/**
 * Sizes of requests and responses. Excel on the web refuses more than 5 MB either way (its documentation doesn't say of
 * what exactly), so estimates are on the generous side and aim well below it.
 */

/** Bytes a request or response may be estimated at. */
export const PAYLOAD_TARGET = 4_000_000;

/** What a request is estimated at that the client still makes, or takes apart, without holding typing up. */
const EASY = 1_600_000;

/**
 * Cells in one array. The client takes larger ones apart itself, on another path, which calls grouped for undo were
 * reported to fail on (OfficeDev/office-js #6491).
 */
const CELLS_AT_ONCE = 1500;

/** Rows of this width that go into one array. */
export function rowsAtOnce(width: number): number {
  return Math.max(1, Math.floor(CELLS_AT_ONCE / Math.max(1, width)));
}

/** A size for `bytes` in even requests: easy ones, but no more than `most` of them as long as the limit allows. */
export function portionTarget(bytes: number, most: number): number {
  const requests = Math.max(1, Math.min(most, Math.ceil(bytes / EASY)));
  // A little more than the even share: what is cut into pieces never comes out even.
  return Math.min(PAYLOAD_TARGET, (bytes / requests) * 1.1 + 10_000);
}

/** What a cell costs as JSON in UTF-8, its comma and the escaping of its quotes inside another JSON text included. */
export function cellBytes(value: unknown): number {
  if (typeof value === "string") return textBytes(value) + 5;
  if (typeof value === "number") return String(value).length + 1;
  return 6;
}

export function rowBytes(row: readonly unknown[]): number {
  let bytes = 3;
  for (const cell of row) bytes += cellBytes(cell);
  return bytes;
}

export function gridBytes(rows: readonly (readonly unknown[])[]): number {
  let bytes = 2;
  for (const row of rows) bytes += rowBytes(row);
  return bytes;
}

function textBytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    // Quotes, backslashes and control characters are escaped, twice over where JSON travels inside JSON.
    if (code === 0x22 || code === 0x5c) bytes += 4;
    else if (code < 0x20) bytes += 7;
    else if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
