import { describe, expect, test } from "vitest";
import { isoTime, parseIso } from "../../src/domain/wall-time.js";
import { firstCheck } from "../../src/jobs/first-check.js";
import { NO_ANSWERS, withAnswer, type Answer } from "../../src/ledger/answers.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { answersTo, type FirstCheck, type Question } from "../../src/ledger/questions.js";
import { runLedger, type LedgerRun } from "../../src/ledger/run-ledger.js";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

const packs = loadAllPacks();
type Line = readonly (string | number | undefined)[];

interface Judged extends LedgerRun {
  readonly statuses: readonly string[];
  readonly charged: number;
  /** Headers known by other names that wait to be looked at. */
  readonly headers: readonly Question[];
}

function judge(
  lines: readonly Line[],
  given: readonly Answer[] = [],
  pack = "auto-sales",
  more: Record<string, readonly Line[]> = {},
): Judged {
  const sheets = [
    { name: "客诉", xml: sheetData(lines) },
    ...Object.entries(more).map(([name, rows]) => ({ name, xml: sheetData(rows) })),
  ];
  const answers = given.reduce(withAnswer, NO_ANSWERS);
  const { snapshot } = openFileLedger(makeWorkbook({ sheets }), { answers });
  const run = runLedger(snapshot, {
    packs,
    statutes: STATUTES,
    now: parseIso("2026-03-31T18:00")!,
    language: "zh",
    programVersion: "tiaoli test",
    defaultPack: pack,
  });
  const statuses = run.outcome.rows.map(({ outputs }) => outputs.status!);
  // Whether the headers were read rightly is asked of nearly every ledger here, and is tested apart below.
  const asked = run.check.questions.filter(({ kind }) => kind !== "recognised");
  const headers = run.check.questions.filter(({ kind }) => kind === "recognised");
  const check = { ...run.check, questions: asked };
  return { ...run, check, headers, statuses, charged: run.outcome.penalties.length };
}

const questions = ({ check }: { readonly check: FirstCheck }): string[] => check.questions.map(({ kind }) => kind);
const said = ({ outcome }: LedgerRun): string => outcome.messages.map(({ text }) => text).join("\n");
const COMPLAINT = "销售顾问态度恶劣，投诉到媒体";
const absent: Answer = { kind: "absent", column: "closeAt" };

describe("a ledger of somebody's own without a column of closing times", () => {
  const HEAD = ["登记时间", "反映问题", "责任人"];
  const ROWS: readonly Line[] = [HEAD, ["2026-03-02", COMPLAINT, "张三"], ["2026-03-03", COMPLAINT, "李四"]];

  test("is asked about, and until it is answered nothing is overdue and nobody charged", () => {
    const first = judge(ROWS);
    expect(first.statuses).toEqual(["待确认", "待确认"]);
    expect(first.outcome.rows.every(({ outputs }) => outputs.overdue === false)).toBe(true);
    expect(first.charged).toBe(0);
    expect(questions(first)).toEqual(["closing"]);
    expect(said(first)).toContain("没有结案时间列");
  });

  test("once somebody says that it keeps none, open cases are open", () => {
    const after = judge(ROWS, [absent]);
    expect(questions(after)).toEqual([]);
    expect(after.statuses).toEqual(["已逾期", "已逾期"]);
  });

  test("the two needed columns alone, named as a refusal advises, charge nobody either", () => {
    const rows: readonly Line[] = [
      ["哪天", "啥事"],
      ["2026-03-02", COMPLAINT],
    ];
    const map: Answer[] = [
      { kind: "map", header: "哪天", column: "receivedAt" },
      { kind: "map", header: "啥事", column: "description" },
    ];
    const first = judge(rows, map);
    expect(first.statuses).toEqual(["待确认"]);
    expect(first.charged).toBe(0);
  });

  test("a column of days after 受理时间 is proposed with samples, and is taken once somebody says so", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "弄好那天"],
      ["2026-03-02 09:00", COMPLAINT, "2026-03-02 09:10"],
      ["2026-03-03 09:00", COMPLAINT, undefined],
    ];
    const first = judge(rows);
    const [question] = first.check.questions as [Question & { kind: "closing" }];
    expect(question.candidates).toMatchObject([{ header: "弄好那天", letter: "C", samples: ["2026-03-02 09:10"] }]);
    expect(first.statuses).toEqual(["待确认", "待确认"]);
    const after = judge(rows, [answersTo(question)[0]!]);
    expect(questions(after)).toEqual([]);
    expect(after.statuses[1]).toBe("已逾期");
    expect(after.statuses[0]).not.toBe("已逾期");
  });

  test.each(["应完成日期", "要求弄好日期", "更新时间", "下次跟进日期"])("a column %s is not proposed", (header) => {
    const rows: readonly Line[] = [
      ["投诉日期", "投诉内容", header],
      ["2026-03-02", COMPLAINT, "2026-03-09"],
    ];
    const [question] = judge(rows).check.questions as [Question & { kind: "closing" }];
    expect(question.candidates).toEqual([]);
  });

  test("a ledger with nothing but our own two headers needs no answer", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容"],
      ["2026-03-02", COMPLAINT],
    ];
    expect(questions(judge(rows))).toEqual([]);
    expect(judge(rows).statuses).toEqual(["已逾期"]);
  });
});

describe("a column of statuses", () => {
  const HEAD = ["投诉日期", "问题描述", "处理状态"];
  const row = (status: string): Line => ["2026-03-02", COMPLAINT, status];

  test.each(["已闭环", "Closed", "已完成", "Resolved", "办结"])(
    "%s is neither open nor overdue, and the date is asked for",
    (word) => {
      const after = judge([HEAD, row(word)], [absent]);
      expect(after.statuses).toEqual(["待确认"]);
      expect(said(after)).toContain("补填结案时间");
      expect(after.charged).toBe(0);
    },
  );

  test.each(["处理中", "Open", "未结案"])("%s says that the case is open, whatever else is asked", (word) => {
    expect(judge([HEAD, row(word)]).statuses).toEqual(["已逾期"]);
  });

  test.each(["挂起", "Pending", "On hold", "三审"])(
    "%s is asked about, and then is what it was said to mean",
    (word) => {
      const first = judge([HEAD, row(word)], [absent]);
      expect(first.statuses).toEqual(["待确认"]);
      expect(questions(first)).toEqual(["value"]);
      const meant = (means: string): Judged =>
        judge([HEAD, row(word)], [absent, { kind: "value", column: "caseStatus", word, means }]);
      expect(meant("未结").statuses).toEqual(["已逾期"]);
      expect(meant("已结").statuses).toEqual(["待确认"]);
      expect(questions(meant("已结"))).toEqual([]);
    },
  );

  test("已结案 in the column of times says closed and not when", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "结案时间"],
      ["2026-03-02", COMPLAINT, "已结案"],
    ];
    expect(judge(rows).statuses).toEqual(["待确认"]);
  });

  test("an open case with a closing time is asked about", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "结案时间", "状态"],
      ["2026-03-02", COMPLAINT, "2026-03-04", "处理中"],
    ];
    expect(judge(rows).statuses).toEqual(["待确认"]);
  });
});

describe("two columns for one thing", () => {
  const HEAD = ["受理时间", "投诉内容", "完成日期", "关闭日期"];
  const rows: readonly Line[] = [
    HEAD,
    ["2026-03-02 09:00", COMPLAINT, "2026-03-02 10:00", "2026-03-20 10:00"],
    ["2026-03-02 09:00", COMPLAINT, "2026-03-02 09:10", "2026-03-02 09:10"],
  ];

  test("are asked about where they differ, and only there", () => {
    const first = judge(rows);
    expect(first.statuses[0]).toBe("待确认");
    expect(first.statuses[1]).not.toBe("待确认");
    expect(questions(first)).toEqual(["second"]);
    const second = judge(rows, [{ kind: "map", header: "关闭日期", column: "closeAt" }]);
    expect(questions(second)).toEqual([]);
    expect(second.statuses[0]).not.toBe("待确认");
  });
});

describe("words of other systems", () => {
  test("a level nobody knows switches no clock off: the row is asked about, and judged by what the level is said to mean", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "结案时间", "改判级别"],
      ["2026-03-02", COMPLAINT, undefined, "Level 2 - 中级"],
    ];
    const first = judge(rows);
    expect(first.statuses).toEqual(["待确认"]);
    const [question] = first.check.questions as [Question & { kind: "value" }];
    expect(question).toMatchObject({ kind: "value", column: "levelOverride", word: "Level 2 - 中级" });
    const answered = answersTo(question).flatMap((answer) => judge(rows, [answer]).statuses);
    expect(answered).toContain("已逾期");
    expect(answered).not.toContain("待确认");
  });

  test("a yes or no in other words is asked about, word by word", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "结案时间", "Valid"],
      ["2026-03-02", COMPLAINT, undefined, "Confirmed by QA"],
      ["2026-03-02", COMPLAINT, undefined, "Y"],
    ];
    const first = judge(rows);
    expect(first.statuses).toEqual(["待确认", "已逾期"]);
    expect(judge(rows, [{ kind: "value", column: "upheld", word: "Confirmed by QA", means: "否" }]).statuses[0]).toBe(
      "不成立",
    );
  });
});

describe("rows that are no complaints by their kind", () => {
  test("are left out and said, unless somebody says otherwise", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "结案时间", "诉求类型"],
      ["2026-03-02", "感谢小王热心服务", undefined, "表扬"],
      ["2026-03-02", "问一下营业时间", undefined, "咨询"],
      ["2026-03-02", COMPLAINT, undefined, "投诉"],
    ];
    const first = judge(rows);
    expect(first.outcome.rows.map(({ row }) => row)).toEqual([4]);
    expect(said(first)).toContain("2行按类型是表扬、咨询等，未当作投诉：第2–3行");
    const meant = judge(rows, [{ kind: "value", column: "caseKind", word: "咨询", means: "投诉" }]);
    expect(meant.outcome.rows.map(({ row }) => row)).toEqual([3, 4]);
  });
});

test("the check tells what was recognised and what was not, with three values", () => {
  const { snapshot } = openFileLedger(
    makeWorkbook({
      sheets: [
        {
          name: "S",
          xml: sheetData([
            ["投诉日期", "问题描述", "备注"],
            ["2026-03-02", "坏了", "甲"],
            ["2026-03-02", "坏了", "乙"],
            ["2026-03-02", "坏了", "丙"],
            ["2026-03-02", "坏了", "丁"],
          ]),
        },
      ],
    }),
  );
  const check = firstCheck(snapshot, { packs, language: "zh", now: parseIso("2026-03-31T18:00")! });
  expect(check.recognised).toMatchObject([
    { header: "投诉日期", column: "receivedAt", own: false },
    { column: "description" },
  ]);
  expect(check.unrecognised).toEqual([{ header: "备注", letter: "C", samples: ["甲", "乙", "丙"] }]);
});

describe("people under other names", () => {
  test("are named by their names, not by the numbers that stand before them", () => {
    const list: readonly Line[] = [
      ["编号", "姓名", "所属部门", "联系方式"],
      ["001", "张三", "制造部", "139"],
      ["002", "李四", "制造部", "138"],
    ];
    expect(
      said(
        judge(
          [
            ["受理时间", "投诉内容"],
            ["2026-03-02", COMPLAINT],
          ],
          [],
          "general",
          { 花名册: list },
        ),
      ),
    ).toContain("“花名册”表（2人：张三、李四…）");
  });

  const rows: readonly Line[] = [
    ["受理时间", "投诉内容", "结案时间", "责任人", "违规行为", "适用制度"],
    ["2026-03-02", "经销商抱怨不知道促销政策", "2026-03-09", "李四", "未经审批发文", "furniture-north"],
    ["2026-03-02", "经销商抱怨不知道促销政策", "2026-03-09", "李四（销售部）", "未经审批发文", "furniture-north"],
  ];
  const list: readonly Line[] = [
    ["2026年员工通讯录"],
    ["序号", "员工姓名", "所属部门", "基本工资", "在职状态", "手机"],
    [1, "李四", "销售部", 5000, "在职", "13800000000"],
    [2, "王五", "销售部", 5000, "离职", "13800000001"],
  ];

  test("are proposed, and nothing is charged before somebody says so", () => {
    const first = judge(rows, [], "general", { 通讯录: list });
    expect(questions(first)).toEqual(["people"]);
    expect(first.charged).toBe(0);
    expect(first.statuses).not.toContain("待确认");
    expect(said(first)).toContain("通讯录");
  });

  test("are 人员 from then on: one debtor, however the cell names him", () => {
    const after = judge(rows, [{ kind: "people", sheet: "通讯录" }], "general", { 通讯录: list });
    expect(questions(after)).toEqual([]);
    expect(after.outcome.penalties.map(({ subject, department }) => [subject, department])).toEqual([
      ["李四", "销售部"],
      ["李四", "销售部"],
    ]);
    expect(after.outcome.deductions.map(({ person }) => person)).toEqual(["李四"]);
  });

  test("that are none leave persons charged as written, one debtor as well", () => {
    const after = judge(rows, [{ kind: "people", sheet: "" }], "general", { 通讯录: list });
    expect(after.charged).toBe(2);
    expect(new Set(after.outcome.penalties.map(({ subject }) => subject)).size).toBe(1);
  });

  test("a list of customers is no candidate", () => {
    expect(questions(judge(rows, [], "general", { 客户通讯录: list }))).toEqual([]);
  });
});

test("numbers beyond fifteen digits: Excel has lost the rest, and that is said", () => {
  const rows: readonly Line[] = [
    ["投诉编号", "受理时间", "投诉内容"],
    [202603310000000000, "2026-03-02", COMPLAINT],
    ["202603310000000001", "2026-03-02", COMPLAINT],
  ];
  expect(said(judge(rows))).toContain("有1个超过15位的数字，Excel只保留前15位");
});

describe("days as clerks and CRMs write them", () => {
  const received = (lines: readonly Line[]): (string | undefined)[] =>
    judge(lines).outcome.rows.map(({ outputs }) => {
      const due = outputs.closeDue ?? outputs.handoverDue ?? outputs.firstReplyDue;
      return due === undefined ? undefined : isoTime(due);
    });
  const plain = received([
    ["受理时间", "投诉内容"],
    ["2026-03-02 17:00", COMPLAINT],
  ]);

  test.each([
    ["a day and its time in two columns", ["投诉日期", "投诉时间", "投诉内容"], ["2026-03-02", "17:00", COMPLAINT]],
    ["the same as Excel keeps them", ["投诉日期", "时间", "投诉内容"], [46083, 17 / 24, COMPLAINT]],
    ["the time first", ["投诉时间", "投诉日期", "投诉内容"], ["17:00", 46083, COMPLAINT]],
    ["the time of Greenwich", ["受理时间", "投诉内容"], ["2026-03-02T09:00:00Z", COMPLAINT]],
    ["Beijing time", ["受理时间", "投诉内容"], ["2026-03-02T17:00:00+08:00", COMPLAINT]],
  ] as const)("%s: the limit is the same", (_, head, row) => {
    // A closing column of its own, so that nothing is asked.
    expect(
      received([
        [...head, "结案时间"],
        [...row, "9999-12-31"],
      ]),
    ).toEqual(plain);
  });

  test("a zone is said once, with how many and why", () => {
    const run = judge([
      ["受理时间", "投诉内容"],
      ["2026-03-02T09:00:00Z", COMPLAINT],
      ["2026-03-03T09:00:00Z", COMPLAINT],
    ]);
    expect(said(run)).toContain("有2处日期");
    expect(said(run)).toContain("已换算成北京时间");
  });

  test("the year of a title explains a month and a day", () => {
    const run = judge([["2025年客诉台账"], ["受理时间", "投诉内容"], ["12月5日", COMPLAINT]]);
    expect(run.statuses).toEqual(["已逾期"]);
    expect(said(run)).toContain("2025-12-05");
  });

  test("1900-01-01 is no closing time", () => {
    expect(
      judge([
        ["受理时间", "投诉内容", "结案时间"],
        ["2026-03-02", COMPLAINT, "1900-01-01"],
      ]).statuses,
    ).toEqual(["已逾期"]);
  });
});

describe("what can be read in two ways", () => {
  test("实际完成日期 may be the day of a repair: it is proposed as 结案时间, and nothing is overdue or closed by it before", () => {
    const rows: readonly Line[] = [
      ["投诉日期", "投诉内容", "实际完成日期"],
      ["2026-03-02", COMPLAINT, "2026-03-03"],
      ["2026-03-02", `${COMPLAINT}，第二件`, undefined],
    ];
    const first = judge(rows);
    expect(first.check.questions).toMatchObject([
      { kind: "closing", candidates: [{ header: "实际完成日期", letter: "C", samples: ["2026-03-03"] }] },
    ]);
    expect(first.statuses).toEqual(["待确认", "待确认"]);
    expect(first.charged).toBe(0);
    const yes = judge(rows, [{ kind: "map", header: "实际完成日期", column: "closeAt" }]);
    expect(yes.statuses).toEqual(["已结案", "已逾期"]);
    expect(questions(yes)).toEqual([]);
    for (const no of [absent, { kind: "not", header: "实际完成日期" }] as const) {
      const after = judge(rows, [no, absent]);
      expect(questions(after)).toEqual([]);
      expect(after.statuses).toEqual(["已逾期", "已逾期"]);
    }
  });

  test.each(["处理完成时间", "结案日期", "办结时间", "Closed on"])(
    "%s says closing and is not asked about",
    (header) => {
      const rows: readonly Line[] = [
        ["投诉日期", "投诉内容", header],
        ["2026-03-02", COMPLAINT, "2026-03-03"],
      ];
      expect(questions(judge(rows))).toEqual([]);
    },
  );

  test("1 and 0.5 beside 30 and 100: asked value by value, the rows wait, and one answer settles each", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "返修费用", "工厂责任比例", "结案时间"],
      ...[30, 1, "0.5", 100].map((share): Line => ["2026-03-02", "椅子断裂", 100, share, "2026-03-03"]),
    ];
    const first = judge(rows, [], "furniture-north");
    expect(first.statuses).toEqual(["已结案", "待确认", "待确认", "已结案"]);
    expect(first.check.questions).toMatchObject([
      { kind: "value", column: "factoryShare", word: "1", rows: [3], choices: ["1%", "100%"] },
      { kind: "value", column: "factoryShare", word: "0.5", rows: [4], choices: ["0.5%", "50%"] },
    ]);
    const after = judge(
      rows,
      [
        { kind: "value", column: "factoryShare", word: "1", means: "100%" },
        { kind: "value", column: "factoryShare", word: "0.5", means: "50%" },
      ],
      "furniture-north",
    );
    expect(questions(after)).toEqual([]);
    expect(after.outcome.rows.map(({ outputs }) => outputs.factoryCost)).toEqual([3000, 10000, 5000, 10000]);
  });

  test("3/4/2026 is asked about by column, and read as somebody says", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "结案时间"],
      ["3/4/2026", COMPLAINT, undefined],
      ["2/3/2026", COMPLAINT, undefined],
    ];
    const first = judge(rows, [absent]);
    expect(first.statuses).toEqual(["待确认", "待确认"]);
    expect(first.check.questions).toMatchObject([
      {
        kind: "dates",
        column: "receivedAt",
        example: "3/4/2026",
        rows: [2, 3],
        readings: [
          { order: "mdy", text: "2026-03-04" },
          { order: "dmy", text: "2026-04-03" },
        ],
      },
    ]);
    expect(said(first)).toContain("“3/4/2026”是2026-03-04还是2026-04-03");
    const after = judge(rows, [{ kind: "dates", column: "receivedAt", order: "mdy" }]);
    expect(questions(after)).toEqual([]);
    const received = [2, 3].map((row) => isoTime(after.run.inspect(row)!.ready.inputs.receivedAt).slice(0, 10));
    expect(received).toEqual(["2026-03-04", "2026-02-03"]);
  });
});

describe("kinds of entries", () => {
  const HEAD = ["受理时间", "投诉内容", "事项类型", "结案时间"];
  const row = (kind: string, text = COMPLAINT): Line => ["2026-03-02", text, kind, undefined];

  test("a word that is no known kind is asked about where the column tells complaints from others", () => {
    const rows = [
      HEAD,
      row("投诉"),
      row("表扬"),
      row("特殊件", `${COMPLAINT}，第二件`),
      row("质量投诉", "配件迟迟不到"),
    ];
    const first = judge(rows);
    expect(first.statuses).toEqual(["已逾期", "待确认", "已逾期"]);
    expect(first.check.questions).toMatchObject([{ kind: "value", column: "caseKind", word: "特殊件", rows: [4] }]);
    const answer = (means: string): Answer => ({ kind: "value", column: "caseKind", word: "特殊件", means });
    expect(judge(rows, [answer("投诉")]).statuses).toEqual(["已逾期", "已逾期", "已逾期"]);
    expect(judge(rows, [answer("非投诉")]).statuses).toEqual(["已逾期", "已逾期"]);
  });

  test("what complaints are about is no kind of entry", () => {
    expect(questions(judge([HEAD, row("质量"), row("服务态度")]))).toEqual([]);
    expect(questions(judge([HEAD, row("质量"), row("表扬"), row("建议")]))).toEqual(["value"]);
  });

  test("a text that is nothing but praise is asked about, neither left out nor called overdue", () => {
    const first = judge([HEAD, row("", "业主送锦旗表扬保安张师傅拾金不昧"), row("", "表扬信写得好，但是空调还是坏的")]);
    expect(first.statuses).toEqual(["待确认", "已逾期"]);
    expect(first.outcome.rows[0]!.outputs.messages).toContainEqual(expect.stringContaining("像是表扬"));
    const kinds = ["投诉", "表扬"].map((kind) => judge([HEAD, row(kind, "业主送锦旗表扬保安张师傅")]).statuses);
    expect(kinds).toEqual([["已逾期"], []]);
  });
});

describe("marks and words where a day is expected", () => {
  test("a column that says nothing but 结案 is asked about, whatever stands under it", () => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "结案"],
      ["2026-03-02", COMPLAINT, "√"],
      ["2026-03-03", `${COMPLAINT}，第二件`, "×"],
      ["2026-03-03", `${COMPLAINT}，第三件`, undefined],
    ];
    const first = judge(rows);
    expect(first.check.questions).toMatchObject([{ kind: "closing", candidates: [{ header: "结案" }] }]);
    expect(first.statuses).toEqual(["待确认", "待确认", "待确认"]);
    expect(first.charged).toBe(0);
    const after = judge(rows, [{ kind: "map", header: "结案", column: "closeAt" }]);
    expect(after.statuses).toEqual(["待确认", "已逾期", "已逾期"]);
    expect(after.check.undated).toEqual([2]);
  });

  test.each(["处理中", "否", "未完成", "Open"])("%s under 结案时间 is an open case and no fault", (word) => {
    const rows: readonly Line[] = [
      ["受理时间", "投诉内容", "结案时间"],
      ["2026-03-31", COMPLAINT, word],
    ];
    expect(judge(rows).statuses).not.toContain("数据有误");
  });

  test.each(["应完成日期", "计划完成", "要求完成时间", "承诺完成日期", "完成期限", "Due", "Target close", "SLA Due"])(
    "%s is when it should be done, never 结案时间",
    (header) => {
      const rows: readonly Line[] = [
        ["投诉日期", "投诉内容", header],
        ["2026-03-02", COMPLAINT, "2026-03-05"],
      ];
      const { check, statuses } = judge(rows);
      expect(check.recognised.map(({ column }) => column)).not.toContain("closeAt");
      expect(check.questions).toMatchObject([{ kind: "closing", candidates: [] }]);
      expect(statuses).toEqual(["待确认"]);
    },
  );

  test("years of two digits, six digits, full-width digits and spaces at the end are read", () => {
    const rows: readonly Line[] = [
      ["投诉\n日期", "投诉内容", "结案\n日期"],
      ["26-3-2", "态度差", "26/3/3"],
      ["260307", "态度差，第二件", "26.3.8"],
      ["２０２６－０３－０９ ", "态度差，第三件", "2026-03-10　"],
    ];
    const { run, statuses } = judge(rows);
    expect(statuses).toEqual(["已结案", "已结案", "已结案"]);
    const received = [2, 3, 4].map((row) => isoTime(run.inspect(row)!.ready.inputs.receivedAt).slice(0, 10));
    expect(received).toEqual(["2026-03-02", "2026-03-07", "2026-03-09"]);
  });

  test("a remark above the headers that speaks of both columns is no row of headers", () => {
    const rows: readonly Line[] = [
      ["说明：受理时间写到分，投诉内容写原话"],
      ["受理时间", "投诉内容", "（必填）"],
      [],
      ["受理时间", "投诉内容", "结案时间", "责任人"],
      ["2026-03-02 09:00", COMPLAINT, "2026-03-02 10:00", "张三"],
      [undefined, "以下空白"],
    ];
    expect(judge(rows).statuses).toEqual(["已结案"]);
  });
});

describe("headers known by other names", () => {
  const HEAD = ["Case No.", "Created Date", "Description", "Status", "Closed Date"];
  const open = (number: string): Line => [number, "2026-01-05 09:00", `${COMPLAINT}，${number}`, "Open", undefined];
  const ROWS: readonly Line[] = [
    HEAD,
    open("C-1"),
    ["C-2", "2026-01-05 09:00", COMPLAINT, "Closed", "2026-01-06 09:00"],
    open("C-3"),
  ];
  const states = (run: LedgerRun): unknown => [...new Set(run.outcome.penalties.map(({ state }) => state))];

  test("charge nobody before somebody has looked: a CRM's open cases cost no department anything, and that is asked once", () => {
    const first = judge(ROWS);
    expect(first.statuses).toEqual(["已逾期", "已结案", "已逾期"]);
    expect(states(first)).toEqual(["拟定"]);
    expect(first.outcome.deductions).toEqual([]);
    expect(first.headers).toMatchObject([{ columns: [{ header: "Created Date" }, { header: "Closed Date" }] }]);
    expect(said(first)).toContain("确认之前处罚都只是拟定");
    // What is asked is not said to be known beside it.
    expect(said(first)).not.toContain("如有不对，请改正对应");
    const after = judge(ROWS, first.headers.flatMap(answersTo));
    expect(states(after)).toEqual(["确定"]);
    expect(after.headers).toEqual([]);
    expect(after.statuses).toEqual(first.statuses);
  });

  test("are not asked about where nobody can be charged: no fines in the pack, nobody named and no fine of a department's own", () => {
    expect(judge(ROWS, [], "general").headers).toEqual([]);
    expect(judge(ROWS, [], "furniture-north").headers).toEqual([]);
    const named = [[...HEAD, "责任人"], ...ROWS.slice(1).map((line) => [...line, "张三"])];
    expect(judge(named, [], "furniture-north").headers).toHaveLength(1);
  });

  test("of ours need no look", () => {
    const own = [["投诉编号", "受理时间", "投诉内容", "结案状态", "结案时间"], ...ROWS.slice(1)];
    expect(judge(own).headers).toEqual([]);
    expect(states(judge(own))).toEqual(["确定"]);
  });

  test("a column that a question is open about is not said to be known", () => {
    const rows: readonly Line[] = [
      ["投诉日期", "投诉内容", "实际完成日期"],
      [46_083, COMPLAINT, 46_085],
    ];
    const text = said(judge(rows));
    expect(text).toContain("是“实际完成日期”（C列，如“2026-03-04”）吗");
    expect(text).not.toContain("实际完成日期→结案时间");
  });
});
