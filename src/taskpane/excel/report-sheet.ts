import type {
  Block,
  BlockFormat,
  BlockValue,
  ReportSheet,
  TableBlock,
  TableChart,
} from "../../documents/reports/blocks.js";
import { figureName, type RowsBehind } from "../../documents/reports/rows-behind.js";
import { writing, type ExcelHost } from "../../ledger/excel/run.js";
import { BLANK, entryOf, textEntry, type DateSystem, type EnteredValue } from "../../ledger/excel/cell-values.js";
import { dateSystemOf } from "../../ledger/excel/discovery.js";
import { formatArea } from "../../ledger/excel/ranges.js";
import { enterCells, formatRange } from "../../ledger/excel/write-cells.js";

/** Writes a report as a sheet of the workbook: its figures, charts on them, and a PivotTable on the ledger. */

interface PlannedTable {
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
  readonly formats: readonly BlockFormat[];
  readonly chart: TableChart | undefined;
  /** Rows below the header that the chart draws: no total. */
  readonly charted: number;
}

/** A figure on the sheet with the rows of the ledger behind it; row and column from 1. */
export interface CountedFigure {
  readonly row: number;
  readonly column: number;
  readonly name: string;
  readonly rows: RowsBehind;
}

/** Where a report was written. */
export interface ReportOnSheet {
  readonly sheet: string;
  readonly figures: readonly CountedFigure[];
}

/** The colour of figures whose rows can be looked at. */
const LEADING = "#1F5C99";
const META_GAP = "   ";

/** What goes where, rows and columns from 0. */
export interface SheetPlan {
  readonly lines: readonly (readonly EnteredValue[])[];
  readonly width: number;
  readonly headings: readonly number[];
  readonly tables: readonly PlannedTable[];
  readonly figures: readonly CountedFigure[];
}

const FORMATS: Readonly<Record<BlockFormat, string>> = {
  text: "@",
  figure: "@",
  integer: "0",
  decimal: "0.0",
  percent: "0.0%",
  money: "#,##0.00",
  datetime: "yyyy-mm-dd hh:mm",
};

/** Lays a report out in cells, block under block. Pure. */
export function planReport(
  { title, organisation, meta, remark, blocks }: ReportSheet,
  dates: DateSystem = { uses1904: false },
): SheetPlan {
  const lines: EnteredValue[][] = [
    [textEntry(title)],
    [textEntry(organisation)],
    [textEntry(meta.join(META_GAP))],
    ...(remark === undefined ? [] : [[textEntry(remark)]]),
    [],
  ];
  const headings: number[] = [];
  const tables: PlannedTable[] = [];
  const figures: CountedFigure[] = [];
  /** On the line that is written next. */
  const count = (column: number, rows: RowsBehind | undefined, name: string): void => {
    if (rows !== undefined && rows.length > 0) figures.push({ row: lines.length + 1, column: column + 1, name, rows });
  };
  const heading = (text: string): void => {
    headings.push(lines.length);
    lines.push([textEntry(text)]);
  };
  const add = (table: TableBlock, chart?: TableChart): void => {
    heading(table.title);
    const body = [...table.rows, ...(table.total ? [table.total] : [])];
    if (table.rows.length === 0) lines.push([textEntry(table.empty)]);
    else {
      const formats = table.columns.map(({ format }) => format);
      const charted = Math.min(table.rows.length, chart?.rows ?? Infinity);
      tables.push({ row: lines.length, columns: formats.length, rows: body.length, formats, chart, charted });
      lines.push(table.columns.map(({ header }) => textEntry(header)));
      body.forEach((line, at) => {
        formats.forEach((_, i) => {
          const { header } = table.columns[i]!;
          if (line[i] !== undefined) count(i, table.behind?.[at]?.[i], figureName(table.title, line[0], header));
        });
        lines.push(formats.map((format, i) => entry(line[i], format, dates)));
      });
    }
    if (table.note !== undefined) lines.push([textEntry(table.note)]);
    lines.push([]);
  };
  const each = (block: Block): void => {
    if (block.kind === "table") add(block);
    else if (block.kind === "charted") add(block.table, block.chart);
    else if (block.kind === "pair") {
      add(block.left);
      add(block.right);
    } else if (block.kind === "figures") {
      heading(block.title);
      for (const { label, value, format, behind } of block.figures) {
        if (value !== undefined) count(1, behind, label);
        tables.push({
          row: lines.length - 1,
          columns: 2,
          rows: 1,
          formats: ["text", format],
          chart: undefined,
          charted: 0,
        });
        lines.push([textEntry(label), entry(value, format, dates)]);
      }
      lines.push([]);
    } else if (block.kind === "notes") {
      heading(block.title);
      for (const line of block.lines) lines.push([textEntry(line)]);
      lines.push([]);
    } else lines.push(block.labels.map((label) => textEntry(label)));
  };
  for (const block of blocks) each(block);
  return { lines, width: Math.max(...lines.map((line) => line.length)), headings, tables, figures };
}

function entry(value: BlockValue, format: BlockFormat, dates: DateSystem): EnteredValue {
  return entryOf(value, format === "datetime" ? "datetime" : "text", dates);
}

/** How the PivotTable is built: fields by the ledger's own headers. */
export interface PivotWish {
  readonly table: string;
  readonly rows: string;
  readonly columns: string;
  readonly count: string;
}

const CHART_ROWS = 14;
const CHART_COLUMNS = 7;

/**
 * Writes the sheet; one of ours on the same period (its first lines say so) is replaced, whatever else bears the name is
 * left alone and the report goes to a name beside it. Throws `HostProblem`.
 */
export function writeReportSheet(
  host: ExcelHost,
  report: ReportSheet,
  pivot: PivotWish | undefined,
): Promise<ReportOnSheet> {
  return writing(host, async (context) => {
    const { worksheets } = context.workbook;
    const sheets = worksheets.load("items/name");
    const dates = dateSystemOf(context.workbook);
    await context.sync();
    const plan = planReport(report, dates());
    const names = sheets.items.map(({ name }) => name);
    const alike = names.filter((name) => isNameOf(report.name, name));
    const heads = alike.map((name) => worksheets.getItem(name).getRange("A1:A3").load("values"));
    await context.sync();
    const ours = alike.find((_, i) => isHeadOf(report, heads[i]!.values as unknown[][]));
    const name = ours ?? freeName(report.name, new Set(names));
    const sheet = ours === undefined ? worksheets.add(name) : worksheets.getItem(ours);
    if (ours !== undefined) await clear(context, sheet);
    fill(sheet, plan);
    const mark = sheet.names.getItemOrNullObject(PAGE_MARK).load("name");
    sheet.activate();
    await context.sync();
    // By this name the command knows the page again, and replaces it instead of adding another.
    if (!mark.isNullObject) mark.delete();
    sheet.names.add(PAGE_MARK, `="${report.key}"`).visible = false;
    if (pivot) addPivot(context, sheet, plan, pivot, name);
    await context.sync();
    return { sheet: name, figures: plan.figures };
  });
}

/** As `src/ooxml/pages/add-pages.ts` marks its pages. */
const PAGE_MARK = "Tiaoli_Page";

/** Excel's sheet names have at most so many characters. */
const LONGEST_NAME = 31;

function nameBeside(wanted: string, n: number): string {
  const ending = ` (${n})`;
  return `${wanted.slice(0, LONGEST_NAME - ending.length)}${ending}`;
}

/** Whether a sheet of this name may be one of a report that wants that name. */
function isNameOf(wanted: string, name: string): boolean {
  const number = / \((\d+)\)$/.exec(name)?.[1];
  return name === wanted || (number !== undefined && name === nameBeside(wanted, Number(number)));
}

function isHeadOf({ title, meta }: ReportSheet, [first, , third]: readonly (readonly unknown[])[]): boolean {
  return String(first?.[0]) === title && String(third?.[0]).startsWith(meta[0] + META_GAP);
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n += 1) if (!taken.has(nameBeside(wanted, n))) return nameBeside(wanted, n);
}

/** Empties a sheet of ours without deleting it, so that whatever refers to it stays alive. */
async function clear(context: Excel.RequestContext, sheet: Excel.Worksheet): Promise<void> {
  const charts = sheet.charts.load("items/name");
  const pivots = sheet.pivotTables.load("items/name");
  await context.sync();
  for (const chart of charts.items) chart.delete();
  for (const table of pivots.items) table.delete();
  sheet.getRange().clear();
}

function fill(sheet: Excel.Worksheet, { lines, width, headings, tables, figures }: SheetPlan): void {
  const range = sheet.getRangeByIndexes(0, 0, lines.length, width);
  for (const { row, rows, formats } of tables)
    formats.forEach((format, i) => {
      // Before the values: a month that arrives in a cell without a format becomes a day (Apr-25).
      formatRange(sheet.getRangeByIndexes(row + 1, i, rows, 1), FORMATS[format]);
    });
  enterCells(
    range,
    lines.map((line) => Array.from({ length: width }, (_, i) => line[i] ?? BLANK)),
  );
  range.format.font.size = 10;
  range.format.columnWidth = 72;
  sheet.getRangeByIndexes(0, 0, 1, 1).format.columnWidth = 150;
  const title = sheet.getRangeByIndexes(0, 0, 1, 1);
  title.format.font.size = 16;
  title.format.font.bold = true;
  for (const row of headings) {
    const cell = sheet.getRangeByIndexes(row, 0, 1, 1);
    cell.format.font.bold = true;
    cell.format.font.size = 12;
  }
  for (const { row, column } of figures) sheet.getRangeByIndexes(row - 1, column - 1, 1, 1).format.font.color = LEADING;
  for (const { row, columns, rows, chart, charted } of tables) {
    if (columns > 2 || rows > 1) {
      const head = sheet.getRangeByIndexes(row, 0, 1, columns);
      head.format.font.bold = true;
      head.format.fill.color = "#E2EFDA";
    }
    if (chart) addChart(sheet, { row, rows: charted }, chart, width);
  }
}

function addChart(
  sheet: Excel.Worksheet,
  { row, rows }: { readonly row: number; readonly rows: number },
  { kind, title, name, labels, series }: TableChart,
  width: number,
): void {
  const last = Math.max(labels, ...series.map(({ column }) => column));
  const source = sheet.getRangeByIndexes(row, labels, rows + 1, last - labels + 1);
  const type = kind === "columns" ? Excel.ChartType.columnClustered : Excel.ChartType.barClustered;
  const chart = sheet.charts.add(type, source, Excel.ChartSeriesBy.columns);
  chart.name = name;
  chart.title.text = title;
  const left = width + 1;
  const corner = (r: number, c: number): string => formatArea({ row: r, column: c, rows: 1, columns: 1 });
  chart.setPosition(corner(row, left), corner(row + CHART_ROWS, left + CHART_COLUMNS));
}

function addPivot(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  { width }: SheetPlan,
  { table, rows, columns, count }: PivotWish,
  name: string,
): void {
  const source = context.workbook.tables.getItem(table);
  const target = sheet.getRangeByIndexes(3, width + CHART_COLUMNS + 3, 1, 1);
  const pivot = sheet.pivotTables.add(`条理 ${name}`, source, target);
  pivot.rowHierarchies.add(pivot.hierarchies.getItem(rows));
  pivot.columnHierarchies.add(pivot.hierarchies.getItem(columns));
  const data = pivot.dataHierarchies.add(pivot.hierarchies.getItem(count));
  data.summarizeBy = Excel.AggregationFunction.count;
}
