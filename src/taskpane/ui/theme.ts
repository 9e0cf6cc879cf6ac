import {
  createDarkTheme,
  createLightTheme,
  teamsHighContrastTheme,
  type BrandVariants,
  type Theme,
} from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { Preferences } from "../state/preferences.js";

/** Greens that stand beside Excel's own without being taken for it. */
const BRAND: BrandVariants = {
  10: "#020403",
  20: "#0d1c17",
  30: "#102f26",
  40: "#123d31",
  50: "#134b3c",
  60: "#135a48",
  70: "#136954",
  80: "#117865",
  90: "#3a8774",
  100: "#579784",
  110: "#71a694",
  120: "#8bb6a5",
  130: "#a5c6b7",
  140: "#bfd6c9",
  150: "#d9e6dc",
  160: "#f0f7f2",
};

const FONTS =
  '"Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", system-ui, sans-serif';
const MONO = 'Consolas, "Cascadia Mono", Menlo, "Courier New", "Microsoft YaHei", monospace';

const withFonts = (theme: Theme): Theme => ({ ...theme, fontFamilyBase: FONTS, fontFamilyMonospace: MONO });

const dark = createDarkTheme(BRAND);
const THEMES = {
  light: withFonts(createLightTheme(BRAND)),
  // The brand's own darker tones are too dark for text on a dark ground.
  dark: withFonts({
    ...dark,
    colorBrandForeground1: BRAND[120],
    colorBrandForeground2: BRAND[130],
    colorBrandForegroundLink: BRAND[120],
    colorBrandForegroundLinkHover: BRAND[130],
    colorBrandForegroundLinkPressed: BRAND[140],
  }),
  contrast: withFonts(teamsHighContrastTheme),
} as const;

export type ThemeName = keyof typeof THEMES;

export interface OfficeColours {
  readonly isDarkTheme?: boolean;
  readonly bodyBackgroundColor?: string;
}

/** The theme: the one chosen, else Excel's, else the system's. */
export function themeName(
  { theme }: Preferences,
  office: OfficeColours | undefined,
  matches: (query: string) => boolean,
): ThemeName {
  if (theme !== "auto") return theme;
  if (matches("(forced-colors: active)") && matches("(prefers-color-scheme: dark)")) return "contrast";
  if (office?.isDarkTheme !== undefined) return office.isDarkTheme ? "dark" : "light";
  if (office?.bodyBackgroundColor !== undefined && office.bodyBackgroundColor !== "") {
    return isDark(office.bodyBackgroundColor) ? "dark" : "light";
  }
  return matches("(prefers-color-scheme: dark)") ? "dark" : "light";
}

function isDark(colour: string): boolean {
  const parts = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
  if (!parts) return false;
  const [red, green, blue] = parts.slice(1).map((part) => parseInt(part, 16)) as [number, number, number];
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

const QUERIES = ["(forced-colors: active)", "(prefers-color-scheme: dark)"];

/** Follows the preference and the system's colours. */
export function useTheme(preferences: Preferences, office: OfficeColours | undefined): Theme {
  const [, again] = useState(0);
  useEffect(() => {
    const lists = QUERIES.map((query) => window.matchMedia(query));
    const listen = (): void => {
      again((n) => n + 1);
    };
    for (const list of lists) list.addEventListener("change", listen);
    return () => {
      for (const list of lists) list.removeEventListener("change", listen);
    };
  }, []);
  return THEMES[themeName(preferences, office, (query) => window.matchMedia(query).matches)];
}
