import en from "../../locales/cli.en-US.json" with { type: "json" };
import zh from "../../locales/cli.zh-CN.json" with { type: "json" };
import { fill, type Language } from "../../locales/language.js";
import type { ExplainedGround, ExplainedParameter } from "../../process/explanation.js";

/** The words in which `tiaoli explain` explains, so that pane, command and page say the same. */
export type ExplainKey = keyof typeof zh;

const TEXTS = { zh, en } as const;

export type SayExplained = (key: ExplainKey, params?: Readonly<Record<string, string | number>>) => string;

type LabelGround = Extract<ExplainedGround, { kind: "label" }>;

export function explainedIn(language: Language): SayExplained {
  return (key, params = {}) => fill(TEXTS[language][key], params);
}

/** A parameter as it stood for the row: name, value with its unit, where it comes from and how sure it is. */
export function parameterText({ title, value, unit, source, mark }: ExplainedParameter, say: SayExplained): string {
  return `${title} = ${valueText(value, say)} ${say(`unit.${unit}` as ExplainKey)}（${source}，${say(`mark.${mark}`)}）`;
}

/** A figure, a list of words, or a table of bounds and values on one line. */
function valueText(value: ExplainedParameter["value"], say: SayExplained): string {
  if (typeof value === "number") return String(value);
  return value
    .map((item) => {
      if (typeof item === "string") return item;
      return item.upTo === undefined
        ? say("explain.tier-above", { value: item.value })
        : say("explain.tier", { upTo: item.upTo, value: item.value });
    })
    .join("、");
}

/** So many words show what a text was judged by; the rest weighs little. */
export const WORDS = 6;

/** What of a text spoke for a label and what against it, the heaviest words first; how much they weigh is the program's business. */
export function evidenceLines(ground: LabelGround, say: SayExplained): string[] {
  const words = (against: boolean): string => {
    const heavy = ground.evidence
      .filter(({ weight }) => weight < 0 === against)
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .map(({ phrase, negated }) => (negated ? `${phrase}${say("explain.negated")}` : phrase));
    return [...new Set(heavy)].slice(0, WORDS).join("、");
  };
  const [behind, against] = [words(false), words(true)];
  return [
    ...(behind === "" ? [] : [say("page.words", { words: behind })]),
    ...(against === "" ? [] : [say("page.words-against", { words: against })]),
    ...(ground.runnerUp ? [say("explain.runner-up", { value: ground.runnerUp.value })] : []),
  ];
}
