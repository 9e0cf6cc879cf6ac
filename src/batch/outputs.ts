import { extname } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { OUTPUT_COLUMNS, type ColumnKind, type OutputId } from "../domain/columns.js";
import { CSV_MARK, FORMULA_START } from "../domain/csv.js";
import { BatchError } from "./batch-error.js";
import { sqlName, sqlText } from "./table.js";

/** The tables that a batch leaves: rows, penalties, deductions, messages. They are made as JSON lines and copied from there. */

export type OutputKind = "jsonl" | "csv" | "parquet" | "duckdb";
export type TableName = "rows" | "penalties" | "deductions" | "messages";

export const TABLES: readonly TableName[] = ["rows", "penalties", "deductions", "messages"];

const KINDS: Readonly<Record<string, OutputKind>> = {
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".csv": "csv",
  ".parquet": "parquet",
  ".duckdb": "duckdb",
};

/** What kind of table the name asks for. Throws `BatchError`. */
export function outputKind(path: string): OutputKind {
  const kind = KINDS[extname(path).toLowerCase()];
  if (kind === undefined) throw new BatchError("output.unknown-kind", { file: path });
  return kind;
}

/** OUT.jsonl for the rows, OUT.penalties.jsonl and so on beside it; a database holds all of them. */
export function outputPath(path: string, kind: OutputKind, table: TableName): string {
  if (table === "rows" || kind === "duckdb") return path;
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}.${table}${ending}`;
}

const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: "VARCHAR",
  datetime: "TIMESTAMP",
  date: "DATE",
  money: "DECIMAL(18,2)",
  price: "VARCHAR",
  number: "DOUBLE",
  integer: "BIGINT",
  percent: "DOUBLE",
  boolean: "BOOLEAN",
  persons: "VARCHAR",
  list: "VARCHAR[]",
};

type Shape = Readonly<Record<string, string>>;

/** Columns and types of a table, in the order of `process --json`. */
export function shapeOf(table: TableName, outputs: readonly OutputId[]): Shape {
  switch (table) {
    case "rows": {
      const columns = OUTPUT_COLUMNS.filter(({ id }) => outputs.includes(id));
      return { row: "BIGINT", id: "VARCHAR", ...Object.fromEntries(columns.map(({ id, kind }) => [id, TYPES[kind]])) };
    }
    case "penalties":
      return {
        ...{ complaintId: "VARCHAR", pack: "VARCHAR", state: "VARCHAR", settledOn: "DATE", month: "VARCHAR" },
        ...{
          subjectType: "VARCHAR",
          subject: "VARCHAR",
          employeeNo: "VARCHAR",
          department: "VARCHAR",
          type: "VARCHAR",
        },
        ...{ reason: "VARCHAR", formula: "VARCHAR", amount: "DECIMAL(18,2)", sanction: "VARCHAR", basis: "VARCHAR" },
        rule: "VARCHAR",
      };
    case "deductions":
      return {
        ...{ month: "VARCHAR", employeeNo: "VARCHAR", person: "VARCHAR", state: "VARCHAR", department: "VARCHAR" },
        ...{ carriedIn: "DECIMAL(18,2)", added: "DECIMAL(18,2)", ceiling: "DECIMAL(18,2)", ceilingBasis: "VARCHAR" },
        ...{ deducted: "DECIMAL(18,2)", carriedOut: "DECIMAL(18,2)", messages: "VARCHAR[]" },
      };
    case "messages":
      return { row: "BIGINT", column: "VARCHAR", value: "VARCHAR", level: "VARCHAR", text: "VARCHAR" };
  }
}

/** Copies a table of JSON lines to a CSV, a Parquet file or into a database file that is attached as `out`. */
export async function copyTable(
  database: DuckDBConnection,
  lines: string,
  {
    table,
    shape,
    kind,
    to,
  }: { readonly table: TableName; readonly shape: Shape; readonly kind: OutputKind; readonly to: string },
): Promise<void> {
  const types = Object.entries(shape).map(([name, type]) => `${sqlName(name)}: ${sqlText(type)}`);
  const from = `read_json(${sqlText(lines)}, format = 'newline_delimited', columns = {${types.join(", ")}})`;
  if (kind === "duckdb") {
    await database.run(`CREATE TABLE out.${table} AS SELECT * FROM ${from}`);
    return;
  }
  if (kind === "parquet") {
    await database.run(`COPY (SELECT * FROM ${from}) TO ${sqlText(to)} (FORMAT parquet)`);
    return;
  }
  const columns = Object.entries(shape).map(([name, type], i) => csvColumn(name, type, i === 0 ? CSV_MARK : ""));
  await database.run(`COPY (SELECT ${columns.join(", ")} FROM ${from}) TO ${sqlText(to)} (FORMAT csv, HEADER)`);
}

/** Lists as they stand in a cell; texts as `csvText` guards them. The mark stands before the first header. */
function csvColumn(name: string, type: string, mark: string): string {
  const own = sqlName(name);
  const header = sqlName(`${mark}${name}`);
  if (type === "TIMESTAMP") return `strftime(${own}, '%Y-%m-%dT%H:%M:%S') AS ${header}`;
  if (type !== "VARCHAR" && type !== "VARCHAR[]") return `${own} AS ${header}`;
  const text = type === "VARCHAR" ? own : `array_to_string(${own}, '；')`;
  return `CASE WHEN regexp_matches(${text}, ${sqlText(FORMULA_START)}) THEN '''' || ${text} ELSE ${text} END AS ${header}`;
}
