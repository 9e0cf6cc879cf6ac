import type { WorkbookError, WorkbookErrorCode } from "../../ooxml/workbook-error.js";
import { fill, type Language } from "../../locales/language.js";
import en from "../../locales/workbook-errors.en-US.json";
import zh from "../../locales/workbook-errors.zh-CN.json";

const TEXTS: Record<Language, Record<WorkbookErrorCode, string>> = { zh, en };

/** What is wrong with a workbook and how to mend it, without the file's name. */
export function workbookErrorText({ code, params }: WorkbookError, language: Language): string {
  return fill(TEXTS[language][code], params);
}
