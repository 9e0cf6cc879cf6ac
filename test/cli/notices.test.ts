import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ExcelJS from "exceljs";
import { strFromU8, unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { loadAllPacks } from "../packs-folder.js";
import { withCell } from "./edit-cell.js";
import { contents, NOW, readLedger, tiaoli, useFolder } from "./command.js";

const at = useFolder();

/** Two fined by furniture-north, one who shares a loss above half of his bonus, one department of auto-sales. */
const ROWS: readonly StoryCells[] = [
  {
    id: "260309001",
    pack: "furniture-north",
    receivedAt: "2026-03-09T09:00",
    customer: "乙",
    description: "抱怨不知道促销政策变了",
    cause: "市场政策误解",
    person: "张三",
    upheld: "是",
    closeAt: "2026-03-09T09:25",
  },
  {
    id: "F1",
    pack: "franchise-retail",
    receivedAt: "2026-03-02T09:00",
    customer: "=丙",
    description: "门店发错尺码，与订单不符",
    loss: 5000,
    upheld: "是",
    person: "李四",
    closeAt: "2026-03-06T10:00",
  },
];
const PEOPLE = [
  ["张三", "销售部", null, "销售经理", "李四", 1, 1500, 7000],
  ["李四", "营运部", null, "店长", null, 2, 3000, 12000],
];

async function ledger(rows: readonly StoryCells[], settings: readonly (readonly [string, string | number])[] = []) {
  const packs = loadAllPacks();
  const bytes = await newLedger({
    packs: ["furniture-north", "franchise-retail"].map((id) => packs.get(id)!),
    language: "zh",
    rows: rows.map(cellsOf),
    people: PEOPLE,
    settings: [["默认制度", "furniture-north"], ["单位名称", "某某公司"], ["当地最低工资", 2490], ...settings],
  });
  writeFileSync(at("in.xlsx"), bytes);
}

const notices = (...args: string[]) =>
  tiaoli(["notices", at("in.xlsx"), "--month", "2026-03", "-o", at("out"), "--now", NOW, "--yes", ...args]);
interface Printed {
  readonly notices: readonly {
    number: string;
    subject: string;
    amount: string;
    new: boolean;
    changes?: string[];
    complaints: string[];
  }[];
  readonly files: readonly string[];
}
function printed({ stdout, stderr }: { stdout: string; stderr: string }): Printed {
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Printed;
}

async function textsOf(file: string): Promise<string[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  return book.worksheets.map((sheet) => {
    const texts: string[] = [];
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.formula) throw new Error(`a formula in ${cell.address}`);
        texts.push(cell.text);
      });
    });
    return texts;
  });
}

/** 扣款凭证 as month, kind, person and sum. */
function postings(): unknown[][] {
  const { headers, rows } = readLedger(at("in.xlsx")).sideTables.get("Postings")!;
  const columns = ["月份", "种类", "姓名", "金额"].map((name) => headers.findIndex(({ header }) => header === name));
  return rows.map(({ cells }) => columns.map((c) => cells[c]));
}

describe("notices", () => {
  it("without --yes: what would go out, and nothing is written", async () => {
    await ledger(ROWS);
    const before = contents(dirname(at("x")));
    const { code, stdout } = tiaoli(["notices", at("in.xlsx"), "--month", "2026-03", "-o", at("out"), "--now", NOW]);
    expect(code).toBe(0);
    expect(stdout).toContain("2026-03 将发出 2 份");
    expect(stdout).toContain("李四  处罚 5000.00 元，本月扣 ");
    expect(contents(dirname(at("x")))).toEqual(before);
  });

  it("one sheet a person with facts, clause, formula and both sums; the payroll list; all recorded in the ledger", async () => {
    await ledger(ROWS);
    const run = notices("--json");
    const { code, stderr } = run;
    expect({ code, stderr: stderr.includes("扣款通知 2 份，其中新发 2 份") }).toEqual({ code: 0, stderr: true });
    const { notices: list } = printed(run);
    expect(list.map(({ number, subject, new: fresh }) => [number, subject, fresh])).toEqual([
      ["TZ-202603-001", "张三", true],
      ["TZ-202603-002", "李四", true],
    ]);
    expect(readdirSync(at("out")).sort()).toEqual([
      "扣款清单 2026-03.csv",
      "扣款清单 2026-03.xlsx",
      "扣款通知 2026-03.xlsx",
    ]);

    const [first, second] = await textsOf(join(at("out"), "扣款通知 2026-03.xlsx"));
    expect(first).toEqual(expect.arrayContaining(["张三，销售经理", "销售部", "260309001", "人民币（大写）伍拾元整"]));
    expect(first!.join()).toMatch(/2026-03-09受理，客户乙，“抱怨不知道促销政策变了”，2026-03-09结案/);
    // 5,000 of a bonus of 3,000: half of it now, the rest later (S0 §27 第二十一条 3).
    expect(second).toEqual(expect.arrayContaining(["人民币（大写）伍仟元整", "1500", "3500"]));

    const csv = readFileSync(join(at("out"), "扣款清单 2026-03.csv"));
    expect(csv.subarray(0, 3).toString("hex")).toBe("efbbbf");
    expect(csv.toString()).toContain("2026-03,李四,营运部,0.00,5000.00,1500.00,1500.00,3500.00");

    const tables = readLedger(at("in.xlsx")).sideTables;
    expect(tables.get("Notices")!.rows.map(({ cells }) => cells.slice(0, 5))).toEqual([
      ["TZ-202603-001", "2026-03", "个人", "张三", 50],
      ["TZ-202603-002", "2026-03", "个人", "李四", 5000],
    ]);
    expect(tables.get("NoticeItems")!.rows).toHaveLength(2);
    expect(tables.get("Penalties")!.rows).toHaveLength(2);
  });

  it("made again they are the same bytes, and neither ledger nor numbers change", async () => {
    await ledger(ROWS);
    notices();
    const [book, out] = [readFileSync(at("in.xlsx")), contents(at("out"))];
    const run = notices("--json");
    expect(printed(run).notices.map((notice) => notice.new)).toEqual([false, false]);
    expect(contents(at("out"))).toEqual(out);
    expect(readFileSync(at("in.xlsx")).equals(book)).toBe(true);
    expect(tiaoli(["process", at("in.xlsx"), "--now", NOW]).code).toBe(0);
    expect(readFileSync(at("in.xlsx")).equals(book)).toBe(true);
  });

  it("process right after them leaves the file byte for byte, papers and all", async () => {
    await ledger(ROWS);
    notices();
    const before = { ...contents(dirname(at("x"))), ...contents(at("out")) };
    const run = tiaoli(["process", at("in.xlsx"), "--now", NOW]);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("没有改动") as string });
    expect({ ...contents(dirname(at("x"))), ...contents(at("out")) }).toEqual(before);
  });

  it("a complaint withdrawn afterwards is a reversal with a notice of its own in the next month", async () => {
    await ledger(ROWS);
    notices();
    setUpheld("260309001", "否");
    const run = notices("--json");
    // What was posted for March stands; the correction waits for April, which has not come.
    expect(printed(run).notices[0]).toMatchObject({ new: false, amount: "50.00" });
    const april = tiaoli([
      "notices",
      at("in.xlsx"),
      "--month",
      "2026-04",
      "-o",
      at("april"),
      "--now",
      "2026-04-30T18:00",
      "--yes",
      "--json",
    ]);
    expect(printed(april).notices).toMatchObject([
      { number: "TZ-202604-001", subject: "张三", amount: "-50.00", refund: true, complaints: ["260309001"] },
    ]);
    const texts = await textsOf(join(at("april"), "扣款通知 2026-04.xlsx"));
    expect(texts[0]!.join()).toContain("退还人民币（大写）伍拾元整");
    expect(texts[0]!.join()).toContain("更正/退款通知单");
    expect(postings()).toEqual(
      expect.arrayContaining([
        ["2026-03", "确定", "张三", 50],
        ["2026-03", "扣款", "张三", 50],
        ["2026-04", "退还", "张三", 50],
        ["2026-04", "冲回", "张三", 50],
      ]),
    );
  });

  it("a further penalty of a month that is posted for others gets a further number", async () => {
    await ledger([{ ...ROWS[0]!, upheld: "否" }, ROWS[1]!]);
    notices();
    const before = readLedger(at("in.xlsx")).sideTables.get("Notices")!.rows.length;
    setUpheld("260309001", "是");
    const run = notices("--json");
    expect(before).toBe(1);
    expect(printed(run).notices.map(({ number, subject, new: fresh }) => [number, subject, fresh])).toEqual([
      ["TZ-202603-001", "李四", false],
      ["TZ-202603-002", "张三", true],
    ]);
  });

  it("--format docx: a Word file each, well-formed, no placeholder left; --per-person: a workbook each", async () => {
    await ledger(ROWS);
    expect(notices("--format", "docx").code).toBe(0);
    expect(notices("--per-person").code).toBe(0);
    const first = contents(at("out"));
    notices("--format", "docx");
    notices("--per-person");
    expect(contents(at("out"))).toEqual(first);
    for (const name of ["TZ-202603-001 张三", "TZ-202603-002 李四"]) {
      const xml = strFromU8(unzipSync(readFileSync(join(at("out"), `${name}.docx`)))["word/document.xml"]!);
      new SaxesParser({ xmlns: true }).write(xml).close();
      expect(xml).not.toMatch(/[{}]/);
      expect(xml).toContain("某某公司");
      expect(xml).toContain(name.split(" ")[1]);
      expect(existsSync(join(at("out"), `${name}.xlsx`))).toBe(true);
    }
    const xml = strFromU8(unzipSync(readFileSync(join(at("out"), "TZ-202603-002 李四.docx")))["word/document.xml"]!);
    for (const text of ["人民币（大写）伍仟元整", "1,500.00", "3,500.00", "客户=丙"]) expect(xml).toContain(text);
  });

  it.each([
    [["--month", "2026-13"], /2026-13/],
    [["--format", "pdf"], /pdf.*xlsx.*docx/],
  ])("%j is refused and nothing is written", async (args, says) => {
    await ledger(ROWS);
    const before = contents(dirname(at("x")));
    const { code, stderr } = notices(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(contents(dirname(at("x")))).toEqual(before);
  });

  it("items altered by hand after a notice went out: nothing is written, the notice is named", async () => {
    await ledger(ROWS);
    notices();
    edit("扣款通知明细", "J2", "><v>40</v>");
    const before = contents(dirname(at("x")));
    for (const { code, stderr } of [notices(), tiaoli(["process", at("in.xlsx"), "--now", NOW])]) {
      expect(code).toBe(2);
      expect(stderr).toMatch(/^[^\n]*TZ-202603-001[^\n]*\n$/);
    }
    expect(contents(dirname(at("x")))).toEqual(before);
  });

  it("a lock that can't be read: nothing is written", async () => {
    await ledger(ROWS, [["锁定至月份", "三月"]]);
    const { code, stderr } = tiaoli(["process", at("in.xlsx"), "--now", NOW]);
    expect(code).toBe(2);
    expect(stderr).toContain("三月");
  });

  it("a month without penalties: said so, and no file", async () => {
    await ledger(ROWS);
    const { code, stdout } = tiaoli(["notices", at("in.xlsx"), "--month", "2025-01", "-o", at("out"), "--now", NOW]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "2025-01 没有需要通知的处罚\n" });
    expect(existsSync(at("out"))).toBe(false);
  });
});

function edit(sheet: string, reference: string, markup: string): void {
  writeFileSync(at("in.xlsx"), withCell(readFileSync(at("in.xlsx")), sheet, reference, markup));
}

function setUpheld(id: string, upheld: "是" | "否"): void {
  const { sheet, rows, columns } = readLedger(at("in.xlsx"));
  const { row } = rows.find(({ cells }) => cells.id === id)!;
  edit(sheet, `${columns.get("upheld")!.letter}${row}`, ` t="inlineStr"><is><t>${upheld}</t></is>`);
}
