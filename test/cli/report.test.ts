import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import ExcelJS from "exceljs";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { richParts } from "../ledger/file/support/rich-workbook.js";
import { zipParts } from "../ooxml/support/ooxml.js";
import { loadAllPacks } from "../packs-folder.js";
import { contents, GOOD_ROWS, NOW, readLedger, tiaoli, useFolder, writeLedger } from "./command.js";

const at = useFolder();
const report = (...args: string[]) => tiaoli(["report", at("in.xlsx"), "--now", NOW, ...args]);
const MARCH = ["--month", "2026-03"] as const;

const parts = (path: string): Record<string, Uint8Array> => unzipSync(readFileSync(path));

async function sheets(path: string): Promise<Map<string, string[]>> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return new Map(
    book.worksheets.map((sheet) => {
      const texts: string[] = [];
      sheet.eachRow((row) => {
        row.eachCell((cell) => {
          if (!cell.isMerged || cell.master === cell) texts.push(cell.text);
        });
      });
      return [sheet.name, texts];
    }),
  );
}

describe("report into a workbook of its own", () => {
  it("writes the figures, says them, and leaves the ledger as it was", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const before = readFileSync(at("in.xlsx"));
    const run = report(...MARCH, "-o", at("out.xlsx"));
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("2026-03-01 至 2026-03-31：受理 3 件，办结 2 件");
    expect(run.stdout).toContain(`已写入 ${at("out.xlsx")}`);
    expect(readFileSync(at("in.xlsx")).equals(before)).toBe(true);
    const pages = await sheets(at("out.xlsx"));
    expect([...pages.keys()]).toEqual(["月报 2026-03", "分析 2026-03", "数字对应的行 2026-03", "判定明细"]);
    const texts = pages.get("月报 2026-03")!;
    expect(texts).toContain("客户投诉月报（2026 年 3 月）");
    // 受理 3, and the cards stand label above value.
    expect(texts.slice(texts.indexOf("受理"))).toEqual(expect.arrayContaining(["3", "2"]));
    expect(pages.get("判定明细")!.filter((text) => text === "2026-03")).toHaveLength(3);
  });

  it("--json: one document on stdout, sentences on stderr; the same bytes twice", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const [first, second] = ["a.xlsx", "b.xlsx"].map((name) => report(...MARCH, "-o", at(name), "--json"));
    expect(first!.stdout).toBe(second!.stdout);
    expect(readFileSync(at("a.xlsx")).equals(readFileSync(at("b.xlsx")))).toBe(true);
    expect(first!.stderr).toContain("受理 3 件");
    const json = JSON.parse(first!.stdout) as { period: unknown; total: Record<string, unknown>; byPerson: unknown[] };
    expect(json.period).toEqual({ kind: "month", key: "2026-03", first: "2026-03-01", last: "2026-03-31" });
    expect(json.total).toMatchObject({ received: 3, ended: 2, openAtEnd: 1, onTime: 2, late: 0, penalties: "50.00" });
  });

  it("in English, too", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    expect(report(...MARCH, "-o", at("out.xlsx"), "--lang", "en").stdout).toMatch(/3 received, 2 closed/);
    expect((await sheets(at("out.xlsx"))).get("月报 2026-03")).toContain("Monthly complaint report, 3/2026");
  });

  it("exit code 1 when a row is 数据有误, and the report is written all the same", async () => {
    await writeLedger(at("in.xlsx"), [...GOOD_ROWS, { receivedAt: "昨天上午", description: "坏了" }]);
    const { code, stdout } = report(...MARCH, "-o", at("out.xlsx"));
    expect(code).toBe(1);
    expect(stdout).toContain("受理 3 件");
    expect(existsSync(at("out.xlsx"))).toBe(true);
    expect((await sheets(at("out.xlsx"))).get("月报 2026-03")!.join()).toContain("另有 1 行受理时间缺失或无法识别");
  });
});

describe("report refuses, writes nothing and says why in one line", () => {
  it.each([
    ["a month there isn't", ["--month", "2026-13"], /--month.*2026-13/],
    ["a month of another form", ["--month", "2026-3"], /2026-3/],
    ["a week the year doesn't have", ["--week", "2025-W53"], /2025-W53/],
    ["a third half", ["--half", "2026H3"], /2026H3/],
    ["no period", [], /--month/],
    ["two periods", ["--month", "2026-03", "--week", "2026-W13"], /--month/],
    ["itself as output", ["--month", "2026-03", "-o", "in.xlsx"], /in\.xlsx/],
  ])("%s", async (_, args, says) => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const before = contents(dirname(at("x")));
    const { code, stdout, stderr } = report(...args.map((arg) => (arg === "in.xlsx" ? at(arg) : arg)));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toMatch(says);
    expect(contents(dirname(at("x")))).toEqual(before);
  });

  it("a file that is no workbook, and one that isn't there", () => {
    writeFileSync(at("in.xlsx"), "not a workbook");
    expect(report(...MARCH)).toMatchObject({ code: 2, stdout: "" });
    expect(tiaoli(["report", at("gone.xlsx"), ...MARCH, "--now", NOW])).toMatchObject({ code: 2, stdout: "" });
    expect(Object.keys(contents(dirname(at("x"))))).toEqual(["in.xlsx"]);
  });
});

/** Parts that say which sheets, formats and kinds of parts there are: they grow with the report. */
const LISTS = /^(?:\[Content_Types\]\.xml|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/styles\.xml)$/;

describe("report into the ledger's workbook", () => {
  it("adds its sheet with charts and pivot tables; again it changes not one byte", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const run = report(...MARCH);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("月报 2026-03");
    const names = Object.keys(parts(at("in.xlsx")));
    expect(names.filter((name) => /pivotTables\/pivotTable\d+\.xml$/.test(name))).toHaveLength(2);
    expect(names.filter((name) => /charts\/chart\d+\.xml$/.test(name))).toHaveLength(2);
    expect(readLedger(at("in.xlsx")).rows.map(({ outputs }) => outputs.status)).toEqual(["已结案", "已结案", "处理中"]);
    const first = readFileSync(at("in.xlsx"));
    expect(report(...MARCH).stdout).toContain("没有改动");
    expect(readFileSync(at("in.xlsx")).equals(first)).toBe(true);
  });

  it("replaces its own sheet, adds another month's, and touches no part of a user's workbook", () => {
    writeFileSync(at("in.xlsx"), zipParts(richParts()));
    tiaoli(["process", at("in.xlsx"), "--now", NOW]);
    const before = parts(at("in.xlsx"));
    const alone = Object.keys(before).filter((name) => !LISTS.test(name));
    expect(alone.some((name) => name.includes("pivotTable"))).toBe(true);
    expect(alone.some((name) => name.includes("chart"))).toBe(true);
    const untouched = (after: Record<string, Uint8Array>): void => {
      for (const name of alone) expect(Buffer.compare(after[name]!, before[name]!), name).toBe(0);
    };
    const count = (after: Record<string, Uint8Array>, wanted: RegExp): number =>
      Object.keys(after).filter((name) => wanted.test(name)).length -
      Object.keys(before).filter((name) => wanted.test(name)).length;
    const SHEETS = /worksheets\/sheet\d+\.xml$/;
    const PIVOTS = /pivotTables\/pivotTable\d+\.xml$/;

    expect(report("--month", "2025-12").code).toBeLessThan(2);
    const once = parts(at("in.xlsx"));
    untouched(once);
    expect([count(once, SHEETS), count(once, PIVOTS)]).toEqual([3, 2]);

    // Another day's report of the same month says another time of preparation: it takes the place of the first.
    const later = tiaoli(["report", at("in.xlsx"), "--month", "2025-12", "--now", "2026-04-01T09:00"]);
    expect(later.code).toBeLessThan(2);
    const twice = parts(at("in.xlsx"));
    // What stands in the ledger itself may be overdue by now; everything that is somebody else's is as it was.
    for (const name of alone.filter((part) => /pivot|chart|drawing|comment|vba|custom|external/i.test(part)))
      expect(Buffer.compare(twice[name]!, before[name]!), name).toBe(0);
    expect([count(twice, SHEETS), count(twice, PIVOTS)]).toEqual([3, 2]);

    expect(tiaoli(["report", at("in.xlsx"), "--month", "2026-01", "--now", "2026-04-01T09:00"]).code).toBeLessThan(2);
    const both = parts(at("in.xlsx"));
    expect([count(both, SHEETS), count(both, PIVOTS)]).toEqual([6, 4]);
    const workbook = strFromU8(both["xl/workbook.xml"]!);
    const ids = [...workbook.matchAll(/<pivotCache [^>]*cacheId="(\d+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(workbook).toContain("月报 2025-12");
    expect(workbook).toContain("月报 2026-01");
  });
});

describe("reports that a pack's regulation asks for", () => {
  const packs = loadAllPacks();
  async function ledgerOf(
    id: string,
    rows: readonly StoryCells[],
    settings: readonly (readonly [string, number])[] = [],
  ) {
    const bytes = await newLedger({
      packs: [packs.get(id)!],
      language: "zh",
      rows: rows.map(cellsOf),
      settings: [["默认制度", id], ["单位名称", "某某公司"], ...settings],
    });
    writeFileSync(at("in.xlsx"), bytes);
  }
  const pageOf = async (title: string): Promise<string[]> =>
    [...(await sheets(at("out.xlsx")))].find(([name]) => name.startsWith(title))?.[1] ?? [];

  it("a claims procedure has its statistics of closed cases, due on the tenth", async () => {
    await ledgerOf("factory-claims", [
      {
        receivedAt: "2026-02-20T09:00",
        description: "钢管内壁有裂纹，产品质量不良",
        lossCaused: "是",
        loss: 1200,
        upheld: "是",
        closeAt: "2026-03-05T10:00",
      },
      { receivedAt: "2026-03-20T09:00", description: "数量短少", lossCaused: "是", upheld: "是" },
    ]);
    expect(report(...MARCH, "-o", at("out.xlsx")).code).toBe(0);
    const page = (await pageOf("客诉案件统计表")).join("\n");
    expect(page).toContain(
      "依据：《制造企业客诉处理办法》第九条（九）　　应完成：2026-04-10　　统计范围：本期结案的投诉（1件）",
    );
    expect(page).toMatch(/制表：[\s\S]*总经理室：/);
    // A weekly report is none of its own.
    expect(report("--week", "2026-W13", "-o", at("week.xlsx")).code).toBe(0);
    expect([...(await sheets(at("week.xlsx"))).keys()]).toEqual(["周报 2026-W13", "数字对应的行 2026-W13", "判定明细"]);
  });

  it("a dealer has weekly bulletins on Friday, rates over the cars sold among them", async () => {
    const row = (hour: number, more: StoryCells = {}): StoryCells => ({
      receivedAt: `2026-03-25T${String(hour).padStart(2, "0")}:00`,
      description: "销售顾问态度恶劣，承诺的赠品不给",
      levelOverride: "一般",
      ...more,
    });
    await ledgerOf("auto-sales", [row(9), row(10), row(11, { levelOverride: "非理性" })], [["销量 2026-W13", 50]]);
    expect(report("--week", "2026-W13", "-o", at("out.xlsx")).code).toBe(0);
    const names = [...(await sheets(at("out.xlsx"))).keys()];
    for (const title of ["非理性抱怨周报", "客户抱怨率周报", "客户抱怨处罚通报"])
      expect(
        names.some((name) => name.startsWith(title)),
        title,
      ).toBe(true);
    const rates = await pageOf("客户抱怨率周报");
    expect(rates.join("\n")).toContain("应完成：2026-04-03");
    expect(rates).toContain("0.06");
    expect(rates.join("\n")).toContain("销量或服务台次：50");
    // Without the base there is no rate, and the page says which setting is missing.
    await ledgerOf("auto-sales", [row(9)]);
    report("--week", "2026-W13", "-o", at("out.xlsx"));
    expect((await pageOf("客户抱怨率周报")).join()).toContain("销量或服务台次 2026-W13");
  });

  it("branch stores have their review of half a year", async () => {
    await ledgerOf("branch-stores", [
      { receivedAt: "2026-02-10T09:00", description: "鞋底开胶，质量有问题", upheld: "是" },
      { receivedAt: "2026-07-01T00:00", description: "鞋底开胶，质量有问题" },
    ]);
    expect(report("--half", "2026H1", "-o", at("out.xlsx")).stdout).toContain("受理 1 件");
    expect((await pageOf("客诉半年汇总")).join()).toContain(
      "统计期：2025 年 12 月至 2026 年 5 月（2025-12-01 至 2026-05-31）",
    );
  });

  it("a company without a regulation of its own has the week by salesperson", async () => {
    await ledgerOf("general", [
      { receivedAt: "2026-03-24T09:00", description: "机器坏了", receiver: "张三" },
      { receivedAt: "2026-03-25T09:00", description: "机器坏了", receiver: "张三" },
    ]);
    expect(report("--week", "2026-W13", "-o", at("out.xlsx")).code).toBe(0);
    expect(await pageOf("业务员周总结")).toEqual(expect.arrayContaining(["张三", "2"]));
  });
});
