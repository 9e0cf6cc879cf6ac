import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { RawCell } from "../domain/complaint.js";
import { headerKey } from "../domain/match-key.js";
import { parseYuan, yuanNumber, yuanText, type Fen } from "../domain/money.js";
import { fromSerial, isoMonth, toSerial, type WallTime } from "../domain/wall-time.js";
import type { Deduction } from "../process/outcome.js";
import type { NoticedPenalty, StandingPenalty } from "../process/due-penalty.js";
import type { Settled } from "../process/settled.js";
import type { PenaltyType } from "../rules/events/kinds.js";
import { LIST_SEPARATOR } from "./output-cells.js";
import type { AUDIT_LOG_HEADERS } from "./output-tables.js";
import type { OutputTable, RawTable, SideTableName } from "./port.js";

/** Notices as the workbook keeps them, 扣款通知 and 扣款通知明细, and reading back what stands in tables of ours. */

/** A notice that went out. */
export interface IssuedNotice {
  /** 通知编号 */
  readonly number: string;
  /** yyyy-mm */
  readonly month: string;
  readonly subjectType: "个人" | "部门";
  readonly subject: string;
  readonly amount: Fen;
  /** What it said of the month's deduction; undefined for departments. */
  readonly deducted: Fen | undefined;
  readonly carriedOut: Fen | undefined;
  /** Over its items; see `itemsCheck`. */
  readonly check: string;
  readonly issuedAt: WallTime | undefined;
}

export const NOTICES_HEADERS = [
  { header: "通知编号", kind: "text", width: 17 },
  { header: "月份", kind: "text", width: 9 },
  { header: "对象类型", kind: "text", width: 9 },
  { header: "对象", kind: "text", width: 12 },
  { header: "金额", kind: "money", width: 11 },
  { header: "本月扣款", kind: "money", width: 11 },
  { header: "结转下月", kind: "money", width: 11 },
  { header: "明细校验值", kind: "text", width: 20 },
  { header: "状态", kind: "text", width: 8 },
  { header: "生成时间", kind: "datetime", width: 17 },
] as const satisfies OutputTable["columns"];

export const NOTICE_ITEMS_HEADERS = [
  { header: "通知编号", kind: "text", width: 17 },
  { header: "投诉编号", kind: "text", width: 14 },
  { header: "月份", kind: "text", width: 9 },
  { header: "对象类型", kind: "text", width: 9 },
  { header: "对象", kind: "text", width: 12 },
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

const ISSUED = "已发";
const LOGGED_ID: (typeof AUDIT_LOG_HEADERS)[number]["header"] = "投诉编号";
/** As in the audit log: enough to show an alteration. */
const CHECK_DIGITS = 16;

/** Check value of a notice's items: a changed, removed or added item shows. */
export function itemsCheck(items: readonly StandingPenalty[]): string {
  const text = JSON.stringify(
    items.map((p) => [p.complaintId, p.month, p.subjectType, p.subject, p.type, p.reason, yuanText(p.amount), p.rule]),
  );
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, CHECK_DIGITS);
}

/** Rows to append for notices that go out now. */
export function noticeTables(
  notices: readonly { readonly notice: IssuedNotice; readonly items: readonly StandingPenalty[] }[],
): OutputTable[] {
  const money = (amount: Fen | undefined): number | undefined =>
    amount === undefined ? undefined : yuanNumber(amount);
  return [
    {
      sheet: "扣款通知",
      table: "Notices",
      columns: NOTICES_HEADERS,
      rows: notices.map(({ notice: n }) => [
        n.number,
        n.month,
        n.subjectType,
        n.subject,
        yuanNumber(n.amount),
        money(n.deducted),
        money(n.carriedOut),
        n.check,
        ISSUED,
        n.issuedAt === undefined ? undefined : toSerial(n.issuedAt),
      ]),
      mode: "append",
    },
    {
      sheet: "扣款通知明细",
      table: "NoticeItems",
      columns: NOTICE_ITEMS_HEADERS,
      rows: notices.flatMap(({ notice, items }) =>
        items.map((p) => [
          notice.number,
          p.complaintId,
          p.month,
          p.subjectType,
          p.subject,
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
      ),
      mode: "append",
    },
  ];
}

/** Why what stands in a table of ours can't be relied on; nothing is written then. */
export type StandingProblem =
  | {
      readonly kind: "unreadable";
      readonly sheet: string;
      readonly row: number;
      readonly header: string;
      readonly value: string;
    }
  | { readonly kind: "altered"; readonly notice: string };

export interface StandingTables {
  readonly notices: readonly IssuedNotice[];
  /** Every 通知编号 that was ever given, as far as the workbook knows: also of notices whose rows are gone. */
  readonly numbers: readonly string[];
  readonly settled: Settled;
  readonly problems: readonly StandingProblem[];
}

/** Reads what earlier runs left: notices always, 处罚明细 and 扣款台账 for locked months. */
export function readStanding(
  sideTables: ReadonlyMap<SideTableName, RawTable>,
  lockedUntil: string | undefined,
): StandingTables {
  const problems: StandingProblem[] = [];
  const lines = (name: SideTableName): Line[] => linesOf(sideTables.get(name), problems);
  const noticed = lines("NoticeItems").map((line): NoticedPenalty => ({
    notice: line.text("通知编号"),
    ...penaltyOf(line),
  }));
  const notices = lines("Notices").map(noticeOf);
  const byNotice = new Map(notices.map(({ number }) => [number, [] as NoticedPenalty[]]));
  for (const item of noticed) byNotice.get(item.notice)?.push(item);
  for (const { number, check } of notices)
    if (itemsCheck(byNotice.get(number)!) !== check) problems.push({ kind: "altered", notice: number });
  for (const notice of new Set(noticed.map((item) => item.notice)))
    if (!byNotice.has(notice)) problems.push({ kind: "altered", notice });
  const locked = lockedUntil !== undefined;
  return {
    notices,
    numbers: [...byNotice.keys(), ...loggedNumbers(sideTables.get("AuditLog"))],
    settled: {
      lockedUntil,
      noticed,
      // What was proposed was never fixed by a lock; tables of older versions have no 状态 and hold settled lines alone.
      penalties: locked
        ? lines("Penalties")
            .filter((line) => (line.maybe("状态") ?? "确定") === "确定")
            .map(penaltyOf)
        : [],
      deductions: locked ? lines("Deductions").map(deductionOf) : [],
    },
    problems,
  };
}

/** The ids of 处理日志, where an entry bears the number of a notice that went out. */
function loggedNumbers(log: RawTable | undefined): string[] {
  const index = log?.headers.findIndex(({ header }) => header === LOGGED_ID) ?? -1;
  if (!log || index < 0) return [];
  return log.rows.flatMap(({ cells }) => (typeof cells[index] === "string" ? [cells[index]] : []));
}

/** A row of a table of ours, read by header. */
interface Line {
  text(header: string): string;
  maybe(header: string): string | undefined;
  month(header: string): string;
  money(header: string): Fen;
  maybeMoney(header: string): Fen | undefined;
  time(header: string): WallTime | undefined;
}

function linesOf(table: RawTable | undefined, problems: StandingProblem[]): Line[] {
  if (!table) return [];
  const indexes = new Map(table.headers.map(({ header }, index) => [headerKey(header), index]));
  return table.rows.flatMap(({ row, cells }) => {
    const raw = (header: string): RawCell => {
      const index = indexes.get(headerKey(header));
      return index === undefined ? null : (cells[index] ?? null);
    };
    const maybe = (header: string): string | undefined => {
      const cell = raw(header);
      const text = cell === null || typeof cell === "object" ? "" : String(cell).trim();
      return text === "" ? undefined : text;
    };
    const unreadable = (header: string): void => {
      const cell = raw(header);
      const value = cell !== null && typeof cell === "object" ? cell.error : (maybe(header) ?? "");
      problems.push({ kind: "unreadable", sheet: table.sheet, row, header, value });
    };
    const maybeMoney = (header: string): Fen | undefined => {
      const cell = raw(header);
      if (cell === null || cell === "") return undefined;
      const amount =
        typeof cell === "number" || typeof cell === "string" ? parseYuan(cell, { negative: true }) : undefined;
      if (amount === undefined) unreadable(header);
      return amount;
    };
    const line: Line = {
      maybe,
      maybeMoney,
      text: (header) => maybe(header) ?? "",
      month(header) {
        const cell = raw(header);
        // Excel makes a date of a month that somebody types anew.
        const text = typeof cell === "number" ? isoMonth(fromSerial(cell)) : (maybe(header) ?? "");
        if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) unreadable(header);
        return text;
      },
      money(header) {
        const amount = maybeMoney(header);
        if (amount === undefined && raw(header) === null) unreadable(header);
        return amount ?? (0 as Fen);
      },
      time(header) {
        const cell = raw(header);
        return typeof cell === "number" ? fromSerial(cell) : undefined;
      },
    };
    // Rows on which only notes of the user's stand are not ours.
    return maybe("月份") === undefined && maybe("金额") === undefined ? [] : [line];
  });
}

function noticeOf(line: Line): IssuedNotice {
  return {
    number: line.text("通知编号"),
    month: line.month("月份"),
    subjectType: line.text("对象类型") === "部门" ? "部门" : "个人",
    subject: line.text("对象"),
    amount: line.money("金额"),
    deducted: line.maybeMoney("本月扣款"),
    carriedOut: line.maybeMoney("结转下月"),
    check: line.text("明细校验值"),
    issuedAt: line.time("生成时间"),
  };
}

function penaltyOf(line: Line): StandingPenalty {
  const packVersion = line.text("规则版本");
  return {
    complaintId: line.text("投诉编号"),
    packId: packVersion.split(" ")[0]!,
    employeeNo: line.maybe("工号"),
    month: line.month("月份"),
    subjectType: line.text("对象类型") === "部门" ? "部门" : "个人",
    subject: line.text("对象"),
    department: line.maybe("部门"),
    type: line.text("类型") as PenaltyType,
    reason: line.text("事由"),
    formula: line.text("计算式"),
    amount: line.money("金额"),
    sanction: line.maybe("行政处分"),
    basis: line.text("依据"),
    rule: line.text("规则"),
    packVersion,
  };
}

function deductionOf(line: Line): Deduction {
  return {
    month: line.month("月份"),
    person: line.text("姓名"),
    employeeNo: line.maybe("工号"),
    state: "已入账",
    department: line.maybe("部门"),
    carriedIn: line.money("上月结转"),
    added: line.money("本月新增"),
    ceiling: line.maybeMoney("上限"),
    ceilingBasis: line.maybe("上限依据"),
    deducted: line.money("本月扣款"),
    carriedOut: line.money("结转下月"),
    messages: line.maybe("提示")?.split(LIST_SEPARATOR) ?? [],
  };
}
