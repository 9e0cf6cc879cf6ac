import { column, type ColumnId } from "../domain/columns.js";
import { fill, type Language } from "../locales/language.js";
import zh from "../locales/pane.zh-CN.json" with { type: "json" };

export type PaneKey = keyof typeof zh;

type PaneTexts = Readonly<Record<PaneKey, string>>;

/** The pane speaks one language at a time: Chinese comes with it, English is fetched where it is spoken. */
const known: Partial<Record<Language, PaneTexts>> = { zh };

export function hasTexts(language: Language): boolean {
  return known[language] !== undefined;
}

/** Fetches the texts of a language, once; before that nothing can be said in it. */
export async function loadTexts(language: Language): Promise<void> {
  if (!hasTexts(language)) known[language] = (await import("./english-texts.js")).default;
}

/** A text of the pane in a language, its placeholders filled. */
export type Say = (key: PaneKey, params?: Readonly<Record<string, string | number>>) => string;

export function sayIn(language: Language): Say {
  const texts = known[language];
  if (!texts) throw new Error(`no texts of ${language} were loaded`);
  return (key, params = {}) => fill(texts[key], params);
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
