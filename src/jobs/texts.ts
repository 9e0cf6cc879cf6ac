import { fill, type Language } from "../locales/language.js";
import jobsEn from "../locales/jobs.en-US.json" with { type: "json" };
import jobsZh from "../locales/jobs.zh-CN.json" with { type: "json" };

/** What command and pane say alike. */

export type JobsKey = keyof typeof jobsZh;

const TEXTS: Record<Language, Record<JobsKey, string>> = { zh: jobsZh, en: jobsEn };

export function jobsText(
  language: Language,
  key: JobsKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return fill(TEXTS[language][key], params);
}
