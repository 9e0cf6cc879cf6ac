import type { RawCell } from "../../domain/complaint.js";
import type { RawTable, SideTableName } from "../port.js";
import type { CellReader } from "../../ooxml/cell-values.js";
import type { Package } from "../../ooxml/package.js";
import { columnLetters, LAST_COLUMN, LAST_ROW } from "../../ooxml/references.js";
import { indexSheet } from "../../ooxml/sheet-index.js";
import { dataRows, tableNamed, type TableInfo } from "../../ooxml/tables.js";
import type { SheetInfo } from "../../ooxml/workbook-part.js";

/** The sheet on which a side table is looked for if no Excel table bears its name. */
export const SIDE_SHEETS: Readonly<Record<SideTableName, string>> = {
  People: "人员",
  Holidays: "节假日",
  Settings: "设置",
  Penalties: "处罚明细",
  Deductions: "扣款台账",
  Notices: "扣款通知",
  NoticeItems: "扣款通知明细",
  AuditLog: "处理日志",
};

/** The side table of this name: the Excel table, else what stands on its sheet under the first row that isn't blank. */
export function readSideTable(
  name: string,
  sheetName: string,
  source: {
    readonly from: Package;
    readonly sheets: readonly SheetInfo[];
    readonly tables: readonly TableInfo[];
    readonly reader: CellReader;
  },
): RawTable | undefined {
  const table = tableNamed(source.tables, name);
  const sheet = table?.sheet ?? source.sheets.find((s) => s.name.trim() === sheetName);
  if (!sheet) return undefined;
  const area = table?.area ?? { top: 1, left: 1, bottom: LAST_ROW, right: LAST_COLUMN };
  const last = table ? dataRows(table).last : LAST_ROW;
  const lines: { row: number; cells: RawCell[] }[] = [];
  let headerRow = table ? table.area.top : 0;
  let headerCells: RawCell[] = table ? [...table.columns] : [];
  const first = table ? dataRows(table).first : 1;
  indexSheet(source.from.bytes(sheet.part), sheet.part, {
    cell(scanner) {
      const { row, column } = scanner;
      if (row < first || row > last || column < area.left || column > area.right) return;
      const value = source.reader.value(scanner);
      if (value === undefined || (typeof value === "string" && value.trim() === "")) return;
      if (headerRow === 0 || row === headerRow) {
        headerRow = row;
        headerCells[column - area.left] = value;
        return;
      }
      let line = lines.at(-1);
      if (line?.row !== row) lines.push((line = { row, cells: [] }));
      line.cells[column - area.left] = value;
    },
  });
  if (headerRow === 0) return undefined;
  headerCells = Array.from(headerCells, (cell) => cell ?? null);
  const positions = headerCells.flatMap((cell, i) => (cell === null ? [] : [i]));
  return {
    sheet: sheet.name,
    headers: positions.map((i) => ({ header: textOf(headerCells[i]!), letter: columnLetters(area.left + i) })),
    rows: lines.flatMap(({ row, cells }) => {
      const values = positions.map((i) => cells[i] ?? null);
      return values.some((value) => value !== null) ? [{ row, cells: values }] : [];
    }),
  };
}

function textOf(cell: RawCell): string {
  return cell === null ? "" : typeof cell === "object" ? cell.error : String(cell);
}
