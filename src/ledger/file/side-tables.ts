import type { RawCell } from "../../domain/complaint.js";
import type { RawTable, SideTableName } from "../port.js";
import type { CellReader } from "../../ooxml/cell-values.js";
import type { Package } from "../../ooxml/package.js";
import { columnLetters, LAST_COLUMN, LAST_ROW } from "../../ooxml/references.js";
import { indexSheet, scanTop } from "../../ooxml/sheet-index.js";
import { dataRows, type TableInfo } from "../../ooxml/tables.js";
import type { SheetInfo } from "../../ooxml/workbook-part.js";
import { mayHoldPeople, PEOPLE_COLUMNS, PEOPLE_ROWS, peopleTable } from "../people-sheets.js";
import { datesOf, findOurs, RESULTS_TABLE, SIDE_SHEETS, type IsDate, type TableOfOurs } from "../tables-of-ours.js";

/** Where side tables are looked for. */
export interface SideTableSource {
  readonly from: Package;
  readonly sheets: readonly SheetInfo[];
  readonly tables: readonly TableInfo[];
  readonly reader: CellReader;
}

/** The side table of this name: the Excel table, else what stands on its sheet under the first row that isn't blank. */
export function readSideTable(name: SideTableName, source: SideTableSource): RawTable | undefined {
  const table = findOurs(name, source.tables, ({ columns }) => columns);
  const sheet = table?.sheet ?? source.sheets.find((s) => s.name.trim() === SIDE_SHEETS[name]);
  return sheet && readTable(name, sheet, table, source);
}

/** The sheets that may be 人员 under another name. */
export function readPeopleSheets(source: SideTableSource, ledger: string): RawTable[] {
  return source.sheets
    .filter(({ name }) => mayHoldPeople(name, ledger))
    .flatMap((sheet) => {
      const cells: (RawCell | undefined)[][] = [];
      scanTop(source.from.bytes(sheet.part), sheet.part, PEOPLE_ROWS, {
        cell(scanner) {
          if (scanner.column > PEOPLE_COLUMNS) return;
          (cells[scanner.row - 1] ??= [])[scanner.column - 1] = source.reader.value(scanner);
        },
      });
      return peopleTable({ sheet: sheet.name, row: 1, left: 1, cells }) ?? [];
    });
}

/** 处理结果, which is always an Excel table. */
export function readResults(source: SideTableSource): RawTable | undefined {
  const table = findOurs(RESULTS_TABLE, source.tables, ({ columns }) => columns);
  return table && readTable(RESULTS_TABLE, table.sheet, table, source);
}

function readTable(
  name: TableOfOurs,
  sheet: SheetInfo,
  table: TableInfo | undefined,
  source: SideTableSource,
): RawTable | undefined {
  const area = table?.area ?? { top: 1, left: 1, bottom: LAST_ROW, right: LAST_COLUMN };
  const last = table ? dataRows(table).last : LAST_ROW;
  const lines: { row: number; cells: RawCell[] }[] = [];
  let headerRow = table ? table.area.top : 0;
  let headerCells: RawCell[] = table ? [...table.columns] : [];
  const first = table ? dataRows(table).first : 1;
  let isDate: IsDate | undefined;
  indexSheet(source.from.bytes(sheet.part), sheet.part, {
    cell(scanner) {
      const { row, column } = scanner;
      if (row < first || row > last || column < area.left || column > area.right) return;
      const isHeader = headerRow === 0 || row === headerRow;
      let line = lines.at(-1);
      if (!isHeader)
        isDate ??= datesOf(
          name,
          Array.from(headerCells, (cell) => textOf(cell ?? null)),
        );
      const date = isDate?.(column - area.left, line?.row === row ? line.cells : []);
      const value = source.reader.value(scanner, date);
      if (value === undefined || (typeof value === "string" && value.trim() === "")) return;
      if (isHeader) {
        headerRow = row;
        headerCells[column - area.left] = value;
        return;
      }
      if (line?.row !== row) lines.push((line = { row, cells: new Array<RawCell>(headerCells.length).fill(null) }));
      line.cells[column - area.left] = value;
    },
  });
  if (headerRow === 0) return undefined;
  headerCells = Array.from(headerCells, (cell) => cell ?? null);
  const positions = headerCells.flatMap((cell, i) => (cell === null ? [] : [i]));
  const isWhole = positions.length === headerCells.length;
  return {
    sheet: sheet.name,
    headers: positions.map((i) => ({ header: textOf(headerCells[i]!), letter: columnLetters(area.left + i) })),
    rows: lines.flatMap(({ row, cells }) => {
      const values = isWhole && cells.length === positions.length ? cells : positions.map((i) => cells[i] ?? null);
      return values.some((value) => value !== null) ? [{ row, cells: values }] : [];
    }),
  };
}

function textOf(cell: RawCell): string {
  return cell === null ? "" : typeof cell === "object" ? cell.error : String(cell);
}
