import { isList, isObject, type Json } from "./json.js";
import { parseDateText } from "./dates.js";
import { conditionText, parseCondition } from "./expression.js";
import {
  dayText,
  formText,
  isNumber,
  lengthText,
  numberText,
  parseDay,
  parseForm,
  parseLength,
  parsePlain,
  parseTiers,
  plainText,
  tiersText,
  type Form,
} from "./notation.js";
import { CellFault } from "./problem.js";
import { NONE, parseRecord, parseRecords, recordsText, recordText } from "./records.js";
import { parameterText, Scanner, type Titles } from "./scanner.js";
import { COLUMN_WORDS, FACT_WORDS, YES_NO, type Words } from "./vocabulary.js";

/** What a cell of a sheet may hold; null: blank. */
export type CellValue = string | number | boolean | null;

/** What cells are written and read with. */
export interface CellContext extends Titles {
  /** The document a pack is made from: clauses of it go without its name. */
  readonly document: string;
}

/** How one kind of value stands in a cell. Reading throws `CellFault`. */
export interface Codec {
  /** The cell's format: texts stay texts whatever they look like. */
  readonly cell: "text" | "number" | "date";
  /** What the drop-down offers. */
  readonly choices?: readonly string[];
  /** undefined: the notation can't say this value. */
  write(value: Json, context: CellContext): CellValue | undefined;
  read(cell: string | number | boolean, context: CellContext): Json;
}

/** The text of a cell, line ends as files have them. */
function textOf(cell: string | number | boolean): string {
  if (typeof cell === "boolean") return cell ? "是" : "否";
  return String(cell).replace(/\r\n?/g, "\n");
}

/** A kind of value that is always a text in its cell. */
function textual(
  write: (value: Json, context: CellContext) => string | undefined,
  read: (text: string, context: CellContext) => Json,
): Codec {
  return { cell: "text", write, read: (cell, context) => read(textOf(cell), context) };
}

/** Spaces around a text mean nothing: people leave them behind; one that has them on purpose takes the exact form. */
export const text: Codec = textual(
  (value) => (typeof value === "string" && value !== "" && value.trim() === value ? value : undefined),
  (cell) => cell.trim(),
);

/** A text that may be a number typed in full-width digits, as Chinese keyboards give them; any other text as it stands. */
function halfWidthNumber(text: string): string {
  const plain = text.trim();
  const half = plain.normalize("NFKC");
  return isNumber(half) ? half : plain;
}

export const number: Codec = {
  cell: "number",
  write: (value) => (typeof value === "number" ? value : undefined),
  read(cell) {
    if (typeof cell === "number") return cell;
    const plain = halfWidthNumber(textOf(cell));
    if (!isNumber(plain)) throw new CellFault("fault.number");
    return Number(plain);
  },
};

/** A number, or a parameter by name. */
export const numberRef: Codec = {
  cell: "number",
  write: (value, context) => (typeof value === "number" ? value : numberText(value, context)),
  read(cell) {
    if (typeof cell === "number") return cell;
    const plain = halfWidthNumber(textOf(cell));
    if (isNumber(plain)) return Number(plain);
    const scanner = new Scanner(plain);
    const parameter = scanner.parameter();
    if (parameter === undefined || !scanner.done) throw new CellFault("fault.number-or-parameter", { rest: plain });
    return parameter;
  },
};

export const parameterRef: Codec = textual(
  (value, context) => {
    const name = isObject(value) && Object.keys(value).length === 1 ? value["parameter"] : undefined;
    return typeof name === "string" ? parameterText(name, context) : undefined;
  },
  (cell) => {
    const parameter = new Scanner(cell).parameter();
    if (parameter === undefined) throw new CellFault("fault.parameter", { rest: cell });
    return parameter;
  },
);

export const date: Codec = {
  cell: "date",
  write: (value) => (typeof value === "string" ? value : undefined),
  read(cell) {
    const day = parseDateText(cell);
    if (day === undefined) throw new CellFault("fault.date");
    return day;
  },
};

/** One of a closed set, by its word. */
export function choice(words: Words): Codec {
  return {
    cell: "text",
    choices: words.all,
    write: (value) => (typeof value === "string" ? words.word(value) : undefined),
    read(cell) {
      const name = words.name(textOf(cell));
      if (name === undefined) throw new CellFault("fault.choice", { known: words.all.join("、") });
      return name;
    },
  };
}

/** Yes and no, by any two words. */
export function yesNo(words: Words<"true" | "false"> = YES_NO): Codec {
  return {
    cell: "text",
    choices: words.all,
    write: (value) => (typeof value === "boolean" ? words.word(String(value)) : undefined),
    read(cell) {
      const name = words.name(textOf(cell));
      if (name === undefined) throw new CellFault("fault.choice", { known: words.all.join("、") });
      return name === "true";
    },
  };
}

/** Names of columns or facts by their words; too many for a drop-down. */
function named(words: Words, key: "fault.column" | "fault.fact"): Codec {
  return textual(
    (value) => (typeof value === "string" ? words.word(value) : undefined),
    (cell) => {
      const name = words.name(cell);
      if (name === undefined) throw new CellFault(key, { rest: cell });
      return name;
    },
  );
}
export const columnName = named(COLUMN_WORDS, "fault.column");
export const factName = named(FACT_WORDS, "fault.fact");

/** Texts joined by 、; a JSON list where one of them holds that mark. */
export const texts: Codec = listOf({
  write: (item) => (typeof item === "string" ? item : undefined),
  read: (item) => item,
});

/** Columns joined by 、. */
export const columnNames: Codec = listOf({
  write: (item) => (typeof item === "string" ? COLUMN_WORDS.word(item) : undefined),
  read: (item, context) => columnName.read(item, context),
});

/** Words of a closed set joined by 、. */
export function choices(words: Words): Codec {
  const one = choice(words);
  return listOf({
    write: (item) => (typeof item === "string" ? words.word(item) : undefined),
    read: (item, context) => one.read(item, context),
  });
}

function listOf(item: {
  write(value: Json): string | undefined;
  read(text: string, context: CellContext): Json;
}): Codec {
  return textual(
    (value) => {
      if (!isList(value)) return undefined;
      if (value.length === 0) return NONE;
      const words = value.map((one) => item.write(one));
      if (words.includes(undefined)) return undefined;
      return words.every((word) => word !== undefined && isListable(word)) ? words.join("、") : JSON.stringify(words);
    },
    (cell, context) => {
      if (cell.trim() === NONE) return [];
      const parts = cell.trim().startsWith("[")
        ? (json.read(cell, context) as readonly Json[]).map(String)
        : cell.split(/[、\n]/).map((part) => part.trim());
      return parts.filter((part) => part !== "").map((part) => item.read(part, context));
    },
  );
}

function isListable(word: string): boolean {
  return word !== "" && word.trim() === word && !/[、\n]/.test(word) && !word.startsWith("[") && word !== NONE;
}

/** A text a line. */
export const lines: Codec = textual(
  (value) => {
    if (!isList(value)) return undefined;
    const texts = value.filter((one) => typeof one === "string");
    return texts.length === value.length &&
      texts.every((one) => one.trim() === one && one !== "" && !one.includes("\n"))
      ? texts.join("\n")
      : undefined;
  },
  (cell) =>
    cell
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
);

export const json: Codec = textual(
  (value) => JSON.stringify(value),
  (cell) => {
    try {
      return JSON.parse(cell) as Json;
    } catch {
      throw new CellFault("fault.json", { rest: cell.slice(0, 12) });
    }
  },
);

/** A list as JSON, an entry a line. */
export const jsonLines: Codec = textual(
  (value) => (isList(value) && value.length > 0 ? value.map((one) => JSON.stringify(one)).join("\n") : undefined),
  (cell, context) =>
    cell
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => json.read(line, context)),
);

export const condition: Codec = textual(conditionText, (cell) => parseCondition(cell));
export const length: Codec = textual(lengthText, (cell) => parseLength(cell));
export const day: Codec = textual(dayText, (cell) => parseDay(cell));

export function form(shape: Form): Codec {
  return textual(
    (value, context) => formText(value, shape, context),
    (cell) => parseForm(cell, shape),
  );
}

/** A cell of a decision table. */
export const tableCell: Codec = {
  cell: "text",
  write: (value, context) => plainText(value, context),
  read: (cell) => (typeof cell === "string" ? parsePlain(textOf(cell).trim()) : cell),
};

/** The value of a parameter: a number, tiers, or words. */
export const parameterValue: Codec = {
  cell: "number",
  write(value, context) {
    if (typeof value === "number") return value;
    return tiersText(value) ?? texts.write(value, context);
  },
  read(cell, context) {
    if (typeof cell !== "string") return number.read(cell, context);
    const plain = halfWidthNumber(textOf(cell));
    if (isNumber(plain)) return Number(plain);
    if (/^(?:≤|<=|不超过|以上\s*[：:])/.test(plain)) return parseTiers(plain);
    return texts.read(plain, context);
  },
};

/** `第十条 · （一）`; of another document with its name before: `S0 §22：第三条`. */
export const clause: Codec = textual(
  (value, { document }) => {
    if (!isObject(value)) return undefined;
    const { document: own, article, paragraph, ...rest } = value;
    if (typeof article !== "string" || Object.keys(rest).length > 0) return undefined;
    if (paragraph !== undefined && typeof paragraph !== "string") return undefined;
    if (typeof own !== "string") return undefined;
    return clauseText(own === document ? undefined : own, article, paragraph);
  },
  (cell, { document }) => {
    const { document: own = document, ...rest } = parseClause(cell);
    return { document: own, ...rest };
  },
);

/** The clause of a source, beside which the source says more. */
export const sourceClause: Codec = { ...clause, write: (value, context) => clause.write(clauseOf(value), context) };

function clauseOf(value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => ["document", "article", "paragraph"].includes(key)),
  );
}

/** The same in the list of clauses, where the document is only named if it is another one. */
export const listedClause: Codec = textual(
  (value) => {
    if (!isObject(value)) return undefined;
    const { document: own, article, paragraph } = value;
    if (typeof article !== "string" || (paragraph !== undefined && typeof paragraph !== "string")) return undefined;
    return own === undefined || typeof own === "string" ? clauseText(own, article, paragraph) : undefined;
  },
  (cell) => parseClause(cell),
);

function clauseText(document: string | undefined, article: string, paragraph: string | undefined): string | undefined {
  const parts = [document ?? "", article, paragraph ?? ""];
  if (parts.some((part) => /[：·\n]/.test(part) || part.trim() !== part)) return undefined;
  return `${document === undefined ? "" : `${document}：`}${article}${paragraph === undefined ? "" : ` · ${paragraph}`}`;
}

function parseClause(cell: string): { document?: string; article: string; paragraph?: string } {
  const found = /^(?:([^：·]+)：)?([^：·]+?)(?:\s*·\s*([^：·]+))?$/.exec(cell.trim());
  const article = found?.[2]?.trim();
  if (!found || article === undefined || article === "") throw new CellFault("fault.clause");
  const [document, paragraph] = [found[1]?.trim(), found[3]?.trim()];
  return {
    ...(document === undefined ? {} : { document }),
    article,
    ...(paragraph === undefined ? {} : { paragraph }),
  };
}

export function records(words: Words): Codec {
  return textual(
    (value) => recordsText(value, words),
    (cell) => parseRecords(cell, words),
  );
}

export function record(words: Words): Codec {
  return textual(
    (value) => recordText(value, words),
    (cell) => parseRecord(cell, words),
  );
}

/** Evidence from other columns, a line each: `3：投诉渠道 = 「媒体」` */
export const weighted: Codec = textual(
  (value, context) => {
    if (!isList(value)) return undefined;
    const all = value.map((entry) => {
      if (!isObject(entry) || typeof entry["weight"] !== "number" || Object.keys(entry).length !== 2) return undefined;
      const conditions = entry["conditions"];
      const said = conditions === undefined ? undefined : conditionText(conditions, context).replaceAll("\n", " ");
      return said === undefined ? undefined : `${entry["weight"]}：${said}`;
    });
    return all.length === 0 || all.includes(undefined) ? undefined : all.join("\n");
  },
  (cell) =>
    cell
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line): Json => {
        const found = /^\s*([+-]?\d+(?:\.\d+)?)\s*[：:](.*)$/.exec(line);
        if (!found) throw new CellFault("fault.weighted", { line: line.trim().slice(0, 40) });
        return { conditions: parseCondition(found[2]!), weight: Number(found[1]) };
      }),
);
