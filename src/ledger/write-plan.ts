import { column, OUTPUT_COLUMNS, type OutputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { readPeople } from "../domain/side-tables/people.js";
import type { Outcome, RowOutcome } from "../process/outcome.js";
import { say } from "../process/sentences.js";
import { auditEntries } from "./audit-log.js";
import { choicesOf, choicesTable, tabledChoices } from "./choices.js";
import { holds, isBlankCell, outputCell, showsOutput } from "./output-cells.js";
import { problemsTable } from "./output-tables.js";
import type {
  LedgerRow,
  LedgerSnapshot,
  LedgerWrite,
  OutputTable,
  RawTable,
  SideTableName,
  ColumnChoices,
} from "./port.js";
import { readIf } from "./read-if.js";
import type { RunOptions } from "./run-options.js";

/** What has to be written so that a workbook says what was judged; nothing where it says so already. */

/** What a run did itself: said once, and no problem that stays with the ledger. */
const SAID_ONCE: ReadonlySet<string> = new Set(["books.taken-over", "books.clock"]);

/** What a workbook is to say after a run. */
export interface ToSay {
  readonly outcome: Outcome;
  /** As it stands. */
  readonly snapshot: LedgerSnapshot;
  /** Tables that are written anew where they say something else. */
  readonly tables: readonly OutputTable[];
  /** Rows that are added to tables. */
  readonly added: readonly OutputTable[];
  /** Entries of 处理日志 beside those of changed rows. */
  readonly entries: readonly { readonly id: string; readonly text: string }[];
  /** How far the book had come; empty where nothing is posted. */
  readonly anchor: string;
}

/** What must be written so that the workbook says what the outcome says. */
export function writeOf(
  { outcome, snapshot, tables: own, added, entries, anchor }: ToSay,
  options: RunOptions,
): { write: LedgerWrite | undefined; changedRows: readonly number[] } {
  const { foreign } = snapshot;
  // Columns an earlier run with other packs left behind are ours as well: a value that no rule gives any more must go.
  const present = new Set<OutputId>(outcome.outputColumns);
  for (const { id } of OUTPUT_COLUMNS) if (snapshot.columns.has(id) && !foreign.includes(id)) present.add(id);
  const found = new Set<string>();
  for (const { outputs } of snapshot.rows) for (const id in outputs) found.add(id);
  for (const id of found) present.add(id as OutputId);
  const outputColumns = OUTPUT_COLUMNS.map(({ id }) => id).filter((id) => present.has(id));

  const changedRows: number[] = [];
  const details: { id: string; text: string }[] = [];
  let firstTime = 0;
  // The outcome has the rows of the snapshot in their order.
  outcome.rows.forEach((row, index) => {
    const before = snapshot.rows[index]!;
    const changed = outputColumns.some((id) => !showsOutput(before.outputs[id], id, row.outputs[id]));
    if (!changed && row.newId === undefined) return;
    changedRows.push(row.row);
    if (isBlankCell(before.outputs.status)) firstTime += 1;
    else
      details.push({
        id: row.id ?? `#${row.row}`,
        text: changesOf(row, before, outputColumns).join("；").slice(0, 2000),
      });
  });
  const lasting = outcome.messages.filter(({ cause }) => !SAID_ONCE.has(cause));
  const problems = problemsTable(lasting, snapshot, options.language);
  // A ledger without faults needs no sheet for them.
  const isTold = problems.rows.length > 0 || snapshot.sideTables.has("Problems");
  const choices = choicesIn(outcome, snapshot, options);
  const isListed = choices.some(({ tabled }) => tabled) || snapshot.sideTables.has("Choices");
  const all = [...own, ...(isTold ? [problems] : []), ...(isListed ? [choicesTable(choices)] : [])];
  const tables = all.filter((table) => !stands(table, snapshot.sideTables.get(table.table as SideTableName)));
  const columnsMissing = outputColumns.some((id) => !snapshot.columns.has(id) && !found.has(id));
  if (changedRows.length === 0 && tables.length === 0 && !columnsMissing && added.length === 0)
    return { write: undefined, changedRows };

  const audit = auditEntries(
    {
      at: options.now,
      programVersion: options.programVersion,
      operator: options.operator,
      packVersions: packVersionsOf(outcome),
      changedRows: changedRows.length,
      summary: say(options.language, "audit.run", {
        rows: outcome.rows.length,
        first: firstTime,
        changed: details.length,
        penalties: outcome.penalties.length,
        book: anchor,
      }),
      details: [...details, ...entries],
    },
    options.language,
    snapshot.sideTables.get("AuditLog"),
  );
  return {
    write: {
      ...(foreign.length === 0 ? {} : { foreign }),
      outputColumns,
      rows: outcome.rows,
      choices,
      tables: [...tables, ...added, audit],
    },
    changedRows,
  };
}

/** The departments that 人员 names. */
export function departmentsOf({ sideTables }: Pick<LedgerSnapshot, "sideTables">): readonly string[] {
  const people = readIf(sideTables.get("People"), readPeople)?.people ?? [];
  return people.flatMap(({ department }) => department ?? []);
}

/** Drop-downs of the listed columns that the ledger has, for the packs that judge it; departments of 人员 are among them. */
function choicesIn({ rows }: Outcome, { columns, sideTables }: LedgerSnapshot, { packs }: RunOptions): ColumnChoices[] {
  const used = [...new Set(rows.flatMap(({ packId }) => packId ?? []))].sort().flatMap((id) => packs.get(id) ?? []);
  const departments = departmentsOf({ sideTables });
  const known = new Map(choicesOf([...packs.values()], departments).map(({ id, values }) => [id, values]));
  const choices = choicesOf(used, departments).flatMap((one) =>
    columns.has(one.id) ? [{ ...one, known: known.get(one.id) ?? one.values }] : [],
  );
  return tabledChoices(choices, sideTables.get("Choices"));
}

function packVersionsOf({ rows }: Outcome): string[] {
  const versions = new Set<string>();
  for (const { outputs } of rows) if (outputs.packVersion !== undefined) versions.add(outputs.packVersion);
  return [...versions].sort();
}

/** The outputs of a row that change, as “header：before→after”. */
function changesOf(row: RowOutcome, before: LedgerRow, outputColumns: readonly OutputId[]): string[] {
  const changes: string[] = [];
  for (const id of outputColumns) {
    const value = row.outputs[id];
    const cell = before.outputs[id];
    if (showsOutput(cell, id, value)) continue;
    changes.push(
      `${column(id).header}：${shown(cell)}→${shown(value === undefined ? undefined : outputCell(id, value))}`,
    );
  }
  return changes;
}

function shown(cell: RawCell | undefined): string {
  if (cell === undefined || cell === null || cell === "") return "（空）";
  return typeof cell === "object" ? cell.error : String(cell);
}

/** Whether a table of ours stands in the workbook exactly like this. */
function stands(table: OutputTable, found: RawTable | undefined): boolean {
  if (!found) return false;
  const indexes = table.columns.map(({ header }) => found.headers.findIndex((h) => h.header === header));
  if (indexes.includes(-1)) return false;
  const rows = found.rows.filter(({ cells }) =>
    indexes.some((i) => cells[i] !== undefined && cells[i] !== null && cells[i] !== ""),
  );
  return (
    rows.length === table.rows.length &&
    table.rows.every((cells, r) =>
      cells.every((cell, c) => holds(rows[r]!.cells[indexes[c]!], typeof cell === "boolean" ? String(cell) : cell)),
    )
  );
}
