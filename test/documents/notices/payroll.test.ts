import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { holdsCsv, payrollCsv, payrollWorkbook, type PayrollList } from "../../../src/documents/notices/payroll.js";
import type { NoticePage } from "../../../src/documents/notices/notice-pages.js";
import { fen } from "../../../src/domain/money.js";
import type { Deduction } from "../../../src/process/outcome.js";

const deduction = (
  person: string,
  figures: readonly [number, number, number, number],
  more: Partial<Deduction> = {},
): Deduction => {
  const [carriedIn, added, deducted, carriedOut] = figures.map((yuan) => fen(Math.round(yuan * 100)));
  return {
    month: "2026-03",
    person,
    employeeNo: undefined,
    state: "试算",
    department: "生产部",
    carriedIn: carriedIn!,
    added: added!,
    ceiling: fen(150_000),
    ceilingBasis: "月绩效奖金50%",
    deducted: deducted!,
    carriedOut: carriedOut!,
    messages: [],
    ...more,
  };
};
const page = (number: string, subjectType: "个人" | "部门", subject: string, amount: number): NoticePage =>
  ({ notice: { number, month: "2026-03", subjectType, subject, amount: fen(amount) } }) as NoticePage;

const LIST: PayrollList = {
  holds: [],
  late: [],
  month: "2026-03",
  deductions: [
    deduction("张三", [0.1, 4999.9, 1500, 3500]),
    deduction("=1+1", [0, 20.2, 20.2, 0], { ceiling: undefined, messages: ['缺少"月工资"', "上限未适用"] }),
  ],
  pages: [page("TZ-202603-001", "个人", "张三", 499_990), page("TZ-202603-002", "部门", "服务站", 120_000)],
  organisation: "某某公司",
  anchor: "",
  language: "zh",
};

describe("the list for payroll", () => {
  test("as CSV: byte order mark, every figure to the fen, no name that a spreadsheet takes for a formula", () => {
    const bytes = payrollCsv(LIST);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes.subarray(3)).split("\r\n");
    expect(lines).toEqual([
      "月份,姓名,部门,上月结转,本月新增,本月上限,本月实扣,结转下月,上限依据,工号,状态,通知编号,提示",
      "2026-03,张三,生产部,0.10,4999.90,1500.00,1500.00,3500.00,月绩效奖金50%,,试算,TZ-202603-001,",
      '2026-03,\'=1+1,生产部,0.00,20.20,,20.20,0.00,月绩效奖金50%,,试算,,"缺少""月工资""；上限未适用"',
      "",
    ]);
  });

  test("what was held and let go as CSV beside it, with what was taken because of it; none where nothing changed", () => {
    const change = {
      person: { name: "张三", employeeNo: "A01" },
      department: "生产部",
      complaintId: "F1",
      posted: true,
    };
    const bytes = holdsCsv({
      ...LIST,
      holds: [
        {
          ...change,
          kind: "暂缓",
          type: "损失赔偿",
          amount: fen(50_000),
          why: "异议中",
          taken: fen(0),
          takenBack: fen(0),
        },
        {
          ...change,
          kind: "恢复",
          type: "损失赔偿",
          amount: fen(50_000),
          why: "",
          taken: fen(30_010),
          takenBack: fen(0),
        },
      ],
    });
    expect(new TextDecoder().decode(bytes!.subarray(3)).split("\r\n")).toEqual([
      "月份,姓名,工号,部门,投诉编号,变动,金额,其中本月实扣,其中冲回,暂缓原因,状态",
      "2026-03,张三,A01,生产部,F1,暂缓,500.00,0.00,0.00,异议中,已入账",
      "2026-03,张三,A01,生产部,F1,恢复,500.00,300.10,0.00,,已入账",
      "",
    ]);
    expect(holdsCsv(LIST)).toBeUndefined();
  });

  test("as a workbook: sums below that are exact, departments on a sheet of their own, printed on A4 as wide as the page", async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(await payrollWorkbook(LIST)) as unknown as ExcelJS.Buffer);
    const [persons, departments] = book.worksheets;
    expect(persons!.getCell("A2").text).toBe("2026年3月扣款清单");
    const valuesOf = (sheet: ExcelJS.Worksheet, row: number): unknown[] =>
      (sheet.getRow(row).values as unknown[]).slice(1);
    expect(valuesOf(persons!, 5)[0]).toBe("=1+1");
    expect(persons!.getCell("A5").formula).toBeUndefined();
    expect(valuesOf(persons!, 6).slice(0, 7)).toEqual(["合计", "", 0.1, 5020.1, "", 1520.2, 3500]);
    expect(persons!.getCell("D6").numFmt).toBe("#,##0.00");
    expect(valuesOf(departments!, 4)).toEqual(["服务站", 1200, "TZ-202603-002"]);
    for (const { pageSetup } of book.worksheets)
      expect([pageSetup.paperSize, pageSetup.fitToWidth, pageSetup.fitToHeight]).toEqual([9, 1, 0]);
  });
});
