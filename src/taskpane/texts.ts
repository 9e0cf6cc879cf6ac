import { column, type ColumnId } from "../domain/columns.js";
import { fill, type Language } from "../locales/language.js";
import en from "../locales/pane.en-US.json" with { type: "json" };
import zh from "../locales/pane.zh-CN.json" with { type: "json" };

export type PaneKey = keyof typeof zh;

const TEXTS: Readonly<Record<Language, Readonly<Record<PaneKey, string>>>> = { zh, en };

/** A text of the pane in a language, its placeholders filled. */
export type Say = (key: PaneKey, params?: Readonly<Record<string, string | number>>) => string;

export function sayIn(language: Language): Say {
  return (key, params = {}) => fill(TEXTS[language][key], params);
}

/** What a column is called in a language: its Chinese header, or its English alias. */
export function columnTitle(id: ColumnId, language: Language): string {
  const { header, alias } = column(id);
  return language === "zh" ? header : alias;
}

/** Between the parts of a list within a sentence. */
export function listed(parts: readonly string[], language: Language): string {
  return parts.join(language === "zh" ? "、" : ", ");
}
