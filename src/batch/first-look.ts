import type { DuckDBConnection } from "@duckdb/node-api";
import { INPUT_COLUMNS, type ColumnId, type InputId } from "../domain/columns.js";
import { LEDGER_SHEET, type LineLook, type LineSurroundings } from "../jobs/judge-lines.js";
import { matchHeaders } from "../domain/match-key.js";
import { isInputId, meaningsByKey, NO_ANSWERS } from "../ledger/answers.js";
import { DECIDING } from "../ledger/deciding-columns.js";
import { sampled } from "../ledger/guess-columns.js";
import {
  STRANGER_CELLS,
  type LedgerColumn,
  type LedgerRow,
  type LedgerSnapshot,
  type Stranger,
} from "../ledger/port.js";
import type { FirstCheck, Question } from "../ledger/questions.js";
import { understand } from "../ledger/understand.js";
import { lookAt } from "../ledger/understanding.js";
import { columnLetters } from "../ooxml/references.js";
import { FIRST_ROW, lineAt, type ColumnPlaces } from "./lines.js";

/**
 * What a table of any size is asked about, as a workbook is at its first press. It is looked at by its first rows and by
 * one row for each word of the columns that hold words, so that no word is missed and the table need not be at hand.
 */

/** Rows from the top. */
const FIRST_ROWS = 2000;
/** Different words of a column; one with more of them holds texts. */
const MOST_WORDS = 500;

const WORDS: readonly InputId[] = [
  ...(["caseStatus", "caseKind", "levelOverride", "categoryOverride", "closeAt"] as const),
  ...INPUT_COLUMNS.filter(({ kind }) => kind === "boolean" || kind === "percent").map(({ id }) => id),
];

export interface TableLook {
  readonly check: FirstCheck;
  readonly look: LineLook;
  /** Columns that every row is in doubt about. */
  readonly asked: ReadonlySet<InputId>;
}

export async function lookAtTable(
  database: DuckDBConnection,
  { headers, places }: { readonly headers: readonly string[]; readonly places: ColumnPlaces },
  surroundings: LineSurroundings,
): Promise<TableLook> {
  const read = await sampleOf(database, headers, places, surroundings);
  const { packs, language, now, settings, people } = surroundings;
  const { check, asked } = understand(read, {
    ...{ packs, language, now, defaultPack: settings.defaultPack },
    people: new Set(people.map(({ name }) => name)),
  });
  const { closing, unclearKinds } = lookAt(read);
  const counted = await Promise.all(check.questions.map((question) => countWords(database, places, question)));
  const likely = likelyColumns(headers, read, counted);
  // Headers are ours, or somebody has said what they are: a table is read by no others.
  const questions = [...counted.filter(({ kind }) => kind !== "recognised"), ...likely];
  return {
    check: { ...check, questions },
    look: { asksClosing: closing !== undefined, unclearKinds },
    asked: new Set([...asked, ...likely.flatMap(({ column }) => resting(column))]),
  };
}

const CLOSING = "closeAt";
/** Whoever does not read them does not know which rows are open, or complaints at all. */
const SAYS_CLOSED: ReadonlySet<InputId> = new Set<InputId>(["caseStatus", "caseKind"]);

/** The columns in doubt while one is asked about. */
function resting(column: InputId): readonly InputId[] {
  return SAYS_CLOSED.has(column) ? [column, CLOSING] : [column];
}

/** Columns that decide something and whose header a workbook would have known: 状态, 问题类型. */
function likelyColumns(
  headers: readonly string[],
  { columns, strangers = [], answers = NO_ANSWERS }: LedgerSnapshot,
  asked: readonly Question[],
): readonly (Question & { readonly kind: "column" })[] {
  const open = new Set(asked.map((question) => (question.kind === "column" ? question.column : question.kind)));
  return [...matchHeaders(headers, meaningsByKey(answers)).columns].flatMap(([id, i]) => {
    const stranger = strangers.find(({ letter }) => letter === columnLetters(i + 1));
    const known = columns.has(id) || !isInputId(id) || answers.absent.includes(id) || !stranger;
    if (known || !(DECIDING.has(id) || SAYS_CLOSED.has(id))) return [];
    if (open.has(id) || (id === CLOSING && open.has("closing"))) return [];
    return [{ kind: "column", column: id, candidates: [sampled(stranger)] }];
  });
}

async function sampleOf(
  database: DuckDBConnection,
  headers: readonly string[],
  places: ColumnPlaces,
  { place, answers = NO_ANSWERS }: LineSurroundings,
): Promise<LedgerSnapshot> {
  const columns = [...places.keys()];
  const rows = await linesWhere(database, places, columns, await rowsToLookAt(database, places));
  const taken = new Set(places.values());
  const strangers: Stranger[] = [];
  for (const [i, header] of headers.entries()) {
    if (taken.has(i) || header.trim() === "") continue;
    const letter = columnLetters(i + 1);
    strangers.push({ header, letter, cells: await cellsOf(database, i) });
  }
  const found = [...place.columns] as [ColumnId, LedgerColumn][];
  return {
    ...{ sheet: LEDGER_SHEET, table: undefined, headerRow: 1, columns: new Map(found), rows, strangers, answers },
    ...{ unrecognised: strangers, foreign: [], sideTables: new Map() },
  };
}

/** The first rows, and the first row of each word. */
async function rowsToLookAt(database: DuckDBConnection, places: ColumnPlaces): Promise<string> {
  const parts = [`idx < ${FIRST_ROWS}`];
  for (const id of WORDS) {
    const at = places.get(id);
    if (at === undefined) continue;
    const counted = await database.runAndReadAll(`SELECT approx_count_distinct(c${at}) FROM source`);
    if (Number(counted.getRows()[0]![0]) > MOST_WORDS) continue;
    parts.push(`idx IN (SELECT min(idx) FROM source WHERE c${at} IS NOT NULL GROUP BY c${at})`);
  }
  return parts.join(" OR ");
}

async function linesWhere(
  database: DuckDBConnection,
  places: ColumnPlaces,
  columns: readonly InputId[],
  where: string,
): Promise<LedgerRow[]> {
  const select = columns.map((id) => `, c${places.get(id)!}`).join("");
  const result = await database.stream(`SELECT idx${select} FROM source WHERE ${where} ORDER BY idx`);
  const rows: LedgerRow[] = [];
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [indexes, ...values] = chunk.getColumns();
    for (let i = 0; i < chunk.rowCount; i++)
      rows.push({ ...lineAt(Number(indexes![i]), columns, values, i), outputs: {} });
  }
  return rows;
}

async function cellsOf(database: DuckDBConnection, column: number): Promise<Stranger["cells"]> {
  const found = await database.runAndReadAll(
    `SELECT idx, c${column} FROM source WHERE c${column} IS NOT NULL AND trim(c${column}) <> '' ORDER BY idx LIMIT ${STRANGER_CELLS}`,
  );
  return found.getRows().map(([idx, value]) => ({ row: Number(idx) + FIRST_ROW, value: String(value) }));
}

/** How many rows of the whole table a word stands in. */
async function countWords(database: DuckDBConnection, places: ColumnPlaces, question: Question): Promise<Question> {
  const at = question.kind === "value" ? places.get(question.column) : undefined;
  if (question.kind !== "value" || at === undefined) return question;
  const text = question.word.replaceAll("'", "''");
  const counted = await database.runAndReadAll(
    `SELECT idx FROM source WHERE trim(c${at}) = '${text}' ORDER BY idx LIMIT 100000`,
  );
  const rows = counted.getRows().map(([idx]) => Number(idx) + FIRST_ROW);
  return rows.length === 0 ? question : { ...question, rows };
}
