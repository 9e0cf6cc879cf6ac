import { column, OUTPUT_COLUMNS } from "../domain/columns.js";
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
  MonthlyPay: "月度绩效",
  Holidays: "节假日",
  Settings: "设置",
  Archive: "归档",
  Penalties: "处罚明细",
  Deductions: "扣款台账",
  Postings: "扣款凭证",
  Notices: "扣款通知",
  NoticeItems: "扣款通知明细",
  Problems: "问题汇总",
  Choices: "取值",
  AuditLog: "处理日志",
  GroupShops: "分店",
  GroupPeople: "集团人员",
  GroupMembership: "集团归属",
  PostingsCopy: "扣款凭证副本",
};

/** Their names, in the order in which they are read. */
export const SIDE_TABLES = Object.keys(SIDE_SHEETS) as SideTableName[];

/** The sheet of one of the program's own tables. */
export function sheetOfTable(table: string): string {
  if (table === RESULTS_TABLE) return RESULTS_SHEET;
  return Object.entries(SIDE_SHEETS).find(([name]) => name === table)?.[1] ?? table;
}

const TABLES_OF_OURS: readonly TableOfOurs[] = [...SIDE_TABLES, RESULTS_TABLE];

/** Tables that the program writes: where one stands, the workbook was processed before. */
export const OUTPUT_TABLES: readonly TableOfOurs[] = [
  RESULTS_TABLE,
  "Penalties",
  "Deductions",
  "Postings",
  "Notices",
  "NoticeItems",
  "Problems",
  "Choices",
  "AuditLog",
  "GroupShops",
  "GroupPeople",
  "GroupMembership",
  "PostingsCopy",
];

/** Tables that users keep; they go by name. */
const USERS_TABLES = ["People", "MonthlyPay", "Holidays", "Settings", "Archive"] as const;
type UsersTable = (typeof USERS_TABLES)[number];

function isUsersTable(name: TableOfOurs): name is UsersTable {
  return (USERS_TABLES as readonly string[]).includes(name);
}

/** Headers by which a table of ours is told from somebody's own of that name: it has two of them at least. */
const MARKS: Readonly<Record<Exclude<TableOfOurs, UsersTable | "Results">, readonly string[]>> = {
  Postings: ["凭证号", "种类", "所据", "个人摘要", "上条校验值", "校验值"],
  Penalties: ["对象类型", "事由", "计算式", "行政处分", "规则", "规则版本"],
  Deductions: ["上月结转", "本月新增", "上限依据", "本月扣款", "结转下月"],
  Notices: ["通知编号", "对象类型", "本月扣款", "结转下月", "明细校验值", "生成时间"],
  NoticeItems: ["通知编号", "对象类型", "事由", "计算式", "规则", "规则版本"],
  Problems: ["问题和改法", "处数", "所在列", "所在行"],
  Choices: ["台账列", "可选值"],
  AuditLog: ["程序版本", "变动行数", "变动内容", "上条校验值", "校验值"],
  GroupShops: ["来源工作簿", "文件", "按期办结率", "拟定金额", "确定金额", "读取情况"],
  GroupPeople: ["登记在", "分歧"],
  GroupMembership: ["来源工作簿", "集团工作簿", "归属说明"],
  PostingsCopy: ["凭证号", "种类", "起因", "副本说明"],
};

/**
 * Whether a table with these headers is what the program writes under this name. A name alone says nothing: a user's own
 * table Penalties stays theirs, and ours takes another name. What the user keeps goes by name.
 */
export function bearsMark(name: TableOfOurs, headers: readonly string[]): boolean {
  if (isUsersTable(name)) return true;
  const keys = new Set(headers.map(headerKey));
  if (name !== RESULTS_TABLE) return MARKS[name].filter((header) => keys.has(headerKey(header))).length > 1;
  const outputs = OUTPUT_COLUMNS.filter(({ header }) => keys.has(headerKey(header)));
  return keys.has(headerKey(column("id").header)) && outputs.length > 1;
}

/** An Excel table as either host knows it. */
export interface NamedTable {
  readonly name: string;
  readonly sheet: { readonly name: string };
}

/**
 * The table of ours among a workbook's: by its name, to which underscores were added where it was taken, or, under
 * whatever name, on the sheet of its name; and by its mark.
 */
export function findOurs<Table extends NamedTable>(
  name: TableOfOurs,
  tables: readonly Table[],
  headersOf: (table: Table) => readonly string[],
): Table | undefined {
  const marked = tables.filter((table) => bearsMark(name, headersOf(table)));
  const isNamed = (table: Table): boolean => plainName(table.name) === name.toLowerCase();
  const named = marked.find((table) => table.name.toLowerCase() === name.toLowerCase()) ?? marked.find(isNamed);
  if (named || !isWritten(name)) return named;
  return marked.find(({ sheet }) => sheet.name.trim() === sheetOf(name));
}

function plainName(name: string): string {
  return name.replace(/_+$/, "").toLowerCase();
}

function isWritten(name: TableOfOurs): boolean {
  return OUTPUT_TABLES.includes(name);
}

function sheetOf(name: TableOfOurs): string {
  return name === RESULTS_TABLE ? RESULTS_SHEET : SIDE_SHEETS[name];
}

/** Whether a table is one of ours and can't be the ledger. */
export function isTableOfOurs(table: NamedTable, headers: readonly string[]): boolean {
  return TABLES_OF_OURS.some((name) => findOurs(name, [table], () => headers) !== undefined);
}

/** A table's name, or the first of its kind that no table and no defined name of the workbook bears. */
export function freeTableName(name: string, taken: Iterable<string>): string {
  const lower = new Set([...taken].map((other) => other.toLowerCase()));
  let free = name;
  while (lower.has(free.toLowerCase())) free += "_";
  return free;
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

/** 设置's item as a text; a cell that holds none names nothing. */
function itemText(cell: unknown): string {
  return typeof cell === "string" ? cell : typeof cell === "number" ? String(cell) : "";
}

/**
 * Tells the dates of a side table by the kind of their column, in 设置 by the item they stand beside: in a workbook that
 * counts from 1904 they are other numbers than in one that counts from 1900, whatever format their cells have.
 */
export function datesOf(name: TableOfOurs, headers: readonly string[]): IsDate {
  if (name === "Settings") {
    const item = headers.findIndex((header) => ITEM_HEADERS.has(headerKey(header)));
    return (position, line) => position !== item && DATES.test(headerKey(itemText(line[item])));
  }
  const dates =
    name === RESULTS_TABLE
      ? new Set([...matchHeaders(headers).columns].flatMap(([id, at]) => (isDateKind(column(id).kind) ? [at] : [])))
      : new Set(headers.flatMap((header, at) => (DATES.test(headerKey(header)) ? [at] : [])));
  return (position) => dates.has(position);
}
