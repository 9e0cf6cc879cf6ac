import stringWidth from "string-width";
import { columnsText } from "../../src/cli/columns-text.js";
import type { Language } from "../../src/locales/language.js";
import { STATUSES, type Status } from "../../src/process/status.js";

/** The parts of `process --json` that the summary is made of. */
export interface ProcessedLedger {
  readonly rows: readonly {
    readonly row: number;
    readonly id?: string;
    readonly status: Status;
    readonly packVersion?: string;
    readonly penalty?: string;
    readonly compensation?: string;
    readonly messages?: readonly string[];
  }[];
  readonly deductions: readonly {
    readonly month: string;
    readonly person: string;
    readonly carriedIn: string;
    readonly added: string;
    readonly deducted: string;
    readonly carriedOut: string;
  }[];
}

const TEXTS = {
  zh: {
    packs: ["制度", "件数", "已结案", "办理中", "逾期", "不成立", "有误", "处罚（元）", "补偿（元）"],
    total: "合计",
    none: "（制度不明）",
    status: "当前状态：",
    months: ["扣款月份", "人数", "上月结转", "本月新增", "本月扣款", "结转下月"],
    faulty: (n: number) =>
      `数据有误 ${n} 行（样例有意留下，看看程序怎样指出哪一格、什么值、怎么改；其余各行照常处理）：`,
    row: (n: number) => `第${n}行`,
  },
  en: {
    packs: ["policy", "rows", "closed", "open", "overdue", "rejected", "faulty", "penalties", "compensation"],
    total: "total",
    none: "(no policy)",
    status: "status: ",
    months: ["month", "people", "carried in", "new", "deducted", "carried on"],
    faulty: (n: number) =>
      `${n} faulty rows (left in the sample on purpose, to show how a cell, its value and the cure are named; all other rows are processed):`,
    row: (n: number) => `row ${n}`,
  },
} as const;

const CLOSED: ReadonlySet<Status> = new Set(["已结案", "逾期结案", "待回访", "回访逾期", "已转新单"]);
const OPEN: ReadonlySet<Status> = new Set(["处理中", "即将到期", "已逾期", "暂缓关闭"]);
const OVERDUE: ReadonlySet<Status> = new Set(["已逾期", "逾期结案", "回访逾期"]);

/** The summary as lines: packs, statuses, deductions by month, faulty rows. `titles` are the packs' names by id. */
export function summaryLines(
  { rows, deductions }: ProcessedLedger,
  titles: ReadonlyMap<string, string>,
  language: Language,
): string[] {
  const t = TEXTS[language];
  const byPack = new Map([...titles.keys()].map((id) => [id, rows.filter((row) => packOf(row) === id)] as const));
  const strays = rows.filter((row) => !titles.has(packOf(row)));
  const packLine = (title: string, list: typeof rows): string[] => {
    const count = (statuses: ReadonlySet<Status>): string => String(list.filter((r) => statuses.has(r.status)).length);
    return [
      title,
      String(list.length),
      count(CLOSED),
      count(OPEN),
      count(OVERDUE),
      count(new Set(["不成立"])),
      count(new Set(["数据有误"])),
      yuan(list.map((r) => r.penalty)),
      yuan(list.map((r) => r.compensation)),
    ];
  };
  const packs = [
    [...t.packs],
    ...[...byPack].filter(([, list]) => list.length > 0).map(([id, list]) => packLine(titles.get(id)!, list)),
    ...(strays.length > 0 ? [packLine(t.none, strays)] : []),
    packLine(t.total, rows),
  ];
  const months = [...new Set(deductions.map(({ month }) => month))].map((month) => {
    const list = deductions.filter((d) => d.month === month);
    return [
      month,
      String(new Set(list.map(({ person }) => person)).size),
      yuan(list.map((d) => d.carriedIn)),
      yuan(list.map((d) => d.added)),
      yuan(list.map((d) => d.deducted)),
      yuan(list.map((d) => d.carriedOut)),
    ];
  });
  const faulty = rows.filter(({ status }) => status === "数据有误");
  const statuses = STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${status} ${count}`);
  return [
    ...numbersRight(packs),
    "",
    `${t.status}${statuses.join("  ")}`,
    "",
    ...numbersRight([[...t.months], ...months]),
    "",
    t.faulty(faulty.length),
    ...columnsText(faulty.map((row) => [`  ${t.row(row.row)}`, row.messages?.join("；") ?? ""])),
  ];
}

function packOf({ packVersion }: ProcessedLedger["rows"][number]): string {
  return packVersion?.split(" ")[0] ?? "";
}

/** Amounts are decimal strings to the fen; they are added up as whole fen. */
function yuan(amounts: readonly (string | undefined)[]): string {
  const fen = amounts.reduce((sum, amount) => sum + Math.round(Number(amount ?? 0) * 100), 0);
  return (fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Aligned columns, the first to the left and all others to the right. */
function numbersRight(table: readonly (readonly string[])[]): string[] {
  const widths = table[0]!.map((_, i) => Math.max(...table.map((line) => stringWidth(line[i]!))));
  return columnsText(
    table.map((line) => line.map((cell, i) => (i === 0 ? cell : " ".repeat(widths[i]! - stringWidth(cell)) + cell))),
  );
}
