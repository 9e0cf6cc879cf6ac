import { column, OUTPUT_COLUMNS, type ColumnId, type OutputId } from "../../domain/columns.js";
import { complaintRows } from "../complaint-rows.js";
import { earlierOutputs, takenByMapping, withWordsByHand } from "../foreign-outputs.js";
import type { LedgerRow, LedgerSnapshot, RawTable, RowSnapshot, RowWrite, SideTableName } from "../port.js";
import { entryOf, headerText, rawCell, valuesOf, type DateSystem, type ExcelValue } from "./cell-values.js";
import type { WorkbookInfo } from "./discovery.js";
import { mapInPortions } from "./give-way.js";
import { HostProblem } from "./host-problem.js";
import { bodyOf, bodyRange, tableNamed } from "./ledger-reader.js";
import { headersIn, type KeyColumn, type LedgerNow } from "./locate-rows.js";
import { wantedTargets, type Headers } from "../placement.js";
import { changesOf } from "./output-plan.js";
import type { Place } from "./place.js";
import { areaOf, columnLetters, type Area } from "./ranges.js";
import { rowKey } from "./row-identity.js";
import { NO_NEW_COLUMNS } from "./new-columns.js";
import { writeRows } from "./row-writer.js";
import { inputsOf, rawTable, textsIn } from "./snapshot.js";
import { askFacts, type WorkbookFacts } from "./writable.js";
import type { ExcelWriteReport } from "./write-report.js";

/** Judging one row that has just been edited: in a ledger of any length, one request to read and one to write. */

/** The row as it was read, for `writeRow`. */
export interface ReadRowState {
  readonly info: WorkbookInfo;
  /** As they were when the row was read. */
  readonly facts: WorkbookFacts;
  readonly place: Place;
  readonly row: LedgerRow;
  readonly headers: Headers;
  readonly keys: readonly KeyColumn[];
  readonly now: LedgerNow;
  /** Output columns that are somebody's own work. */
  readonly foreign: readonly OutputId[];
}

const MAX_COLUMNS = 16_384;
const OTHERS: readonly ColumnId[] = ["id", "pack", "receivedAt"];
/** By which the row is known again when it is written, right after. */
const KEYS = ["id", "receivedAt", "description"] as const;
const SIDE_TABLES = ["People", "Holidays", "Settings"] as const;
const SHEET_ROWS = 1_048_576;

/**
 * Reads a row by its sheet row, from 1. Undefined if it isn't a row of the ledger's body, or holds no input. `foreign` is
 * what the last reading of the whole ledger found; without it the row has to speak for itself. Throws `HostProblem` ledger-gone and header-gone.
 */
export async function readRow(
  context: Excel.RequestContext,
  info: WorkbookInfo,
  place: Place,
  row: number,
  foreign?: readonly OutputId[],
): Promise<{ readonly found: RowSnapshot; readonly state: ReadRowState } | undefined> {
  if (row < 1 || row > SHEET_ROWS) return undefined;
  const facts = askFacts(context.workbook);
  const sheet = context.workbook.worksheets.getItem(place.sheet.id);
  const body = bodyRange(place);
  const whole = areaOf(sheet, { row: row - 1, column: 0, rows: 1, columns: MAX_COLUMNS });
  const line = body(context).getIntersectionOrNullObject(whole).untrack().load("values,formulas,rowIndex");
  const top = body(context).load("rowIndex,columnIndex,rowCount");
  const header = headerRange(context, place).load("values,rowIndex");
  const others = OTHERS.flatMap((id) => {
    const index = place.match.columns.get(id);
    return index === undefined ? [] : [{ id, range: body(context).getColumn(index).untrack().load("values") }];
  });
  const side = SIDE_TABLES.flatMap((name) => {
    const table = tableNamed(info, name);
    if (!table) return [];
    return [{ name, table, range: bodyOf(context, table).load("values,rowIndex,columnIndex") }];
  });
  await context.sync();
  const headerCells = valuesOf(header)[0]!.map(headerText);
  const headers = headersIn(place, headerCells);
  const changed = place.headers.find((name, i) => name !== headers[i]);
  if (changed !== undefined) throw new HostProblem("header-gone", { header: changed, sheet: place.sheet.name });
  if (line.isNullObject) return undefined;
  const values = valuesOf(line)[0]!;
  const standing = rowCells(place, values, row, info.dates);
  if (!standing) return undefined;
  const foreignNow =
    foreign ??
    earlierOutputs(place.match.columns, [standing], undefined, takenByMapping(place.headers, place.match.columns))
      .foreign;
  const cells = without(standing, foreignNow);
  const names: Headers = new Map([...place.match.columns].map(([id, index]) => [id, place.headers[index]!]));
  const keys = KEYS.flatMap((id): KeyColumn[] => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, header: name }];
  });
  const at = row - 1 - top.rowIndex;
  const now: LedgerNow = {
    tableId: place.kind === "table" ? place.table.id : undefined,
    sheetId: place.sheet.id,
    sheetName: place.sheet.name,
    headerRow: header.rowIndex,
    left: top.columnIndex,
    bodyRow: top.rowIndex,
    bodyRows: top.rowCount,
    headers,
    headerCells,
    // Only the one row is looked for; the others can't be taken for it.
    keys: Array.from({ length: top.rowCount }, (_, i) =>
      i === at ? rowKey(keys.map(({ id }) => cells.cells[id])) : `#${i}`,
    ),
    numbers: [],
    isHidden: () => false,
    formulas: formulaCells((line.formulas as ExcelValue[][])[0]!, values, row - 1, top.columnIndex),
    merges: [],
    freeColumns: 0,
    headerLook: undefined,
  };
  const sideTables = new Map<SideTableName, RawTable>();
  for (const { name, table, range } of side) {
    const { rowIndex, columnIndex } = range;
    const loaded = { sheet: table.sheet, table, headers: table.headers, row: rowIndex, column: columnIndex };
    sideTables.set(name, await rawTable(name, { ...loaded, values: valuesOf(range) }, info.dates));
  }
  const snapshot: LedgerSnapshot = {
    sheet: place.sheet.name,
    table: place.kind === "table" ? place.table.name : undefined,
    headerRow: header.rowIndex + 1,
    // Somebody's own columns are none that the row could be judged by, or written into.
    columns: new Map(
      [...place.match.columns].flatMap(([id, index]) =>
        foreignNow.includes(id as OutputId)
          ? []
          : [[id, { header: place.headers[index]!, letter: columnLetters(top.columnIndex + index) }] as const],
      ),
    ),
    unrecognised: [],
    rows: [cells],
    foreign: foreignNow,
    sideTables,
  };
  const rest = await otherRows(others, top.rowIndex, row, info.dates);
  return {
    found: { snapshot, others: rest },
    state: { info, facts: facts(), place, row: cells, headers: names, keys, now, foreign: foreignNow },
  };
}

/** The row without somebody's own work in output columns. */
function without(read: LedgerRow, foreign: readonly OutputId[]): LedgerRow {
  if (foreign.length === 0) return read;
  const row = withWordsByHand(read, foreign);
  const kept = Object.entries(row.outputs).filter(([id]) => !foreign.includes(id as OutputId));
  return { ...row, outputs: Object.fromEntries(kept) };
}

function headerRange(context: Excel.RequestContext, place: Place): Excel.Range {
  if (place.kind === "table") return context.workbook.tables.getItem(place.table.id).getHeaderRowRange().untrack();
  const { headerRow: row, left, headers, sheet } = place;
  return areaOf(context.workbook.worksheets.getItem(sheet.id), { row, column: left, rows: 1, columns: headers.length });
}

/** The row, unless it holds no input or is no complaint. */
function rowCells(place: Place, values: readonly ExcelValue[], row: number, dates: DateSystem): LedgerRow | undefined {
  const outputs: Record<string, LedgerRow["cells"]["id"]> = {};
  for (const [id, index] of place.match.columns) {
    const { kind, role } = column(id);
    const cell = role === "output" ? rawCell(values[index], kind, dates) : undefined;
    if (cell !== undefined) outputs[id] = cell;
  }
  const inputs = inputsOf(values, place, dates);
  const holdsAny = Object.values(inputs.cells).some((cell) => typeof cell !== "string" || cell.trim() !== "");
  if (!holdsAny) return undefined;
  const names = new Map([...place.match.columns].map(([id, index]) => [id, place.headers[index]!]));
  return complaintRows([{ row, ...inputs, outputs }], names, () => textsIn(values)).rows[0];
}

function formulaCells(
  formulas: readonly ExcelValue[],
  values: readonly ExcelValue[],
  row: number,
  left: number,
): Area[] {
  return formulas.flatMap((formula, j): Area[] => {
    const isFormula = typeof formula === "string" && formula.startsWith("=") && formula !== values[j];
    return isFormula ? [{ row, column: left + j, rows: 1, columns: 1 }] : [];
  });
}

async function otherRows(
  columns: readonly { readonly id: ColumnId; readonly range: Excel.Range }[],
  top: number,
  row: number,
  dates: DateSystem,
): Promise<LedgerRow[]> {
  const rows = Math.max(0, ...columns.map(({ range }) => valuesOf(range).length));
  const all = await mapInPortions(Array.from({ length: rows }), (_, i): LedgerRow => {
    const cells: Record<string, LedgerRow["cells"]["id"]> = {};
    for (const { id, range } of columns) {
      const cell = rawCell(valuesOf(range)[i]?.[0], column(id).kind, dates);
      if (cell !== undefined) cells[id] = cell;
    }
    return { row: top + i + 1, cells, outputs: {} };
  });
  return all.filter((other) => other.row !== row && Object.keys(other.cells).length > 0);
}

/**
 * Writes the outputs of a row that `readRow` has read, into the output columns that the ledger has; columns are not
 * added, nor are other tables written: that is for a whole run. Throws `HostProblem`.
 */
export async function writeRow(
  context: Excel.RequestContext,
  state: ReadRowState,
  write: RowWrite,
): Promise<ExcelWriteReport> {
  const { info, place, row, headers, keys, now, foreign } = state;
  const outputColumns = OUTPUT_COLUMNS.map(({ id }) => id).filter((id) => headers.has(id) && !foreign.includes(id));
  const targets = wantedTargets({ outputColumns, rows: [write], tables: [] }, headers).filter(({ id }) =>
    headers.has(id),
  );
  const changes = changesOf(row, write, targets);
  const key = rowKey(keys.map(({ id }) => row.cells[id]));
  const numbered = changes.some(({ target }) => target.id === "id");
  const keyAfter = rowKey(keys.map(({ id }) => (numbered && id === "id" ? write.newId : row.cells[id])));
  const written = await writeRows(
    {
      context,
      dates: info.dates,
      keyColumns: keys,
      rows: [{ key, row: row.row - 1 }],
      // Somebody moved rows in this very moment: the pane hears of that and judges the row again.
      locate: () => Promise.reject(new HostProblem("changed-meanwhile", { sheet: place.sheet.name })),
      newColumns: () => NO_NEW_COLUMNS,
      after: [],
    },
    changes.length === 0
      ? []
      : [
          {
            source: 0,
            key,
            keyAfter,
            cells: changes.map(({ target: { header, kind }, content, keepsFormat }) => ({
              header,
              kind,
              entry: entryOf(content, kind, info.dates),
              needsFormat: !keepsFormat,
            })),
          },
        ],
    now,
  );
  return {
    placement: place.kind,
    changedCells: written.changedCells,
    keptFormulas: written.keptFormulas,
    movedRows: 0,
    skipped: [],
    backup: { keys, rows: written.backup, tables: [] },
  };
}
