import { sumOf, yuanNumber } from "../../domain/money.js";
import type { Language } from "../../locales/language.js";
import type { Outcome } from "../../process/outcome.js";
import { proposedOnly, settledOnly } from "../../process/penalty-state.js";
import { say } from "../../process/sentences.js";
import type { OutputCell, OutputTable, UnreadMember } from "../port.js";

/** 分店: every workbook of a group with what its rows came to, and those that could not be read, with the reason. */

export const SHOPS_HEADERS = [
  { header: "来源工作簿", kind: "text", width: 20 },
  { header: "文件", kind: "text", width: 34 },
  { header: "行数", kind: "integer", width: 8 },
  { header: "已结案", kind: "integer", width: 8 },
  { header: "逾期未办", kind: "integer", width: 9 },
  { header: "数据有误", kind: "integer", width: 9 },
  { header: "待确认", kind: "integer", width: 8 },
  { header: "按期办结率", kind: "text", width: 18 },
  { header: "已结案件按期率", kind: "text", width: 18 },
  { header: "拟定金额", kind: "money", width: 12 },
  { header: "确定金额", kind: "money", width: 12 },
  { header: "读取情况", kind: "text", width: 70 },
] as const satisfies OutputTable["columns"];

/** A workbook and what its rows came to. */
export interface JudgedShop {
  readonly source: string;
  readonly file: string;
  readonly outcome: Pick<Outcome, "rows" | "penalties">;
}

export function shopsTable(
  shops: readonly JudgedShop[],
  unread: readonly UnreadMember[],
  language: Language,
): OutputTable {
  return {
    sheet: "分店",
    table: "GroupShops",
    columns: SHOPS_HEADERS,
    rows: [
      ...shops.map((shop) => shopLine(shop, language)),
      ...unread.map(({ source, file, why }) => [source, file, ...BLANKS, say(language, "group.not-read", { why })]),
    ],
    mode: "replace",
  };
}

/** What is not known of a workbook that could not be read. */
const BLANKS: readonly OutputCell[] = SHOPS_HEADERS.slice(3).map(() => undefined);

/** Closed, late and in time are what was judged; a rate shows both its numbers, so that nobody adds up rates. */
function shopLine({ source, file, outcome: { rows, penalties } }: JudgedShop, language: Language): OutputCell[] {
  const kept = rows.flatMap(({ closing }) => (closing.kept === undefined ? [] : [closing]));
  const closed = kept.filter(({ endedAt }) => endedAt !== undefined);
  const inTime = (list: typeof kept): string =>
    rate(list.filter((closing) => closing.kept === true).length, list.length);
  const count = (status: string): number => rows.filter(({ outputs }) => outputs.status === status).length;
  return [
    source,
    file,
    rows.length,
    rows.filter(({ closing }) => closing.closed).length,
    rows.filter(({ outputs }) => outputs.overdue === true && outputs.status !== "逾期结案").length,
    count("数据有误"),
    count("待确认"),
    inTime(kept),
    inTime(closed),
    yuanNumber(sumOf(proposedOnly(penalties).map(({ amount }) => amount))),
    yuanNumber(sumOf(settledOnly(penalties).map(({ amount }) => amount))),
    say(language, "group.read"),
  ];
}

function rate(kept: number, of: number): string {
  return of === 0 ? "" : `${((kept / of) * 100).toFixed(1)}%（${kept}/${of}）`;
}
