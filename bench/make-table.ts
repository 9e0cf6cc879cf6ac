import { rmSync, writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { csvOf, headersOf, sample } from "../test/batch/tables.js";

/**
 * `npx tsx bench/make-table.ts ROWS OUT.parquet|OUT.csv [DOUBLES]`: the sample ledger's complaints over and over, each copy with
 * numbers, customers and texts of its own, so that no row is another's double. `DOUBLES` more rows are the first ones again.
 */
const PRAISE = 7;
const [count = "20000", out = "table.parquet", doubles = "0"] = process.argv.slice(2);
// A date without its year is told by the rows around it, and those are others in every cut of a table.
const complaints = sample().rows.filter(
  ({ followsId, receivedAt }) => followsId === undefined && /^\d{4}-/.test(receivedAt ?? ""),
);
// One of them is praise, which is left out wherever it is judged.
const rows = complaints.map((row, i) => (i === PRAISE ? { ...row, caseKind: "表扬" } : row));
const base = `${out}.base.csv`;
writeFileSync(base, csvOf(rows));
const instance = await DuckDBInstance.create(":memory:", { preserve_insertion_order: "true" });
const database = await instance.connect();
const own: Readonly<Record<string, string>> = {
  投诉编号: `'T' || k || '-' || row_number() OVER (PARTITION BY k)`,
  联系电话: `CASE WHEN 联系电话 IS NULL THEN NULL ELSE 联系电话 || '-' || k || '-' || row_number() OVER (PARTITION BY k) END`,
  订单编号: `CASE WHEN 订单编号 IS NULL THEN NULL ELSE 订单编号 || '-' || k END`,
  客户名称: `CASE WHEN 客户名称 IS NULL THEN NULL ELSE 客户名称 || (k % 100000) END`,
  投诉内容: `CASE WHEN 投诉内容 IS NULL THEN NULL ELSE 投诉内容 || '（第' || k || '件）' END`,
};
const select = headersOf(rows).map((header) => `${own[header] ?? `"${header}"`} AS "${header}"`);
const copies = (
  cells: readonly string[],
): string => `SELECT ${cells.join(", ")} FROM range(${Math.ceil(Number(count) / rows.length)}) t(k),
         read_csv('${base}', all_varchar = true, header = true)`;
// Somebody has said that they are none that came in again: that is proposed only where all rows are at hand.
const answered = select.map((cell) => (cell.endsWith(`AS "重复投诉"`) ? `'否' AS "重复投诉"` : cell));
const again = Number(doubles) === 0 ? "" : `UNION ALL (${copies(answered)} LIMIT ${Number(doubles)})`;
await database.run(
  `COPY ((${copies(select)} LIMIT ${Number(count)}) ${again})
   TO '${out}' (FORMAT ${out.endsWith(".csv") ? "csv, HEADER" : "parquet"})`,
);
database.closeSync();
rmSync(base);
