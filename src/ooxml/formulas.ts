import { columnLetters, columnNumber, LAST_COLUMN, LAST_ROW } from "./references.js";
import { decodeText } from "./package.js";
import type { SheetScanner } from "./sheet-scanner.js";
import { characterData } from "./xml/tree.js";

/** The formula of a cell as its sheet stores it (ECMA-376 part 1, §18.3.1.40). */
export interface StoredFormula {
  /** Without the leading equals sign; empty in a cell that shares the formula of another. */
  readonly text: string;
  /** Number of the group of cells that share one formula. */
  readonly shared: string | undefined;
}

const FORMULA = /<(?:[\w.-]+:)?f(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:[\w.-]+:)?f\s*>)/;
const SHARED = /\st\s*=\s*["']shared["']/;
const GROUP = /\ssi\s*=\s*["'](\d+)["']/;

/** The formula of the cell the scanner stands on; undefined if it has none. */
export function formulaOf(scanner: SheetScanner): StoredFormula | undefined {
  if (!scanner.hasFormula) return undefined;
  const match = FORMULA.exec(decodeText(scanner.bytes.subarray(scanner.cellStart, scanner.cellEnd)));
  if (!match) return undefined;
  const attributes = match[1] ?? "";
  return {
    text: characterData(match[2] ?? ""),
    shared: SHARED.test(attributes) ? GROUP.exec(attributes)?.[1] : undefined,
  };
}

const TOKEN =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'!|\[[^\]]*\]|(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(!.])|[\w.\u0080-\uffff]+/g;

/** A formula moved by rows and columns: its relative references move along, as in cells that share one formula. */
export function shiftedFormula(formula: string, rows: number, columns: number): string {
  return formula.replace(
    TOKEN,
    (token: string, fixColumn?: string, letters?: string, fixRow?: string, row?: string) => {
      if (letters === undefined || row === undefined) return token;
      const atColumn = columnNumber(letters) + (fixColumn === "" ? columns : 0);
      const atRow = Number(row) + (fixRow === "" ? rows : 0);
      if (atColumn < 1 || atColumn > LAST_COLUMN || atRow < 1 || atRow > LAST_ROW) return "#REF!";
      return `${fixColumn ?? ""}${columnLetters(atColumn)}${fixRow ?? ""}${atRow}`;
    },
  );
}
