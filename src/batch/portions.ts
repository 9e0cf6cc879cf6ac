import type { DuckDBConnection } from "@duckdb/node-api";
import type { InputId } from "../domain/columns.js";
import type { Line, LineStanding } from "../jobs/judge-lines.js";
import { FIRST_ROW, type ColumnPlaces } from "./lines.js";
import { standingAt, STANDING_COLUMNS, type StandingValues } from "./survey.js";

/**
 * Rows on their way from the database to the threads that judge them. The database makes a line of JSON of each row, which goes
 * on as it is: fetching cell by cell and handing over objects kept the main thread as busy as all its other work.
 */

/** What is told of a row beside what the database knows. */
export type ToldBeside = Pick<LineStanding, "times" | "repeats" | "repeatedBy" | "twice">;

export interface Portion {
  readonly number: number;
  /** A JSON array of rows: index, cells in the order of the columns, `STANDING_COLUMNS`. */
  readonly rows: string;
  /** By place in the portion. */
  readonly told: readonly (readonly [number, ToldBeside])[];
}

/** Rows a portion: enough that handing them over costs little, few enough that no thread waits long for the last. */
const PORTION = 1024;

/** What stands in a line, for a query in which `s` is `source` and `t` is `standing`. */
export function portionColumns(places: ColumnPlaces): string {
  const cells = [...places.values()].map((place) => `, s.c${place}`);
  const line = `json_array(s.idx${cells.join("")}${STANDING_COLUMNS.map((name) => `, t.${name}`).join("")})`;
  return `s.idx, CAST(${line} AS VARCHAR)`;
}

/** `query` selects `portionColumns` and, if it likes, a column of JSON with what else is told of the row. */
export async function* portionsOf(
  database: DuckDBConnection,
  query: string,
  toldOf: (row: number) => ToldBeside | undefined,
): AsyncGenerator<Omit<Portion, "number">> {
  const result = await database.stream(query);
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [indexes = [], lines = [], more] = chunk.getColumns();
    for (let from = 0; from < chunk.rowCount; from += PORTION) {
      const to = Math.min(from + PORTION, chunk.rowCount);
      const told: [number, ToldBeside][] = [];
      for (let i = from; i < to; i++) {
        const own = toldOf(Number(indexes[i]) + FIRST_ROW);
        const also = more === undefined ? undefined : (JSON.parse(String(more[i])) as ToldBeside);
        if (own !== undefined || also !== undefined) told.push([i - from, { ...own, ...also }]);
      }
      yield { rows: `[${lines.slice(from, to).join(",")}]`, told };
    }
  }
}

/** The rows of a portion as they are judged. */
export function linesIn(
  { rows, told }: Portion,
  columns: readonly InputId[],
): readonly { readonly line: Line; readonly standing: LineStanding | undefined }[] {
  const beside = new Map(told);
  return (JSON.parse(rows) as readonly (readonly unknown[])[]).map((values, place) => {
    const row = Number(values[0]) + FIRST_ROW;
    const cells: Partial<Record<InputId, string>> = {};
    columns.forEach((id, k) => {
      const value = values[k + 1];
      if (typeof value === "string") cells[id] = value;
    });
    // What the database makes of `STANDING_COLUMNS`, in their order.
    const standing = standingAt(row, values.slice(columns.length + 1) as unknown as StandingValues);
    const more = beside.get(place);
    return { line: { row, cells }, standing: more === undefined ? standing : { ...standing, ...more } };
  });
}
