import { fill, type Language } from "../../locales/language.js";
import en from "../../locales/workbench.en-US.json" with { type: "json" };
import zh from "../../locales/workbench.zh-CN.json" with { type: "json" };

export type BenchKey = keyof typeof zh;
export type Say = (key: BenchKey, params?: Readonly<Record<string, string | number>>) => string;

const TEXTS: Readonly<Record<Language, Readonly<Record<BenchKey, string>>>> = { zh, en };

/** A text of the workbench in a language, its placeholders filled. */
export function sayIn(language: Language): Say {
  return (key, params = {}) => fill(TEXTS[language][key], params);
}
