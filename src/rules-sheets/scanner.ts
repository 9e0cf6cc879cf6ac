import { FACT_WORDS, OPERATOR_WORDS } from "./vocabulary.js";
import { isObject, type Json } from "./json.js";
import { CellFault } from "./problem.js";

/** What a notation is read with: parameters bear their titles beside their names, for people only. */
export interface Titles {
  /** Titles of parameters by name. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Characters of what is left that a sentence shows. */
const SHOWN = 12;
const SPACE = /\s/;

/** Reads the notations of cells from left to right. */
export class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Nothing but space is left. */
  get done(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  /** What follows, for a sentence. */
  get rest(): string {
    this.skip();
    const rest = this.text.slice(this.at, this.at + SHOWN);
    return rest + (this.text.length > this.at + SHOWN ? "…" : "");
  }

  /** The first of these words that stands here. */
  take(words: readonly string[]): string | undefined {
    this.skip();
    const found = words.find((word) => this.text.startsWith(word, this.at));
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** What stands before one of these characters, or before the end. */
  until(stops: string): string {
    const start = this.at;
    while (this.at < this.text.length && !stops.includes(this.text[this.at]!)) this.at += 1;
    return this.text.slice(start, this.at);
  }

  number(): number | undefined {
    this.skip();
    const found = /^-?\d+(?:\.\d+)?/.exec(this.text.slice(this.at, this.at + 40))?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    return Number(found);
  }

  /** A text in 「」, “” or as JSON writes it. */
  quoted(): string | undefined {
    this.skip();
    for (const [open, close] of QUOTES) {
      if (this.text[this.at] !== open) continue;
      const end = this.text.indexOf(close, this.at + 1);
      if (end < 0) throw new CellFault("fault.quote", { rest: this.rest });
      const inside = this.text.slice(this.at + 1, end);
      this.at = end + 1;
      return inside;
    }
    const json = /^"(?:[^"\\]|\\.)*"/.exec(this.text.slice(this.at))?.[0];
    if (json === undefined) return undefined;
    this.at += json.length;
    return parsedJson(json) as string;
  }

  /** A JSON object that stands here whole. */
  object(): Json | undefined {
    this.skip();
    if (this.text[this.at] !== "{") return undefined;
    for (let end = this.text.indexOf("}", this.at); end >= 0; end = this.text.indexOf("}", end + 1)) {
      try {
        const value = JSON.parse(this.text.slice(this.at, end + 1)) as Json;
        this.at = end + 1;
        return value;
      } catch {
        // A brace inside: the object goes on.
      }
    }
    throw new CellFault("fault.json", { rest: this.rest });
  }

  /** `参数【name title】`; the title is for people. */
  parameter(): Json | undefined {
    const name = this.named("参数");
    return name === undefined ? undefined : { parameter: name };
  }

  /** `word【name …】` */
  named(word: string): string | undefined {
    if (this.take([`${word}【`, `${word}[`]) === undefined) return undefined;
    const inside = this.until("】]").trim();
    this.expect(["】", "]"], "fault.bracket");
    return inside.split(SPACE)[0] ?? "";
  }

  expect(words: readonly string[], key: "fault.bracket" | "fault.close"): void {
    if (this.take(words) === undefined) throw new CellFault(key, { rest: this.rest });
  }

  private skip(): void {
    while (this.at < this.text.length && SPACE.test(this.text[this.at]!)) this.at += 1;
  }
}

const QUOTES = [
  ["「", "」"],
  ["“", "”"],
] as const;

function parsedJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new CellFault("fault.json", { rest: text.slice(0, SHOWN) });
  }
}

export const OPEN = ["（", "("];
export const CLOSE = ["）", ")"];
export const COMMA = ["、", "，", ","];

export function quote(text: string): string {
  return /[「」\n]/.test(text) ? JSON.stringify(text) : `「${text}」`;
}

/** `参数【closeDays 结案期限】` */
export function parameterText(name: string, { titles }: Titles): string {
  const title = titles.get(name)?.replace(/[【】[\]]/g, "");
  return `参数【${name}${title === undefined ? "" : ` ${title}`}】`;
}

/** The name of a parameter, where the value is nothing but a reference to one. */
export function parameterOf(value: Json | undefined): string | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  return typeof value["parameter"] === "string" ? value["parameter"] : undefined;
}

const FACT_SPELLINGS = FACT_WORDS.spellings;

/** A fact by its word or name. */
export function factAt(scanner: Scanner): string | undefined {
  const word = scanner.take(FACT_SPELLINGS);
  return word === undefined ? undefined : FACT_WORDS.name(word);
}

/** Other ways in which people write comparisons. */
const OTHER_OPERATORS: Readonly<Record<string, string>> = {
  等于: "equal",
  不等于: "notEqual",
  "!=": "notEqual",
  小于: "lessThan",
  不大于: "lessThanInclusive",
  "<=": "lessThanInclusive",
  大于: "greaterThan",
  不小于: "greaterThanInclusive",
  ">=": "greaterThanInclusive",
  "＝": "equal",
  "＜": "lessThan",
  "＞": "greaterThan",
};
const OPERATOR_SPELLINGS = [...OPERATOR_WORDS.spellings, ...Object.keys(OTHER_OPERATORS)].sort(
  (a, b) => b.length - a.length,
);

export function operatorAt(scanner: Scanner): string | undefined {
  const word = scanner.take(OPERATOR_SPELLINGS);
  return word === undefined ? undefined : (OPERATOR_WORDS.name(word) ?? OTHER_OPERATORS[word]);
}
