import { dirname } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { personKey } from "../books/entry.js";
import type { JudgedComplaint } from "../books/judged.js";
import { column, INPUT_COLUMNS, type InputId, type OutputId } from "../domain/columns.js";
import { likelyByName } from "../jobs/likely-columns.js";
import { LineJudge, ownColumns, placeOf, type LineSurroundings } from "../jobs/judge-lines.js";
import { draftedDeductions } from "../process/keep-books.js";
import { deductionJson, messageJson } from "../process/outcome-json.js";
import { meaningsByKey, NO_ANSWERS } from "../ledger/answers.js";
import { NEEDED } from "../ledger/find-headers.js";
import type { FirstCheck } from "../ledger/questions.js";
import { outputColumnsOf } from "../process/pack-columns.js";
import { BatchError } from "./batch-error.js";
import { JudgePool } from "./judge-pool.js";
import type { JudgedPortion } from "./judge-thread.js";
import { unlessDiskIsFull } from "./full-disk.js";
import { copyTable, shapeOf, TABLES, type OutputKind, type TableName } from "./outputs.js";
import { FIRST_ROW, type ColumnPlaces, type TimesByRow } from "./lines.js";
import { mergeLines } from "./merge-lines.js";
import { portionColumns, portionsOf } from "./portions.js";
import { repeatsOf } from "./repeats.js";
import { lookAtTable } from "./first-look.js";
import { leaveOut, LeftOutRows } from "./left-out-rows.js";
import type { LineFile, Scratch } from "./scratch.js";
import { surveyTable } from "./survey.js";
import { findSpoilt } from "./twice-rows.js";
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
  /** What is asked about it. */
  readonly check: FirstCheck;
  /** Rows that are no complaints: praise, totals, repeated headers. */
  readonly leftOut: LeftOutRows;
}

/** What the database may keep in memory; Node and the threads take about as much again. */
const DATABASE_MEMORY = "700MB";
/** What it may keep while one person's claims are folded, which are all at hand then: in ten million rows hundreds of thousands. */
const FOLDING_MEMORY = "300MB";

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
  private leftOut = new LeftOutRows();
  private readonly statuses = new Map<string, number>();
  /** Ids of the packs that judged. */
  private readonly packs = new Set<string>();
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
    const mapping = meaningsByKey(options.surroundings.answers ?? NO_ANSWERS);
    const table = await loadTable(database, inputAt(options.input), { scratch: options.scratch, mapping });
    const { places, unread, surroundings: own } = this.understand(table);
    this.leftOut = await leaveOut(database, { headers: table.headers, places });
    const rows = table.rows - this.leftOut.count;
    const { check, look, asked } = await lookAtTable(database, { headers: table.headers, places }, own);
    const surroundings: LineSurroundings = { ...own, look, asked };
    const columns = INPUT_COLUMNS.filter(({ id }) => places.has(id));
    const shares = columns.filter(({ kind }) => kind === "percent").map(({ id }) => id);
    const reader = new LineJudge(surroundings, columns, new Set());
    const dates = await partialDates(database, places, { columns, surroundings, rows });
    for (const message of dates.messages) this.afterwards.push(`${JSON.stringify(messageJson(message))}\n`);
    this.times = dates.times;
    const wholePercents = await surveyTable(database, places, { reader, shares, times: dates.times });
    const days = surroundings.settings.repeatDays;
    this.repeats = await repeatsOf(database, places, { reader, times: dates.times, rows, days });
    const pool = new JudgePool(
      { surroundings, columns: columns.map(({ id }) => id), wholePercents: [...wholePercents] },
      options.threads,
    );
    try {
      await this.judgeAll(pool, places, rows);
      await this.judgeTwice(pool, places);
    } finally {
      await pool.close();
    }
    for (const message of this.leftOut.messages(options.name, surroundings.language))
      this.afterwards.push(`${JSON.stringify(messageJson(message))}\n`);
    await this.penaltyLines();
    await this.fold(surroundings);
    const outputs = this.outputs();
    const understood = tableRead(table.headers, places, { dates, people: surroundings.people.length });
    const judged = table.rows - this.leftOut.count;
    return { ...(await this.copy(outputs)), rows: judged, unread, understood, check, leftOut: this.leftOut };
  }

  private understand({ headers }: SourceTable): {
    readonly places: ColumnPlaces;
    readonly unread: readonly string[];
    readonly surroundings: LineSurroundings;
  } {
    const { answers } = this.options.surroundings;
    const columns = ownColumns(headers, answers);
    const missing = NEEDED.filter((id) => !columns.has(id));
    if (missing.length > 0) {
      const params = { file: this.options.name, column: missing.map((id) => column(id).header).join("、") };
      throw new BatchError("input.no-column", params, likelyByName(headers, missing));
    }
    const places = new Map<InputId, number>();
    for (const { id } of INPUT_COLUMNS) if (columns.has(id)) places.set(id, columns.get(id)!);
    return {
      places,
      unread: headers.filter((_, i) => ![...columns.values()].includes(i)),
      surroundings: { ...this.options.surroundings, place: placeOf(headers, answers) },
    };
  }

  // ---------------------------------------------------------- rows

  private async judgeAll(pool: JudgePool, places: ColumnPlaces, rows: number): Promise<void> {
    const { times, repeats } = this;
    const query = `SELECT ${portionColumns(places)} FROM source s POSITIONAL JOIN standing t`;
    const portions = portionsOf(this.database, query, (row) => {
      const [own, repeated] = [times.get(row), repeats.get(row)];
      if (own === undefined && repeated === undefined) return undefined;
      return {
        ...(own === undefined ? {} : { times: own }),
        ...repeated,
      };
    });
    let done = 0;
    await this.write(pool.judge(portions), "", (count) => {
      done += count;
      this.options.onRows?.(done, rows);
    });
  }

  /** `ending`: of the files of rows and messages. */
  private async write(
    judged: AsyncIterable<JudgedPortion>,
    ending: "" | ".again",
    after?: (count: number) => void,
  ): Promise<void> {
    const { scratch } = this.options;
    const rows = scratch.lines(`rows.jsonl${ending}`);
    const messages = scratch.lines(`messages.jsonl${ending}`);
    const [fines, claims] = [this.append("fines"), this.append("claims")];
    for await (const portion of judged) {
      await rows.put(portion.rows);
      await messages.put(portion.messages);
      await fines.put(portion.penalties);
      await claims.put(portion.claims);
      for (const [status, count] of portion.statuses) this.count(status, count);
      if (ending === "") for (const row of portion.leftOut) this.leftOut.add("other-kind", row);
      for (const pack of portion.packs) this.packs.add(pack);
      after?.(portion.count);
    }
    for (const file of [rows, messages, fines, claims]) await file.close();
  }

  private count(status: string, more: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + more);
  }

  private append(name: TableName | "claims" | "fines"): LineFile {
    return this.options.scratch.lines(`${name}.jsonl`);
  }

  // ---------------------------------------------------------- rows that punish somebody twice

  /** Such rows are judged once more, and what they gave is taken back. */
  private async judgeTwice(pool: JudgePool, places: ColumnPlaces): Promise<void> {
    const { database, times, repeats } = this;
    await database.run(
      `CREATE TABLE fines AS SELECT *, row_number() OVER () AS place FROM read_json(${this.file("fines")}, format = 'newline_delimited', columns = {
         row: 'BIGINT', status: 'VARCHAR', content: 'VARCHAR', line: 'VARCHAR', packId: 'VARCHAR', complaintId: 'VARCHAR', subjectType: 'VARCHAR',
         subject: 'VARCHAR', punished: 'VARCHAR', reason: 'VARCHAR', state: 'VARCHAR'})`,
    );
    const spoilt = await findSpoilt(database);
    if (spoilt.size === 0) return;
    for (const [status, count] of spoilt) this.count(status, -count);
    await database.run("DELETE FROM fines WHERE row IN (SELECT row FROM spoilt)");
    const query = `SELECT ${portionColumns(places)}, CAST(x.told AS VARCHAR)
                   FROM source s JOIN standing t USING (idx) JOIN spoilt x ON x.row = s.idx + ${FIRST_ROW} ORDER BY s.idx`;
    const portions = portionsOf(database, query, (row) => ({
      ...(times.has(row) ? { times: times.get(row)! } : {}),
      ...repeats.get(row),
    }));
    await this.write(pool.judge(portions), ".again");
    for (const name of ["rows", "messages"] as const) await this.merge(name);
  }

  private async merge(name: "rows" | "messages"): Promise<void> {
    const { scratch } = this.options;
    const path = this.lines.get(name)!;
    const merged = scratch.lines(`${name}.jsonl.merged`);
    await mergeLines(path, scratch.path(`${name}.jsonl.again`), merged);
    await merged.close();
    scratch.replace(path, scratch.path(`${name}.jsonl.merged`));
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
         columns = {row: 'BIGINT', person: 'VARCHAR', line: 'VARCHAR'})
       WHERE row NOT IN (SELECT row FROM spoilt)`,
    );
    await this.database.run(`SET memory_limit = '${FOLDING_MEMORY}'`);
    await this.database.run("CREATE TABLE months (month VARCHAR, person VARCHAR, place BIGINT, line VARCHAR)");
    const months = await this.database.createAppender("months");
    let person: string | undefined;
    let claims: JudgedComplaint[] = [];
    const settle = async (): Promise<void> => {
      const { deductions, messages } = draftedDeductions(claims, surroundings);
      for (const [i, deduction] of deductions.entries()) {
        months.appendVarchar(deduction.month);
        months.appendVarchar(personKey({ employeeNo: deduction.employeeNo, name: deduction.person }));
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
  private outputs(): readonly OutputId[] {
    const { packs } = this.options.surroundings;
    return outputColumnsOf(new Set([...this.packs].flatMap((id) => packs.get(id) ?? [])));
  }

  private async copy(
    outputs: readonly OutputId[],
  ): Promise<Pick<BatchResult, "files" | "byStatus" | "penalties" | "deductions">> {
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
    const count = async (table: string): Promise<number> =>
      Number((await database.runAndReadAll(`SELECT count(*) FROM ${table}`)).getRows()[0]![0]);
    const result = {
      files,
      byStatus: this.byStatus(),
      penalties: await count("fines"),
      deductions: await count("months"),
    };
    if (kind === "duckdb") await database.run("DETACH out");
    return result;
  }

  /** The most frequent first. */
  private byStatus(): ReadonlyMap<string, number> {
    const found = [...this.statuses].filter(([, count]) => count > 0);
    return new Map(found.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
  }
}
