import { WorkbookError, type WorkbookErrorCode } from "../../ooxml/workbook-error.js";
import { fill, type Language } from "../../locales/language.js";
import en from "../../locales/workbook-errors.en-US.json";
import zh from "../../locales/workbook-errors.zh-CN.json";
import { LedgerError, type LedgerErrorCode } from "./ledger-error.js";

const TEXTS: Record<Language, Record<WorkbookErrorCode | LedgerErrorCode, string>> = { zh, en };

/** What is wrong with a workbook or its ledger and how to mend it, without the file's name; undefined for any other error. */
export function workbookErrorText(error: unknown, language: Language): string | undefined {
  if (!(error instanceof WorkbookError || error instanceof LedgerError)) return undefined;
  return fill(TEXTS[language][error.code], error.params);
}
