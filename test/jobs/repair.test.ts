import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { examineLedger, type ExaminedLedger } from "../../src/jobs/judge-ledger.js";
import { LedgerRefused } from "../../src/jobs/refused.js";
import { cellCount, repairsOf, repairWrite, type RepairOptions, type Repairs } from "../../src/jobs/repair.js";
import { logFlaws } from "../../src/ledger/audit-log.js";
import { openFileLedger, type FileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { STATUTES } from "../packs-folder.js";
import { packs } from "../worker/session-source.js";

const HEADERS = [
  "投诉编号",
  "受理时间",
  "客户名称",
  "投诉内容",
  "违规行为",
  "责任人",
  "损失金额",
  "是否造成损失",
  "结案时间",
] as const;
type Cells = Partial<Record<(typeof HEADERS)[number], string | number | { formula: string; result: string }>>;

async function workbook(rows: readonly Cells[], settings: readonly (readonly string[])[] = []): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("投诉台账");
  sheet.addRow([...HEADERS]);
  for (const row of rows) sheet.addRow(HEADERS.map((header) => row[header] ?? null));
  sheet.getCell("B2").font = { bold: true };
  sheet.getCell("B2").fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FFFFFF00" } };
  book.addWorksheet("设置").addRows([["项目", "值"], ["默认制度", "general"], ...settings.map((line) => [...line])]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

interface Opened {
  readonly ledger: FileLedger;
  readonly examined: ExaminedLedger;
  readonly repairs: Repairs;
}

function open(bytes: Uint8Array, options: RepairOptions = {}, now = "2026-03-31T18:00"): Opened {
  const ledger = openFileLedger(bytes, { codec: nodeCodec });
  const examined = examineLedger(ledger.snapshot, { packs, statutes: STATUTES, now: parseIso(now)!, language: "zh" });
  const isFormula = ledger.isFormula.bind(ledger);
  return { ledger, examined, repairs: repairsOf(examined, { isFormula, ...options }) };
}

function apply({ ledger, examined, repairs }: Opened): Uint8Array {
  const write = repairWrite(examined, repairs.groups);
  return write ? ledger.write(write).bytes : new Uint8Array();
}

const changes = ({ groups }: Repairs): string[] =>
  groups.flatMap(({ kind, cells }) => cells.map(({ place, before, after }) => `${kind} ${place} ${before}→${after}`));

const MESSY: readonly Cells[] = [
  {
    投诉编号: "1",
    受理时间: "2026。3。2",
    投诉内容: "柜门开裂",
    责任人: "张\u200b三",
    损失金额: "人民币1200元整",
    是否造成损失: "有损失",
  },
  { 投诉编号: "2", 受理时间: "2026/3/2 9点半", 投诉内容: "柜门开裂", 损失金额: "约1200元" },
  { 投诉编号: "3", 受理时间: "２０２６－０３－０３", 投诉内容: "柜门开裂", 损失金额: "一千二" },
  { 投诉编号: "4", 受理时间: "2026.13.5", 投诉内容: "柜门开裂" },
  { 投诉编号: "5", 受理时间: "2/3/2026", 投诉内容: "柜门开裂" },
  {
    投诉编号: "6",
    受理时间: "2026-03-05",
    投诉内容: "柜门开裂，2026。3。2",
    损失金额: 300,
    结案时间: { formula: '"2026。3。9"', result: "2026。3。9" },
  },
];

describe("what is proposed", () => {
  test("is by cause, and only where one reading is certain", async () => {
    const { repairs } = open(await workbook(MESSY));
    expect(changes(repairs).sort()).toEqual([
      "invisible F2 张\u200b三→张三",
      "loose B3 2026/3/2 9点半→2026-03-02 09:30",
      "loose B4 ２０２６－０３－０３→2026-03-03",
      "loose G2 人民币1200元整→1200",
      "loose G4 一千二→1200",
      "unreadable B2 2026。3。2→2026-03-02",
      "unreadable H2 有损失→是",
    ]);
  });

  test("what is in doubt is listed with how to mend it, never changed", async () => {
    const { repairs } = open(await workbook(MESSY));
    expect(repairs.byHand.map(({ text, rows }) => `${rows.join()} ${text}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^5 .*2026\.13\.5.*不是存在的日期/),
        expect.stringMatching(/^3 .*约1200元/),
      ]),
    );
  });

  test("dates that can be read in several orders are asked about, and read as answered", async () => {
    const bytes = await workbook(MESSY);
    const [question] = open(bytes).repairs.questions;
    expect(question).toMatchObject({
      column: "receivedAt",
      example: "2/3/2026",
      readings: [
        { order: "mdy", text: "2026-02-03" },
        { order: "dmy", text: "2026-03-02" },
      ],
    });
    const { repairs } = open(bytes, { order: "mdy" });
    expect(changes(repairs)).toContain("ordered B6 2/3/2026→2026-02-03");
    expect(repairs.questions).toEqual([]);
  });

  test("names nothing where nothing is loose", async () => {
    const { repairs } = open(await workbook([{ 投诉编号: "1", 受理时间: "2026-03-02 09:00", 投诉内容: "柜门开裂" }]));
    expect(repairs).toMatchObject({ groups: [], questions: [] });
  });
});

describe("applied", () => {
  test("cells hold the new texts as texts in their formats; formulas, case texts and all else stay", async () => {
    const before = await workbook(MESSY);
    const after = apply(open(before));
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(after.slice().buffer);
    const sheet = book.getWorksheet("投诉台账")!;
    expect(sheet.getCell("B2").value).toBe("2026-03-02");
    expect(sheet.getCell("B2").font.bold).toBe(true);
    expect(sheet.getCell("B2").fill).toMatchObject({ fgColor: { argb: "FFFFFF00" } });
    expect(sheet.getCell("G2").value).toBe("1200");
    expect(sheet.getCell("I7").formula).toBe('"2026。3。9"');
    expect(sheet.getCell("D7").value).toBe("柜门开裂，2026。3。2");
    expect(sheet.getCell("B5").value).toBe("2026.13.5");
    expect(sheet.columnCount).toBe(HEADERS.length);
    expect(book.worksheets.map(({ name }) => name)).toEqual(["投诉台账", "设置", "处理日志"]);
  });

  test("what stood there is in 处理日志, chained; a second time there is nothing to mend", async () => {
    const first = open(await workbook(MESSY));
    const bytes = apply(first);
    const again = open(bytes);
    const log = again.ledger.snapshot.sideTables.get("AuditLog");
    expect(logFlaws(log)).toEqual([]);
    const texts = log!.rows.map(({ cells }) => cells[5]);
    expect(texts[0]).toBe(`更正：3行${cellCount(first.repairs.groups)}格，原值如下`);
    expect(texts[1]).toContain("受理时间：2026。3。2→2026-03-02");
    expect(again.repairs.groups).toEqual([]);
    expect(repairWrite(again.examined, again.repairs.groups)).toBeUndefined();
  });

  test("runs where judging is refused, and touches nothing else", async () => {
    const refused = open(await workbook(MESSY, [["锁定至月份", "三月"]]));
    expect(refused.examined.refusal).toMatch(/三月/);
    const { ledger } = open(apply(refused));
    expect(ledger.snapshot.rows[0]!.cells.receivedAt).toBe("2026-03-02");
    expect([...ledger.snapshot.sideTables.keys()]).toEqual(["Settings", "AuditLog"]);
  });

  test("is refused on a day before the last entry of 处理日志", async () => {
    const bytes = apply(open(await workbook(MESSY)));
    const later = open(bytes, { order: "mdy" }, "2026-03-30T18:00");
    expect(() => repairWrite(later.examined, later.repairs.groups)).toThrow(LedgerRefused);
  });

  test("a ledger whose outputs stand in 处理结果 keeps them", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await workbook(MESSY)).slice().buffer);
    book.getWorksheet("投诉台账")!.getCell("K1").value = "别动";
    book.getWorksheet("投诉台账")!.getCell("K2").value = "别动";
    const own = open(new Uint8Array(await book.xlsx.writeBuffer()));
    const judgement = await own.examined.judgement();
    if (judgement.kind !== "may-write") throw new Error(judgement.reason);
    const processed = own.ledger.write(judgement.write!).bytes;
    const results = (bytes: Uint8Array): Promise<unknown> =>
      new ExcelJS.Workbook().xlsx.load(bytes.slice().buffer).then((b) => b.getWorksheet("处理结果")?.getSheetValues());
    const standing = await results(processed);
    expect(standing).toBeDefined();
    expect(await results(apply(open(processed)))).toEqual(standing);
  });
});
