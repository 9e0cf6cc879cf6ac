/** Numbers straight from the digits of a part, where that is exact; undefined for whatever needs a closer look. */

/** A whole number of digits only, e.g. an index. */
export function integerOf(bytes: Uint8Array, from: number, to: number): number | undefined {
  if (from === to) return undefined;
  let n = 0;
  for (let i = from; i < to; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return undefined;
    n = n * 10 + digit;
  }
  return n;
}

const POWERS = Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/**
 * The nearest double. While the digits make an integer that a double holds exactly, and the power of ten is exact as well
 * (up to 10²²), one division rounds correctly (Clinger 1990).
 */
export function numberOf(bytes: Uint8Array, from: number, to: number): number | undefined {
  let i = from;
  const negative = bytes[i] === 0x2d;
  if (negative) i++;
  let mantissa = 0;
  let decimals = -1;
  for (; i < to; i++) {
    const digit = bytes[i]! - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      if (decimals >= 0) decimals++;
    } else if (bytes[i] === 0x2e && decimals < 0) decimals = 0;
    else return undefined;
  }
  if (mantissa > Number.MAX_SAFE_INTEGER || decimals > 22 || i === from) return undefined;
  const value = decimals > 0 ? mantissa / POWERS[decimals]! : mantissa;
  return negative ? -value : value;
}
