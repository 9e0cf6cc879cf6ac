import { Decimal } from "decimal.js";
import { readDecimal } from "./numerals.js";

declare const fenBrand: unique symbol;

/** An amount of money in whole fen (1/100 yuan): a safe integer, so sums are exact up to 90 trillion yuan. */
export type Fen = number & { readonly [fenBrand]: true };

/** Wide enough that no product of two doubles is rounded twice; a clone, so nobody's global settings reach it. */
const Exact = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP });

/** A whole number of fen as an amount. Throws RangeError if it is no safe integer. */
export function fen(amount: number): Fen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of fen within ±2^53: ${amount}`);
  return (amount === 0 ? 0 : amount) as Fen;
}

/** The sum of amounts. Throws RangeError beyond ±90 trillion yuan. */
export function sumOf(amounts: Iterable<Fen>): Fen {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return fen(sum);
}

/** An amount as a decimal string with two places: 5000 → `50.00`, -5 → `-0.05`. */
export function yuanText(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, "0");
  return `${amount < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** An amount in yuan as the nearest double, for rule facts and for cells. */
export function yuanNumber(amount: Fen): number {
  return amount / 100;
}

export interface ParseYuanOptions {
  /** Read -50, and (50.00) as bookkeepers write it, as negative amounts. Without it a negative amount is not read. */
  readonly negative?: boolean;
}

const CURRENCY_BEFORE = /^(?:rmb|cny|人民币|[¥元])\s*:?\s*/i;
const CURRENCY_AFTER = /\s*(?:元整|元正|元|圆|块钱|块|rmb|cny|yuan)$/i;

/**
 * Reads an amount in yuan, half up to the fen: 1234.5, `1,234.50`, `￥1234.5元`, `RMB 50`, `１２．５`, `1.2万元`, `一百元`.
 * Undefined for anything else, for negative amounts unless `negative` is set, and beyond ±90 trillion yuan.
 */
export function parseYuan(value: string | number, options: ParseYuanOptions = {}): Fen | undefined {
  const amount = typeof value === "number" ? fenOfNumber(value) : fenOfText(value);
  if (amount === undefined || (amount < 0 && !options.negative)) return undefined;
  return amount;
}

function fenOfNumber(yuan: number): Fen | undefined {
  const scaled = Math.round(yuan * 100);
  // A double that is the nearest one to some whole number of fen is that number of fen; no decimal arithmetic needed.
  if (Number.isSafeInteger(scaled) && scaled / 100 === yuan) return fen(scaled);
  if (!Number.isFinite(yuan)) return undefined;
  // Excel shows 15 significant digits: a computed 0.43499999999999994 stands in the cell as 0.435, and 0.44 is expected.
  return fenOfDecimal(new Exact(yuan).toSignificantDigits(15));
}

/** What a double holds so closely that it is read as exactly as a decimal would be. */
const PLAIN_YUAN = /^-?\d{1,11}(?:\.\d\d?)?$/;

/** No amount is as long as this; a pasted page must not be searched for one. */
const LONGEST = 80;

function fenOfText(text: string): Fen | undefined {
  const yuan = yuanOfText(text);
  if (yuan === undefined) return undefined;
  return PLAIN_YUAN.test(yuan) ? fenOfNumber(Number(yuan)) : fenOfDecimal(new Exact(yuan));
}

/** The amount in yuan that a text names, as a decimal literal with every digit written; undefined if it names none. */
function yuanOfText(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  let rest = text.normalize("NFKC").trim();
  let negative = false;
  const inBrackets = /^\((.*)\)$/.exec(rest);
  if (inBrackets) {
    negative = true;
    rest = inBrackets[1]!.trim();
  }
  const unsigned = (part: string): string => {
    const sign = /^([-+−])\s*/.exec(part);
    if (!sign || negative) return part;
    negative = sign[1] !== "+";
    return part.slice(sign[0].length);
  };
  rest = unsigned(unsigned(rest).replace(CURRENCY_BEFORE, "")).replace(CURRENCY_AFTER, "");
  const yuan = readDecimal(rest);
  return yuan === undefined ? undefined : negative ? `-${yuan}` : yuan;
}

function fenOfDecimal(yuan: Decimal): Fen | undefined {
  const amount = yuan.times(100).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();
  return Number.isSafeInteger(amount) ? fen(amount) : undefined;
}

/**
 * An amount times a factor, half up to the fen (a half of a negative amount goes away from zero). A decimal string keeps
 * factors exact that a double can't hold. Throws RangeError if the factor is no finite number or the product too large.
 */
export function multiply(amount: Fen, factor: number | string): Fen {
  if (typeof factor === "number" && Number.isSafeInteger(factor * amount) && Number.isInteger(factor)) {
    return fen(factor * amount);
  }
  return fen(new Exact(amount).times(finite(factor)).toDecimalPlaces(0).toNumber());
}

/** A percentage of an amount, half up to the fen: 30 means 30 %. Throws RangeError as `multiply` does. */
export function percentOf(amount: Fen, percent: number | string): Fen {
  const product = typeof percent === "number" ? amount * percent : NaN;
  // Whole numbers that a double holds exactly, as nearly all are, need no decimal arithmetic.
  if (Number.isSafeInteger(product) && Number.isInteger(percent)) return fen(hundredth(product));
  return fen(new Exact(amount).times(finite(percent)).div(100).toDecimalPlaces(0).toNumber());
}

/** A hundredth of a whole number, a half away from zero. The remainder is split off first, so that nothing is rounded twice. */
function hundredth(whole: number): number {
  const size = Math.abs(whole);
  const rest = size % 100;
  return Math.sign(whole) * ((size - rest) / 100 + (rest >= 50 ? 1 : 0));
}

function finite(factor: number | string): Decimal {
  const plain = typeof factor === "number" ? Number.isFinite(factor) : /^[-+]?\d+(?:\.\d+)?$/.test(factor);
  if (!plain) throw new RangeError(`not a finite decimal number: ${factor}`);
  return new Exact(factor);
}

/**
 * Shares of an amount in proportion to weights (decimal ones too: 1.5 base points), by largest remainder, ties to the
 * earlier one. The shares always add up to the amount; a weight of 0 gets 0. Throws RangeError if a weight is negative or
 * no finite number, or if none is positive.
 */
export function shareOut(total: Fen, weights: readonly number[]): Fen[] {
  if (weights.some((weight) => !Number.isFinite(weight) || weight < 0)) {
    throw new RangeError(`weights must be finite and not negative: ${weights.join(", ")}`);
  }
  if (weights.length === 1 && weights[0]! > 0) return [total];
  const amount = Math.abs(total);
  const quotas = plainQuotas(amount, weights) ?? exactQuotas(amount, weights);
  const shares = quotas.map(({ units }) => units);
  let left = amount - shares.reduce((a, b) => a + b, 0);
  const byRest = quotas
    .map(({ rest }, index) => ({ rest, index }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of byRest) {
    if (left === 0) break;
    shares[index]! += 1;
    left -= 1;
  }
  const sign = total < 0 ? -1 : 1;
  return shares.map((share) => fen(sign * share));
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Whole numbers in the same proportion, so that remainders can be compared exactly. */
function wholeWeights(weights: readonly number[]): readonly bigint[] {
  if (weights.every((weight) => Number.isSafeInteger(weight))) return weights.map(BigInt);
  const decimals = weights.map((weight) => new Exact(weight));
  const places = Math.max(0, ...decimals.map((weight) => weight.decimalPlaces()));
  return decimals.map((weight) => BigInt(weight.toFixed(places).replace(".", "")));
}

/** Whole shares and remainders in plain numbers, several times faster; undefined where they would not be exact. */
function plainQuotas(amount: number, weights: readonly number[]): ReturnType<typeof quotasOf> | undefined {
  let sum = 0;
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight)) return undefined;
    sum += weight;
  }
  return sum > 0 && Number.isSafeInteger(amount * sum) ? quotasOf(amount, weights, sum) : undefined;
}

function exactQuotas(
  amount: number,
  weights: readonly number[],
): readonly { readonly units: number; readonly rest: number | bigint }[] {
  const whole = wholeWeights(weights);
  const sum = whole.reduce((a, b) => a + b, 0n);
  if (sum === 0n) throw new RangeError("no weight is positive, so there is nobody to share among");
  if (BigInt(amount) * sum <= MAX_SAFE) return quotasOf(amount, whole.map(Number), Number(sum));
  return whole.map((weight) => {
    const product = BigInt(amount) * weight;
    return { units: Number(product / sum), rest: product % sum };
  });
}

/** Whole shares and remainders; every product must be a safe integer. */
function quotasOf(
  amount: number,
  weights: readonly number[],
  sum: number,
): readonly { readonly units: number; readonly rest: number }[] {
  return weights.map((weight) => {
    const rest = (amount * weight) % sum;
    return { units: (amount * weight - rest) / sum, rest };
  });
}

// ------------------------------------------------------------ exact amounts

/** No product of four numbers that a cell can hold comes near so many digits, so nothing is rounded under way. */
const Unrounded = Decimal.clone({ precision: 400, rounding: Decimal.ROUND_HALF_UP });

declare const priceBrand: unique symbol;

/**
 * An exact amount in yuan, never rounded: a unit price with all the decimals that were written, or a product under way.
 * A plain decimal literal without an exponent and without zeros at its end, so equal amounts are equal strings.
 */
export type Price = string & { readonly [priceBrand]: true };

const priceOfDecimal = (yuan: Decimal): Price => (yuan.isZero() ? "0" : yuan.toFixed()) as Price;

/** A decimal as a whole number of its last place: 12.5 is 125 of the first place. */
interface Units {
  readonly units: number;
  readonly places: number;
}

/** Digits that a double holds whatever they are. */
const EXACT_DIGITS = 15;
const PLAIN_LITERAL = /^-?\d+(?:\.\d+)?$/;

/** The units of a plain literal that is short enough to be worked with as a plain number, as nearly all are. */
function unitsOf(literal: string): Units | undefined {
  if (literal.length > EXACT_DIGITS || !PLAIN_LITERAL.test(literal)) return undefined;
  const point = literal.indexOf(".");
  if (point < 0) return { units: Number(literal), places: 0 };
  return {
    units: Number(literal.slice(0, point) + literal.slice(point + 1)),
    places: literal.length - point - 1,
  };
}

/** Units as the literal that `priceOfDecimal` gives; undefined if they are no safe integer. */
function priceOfUnits({ units, places }: Units): Price | undefined {
  if (!Number.isSafeInteger(units)) return undefined;
  if (units === 0) return "0" as Price;
  const digits = String(Math.abs(units)).padStart(places + 1, "0");
  let end = digits.length;
  const point = end - places;
  while (end > point && digits.charCodeAt(end - 1) === 0x30) end -= 1;
  const text = end > point ? `${digits.slice(0, point)}.${digits.slice(point, end)}` : digits.slice(0, point);
  return (units < 0 ? `-${text}` : text) as Price;
}

/** Reads an amount as `parseYuan` does, but keeps every decimal: 0.335 and `￥1.2345` stay what they are. */
export function parsePrice(value: string | number, options: ParseYuanOptions = {}): Price | undefined {
  let yuan: Decimal;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return undefined;
    const plain = value >= 0 ? unitsOf(String(value)) : undefined;
    if (plain) return priceOfUnits(plain);
    // Excel shows and stores 15 significant digits; what a double holds beyond them nobody wrote.
    yuan = new Unrounded(value).toSignificantDigits(15);
  } else {
    const literal = yuanOfText(value);
    if (literal === undefined) return undefined;
    yuan = new Unrounded(literal);
  }
  return yuan.isNegative() && !yuan.isZero() && !options.negative ? undefined : priceOfDecimal(yuan);
}

/** An amount in fen as an exact amount, for products with it. */
export function priceOf(amount: Fen): Price {
  return priceOfUnits({ units: amount, places: 2 }) ?? priceOfDecimal(new Unrounded(amount).div(100));
}

/** The exact product. A factor is a number as a cell holds it (0.1 is a tenth) or a decimal literal. */
export function timesExactly(price: Price, ...factors: readonly (number | string)[]): Price {
  return priceOfDecimal(factors.reduce((product, factor) => product.times(finite(factor)), new Unrounded(price)));
}

/** Exactly so many per cent of an amount: 30 means 30 %. */
export function percentExactly(price: Price, percent: number | string): Price {
  const whole = unitsOf(price);
  const part = unitsOf(String(percent));
  const product = whole && part && { units: whole.units * part.units, places: whole.places + part.places + 2 };
  return (product && priceOfUnits(product)) ?? priceOfDecimal(new Unrounded(price).times(finite(percent)).div(100));
}

/** An amount ÷ `sum` × `weight`, as a formula shows it, rounded once. */
export function shareExactly(price: Price, weight: number, sum: number): Fen {
  const plain = plainShare(price, weight, sum);
  if (plain !== undefined) return plain;
  const share = new Unrounded(price).times(finite(weight)).div(finite(sum));
  return roundToFen(priceOfDecimal(share));
}

/** The same in plain numbers where all of them are exact; no decimals of hundreds of places are worked out. */
function plainShare(price: Price, weight: number, sum: number): Fen | undefined {
  const whole = unitsOf(price);
  if (!whole || whole.places > 2 || whole.units < 0 || weight < 0 || sum <= 0) return undefined;
  const product = whole.units * 10 ** (2 - whole.places) * weight;
  if (!Number.isSafeInteger(weight) || !Number.isSafeInteger(sum) || !Number.isSafeInteger(2 * product))
    return undefined;
  const rest = product % sum;
  return fen((product - rest) / sum + (2 * rest >= sum ? 1 : 0));
}

/** The one rounding, at the end: half up to the fen. Throws RangeError beyond ±90 trillion yuan. */
export function roundToFen(price: Price): Fen {
  const plain = unitsOf(price);
  const whole = plain && plain.places <= 2 ? plain.units * 10 ** (2 - plain.places) : NaN;
  if (Number.isSafeInteger(whole)) return fen(whole);
  const amount = fenOfDecimal(new Unrounded(price));
  if (amount === undefined) throw new RangeError(`too large an amount: ${price}`);
  return amount;
}

/** As a formula shows it: all its decimals, at least two of them: 0.335, 12.50. */
export function priceText(price: Price): string {
  const point = price.indexOf(".");
  return point < 0 ? `${price}.00` : price.length - point > 2 ? price : `${price}0`;
}

/** The nearest double, for rule facts and for cells. */
export function priceNumber(price: Price): number {
  return Number(price);
}
