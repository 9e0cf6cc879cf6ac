import ExcelJS from "exceljs";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { noticeDocument } from "../../../src/documents/notices/notice-document.js";
import { noticePages, type NoticePage, type NoticesInput } from "../../../src/documents/notices/notice-pages.js";
import { BLANK } from "../../../src/books/draft-lines.js";
import { noticeWorkbook } from "../../../src/documents/notices/notice-workbook.js";
import { fen, sumOf } from "../../../src/domain/money.js";
import { wallTime } from "../../../src/domain/wall-time.js";
import { readStanding, type StandingTables } from "../../../src/ledger/notice-tables.js";
import type { RawTable } from "../../../src/ledger/port.js";
import type { Deduction, Penalty } from "../../../src/process/outcome.js";

const NOW = wallTime(2026, 3, 31, 18);

const NOTHING: StandingTables = {
  notices: [],
  numbers: [],
  problems: [],
  settled: { lockedUntil: undefined, noticed: [], penalties: [] },
};

function penalty(row: number, over: Partial<Penalty> = {}): Penalty {
  return {
    row,
    complaintId: `20260301-${String(row).padStart(3, "0")}`,
    packId: "p",
    month: "2026-03",
    state: "确定",
    settledOn: undefined,
    employeeNo: undefined,
    ownMonthOnly: false,
    subjectType: "个人",
    subject: "张三",
    department: "生产部",
    type: "绩效核减",
    reason: "客诉损失",
    formula: "1500.00×30%",
    amount: fen(45_000),
    sanction: undefined,
    basis: "《某某管理办法》第二十一条",
    rule: "r",
    packVersion: "p 1.0.0",
    ...over,
  };
}

const deduction = (messages: readonly string[] = []): Deduction => ({
  month: "2026-03",
  employeeNo: undefined,
  state: "试算",
  person: "张三",
  department: "生产部",
  carriedIn: fen(0),
  added: fen(45_000),
  ceiling: fen(100_000),
  ceilingBasis: "月绩效奖金50%（《某某管理办法》第二十一条）1000.00",
  deducted: fen(45_000),
  carriedOut: fen(0),
  messages,
});

/** A run whose books draft these penalties of persons. */
function runOf(penalties: readonly Penalty[], deductions: readonly Deduction[]): NoticesInput["run"] {
  const persons = new Map<string, Penalty[]>();
  for (const p of penalties)
    if (p.subjectType === "个人") persons.set(p.subject, [...(persons.get(p.subject) ?? []), p]);
  const months = [...persons].map(([name, list]) => ({
    person: `@${name}`,
    month: "2026-03",
    lines: list.map((p) => ({
      claim: p.complaintId,
      entry: {
        ...BLANK,
        ...{ name, month: p.month, department: p.department ?? "", packId: p.packId, complaintId: p.complaintId },
        ...{ type: p.type, reason: p.reason, formula: p.formula, clause: p.basis, rule: p.rule },
        kind: p.amount < 0 ? ("冲回" as const) : ("确定" as const),
        amount: fen(Math.abs(p.amount)),
      },
    })),
  }));
  const accounts = { claims: new Map() };
  return {
    outcome: { rows: [], penalties, deductions, messages: [] },
    books: { book: { id: "ZT", entries: [] }, draft: { months, ready: months, notes: [], findings: [], accounts } },
  } as unknown as NoticesInput["run"];
}

function pages(penalties: readonly Penalty[], over: Partial<NoticesInput> = {}): NoticePage[] {
  const persons = penalties.some(({ subjectType }) => subjectType === "个人");
  return noticePages({
    month: "2026-03",
    run: runOf(penalties, persons ? [deduction()] : []),
    standing: NOTHING,
    packs: new Map(),
    restsOnSamples: () => false,
    postOf: () => undefined,
    inputsOf: (row) => ({
      receivedAt: wallTime(2026, 3, 1 + (row % 28), 9),
      customer: "江北机械设备股份有限公司华东销售总部",
      description: "客户反映到货数量与订单不符，仓库出库时没有复核，客户要求两天内补齐并承担停线损失",
    }),
    settings: new Map(),
    now: NOW,
    language: "zh",
    ...over,
  });
}

const many = (n: number, over: (i: number) => Partial<Penalty> = () => ({})): Penalty[] =>
  Array.from({ length: n }, (_, i) => penalty(i + 2, over(i)));

/** Points of a sheet's rows, at the scale that its columns leave. */
async function bookOf(list: readonly NoticePage[]): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(await noticeWorkbook(list, "某某公司", "zh")) as unknown as ExcelJS.Buffer);
  return book;
}

function textsOf(sheet: ExcelJS.Worksheet): string[] {
  const texts: string[] = [];
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      if (!cell.isMerged || cell.master === cell) texts.push(cell.text);
    });
  });
  return texts;
}

async function paragraphsOf(page: NoticePage): Promise<string[]> {
  const name = page.groups ? "扣款通知单（多项）.docx" : "扣款通知单.docx";
  const template = readFileSync(join(import.meta.dirname, "../../../templates/notices", name));
  const xml = strFromU8(
    unzipSync(await noticeDocument(template, page, { organisation: "某某公司", anchor: "" }, "zh"))[
      "word/document.xml"
    ]!,
  );
  return xml.split("</w:p>").map((part) => [...part.matchAll(/<w:t[^>]*>([^<]*)</g)].map((match) => match[1]).join(""));
}

test("an item bears the title of its pack where the number stands in several, and only there", () => {
  const rows = [
    { id: "N1", packId: "p" },
    { id: "N1", packId: "q" },
    { id: "N2", packId: "p" },
  ];
  const penalties = [penalty(2, { complaintId: "N1" }), penalty(3, { complaintId: "N2" })];
  const run = runOf(penalties, []);
  const [page] = pages(penalties, {
    run: { ...run, outcome: { ...run.outcome, rows } } as never,
    packs: new Map([["p", { header: { title: { zh: "甲办法", en: "A" } }, rules: [] }]]) as never,
  });
  expect(page!.items.map(({ complaintId }) => complaintId)).toEqual(["N1（甲办法）", "N2"]);
});

describe("sections", () => {
  const department = { subjectType: "部门" as const, subject: "服务站", department: "服务站" };

  test.each([
    ["a person's", penalty(2), ["一、事实与计算", "二、本月扣款", "三、说明", "四、签署"]],
    ["a department's", penalty(2, department), ["一、事实与计算", "二、说明", "三、签署"]],
  ])("of %s notice are numbered one after the other, in Excel and in Word", async (_, one, headings) => {
    const [page] = pages([one]);
    const isHeading = (text: string): boolean => /^[一二三四五]、/.test(text);
    expect(textsOf((await bookOf([page!])).worksheets[0]!).filter(isHeading)).toEqual(headings);
    expect((await paragraphsOf(page!)).filter(isHeading)).toEqual(headings);
  });
});

describe("a notice with more items than its page has room for", () => {
  const [page] = pages(many(40, (i) => ({ reason: i % 4 === 0 ? "延误" : "客诉损失", amount: fen(1000 + i) })));

  test("adds them up by 事由 and clause, and the sums stand", () => {
    expect(page!.groups!.map(({ reason, count }) => [reason, count])).toEqual([
      ["客诉损失", 30],
      ["延误", 10],
    ]);
    expect(sumOf(page!.groups!.map(({ amount }) => amount))).toBe(page!.notice.amount);
    expect(page!.groups![0]!.dates).toBe("2026-03-01至2026-03-28");
  });

  test("in Excel stays one page; the items follow on an appendix sheet with their sum", async () => {
    const [notice, appendix] = (await bookOf([page!])).worksheets;
    expect([notice!.name, appendix!.name]).toEqual(["001 张三", "001 张三 附件"]);
    const { pageSetup } = notice!;
    expect([pageSetup.paperSize, pageSetup.orientation, pageSetup.fitToWidth, pageSetup.fitToHeight]).toEqual([
      9,
      "portrait",
      1,
      1,
    ]);
    expect(textsOf(notice!)).toContain("共40项，逐项见附件清单");
    const listed = textsOf(appendix!);
    expect(listed[0]).toContain("附件");
    expect(listed[1]).toContain(page!.notice.number);
    expect(listed.filter((text) => text.startsWith("20260301-"))).toHaveLength(40);
    expect(listed).toContain(page!.capitals);
    expect([appendix!.pageSetup.fitToWidth, appendix!.pageSetup.fitToHeight]).toEqual([1, 0]);
  });

  test("in Word: the appendix begins a new page, after the signatures", async () => {
    const texts = await paragraphsOf(page!);
    const appendix = texts.findIndex((text) => text.includes("附件：明细清单"));
    const items = texts.flatMap((text, i) => (text.startsWith("20260301-") ? [i] : []));
    expect(items).toHaveLength(40);
    expect(appendix).toBeGreaterThan(texts.findIndex((text) => text.includes("见证人")));
    expect(items[0]).toBeGreaterThan(appendix);
  });
});

test("however many items, texts and messages: what stands on the page fits it, and nothing is lost", async () => {
  const longText = fc.string({ unit: fc.constantFrom("甲", "a", "，", "9"), maxLength: 90 });
  const item = fc.record({
    reason: fc.constantFrom(
      "未经审批发文",
      "市场政策误解",
      "客诉损失",
      "延误",
      "行政处分",
      "二次投诉",
      "瞒报",
      "漏报",
      "谎报",
    ),
    basis: fc.constantFrom("《甲办法》第一条", "《汽车经销商客户抱怨闭环管理》7.6.3.1、7.6.3.2"),
    formula: fc.constantFrom("50.00", "100.00×2×1个月", "12000.00÷10.3×1.5"),
    amount: fc.integer({ min: 1, max: 5_000_000 }).map(fen),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { minLength: 1, maxLength: 60 }),
      fc.array(longText, { maxLength: 8 }),
      longText,
      async (items, messages, description) => {
        const penalties = items.map((one, i) => penalty(i + 2, one));
        const [page] = pages(penalties, {
          run: runOf(penalties, [deduction(messages)]),
          inputsOf: () => ({ receivedAt: NOW, customer: description, description }),
        });
        expect(page!.items).toHaveLength(items.length);
        if (page!.groups) {
          expect(sumOf(page!.groups.map(({ amount }) => amount))).toBe(page!.notice.amount);
          expect(page!.groups.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
        }
        // 112 characters of 5.25 points and the rows' heights, on A4 between its margins: print no smaller than two thirds.
        const sheet = (await bookOf([page!])).worksheets[0]!;
        let height = 0;
        sheet.eachRow((row) => (height += row.height));
        expect(((11.69 - 1.2) * 72) / height).toBeGreaterThan(0.66);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test("what the law says to the employer about fines does not stand on the employee's paper", () => {
  const warning = "罚款没有法律依据";
  const penalties = [penalty(2, { type: "罚款" })];
  const [page] = pages(penalties, { run: runOf(penalties, [deduction([warning])]) });
  expect(page!.remarks.join("\n")).not.toContain(warning);
});

test("what is taken back goes out on a paper of its own", () => {
  const list = pages([penalty(2), penalty(3, { amount: fen(-5_000), reason: "延误" })]);
  expect(list.map(({ isRefund, notice }) => [isRefund, notice.amount])).toEqual([
    [false, 45_000],
    [true, -5_000],
  ]);
});

test.each([
  [["TZ-202603-001", "TZ-202603-007"], "TZ-202603-008"],
  [["TZ-202602-099"], "TZ-202603-001"],
  [["TZ-202603-1203", "甲-5"], "TZ-202603-1204"],
])("after %j comes %s", (numbers, next) => {
  const [page] = pages([penalty(2)], { standing: { ...NOTHING, numbers } });
  expect(page!.notice.number).toBe(next);
});

test("a number in the log is not given again, although the notice's rows were deleted", () => {
  const log = {
    headers: ["时间", "投诉编号", "内容"].map((header) => ({ header, letter: "A" })),
    rows: [
      { row: 2, cells: [46_000, "260309001", "甲"] },
      { row: 3, cells: [46_000, "TZ-202603-004", "发出"] },
    ],
  };
  const standing = readStanding(new Map([["AuditLog", log as unknown as RawTable]]), undefined);
  expect(pages([penalty(2)], { standing })[0]!.notice.number).toBe("TZ-202603-005");
});

test("what a notice must have, in Excel and in Word", async () => {
  const [page] = pages([penalty(2)]);
  const sheet = textsOf((await bookOf([page!])).worksheets[0]!).join("\n");
  const word = (await paragraphsOf(page!)).join("\n");
  for (const text of [sheet, word])
    for (const wanted of [
      "TZ-202603-001",
      "张三",
      "20260301-002",
      "2026-03-03受理",
      "《某某管理办法》第二十一条",
      "1500.00×30%",
      "人民币（大写）肆佰伍拾元整",
      "月绩效奖金50%（《某某管理办法》第二十一条）1000.00",
      "结转下月",
      "不低于当地最低工资标准",
      "5个工作日内书面提出",
      ...["经办", "审核", "批准", "被通知人签收", "拒签说明"],
      "本通知一式3份，送：人力资源部、财务部、被通知人",
    ])
      expect(text.replace(/\s/g, "")).toContain(wanted.replace(/\s/g, ""));
});
