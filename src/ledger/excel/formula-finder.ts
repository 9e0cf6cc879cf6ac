import type { ExcelValue } from "./cell-values.js";

/** Tells the formulas of a loaded range: what begins like one without being the cell's very text. */
export function formulaFinder(
  range: Excel.Range,
  values: readonly (readonly ExcelValue[])[],
): (row: number, column: number) => boolean {
  const formulas = range.formulas as ExcelValue[][];
  return (row, column) => {
    const formula = formulas[row]?.[column];
    return typeof formula === "string" && formula.startsWith("=") && formula !== values[row]?.[column];
  };
}
