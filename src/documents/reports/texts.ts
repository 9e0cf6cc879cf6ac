import english from "../../locales/reports.en-US.json";
import chinese from "../../locales/reports.zh-CN.json";
import { fill, type Language } from "../../locales/language.js";

export type ReportTextKey = keyof typeof chinese;

const TEXTS: Record<Language, Record<ReportTextKey, string>> = { zh: chinese, en: english };

export type ReportText = (key: ReportTextKey, params?: Readonly<Record<string, string | number>>) => string;

/** The words of reports in a language. */
export function reportText(language: Language): ReportText {
  return (key, params = {}) => fill(TEXTS[language][key], params);
}
