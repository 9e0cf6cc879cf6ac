import en from "../../locales/notices.en-US.json";
import zh from "../../locales/notices.zh-CN.json";
import { fill, type Language } from "../../locales/language.js";

export type NoticeKey = keyof typeof zh;

const TEXTS: Record<Language, Record<NoticeKey, string>> = { zh, en };

/** A text of a notice in the language of the run. */
export function noticeText(
  language: Language,
  key: NoticeKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return fill(TEXTS[language][key], params);
}
