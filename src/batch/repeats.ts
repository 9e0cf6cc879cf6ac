import type { DuckDBConnection } from "@duckdb/node-api";
import type { InputId } from "../domain/columns.js";
import type { LineJudge, LineStanding } from "../jobs/judge-lines.js";
import { confirmedRepeats, repeatsIn } from "../process/repeats.js";
import { REPEAT_DAYS } from "../process/survey.js";
import { lineAt, MOST_ROWS_AT_HAND, type ColumnPlaces, type TimesByRow } from "./lines.js";

type ToldOfRepeats = Pick<LineStanding, "repeats" | "repeatedBy">;

/** What rows are compared by, and what says who they are. */
const READ: readonly InputId[] = [
  ...(["id", "pack", "receivedAt", "customer", "phone", "orderNo", "product", "description"] as const),
  ...(["repeated", "followsId", "eightDAt"] as const),
];

/** By sheet row, the earlier complaint that it may be over again, and those that are it over again. None are proposed in tables that can't be at hand. */
export async function repeatsOf(
  database: DuckDBConnection,
  places: ColumnPlaces,
  {
    reader,
    times,
    rows,
    days = REPEAT_DAYS,
  }: {
    readonly reader: LineJudge;
    readonly times: TimesByRow;
    readonly rows: number;
    readonly days: number | undefined;
  },
): Promise<ReadonlyMap<number, ToldOfRepeats>> {
  if (rows > MOST_ROWS_AT_HAND) return new Map();
  const columns = READ.filter((id) => places.has(id));
  const select = columns.map((id) => `, s.c${places.get(id)!}`).join("");
  const result = await database.stream(`SELECT s.idx, t.new_id${select} FROM source s POSITIONAL JOIN standing t`);
  const packs = new Map<string, object>();
  const known = [];
  const numbers: { readonly row: number; readonly id: string | undefined }[] = [];
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [indexes, newIds, ...values] = chunk.getColumns();
    for (let i = 0; i < chunk.rowCount; i++) {
      const { row, cells } = lineAt(Number(indexes![i]), columns, values, i);
      const { pack, id, receivedAt } = reader.read({ row, cells }, times.get(row));
      if (pack !== undefined && !packs.has(pack)) packs.set(pack, { pack });
      known.push({ cells, receivedAt, group: pack === undefined ? undefined : packs.get(pack), id });
      const newId = newIds![i];
      numbers.push({ row, id: id ?? (typeof newId === "string" ? newId : undefined) });
    }
  }
  const found = new Map<number, ToldOfRepeats>();
  for (const [index, repeatedBy] of confirmedRepeats(known, (at) => numbers[at]!.id))
    found.set(numbers[index]!.row, { repeatedBy });
  for (const [index, { of, agreesIn, daysBetween }] of repeatsIn(known, days)) {
    const { id } = numbers[of]!;
    if (id === undefined) continue;
    const { row } = numbers[index]!;
    found.set(row, { ...found.get(row), repeats: { id, agreesIn, days: daysBetween } });
  }
  return found;
}
