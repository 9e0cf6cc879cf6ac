import en from "../locales/process.en-US.json";
import zh from "../locales/process.zh-CN.json";
import { fill, type Language } from "../locales/language.js";

export type SentenceKey = keyof typeof zh;

const TEXTS: Record<Language, Record<SentenceKey, string>> = { zh, en };

/** A sentence for people, in the language of the run. */
export function say(language: Language, key: SentenceKey, params?: Readonly<Record<string, string | number>>): string {
  return params ? fill(TEXTS[language][key], params) : TEXTS[language][key];
}
