import type { amountOf } from "../domain/money.js";

/** Imports what imports it. */
export interface Row {
  readonly path: string;
  readonly amount: typeof amountOf;
}
