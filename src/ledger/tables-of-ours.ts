import { column } from "../domain/columns.js";
import { headerKey, matchHeaders } from "../domain/match-key.js";
import { isDateKind } from "./output-cells.js";
import type { SideTableName } from "./port.js";

/** The sheets and Excel tables of the contract beside the ledger itself, and what both hosts have to know of them. */

/** The table that is the ledger wherever it stands. */
export const LEDGER_TABLE = "Complaints";

/** Outputs of a ledger beside which there is no room. */
export const RESULTS_TABLE = "Results";
export const RESULTS_SHEET = "处理结果";

export type TableOfOurs = SideTableName | typeof RESULTS_TABLE;

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

/** Their names, in the order in which they are read. */
export const SIDE_TABLES = Object.keys(SIDE_SHEETS) as SideTableName[];

/** Tables that the program writes: where one stands, the workbook was processed before. */
export const OUTPUT_TABLES: readonly TableOfOurs[] = [
  RESULTS_TABLE,
  "Penalties",
  "Deductions",
  "Notices",
  "NoticeItems",
  "AuditLog",
];

const NAMES = new Set([...SIDE_TABLES, RESULTS_TABLE].map((name) => name.toLowerCase()));

/** Whether a table of this name is one of ours and can't be the ledger. */
export function isTableOfOurs(name: string): boolean {
  return NAMES.has(name.toLowerCase());
}

/** What makes a row of a table of ours the same row although its figures changed, so that notes beside it stay with it. */
export const ROW_IDENTITY: Readonly<Record<string, readonly string[]>> = {
  Penalties: ["投诉编号", "对象类型", "对象", "类型", "事由"],
  Deductions: ["月份", "姓名", "部门"],
};

/** Headers of dates, and items of 设置 that are dates, as header keys; a month that is typed becomes a date in Excel. */
const DATES =
  /(?:日期|时间|月份|[入离]职日|date|month|lastday|(?:left|joined|entered)on|locked(?:until|through))$|^(?:day|锁定至?)$/;

/** The headers under which 设置 has its items; the cells beside an item are of the item's kind. */
const ITEM_HEADERS = new Set(["项目", "设置", "设置项", "名称", "Item", "Setting", "Name", "Key"].map(headerKey));

/** Whether a cell is a date, by its position in a line of a side table. */
export type IsDate = (position: number, line: readonly unknown[]) => boolean;

/**
 * Tells the dates of a side table by the kind of their column, in 设置 by the item they stand beside: in a workbook that
 * counts from 1904 they are other numbers than in one that counts from 1900, whatever format their cells have.
 */
export function datesOf(name: TableOfOurs, headers: readonly string[]): IsDate {
  if (name === "Settings") {
    const item = headers.findIndex((header) => ITEM_HEADERS.has(headerKey(header)));
    return (position, line) => position !== item && DATES.test(headerKey(String(line[item] ?? "")));
  }
  const dates =
    name === RESULTS_TABLE
      ? new Set([...matchHeaders(headers).columns].flatMap(([id, at]) => (isDateKind(column(id).kind) ? [at] : [])))
      : new Set(headers.flatMap((header, at) => (DATES.test(headerKey(header)) ? [at] : [])));
  return (position) => dates.has(position);
}
