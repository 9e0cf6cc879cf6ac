import en from "../../locales/cli.en-US.json" with { type: "json" };
import zh from "../../locales/cli.zh-CN.json" with { type: "json" };
import { fill, type Language } from "../../locales/language.js";

/** The words in which `tiaoli explain` explains, so that pane and command say the same. Loaded with the case, not before. */
export type ExplainKey = keyof typeof zh;

const TEXTS = { zh, en } as const;

export type SayExplained = (key: ExplainKey, params?: Readonly<Record<string, string | number>>) => string;

export function explainedIn(language: Language): SayExplained {
  return (key, params = {}) => fill(TEXTS[language][key], params);
}
