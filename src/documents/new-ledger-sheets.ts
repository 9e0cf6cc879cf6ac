import { INPUT_COLUMNS, type ColumnKind, type InputId } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import { inputsOf } from "../process/pack-columns.js";
import type { Pack } from "../rules/pack.js";

/** The sheets of a new ledger, whether they go into a file of their own or into a workbook that is open. */

/** A row of a new ledger: cells by column id, dates as Excel serials. */
export type LedgerCells = { readonly [Id in InputId]?: string | number | boolean };

/** Columns every ledger has, beside those its packs read. */
const USUAL: readonly InputId[] = [
  "id",
  "receivedAt",
  "channel",
  "customer",
  "phone",
  "product",
  "orderNo",
  "description",
  "demand",
  "receiver",
  "person",
  "upheld",
  "handoverAt",
  "answeredAt",
  "closeAt",
  "deferred",
  "rootCause",
  "correctiveAction",
  "satisfaction",
];

const PEOPLE_COLUMNS = [
  "工号",
  "姓名",
  "部门",
  "班组",
  "岗位",
  "上级",
  "基点数",
  "月绩效奖金",
  "月工资",
  "入职日期",
  "离职日期",
] as const;
/** The columns of the tables beside the ledger. */
export const SIDE_COLUMNS = {
  People: PEOPLE_COLUMNS,
  Holidays: ["日期", "类型", "名称"],
  Settings: ["项目", "值"],
  MonthlyPay: ["月份", "工号", "姓名", "月绩效奖金", "月工资"],
} as const;
const SIDE_SHEETS = { People: "人员", Holidays: "节假日", Settings: "设置", MonthlyPay: "月度绩效" } as const;

/** Columns that packs read but that clerks seldom fill; they are in the ledger only if a pack asks for them in a rule. */
const FORMATS: Readonly<Record<ColumnKind, string | undefined>> = {
  text: undefined,
  datetime: "yyyy-mm-dd hh:mm",
  date: "yyyy-mm-dd",
  money: "#,##0.00",
  price: "#,##0.00####",
  number: "General",
  integer: "0",
  percent: '0.##"%"',
  boolean: undefined,
  persons: undefined,
  list: undefined,
};

/** Numbers that are names: as text, so that Excel keeps their zeros and all their digits. */
const CODES: ReadonlySet<InputId> = new Set(["id", "phone", "orderNo", "partNo", "followsId"]);
/** Widths in characters of a Latin letter; a Chinese one takes two. */
const WIDTHS: Readonly<Record<ColumnKind, number>> = {
  text: 13,
  datetime: 17,
  date: 12,
  money: 12,
  price: 12,
  number: 10,
  integer: 9,
  percent: 10,
  boolean: 9,
  persons: 18,
  list: 18,
};
const WIDE: Partial<Record<InputId, number>> = {
  id: 15,
  pack: 21,
  receivedAt: 18,
  customer: 18,
  product: 18,
  description: 50,
  demand: 20,
  cause: 22,
  rootCause: 30,
  correctiveAction: 34,
  phone: 14,
  orderNo: 16,
  followsId: 15,
};
/** The number format of a column; undefined where General will do. */
export function columnFormat(id: InputId, kind: ColumnKind): string | undefined {
  return CODES.has(id) ? "@" : FORMATS[kind];
}

/** Characters. */
export function columnWidth(id: InputId, kind: ColumnKind): number {
  return WIDE[id] ?? WIDTHS[kind];
}

/** The input columns of a ledger for these packs (and those its rows fill anyway), in the contract's order. */
export function ledgerColumns(
  packs: readonly Pack[],
  rows: readonly LedgerCells[] = [],
): (typeof INPUT_COLUMNS)[number][] {
  const wanted = new Set<InputId>([...USUAL, ...rows.flatMap((row) => Object.keys(row) as InputId[])]);
  for (const pack of packs) for (const id of inputsOf(pack)) wanted.add(id);
  if (packs.length === 1) wanted.delete("pack");
  return INPUT_COLUMNS.filter(({ id }) => wanted.has(id));
}

/** What 设置 holds at first. */
export function firstSettings(packs: readonly Pack[]): (readonly [string, string | null])[] {
  return [
    ["默认制度", packs[0]!.header.title.zh],
    ["单位名称", null],
    ["下班时间", packs[0]!.header.calendar?.closeOfBusiness ?? "18:00"],
    ["当地最低工资", null],
    ["扣款地区", null],
    ["销量或服务台次", null],
  ];
}

/** A sheet with a table of ours, empty but for what it holds at first. */
export interface LedgerSheetPlan {
  readonly sheet: string;
  readonly table: string;
  readonly columns: readonly { readonly header: string; readonly format: string | undefined; readonly width: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const SIDE_WIDTH = 14;

/** The sheets of an empty ledger for packs, the ledger first. */
export function newLedgerSheets(packs: readonly Pack[], language: Language): LedgerSheetPlan[] {
  const ledger: LedgerSheetPlan = {
    sheet: "投诉台账",
    table: "Complaints",
    columns: ledgerColumns(packs).map(({ id, kind, header, alias }) => ({
      header: language === "zh" ? header : alias,
      format: columnFormat(id, kind),
      width: columnWidth(id, kind),
    })),
    rows: [],
  };
  const side = (Object.keys(SIDE_COLUMNS) as (keyof typeof SIDE_COLUMNS)[]).map((table): LedgerSheetPlan => ({
    sheet: SIDE_SHEETS[table],
    table,
    columns: SIDE_COLUMNS[table].map((header) => ({ header, format: undefined, width: SIDE_WIDTH })),
    rows: table === "Settings" ? firstSettings(packs) : [],
  }));
  return [ledger, ...side];
}
