import type { Language } from "../../locales/language.js";

/** What a person chose for the pane on this computer; whatever belongs to the ledger is kept in the workbook instead. */
export interface Preferences {
  readonly language: "auto" | Language;
  readonly theme: "auto" | "light" | "dark" | "contrast";
}

export const DEFAULT_PREFERENCES: Preferences = { language: "auto", theme: "auto" };

const KEY = "tiaoli.preferences";
const LANGUAGES: readonly string[] = ["auto", "zh", "en"];
const THEMES: readonly string[] = ["auto", "light", "dark", "contrast"];

type Storage = Pick<globalThis.Storage, "getItem" | "setItem">;

/** What is stored, as far as it can be understood. Frames of other sites may have no storage at all. */
export function readPreferences(storage: () => Storage): Preferences {
  let stored: unknown;
  try {
    stored = JSON.parse(storage().getItem(KEY) ?? "{}");
  } catch {
    return DEFAULT_PREFERENCES;
  }
  if (typeof stored !== "object" || stored === null) return DEFAULT_PREFERENCES;
  const { language, theme } = stored as Record<string, unknown>;
  return {
    language: LANGUAGES.includes(String(language)) ? (language as Preferences["language"]) : "auto",
    theme: THEMES.includes(String(theme)) ? (theme as Preferences["theme"]) : "auto",
  };
}

export function storePreferences(preferences: Preferences, storage: () => Storage): void {
  try {
    storage().setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Without storage the choice holds until the pane is closed.
  }
}

/** The pane's language: the one chosen, else Excel's own. */
export function languageOf({ language }: Preferences, displayLanguage: string): Language {
  if (language !== "auto") return language;
  return displayLanguage.toLowerCase().startsWith("zh") ? "zh" : "en";
}
