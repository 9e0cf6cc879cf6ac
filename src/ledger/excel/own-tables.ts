import { headerKey } from "../../domain/match-key.js";
import type { TableBackup } from "./backup.js";
import { planBlocks, type ChangedRow, type Part } from "./blocks.js";
import { textEntry, type DateSystem, type ExcelValue } from "./cell-values.js";
import { chainEnd } from "./chain-end.js";
import { mapInPortions } from "./give-way.js";
import { askGuided, guideColumn, type MayGuide } from "./guide-column.js";
import { hiddenRows } from "./hidden-rows.js";
import { HostProblem } from "./host-problem.js";
import type { LoadedTable } from "./ledger-reader.js";
import { columnsToGuide, type TableSpec } from "../own-table-plan.js";
import { formulaFinder } from "./formula-finder.js";
import { freeTableName } from "../tables-of-ours.js";
import { pointsOf } from "./output-plan.js";
import type { WorkbookInfo } from "./discovery.js";
import type { SheetInfo } from "./place.js";
import { addStatusColours, COLOUR_BYTES } from "./status-colours.js";
import { hasOwnColumns, planTable, type StandingTable, type TablePlan } from "./table-changes.js";
import { addBlankRow, enterCells, formatRange, numberFormatOf } from "./write-cells.js";
import { rowBytes, rowsAtOnce } from "./payload.js";
import { areaOf, formatArea, type Area } from "./ranges.js";
import type { Step } from "./request-queue.js";

/** Writing tables that the program owns: 处罚明细, 扣款台账, 处理日志, 处理结果. */

/** What a table was found to be when the workbook was read. */
export interface Found {
  readonly loaded: LoadedTable | undefined;
  readonly sheets: readonly SheetInfo[];
  /** Names that no new table may bear. */
  readonly names: readonly string[];
  readonly dates: DateSystem;
}

/** A table of ours with what is asked about it right before it is written. */
export interface OwnTable {
  readonly spec: TableSpec;
  /** The sheet on which it stands or will stand. */
  readonly sheet: string;
  /** Looks at what was asked; call after a request. Throws `HostProblem`. */
  readonly plan: () => Promise<PlannedTable>;
}

export interface PlannedTable {
  readonly steps: readonly Step[];
  readonly changedCells: number;
  readonly backup: TableBackup | undefined;
  /** The table's name, where a sheet was made for it. */
  readonly made?: string;
}

const NOTHING: PlannedTable = { steps: [], changedCells: 0, backup: undefined };
const STEP_BYTES = 1200;
const BYTES_A_BLOCK = 700;
const PIECE_BYTES = 250_000;
/** Rows below a table that are asked about beside the ones it is known to grow by. */
const MARGIN = 50;

/** Names of a workbook that no new table may bear. */
export function takenNames({ tables, names }: Pick<WorkbookInfo, "tables" | "names">): string[] {
  return [...names, ...tables.map(({ name }) => name)];
}

/** Asks about a table; nothing is written yet. */
export function askTable(context: Excel.RequestContext, spec: TableSpec, found: Found): OwnTable {
  const { loaded } = found;
  if (loaded?.table) return askStanding(context, spec, found, loaded, loaded.table.id);
  const sheet = found.sheets.find(({ name }) => name.trim().toLowerCase() === spec.sheet.toLowerCase());
  if (loaded && sheet && sameHeaders(spec, loaded)) {
    const rows = Math.max(1, loaded.values.length);
    const mayGuide = askGuided(spec, loaded.headers, (at) =>
      areaOf(context.workbook.worksheets.getItem(sheet.id), {
        ...{ row: loaded.row, column: loaded.column + at, rows, columns: 1 },
      }),
    );
    return { spec, sheet: sheet.name, plan: () => planPlain(context, spec, { ...found, mayGuide }, loaded, sheet) };
  }
  const free = sheet === undefined || loaded !== undefined ? freeName(spec.sheet, found.sheets) : undefined;
  const protection = context.workbook.protection.load("protected");
  // A chain that was begun by somebody else meanwhile.
  const begun = spec.follows && context.workbook.tables.getItemOrNullObject(spec.table).load("id");
  const plan = async (): Promise<PlannedTable> => {
    if (begun && !begun.isNullObject && loaded === undefined)
      throw new HostProblem("chain-moved", { table: spec.sheet });
    if (free !== undefined && protection.protected) throw new HostProblem("protected-workbook", { sheet: free });
    return planNew(context, spec, found, free ?? spec.sheet, free === undefined);
  };
  return { spec, sheet: free ?? spec.sheet, plan };
}

function sameHeaders(spec: TableSpec, { headers }: LoadedTable): boolean {
  const keys = headers.map(headerKey);
  return keys.length > 0 && spec.columns.every(({ header }, i) => keys[i] === headerKey(header));
}

/** The sheet's name, or the first of its kind that nobody has: 处罚明细 2. */
function freeName(name: string, sheets: readonly SheetInfo[]): string {
  const taken = new Set(sheets.map((sheet) => sheet.name.trim().toLowerCase()));
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${name} ${n}`;
  return free;
}

function askStanding(
  context: Excel.RequestContext,
  spec: TableSpec,
  { dates }: Found,
  loaded: LoadedTable,
  id: string,
): OwnTable {
  const table = context.workbook.tables.getItemOrNullObject(id).load("name,showTotals");
  const header = table.getHeaderRowRange().untrack().load("values,rowIndex,columnIndex");
  const body = table.getDataBodyRange().untrack().load("rowIndex,columnIndex,rowCount,rowHidden");
  // Formulas of the user's beside our columns stay where they are; only then is it worth asking for them.
  const formulas =
    spec.mode !== "append" && hasOwnColumns(spec, loaded.headers)
      ? table.getDataBodyRange().untrack().load("formulas")
      : undefined;
  const end = spec.follows && chainEnd(table, spec, loaded);
  const mayGuide = askGuided(spec, loaded.headers, (at) =>
    table.columns.getItemOrNullObject(loaded.headers[at]!).getDataBodyRange(),
  );
  const sheet = table.worksheet.load("id,name");
  const protection = sheet.protection.load("protected");
  const filter = table.autoFilter.load("isDataFiltered");
  const growth = Math.max(0, spec.rows.length - loaded.values.length) + MARGIN;
  const under = table
    .getRange()
    .untrack()
    .getRowsBelow(spec.mode === "append" ? spec.rows.length + MARGIN : growth)
    .untrack()
    .load("rowHidden");
  const below = under.getUsedRangeOrNullObject(true).untrack().load("rowIndex");
  const plan = async (): Promise<PlannedTable> => {
    if (table.isNullObject) throw new HostProblem("item-not-found", { item: spec.table });
    if (end && !end.isStill()) throw new HostProblem("chain-moved", { table: spec.sheet });
    const now: StandingTable = {
      headers: (header.values as ExcelValue[][])[0]!.map(String),
      rows: body.rowCount,
      values: loaded.values,
      ...(formulas ? { isFormula: formulaFinder(formulas, loaded.values) } : {}),
    };
    const planned = await planTable(spec, now, dates);
    if (planned.changedCells === 0 && planned.newHeaders.length === 0) return NOTHING;
    if (protection.protected) throw new HostProblem("protected-sheet", { sheet: sheet.name });
    const top = body.rowIndex;
    const last = top + planned.rows - 1;
    if (planned.rows > now.rows && !below.isNullObject && below.rowIndex <= last) {
      const address = formatArea({ row: below.rowIndex, column: header.columnIndex, rows: 1, columns: 1 });
      throw new HostProblem("table-blocked", { table: spec.table, sheet: sheet.name, address });
    }
    const place = { sheet, left: header.columnIndex, headerRow: header.rowIndex, top };
    const clearsFilters = spec.mode !== "append" && filter.isDataFiltered;
    const isHidden = await hiddenRows(
      context,
      sheet,
      { body, under, rows: Math.max(body.rowCount, planned.rows) },
      planned.changes,
    );
    const behaviour = { hasTotals: table.showTotals, clearsFilters, isHidden, mayGuide };
    return {
      steps: await standingSteps(() => table, place, spec, now, planned, behaviour),
      changedCells: planned.changedCells,
      backup: backupOf(spec, loaded),
    };
  };
  return { spec, sheet: loaded.sheet.name, plan };
}

interface Behaviour {
  readonly hasTotals: boolean;
  readonly clearsFilters: boolean;
  /** Arrays across hidden rows go astray: such rows are written one by one. */
  readonly isHidden: (row: number) => boolean;
  readonly mayGuide: MayGuide;
}

interface TableAt {
  readonly sheet: Excel.Worksheet;
  readonly left: number;
  readonly headerRow: number;
  /** First row of the body. */
  readonly top: number;
}

async function standingSteps(
  open: () => Excel.Table,
  { sheet, left, headerRow, top }: TableAt,
  spec: TableSpec,
  now: StandingTable,
  plan: TablePlan,
  { hasTotals, clearsFilters, isHidden, mayGuide }: Behaviour,
): Promise<Step[]> {
  const width = now.headers.length + plan.newHeaders.length;
  const area = (rows: number): Area => ({ row: headerRow, column: left, rows: rows + 1, columns: width });
  const rowsWhileWriting = Math.max(plan.rows, now.rows);
  const grow: Step = {
    requestBytes: STEP_BYTES * (1 + plan.newHeaders.length),
    responseBytes: 200,
    prepare: () => {
      const table = open();
      // What is new would be hidden as well, and the table is ours.
      if (clearsFilters) table.clearFilters();
      // The table is made larger before anything is written: what is written beside it would make it grow by itself.
      if (hasTotals && rowsWhileWriting > now.rows) {
        for (let n = now.rows; n < rowsWhileWriting; n += 1) addBlankRow(table, now.headers.length);
      } else if (rowsWhileWriting > now.rows || width > now.headers.length) {
        table.resize(areaOf(sheet, area(rowsWhileWriting)));
      }
      if (plan.newHeaders.length > 0) {
        const row = { row: headerRow, column: left + now.headers.length, rows: 1, columns: plan.newHeaders.length };
        enterCells(areaOf(sheet, row), [plan.newHeaders.map(({ header }) => textEntry(header))]);
      }
      for (const { at, header, guide } of columnsToGuide(spec, {
        positions: plan.columns,
        added: plan.newHeaders,
      }).filter(({ header, isNew }) => isNew || mayGuide(header)))
        guideColumn(areaOf(sheet, { row: top, column: left + at, rows: rowsWhileWriting, columns: 1 }), header, guide);
      if (rowsWhileWriting > now.rows) {
        const added = { row: top + now.rows, rows: rowsWhileWriting - now.rows };
        formatColumns(sheet, spec, plan, left, added);
      }
    },
  };
  const shrink: Step = {
    requestBytes: STEP_BYTES,
    responseBytes: 200,
    prepare: () => {
      open().resize(areaOf(sheet, area(plan.rows)));
    },
  };
  const changes = await mapInPortions(plan.changes, ({ row, cells }) => ({
    row: top + row,
    cells: new Map([...cells].map(([at, entry]) => [left + at, entry])),
  }));
  return [
    grow,
    ...(await writeSteps(() => sheet, changes, isHidden)),
    ...(plan.rows < now.rows && !hasTotals ? [shrink] : []),
  ];
}

/** Number formats of the columns, for rows that are added. */
function formatColumns(
  sheet: Excel.Worksheet,
  spec: TableSpec,
  { columns }: Pick<TablePlan, "columns">,
  left: number,
  { row, rows }: Pick<Area, "row" | "rows">,
): void {
  spec.columns.forEach(({ kind }, k) => {
    const format = numberFormatOf(kind);
    if (format !== undefined) formatRange(areaOf(sheet, { row, rows, column: left + columns[k]!, columns: 1 }), format);
  });
}

/** Changed cells as steps, small enough to make even requests of. */
async function writeSteps(
  sheet: () => Excel.Worksheet,
  changes: readonly ChangedRow[],
  hidden: (row: number) => boolean,
): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { row, parts } of await planBlocks(changes, { maxBlocks: 100, hidden })) {
    for (const { column, values } of parts) {
      const sizes = await mapInPortions(values, rowBytes);
      const most = rowsAtOnce(values[0]!.length);
      let [from, bytes] = [0, 0];
      sizes.forEach((size, i) => {
        bytes += size;
        if (i + 1 < sizes.length && i + 1 - from < most && bytes + sizes[i + 1]! <= PIECE_BYTES) return;
        steps.push(writeStep(sheet, { row: row + from, column, values: values.slice(from, i + 1) }, bytes));
        [from, bytes] = [i + 1, 0];
      });
    }
  }
  return steps;
}

function writeStep(
  sheet: () => Excel.Worksheet,
  { row, column, values }: Part & { readonly row: number },
  bytes: number,
): Step {
  const area = { row, column, rows: values.length, columns: values[0]!.length };
  return {
    requestBytes: bytes + BYTES_A_BLOCK,
    responseBytes: 200 + (area.rows * area.columns) / 10,
    prepare: () => {
      enterCells(areaOf(sheet(), area), values);
    },
  };
}

function backupOf(spec: TableSpec, loaded: LoadedTable): TableBackup | undefined {
  if (spec.mode === "append" || spec.stays) return undefined;
  return {
    table: spec.table,
    headers: loaded.headers,
    rows: loaded.values,
  };
}

/** Values under our headers, but no Excel table: they become one. */
async function planPlain(
  context: Excel.RequestContext,
  spec: TableSpec,
  { dates, names, mayGuide }: Found & Pick<Behaviour, "mayGuide">,
  loaded: LoadedTable,
  info: SheetInfo,
): Promise<PlannedTable> {
  const standing: StandingTable = {
    headers: loaded.headers,
    rows: Math.max(1, loaded.values.length),
    values: loaded.values,
  };
  const plan = await planTable(spec, standing, dates);
  const sheet = context.workbook.worksheets.getItem(info.id);
  const headerRow = loaded.row - 1;
  const area = { row: headerRow, column: loaded.column, rows: standing.rows + 1, columns: standing.headers.length };
  const place = { sheet, left: loaded.column, headerRow, top: loaded.row };
  const name = freeTableName(spec.table, names);
  const make: Step = {
    requestBytes: STEP_BYTES,
    responseBytes: 300,
    prepare: () => {
      sheet.tables.add(areaOf(sheet, area), true).name = name;
    },
  };
  const behaviour = { hasTotals: false, clearsFilters: false, isHidden: () => false, mayGuide };
  const made = (): Excel.Table => sheet.tables.getItem(name);
  return {
    steps: [make, ...(await standingSteps(made, place, spec, standing, plan, behaviour))],
    changedCells: plan.changedCells,
    backup: backupOf(spec, loaded),
  };
}

async function planNew(
  context: Excel.RequestContext,
  spec: TableSpec,
  { dates, names }: Found,
  name: string,
  exists: boolean,
): Promise<PlannedTable> {
  if (spec.mode === "append" && spec.rows.length === 0) return NOTHING;
  const { worksheets } = context.workbook;
  const width = spec.columns.length;
  const standing: StandingTable = { headers: spec.columns.map(({ header }) => header), rows: 0, values: [] };
  const plan = await planTable(spec, standing, dates);
  const tableName = freeTableName(spec.table, names);
  // Asked for only once it has been made: the client looks a sheet up as soon as it is named.
  const sheet = (): Excel.Worksheet => worksheets.getItem(name);
  const make: Step = {
    requestBytes: STEP_BYTES * (2 + 2 * width) + (spec.coloured === undefined ? 0 : COLOUR_BYTES),
    responseBytes: 500,
    prepare: () => {
      const fresh = exists ? sheet() : worksheets.add(name);
      enterCells(areaOf(fresh, { row: 0, column: 0, rows: 1, columns: width }), [
        spec.columns.map(({ header }) => textEntry(header)),
      ]);
      formatColumns(fresh, spec, plan, 0, { row: 1, rows: plan.rows });
      const area = areaOf(fresh, { row: 0, column: 0, rows: plan.rows + 1, columns: width });
      fresh.tables.add(area, true).name = tableName;
      fresh.freezePanes.freezeRows(1);
      spec.columns.forEach(({ width: characters }, column) => {
        areaOf(fresh, { row: 0, column, rows: 1, columns: 1 }).format.columnWidth = pointsOf(characters);
      });
      spec.columns.forEach(({ header, guide }, column) => {
        if (guide)
          guideColumn(areaOf(fresh, { row: 1, column, rows: Math.max(1, plan.rows), columns: 1 }), header, guide);
      });
      if (spec.coloured !== undefined) {
        const body = areaOf(fresh, { row: 1, column: spec.coloured, rows: plan.rows, columns: 1 });
        addStatusColours(body);
      }
    },
  };
  const changes = plan.changes.map(({ row, cells }) => ({ row: row + 1, cells }));
  return {
    steps: [make, ...(await writeSteps(sheet, changes, () => false))],
    changedCells: plan.changedCells + width,
    backup:
      spec.mode === "append" || spec.stays ? undefined : { table: spec.table, headers: standing.headers, rows: [] },
    // A log is never taken away, not even with its sheet.
    ...(exists || spec.mode === "append" || spec.stays ? {} : { made: tableName }),
  };
}
