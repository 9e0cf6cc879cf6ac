import en from "../locales/batch.en-US.json";
import zh from "../locales/batch.zh-CN.json";
import { fill, type Language } from "../locales/language.js";

export type BatchKey = keyof typeof zh;

const TEXTS: Record<Language, Record<BatchKey, string>> = { zh, en };

export function batchText(
  language: Language,
  key: BatchKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return fill(TEXTS[language][key], params);
}
