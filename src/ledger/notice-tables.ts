import { yuanNumber, yuanText, type Fen } from "../domain/money.js";
import type { RawCell } from "../domain/complaint.js";
import { sha256Hex } from "../domain/sha256.js";
import { toSerial, type WallTime } from "../domain/wall-time.js";
import { DELIVERY_METHODS, NOTICE_STATES } from "../books/notice-life.js";
import type { NoticedPenalty, StandingPenalty } from "../process/due-penalty.js";
import type { PenaltyType } from "../rules/events/kinds.js";
import type { AUDIT_LOG_HEADERS } from "./output-tables.js";
import type { OutputCell, OutputTable, RawTable, SideTableName } from "./port.js";
import { linesOf, type Line, type UnreadableCell } from "./table-lines.js";

/** Notices as the workbook keeps them, 扣款通知 and 扣款通知明细, and reading back what stands in tables of ours. */

/** A notice that went out. */
export interface IssuedNotice {
  /** 通知编号 */
  readonly number: string;
  /** yyyy-mm */
  readonly month: string;
  readonly subjectType: "个人" | "部门";
  readonly subject: string;
  readonly employeeNo: string | undefined;
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
  {
    header: "状态",
    kind: "text",
    width: 8,
    guide: {
      choices: NOTICE_STATES,
      prompt: "通知发出后填已发，送达后填已送达并填送达日期和方式；员工有异议填异议中，复核后填维持、变更或撤销",
    },
  },
  { header: "生成时间", kind: "datetime", width: 17 },
  {
    header: "送达日期",
    kind: "date",
    width: 11,
    guide: { prompt: "送到本人手里（或拒签、邮寄）的日期，如 2026-03-05" },
  },
  {
    header: "送达方式",
    kind: "text",
    width: 9,
    guide: { choices: DELIVERY_METHODS, prompt: "签收、拒签或邮寄；拒签也算送达，请留证明" },
  },
  {
    header: "异议日期",
    kind: "date",
    width: 11,
    guide: { prompt: "员工提出异议的日期；复核完以前这张通知未扣的部分暂缓" },
  },
  { header: "复核结果", kind: "text", width: 9, guide: { prompt: "复核的结论，照实写；要改金额请改台账的那一行" } },
  { header: "复核金额", kind: "money", width: 11, guide: { prompt: "复核后的金额，供查对；扣款以改正后的台账为准" } },
  { header: "复核日期", kind: "date", width: 11, guide: { prompt: "状态填维持或变更时必填" } },
  {
    header: "撤销原因",
    kind: "text",
    width: 24,
    guide: { prompt: "状态填撤销时必填：已扣的全部退还，另出退款通知单" },
  },
  { header: "工号", kind: "text", width: 9 },
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

/** Of a notice whose papers are made; people write how it goes on. */
const ISSUED = "拟发";
const FILLED_IN_LATER = Array.from({ length: 7 }, () => undefined);
const LOGGED_ID: (typeof AUDIT_LOG_HEADERS)[number]["header"] = "投诉编号";
/** As in the audit log: enough to show an alteration. */
const CHECK_DIGITS = 16;

/** Check value of a notice's items: a changed, removed or added item shows. */
export function itemsCheck(items: readonly StandingPenalty[]): string {
  const text = JSON.stringify(
    items.map((p) => [p.complaintId, p.month, p.subjectType, p.subject, p.type, p.reason, yuanText(p.amount), p.rule]),
  );
  return sha256Hex(text).slice(0, CHECK_DIGITS);
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
        ...FILLED_IN_LATER,
        n.employeeNo,
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

/** 扣款通知 and 扣款通知明细 with a stand-in for a person in some of the notices; what people filled in stays. */
export function anonymousNotices(
  sideTables: ReadonlyMap<SideTableName, RawTable>,
  { settled }: StandingTables,
  { notices, standIn }: { readonly notices: ReadonlySet<string>; readonly standIn: string },
): OutputTable[] {
  if (notices.size === 0) return [];
  const checkOf = (number: string): string =>
    itemsCheck(settled.noticed.flatMap((item) => (item.notice === number ? [{ ...item, subject: standIn }] : [])));
  const change = (columns: OutputTable["columns"], name: "Notices" | "NoticeItems", blank: readonly string[]) => {
    const table = sideTables.get(name);
    if (!table) return [];
    const at = columns.map(({ header }) => table.headers.findIndex((found) => found.header === header));
    const number = columns.findIndex(({ header }) => header === "通知编号");
    const rows = table.rows.map(({ cells }) => {
      const line = at.map((i) => cellOf(cells[i]));
      if (!notices.has(String(line[number] ?? ""))) return line;
      return line.map((cell, i) => {
        const { header } = columns[i]!;
        if (header === "对象") return standIn;
        if (header === "明细校验值") return checkOf(String(line[number]));
        return blank.includes(header) ? undefined : cell;
      });
    });
    return [{ sheet: table.sheet, table: name, columns, rows, mode: "replace" as const }];
  };
  return [
    ...change(NOTICES_HEADERS, "Notices", ["工号"]),
    ...change(NOTICE_ITEMS_HEADERS, "NoticeItems", ["部门", "计算式"]),
  ];
}

function cellOf(cell: RawCell | undefined): OutputCell {
  return cell === null || typeof cell === "object" ? undefined : cell;
}

/** Why what stands in a table of ours can't be relied on; nothing is written then. */
export type StandingProblem = UnreadableCell | { readonly kind: "altered"; readonly notice: string };

/** What the workbook says of earlier months. */
export interface Settled {
  /** 锁定至月份, yyyy-mm: the months up to it are closed in the books. */
  readonly lockedUntil: string | undefined;
  readonly noticed: readonly NoticedPenalty[];
  /** 处罚明细 as it stands, where months are locked and nothing is posted: what the version before fixed by a lock. */
  readonly penalties: readonly StandingPenalty[];
}

export interface StandingTables {
  readonly notices: readonly IssuedNotice[];
  /** Every 通知编号 that was ever given, as far as the workbook knows: also of notices whose rows are gone. */
  readonly numbers: readonly string[];
  readonly settled: Settled;
  readonly problems: readonly StandingProblem[];
}

/** Reads what earlier runs left: notices always, 处罚明细 for locked months. */
export function readStanding(
  sideTables: ReadonlyMap<SideTableName, RawTable>,
  lockedUntil: string | undefined,
): StandingTables {
  const altered: StandingProblem[] = [];
  const unreadable: UnreadableCell[] = [];
  const lines = (name: SideTableName): Line[] => linesOf(sideTables.get(name), unreadable);
  const noticed = lines("NoticeItems").map((line): NoticedPenalty => ({
    notice: line.text("通知编号"),
    ...penaltyOf(line),
  }));
  const notices = lines("Notices").map(noticeOf);
  const byNotice = new Map(notices.map(({ number }) => [number, [] as NoticedPenalty[]]));
  for (const item of noticed) byNotice.get(item.notice)?.push(item);
  for (const { number, check } of notices)
    if (itemsCheck(byNotice.get(number)!) !== check) altered.push({ kind: "altered", notice: number });
  for (const notice of new Set(noticed.map((item) => item.notice)))
    if (!byNotice.has(notice)) altered.push({ kind: "altered", notice });
  // Once there is a book, it says what is posted, and 处罚明细 is a view of it: a long one, that nobody need read.
  const fixed = lockedUntil !== undefined && (sideTables.get("Postings")?.rows.length ?? 0) === 0;
  return {
    notices,
    numbers: [...byNotice.keys(), ...loggedNumbers(sideTables.get("AuditLog"))],
    settled: {
      lockedUntil,
      noticed,
      // What was proposed was never fixed by a lock; tables of older versions have no 状态 and hold settled lines alone.
      penalties: fixed
        ? lines("Penalties")
            .filter((line) => (line.maybe("状态") ?? "确定") === "确定")
            .map(penaltyOf)
        : [],
    },
    problems: [...unreadable, ...altered],
  };
}

/** The ids of 处理日志, where an entry bears the number of a notice that went out. */
function loggedNumbers(log: RawTable | undefined): string[] {
  const index = log?.headers.findIndex(({ header }) => header === LOGGED_ID) ?? -1;
  if (!log || index < 0) return [];
  return log.rows.flatMap(({ cells }) => (typeof cells[index] === "string" ? [cells[index]] : []));
}

function noticeOf(line: Line): IssuedNotice {
  return {
    number: line.text("通知编号"),
    month: line.month("月份"),
    subjectType: line.text("对象类型") === "部门" ? "部门" : "个人",
    subject: line.text("对象"),
    employeeNo: line.maybe("工号"),
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
