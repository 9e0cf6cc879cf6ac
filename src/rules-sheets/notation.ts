import { isObject, type DraftObject, type Json } from "./json.js";
import { CellFault } from "./problem.js";
import { comparedValue, valueText } from "./expression.js";
import { CLOSE, factAt, OPEN, parameterOf, parameterText, Scanner, type Titles } from "./scanner.js";
import { COLUMN_WORDS, FACT_WORDS, FORMULA_WORDS, STAGE_WORDS, SUBJECT_WORDS, type Words } from "./vocabulary.js";

/** Limits, amounts, bearers and tiers as short notations. What a notation has no words for gives undefined. */

// ------------------------------------------------------------ numbers by parameter

export function numberText(value: Json | undefined, titles: Titles): string | undefined {
  if (typeof value === "number") return String(value);
  const parameter = parameterOf(value);
  return parameter === undefined ? undefined : parameterText(parameter, titles);
}

function numberAt(scanner: Scanner): Json {
  const found = scanner.parameter() ?? scanner.number();
  if (found === undefined) throw new CellFault("fault.number-or-parameter", { rest: scanner.rest });
  return found;
}

// ------------------------------------------------------------ limits

const END_OF_WORK = "下班前";
const LENGTHS = [
  ["workingDays", "工作日"],
  ["days", "天"],
  ["hours", "小时"],
  ["minutes", "分钟"],
] as const;

const ALSO_READ = [
  ["days", "自然日"],
  ["days", "日历日"],
  ["days", "日"],
] as const;

/** `3 工作日`, `参数【closeDays】 天`, `下班前` */
export function lengthText(value: Json | undefined, titles: Titles): string | undefined {
  if (!isObject(value)) return undefined;
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0) return undefined;
  if (key === "endOfWork" && value[key] === true) return END_OF_WORK;
  const unit = LENGTHS.find(([name]) => name === key)?.[1];
  const amount = numberText(value[key], titles);
  return unit === undefined || amount === undefined ? undefined : `${amount} ${unit}`;
}

export function parseLength(text: string): Json {
  const scanner = new Scanner(text);
  if (scanner.take([END_OF_WORK]) !== undefined) return ended(scanner, { endOfWork: true });
  const amount = numberAt(scanner);
  // 5 个工作日, 7 日: as regulations write them.
  scanner.take(["个"]);
  const unit = scanner.take([...LENGTHS, ...ALSO_READ].map(([, word]) => word));
  const key = [...LENGTHS, ...ALSO_READ].find(([, word]) => word === unit)?.[0];
  if (key === undefined) throw new CellFault("fault.length", { rest: scanner.rest });
  return ended(scanner, { [key]: amount });
}

function ended(scanner: Scanner, value: Json): Json {
  if (!scanner.done) throw new CellFault("fault.rest", { rest: scanner.rest });
  return value;
}

// ------------------------------------------------------------ named forms with values

/** A value of a named form: a number, a fact, a column of the ledger, a word, or a parameter. */
type Part = "number" | "fact" | "column" | "text" | "parameter";

/** Objects of a closed set that one key names: amounts and bearers. */
export interface Form {
  /** The key that names the form. */
  readonly by: string;
  readonly words: Words;
  readonly parts: Readonly<Record<string, readonly [word: string, part: Part]>>;
}

export const AMOUNT_FORM: Form = {
  by: "formula",
  words: FORMULA_WORDS,
  parts: {
    amount: ["金额", "number"],
    times: ["倍数", "number"],
    count: ["次数", "fact"],
    base: ["基数", "column"],
    rate: ["比例", "number"],
    by: ["依据", "fact"],
    tiers: ["档位表", "parameter"],
    months: ["月数", "fact"],
    least: ["最低", "number"],
    most: ["最高", "number"],
  },
};

export const SUBJECT_FORM: Form = {
  by: "who",
  words: SUBJECT_WORDS,
  parts: { post: ["岗位", "text"], name: ["名称", "text"] },
};

/** `定额（金额=参数【fine】；倍数=2）`, `责任人` */
export function formText(value: Json | undefined, form: Form, titles: Titles): string | undefined {
  if (!isObject(value)) return undefined;
  const { [form.by]: name, ...rest } = value;
  if (typeof name !== "string" || form.words.name(name) === undefined) return undefined;
  const parts = Object.entries(rest).map(([key, item]) => {
    const known = Object.hasOwn(form.parts, key) ? form.parts[key] : undefined;
    const shown = known && partText(item, known[1], titles);
    return known && shown !== undefined ? `${known[0]}=${shown}` : undefined;
  });
  if (parts.includes(undefined)) return undefined;
  return form.words.word(name) + (parts.length > 0 ? `（${parts.join("；")}）` : "");
}

function partText(value: Json, part: Part, titles: Titles): string | undefined {
  switch (part) {
    case "number":
      return numberText(value, titles);
    case "parameter": {
      const name = parameterOf(value);
      return name === undefined ? undefined : parameterText(name, titles);
    }
    case "fact":
      return typeof value === "string" && FACT_WORDS.name(value) !== undefined ? FACT_WORDS.word(value) : undefined;
    case "column":
      return typeof value === "string" && COLUMN_WORDS.name(value) !== undefined ? COLUMN_WORDS.word(value) : undefined;
    case "text":
      return typeof value === "string" ? valueText(value, titles) : undefined;
  }
}

export function parseForm(text: string, form: Form): Json {
  const scanner = new Scanner(text);
  const word = scanner.take(form.words.spellings);
  const name = word === undefined ? undefined : form.words.name(word);
  if (name === undefined) throw new CellFault("fault.form", { rest: scanner.rest, known: form.words.all.join("、") });
  const value: DraftObject = { [form.by]: name };
  if (scanner.take(OPEN) === undefined) return ended(scanner, value);
  const keys = Object.entries(form.parts);
  do {
    const key = scanner.take(keys.map(([, [known]]) => known));
    const found = keys.find(([, [known]]) => known === key);
    if (!found)
      throw new CellFault("fault.part", { rest: scanner.rest, known: keys.map(([, [one]]) => one).join("、") });
    if (scanner.take(["=", "＝", "：", ":"]) === undefined) throw new CellFault("fault.equals", { rest: scanner.rest });
    value[found[0]] = partAt(scanner, found[1][1]);
  } while (scanner.take(["；", ";", "，", ","]) !== undefined);
  scanner.expect(CLOSE, "fault.close");
  return ended(scanner, value);
}

function partAt(scanner: Scanner, part: Part): Json {
  switch (part) {
    case "number":
      return numberAt(scanner);
    case "parameter": {
      const parameter = scanner.parameter();
      if (parameter === undefined) throw new CellFault("fault.parameter", { rest: scanner.rest });
      return parameter;
    }
    case "fact":
    case "column": {
      const fact = factAt(scanner);
      if (fact === undefined) throw new CellFault("fault.fact", { rest: scanner.rest });
      return fact;
    }
    case "text":
      return scanner.quoted() ?? scanner.until("；;）)").trim();
  }
}

// ------------------------------------------------------------ the day of a penalty

const DAYS = {
  column: "时间",
  missedLimit: "错过结案期限",
  eachMonthPast: "逾期每满一月",
  missedStage: "错过环节",
} as const;

/** `错过结案期限（一般）`, `时间（结案时间）` */
export function dayText(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const [[key, item] = [], ...others] = Object.entries(value);
  if (key === undefined || others.length > 0 || typeof item !== "string" || !Object.hasOwn(DAYS, key)) return undefined;
  const word = key === "column" ? COLUMN_WORDS.word(item) : key === "missedStage" ? STAGE_WORDS.word(item) : item;
  return `${DAYS[key as keyof typeof DAYS]}（${word}）`;
}

export function parseDay(text: string): Json {
  const scanner = new Scanner(text);
  const word = scanner.take(Object.values(DAYS));
  const key = Object.entries(DAYS).find(([, known]) => known === word)?.[0];
  if (key === undefined || scanner.take(OPEN) === undefined)
    throw new CellFault("fault.day", { known: Object.values(DAYS).join("、") });
  const inside = scanner.until("）)").trim();
  scanner.expect(CLOSE, "fault.close");
  const name = key === "column" ? COLUMN_WORDS.name(inside) : key === "missedStage" ? STAGE_WORDS.name(inside) : inside;
  return ended(scanner, { [key]: name ?? inside });
}

// ------------------------------------------------------------ tiers

const ABOVE = "以上";

/** `≤5000：业务经理；≤20000：副总经理；以上：总经理` */
export function tiersText(value: Json | undefined): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const tiers = (value as readonly Json[]).map((tier) => {
    if (!isObject(tier) || Object.keys(tier).some((key) => key !== "upTo" && key !== "value")) return undefined;
    const { upTo, value: given } = tier;
    if (upTo !== undefined && typeof upTo !== "number") return undefined;
    if (typeof given !== "number" && (typeof given !== "string" || !isPlainTier(given))) return undefined;
    return `${upTo === undefined ? ABOVE : `≤${upTo}`}：${given}`;
  });
  return tiers.length === 0 || tiers.includes(undefined) ? undefined : tiers.join("；");
}

function isPlainTier(text: string): boolean {
  return text.trim() === text && text !== "" && !/[；;\n]/.test(text) && !isNumber(text);
}

export function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

export function parseTiers(text: string): Json {
  return text
    .split(/[；;\n]/)
    .filter((part) => part.trim() !== "")
    .map((part): Json => {
      const found = /^\s*(?:(?:≤|<=|不超过)\s*(-?\d+(?:\.\d+)?)|以上)\s*[：:]\s*(.+?)\s*$/s.exec(part);
      if (!found) throw new CellFault("fault.tiers", { part: part.trim() });
      const [, upTo, given] = found as unknown as [string, string | undefined, string];
      const value = isNumber(given) ? Number(given) : given;
      return upTo === undefined ? { value } : { upTo: Number(upTo), value };
    });
}

// ------------------------------------------------------------ cells of decision tables

/** A cell of a decision table: a word as it is, everything else as conditions write it; blank asks nothing. */
export function plainText(value: Json | undefined, titles: Titles): string | number | null | undefined {
  if (value === null) return null;
  if (typeof value === "number") return value;
  if (typeof value === "string" && isPlain(value)) return value;
  return valueText(value, titles) ?? JSON.stringify(value);
}

/** Whether a text stands for itself, and for nothing that a notation would take it for. */
export function isPlain(text: string): boolean {
  return (
    text !== "" &&
    text.trim() === text &&
    !/[\n"「“（(【[{]/.test(text) &&
    !isNumber(text) &&
    !["是", "否", "true", "false", "null"].includes(text)
  );
}

export function parsePlain(text: string): Json {
  if (isPlain(text) && !text.startsWith("参数")) return text;
  if (text.startsWith("{") || text.startsWith("[")) {
    try {
      return JSON.parse(text) as Json;
    } catch {
      throw new CellFault("fault.json", { rest: text.slice(0, 12) });
    }
  }
  const scanner = new Scanner(text);
  // A bracket in the middle of a word is part of the word.
  if (!/^[\d\-「“"（(是否]|^参数[【[]/.test(text)) return text;
  return ended(scanner, comparedValue(scanner));
}
