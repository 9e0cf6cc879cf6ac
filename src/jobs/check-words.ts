import type { CaseFailure, CasePlace } from "../process/run-case.js";
import { CASE_WORDS } from "../rules-sheets/sections/cases.js";
import { COLUMN_WORDS, FACT_WORDS } from "../rules-sheets/vocabulary.js";
import type { Language } from "../locales/language.js";
import { jobsText } from "./texts.js";

/**
 * What a case looks at and what a condition asks, in the words of the ledger's columns. In English the names of the
 * pack's files stay: headers are Chinese in either language, and the names say what they mean.
 */

/** Where a case failed, what it should be and what it is. */
export function failureWords(
  { place, expected, actual }: CaseFailure,
  language: Language,
): { readonly where: string; readonly expected: string; readonly actual: string } {
  return {
    where: placeWords(place, language),
    expected: valueWords(expected, language),
    actual: valueWords(actual, language),
  };
}

function placeWords(place: CasePlace, language: Language): string {
  switch (place.part) {
    case "row": {
      const column = columnWord(place.key, language);
      return jobsText(language, "case.row", { n: place.index + 1, column });
    }
    case "penalty":
    case "deduction": {
      const column = language === "zh" ? CASE_WORDS[place.part].word(place.key) : place.key;
      return jobsText(language, `case.${place.part}`, { n: place.index + 1, column });
    }
    default:
      return jobsText(language, `case.${place.part}`);
  }
}

/** A column by its header, an output of the same name by that. */
export function columnWord(name: string, language: Language): string {
  return language === "zh" ? COLUMN_WORDS.word(name) : name;
}

/** A fact as conditions on the sheets call it. */
export function factWord(name: string, language: Language): string {
  return language === "zh" ? FACT_WORDS.word(name) : name;
}

/** A value of a case or a condition as people write it; nothing: （空）. */
export function valueWords(value: unknown, language: Language): string {
  if (value === undefined || value === null || value === "") return jobsText(language, "value.blank");
  if (typeof value === "boolean") return jobsText(language, value ? "value.yes" : "value.no");
  if (Array.isArray(value)) {
    if (value.length === 0) return jobsText(language, "value.blank");
    return value.map((item) => valueWords(item, language)).join(language === "zh" ? "、" : ", ");
  }
  if (typeof value === "string") return /^\d{4}-\d\d-\d\dT[\d:]+$/.test(value) ? value.replace("T", " ") : value;
  return JSON.stringify(value);
}
