import { chartMarkup, type ChartSeries } from "../../ooxml/pages/chart-parts.js";
import { pivotBase, placePivot, type PivotValue, type PlacedPivot } from "../../ooxml/pages/pivot-parts.js";
import { PIVOT_LOOKS } from "../../documents/reports/looks.js";
import { reportText } from "../../documents/reports/texts.js";
import { OWN_PREFIX } from "../../ooxml/pages/add-pages.js";
import type { Look, Page, PageCell, PageChart, PageRow } from "../../ooxml/pages/page.js";
import type { Language } from "../../locales/language.js";
import { parseAddress } from "../host/address.js";
import { displayText } from "../host/display-text.js";
import type { JsonObject } from "../host/wire.js";
import {
  allTables,
  numberFormatAt,
  sameName,
  valueAt,
  type ChartModel,
  type PivotModel,
  type SheetModel,
  type WorkbookModel,
} from "../host/workbook-model.js";

/**
 * Sheets with charts and PivotTables that the add-in has made on the workbench, as pages that the file code writes with
 * real charts and pivots. What is not of a kind that the add-in makes is left out and told.
 */

/** The name by which a sheet says which page of ours it is, in a file as in Excel. */
export const PAGE_MARK = "Tiaoli_Page";

export interface AddedPage {
  readonly sheet: string;
  readonly page: Page;
  /** Charts and pivots of the sheet that no page can hold. */
  readonly left: readonly ("charts" | "pivots")[];
}

/** The sheets that are saved as pages. A sheet with formulas is left to be saved cell by cell. */
export function addedPages(model: WorkbookModel, language: Language): AddedPage[] {
  return model.sheets
    .filter(({ charts, pivots }) => charts.length + pivots.length > 0)
    .filter(({ rows }) => !rows.some((row) => Object.keys(row?.formulas ?? {}).length > 0))
    .map((sheet) => addedPage(model, sheet, language));
}

function addedPage(model: WorkbookModel, sheet: SheetModel, language: Language): AddedPage {
  const pivots = sheet.pivots.map((pivot) => placedPivot(model, pivot, language));
  const charts = sheet.charts.map((chart) => placedChart(sheet, chart));
  const rows = merged([sheetRows(sheet), ...pivots.flatMap((pivot) => (pivot ? [pivot.rows] : []))]);
  const mark = sheet.names.find(({ name }) => sameName(name, PAGE_MARK));
  const bottom = Math.max(1, ...rows.map(({ row }) => row));
  const printed = Math.max(1, ...sheet.rows.map((row) => row?.values.length ?? 0));
  const page: Page = {
    key: mark ? mark.formula.replace(/^="?|"$/g, "") : `workbench ${sheet.name}`,
    name: sheet.name,
    widths: widthsOf(sheet, Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ column }) => column)))),
    rows,
    merges: [],
    printArea: { top: 1, left: 1, bottom, right: printed },
    titleRows: { first: 1, last: 1 },
    breaks: [],
    scale: 70,
    footer: "&C&P / &N",
    charts: charts.flatMap((chart) => chart ?? []),
    pivots: pivots.flatMap((pivot) => (pivot ? [pivot.pivot] : [])),
  };
  return {
    sheet: sheet.name,
    page,
    left: [
      ...(charts.includes(undefined) ? (["charts"] as const) : []),
      ...(pivots.includes(undefined) ? (["pivots"] as const) : []),
    ],
  };
}

// ------------------------------------------------------------ cells

const FONT = "微软雅黑";
const FORMATS: Readonly<Record<string, NonNullable<Look["format"]>>> = {
  "0": "integer",
  "0.0": "decimal",
  "0.0%": "percent",
  "#,##0.00": "money",
  "yyyy-mm-dd hh:mm": "datetime",
};

function sheetRows(sheet: SheetModel): PageRow[] {
  return sheet.rows.flatMap((model, row) => {
    const cells = (model?.values ?? []).flatMap((value, column): PageCell[] => {
      const style = model?.styles?.[column] ?? {};
      const look = lookOf(style, numberFormatAt(sheet, row, column));
      if (value === "" || value === undefined) return look.fill === undefined ? [] : [{ column: column + 1, look }];
      return [{ column: column + 1, value: typeof value === "boolean" ? String(value) : value, look }];
    });
    return cells.length > 0 ? [{ row: row + 1, cells }] : [];
  });
}

function lookOf(style: JsonObject, numberFormat: string): Look {
  const { font, fill } = style as { readonly font?: JsonObject; readonly fill?: JsonObject };
  const format = FORMATS[numberFormat];
  const colour = /^#([0-9a-f]{6})$/i.exec(typeof fill?.color === "string" ? fill.color : "")?.[1];
  return {
    font: FONT,
    size: typeof font?.size === "number" ? font.size : 10,
    ...(font?.bold === true ? { bold: true } : {}),
    ...(colour === undefined ? {} : { fill: `FF${colour.toUpperCase()}` }),
    ...(format === undefined ? {} : { format }),
  };
}

/** Points to characters, as in `readBook`. */
function widthsOf(sheet: SheetModel, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const { width } = sheet.columns[i] ?? {};
    return width === undefined ? 11 : Math.max(1, Math.round((width - 3.75) / 5.25));
  });
}

function merged(lists: readonly (readonly PageRow[])[]): PageRow[] {
  const cells = new Map<number, Map<number, PageCell>>();
  for (const { row, cells: own } of lists.flat()) {
    const line = cells.get(row) ?? new Map<number, PageCell>();
    for (const cell of own) line.set(cell.column, cell);
    cells.set(row, line);
  }
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([row, line]) => ({ row, cells: [...line.values()].sort((a, b) => a.column - b.column) }));
}

// ------------------------------------------------------------ charts

const COLOURS = ["1F7A63", "C77700", "B3261E", "5B5FC7"];
const KINDS: Readonly<Record<string, "columns" | "bars">> = { ColumnClustered: "columns", BarClustered: "bars" };

/** A clustered chart over columns of its own sheet, labels first, with a header row; undefined for any other. */
function placedChart(sheet: SheetModel, chart: ChartModel): PageChart | undefined {
  const kind = KINDS[chart.type];
  const source = parseAddress(chart.source);
  const { position, title } = chart.settings as {
    readonly position?: readonly string[];
    readonly title?: { readonly text?: string };
  };
  if (!kind || !position?.[0] || (source.sheet !== undefined && source.sheet !== sheet.name)) return undefined;
  const { row, column, rows, columns } = source.area;
  if (rows < 2 || columns < 2 || chart.seriesBy === "Rows") return undefined;
  const [first, last] = [row + 2, row + rows];
  const body = Array.from({ length: rows - 1 }, (_, i) => row + 1 + i);
  const series = Array.from({ length: columns - 1 }, (_, i): ChartSeries => {
    const at = column + 1 + i;
    return {
      name: String(valueAt(sheet, row, at)),
      range: { column: at + 1, first, last },
      values: body.map((line) => Number(valueAt(sheet, line, at)) || 0),
      color: COLOURS[i % COLOURS.length]!,
    };
  });
  const labels = body.map((line) => displayText(valueAt(sheet, line, column), numberFormatAt(sheet, line, column)));
  const spec = {
    kind,
    title: title?.text ?? chart.name,
    categories: { range: { column: column + 1, first, last }, labels },
    series,
  };
  const [from, to] = [parseAddress(position[0]).area, parseAddress(position[1] ?? position[0]).area];
  return {
    name: OWN_PREFIX + chart.name,
    area: { top: from.row + 1, left: from.column + 1, bottom: to.row + 1, right: to.column + 1 },
    markup: (name) => chartMarkup(spec, name),
  };
}

// ------------------------------------------------------------ pivots

/** A PivotTable that counts rows of a table by two of its columns; undefined for any other. */
function placedPivot(model: WorkbookModel, pivot: PivotModel, language: Language): PlacedPivot | undefined {
  const [rows, ...otherRows] = pivot.rows;
  const [columns, ...otherColumns] = pivot.columns;
  const [data, ...otherData] = pivot.data;
  const found = allTables(model).find(({ table }) => sameName(table.name, pivot.source));
  if (!rows || !columns || !data || !found) return undefined;
  if (otherRows.length + otherColumns.length + otherData.length + pivot.filters.length > 0) return undefined;
  if (data.summarizeBy !== "Count") return undefined;
  const { sheet, table } = found;
  const { area } = table;
  const headers = Array.from({ length: area.columns }, (_, i) => String(valueAt(sheet, area.row, area.column + i)));
  if (![rows, columns, data.field].every((header) => headers.includes(header))) return undefined;
  const value = (row: number, column: number): PivotValue => {
    const cell = valueAt(sheet, area.row + 1 + row, area.column + column);
    return cell === "" ? undefined : typeof cell === "boolean" ? String(cell) : cell;
  };
  const rowCount = area.rows - 1 - (table.showTotals ? 1 : 0);
  const place = { table: table.name };
  const base = pivotBase({ place, headers, rowCount, value, grouped: [rows, columns], keepRecords: false });
  const t = reportText(language);
  const texts = { count: t("pivot.count"), total: t("sum"), blank: t("pivot.blank") };
  const at = { row: pivot.destination.row + 1, column: pivot.destination.column + 1 };
  const name = pivot.name.replace(/^条理 /, "");
  return placePivot(base, { name, rows, columns, counted: data.field, at, texts }, PIVOT_LOOKS);
}
