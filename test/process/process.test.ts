import { describe, expect, test } from "vitest";
import { dayOf, isoTime } from "../../src/domain/wall-time.js";
import { outcomeJson } from "../../src/process/outcome-json.js";
import { judge, outputs } from "./process-rows.js";

describe("rows that can't be used", () => {
  test.each([
    ["a missing time of receipt", { receivedAt: null }, "投诉台账!C2“受理时间”为空"],
    ["a missing complaint", { description: "  " }, "投诉台账!P2“投诉内容”为空"],
    ["an unreadable time of receipt", { receivedAt: "上周三" }, "投诉台账!C2“受理时间”的值“上周三”不是日期"],
    ["a date that does not exist", { receivedAt: "2026-02-30" }, "“2026-02-30”不是存在的日期"],
    [
      "an unreadable amount that the pack needs",
      { pack: "franchise-retail", loss: "约五百" },
      "“损失金额”的值“约五百”不是数字",
    ],
    [
      "a formula error money rests on",
      { pack: "factory-claims", upheld: { error: "#N/A" } },
      "“是否成立”的值“#N/A”是公式错误",
    ],
    ["an unknown policy", { pack: "no-such" }, "“适用制度”的值“no-such”不是已装入的制度"],
  ])("%s makes the row 数据有误, names the cell and computes nothing", (_, cells, message) => {
    const result = judge([cells, { description: "沙发塌陷" }]);
    const row = outputs(result);
    expect(
      Object.keys(row)
        .filter((key) => key !== "packVersion")
        .sort(),
    ).toEqual(["messages", "nextStep", "status"]);
    expect(row.status).toBe("数据有误");
    expect(row.messages!.join()).toContain(message);
    expect(outputs(result, 1).status).not.toBe("数据有误");
    expect(result.outcome.summary.faultyRows).toBe(1);
  });

  test("an unreadable cell the pack has no use for is a message, and the row goes on", () => {
    const row = outputs(judge([{ pack: "furniture-north", shippedAt: "月底" }]));
    expect(row.status).not.toBe("数据有误");
    expect(row.messages!.join()).toContain("“交运日期”的值“月底”不是日期");
  });

  test("messages follow the language of the run", () => {
    expect(outputs(judge([{ receivedAt: "上周三" }], { language: "en" })).messages!.join()).toContain(
      "is not a date; write it like",
    );
  });
});

describe("which policy", () => {
  test("the row's, by id or by title, else the workbook's default, else general", () => {
    const result = judge([{ pack: "franchise-retail" }, { pack: "通用客户投诉处理" }, {}], {
      settings: { defaultPack: "furniture-north" },
    });
    expect(result.outcome.rows.map((r) => r.packId)).toEqual(["franchise-retail", "general", "furniture-north"]);
    expect(judge([{}]).outcome.rows[0]!.packId).toBe("general");
  });
});

describe("numbers", () => {
  test("a blank number follows the highest of its period and pack; nothing is renumbered", () => {
    const pack = "furniture-north";
    const result = judge([
      { pack, id: "260115098" },
      { pack, receivedAt: "2026-03-05" },
      { pack, receivedAt: "2025-12-31" },
      { pack, receivedAt: "2026-03-01" },
      { pack: "general" },
    ]);
    expect(result.outcome.rows.map((r) => [r.id, r.newId])).toEqual([
      ["260115098", undefined],
      ["260305099", "260305099"],
      ["251231001", "251231001"],
      ["260301100", "260301100"],
      ["20260302-001", "20260302-001"],
    ]);
  });

  test("a duplicate is a message on both rows", () => {
    const result = judge([{ id: "X1" }, { id: "X2" }, { id: "X1" }]);
    expect(outputs(result, 0).messages!.join()).toContain("投诉编号“X1”重复，另见第4行");
    expect(outputs(result, 2).messages!.join()).toContain("另见第2行");
    expect(outputs(result, 1).messages?.join() ?? "").not.toContain("重复");
  });

  test("an 原投诉编号 that is not in the ledger is pointed out", () => {
    expect(outputs(judge([{ pack: "factory-claims", followsId: "250101" }])).messages!.join()).toContain(
      "“原投诉编号”的值“250101”在台账中查不到",
    );
  });

  test("a complaint that a later one follows is 已转新单", () => {
    const of = (pack: string): (string | undefined)[] =>
      judge([
        { pack, id: "A", closeAt: "2026-03-03" },
        { pack, id: "B", followsId: "A" },
      ]).outcome.rows.map((r) => r.outputs.status);
    expect(of("factory-claims")[0]).toBe("已转新单");
    expect(of("general")[0]).toBe("已转新单");
  });
});

describe("human decisions win", () => {
  test("改判 replaces category and department, and the basis says so", () => {
    const row = outputs(
      judge([{ pack: "furniture-north", categoryOverride: "服务质量类", departmentOverride: "销售部" }]),
    );
    expect([row.category, row.department]).toEqual(["服务质量类", "销售部"]);
    expect(row.basis).toContain("类别：人工改判");
    expect(row.basis).toContain("责任部门：人工改判");
  });

  test("改判 to something the policy does not know is kept and pointed out", () => {
    const row = outputs(judge([{ pack: "furniture-north", categoryOverride: "质量" }]));
    expect(row.category).toBe("质量");
    expect(row.messages!.join()).toContain("改判类别）的“质量”不在取值之中");
  });
});

describe("classification", () => {
  test("no evidence gives 待分类 and asks a person", () => {
    const row = outputs(judge([{ pack: "furniture-north", description: "……" }]));
    expect(row.category).toBe("待分类");
    expect(row.messages!.join()).toContain("未找到判断“类别”的依据");
  });
});

describe("the calendar", () => {
  test("a limit that rests on days whose arrangement nobody knows says which days", () => {
    const cells = { pack: "furniture-north", receivedAt: "2031-09-30T09:00", description: "床头异响" };
    expect(outputs(judge([cells], { now: "2031-10-01" })).messages!.join()).toContain(
      "2031-10-04～2031-10-08 是放假还是上班",
    );
  });

  test("the workbook's 节假日 override the library", () => {
    const cells = { pack: "furniture-north", description: "外包装破损", categoryOverride: "外观包装类" };
    const due = (holidays: Parameters<typeof judge>[1]) => isoTime(outputs(judge([cells], holidays)).investigateDue!);
    expect(due({})).toBe("2026-03-04T18:00:00");
    expect(due({ holidays: [{ day: dayOf(2026, 3, 3), kind: "rest", name: "厂休" }] })).toBe("2026-03-05T18:00:00");
  });

  test("the workbook's 下班时间 ends working days", () => {
    const cells = { pack: "furniture-north", categoryOverride: "外观包装类" };
    expect(isoTime(outputs(judge([cells], { settings: { closeOfBusiness: 17.5 * 3600 } })).investigateDue!)).toBe(
      "2026-03-04T17:30:00",
    );
  });
});

describe("marks on results", () => {
  test("what rests on a sample parameter says so", () => {
    expect(outputs(judge([{ pack: "general" }])).messages!.join()).toContain("样例参数，请按本单位制度修改");
    expect(outputs(judge([{ pack: "furniture-north" }])).messages?.join() ?? "").not.toContain("样例参数");
  });

  test("empty words as corrective action are pointed out", () => {
    expect(outputs(judge([{ correctiveAction: "加强检查，加强培训" }])).messages!.join()).toContain(
      "“纠正措施”空白或只有空泛用语",
    );
    expect(
      outputs(judge([{ correctiveAction: "3月5日起每批抽检20件，由质检王工签字" }])).messages?.join() ?? "",
    ).not.toContain("空泛");
  });

  test("a stage done before the complaint came in, or after now, is pointed out", () => {
    expect(outputs(judge([{ closeAt: "2026-03-01" }])).messages!.join()).toContain("早于受理时间");
    expect(outputs(judge([{ closeAt: "2026-04-01" }])).messages!.join()).toContain("晚于本次处理时间");
    expect(outputs(judge([{ closeAt: "2026-03-02" }])).messages?.join() ?? "").not.toContain("早于");
  });
});

describe("penalties", () => {
  const people = [
    { name: "张三", department: "生产部", crew: "甲组", basePoints: 1 },
    { name: "李四", department: "生产部", crew: "甲组", basePoints: 2 },
    { name: "王五", department: "营运部", basePoints: 4 },
  ];
  const pack = "franchise-retail";
  const amounts = (cells: object) =>
    judge([{ pack, loss: 100, ...cells }], { people }).outcome.penalties.map((p) => [p.subject, p.amount]);

  test("a loss is shared by base points and the shares add up to it", () => {
    expect(amounts({ crew: "甲组" })).toEqual([
      ["张三", 3333],
      ["李四", 6667],
    ]);
  });
  test("the person bears it where no crew is named; written shares win over everything", () => {
    expect(amounts({ person: "王五" })).toEqual([["王五", 10_000]]);
    expect(amounts({ crew: "甲组", person: "王五:25%;张三:75%" })).toEqual([
      ["王五", 2500],
      ["张三", 7500],
    ]);
  });
  test("the department bears it where nobody is named", () => {
    expect(amounts({ departmentOverride: "生产部" })).toEqual([
      ["张三", 3333],
      ["李四", 6667],
    ]);
  });
  test("one who is not in 人员 gets no silent share", () => {
    const result = judge([{ pack, loss: 100, person: "张三、赵六" }], { people });
    expect(result.outcome.penalties).toEqual([]);
    expect(outputs(result).messages!.join()).toContain("“赵六”不在“人员”表中");
  });
  test("a complaint that is not upheld punishes nobody", () => {
    expect(amounts({ crew: "甲组", upheld: "否" })).toEqual([]);
  });
  test("belong to the month of closing, while open to the month of now", () => {
    const month = (cells: object) =>
      judge([{ pack, loss: 100, crew: "甲组", ...cells }], { people }).outcome.penalties[0]!.month;
    expect(month({})).toBe("2026-03");
    expect(month({ receivedAt: "2026-01-05", closeAt: "2026-02-28T23:59:59" })).toBe("2026-02");
  });
});

test("equal inputs give equal bytes", () => {
  const rows = [{ pack: "furniture-north" }, { pack: "franchise-retail", loss: "1,234.50" }, { receivedAt: "?" }];
  expect(JSON.stringify(outcomeJson(judge(rows).outcome))).toBe(JSON.stringify(outcomeJson(judge(rows).outcome)));
});
