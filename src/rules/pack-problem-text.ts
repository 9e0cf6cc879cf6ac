import type { PackProblem } from "./pack-problem.js";
import { fill, type Language } from "../locales/language.js";
import en from "../locales/pack-problems.en-US.json" with { type: "json" };
import zh from "../locales/pack-problems.zh-CN.json" with { type: "json" };

type Sentences = Readonly<Record<string, string>>;

const SENTENCES: Readonly<Record<Language, Sentences>> = { zh, en };
const JOINT: Readonly<Record<Language, { readonly colon: string; readonly semicolon: string; readonly or: string }>> = {
  zh: { colon: "：", semicolon: "；", or: "或" },
  en: { colon: ": ", semicolon: "; ", or: " or " },
};

/** Parameters whose values are names of ours and have words in each language. */
const TERMS: ReadonlySet<string> = new Set(["found", "expected", "kind", "reason", "period", "unit"]);

/** One line about why a pack was refused: `file:line:column rule: what is wrong; how to mend it`. */
export function problemText(problem: PackProblem, language: Language): string {
  return `${placeOf(problem)}${JOINT[language].colon}${problemSentence(problem, language)}`;
}

/** What is wrong and how to mend it, without the place. */
export function problemSentence(problem: PackProblem, language: Language): string {
  const sentences = SENTENCES[language];
  const { semicolon } = JOINT[language];
  const params = Object.fromEntries(
    Object.entries(problem.params).map(([name, value]) => [
      name,
      typeof value === "number" ? value : shown(TERMS.has(name) ? term(value, language) : value),
    ]),
  );
  const what = sentences[problem.code] ?? problem.code;
  const mend = sentences[mendingKey(problem)];
  const sentence = mend === undefined ? what : `${what}${semicolon}${mend}`;
  return fill(sentence, params);
}

/** Characters of a value that a sentence repeats; what stands in the file may be as long as the file. */
const MOST_SHOWN = 300;

/** A value of the file as part of one line: cut where it is endless, without line ends and other control characters. */
function shown(value: string): string {
  const line = value.slice(0, MOST_SHOWN + 1).replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, " ");
  return value.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
}

/** The nearest known name is the best help, then the names there are, then the general advice. */
function mendingKey({ code, params }: PackProblem): string {
  if (params["nearest"] !== undefined) return "hint.nearest";
  return params["allowed"] !== undefined ? "hint.allowed" : `${code}.mend`;
}

function placeOf({ file, line, column, ruleId }: PackProblem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  return ruleId === undefined ? place : `${place} ${ruleId}`;
}

function term(value: string, language: Language): string {
  const sentences = SENTENCES[language];
  return value
    .split(" / ")
    .map((name) => sentences[`term.${name}`] ?? name)
    .join(JOINT[language].or);
}
