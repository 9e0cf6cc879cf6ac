import { BIGINT, BOOLEAN, VARCHAR, DuckDBDataChunk, type DuckDBConnection, type DuckDBValue } from "@duckdb/node-api";
import type { InputId } from "../domain/columns.js";
import type { WallTime } from "../domain/wall-time.js";
import type { LineJudge, LineStanding } from "../jobs/judge-lines.js";
import { sideBySide, type ChainRow } from "../process/one-case.js";
import { FIRST_ROW, lineAt, type ColumnPlaces, type TimesByRow } from "./lines.js";

/**
 * How each row stands among the others, as `src/process/survey.ts` works it out for a ledger: numbers, duplicates,
 * follow-ups, earlier complaints. What a row says of itself is read by our own engine; holding rows against each other
 * is the database's work, which spills to disk.
 */

const KEY_TYPES = [BIGINT, VARCHAR, VARCHAR, BOOLEAN, BIGINT, VARCHAR, VARCHAR, VARCHAR, BIGINT, BOOLEAN];

/** The input columns that rows are surveyed by. */
const READ: readonly InputId[] = ["id", "pack", "receivedAt", "customer", "followsId", "upheld"];

export interface SurveyOptions {
  readonly reader: LineJudge;
  /** The columns of shares. */
  readonly shares: readonly InputId[];
  readonly times: TimesByRow;
}

/** Makes the table `standing`, a row for each of `source` in its order; gives the columns that hold plain per cents. */
export async function surveyTable(
  database: DuckDBConnection,
  places: ColumnPlaces,
  survey: SurveyOptions,
): Promise<ReadonlySet<InputId>> {
  const { reader } = survey;
  const wholePercents = await readKeys(database, places, survey);
  await numberRows(database, reader);
  await standRows(database);
  return wholePercents;
}

async function readKeys(
  database: DuckDBConnection,
  places: ColumnPlaces,
  { reader, shares, times }: SurveyOptions,
): Promise<ReadonlySet<InputId>> {
  await database.run(
    `CREATE TABLE keys (idx BIGINT, pack VARCHAR, id VARCHAR, unnumbered BOOLEAN, received BIGINT, customer VARCHAR,
                        follows VARCHAR, period VARCHAR, running BIGINT, rejected BOOLEAN)`,
  );
  const columns = [...READ, ...shares].filter((id) => places.has(id));
  const select = columns.map((id) => `, c${places.get(id)!}`).join("");
  const whole = new Set<InputId>();
  const appender = await database.createAppender("keys");
  const source = await database.stream(`SELECT idx${select} FROM source`);
  for (let chunk = await source.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await source.fetchChunk()) {
    const [indexes, ...values] = chunk.getColumns();
    const keys: DuckDBValue[][] = KEY_TYPES.map(() => []);
    for (let i = 0; i < chunk.rowCount; i++) {
      const index = indexes![i] as bigint;
      const line = lineAt(Number(index), columns, values, i);
      const read = reader.read(line, times.get(line.row));
      for (const id of read.wholePercents) whole.add(id);
      [
        index,
        read.pack ?? null,
        read.id ?? null,
        read.unnumbered,
        read.receivedAt === undefined ? null : BigInt(read.receivedAt),
        read.customer ?? null,
        read.followsId ?? null,
        read.period ?? null,
        read.running === undefined ? null : BigInt(read.running),
        read.rejected,
      ].forEach((value, k) => keys[k]!.push(value));
    }
    const rows = DuckDBDataChunk.create(KEY_TYPES, chunk.rowCount);
    rows.setColumns(keys);
    appender.appendDataChunk(rows);
  }
  appender.closeSync();
  return whole;
}

/** Gives blank 投诉编号 their numbers, after the highest of their pack and period. */
async function numberRows(database: DuckDBConnection, reader: LineJudge): Promise<void> {
  await database.run(`CREATE TABLE numbers (idx BIGINT, id VARCHAR, overflow BOOLEAN)`);
  const blank = await database.stream(
    `SELECT k.idx, k.pack, k.received, coalesce(h.running, 0) + row_number() OVER (PARTITION BY k.pack, k.period ORDER BY k.idx)
     FROM keys k
     LEFT JOIN (SELECT pack, period, max(running) AS running FROM keys WHERE id IS NOT NULL GROUP BY pack, period) h
       ON h.pack = k.pack AND h.period = k.period
     WHERE k.unnumbered AND k.pack IS NOT NULL AND k.received IS NOT NULL`,
  );
  const appender = await database.createAppender("numbers");
  for (let chunk = await blank.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await blank.fetchChunk()) {
    for (const [index, pack, received, running] of chunk.getRows()) {
      const { text, overflow } = reader.number(String(pack), Number(received) as WallTime, Number(running));
      appender.appendBigInt(index as bigint);
      appender.appendVarchar(text);
      appender.appendBoolean(overflow);
      appender.endRow();
    }
  }
  appender.closeSync();
}

async function standRows(database: DuckDBConnection): Promise<void> {
  await database.run(
    `CREATE TABLE known AS
     SELECT k.idx, k.pack, coalesce(k.id, n.id) AS id, n.id AS new_id, n.overflow, k.received, k.customer, k.follows,
            k.rejected
     FROM keys k LEFT JOIN numbers n ON n.idx = k.idx`,
  );
  await database.run("DROP TABLE keys");
  // Counted first: lists are kept in memory while a grouping is at work, and most numbers stand once.
  await database.run(
    `CREATE TABLE doubles AS
     SELECT k.pack, k.id, list(k.idx + ${FIRST_ROW} ORDER BY k.idx) AS rows
     FROM known k JOIN (SELECT pack, id FROM known WHERE id IS NOT NULL GROUP BY pack, id HAVING count(*) > 1) d
       ON d.pack IS NOT DISTINCT FROM k.pack AND d.id = k.id
     GROUP BY k.pack, k.id`,
  );
  await database.run(
    `CREATE TABLE followers AS
     SELECT pack, follows AS id, list(coalesce(id, '') ORDER BY idx) AS ids FROM known WHERE follows IS NOT NULL
     GROUP BY pack, follows`,
  );
  await besideRows(database);
  await database.run(
    `CREATE TABLE standing AS
     SELECT k.idx, k.new_id, k.overflow,
            CASE WHEN k.customer IS NULL OR k.received IS NULL THEN 0
                 ELSE rank() OVER (PARTITION BY k.customer ORDER BY k.received NULLS LAST) - 1 END AS earlier,
            f.ids AS followed_by, d.rows AS doubles,
            k.follows IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM known o WHERE o.pack IS NOT DISTINCT FROM k.pack AND o.id = k.follows) AS follows_nobody,
            b.rows AS beside
     FROM known k
     LEFT JOIN beside b ON b.idx = k.idx
     LEFT JOIN followers f ON f.pack IS NOT DISTINCT FROM k.pack AND f.id = k.id
     LEFT JOIN doubles d ON d.pack IS NOT DISTINCT FROM k.pack AND d.id = k.id
     ORDER BY k.idx`,
  );
  for (const table of ["known", "doubles", "followers", "numbers", "beside"]) await database.run(`DROP TABLE ${table}`);
}

/** Rows that continue one complaint side by side. Only those in chains are looked at, which are few in any table. */
async function besideRows(database: DuckDBConnection): Promise<void> {
  const linked = await database.runAndReadAll(
    `SELECT k.idx, k.pack, k.id, k.follows, k.rejected FROM known k
     WHERE k.follows IS NOT NULL
        OR EXISTS (SELECT 1 FROM followers f WHERE f.pack IS NOT DISTINCT FROM k.pack AND f.id = k.id)
     ORDER BY k.idx`,
  );
  const key = (pack: DuckDBValue, id: DuckDBValue): string => JSON.stringify([String(pack), String(id)]);
  const chain = linked.getRows().map(([index, pack, id, follows, rejected]): ChainRow => ({
    index: Number(index),
    key: key(pack!, id ?? `#${String(index)}`),
    follows: follows === null || follows === undefined ? undefined : key(pack!, follows),
    rejected: rejected === true,
  }));
  await database.run(`CREATE TABLE beside (idx BIGINT, rows BIGINT[])`);
  for (const indexes of sideBySide(chain))
    for (const index of indexes) {
      const others = indexes.filter((other) => other !== index).map((other) => other + FIRST_ROW);
      await database.run(`INSERT INTO beside VALUES (${index}, [${others.join(", ")}])`);
    }
}

/** The columns of `standing` beside `idx`. */
export const STANDING_COLUMNS = [
  "new_id",
  "overflow",
  "earlier",
  "followed_by",
  "doubles",
  "follows_nobody",
  "beside",
] as const;

/** The values of `STANDING_COLUMNS`, as JSON has them. */
export type StandingValues = readonly [
  newId: string | null,
  overflow: boolean | null,
  earlier: number,
  followedBy: readonly string[] | null,
  doubles: readonly number[] | null,
  followsNobody: boolean,
  beside: readonly number[] | null,
];

/** How a row stands, from the columns of `standing`; undefined where there is nothing to tell. */
export function standingAt(row: number, values: StandingValues): LineStanding | undefined {
  const [newId, overflow, earlier, followedBy, doubles, followsNobody, beside] = values;
  const others = (doubles ?? []).filter((other) => other !== row);
  const alone = earlier === 0 && followedBy === null && others.length === 0 && beside === null;
  if (newId === null && alone && !followsNobody) return undefined;
  return {
    ...(newId === null ? {} : { newId }),
    ...(overflow === true ? { overflow } : {}),
    ...(earlier === 0 ? {} : { earlierOfCustomer: earlier }),
    ...(followedBy === null ? {} : { followedBy }),
    ...(others.length === 0 ? {} : { duplicates: others }),
    ...(followsNobody ? { followsNobody } : {}),
    ...(beside === null ? {} : { beside }),
  };
}
