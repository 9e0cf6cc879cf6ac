import { isList, isObject, type DraftObject, type Json } from "./json.js";
import { CellFault } from "./problem.js";
import { isNumber } from "./notation.js";
import { YES_NO, type Words } from "./vocabulary.js";
import { OUTPUT_COLUMNS } from "../domain/columns.js";

/**
 * Rows, people and expectations of a case: a line for each value (`受理时间：2026-03-01T09:00`), a blank line between two
 * records. `（无）` is an empty list or a value that must be blank; what has no words stands as JSON.
 */

/** Columns that hold yes or no in an outcome. As inputs they are texts, as a ledger has them. */
const YES_NO_OUTPUTS: ReadonlySet<string> = new Set(
  OUTPUT_COLUMNS.filter(({ kind }) => kind === "boolean").map(({ id }) => id),
);

export const NONE = "（无）";
/** A record of which nothing is asked. */
const ANYTHING = "（不问）";

/** `undefined` where the notation can't say it. */
export function recordsText(value: Json | undefined, words: Words): string | undefined {
  if (!isList(value)) return undefined;
  if (value.length === 0) return NONE;
  const records = value.map((record) => recordText(record, words));
  return records.includes(undefined) ? undefined : records.join("\n\n");
}

export function recordText(record: Json | undefined, words: Words): string | undefined {
  if (!isObject(record)) return undefined;
  const entries = Object.entries(record);
  if (entries.length === 0) return ANYTHING;
  const lines = entries.map(([key, value]) => {
    const word = words.word(key);
    return /^[^\n：:（][^\n：:]*$/.test(word) && words.name(word) === key
      ? `${word}：${valueLine(key, value)}`
      : undefined;
  });
  return lines.includes(undefined) ? undefined : lines.join("\n");
}

/** A sum of money, which is a text in a pack's cases: 50.00 */
const SUM = /^-?\d+\.\d\d$/;

function valueLine(key: string, value: Json): string {
  if (value === null) return NONE;
  if (YES_NO_OUTPUTS.has(key)) {
    if (typeof value === "boolean") return YES_NO.word(String(value));
    if (typeof value === "string" && YES_NO.all.includes(value)) return JSON.stringify(value);
  }
  if (typeof value === "string" && stands(value)) return value;
  // Sums stand as people write them; a number of that form gets a further nought, by which it is known as a number.
  if (typeof value === "number" && SUM.test(String(value))) return `${value}0`;
  return JSON.stringify(value);
}

/** Whether a text stands for itself on its line. */
function stands(text: string): boolean {
  return (
    text !== "" &&
    text.trim() === text &&
    !/[\n\r]/.test(text) &&
    !/^["[{]/.test(text) &&
    (!isNumber(text) || SUM.test(text)) &&
    !["true", "false", "null", NONE].includes(text)
  );
}

export function parseRecords(text: string, words: Words): Json {
  if (text.trim() === NONE) return [];
  return text
    .split(/\n[ \t]*\n+/)
    .filter((part) => part.trim() !== "")
    .map((part) => parseRecord(part, words));
}

export function parseRecord(text: string, words: Words): Json {
  const record: DraftObject = {};
  for (const line of text.split("\n")) {
    if (line.trim() === "" || line.trim() === ANYTHING) continue;
    const at = line.search(/[：:]/);
    const word = at < 0 ? "" : line.slice(0, at).trim();
    if (word === "") throw new CellFault("fault.line", { line: line.trim().slice(0, 40) });
    const key = words.name(word);
    if (key === undefined) throw new CellFault("fault.record-key", { word, line: line.trim().slice(0, 40) });
    if (Object.hasOwn(record, key)) throw new CellFault("fault.record-twice", { word });
    record[key] = parsedLine(key, line.slice(at + 1).trim());
  }
  return record;
}

function parsedLine(key: string, text: string): Json {
  if (text === NONE) return null;
  const said = YES_NO_OUTPUTS.has(key) ? YES_NO.name(text) : undefined;
  if (said !== undefined) return said === "true";
  if (stands(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new CellFault("fault.json", { rest: text.slice(0, 12) });
  }
}
