import { writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { examineLedger, mayWrite, type JudgeOptions } from "../../src/jobs/judge-ledger.js";
import { examineNotices } from "../../src/jobs/issue-notices.js";
import { seal } from "../../src/books/chain.js";
import type { Book, Entry } from "../../src/books/entry.js";
import { fen } from "../../src/domain/money.js";
import { readBook } from "../../src/ledger/postings.js";
import { useFolder, type Run } from "../cli/command.js";
import { tiaoliHere } from "../cli/here.js";
import type { Author } from "../../src/workbench/host/author.js";
import { bodyArea, valueAt, type CellValue } from "../../src/workbench/host/workbook-model.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { columnLetters } from "../../src/ledger/excel/ranges.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { fileHome } from "./homes.js";
import { firstWorkbook } from "./ledger-history.js";

/** What somebody may do to the books of a workbook file by hand; `verify` sees each of it. */

const packs = loadAllPacks();
const optionsAt = (day: string): JudgeOptions => ({
  ...{ packs, statutes: STATUTES, language: "zh" },
  now: parseIso(`${day}T18:00`)!,
});

/** Two months noticed: 1,500.00 of 1,510.00 in January, the rest in February. */
async function noticed(): Promise<Uint8Array> {
  let bytes = await firstWorkbook();
  for (const [month, day] of [
    ["2024-01", "2024-01-31"],
    ["2024-02", "2024-02-29"],
  ] as const) {
    const ledger = openFileLedger(bytes, { codec: nodeCodec });
    const { ledger: examined } = examineNotices(ledger.snapshot, optionsAt(day), { month, issue: true });
    const { write } = mayWrite(await examined.judgement());
    bytes = ledger.write(write!).bytes;
  }
  return bytes;
}

const SHEETS: Readonly<Record<string, string>> = {
  Postings: "扣款凭证",
  Notices: "扣款通知",
  NoticeItems: "扣款通知明细",
  AuditLog: "处理日志",
};

function put(table: string, row: number, header: string, value: CellValue): (author: Author) => void {
  return (author) => {
    const { area } = author.table(table);
    const sheet = author.sheet(SHEETS[table]!);
    const column = Array.from({ length: area.columns }, (_, i) => area.column + i).find(
      (c) => valueAt(sheet, area.row, c) === header,
    )!;
    author.type(sheet.name, `${columnLetters(column)}${bodyArea(author.table(table)).row + row + 1}`, value);
  };
}

const remove =
  (table: string, row: number, count = 1) =>
  (author: Author): void => {
    const { rows } = bodyArea(author.table(table));
    author.deleteTableRows(table, row < 0 ? rows + row : row, count);
  };

const swap =
  (table: string, row: number) =>
  (author: Author): void => {
    const { rows } = bodyArea(author.table(table));
    const order = Array.from({ length: rows }, (_, i) => (i === row ? row + 1 : i === row + 1 ? row : i));
    author.reorder(table, order);
  };

/** A line once more, at a place: as it stands, or changed. */
const copy =
  (table: string, from: number, to: number, change: Readonly<Record<string, CellValue>> = {}) =>
  (author: Author): void => {
    const { area } = author.table(table);
    const sheet = author.sheet(SHEETS[table]!);
    const columns = Array.from({ length: area.columns }, (_, i) => area.column + i);
    const line = columns.map((c) => {
      const header = valueAt(sheet, area.row, c);
      return change[String(header)] ?? valueAt(sheet, bodyArea(author.table(table)).row + from, c);
    });
    const { rows } = bodyArea(author.table(table));
    author.insertTableRows(table, to < 0 ? rows + 1 + to : to, [line]);
  };

/** Somebody who knows how the chain is made: changes entries and closes it again. */
const forged =
  (change: (entry: Entry, i: number) => Partial<Entry>, cells: Readonly<Record<string, CellValue>>, at: number) =>
  (author: Author, book: Book): void => {
    let previous = book.id;
    book.entries.forEach((entry, i) => {
      const { check } = seal({ ...entry, ...change(entry, i) }, previous, undefined);
      put("Postings", i, "上条校验值", previous)(author);
      put("Postings", i, "校验值", check)(author);
      previous = check;
    });
    for (const [header, value] of Object.entries(cells)) put("Postings", at, header, value)(author);
  };

type Change = (author: Author, book: Book) => void;
/** What is done, and what `verify` names first. The entries of January are -1 to -3 of PZ202401-0001. */
type Kind = readonly [what: string, change: Change, named: string];

const ANY: Readonly<Record<string, CellValue>> = { 记账时间: 45_300, 行: 9, 结清日: 45_300, 金额: 1, 月份: "2023-12" };
const COLUMNS_OF_AN_ENTRY = [
  ...[
    "行",
    "记账时间",
    "月份",
    "种类",
    "工号",
    "姓名",
    "部门",
    "适用制度",
    "投诉编号",
    "类型",
    "事由",
    "金额",
    "结清日",
  ],
  ...["计算式", "条款", "规则", "规则包校验值", "所据", "通知编号", "日志校验值", "盐", "个人摘要"],
];

const OF_THE_BOOK: readonly Kind[] = [
  ...COLUMNS_OF_AN_ENTRY.map((header): Kind => [
    `${header} of an entry`,
    put("Postings", 0, header, ANY[header] ?? (header === "种类" ? "补扣" : "别的")),
    header === "行" ? "PZ202401-0001-9" : "PZ202401-0001-1",
  ]),
  ["起因 of an entry", put("Postings", 0, "起因", "锁定"), "PZ202401-0001-1"],
  ["对应 of an entry", put("Postings", 1, "对应", "PZ202401-0001-3"), "PZ202401-0001-2"],
  ["校验值 of an entry", put("Postings", 1, "校验值", "0".repeat(32)), "PZ202401-0001-2"],
  ["上条校验值 of an entry", put("Postings", 1, "上条校验值", "0".repeat(32)), "PZ202401-0001-2"],
  ["a voucher's number", put("Postings", 0, "凭证号", "PZ202401-0009"), "PZ202401-0009-1"],
  ["a sum that can't be read", put("Postings", 1, "金额", "不详"), "第3行“金额”"],
  ["every entry is gone", remove("Postings", -5, 5), "PZ202401-0001"],
  ["the first entry is gone", remove("Postings", 0), "PZ202401-0001-2 之前"],
  ["an entry in the middle is gone", remove("Postings", 1), "PZ202401-0001-3 之前"],
  ["the tail is cut off", remove("Postings", -1), "PZ202402-0001"],
  ["a whole voucher is cut off", remove("Postings", -2, 2), "PZ202402-0001"],
  ["two entries are swapped", swap("Postings", 0), "PZ202401-0001-2"],
  ["an entry stands twice", copy("Postings", 1, 3), "PZ202401-0001-2"],
  [
    "an entry is added at the end",
    copy("Postings", 1, -1, { 凭证号: "PZ202402-0002", 行: 1, 金额: 99, 月份: "2024-02" }),
    "PZ202402-0002-1",
  ],
  [
    "a sum is changed and the chain made anew",
    forged((_, i) => (i === 0 ? { amount: fen(200_000) } : {}), { 金额: 2000 }, 0),
    // The entry and the notice that went out with it.
    "TZ-202401-001",
  ],
  [
    "a clause is changed and the chain made anew",
    forged((_, i) => (i === 1 ? { clause: "无" } : {}), { 条款: "无" }, 1),
    "PZ202401-0001",
  ],
];

/** Whatever a notice or the log says that no entry says again; 本月扣款 of a notice is a view of the entries. */
const BESIDE_THE_BOOK: readonly Kind[] = [
  ["a notice's sum", put("Notices", 0, "金额", 1), "TZ-202401-001"],
  ["a notice's number", put("Notices", 0, "通知编号", "TZ-202401-009"), "TZ-202401-001"],
  ["a notice's person", put("Notices", 0, "对象", "李四"), "TZ-202401-001"],
  ["a notice's 工号", put("Notices", 0, "工号", "1002"), "TZ-202401-001"],
  ["明细校验值 of a notice", put("Notices", 0, "明细校验值", "0".repeat(16)), "TZ-202401-001"],
  ["a notice is gone", remove("Notices", 0), "TZ-202401-001"],
  ["a notice that nobody sent", copy("Notices", 0, -1, { 通知编号: "TZ-202401-002" }), "TZ-202401-002"],
  ...["投诉编号", "月份", "对象", "类型", "事由", "金额", "规则"].map((header): Kind => [
    `${header} of a notice's item`,
    put("NoticeItems", 0, header, ANY[header] ?? "别的"),
    "TZ-202401-001",
  ]),
  ["an item is gone", remove("NoticeItems", 0), "TZ-202401-001"],
  ["an item stands twice", copy("NoticeItems", 0, 1), "TZ-202401-001"],
  ["a line of the log", put("AuditLog", 0, "变动行数", 99), "第2行"],
  ["what a line of the log says", put("AuditLog", 1, "变动内容", "无"), "第3行"],
  ["the first line of the log is gone", remove("AuditLog", 0), "第2行"],
  ["a line of the log in the middle is gone", remove("AuditLog", 1), "PZ202402-0001-1"],
  ["the log's end is cut off down to before what was posted", remove("AuditLog", -2, 2), "PZ202402-0001-1"],
  ["two lines of the log are swapped", swap("AuditLog", 0), "第2行"],
  ["a line of the log stands twice", copy("AuditLog", 0, 1), "第3行"],
];

const KINDS: readonly Kind[] = [...OF_THE_BOOK, ...BESIDE_THE_BOOK];

/** Through the command, as somebody asks it. */
describe("books changed by hand in a file", () => {
  const at = useFolder();
  let bytes: Uint8Array;
  let book: Book;
  beforeAll(async () => {
    bytes = await noticed();
    ({ book } = readBook(openFileLedger(bytes, { codec: nodeCodec }).snapshot.sideTables.get("Postings"), () => ""));
  });

  const changed = (change: Change): Uint8Array => {
    const home = fileHome(bytes);
    home.edit((author) => {
      change(author, book);
    });
    return home.bytes();
  };

  async function verified(file: Uint8Array): Promise<Run> {
    writeFileSync(at("in.xlsx"), file);
    return tiaoliHere(["verify", at("in.xlsx")]);
  }

  it("are whole before", async () => {
    expect(await verified(bytes)).toMatchObject({ code: 0 });
    expect(await verified(changed(() => undefined))).toMatchObject({ code: 0 });
  });

  it.each(KINDS)("verify ends with 1 and names the first entry: %s", async (_, change, named) => {
    const { code, stdout } = await verified(changed(change));
    const [first = ""] = stdout.split("\n");
    expect(code).toBe(1);
    expect(first).toContain(named);
    expect(first).not.toMatch(/undefined|NaN|\[object/);
  });

  it.each(OF_THE_BOOK)("and nothing is written: %s", async (_, change) => {
    const { snapshot } = openFileLedger(changed(change), { codec: nodeCodec });
    const judgement = await examineLedger(snapshot, optionsAt("2024-03-20")).judgement();
    expect(judgement.kind).toBe("refused");
  });

  it("are tried in fifty kinds and more", () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(50);
  });
});
