import type { Language } from "../../locales/language.js";
import { parseDateText } from "../../rules-sheets/dates.js";
import { parseLength } from "../../rules-sheets/notation.js";
import type { Json } from "../../rules-sheets/json.js";
import { CellFault, sheetsText } from "../../rules-sheets/problem.js";
import { COLUMN_WORDS, STAGE_WORDS } from "../../rules-sheets/vocabulary.js";
import { PENALTY_TYPES, type PenaltyType } from "../../rules/events/kinds.js";
import type { Stage } from "../../rules/facts.js";
import { jobsText, type JobsKey } from "../texts.js";

/**
 * The questionnaire that a regulation is told by: a few lines on the whole, then a line for each clause, category, limit and
 * penalty, its parts divided by ｜. People fill it in as a file, or line by line at a terminal, or in the pane.
 */

export interface ClauseAnswer {
  readonly clause: string;
  readonly title: string;
  /** Why it is no rule. */
  readonly reason: string | undefined;
}

export interface CategoryAnswer {
  readonly label: string;
  readonly clause: string;
  readonly words: readonly string[];
  readonly handler: string | undefined;
}

export interface LimitAnswer {
  readonly stage: Stage;
  /** `{ days: 7 }` */
  readonly length: Json;
  readonly stated: boolean;
  readonly clause: string;
  /** Column by its id. */
  readonly from: string;
}

/** When somebody pays. */
export type Occasion =
  | { readonly kind: "category"; readonly label: string }
  | { readonly kind: "misconduct"; readonly what: string }
  | { readonly kind: "late"; readonly stage: Stage };

export interface PenaltyAnswer {
  readonly when: Occasion;
  readonly who: Bearer;
  readonly amount: { readonly of: "fixed" | "loss" | "bonus"; readonly value: number };
  readonly stated: boolean;
  readonly clause: string;
  readonly type: PenaltyType;
}

/** Who pays. */
export const BEARERS = {
  责任人: "person",
  接待人: "receiver",
  责任人的上级: "superior",
  责任单位: "unit",
  责任部门: "department",
} as const;
export type Bearer = (typeof BEARERS)[keyof typeof BEARERS];

export interface Answers {
  readonly name: string;
  readonly document: string;
  readonly from: string | undefined;
  readonly clauses: readonly ClauseAnswer[];
  readonly categories: readonly CategoryAnswer[];
  readonly limits: readonly LimitAnswer[];
  readonly penalties: readonly PenaltyAnswer[];
}

/** What is wrong with a line, from 1, and how to mend it. */
export interface AnswerProblem {
  readonly line: number;
  readonly text: string;
}

/** The parts of the questionnaire whose answers are lines, in the order in which they are asked. */
export const SECTIONS = ["clauses", "categories", "limits", "penalties"] as const;
export type Section = (typeof SECTIONS)[number];
export const SECTION_WORDS: Readonly<Record<Section, string>> = {
  clauses: "条款",
  categories: "类别",
  limits: "期限",
  penalties: "处罚",
};
/** Questions on the whole, in order. */
export const HEADS = ["name", "document", "from"] as const;
export type Head = (typeof HEADS)[number];
export const HEAD_WORDS: Readonly<Record<Head, string>> = { name: "名称", document: "文件", from: "自何日起" };

class Fault extends Error {
  constructor(
    readonly key: JobsKey,
    readonly params: Readonly<Record<string, string>> = {},
  ) {
    super(key);
  }
}

/** Reads the answers of a file; problems name their lines. */
export function readAnswers(
  text: string,
  language: Language,
): { readonly answers: Answers } | { readonly problems: readonly AnswerProblem[] } {
  const reader = new AnswerReader(language);
  text.split(/\r?\n/).forEach((line, i) => {
    reader.line(line, i + 1);
  });
  return reader.result();
}

class AnswerReader {
  private readonly problems: AnswerProblem[] = [];
  private readonly heads: Partial<Record<Head, string>> = {};
  private section: Section | undefined;
  private readonly clauses: ClauseAnswer[] = [];
  private readonly categories: CategoryAnswer[] = [];
  private readonly limits: LimitAnswer[] = [];
  private readonly penalties: PenaltyAnswer[] = [];

  constructor(private readonly language: Language) {}

  line(text: string, line: number): void {
    const plain = text.trim();
    if (plain === "" || plain.startsWith("#")) return;
    try {
      this.read(plain);
    } catch (error) {
      if (error instanceof Fault) this.problems.push({ line, text: jobsText(this.language, error.key, error.params) });
      else if (error instanceof CellFault)
        this.problems.push({ line, text: sheetsText(this.language, error.key, error.params) });
      else throw error;
    }
  }

  private read(line: string): void {
    const heading = /^【(.+)】$/.exec(line)?.[1]?.trim();
    if (heading !== undefined) {
      this.section = SECTIONS.find((name) => SECTION_WORDS[name] === heading);
      if (!this.section)
        throw new Fault("new-pack.heading", { heading, known: Object.values(SECTION_WORDS).join("、") });
      return;
    }
    if (!this.section) {
      this.readHead(line);
      return;
    }
    const parts = line.split(/[｜|]/).map((part) => part.trim());
    if (this.section === "clauses") this.clauses.push(clauseOf(parts));
    else if (this.section === "categories") this.categories.push(this.categoryOf(parts));
    else if (this.section === "limits") this.limits.push(this.limitOf(parts));
    else this.penalties.push(this.penaltyOf(parts));
  }

  private readHead(line: string): void {
    const [, word = "", value = ""] = /^([^：:]+)[：:](.*)$/.exec(line) ?? [];
    const head = HEADS.find((name) => HEAD_WORDS[name] === word.trim());
    if (!head) throw new Fault("new-pack.head", { line, known: Object.values(HEAD_WORDS).join("、") });
    if (value.trim() !== "") this.heads[head] = value.trim();
  }

  private clauseNamed(text: string | undefined): string {
    if (text === undefined || text === "") throw new Fault("new-pack.no-clause");
    if (this.clauses.every(({ clause }) => clause !== text))
      throw new Fault("new-pack.unknown-clause", {
        clause: text,
        known: this.clauses.map((one) => one.clause).join("、"),
      });
    return text;
  }

  private categoryOf([label = "", clause, words = "", handler]: readonly string[]): CategoryAnswer {
    if (label === "") throw new Fault("new-pack.category");
    if (this.categories.some((known) => known.label === label)) throw new Fault("new-pack.twice", { name: label });
    return {
      label,
      clause: this.clauseNamed(clause),
      words: words
        .split(/[、，,]/)
        .map((word) => word.trim())
        .filter((word) => word !== ""),
      handler: handler === undefined || handler === "" ? undefined : handler,
    };
  }

  private limitOf([stage = "", length = "", clause, from = ""]: readonly string[]): LimitAnswer {
    const { text, stated } = withoutSample(length);
    const column = from === "" ? "receivedAt" : COLUMN_WORDS.name(from);
    if (column === undefined) throw new CellFault("fault.column", { rest: from });
    const name = stageOf(stage);
    if (this.limits.some((known) => known.stage === name)) throw new Fault("new-pack.twice", { name: stage });
    return { stage: name, length: parseLength(text), stated, clause: this.clauseNamed(clause), from: column };
  }

  private penaltyOf([when = "", who = "", amount = "", clause, type = ""]: readonly string[]): PenaltyAnswer {
    const { text, stated } = withoutSample(amount);
    const bearer = Object.entries(BEARERS).find(([word]) => word === who)?.[1];
    if (!bearer) throw new Fault("new-pack.who", { who, known: Object.keys(BEARERS).join("、") });
    const kind = PENALTY_TYPES.find((known) => known === (type === "" ? "绩效核减" : type));
    if (!kind) throw new Fault("new-pack.type", { type, known: PENALTY_TYPES.join("、") });
    return {
      when: this.occasionOf(when),
      who: bearer,
      amount: amountOf(text),
      stated,
      clause: this.clauseNamed(clause),
      type: kind,
    };
  }

  private occasionOf(text: string): Occasion {
    const [, word, rest = ""] = /^(违规|逾期)\s*[：:]\s*(.+)$/.exec(text) ?? [];
    if (word === "违规") return { kind: "misconduct", what: rest.trim() };
    if (word === "逾期") {
      const stage = stageOf(rest);
      if (this.limits.every((limit) => limit.stage !== stage)) throw new Fault("new-pack.no-limit", { stage: rest });
      return { kind: "late", stage };
    }
    if (this.categories.some(({ label }) => label === text)) return { kind: "category", label: text };
    throw new Fault("new-pack.when", { when: text, known: this.categories.map(({ label }) => label).join("、") });
  }

  result(): { readonly answers: Answers } | { readonly problems: readonly AnswerProblem[] } {
    const { name, document, from } = this.heads;
    const lack = (key: JobsKey, params: Readonly<Record<string, string>> = {}): void => {
      this.problems.push({ line: 0, text: jobsText(this.language, key, params) });
    };
    if (name === undefined) lack("new-pack.lacks", { what: HEAD_WORDS.name });
    if (document === undefined) lack("new-pack.lacks", { what: HEAD_WORDS.document });
    const day = from === undefined ? undefined : parseDateText(from);
    if (from !== undefined && day === undefined) lack("new-pack.date", { value: from });
    if (this.problems.length === 0 && this.clauses.length === 0)
      lack("new-pack.lacks", { what: SECTION_WORDS.clauses });
    if (this.problems.length === 0 && this.limits.length === 0) lack("new-pack.lacks", { what: SECTION_WORDS.limits });
    if (this.problems.length > 0 || name === undefined || document === undefined) return { problems: this.problems };
    const { clauses, categories, limits, penalties } = this;
    return { answers: { name, document, from: day, clauses, categories, limits, penalties } };
  }
}

function clauseOf([clause = "", title = "", reason]: readonly string[]): ClauseAnswer {
  if (clause === "" || title === "") throw new Fault("new-pack.clause");
  return { clause, title, reason: reason === undefined || reason === "" ? undefined : reason };
}

function stageOf(word: string): Stage {
  const stage = STAGE_WORDS.name(word);
  if (!stage) throw new Fault("new-pack.stage", { stage: word, known: STAGE_WORDS.all.join("、") });
  return stage;
}

/** `100 元（样例）`: the text does not give it. */
function withoutSample(text: string): { readonly text: string; readonly stated: boolean } {
  const plain = text.replace(/[（(]样例[）)]\s*$/, "");
  return { text: plain.trim(), stated: plain === text };
}

function amountOf(text: string): PenaltyAnswer["amount"] {
  const found = /^(损失|奖金)?\s*(\d+(?:\.\d+)?)\s*(元|%|％)?$/.exec(text);
  const [, of, value, unit] = found ?? [];
  const isShare = unit === "%" || unit === "％";
  if (value === undefined || (of === undefined) === isShare) throw new Fault("new-pack.amount", { amount: text });
  return { of: of === "损失" ? "loss" : of === "奖金" ? "bonus" : "fixed", value: Number(value) };
}

/** A blank questionnaire with an example of each line, to be filled in. */
export function blankQuestionnaire(language: Language): string {
  const note = (key: JobsKey): string => `# ${jobsText(language, key)}`;
  return [
    note("new-pack.blank.head"),
    `${HEAD_WORDS.name}：`,
    `${HEAD_WORDS.document}：`,
    `${HEAD_WORDS.from}：`,
    ...SECTIONS.flatMap((section) => ["", `【${SECTION_WORDS[section]}】`, note(`new-pack.ask.${section}`)]),
    "",
  ].join("\n");
}
