import type { WorkbookError, WorkbookErrorCode } from "../ledger/file/workbook-error.js";
import { fill, type Language } from "./language.js";
import en from "./workbook-errors.en-US.json";
import zh from "./workbook-errors.zh-CN.json";

const TEXTS: Record<Language, Record<WorkbookErrorCode, string>> = { zh, en };

/** What is wrong with a workbook and how to mend it, without the file's name. */
export function workbookErrorText({ code, params }: WorkbookError, language: Language): string {
  return fill(TEXTS[language][code], params);
}
