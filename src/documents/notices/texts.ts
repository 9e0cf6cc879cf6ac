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

/** The `n`th heading of a notice, counted over the sections it shows: 三、说明. */
export function sectionTitle(language: Language, n: number, title: NoticeKey): string {
  return noticeText(language, "section", { n: sectionNumber(language, n), title: noticeText(language, title) });
}

/** The number of a section, from 1 on: 三. */
export function sectionNumber(language: Language, n: number): string {
  return noticeText(language, "ordinals").split(" ")[n - 1]!;
}

/** A month `yyyy-mm` as people write it: 2026年3月. */
export function monthName(language: Language, month: string): string {
  const [year, n] = month.split("-");
  return noticeText(language, "month.name", { year: year!, n: Number(n) });
}
