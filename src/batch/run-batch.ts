import { dirname } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import type { JudgedComplaint } from "../books/judged.js";
import { INPUT_COLUMNS, type InputId, type OutputId } from "../domain/columns.js";
import { LineJudge, ownColumns, placeOf, type LineStanding, type LineSurroundings } from "../jobs/judge-lines.js";
import { draftedDeductions } from "../process/keep-books.js";
import { deductionJson, messageJson } from "../process/outcome-json.js";
import { outputColumnsOf } from "../process/pack-columns.js";
import { BatchError } from "./batch-error.js";
import { JudgePool } from "./judge-pool.js";
import type { JudgedPortion, Portion } from "./judge-thread.js";
import { unlessDiskIsFull } from "./full-disk.js";
import { copyTable, shapeOf, TABLES, type OutputKind, type TableName } from "./outputs.js";
import { FIRST_ROW, lineAt, type ColumnPlaces, type TimesByRow } from "./lines.js";
import { repeatsOf } from "./repeats.js";
import type { LineFile, Scratch } from "./scratch.js";
import { standingAt, STANDING_COLUMNS, surveyTable } from "./survey.js";
import { partialDates } from "./partial-dates.js";
import { tableRead, type TableRead } from "./table-read.js";
import { inputAt, loadTable, sqlText, type SourceTable } from "./table.js";

/**
 * Complaints of any number, judged in three steps: the table is read into an embedded database and surveyed there, rows
 * are judged by our own engine in threads, portion by portion, and deductions are folded person by person. What is held in
 * memory doesn't grow with the table; the rest lies in `scratch`.
 */

export interface BatchOptions {
  readonly input: string;
  /** By which the table is named in messages. */
  readonly name: string;
  readonly surroundings: Omit<LineSurroundings, "place">;
  /** For what doesn't fit into memory; the caller removes it. */
  readonly scratch: Scratch;
  readonly kind: OutputKind;
  readonly threads: number | undefined;
  /** Hears how many rows are judged. */
  readonly onRows?: (done: number, of: number) => void;
}

export interface BatchResult {
  /** The finished files in `scratch`; one for all where they go into a database. */
  readonly files: ReadonlyMap<TableName, string>;
  readonly rows: number;
  readonly byStatus: ReadonlyMap<string, number>;
  readonly penalties: number;
  readonly deductions: number;
  /** Headers that no column claims. */
  readonly unread: readonly string[];
  /** How the table was read. */
  readonly understood: TableRead;
}

/** Rows a portion: enough that handing them over costs little, few enough that no thread waits long for the last. */
const PORTION = 1024;
/** What the database may keep in memory; Node and the threads take about as much again. */
const DATABASE_MEMORY = "700MB";

export async function runBatch(options: BatchOptions): Promise<BatchResult> {
  try {
    return await runOnDisk(options);
  } catch (error) {
    throw unlessDiskIsFull(error, dirname(options.scratch.folder));
  }
}

async function runOnDisk(options: BatchOptions): Promise<BatchResult> {
  const { scratch } = options;
  const instance = await DuckDBInstance.create(scratch.path("work.duckdb"), {
    memory_limit: DATABASE_MEMORY,
    temp_directory: scratch.subfolder("spill"),
    preserve_insertion_order: "true",
  });
  const database = await instance.connect();
  try {
    return await new Batch(options, database).run();
  } finally {
    database.closeSync();
    instance.closeSync();
  }
}

/** A batch at work. */
class Batch {
  private readonly lines: ReadonlyMap<TableName | "claims" | "fines", string>;
  private times: TimesByRow = new Map();
  private repeats: Awaited<ReturnType<typeof repeatsOf>> = new Map();
  /** Messages of the table as a whole; they stand after those of rows. */
  private readonly afterwards: string[] = [];

  constructor(
    private readonly options: BatchOptions,
    private readonly database: DuckDBConnection,
  ) {
    const names = [...TABLES, "claims", "fines"] as const;
    this.lines = new Map(names.map((name) => [name, options.scratch.path(`${name}.jsonl`)]));
  }

  async run(): Promise<BatchResult> {
    const { database, options } = this;
    const table = await loadTable(database, inputAt(options.input), options.scratch);
    const { places, unread, surroundings } = this.understand(table);
    const columns = INPUT_COLUMNS.filter(({ id }) => places.has(id));
    const shares = columns.filter(({ kind }) => kind === "percent").map(({ id }) => id);
    const reader = new LineJudge(surroundings, columns, new Set());
    const dates = await partialDates(database, places, { columns, surroundings, rows: table.rows });
    for (const message of dates.messages) this.afterwards.push(`${JSON.stringify(messageJson(message))}\n`);
    this.times = dates.times;
    const wholePercents = await surveyTable(database, places, { reader, shares, times: dates.times });
    const days = surroundings.settings.repeatDays;
    this.repeats = await repeatsOf(database, places, { reader, times: dates.times, rows: table.rows, days });
    const pool = new JudgePool(
      { surroundings, columns: columns.map(({ id }) => id), wholePercents: [...wholePercents] },
      options.threads,
    );
    try {
      await this.judgeAll(pool, places, table.rows);
      await this.judgeTwice(pool, places);
    } finally {
      await pool.close();
    }
    await this.penaltyLines();
    await this.fold(surroundings);
    const outputs = await this.outputs();
    const understood = tableRead(table.headers, places, { dates, people: surroundings.people.length });
    return { ...(await this.copy(outputs)), rows: table.rows, unread, understood };
  }

  private understand({ headers }: SourceTable): {
    readonly places: ColumnPlaces;
    readonly unread: readonly string[];
    readonly surroundings: LineSurroundings;
  } {
    const columns = ownColumns(headers);
    for (const id of ["receivedAt", "description"] as const)
      if (!columns.has(id)) throw new BatchError("input.no-column", { file: this.options.name, column: header(id) });
    const places = new Map<InputId, number>();
    for (const { id } of INPUT_COLUMNS) if (columns.has(id)) places.set(id, columns.get(id)!);
    return {
      places,
      unread: headers.filter((_, i) => ![...columns.values()].includes(i)),
      surroundings: { ...this.options.surroundings, place: placeOf(headers) },
    };
  }

  // ---------------------------------------------------------- rows

  private async judgeAll(pool: JudgePool, places: ColumnPlaces, rows: number): Promise<void> {
    const query = `${rowsWithStanding(places)} FROM source s POSITIONAL JOIN standing t`;
    let done = 0;
    await this.write(pool.judge(this.portions(query, [...places.keys()])), ({ rows: text }) => {
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) done += 1;
      this.options.onRows?.(done, rows);
    });
  }

  private async *portions(
    query: string,
    columns: readonly InputId[],
    twice: ReadonlyMap<number, LineStanding["twice"]> = new Map(),
  ): AsyncGenerator<Omit<Portion, "number">> {
    const result = await this.database.stream(query);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      const [indexes, ...values] = chunk.getColumns();
      const cells = values.slice(0, columns.length);
      const standing = values.slice(columns.length);
      for (let from = 0; from < chunk.rowCount; from += PORTION) {
        const to = Math.min(from + PORTION, chunk.rowCount);
        const lines = [];
        const standings = [];
        for (let i = from; i < to; i++) {
          const line = lineAt(Number(indexes![i]), columns, cells, i);
          const more = {
            times: this.times.get(line.row),
            repeats: this.repeats.get(line.row),
            twice: twice.get(line.row),
          };
          lines.push(line);
          standings.push(told(standingAt(line.row, standing, i), more));
        }
        yield { lines, standings };
      }
    }
  }

  private async write(judged: AsyncIterable<JudgedPortion>, after?: (portion: JudgedPortion) => void): Promise<void> {
    const files = (["rows", "fines", "claims", "messages"] as const).map((name) => this.append(name));
    for await (const portion of judged) {
      const texts = [portion.rows, portion.penalties, portion.claims, portion.messages];
      for (const [i, text] of texts.entries()) await files[i]!.put(text);
      after?.(portion);
    }
    for (const file of files) await file.close();
  }

  private append(name: TableName | "claims" | "fines"): LineFile {
    return this.options.scratch.lines(`${name}.jsonl`);
  }

  // ---------------------------------------------------------- rows that punish somebody twice

  /** Such rows are judged once more, and what they gave is taken back. */
  private async judgeTwice(pool: JudgePool, places: ColumnPlaces): Promise<void> {
    const { database } = this;
    await database.run(
      `CREATE TABLE fines AS SELECT *, row_number() OVER () AS place FROM read_json(${this.file("fines")}, format = 'newline_delimited', columns = {
         row: 'BIGINT', content: 'VARCHAR', line: 'VARCHAR', packId: 'VARCHAR', complaintId: 'VARCHAR', subjectType: 'VARCHAR',
         subject: 'VARCHAR', employeeNo: 'VARCHAR', reason: 'VARCHAR', state: 'VARCHAR'})`,
    );
    // In the order in which a ledger comes upon them: by number, then by content, each where it first stands.
    const group = (identity: string, turn: number): string =>
      `SELECT list_sort(list(DISTINCT row)) AS rows, any_value(subject) AS subject, any_value(reason) AS reason,
              ${turn} AS turn, min(place) AS first
       FROM fines WHERE state <> '作废' GROUP BY packId, ${identity}, subjectType, subject, employeeNo, reason
       HAVING count(DISTINCT row) > 1`;
    const found = await database.runAndReadAll(
      `SELECT rows, subject, reason FROM (${group("complaintId", 0)} UNION ALL ${group("content", 1)})
       GROUP BY rows, subject, reason ORDER BY min(turn), min(first)`,
    );
    const twice = new Map<number, { rows: number[]; subject: string; reason: string }[]>();
    for (const { rows, subject, reason } of found.getRowObjects()) {
      const all = (rows as { readonly items: readonly unknown[] }).items.map(Number);
      for (const row of all) {
        const one = { rows: all.filter((other) => other !== row), subject: String(subject), reason: String(reason) };
        twice.set(row, [...(twice.get(row) ?? []), one]);
      }
    }
    if (twice.size > 0) await this.replace(pool, places, twice);
  }

  private async replace(
    pool: JudgePool,
    places: ColumnPlaces,
    twice: ReadonlyMap<number, NonNullable<LineStanding["twice"]>>,
  ): Promise<void> {
    const { database } = this;
    await database.run("CREATE TABLE spoilt (row BIGINT)");
    const appender = await database.createAppender("spoilt");
    for (const row of [...twice.keys()].sort((a, b) => a - b)) {
      appender.appendBigInt(BigInt(row));
      appender.endRow();
    }
    appender.closeSync();
    for (const name of ["rows", "claims", "messages"] as const) await this.withoutSpoilt(name);
    await database.run("DELETE FROM fines WHERE row IN (SELECT row FROM spoilt)");
    const query = `${rowsWithStanding(places)} FROM source s JOIN standing t USING (idx)
                   WHERE s.idx + ${FIRST_ROW} IN (SELECT row FROM spoilt) ORDER BY s.idx`;
    await this.write(pool.judge(this.portions(query, [...places.keys()], twice)));
    for (const name of ["rows", "messages"] as const) await this.inOrder(name);
  }

  /** Takes the lines of spoilt rows out of a file. */
  private async withoutSpoilt(name: "rows" | "claims" | "messages"): Promise<void> {
    await this.rewrite(name, "WHERE coalesce(row, -1) NOT IN (SELECT row FROM spoilt)", "");
  }

  private async inOrder(name: "rows" | "messages"): Promise<void> {
    await this.rewrite(name, "", "ORDER BY row, place");
  }

  private async rewrite(name: "rows" | "claims" | "messages", where: string, order: string): Promise<void> {
    const path = this.lines.get(name)!;
    const next = `${path}.next`;
    await this.database.run(
      `COPY (SELECT json FROM (
         SELECT json, CAST(json_extract(json, '$.row') AS BIGINT) AS row, row_number() OVER () AS place
         FROM read_json_objects(${sqlText(path)}, format = 'newline_delimited')) ${where} ${order})
       TO ${sqlText(next)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\x01')`,
    );
    this.options.scratch.replace(path, next);
  }

  // ---------------------------------------------------------- penalties, deductions

  private async penaltyLines(): Promise<void> {
    const file = this.append("penalties");
    await this.each("SELECT line FROM fines ORDER BY row, place", async ([line]) => file.put(`${String(line)}\n`));
    await file.close();
  }

  /** A fold person by person; nobody's months depend on anybody else's. */
  private async fold(surroundings: LineSurroundings): Promise<void> {
    const file = this.append("deductions");
    const said = this.append("messages");
    await said.put(this.afterwards.join(""));
    await this.database.run(
      `CREATE TABLE claims AS SELECT * FROM read_json(${this.file("claims")}, format = 'newline_delimited',
         columns = {row: 'BIGINT', person: 'VARCHAR', line: 'VARCHAR'})`,
    );
    await this.database.run("CREATE TABLE months (month VARCHAR, person VARCHAR, place BIGINT, line VARCHAR)");
    const months = await this.database.createAppender("months");
    let person: string | undefined;
    let claims: JudgedComplaint[] = [];
    const settle = async (): Promise<void> => {
      const { deductions, messages } = draftedDeductions(claims, surroundings);
      for (const [i, deduction] of deductions.entries()) {
        months.appendVarchar(deduction.month);
        months.appendVarchar(person!);
        months.appendBigInt(BigInt(i));
        months.appendVarchar(JSON.stringify(deductionJson(deduction)));
        months.endRow();
      }
      for (const message of messages) await said.put(`${JSON.stringify(messageJson(message))}\n`);
    };
    await this.each("SELECT person, line FROM claims ORDER BY person, row", async ([who, line]) => {
      if (who !== person) {
        if (person !== undefined) await settle();
        person = String(who);
        claims = [];
      }
      claims.push(JSON.parse(String(line)) as JudgedComplaint);
    });
    if (person !== undefined) await settle();
    months.closeSync();
    await this.each("SELECT line FROM months ORDER BY month, person, place", async ([line]) =>
      file.put(`${String(line)}\n`),
    );
    await file.close();
    await said.close();
  }

  private async each(query: string, use: (row: readonly unknown[]) => Promise<void>): Promise<void> {
    const result = await this.database.stream(query);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
      for (const row of chunk.getRows()) await use(row);
  }

  // ---------------------------------------------------------- files

  private file(name: TableName | "claims" | "fines"): string {
    return sqlText(this.lines.get(name)!);
  }

  /** The output columns of the packs at work. */
  private async outputs(): Promise<readonly OutputId[]> {
    const { packs } = this.options.surroundings;
    const used = await this.database.runAndReadAll(
      `SELECT DISTINCT split_part(packVersion, ' ', 1) FROM read_json(${this.file("rows")}, format = 'newline_delimited',
         columns = {packVersion: 'VARCHAR'})`,
    );
    const found = used.getRows().flatMap(([id]) => packs.get(String(id)) ?? []);
    return outputColumnsOf(new Set(found));
  }

  private async copy(outputs: readonly OutputId[]): Promise<Omit<BatchResult, "rows" | "unread" | "understood">> {
    const { database, options } = this;
    const { kind, scratch } = options;
    const files = new Map<TableName, string>();
    if (kind === "duckdb") await database.run(`ATTACH ${sqlText(scratch.path("out.duckdb"))} AS out`);
    for (const table of TABLES) {
      const to =
        kind === "jsonl" ? this.lines.get(table)! : scratch.path(kind === "duckdb" ? "out.duckdb" : `${table}.${kind}`);
      if (kind !== "jsonl")
        await copyTable(database, this.lines.get(table)!, { table, shape: shapeOf(table, outputs), kind, to });
      files.set(table, to);
    }
    const statuses = await database.runAndReadAll(
      `SELECT status, count(*) FROM read_json(${this.file("rows")}, format = 'newline_delimited', columns = {status: 'VARCHAR'})
       GROUP BY status ORDER BY count(*) DESC, status`,
    );
    const count = async (table: string): Promise<number> =>
      Number((await database.runAndReadAll(`SELECT count(*) FROM ${table}`)).getRows()[0]![0]);
    const result = {
      files,
      byStatus: new Map(statuses.getRows().map(([status, n]) => [String(status), Number(n)])),
      penalties: await count("fines"),
      deductions: await count("months"),
    };
    if (kind === "duckdb") await database.run("DETACH out");
    return result;
  }
}

/** What `portions` reads: the row's place, its cells, how it stands. */
function rowsWithStanding(places: ColumnPlaces): string {
  const cells = [...places.values()].map((place) => `, s.c${place}`);
  return `SELECT s.idx${cells.join("")}${STANDING_COLUMNS.map((name) => `, t.${name}`).join("")}`;
}

function told(
  own: LineStanding | undefined,
  more: { readonly [Key in "times" | "repeats" | "twice"]: LineStanding[Key] | undefined },
): LineStanding | undefined {
  const known = Object.entries(more).filter(([, value]) => value !== undefined);
  return known.length === 0 ? own : { ...own, ...Object.fromEntries(known) };
}

function header(id: InputId): string {
  return INPUT_COLUMNS.find((column) => column.id === id)!.header;
}
