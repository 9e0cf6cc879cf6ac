declare const fenBrand: unique symbol;

/** An amount of money in whole fen (1/100 yuan): a safe integer, so sums are exact up to 90 trillion yuan. */
export type Fen = number & { readonly [fenBrand]: true };
