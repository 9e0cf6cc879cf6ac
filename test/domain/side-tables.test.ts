import { describe, expect, it } from "vitest";
import type { RawCell } from "../../src/domain/complaint.js";
import { readHolidays } from "../../src/domain/side-tables/holidays.js";
import { readMonthlyPay } from "../../src/domain/side-tables/monthly-pay.js";
import { readPeople } from "../../src/domain/side-tables/people.js";
import { readSettings } from "../../src/domain/side-tables/settings.js";
import type { SideTable } from "../../src/domain/side-tables/side-table.js";
import { dayOf, isoDate } from "../../src/domain/wall-time.js";
import type { RawTable } from "../../src/ledger/port.js";

const table = (sheet: string, headers: string[], ...rows: RawCell[][]): SideTable => ({
  sheet,
  headers: headers.map((header) => ({ header })),
  rows: rows.map((cells, i) => ({ row: i + 2, cells })),
});

it("takes a ledger's own tables", () => {
  const raw: RawTable = {
    sheet: "人员",
    headers: [{ header: "姓名", letter: "A" }],
    rows: [{ row: 2, cells: ["张三"] }],
  };
  expect(readPeople(raw).people).toEqual([{ name: "张三" }]);
});

describe("人员", () => {
  const HEADERS = ["姓名", "部门", "班组", "岗位", "上级", "基点数", "月绩效奖金", "月工资"];

  it("reads every column", () => {
    expect(
      readPeople(table("人员", HEADERS, ["张三", "生产部", "一组", "组长", "李四", 1.5, 1200, "6,500元"])),
    ).toEqual({
      people: [
        {
          name: "张三",
          department: "生产部",
          crew: "一组",
          post: "组长",
          superior: "李四",
          basePoints: 1.5,
          monthlyBonus: 120_000,
          monthlyWage: 650_000,
        },
      ],
      problems: [],
    });
  });

  it("reads 工号 and 入职日期, which a workbook of the first version has not", () => {
    const headers = ["工号", "姓名", "入职日期", "离职日期"];
    expect(readPeople(table("人员", headers, ["A01", "张三", "2026-03-02", "2026-06-30"])).people).toEqual([
      { employeeNo: "A01", name: "张三", joinedOn: dayOf(2026, 3, 2), leftOn: dayOf(2026, 6, 30) },
    ]);
  });

  it.each([
    ["名字", "绩效奖金", "工资"],
    ["员工姓名", "月绩效", "月薪（元）"],
    ["Name", "Bonus", "Salary"],
    ["* 姓 名", "绩效（元/月）", "应发工资"],
  ])("finds its columns under %s, %s, %s", (name, bonus, wage) => {
    expect(readPeople(table("人员", [wage, name, bonus], [6500, "张三", 1200]))).toEqual({
      people: [{ name: "张三", monthlyBonus: 120_000, monthlyWage: 650_000 }],
      problems: [],
    });
  });

  it("prefers the closest header where two would do", () => {
    expect(readPeople(table("人员", ["员工", "姓名"], ["A01", "张三"])).people).toEqual([{ name: "张三" }]);
  });

  it("leaves out cells that can't be read and says where they stand", () => {
    const { people, problems } = readPeople(table("人员", ["姓名", "月工资（元）", "基点数"], ["张三", "面议", -1]));
    expect(people).toEqual([{ name: "张三" }]);
    expect(problems).toEqual([
      { sheet: "人员", row: 2, header: "基点数", value: "-1", reason: "negative" },
      { sheet: "人员", row: 2, header: "月工资（元）", value: "面议", reason: "not-a-number" },
    ]);
  });

  it("keeps namesakes, and leaves out only a line that says the very same again", () => {
    const { people, problems } = readPeople(
      table(
        "人员",
        ["姓名", "部门"],
        ["张三", "生产部"],
        ["李四", "业务部"],
        ["张三 ", "服务部"],
        ["张\u200b三", "生产部"],
      ),
    );
    expect(people.map(({ name, department }) => [name, department])).toEqual([
      ["张三", "生产部"],
      ["李四", "业务部"],
      ["张三", "服务部"],
    ]);
    expect(problems).toEqual([{ sheet: "人员", row: 5, header: "姓名", value: "张三", reason: "duplicate-name" }]);
  });

  it("reports a 工号 that stands for two names, and keeps both, so that nobody is found by it", () => {
    const { people, problems } = readPeople(table("人员", ["工号", "姓名"], ["A01", "张三"], ["a01", "李四"]));
    expect(people).toHaveLength(2);
    expect(problems).toEqual([{ sheet: "人员", row: 3, header: "工号", value: "a01", reason: "duplicate-number" }]);
  });

  it("one person whose 工号 is written in two ways has one, else a ceiling would count twice", () => {
    const headers = ["工号", "姓名", "部门"];
    const rows = [
      ["A01", "张三", "制造部"],
      ["ａ01", "张三", "质检部"],
      ["\u041001", "张\u2060三", "仓储部"],
    ];
    expect(readPeople(table("人员", headers, ...rows)).people.map(({ employeeNo }) => employeeNo)).toEqual([
      ...["A01", "A01", "A01"],
    ]);
  });

  it("notes that nobody can say when a person belonged to the company whose dates can't be read", () => {
    const headers = ["姓名", "入职日期", "离职日期"];
    const { people, problems } = readPeople(table("人员", headers, ["张三", "去年春天", null], ["李四", null, null]));
    expect(people).toEqual([{ name: "张三", datesUnreadable: true }, { name: "李四" }]);
    expect(problems.map(({ row, reason }) => [row, reason])).toEqual([[2, "not-a-date"]]);
  });

  it("reports a row without a name but passes over blank rows", () => {
    const { people, problems } = readPeople(
      table("人员", ["姓名", "部门"], [null, "生产部"], [null, null], ["", " "], []),
    );
    expect(people).toEqual([]);
    expect(problems).toEqual([{ sheet: "人员", row: 2, header: "姓名", value: "", reason: "name-missing" }]);
  });

  it("a blank name, in whatever way it is blank, is reported once", () => {
    const { problems } = readPeople(table("人员", ["姓名", "部门"], ["  ", "生产部"], [{ error: "#REF!" }, "生产部"]));
    expect(problems.map(({ row, reason }) => [row, reason])).toEqual([
      [2, "name-missing"],
      [3, "cell-error"],
    ]);
  });

  it("can't be read without a column of names", () => {
    expect(readPeople(table("人员", ["部门"], ["生产部"]))).toEqual({
      people: [],
      problems: [{ sheet: "人员", row: 0, header: "姓名", value: "", reason: "header-missing" }],
    });
    expect(readPeople(table("人员", ["部门"])).problems).toEqual([]);
  });
});

describe("节假日", () => {
  it("reads rest and working days, with and without names", () => {
    const { overrides, problems } = readHolidays(
      table(
        "节假日",
        ["日期", "类型", "名称"],
        [46_112, "休", "厂庆"],
        ["2026年4月4日", "班", null],
        ["2026/4/5", "补班", null],
        ["2026-04-06", "Rest", null],
      ),
    );
    expect(problems).toEqual([]);
    expect(overrides).toEqual([
      { day: dayOf(2026, 3, 31), kind: "rest", name: "厂庆" },
      { day: dayOf(2026, 4, 4), kind: "work" },
      { day: dayOf(2026, 4, 5), kind: "work" },
      { day: dayOf(2026, 4, 6), kind: "rest" },
    ]);
  });

  it("reports what it can't read and leaves those rows out", () => {
    const { overrides, problems } = readHolidays(
      table(
        "节假日",
        ["日期", "类型"],
        ["4月4日", "休"],
        ["2026-04-05", "调休"],
        ["2026-04-06", null],
        [null, "休"],
        [null, null],
      ),
    );
    expect(overrides).toEqual([]);
    expect(problems.map(({ row, header, value, reason }) => [row, header, value, reason])).toEqual([
      [2, "日期", "4月4日", "year-missing"],
      [3, "类型", "调休", "not-rest-or-work"],
      [4, "类型", "", "not-rest-or-work"],
      [5, "日期", "", "date-missing"],
    ]);
  });

  it("a day stated twice counts once, and as first stated if the rows contradict", () => {
    const { overrides, problems } = readHolidays(
      table("节假日", ["日期", "类型"], [46_112, "休"], [46_112, "休"], [46_112, "班"]),
    );
    expect(overrides).toEqual([{ day: 46_112, kind: "rest" }]);
    expect(problems).toEqual([
      { sheet: "节假日", row: 4, header: "类型", value: "班", reason: "contradicts-earlier-row" },
    ]);
  });

  it("names the column that is missing", () => {
    expect(readHolidays(table("节假日", ["日期", "名称"], [46_112, "厂庆"])).problems).toEqual([
      { sheet: "节假日", row: 0, header: "类型", value: "", reason: "header-missing" },
    ]);
  });
});

describe("设置", () => {
  const settings = (...rows: RawCell[][]): ReturnType<typeof readSettings> =>
    readSettings(table("设置", ["项目", "值"], ...rows));

  it("reads the items it knows", () => {
    const { settings: read, problems } = settings(
      ["默认制度", "auto-sales"],
      ["单位名称", "某某汽车销售有限公司"],
      ["下班时间", "17:30"],
      ["当地最低工资（元）", "2,420元"],
      ["扣款地区", "广东"],
      ["销量或服务台次", 1200],
      ["销量 2026年3月", "310 台"],
      ["服务台次（2026-W13）", 85],
      ["销量 2026-4", 290],
    );
    expect(problems).toEqual([]);
    expect(read).toMatchObject({
      defaultPack: "auto-sales",
      organisation: "某某汽车销售有限公司",
      closeOfBusiness: 17.5 * 3600,
      minimumWage: 242_000,
      deductionRegion: "广东",
    });
    expect(Object.fromEntries(read.sales)).toEqual({ "": 1200, "2026-03": 310, "2026-W13": 85, "2026-04": 290 });
  });

  it.each([
    [0.75, 64_800],
    ["下午6点", 64_800],
    ["１８：００", 64_800],
    [0.729_166_666_7, 63_000],
  ])("reads 下班时间 %j", (value, seconds) => {
    expect(settings(["下班时间", value]).settings.closeOfBusiness).toBe(seconds);
  });

  it.each([["傍晚"], [18], [0], [1], ["24:00"]])("reports 下班时间 %j", (value) => {
    const { settings: read, problems } = settings(["下班时间", value]);
    expect(read.closeOfBusiness).toBeUndefined();
    expect(problems).toEqual([{ sheet: "设置", row: 2, header: "值", value: String(value), reason: "not-a-time" }]);
  });

  it("keeps every item as it stands for packs that ask for their own, and leaves blank ones out", () => {
    const { settings: read } = settings(["周报 接收人", "王五"], ["空项", null], [null, 5], ["比率", 0.3]);
    expect(Object.fromEntries(read.raw)).toEqual({ 周报接收人: "王五", 比率: 0.3 });
  });

  it("an item set twice: the first counts, a different second is reported", () => {
    const { settings: read, problems } = settings(["扣款地区", "广东"], ["扣款地区", "广东"], ["扣款地区", "深圳"]);
    expect(read.deductionRegion).toBe("广东");
    expect(problems).toEqual([
      { sheet: "设置", row: 4, header: "值", value: "深圳", reason: "contradicts-earlier-row" },
    ]);
  });

  it("reports values it can't read", () => {
    const { settings: read, problems } = settings(["当地最低工资", "两千多"], ["销量", "很多"]);
    expect(read.minimumWage).toBeUndefined();
    expect(read.sales.size).toBe(0);
    expect(problems.map(({ row, reason }) => [row, reason])).toEqual([
      [2, "not-a-number"],
      [3, "not-a-number"],
    ]);
  });

  it("says which column is missing, and is empty for an empty table", () => {
    expect(readSettings(table("设置", ["项目"], ["扣款地区"])).problems).toMatchObject([
      { header: "值", reason: "header-missing" },
    ]);
    expect(readSettings(table("设置", []))).toEqual({ settings: { sales: new Map(), raw: new Map() }, problems: [] });
  });
});

describe("节假日 as people write it", () => {
  it.each([
    ["2026-03-03至2026-03-05", 3],
    ["2026年3月3日至5日", 3],
    ["2026年3月3日到3月5日", 3],
    ["2026-03-03 ~ 03-05", 3],
    ["2026/3/3—2026/3/5", 3],
    ["2026-03-03", 1],
  ])("%s is %i days", (day, days) => {
    const { overrides, problems } = readHolidays(table("节假日", ["日期", "类型"], [day, "放假"]));
    expect(problems).toEqual([]);
    expect(overrides).toEqual(Array.from({ length: days }, (_, i) => ({ day: dayOf(2026, 3, 3 + i), kind: "rest" })));
  });

  it.each(["2026-03-05至2026-03-03", "2026-01-01至2026-12-31", "3月3日至5日"])(
    "%s is reported, and no day of it taken",
    (day) => {
      const { overrides, problems } = readHolidays(table("节假日", ["日期", "类型"], [day, "放假"]));
      expect(overrides).toEqual([]);
      expect(problems).toHaveLength(1);
    },
  );

  it("takes the everyday words for both kinds", () => {
    for (const [word, kind] of [
      ["放假", "rest"],
      ["公休", "rest"],
      ["补班", "work"],
      ["加班", "work"],
    ])
      expect(readHolidays(table("节假日", ["日期", "类型"], ["2026-03-03", word!])).overrides).toMatchObject([
        { kind },
      ]);
  });
});

describe("月度绩效", () => {
  const HEADERS = ["月份", "工号", "姓名", "月绩效奖金", "月工资"];

  it("reads what differs from 人员 in a month, by 工号 or 姓名", () => {
    const read = readMonthlyPay(
      table("月度绩效", HEADERS, ["2026-03", "A01", null, 800, null], ["2026年4月", null, "李四", null, "5,000"]),
    );
    expect(read).toEqual({
      pay: [
        { month: "2026-03", employeeNo: "A01", monthlyBonus: 80_000 },
        { month: "2026-04", name: "李四", monthlyWage: 500_000 },
      ],
      problems: [],
    });
  });

  it("leaves out a line without a month, without anybody, or with a month that is none", () => {
    const read = readMonthlyPay(
      table(
        "月度绩效",
        HEADERS,
        [null, "A01", null, 800, null],
        ["2026-03", null, null, 800, null],
        ["三月份", "A01", null, 800, null],
      ),
    );
    expect(read.pay).toEqual([]);
    expect(read.problems.map(({ row, reason }) => [row, reason])).toEqual([
      [2, "month-missing"],
      [3, "name-missing"],
      [4, "month-unreadable"],
    ]);
  });

  it("takes the first of two lines for one person and month and points out the other if it says otherwise", () => {
    const read = readMonthlyPay(
      table(
        "月度绩效",
        HEADERS,
        ["2026-03", "A01", null, 800, null],
        ["2026-03", "a01", null, 800, null],
        ["2026-03", "A01", null, 900, null],
      ),
    );
    expect(read.pay).toHaveLength(1);
    expect(read.problems.map(({ row, reason }) => [row, reason])).toEqual([[4, "contradicts-earlier-row"]]);
  });
});

describe("the State Council's notice pasted into 节假日", () => {
  const heading = "国务院办公厅关于2031年部分节假日安排的通知";
  const lines = [
    "一、元旦：1月1日（周三）放假，共1天。",
    "二、国庆节：10月1日（周三）至7日（周二）放假调休，共7天。9月28日（周日）、10月11日（周六）上班。",
  ];
  const own = ["2031-03-03", "休"] as const;
  const days = (reading: ReturnType<typeof readHolidays>): string[] =>
    reading.overrides.map(({ day, kind }) => `${isoDate(day)} ${kind}`).sort();

  it.each([
    ["in one cell", [[[heading, ...lines].join("\n")]]],
    ["a line in each row", [heading, "各省、自治区、直辖市人民政府，国务院各部委：", ...lines].map((line) => [line])],
  ])("%s is read beside lines of one's own, and it is said what was read", (_, pasted) => {
    const reading = readHolidays(table("节假日", ["日期", "类型"], [...own], ...pasted));
    expect(days(reading)).toHaveLength(11);
    expect(days(reading)).toEqual(
      expect.arrayContaining(["2031-01-01 rest", "2031-03-03 rest", "2031-09-28 work", "2031-10-11 work"]),
    );
    expect(reading.problems).toEqual([expect.objectContaining({ reason: "notice-read", value: "2031：休8，班2" })]);
  });

  it("without a year, or with days that are not as many as it says, it is left out and said so", () => {
    const read = (...text: string[]): ReturnType<typeof readHolidays> =>
      readHolidays(table("节假日", ["日期", "类型"], [text.join("\n")]));
    expect(read(...lines)).toMatchObject({ overrides: [], problems: [{ reason: "notice-year-missing" }] });
    const wrong = read(heading, lines[1]!.replace("共7天", "共8天"));
    expect(wrong).toMatchObject({ overrides: [], problems: [{ reason: "notice-count-differs" }] });
  });
});
