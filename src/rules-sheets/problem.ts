import { fill, type Language } from "../locales/language.js";
import en from "../locales/rules-sheets.en-US.json" with { type: "json" };
import zh from "../locales/rules-sheets.zh-CN.json" with { type: "json" };

export type SheetsKey = keyof typeof zh;

const TEXTS: Readonly<Record<Language, Readonly<Record<SheetsKey, string>>>> = { zh, en };

export function sheetsText(
  language: Language,
  key: SheetsKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return fill(TEXTS[language][key], params);
}

/** A text in both languages, of the names of sheets and columns and of their notes. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** Both sentences under a key. */
export function bilingual(key: SheetsKey, params: Readonly<Record<string, string | number>> = {}): Bilingual {
  return { zh: sheetsText("zh", key, params), en: sheetsText("en", key, params) };
}

/** What is wrong with what stands in one cell; thrown by what reads cells, caught where the cell's place is known. */
export class CellFault extends Error {
  override readonly name = "CellFault";
  constructor(
    readonly key: SheetsKey,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(key);
  }
}

/** A place on the sheets of a pack: a cell, a whole row, or a sheet as a whole. */
export interface SheetPlace {
  readonly sheet: string;
  /** From 1; 0: the sheet as a whole. */
  readonly row: number;
  /** From 1; 0: the row as a whole. */
  readonly column: number;
}

/** Something wrong, the cell it belongs to, and how to mend it. */
export interface SheetProblem extends SheetPlace {
  /** The header of the column, where there is one. */
  readonly header: string;
  /** What stands in the cell. */
  readonly value: string;
  /** One sentence in each language: what is wrong and how to mend it, without the place. */
  readonly text: Bilingual;
}
