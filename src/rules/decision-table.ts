import { addAll } from "../domain/grouping.js";
import { readJson, nodeAt, problemAt, type JsonPath, type JsonSource } from "./json-source.js";
import type { PackProblem } from "./pack-problem.js";
import { ruleSchema, type DecisionTable, type Rule } from "./pack-schema.js";
import type { Condition, LeafCondition } from "./schema-parts.js";
import { shapeProblems } from "./shape-check.js";

/**
 * Decision tables: rules that differ only in values, written as one table with a row for each. A row becomes an ordinary
 * rule under the row's id, so that everything that is said, checked and explained of rules holds for rows as well.
 */

type TableRow = DecisionTable["rows"][number];

/** Where a rule stands that is a row of a table. */
export interface TableRowPlace {
  readonly id: string;
  /** From 1. */
  readonly row: number;
}

export interface ExpandedRow {
  readonly rule: Rule;
  readonly table: TableRowPlace;
  readonly at: JsonPath;
}

/** The rules of a file's tables in the order in which they stand, and what is wrong with rows. */
export function expandTables(
  source: JsonSource,
  tables: readonly DecisionTable[],
): { readonly rows: readonly ExpandedRow[]; readonly problems: readonly PackProblem[] } {
  const rows: ExpandedRow[] = [];
  const problems: PackProblem[] = [];
  tables.forEach((table, t) => {
    const columns = columnProblems(source, table, ["tables", t]);
    addAll(problems, columns);
    if (columns.length > 0) return;
    table.rows.forEach((row, r) => {
      const at: JsonPath = ["tables", t, "rows", r];
      const wrong = rowProblems(source, table, row, at);
      addAll(problems, wrong);
      if (wrong.length > 0) return;
      const rule = ruleOf(table, row);
      const shape = shapeOf(source, rule, at);
      addAll(problems, shape);
      if (shape.length === 0) rows.push({ rule: rule as Rule, table: { id: table.id, row: r + 1 }, at });
    });
  });
  return { rows, problems };
}

/** A row has a cell for each column, no more and no fewer. */
function rowProblems(source: JsonSource, table: DecisionTable, row: TableRow, at: JsonPath): PackProblem[] {
  return (["if", "then"] as const).flatMap((part) => {
    const [expected, found] = [table[part].length, row[part].length];
    if (expected === found) return [];
    return [problemAt(source, nodeAt(source.root, [...at, part]), "table-cells", { part, expected, found })];
  });
}

/** The event asks for columns of `then` only, and for every one of them. */
function columnProblems(source: JsonSource, { event, then: columns }: DecisionTable, at: JsonPath): PackProblem[] {
  const asked = new Set(cellsIn(event));
  const unknown = [...asked].filter((name) => !columns.includes(name));
  if (unknown.length > 0) {
    const node = nodeAt(source.root, [...at, "event"]);
    const known = columns.join(", ");
    return unknown.map((column) => problemAt(source, node, "table-column-unknown", { column, columns: known }));
  }
  return columns.flatMap((column, i) =>
    asked.has(column)
      ? []
      : [problemAt(source, nodeAt(source.root, [...at, "then", i]), "table-column-unused", { column })],
  );
}

/** The expanded rule held against the shape of rules; what is wrong with it stands in the row. */
function shapeOf(source: JsonSource, rule: object, at: JsonPath): PackProblem[] {
  const alone = readJson(source.file, JSON.stringify(rule));
  if ("problems" in alone) return alone.problems;
  const node = nodeAt(source.root, at);
  return shapeProblems(alone, ruleSchema).map(({ code, params }) => problemAt(source, node, code, params));
}

/** The row as a rule; the shape of its event is checked afterwards. */
function ruleOf(table: DecisionTable, row: TableRow): object {
  const { id, clause = table.clause, note = table.note, priority = table.priority } = row;
  const { effectiveFrom = table.effectiveFrom, effectiveTo = table.effectiveTo } = row;
  return {
    id,
    clause,
    title: row.title ?? titleOf(table, row),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
    ...(note === undefined ? {} : { note }),
    ...(priority === undefined ? {} : { priority }),
    conditions: { all: conditionsOf(table, row) },
    event: filledIn(table.event, new Map(table.then.map((name, i) => [name, row.then[i]]))),
  };
}

/** The table's title with what the row is about. */
function titleOf({ title }: DecisionTable, row: TableRow): Rule["title"] {
  const cells = row.if.flatMap((cell) => (typeof cell === "string" ? [cell] : Array.isArray(cell) ? cell : []));
  if (cells.length === 0) return title;
  return { zh: `${title.zh}（${cells.join("、")}）`, en: `${title.en} (${cells.join(", ")})` };
}

const ALWAYS: LeafCondition = { fact: "always", operator: "equal", value: true };

/** What holds for the whole table, and the row's cells; an empty cell asks nothing. */
function conditionsOf({ conditions, if: columns }: DecisionTable, row: TableRow): readonly Condition[] {
  const cells = columns.flatMap(({ fact, operator = "equal" }, i): LeafCondition[] => {
    const value = row.if[i] ?? null;
    return value === null ? [] : [{ fact, operator, value }];
  });
  const all = [...(conditions ? [conditions] : []), ...cells];
  return all.length > 0 ? all : [ALWAYS];
}

/** The event with `{ "cell": name }` replaced by the row's value; a key whose cell is empty is left out. */
function filledIn(json: unknown, cells: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(json)) return json.map((item) => filledIn(item, cells));
  if (typeof json !== "object" || json === null) return json;
  if (isCell(json)) return cells.get(json.cell);
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, item]) => {
      const value = filledIn(item, cells);
      return value === null ? [] : [[key, value] as const];
    }),
  );
}

function cellsIn(json: unknown): string[] {
  if (typeof json !== "object" || json === null) return [];
  if (isCell(json)) return [json.cell];
  return Object.values(json).flatMap(cellsIn);
}

function isCell(json: object): json is { readonly cell: string } {
  return "cell" in json && typeof json.cell === "string" && Object.keys(json).length === 1;
}
