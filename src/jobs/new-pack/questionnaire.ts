import type { Language } from "../../locales/language.js";
import { parseDateText } from "../../rules-sheets/dates.js";
import { parseLength } from "../../rules-sheets/notation.js";
import type { Json } from "../../rules-sheets/json.js";
import { CellFault, sheetsText } from "../../rules-sheets/problem.js";
import { COLUMN_WORDS, STAGE_WORDS } from "../../rules-sheets/vocabulary.js";
import { PENALTY_TYPES, type PenaltyType } from "../../rules/events/kinds.js";
import { STAGES, type Stage } from "../../rules/facts.js";
import { INPUT_COLUMNS } from "../../domain/columns.js";
import { readChineseWhole } from "../../domain/numerals.js";
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

/** Where complaints of a limit of their own come from. */
export const LIMIT_PLACES = { 国内: "home", 国外: "abroad" } as const;
export type LimitPlace = (typeof LIMIT_PLACES)[keyof typeof LIMIT_PLACES];

export interface LimitAnswer {
  readonly stage: Stage;
  /** For complaints from at home or abroad alone: 结案（国内）, 结案（国外）. */
  readonly place: LimitPlace | undefined;
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
  责任班组: "unit",
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
type Worded<Name extends string> = Readonly<Record<Language, Readonly<Record<Name, string>>>>;

/** The words of the questionnaire; either language is understood, whichever it is asked in. */
export const SECTION_WORDS: Worded<Section> = {
  zh: { clauses: "条款", categories: "类别", limits: "期限", penalties: "处罚" },
  en: { clauses: "Clauses", categories: "Categories", limits: "Limits", penalties: "Penalties" },
};
/** Questions on the whole, in order. */
export const HEADS = ["name", "document", "from"] as const;
export type Head = (typeof HEADS)[number];
export const HEAD_WORDS: Worded<Head> = {
  zh: { name: "名称", document: "文件", from: "自何日起" },
  en: { name: "Name", document: "Document", from: "In force from" },
};

/** Which of the names a word of either language means. */
function meant<Name extends string>(words: Worded<Name>, names: readonly Name[], word: string): Name | undefined {
  const plain = word.trim().toLowerCase();
  return names.find((name) => words.zh[name] === plain || words.en[name].toLowerCase() === plain);
}

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
    const heading = /^[【[](.+)[】\]]$/.exec(line)?.[1]?.trim();
    if (heading !== undefined) {
      this.section = meant(SECTION_WORDS, SECTIONS, heading);
      if (!this.section) throw new Fault("new-pack.heading", { heading, known: this.known(SECTION_WORDS) });
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
    const head = meant(HEAD_WORDS, HEADS, word);
    if (!head) throw new Fault("new-pack.head", { line, known: this.known(HEAD_WORDS) });
    const answer = value.trim();
    if (answer === "" && head !== "from") throw new Fault("new-pack.lacks", { what: HEAD_WORDS[this.language][head] });
    if (head === "from" && answer !== "" && parseDateText(answer) === undefined)
      throw new Fault("new-pack.date", { value: answer });
    if (answer !== "") this.heads[head] = answer;
  }

  private known(words: Worded<string>): string {
    return Object.values(words[this.language]).join(this.language === "zh" ? "、" : ", ");
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
    const column = from === "" ? "receivedAt" : (COLUMN_WORDS.name(from) ?? columnByAlias(from));
    if (column === undefined) throw new CellFault("fault.column", { rest: from });
    const { name, place } = placedStage(stage);
    // A limit for all and one for abroad would both hold for a complaint from there.
    const meets = (known: LimitAnswer): boolean =>
      known.stage === name && (known.place === place || known.place === undefined || place === undefined);
    if (this.limits.some(meets)) throw new Fault("new-pack.limit-twice", { stage: STAGE_WORDS.word(name) });
    return {
      stage: name,
      place,
      length: parseLength(inDigits(inChinese(text, LENGTH_WORDS))),
      stated,
      clause: this.clauseNamed(clause),
      from: column,
    };
  }

  private penaltyOf([when = "", who = "", amount = "", clause, type = ""]: readonly string[]): PenaltyAnswer {
    const { text, stated } = withoutSample(amount);
    const bearer = Object.entries(BEARERS).find(([word, id]) => word === who || id === who.toLowerCase())?.[1];
    if (!bearer) {
      const known =
        this.language === "zh" ? Object.keys(BEARERS).join("、") : [...new Set(Object.values(BEARERS))].join(", ");
      throw new Fault("new-pack.who", { who, known });
    }
    const kind = PENALTY_TYPES.find((known) => known === (type === "" ? "绩效核减" : inChinese(type, TYPE_WORDS)));
    if (!kind) {
      const known = this.language === "zh" ? PENALTY_TYPES.join("、") : TYPE_WORDS.map(([word]) => word).join(", ");
      throw new Fault("new-pack.type", { type, known });
    }
    return {
      when: this.occasionOf(when),
      who: bearer,
      amount: amountOf(inChinese(text, AMOUNT_WORDS)),
      stated,
      clause: this.clauseNamed(clause),
      type: kind,
    };
  }

  private occasionOf(text: string): Occasion {
    const [, first = "", rest = ""] = /^(违规|逾期|misconduct|late)\s*[：:]\s*(.+)$/i.exec(text) ?? [];
    const word = inChinese(first, OCCASION_WORDS);
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
    const words = { ...HEAD_WORDS[this.language], ...SECTION_WORDS[this.language] };
    if (this.problems.length === 0 && name === undefined) lack("new-pack.lacks", { what: words.name });
    if (this.problems.length === 0 && document === undefined) lack("new-pack.lacks", { what: words.document });
    const day = from === undefined ? undefined : parseDateText(from);
    if (this.problems.length === 0 && this.clauses.length === 0) lack("new-pack.lacks", { what: words.clauses });
    if (this.problems.length === 0 && this.limits.length === 0) lack("new-pack.lacks", { what: words.limits });
    if (this.problems.length > 0 || name === undefined || document === undefined) return { problems: this.problems };
    const { clauses, categories, limits, penalties } = this;
    return { answers: { name, document, from: day, clauses, categories, limits, penalties } };
  }
}

function clauseOf([clause = "", title = "", reason]: readonly string[]): ClauseAnswer {
  if (clause === "" || title === "") throw new Fault("new-pack.clause");
  return { clause, title, reason: reason === undefined || reason === "" ? undefined : reason };
}

type Words = readonly (readonly [english: string, chinese: string])[];

const LENGTH_WORDS: Words = [
  ["working days", "工作日"],
  ["working day", "工作日"],
  ["days", "天"],
  ["day", "天"],
  ["hours", "小时"],
  ["hour", "小时"],
  ["minutes", "分钟"],
  ["minute", "分钟"],
  ["end of work", "下班前"],
];
const AMOUNT_WORDS: Words = [
  ["loss", "损失"],
  ["bonus", "奖金"],
  ["yuan", "元"],
];
const OCCASION_WORDS: Words = [
  ["misconduct", "违规"],
  ["late", "逾期"],
];
const TYPE_WORDS: Words = [
  ["bonus reduction", "绩效核减"],
  ["compensation", "损失赔偿"],
  ["fine", "罚款"],
  ["sanction", "行政处分"],
];

/** A short answer with its English words put into Chinese ones, by which everything behind it knows them. */
function inChinese(text: string, words: Words): string {
  return words.reduce((all, [english, chinese]) => all.replace(new RegExp(`\\b${english}\\b`, "i"), chinese), text);
}

/** 三天 as 3天: regulations write their figures out. */
function inDigits(text: string): string {
  const [, written = "", rest = ""] = /^([〇零一二两三四五六七八九十百]+)(.*)$/.exec(text) ?? [];
  const value = readChineseWhole(written);
  return value === undefined ? text : `${value} ${rest}`;
}

function columnByAlias(name: string): string | undefined {
  return INPUT_COLUMNS.find(({ alias }) => alias.toLowerCase() === name.toLowerCase())?.id;
}

/** A stage by its Chinese word, or by its id as people write it: first reply. */
function stageOf(word: string): Stage {
  const plain = word.toLowerCase().replace(/[\s-]/g, "");
  const stage = STAGE_WORDS.name(word) ?? STAGES.find((id) => id.toLowerCase() === plain);
  if (!stage) throw new Fault("new-pack.stage", { stage: word, known: STAGE_WORDS.all.join("、") });
  return stage;
}

/** `结案（国内）`, `close (abroad)`: a stage, and where the complaints come from that it holds for. */
function placedStage(text: string): { readonly name: Stage; readonly place: LimitPlace | undefined } {
  const [, stage = text, written] = /^(.+?)\s*[（(]\s*(国内|国外|home|abroad)\s*[）)]$/i.exec(text) ?? [];
  const place = Object.entries(LIMIT_PLACES).find(([zh, id]) => zh === written || id === written?.toLowerCase())?.[1];
  return { name: stageOf(stage), place };
}

/** `100 元（样例）`: the text does not give it. */
function withoutSample(text: string): { readonly text: string; readonly stated: boolean } {
  const plain = text.replace(/[（(](?:样例|sample)[）)]\s*$/i, "");
  return { text: plain.trim(), stated: plain === text };
}

function amountOf(text: string): PenaltyAnswer["amount"] {
  const found = /^(损失|奖金)?\s*(\d+(?:\.\d+)?)\s*(元|%|％)?$/.exec(text);
  const [, of, value, unit] = found ?? [];
  const isShare = unit === "%" || unit === "％";
  if (value === undefined || (of === undefined) === isShare) throw new Fault("new-pack.amount", { amount: text });
  return { of: of === "损失" ? "loss" : of === "奖金" ? "bonus" : "fixed", value: Number(value) };
}

/** A line that answers a question on the whole. */
export function headLine(language: Language, head: Head, answer: string): string {
  return language === "zh" ? `${HEAD_WORDS.zh[head]}：${answer}` : `${HEAD_WORDS.en[head]}: ${answer}`;
}

export function sectionLine(language: Language, section: Section): string {
  const word = SECTION_WORDS[language][section];
  return language === "zh" ? `【${word}】` : `[${word}]`;
}

/** A blank questionnaire with an example of each line, to be filled in. */
export function blankQuestionnaire(language: Language): string {
  const note = (key: JobsKey): string => `# ${jobsText(language, key)}`;
  return [
    note("new-pack.blank.head"),
    ...HEADS.map((head) => headLine(language, head, "")),
    ...SECTIONS.flatMap((section) => ["", sectionLine(language, section), note(`new-pack.ask.${section}`)]),
    "",
  ].join("\n");
}
