import { yuanText, type Fen } from "../domain/money.js";

/** An amount as it is printed for people: 1234567 fen → `12,345.67`. */
export function moneyText(amount: Fen): string {
  return yuanText(amount).replace(/\B(?=(?:\d{3})+\.)/g, ",");
}
