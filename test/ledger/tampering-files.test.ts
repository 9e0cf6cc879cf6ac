import { beforeAll, describe, expect, it } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { examineLedger, mayWrite, type JudgeOptions } from "../../src/jobs/judge-ledger.js";
import { examineNotices } from "../../src/jobs/issue-notices.js";
import { verifyLedger } from "../../src/jobs/verify-ledger.js";
import type { Author } from "../../src/workbench/host/author.js";
import { bodyArea, valueAt, type CellValue } from "../../src/workbench/host/workbook-model.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import type { LedgerSnapshot } from "../../src/ledger/port.js";
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

const KINDS: readonly (readonly [string, (author: Author) => void])[] = [
  ["an entry's sum", put("Postings", 0, "金额", 1)],
  ["an entry's kind", put("Postings", 0, "种类", "补扣")],
  ["an entry's month", put("Postings", 0, "月份", "2023-12")],
  ["an entry's person", put("Postings", 0, "姓名", "李四")],
  ["an entry's 工号", put("Postings", 0, "工号", "1002")],
  ["what an entry rested on", put("Postings", 1, "所据", "月工资 9000.00")],
  ["an entry's clause", put("Postings", 0, "条款", "无")],
  ["an entry's 校验值", put("Postings", 1, "校验值", "0".repeat(32))],
  ["an entry's 上条校验值", put("Postings", 1, "上条校验值", "0".repeat(32))],
  ["a voucher's number", put("Postings", 0, "凭证号", "PZ202401-0009")],
  ["the first entry is gone", remove("Postings", 0)],
  ["an entry in the middle is gone", remove("Postings", 1)],
  ["the tail is cut off", remove("Postings", -1)],
  [
    "two entries are swapped",
    (author) => {
      const { rows } = bodyArea(author.table("Postings"));
      author.reorder("Postings", [1, 0, ...Array.from({ length: rows - 2 }, (_, i) => i + 2)]);
    },
  ],
  ["a notice's sum", put("Notices", 0, "金额", 1)],
  ["a notice's person", put("Notices", 0, "对象", "李四")],
  ["a notice is gone", remove("Notices", 0)],
  ["an item's sum", put("NoticeItems", 0, "金额", 1)],
  ["an item's person", put("NoticeItems", 0, "对象", "李四")],
  ["an item is gone", remove("NoticeItems", 0)],
  ["a line of the log", put("AuditLog", 0, "变动行数", 99)],
  ["a line of the log is gone", remove("AuditLog", 0)],
];

/** The first of them touch 扣款凭证 itself. */
const OF_THE_BOOK = 14;

describe("books changed by hand in a file", () => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await noticed();
  });

  async function changed(change: (author: Author) => void): Promise<LedgerSnapshot> {
    const home = fileHome(bytes);
    home.edit(change);
    return home.read();
  }

  it("are whole before", async () => {
    const snapshot = await changed(() => undefined);
    expect(verifyLedger(snapshot, { language: "zh", key: undefined, anchors: [] }).flaws).toEqual([]);
  });

  it.each(KINDS)("are not whole: %s", async (_, change) => {
    const { flaws } = verifyLedger(await changed(change), { language: "zh", key: undefined, anchors: [] });
    expect(flaws.length).toBeGreaterThan(0);
  });

  it.each(KINDS.slice(0, OF_THE_BOOK))("and nothing is written: %s", async (_, change) => {
    const judgement = await examineLedger(await changed(change), optionsAt("2024-03-20")).judgement();
    expect(judgement.kind).toBe("refused");
  });
});
