import { isCause, isEntryKind } from "../books/kinds.js";
import type { Book, ClaimType, Entry } from "../books/entry.js";
import { yuanNumber } from "../domain/money.js";
import { dayOfTime, startOfDay, toSerial, type WallTime } from "../domain/wall-time.js";
import type { OutputCell, OutputTable, RawTable } from "./port.js";
import { linesOf, type Line, type UnreadableCell } from "./table-lines.js";

/** 扣款凭证 (table `Postings`): the book of deductions as the workbook keeps it, entry by entry, append only. */

interface PostingColumn {
  readonly header: string;
  readonly kind: OutputTable["columns"][number]["kind"];
  readonly width: number;
  readonly of: (entry: Entry) => OutputCell;
}

const text = (header: string, width: number, of: (entry: Entry) => string | undefined): PostingColumn => ({
  header,
  kind: "text",
  width,
  of: (entry) => {
    const value = of(entry);
    return value === "" ? undefined : value;
  },
});

const COLUMNS: readonly PostingColumn[] = [
  text("凭证号", 16, (e) => e.voucher),
  { header: "行", kind: "integer", width: 5, of: (e) => e.line },
  { header: "记账时间", kind: "datetime", width: 17, of: (e) => toSerial(e.at) },
  text("月份", 9, (e) => e.month),
  text("种类", 7, (e) => e.kind),
  text("工号", 9, (e) => e.employeeNo),
  text("姓名", 10, (e) => e.name),
  text("部门", 12, (e) => e.department),
  text("适用制度", 18, (e) => e.packId),
  text("投诉编号", 14, (e) => e.complaintId),
  text("类型", 10, (e) => e.type),
  text("事由", 16, (e) => e.reason),
  { header: "金额", kind: "money", width: 11, of: (e) => yuanNumber(e.amount) },
  text("对应", 18, (e) => e.against),
  {
    header: "结清日",
    kind: "date",
    width: 11,
    of: (e) => (e.settledOn === undefined ? undefined : toSerial(startOfDay(e.settledOn))),
  },
  text("计算式", 26, (e) => e.formula),
  text("条款", 30, (e) => e.clause),
  text("规则", 22, (e) => e.rule),
  text("规则包校验值", 12, (e) => e.packHash),
  text("所据", 60, (e) => e.rests),
  text("通知编号", 16, (e) => e.notice),
  text("起因", 7, (e) => e.cause),
  text("经办", 10, (e) => e.by),
  text("来源行", 10, (e) => e.origin),
  text("日志校验值", 18, (e) => e.logCheck),
  text("盐", 10, (e) => e.salt),
  text("个人摘要", 18, (e) => e.digest),
  text("上条校验值", 18, (e) => e.previous),
  text("校验值", 18, (e) => e.check),
];

/** In the book of a group alone. */
const SOURCE = text("来源工作簿", 16, (e) => e.source);

const headersOf = (columns: readonly PostingColumn[]): OutputTable["columns"] =>
  columns.map(({ header, kind, width }) => ({ header, kind, width }));

export const POSTINGS_HEADERS: OutputTable["columns"] = headersOf(COLUMNS);

/** Entries to append below those that stand. */
export function postingsTable(entries: readonly Entry[], { entries: standing }: Book): OutputTable {
  const columns = entries.some(({ source }) => source !== undefined) ? [...COLUMNS, SOURCE] : COLUMNS;
  return {
    follows: { header: "校验值", value: standing.at(-1)?.check ?? "" },
    sheet: "扣款凭证",
    table: "Postings",
    columns: headersOf(columns),
    rows: entries.map((entry) => columns.map(({ of }) => of(entry))),
    mode: "append",
  };
}

/** All entries in the place of those that stand, which end with this check value: only what is personal may differ. */
export function clearedPostings({ entries }: Book, end: string): OutputTable {
  return {
    ...postingsTable(entries, { id: "", entries: [] }),
    follows: { header: "校验值", value: end },
    mode: "replace",
  };
}

export interface BookReading {
  readonly book: Book;
  /** Sheet rows of its entries. */
  readonly rows: readonly number[];
  readonly problems: readonly UnreadableCell[];
}

/** The book as it stands. Its number is what its first entry's chain begins with; `fresh` is that of a book without entries. */
export function readBook(table: RawTable | undefined, fresh: () => string): BookReading {
  const problems: UnreadableCell[] = [];
  const lines = linesOf(table, problems);
  const entries = lines.map(entryOf);
  const first = entries[0]?.previous;
  // A number for a book without entries takes long to make, and only what is posted needs it.
  const book =
    first === undefined
      ? {
          entries,
          get id() {
            return fresh();
          },
        }
      : { id: first, entries };
  return { book, rows: lines.map(({ row }) => row), problems };
}

function entryOf(line: Line): Entry {
  const kind = line.text("种类");
  const cause = line.text("起因");
  if (!isEntryKind(kind)) line.note("种类");
  if (!isCause(cause)) line.note("起因");
  const at = line.time("记账时间");
  if (at === undefined) line.note("记账时间");
  const settledOn = line.time("结清日");
  const source = line.maybe("来源工作簿");
  return {
    voucher: line.text("凭证号"),
    line: Number(line.text("行")),
    at: at ?? (0 as WallTime),
    month: line.month("月份"),
    kind: isEntryKind(kind) ? kind : "备注",
    employeeNo: line.maybe("工号"),
    name: line.text("姓名"),
    department: line.text("部门"),
    packId: line.text("适用制度"),
    complaintId: line.text("投诉编号"),
    // What stands there is part of the proof whatever it is.
    type: line.text("类型") as ClaimType | "",
    reason: line.text("事由"),
    amount: line.money("金额"),
    against: line.text("对应"),
    settledOn: settledOn === undefined ? undefined : dayOfTime(settledOn),
    formula: line.text("计算式"),
    clause: line.text("条款"),
    rule: line.text("规则"),
    packHash: line.text("规则包校验值"),
    rests: line.text("所据"),
    notice: line.text("通知编号"),
    cause: isCause(cause) ? cause : "更正",
    by: line.text("经办"),
    origin: line.text("来源行"),
    logCheck: line.text("日志校验值"),
    salt: line.text("盐"),
    digest: line.text("个人摘要"),
    previous: line.text("上条校验值"),
    check: line.text("校验值"),
    ...(source === undefined ? {} : { source }),
  };
}
