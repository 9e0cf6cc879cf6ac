import type { DuckDBConnection } from "@duckdb/node-api";

/**
 * Rows that would punish somebody a second time for one act. All that is known of them stands in the database, however
 * many they are: `spoilt`, with what each is told of the others as JSON.
 */

/** Makes `spoilt` from `fines`; gives how many rows of each 当前状态 it takes away. */
export async function findSpoilt(database: DuckDBConnection): Promise<ReadonlyMap<string, number>> {
  // Told by two numbers first: lists are kept in memory while a grouping is at work, and most acts are fined once.
  const keys = (identity: string): string => `packId, ${identity}, subjectType, punished, reason`;
  const several = (identity: string, turn: number): string => {
    const same = keys(identity)
      .split(", ")
      .map((name) => `f.${name} IS NOT DISTINCT FROM g.${name}`);
    return `SELECT list_sort(list(DISTINCT f.row)) AS rows, arg_min(f.subject, f.place) AS subject, any_value(f.reason) AS reason,
                   ${turn} AS turn, min(f.place) AS first
            FROM fines f JOIN (
              SELECT ${keys(identity)} FROM fines WHERE state <> '作废' GROUP BY ALL HAVING min(row) <> max(row)
            ) g ON ${same.join(" AND ")}
            WHERE f.state <> '作废'
            GROUP BY ${keys(identity)
              .split(", ")
              .map((name) => `f.${name}`)
              .join(", ")}`;
  };
  // In the order in which a ledger comes upon them: by number, then by content, each where it first stands.
  await database.run(
    `CREATE TABLE twice AS
     SELECT rows, subject, reason, row_number() OVER (ORDER BY min(turn), min(first)) AS place
     FROM (${several("complaintId", 0)} UNION ALL ${several("content", 1)}) GROUP BY rows, subject, reason`,
  );
  await database.run(
    `CREATE TABLE spoilt AS
     SELECT row, json_object('twice', list({
              'rows': list_filter(rows, lambda other: other <> row), 'subject': subject, 'reason': reason} ORDER BY place)) AS told
     FROM (SELECT unnest(rows) AS row, * FROM twice) GROUP BY row`,
  );
  const before = await database.runAndReadAll(
    `SELECT status, count(DISTINCT row) FROM fines WHERE row IN (SELECT row FROM spoilt) GROUP BY status`,
  );
  return new Map(before.getRows().map(([status, count]) => [String(status), Number(count)]));
}
