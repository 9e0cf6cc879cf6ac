import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { contents, GOOD_ROWS, NOW, readLedger, ROOT, tiaoli, useFolder, writeLedger } from "./command.js";

const at = useFolder();
const statuses = (path: string): unknown[] => readLedger(path).rows.map(({ outputs }) => outputs.status);

interface ProcessJson {
  readonly rows: readonly {
    readonly row: number;
    readonly id?: string;
    readonly status: string;
    readonly packVersion?: string;
  }[];
  readonly penalties: readonly { readonly amount: string; readonly subject: string }[];
  readonly messages: readonly {
    readonly row?: number;
    readonly column?: string;
    readonly value?: string;
    readonly text: string;
  }[];
  readonly summary: { readonly rows: number; readonly faultyRows: number };
}
const json = (text: string): ProcessJson => JSON.parse(text) as ProcessJson;

describe("process: where the outcome goes", () => {
  it("writes a copy with -o and leaves the input as it was", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const before = readFileSync(at("in.xlsx"));
    const run = tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain(at("out.xlsx"));
    expect(readFileSync(at("in.xlsx")).equals(before)).toBe(true);
    expect(statuses(at("out.xlsx"))).toEqual(["已结案", "已结案", "处理中"]);
    expect(Object.keys(contents(dirname(at("in.xlsx"))))).toEqual(["in.xlsx", "out.xlsx"]);
  });

  it("updates the input in place without -o and leaves nothing else behind", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    expect(tiaoli(["process", at("in.xlsx"), "--now", NOW]).code).toBe(0);
    expect(statuses(at("in.xlsx"))).toEqual(["已结案", "已结案", "处理中"]);
    expect(readLedger(at("in.xlsx")).rows.map(({ cells }) => cells.id)).toEqual([
      "20260316-001",
      "260309001",
      "20260330-001",
    ]);
    expect(Object.keys(contents(dirname(at("in.xlsx"))))).toEqual(["in.xlsx"]);
  });

  it("refuses an ending that is another kind of workbook's, and writes nothing", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const run = tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsm"), "--now", NOW]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(".xlsx");
    expect(Object.keys(contents(dirname(at("in.xlsx"))))).toEqual(["in.xlsx"]);
  });

  it("writes over an earlier output", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    writeFileSync(at("out.xlsx"), "something else");
    expect(tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW]).code).toBe(0);
    expect(statuses(at("out.xlsx"))).toHaveLength(3);
  });
});

describe("process: again", () => {
  it("changes not one byte of a processed ledger, in place or into a copy", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    tiaoli(["process", at("in.xlsx"), "--now", NOW]);
    const once = readFileSync(at("in.xlsx"));
    const again = tiaoli(["process", at("in.xlsx"), "--now", NOW]);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("没有改动");
    expect(readFileSync(at("in.xlsx")).equals(once)).toBe(true);
    expect(tiaoli(["process", at("in.xlsx"), "-o", at("copy.xlsx"), "--now", NOW]).code).toBe(0);
    expect(readFileSync(at("copy.xlsx")).equals(once)).toBe(true);
  });

  it("deducts nothing twice: the same penalties and deductions come out of the processed ledger", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const first = json(tiaoli(["process", at("in.xlsx"), "--now", NOW, "--json"]).stdout);
    const second = json(tiaoli(["process", at("in.xlsx"), "--now", NOW, "--json"]).stdout);
    expect(first.penalties).toMatchObject([{ subject: "张三", amount: "50.00" }]);
    expect(second).toEqual(first);
  });

  it("follows the clock: an open row becomes overdue, and the log gets an entry more", async () => {
    await writeLedger(at("in.xlsx"), [
      { receivedAt: "2026-03-30T09:00", description: "机器坏了用不了", firstReplyAt: "2026-03-30T10:00" },
    ]);
    tiaoli(["process", at("in.xlsx"), "--now", NOW]);
    const log = readLedger(at("in.xlsx")).sideTables.get("AuditLog")!.rows.length;
    tiaoli(["process", at("in.xlsx"), "--now", "2026-04-20T09:00"]);
    expect(statuses(at("in.xlsx"))).toEqual(["已逾期"]);
    expect(readLedger(at("in.xlsx")).sideTables.get("AuditLog")!.rows.length).toBeGreaterThan(log);
  });
});

describe("process: JSON", () => {
  it("is one document on stdout, byte-equal twice, with people's text on stderr", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const args = ["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW, "--json"];
    const [first, second] = [tiaoli(args), tiaoli(args)];
    expect(first.code).toBe(0);
    expect(second.stdout).toBe(first.stdout);
    expect(json(first.stdout).summary).toMatchObject({ rows: 3, faultyRows: 0 });
    expect(first.stderr).toContain("共处理 3 行");
  });
});

describe("process: faulty rows", () => {
  const bad = [
    { receivedAt: "大概三月中旬", description: "机器坏了" },
    { receivedAt: "2026-03-18T09:00", customer: "无内容" },
    {
      pack: "restaurant",
      receivedAt: "2026-03-18T10:00",
      description: "菜里有虫，上了新闻",
      levelOverride: "重大",
      compensationTimes: 8,
      unitPrice: 30,
      quantity: 1,
    },
    { pack: "furniture-north", receivedAt: "2026-03-18T11:00", description: "床塌了", person: "张三:60%;李四:30%" },
  ];

  it("become 数据有误 naming column and value, and the others are processed: exit code 1", async () => {
    await writeLedger(at("in.xlsx"), [...bad, ...GOOD_ROWS]);
    const run = tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW, "--json"]);
    expect(run.code).toBe(1);
    const { rows, messages, summary } = json(run.stdout);
    expect(rows.map(({ status }) => status)).toEqual([
      "数据有误",
      "数据有误",
      "数据有误",
      "数据有误",
      "已结案",
      "已结案",
      "处理中",
    ]);
    expect(summary.faultyRows).toBe(4);
    expect(messages).toContainEqual(expect.objectContaining({ row: 2, column: "receivedAt", value: "大概三月中旬" }));
    expect(messages).toContainEqual(expect.objectContaining({ row: 3, column: "description" }));
    expect(messages).toContainEqual(
      expect.objectContaining({ row: 4, column: "compensationTimes", text: expect.stringContaining("8") as string }),
    );
    expect(messages).toContainEqual(expect.objectContaining({ row: 5, column: "person", value: "张三:60%;李四:30%" }));
    expect(statuses(at("out.xlsx")).slice(0, 4)).toEqual(["数据有误", "数据有误", "数据有误", "数据有误"]);
    expect(readLedger(at("out.xlsx")).rows[0]!.outputs.messages).toMatch(
      /投诉台账![A-Z]+2“受理时间”的值“大概三月中旬”/,
    );
  });

  it("leave their input cells alone", async () => {
    await writeLedger(at("in.xlsx"), bad);
    const before = readLedger(at("in.xlsx")).rows.map(({ cells }) => ({ ...cells, id: null }));
    tiaoli(["process", at("in.xlsx"), "--now", NOW]);
    expect(readLedger(at("in.xlsx")).rows.map(({ cells }) => ({ ...cells, id: null }))).toEqual(before);
  });

  it("with an unknown policy: the row says which there are", async () => {
    await writeLedger(at("in.xlsx"), [{ ...GOOD_ROWS[0], pack: "2019版客诉办法" }]);
    const run = tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW, "--json"]);
    expect(run.code).toBe(1);
    expect(json(run.stdout).messages[0]).toMatchObject({ column: "pack", value: "2019版客诉办法" });
    expect(json(run.stdout).messages[0]!.text).toContain("北方家具公司客户意见及投诉处理");
  });
});

describe("process: options", () => {
  it("--pack judges the rows that name no policy by that one", async () => {
    await writeLedger(at("in.xlsx"), [{ receivedAt: "2026-03-18T10:00", description: "菜没熟" }]);
    const of = (...args: string[]): string | undefined =>
      json(tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW, "--json", ...args]).stdout).rows[0]!
        .packVersion;
    expect(of()).toMatch(/^general /);
    expect(of("--pack", "restaurant")).toMatch(/^restaurant /);
    expect(of("--pack", "餐饮食堂顾客投诉处理")).toMatch(/^restaurant /);
  });

  it("--rules judges by the user's own packs", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    mkdirSync(at("rules"));
    for (const id of ["general", "furniture-north", "restaurant"])
      cpSync(join(ROOT, "rules", id), join(at("rules"), id), { recursive: true });
    const parameters = join(at("rules"), "furniture-north", "parameters.json");
    const text = readFileSync(parameters, "utf8");
    const file = JSON.parse(text) as { parameters: { name: string; values: { value: unknown }[] }[] };
    file.parameters.find(({ name }) => name === "policyComplaintFine")!.values[0]!.value = 80;
    writeFileSync(parameters, JSON.stringify(file));
    const run = tiaoli([
      "process",
      at("in.xlsx"),
      "-o",
      at("out.xlsx"),
      "--now",
      NOW,
      "--json",
      "--rules",
      at("rules"),
    ]);
    expect(run.code).toBe(0);
    expect(json(run.stdout).penalties).toMatchObject([{ amount: "80.00" }]);
  });

  it("--lang en and an English environment speak English; --lang wins", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    const args = ["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW];
    expect(tiaoli([...args, "--lang", "en"]).stdout).toContain("3 rows processed");
    expect(tiaoli(args, { LANG: "en_GB.UTF-8" }).stdout).toContain("3 rows processed");
    expect(tiaoli([...args, "--lang", "zh"], { LANG: "en_GB.UTF-8" }).stdout).toContain("共处理 3 行");
    expect(tiaoli(args, { LANG: "de_DE.UTF-8" }).stdout).toContain("共处理 3 行");
  });

  it("reads a ledger with English headers", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS, { language: "en" });
    const run = tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW, "--json", "--lang", "en"]);
    expect(run.code).toBe(0);
    expect(json(run.stdout).rows.map(({ status }) => status)).toEqual(["已结案", "已结案", "处理中"]);
  });

  it("shows no progress where nobody is at a terminal", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS);
    expect(tiaoli(["process", at("in.xlsx"), "-o", at("out.xlsx"), "--now", NOW]).stderr).toBe("");
  });
});

describe("process: a workbook with several ledgers", () => {
  const months = (): Uint8Array =>
    makeWorkbook({
      sheets: ["1月", "2月", "3月"].map((name, i) => ({
        name,
        xml: sheetData([
          ["投诉编号", "受理时间", "投诉内容"],
          [`A${i}`, 46_030 + 31 * i, "椅子面料破损"],
        ]),
      })),
    });

  it("names all of them, and takes the one that is asked for", () => {
    writeFileSync(at("in.xlsx"), months());
    const asked = tiaoli(["process", at("in.xlsx"), "--now", NOW]);
    expect(asked.code).toBe(2);
    for (const text of ["1月", "2月", "3月", "--sheet"]) expect(asked.stderr).toContain(text);
    expect(tiaoli(["process", at("in.xlsx"), "--sheet", "2月", "-o", at("out.xlsx"), "--now", NOW]).code).toBe(0);
    const { snapshot } = openFileLedger(readFileSync(at("out.xlsx")), { sheet: "2月" });
    expect(snapshot.rows.map(({ cells, outputs }) => [cells.id, outputs.status !== null])).toEqual([["A1", true]]);
  });

  it("says which sheets there are where the one that is asked for isn't", () => {
    writeFileSync(at("in.xlsx"), months());
    const run = tiaoli(["process", at("in.xlsx"), "--sheet", "4月", "--now", NOW]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("“1月”、“2月”、“3月”");
  });
});
