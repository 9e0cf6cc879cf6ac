import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { HeaderMeaning } from "../domain/match-key.js";
import { BatchError } from "./batch-error.js";
import { csvHeaders } from "./csv-headers.js";
import { unlessDiskIsFull } from "./full-disk.js";
import { copyAsUtf8, encodingOf } from "./encoding.js";
import type { Scratch } from "./scratch.js";

/** The kinds of tables that are read. */
export type TableKind = "csv" | "jsonl" | "parquet";

/**
 * A table of complaints in the database: `source`, with `idx` in the order of the file and a text column `c0`, `c1` … each.
 * `idx` is 0 right below headers in the first row; lower headers move it down, so that it always tells the row.
 */
export interface SourceTable {
  readonly headers: readonly string[];
  readonly rows: number;
}

const KINDS: Readonly<Record<string, TableKind>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".txt": "csv",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".parquet": "parquet",
};

const UNREADABLE = {
  csv: "input.unreadable-csv",
  jsonl: "input.unreadable-jsonl",
  parquet: "input.unreadable-parquet",
} as const;

/** Names that other programs leave beside data: marks of open files, hidden files, marks of finished jobs. */
const NO_DATA = /^[~._]/;

interface Input {
  readonly kind: TableKind;
  readonly files: readonly string[];
}

/** What to read: a file, or the parts in a folder, by their names. Throws `BatchError`. */
export function inputAt(path: string): Input {
  if (!existsSync(path)) throw new BatchError("input.missing", { file: path });
  if (!statSync(path).isDirectory()) {
    const kind = KINDS[extname(path).toLowerCase()];
    if (kind === undefined) throw new BatchError("input.unknown-kind", { file: path });
    return { kind, files: [plain(path)] };
  }
  const names = readdirSync(path).filter((name) => !NO_DATA.test(name) && KINDS[extname(name).toLowerCase()]);
  names.sort();
  const kinds = new Set(names.map((name) => KINDS[extname(name).toLowerCase()]!));
  const [kind] = kinds;
  if (kind === undefined || kinds.size > 1) throw new BatchError("input.folder-mixed", { file: path });
  return { kind, files: names.map((name) => plain(join(path, name))) };
}

/** A pipe or a device would be waited for or read without end: each table is read several times. */
function plain(path: string): string {
  if (!statSync(path).isFile()) throw new BatchError("input.not-plain", { file: path });
  return path;
}

/** Reads a table into the database as `source`. Every value becomes text: our own reading of cells decides what it means. */
export async function loadTable(
  database: DuckDBConnection,
  { kind, files }: Input,
  { scratch, mapping }: { readonly scratch: Scratch; readonly mapping: ReadonlyMap<string, HeaderMeaning> },
): Promise<SourceTable> {
  const texts = kind === "parquet" ? files : await asUtf8(files, scratch);
  const list = `[${texts.map(sqlText).join(", ")}]`;
  try {
    if (kind === "jsonl") return await loadJsonLines(database, list);
    if (kind === "csv") return await loadCsv(database, texts, mapping);
    return await loadColumns(database, `read_parquet(${list}, union_by_name = true)`);
  } catch (error) {
    const cause = unlessDiskIsFull(error, dirname(scratch.folder));
    if (cause instanceof BatchError || !(error instanceof Error)) throw cause;
    throw new BatchError(UNREADABLE[kind], { file: files[0]!, reason: firstLine(error.message) });
  }
}

async function asUtf8(files: readonly string[], scratch: Scratch): Promise<string[]> {
  const texts: string[] = [];
  for (const [i, file] of files.entries()) {
    const encoding = await encodingOf(file);
    if (encoding === undefined) throw new BatchError("input.encoding", { file });
    if (encoding === "utf-8") {
      texts.push(file);
      continue;
    }
    const copy = `utf8-${i}${extname(file)}`;
    await copyAsUtf8(file, encoding, scratch.stream(copy));
    texts.push(scratch.path(copy));
  }
  return texts;
}

/** Files whose headers stand below a title or blank lines are read from there, each on its own. */
async function loadCsv(
  database: DuckDBConnection,
  files: readonly string[],
  mapping: ReadonlyMap<string, HeaderMeaning>,
): Promise<SourceTable> {
  const options = "all_varchar = true, header = true, null_padding = true";
  const tops = await Promise.all(files.map((file) => csvHeaders(file, mapping)));
  if (tops.every((top) => (top?.row ?? 1) === 1)) {
    const list = files.map(sqlText).join(", ");
    return loadColumns(database, `read_csv([${list}], ${options}, union_by_name = ${files.length > 1})`);
  }
  const parts = files.map((file, i) => {
    const top = tops[i];
    const from = top ? `, skip = ${top.linesAbove}, delim = ${sqlText(top.delimiter)}` : "";
    return `SELECT * FROM read_csv(${sqlText(file)}, ${options}${from})`;
  });
  return loadColumns(database, `(${parts.join(" UNION ALL BY NAME ")})`, (tops[0]?.row ?? 1) - 1);
}

async function loadColumns(database: DuckDBConnection, from: string, firstIndex = 0): Promise<SourceTable> {
  const described = await database.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
  const columns = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const select = columns.map(({ name, type }, i) => `${asText(sqlName(name), type)} AS c${i}`);
  await database.run(
    `CREATE TABLE source AS SELECT row_number() OVER () - 1 + ${firstIndex} AS idx, ${select.join(", ")} FROM ${from}`,
  );
  return { headers: columns.map(({ name }) => name.replace(/^﻿/, "")), rows: await countOf(database) };
}

/** A value as our reading of cells knows it; a moment with a zone as the clock in China showed it. */
function asText(name: string, type: string): string {
  if (type === "VARCHAR") return name;
  if (type === "TIMESTAMP WITH TIME ZONE") return `CAST(${name} AT TIME ZONE 'Asia/Shanghai' AS VARCHAR)`;
  // 3.0 people is 3, and an order 20260331001.0 is 20260331001.
  if (type === "DOUBLE" || type === "FLOAT") return `regexp_replace(CAST(${name} AS VARCHAR), '\\.0$', '')`;
  return `CAST(${name} AS VARCHAR)`;
}

async function loadJsonLines(database: DuckDBConnection, list: string): Promise<SourceTable> {
  await database.run(
    `CREATE TABLE lines AS SELECT row_number() OVER () - 1 AS idx, json
     FROM read_json_objects(${list}, format = 'newline_delimited')`,
  );
  const keys = await database.runAndReadAll(
    `SELECT key, min(idx) AS first, min(place) AS place FROM (
       SELECT idx, unnest(json_keys(json)) AS key, generate_subscripts(json_keys(json), 1) AS place FROM lines
     ) GROUP BY key ORDER BY first, place`,
  );
  const headers = keys.getRows().map(([key]) => String(key));
  const select = headers.map((key, i) => `json_extract_string(json, ${sqlText(jsonPath(key))}) AS c${i}`);
  await database.run(
    `CREATE TABLE source AS SELECT idx${select.map((column) => `, ${column}`).join("")} FROM lines ORDER BY idx`,
  );
  await database.run("DROP TABLE lines");
  return { headers, rows: await countOf(database) };
}

function jsonPath(key: string): string {
  return `$."${key.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

async function countOf(database: DuckDBConnection): Promise<number> {
  const counted = await database.runAndReadAll("SELECT count(*) FROM source");
  return Number(counted.getRows()[0]![0]);
}

/** A text in SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name in SQL. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function firstLine(text: string): string {
  return text.split("\n")[0]!.trim();
}
