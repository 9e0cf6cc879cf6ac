import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { runBatch, type BatchResult } from "../../src/batch/run-batch.js";
import { Scratch } from "../../src/batch/scratch.js";
import type { OutputKind } from "../../src/batch/outputs.js";
import { INPUT_COLUMNS, type InputId } from "../../src/domain/columns.js";
import type { RawCell, RawRow } from "../../src/domain/complaint.js";
import { fromSerial, isoTime } from "../../src/domain/wall-time.js";
import { LEDGER_SHEET } from "../../src/jobs/judge-lines.js";
import type { Answers } from "../../src/ledger/answers.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { inputOf } from "../../src/ledger/run-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { columnLetters } from "../../src/ooxml/references.js";
import type { ProcessInput } from "../../src/process/input.js";
import { outcomeJson } from "../../src/process/outcome-json.js";
import { run } from "../../src/process/process.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { parseIso } from "../../src/domain/wall-time.js";

/** One ledger, judged as a ledger and as a table: the same rows as texts, and both outcomes as JSON. */

const PACKS = loadAllPacks();
const NOW = parseIso("2026-03-31T18:00")!;

export type TextRow = Readonly<Partial<Record<InputId, string>>>;

/** The sample ledger as texts, and its people, holidays and settings. */
export function sample(): { readonly rows: readonly TextRow[]; readonly input: ProcessInput } {
  const bytes = readFileSync(join(import.meta.dirname, "..", "..", "templates", "sample-ledger.xlsx"));
  const { snapshot } = openFileLedger(bytes, { codec: nodeCodec });
  const options = { packs: PACKS, statutes: STATUTES, now: NOW, language: "zh", programVersion: "test" } as const;
  return { rows: snapshot.rows.map(texts), input: inputOf(snapshot, options).input };
}

function texts({ cells }: RawRow): TextRow {
  return Object.fromEntries(
    INPUT_COLUMNS.flatMap(({ id, kind }) => {
      const text = textOf(cells[id], kind === "date" || kind === "datetime");
      return text === "" ? [] : [[id, text]];
    }),
  );
}

function textOf(cell: RawCell | undefined, isTime: boolean): string {
  if (cell === undefined || cell === null) return "";
  if (typeof cell === "object") return cell.error;
  if (typeof cell === "boolean") return cell ? "是" : "否";
  if (typeof cell !== "number" || !isTime) return String(cell);
  const time = isoTime(fromSerial(cell));
  return Number.isInteger(cell) ? time.slice(0, 10) : time;
}

/** The columns that any of the rows fills. */
function columnsOf(rows: readonly TextRow[]): readonly (typeof INPUT_COLUMNS)[number][] {
  return INPUT_COLUMNS.filter(({ id }) => rows.some((row) => row[id] !== undefined));
}

export function headersOf(rows: readonly TextRow[]): readonly string[] {
  return columnsOf(rows).map(({ header }) => header);
}

/** What `process` makes of the rows, as JSON. */
export function asLedger(rows: readonly TextRow[], input: ProcessInput): Judged {
  const columns = columnsOf(rows);
  const found = columns.map(({ id, header }, i) => [id, { header, letter: columnLetters(i + 1) }] as const);
  const outcome = run({
    ...input,
    rows: rows.map((cells, i) => ({ row: i + 2, cells })),
    inputs: columns,
    place: { sheet: LEDGER_SHEET, columns: new Map(found) },
  }).outcome;
  return outcomeJson(outcome) as Judged;
}

export interface Judged {
  readonly rows: readonly object[];
  readonly penalties: readonly object[];
  readonly deductions: readonly object[];
  readonly messages: readonly object[];
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function csvOf(rows: readonly TextRow[]): string {
  const columns = columnsOf(rows);
  const lines = rows.map((row) => columns.map(({ id }) => quoted(row[id] ?? "")).join(","));
  return `${[columns.map(({ header }) => header).join(","), ...lines].join("\n")}\n`;
}

export function jsonLinesOf(rows: readonly TextRow[]): string {
  // In columns that the first rows leave blank, too, the order of the contract.
  const columns = columnsOf(rows);
  return rows
    .map((row) => `${JSON.stringify(Object.fromEntries(columns.map(({ id, header }) => [header, row[id] ?? null])))}\n`)
    .join("");
}

/** A folder for the length of an action. */
export async function inFolder<T>(use: (at: (name: string) => string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "tiaoli-batch-"));
  try {
    return await use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function parquetFrom(csv: string, to: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const database = await instance.connect();
  await database.run(
    `COPY (SELECT * FROM read_csv('${csv}', all_varchar = true, header = true)) TO '${to}' (FORMAT parquet)`,
  );
  database.closeSync();
  instance.closeSync();
}

/** What `batch` makes of a table. */
export async function asTable(
  input: string,
  { people, holidays, settings, monthlyPay, packs, statutes, now, language }: ProcessInput,
  options: {
    readonly threads?: number;
    readonly kind?: OutputKind;
    readonly answers?: Answers;
    readonly look?: (result: BatchResult) => Promise<void>;
  } = {},
): Promise<Judged> {
  const scratch = new Scratch(`${input}.scratch`);
  try {
    const result = await runBatch({
      input,
      name: "table",
      surroundings: {
        ...{ people, holidays, settings, packs, statutes, now, language },
        ...(monthlyPay === undefined ? {} : { monthlyPay }),
        ...(options.answers === undefined ? {} : { answers: options.answers }),
      },
      scratch,
      kind: options.kind ?? "jsonl",
      threads: options.threads ?? 2,
    });
    await options.look?.(result);
    const lines = (name: "rows" | "penalties" | "deductions" | "messages"): object[] =>
      options.kind === undefined || options.kind === "jsonl"
        ? jsonLines(readFileSync(result.files.get(name)!, "utf8"))
        : [];
    return {
      rows: lines("rows"),
      penalties: lines("penalties"),
      deductions: lines("deductions"),
      messages: lines("messages"),
    };
  } finally {
    scratch.remove();
  }
}

function jsonLines(text: string): object[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as object);
}

/** Judges rows as a CSV table. */
export function asCsv(rows: readonly TextRow[], input: ProcessInput, threads = 2): Promise<Judged> {
  return inFolder((at) => {
    writeFileSync(at("in.csv"), csvOf(rows));
    return asTable(at("in.csv"), input, { threads });
  });
}
