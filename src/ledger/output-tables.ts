import { column, type ColumnId } from "../domain/columns.js";
import { yuanNumber } from "../domain/money.js";
import type { Language } from "../locales/language.js";
import { causesToShow, causeText } from "../process/causes.js";
import type { Deduction, Message, Penalty } from "../process/outcome.js";
import { say } from "../process/sentences.js";
import { rowsText } from "./rows-text.js";
import type { Pack } from "../rules/pack.js";
import { LIST_SEPARATOR } from "./output-cells.js";
import type { LedgerSnapshot, OutputTable } from "./port.js";

/** The tables beside the ledger that the program owns, as the contract names them. */

export const PENALTIES_HEADERS = [
  { header: "投诉编号", kind: "text", width: 14 },
  { header: "适用制度", kind: "text", width: 20 },
  { header: "状态", kind: "text", width: 7 },
  { header: "月份", kind: "text", width: 9 },
  { header: "对象类型", kind: "text", width: 9 },
  { header: "对象", kind: "text", width: 12 },
  { header: "工号", kind: "text", width: 10 },
  { header: "部门", kind: "text", width: 14 },
  { header: "类型", kind: "text", width: 10 },
  { header: "事由", kind: "text", width: 18 },
  { header: "计算式", kind: "text", width: 26 },
  { header: "金额", kind: "money", width: 11 },
  { header: "行政处分", kind: "text", width: 9 },
  { header: "依据", kind: "text", width: 42 },
  { header: "规则", kind: "text", width: 26 },
  { header: "规则版本", kind: "text", width: 30 },
] as const satisfies OutputTable["columns"];

export const DEDUCTIONS_HEADERS = [
  { header: "月份", kind: "text", width: 9 },
  { header: "工号", kind: "text", width: 10 },
  { header: "姓名", kind: "text", width: 10 },
  { header: "部门", kind: "text", width: 14 },
  { header: "上月结转", kind: "money", width: 11 },
  { header: "本月新增", kind: "money", width: 11 },
  { header: "上限", kind: "money", width: 11 },
  { header: "上限依据", kind: "text", width: 50 },
  { header: "本月扣款", kind: "money", width: 11 },
  { header: "结转下月", kind: "money", width: 11 },
  { header: "状态", kind: "text", width: 8 },
  { header: "提示", kind: "text", width: 60 },
] as const satisfies OutputTable["columns"];

/** What is wrong, by cause: a line each, however many rows have it. */
export const PROBLEMS_HEADERS = [
  { header: "级别", kind: "text", width: 7 },
  { header: "问题和改法", kind: "text", width: 90 },
  { header: "处数", kind: "integer", width: 7 },
  { header: "所在列", kind: "text", width: 14 },
  { header: "所在行", kind: "text", width: 40 },
] as const satisfies OutputTable["columns"];

export const AUDIT_LOG_HEADERS = [
  { header: "处理时间", kind: "datetime", width: 17 },
  { header: "程序版本", kind: "text", width: 12 },
  { header: "规则版本", kind: "text", width: 34 },
  { header: "变动行数", kind: "integer", width: 9 },
  { header: "投诉编号", kind: "text", width: 14 },
  { header: "变动内容", kind: "text", width: 70 },
  { header: "上条校验值", kind: "text", width: 20 },
  { header: "校验值", kind: "text", width: 20 },
] as const satisfies OutputTable["columns"];

/** 处罚明细. People read the pack's title; where the pack is not there any more, its id. */
export function penaltiesTable(penalties: readonly Penalty[], packs: ReadonlyMap<string, Pack>): OutputTable {
  return {
    sheet: "处罚明细",
    table: "Penalties",
    columns: PENALTIES_HEADERS,
    rows: penalties.map((p) => [
      p.complaintId,
      packs.get(p.packId)?.header.title.zh ?? p.packId,
      p.state,
      p.month,
      p.subjectType,
      p.subject,
      p.employeeNo,
      p.department,
      p.type,
      p.reason,
      p.formula,
      yuanNumber(p.amount),
      p.sanction,
      p.basis,
      p.rule,
      p.packVersion,
    ]),
    mode: "replace",
  };
}

/** So many spans of rows are named; more would only be scrolled past. */
const SPANS = 30;

/** 问题汇总: the causes that people have to see. The same outcome gives the same lines, so that the table never grows. */
export function problemsTable(
  messages: readonly Message[],
  { columns, sheets }: Pick<LedgerSnapshot, "columns" | "sheets">,
  language: Language,
): OutputTable {
  const headerOf = (id: ColumnId): string | undefined => columns.get(id)?.header;
  return {
    sheet: "问题汇总",
    table: "Problems",
    columns: PROBLEMS_HEADERS,
    rows: causesToShow(messages).map((cause) => [
      say(language, `cause.level.${cause.level}`),
      causeText(cause, headerOf, language),
      cause.count,
      cause.column && (headerOf(cause.column) ?? column(cause.column).header),
      cause.rows.length === 0 ? undefined : rowsText(cause.rows, sheets, SPANS),
    ]),
    mode: "replace",
  };
}

export function deductionsTable(deductions: readonly Deduction[]): OutputTable {
  return {
    sheet: "扣款台账",
    table: "Deductions",
    columns: DEDUCTIONS_HEADERS,
    rows: deductions.map((d) => [
      d.month,
      d.employeeNo,
      d.person,
      d.department,
      yuanNumber(d.carriedIn),
      yuanNumber(d.added),
      d.ceiling === undefined ? undefined : yuanNumber(d.ceiling),
      d.ceilingBasis,
      yuanNumber(d.deducted),
      yuanNumber(d.carriedOut),
      d.state,
      d.messages.length === 0 ? undefined : d.messages.join(LIST_SEPARATOR),
    ]),
    mode: "replace",
  };
}
