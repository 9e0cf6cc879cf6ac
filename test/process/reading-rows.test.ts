import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RawRow } from "../../src/domain/complaint.js";
import { isoTime } from "../../src/domain/wall-time.js";
import { run } from "../../src/process/process.js";
import { inputOf, judge, outputs } from "./process-rows.js";

type Cells = RawRow["cells"];
const said = (cells: readonly Cells[], n = 0, parts = {}): string =>
  (outputs(judge(cells, parts), n).messages ?? []).join("\n");

describe("what can't be read spoils only what needs it", () => {
  test.each(["TBD", "待定", "未结案", "/", "N/A", "1900-01-01", "9999-12-31"])(
    "%s in a date nobody needs leaves the row alone",
    (word) => {
      const row = outputs(judge([{ pack: "auto-sales", shippedAt: word, closeAt: word }]));
      expect(row.status).not.toBe("数据有误");
      expect((row.messages ?? []).join()).not.toContain("不是日期");
    },
  );

  test("a closing time that can't be read: neither open nor overdue where no money rests on it, 数据有误 where it does", () => {
    const cells = { closeAt: "上周三" };
    const row = outputs(judge([{ pack: "general", ...cells }]));
    expect([row.status, row.overdue]).toEqual(["待确认", false]);
    expect(row.nextStep).toContain("答复");
    expect(outputs(judge([{ pack: "auto-sales", ...cells }])).status).toBe("数据有误");
  });

  test("a start that can't be read gives no limit at all, rather than one counted from another column", () => {
    const read = { pack: "branch-stores", handoverAt: "2026-03-04T10:00" };
    expect(outputs(judge([read])).investigateDue).toBeDefined();
    expect(outputs(judge([{ ...read, handoverAt: "月初" }])).investigateDue).toBeUndefined();
  });

  test("columns that a question is open about: 待确认, nothing overdue, nothing charged", () => {
    const input = inputOf([{ pack: "auto-sales", receivedAt: "2026-01-02T09:00" }]);
    const before = run(input).outcome;
    expect(before.penalties.length).toBeGreaterThan(0);
    const asked = run({ ...input, asked: new Set(["closeAt" as const]) }).outcome;
    expect(asked.rows[0]!.outputs.status).toBe("待确认");
    expect(asked.rows[0]!.outputs.overdue).toBe(false);
    expect([asked.penalties, asked.deductions]).toEqual([[], []]);
  });
});

describe("times that can't be", () => {
  test("done after now or before 受理时间 is 数据有误 where money rests on it, else a remark", () => {
    for (const closeAt of ["2026-03-01T10:00", "2026-04-02T10:00"]) {
      expect(outputs(judge([{ pack: "auto-sales", closeAt }])).status).toBe("数据有误");
      expect(outputs(judge([{ pack: "general", closeAt }])).status).not.toBe("数据有误");
    }
  });

  test("on the day itself they are compared by the clock, and by day where one of the two has no time", () => {
    const row = (receivedAt: string, closeAt: string): string | undefined =>
      outputs(judge([{ pack: "auto-sales", receivedAt, closeAt }])).status;
    expect(row("2026-03-02T09:00", "2026-03-02T08:59")).toBe("数据有误");
    expect(row("2026-03-02T09:00", "2026-03-02")).not.toBe("数据有误");
    expect(row("2026-03-02", "2026-03-02T08:00")).not.toBe("数据有误");
    expect(row("2026-03-02T09:00", "2026-03-31T18:01")).toBe("数据有误");
    expect(row("2026-03-02T09:00", "2026-03-31")).not.toBe("数据有误");
  });
});

describe("a date without a time", () => {
  const lateFines = (cells: Cells): number =>
    judge([{ pack: "auto-sales", levelOverride: "一般", ...cells }]).outcome.penalties.filter(
      ({ type }) => type === "罚款",
    ).length;

  test("starts a clock of hours at its last second, and says so", () => {
    const row = outputs(
      judge([{ pack: "auto-sales", levelOverride: "一般", receivedAt: "2026-03-02" }], { now: "2026-03-03T10:00" }),
    );
    expect(isoTime(row.handoverDue!)).toBe("2026-03-03T01:59:59");
    expect(row.messages!.join()).toContain("受理时间缺时刻");
    expect(said([{ pack: "auto-sales", levelOverride: "一般", receivedAt: "2026-03-02T09:00" }])).not.toContain(
      "缺时刻",
    );
  });

  test("a whole serial has none either, whatever its format", () => {
    expect(said([{ pack: "auto-sales", levelOverride: "一般", receivedAt: 46083 }])).toContain("缺时刻");
  });

  test("nobody is fined for a minute that nobody wrote", () => {
    const timed = { receivedAt: "2026-03-02T09:00", handoverAt: "2026-03-02T18:00" };
    expect(said([{ pack: "auto-sales", levelOverride: "一般", ...timed }])).toContain("移交逾期");
    for (const cells of [
      { ...timed, handoverAt: "2026-03-02" },
      { ...timed, receivedAt: "2026-03-02" },
    ]) {
      expect(said([{ pack: "auto-sales", levelOverride: "一般", ...cells }])).not.toContain("移交逾期");
      expect(lateFines(cells)).toBeLessThanOrEqual(lateFines(timed));
    }
  });

  test("late by seconds is shown with seconds", () => {
    const cells = {
      pack: "auto-service",
      levelOverride: "重大",
      receivedAt: "2026-03-02T09:00:00",
      firstReplyAt: "2026-03-02T09:30:20",
    };
    expect(said([cells])).toContain("期限2026-03-02 09:30:00，实际2026-03-02 09:30:20");
  });
});

describe("dates as clerks write them", () => {
  const received = (cells: readonly Cells[], n: number, sheet = "投诉台账"): string | undefined => {
    const input = inputOf(cells);
    const result = run({ ...input, place: { ...input.place, sheet } });
    return result.inspect(n + 2) && isoTime(result.inspect(n + 2)!.ready.inputs.receivedAt);
  };

  test("a year that is missing is told by the sheet, the other cells, the neighbours or the column", () => {
    expect(received([{ receivedAt: "1月5日" }], 0, "2026年1月")).toBe("2026-01-05T00:00:00");
    expect(received([{ receivedAt: "1月5日 14:30", closeAt: "2026-01-09" }], 0)).toBe("2026-01-05T14:30:00");
    expect(received([{ receivedAt: "2026-01-03" }, { receivedAt: "1月5日" }, { receivedAt: "2026-01-08" }], 1)).toBe(
      "2026-01-05T00:00:00",
    );
    expect(received([{ receivedAt: "2026-01-03" }, { receivedAt: "1月5日" }], 1)).toBe("2026-01-05T00:00:00");
  });

  test("without anything that explains it, it stays an error of that cell", () => {
    expect(received([{ receivedAt: "1月5日" }], 0)).toBeUndefined();
    expect(received([{ receivedAt: "2026-03-03" }, { receivedAt: "3/5" }], 1)).toBeUndefined();
    expect(received([{ receivedAt: "3/5" }], 0, "2026年")).toBe("2026-03-05T00:00:00");
    expect(received([{ receivedAt: "2026-02-03" }, { receivedAt: "1/2" }], 1)).toBeUndefined();
  });

  test("the order of a short date is told by all the others of its shape", () => {
    expect(received([{ receivedAt: "26.1.5" }, { receivedAt: "26.1.25" }], 0)).toBe("2026-01-05T00:00:00");
    expect(
      received([{ receivedAt: "01/02/2026" }, { receivedAt: "01/25/2026" }, { receivedAt: "2026-01-05" }], 0),
    ).toBe("2026-01-02T00:00:00");
    expect(received([{ receivedAt: "01/02/2026" }, { receivedAt: "2026-01-05" }], 0)).toBeUndefined();
  });

  test("it is said once for all cells of a column, with an example and the reason", () => {
    const { messages } = judge([
      { receivedAt: "2026-01-03" },
      { receivedAt: "1月5日" },
      { receivedAt: "1月7日" },
    ]).outcome;
    const explained = messages.filter(({ row, text }) => row === undefined && text.includes("没有写全"));
    expect(explained).toHaveLength(1);
    expect(explained[0]!.text).toContain("有2处日期");
    expect(explained[0]!.text).toContain("“1月5日”读作2026-01-05");
  });

  test("a done date lies between 受理时间 and now", () => {
    const result = judge([
      { receivedAt: "2026-03-02", closeAt: "3/5" },
      { receivedAt: "2026-03-02", closeAt: "3月9日" },
    ]);
    expect([2, 3].map((row) => isoTime(result.inspect(row)!.ready.inputs.closeAt!))).toEqual([
      "2026-03-05T00:00:00",
      "2026-03-09T00:00:00",
    ]);
  });

  test("whatever is read of a date without its year is a day of that month, and never in the future", () => {
    const month = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(
        month,
        fc.integer({ min: 1, max: 28 }),
        fc.array(fc.integer({ min: 45_700, max: 46_112 }), { maxLength: 4 }),
        (m, d, others) => {
          const rows: Cells[] = [...others.map((receivedAt) => ({ receivedAt })), { receivedAt: `${m}月${d}日` }];
          const read = received(rows, rows.length - 1);
          if (read === undefined) return;
          expect(read.slice(5, 10)).toBe(`${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`);
          expect(read <= "2026-03-31T18:00:00").toBe(true);
        },
      ),
    );
  });
});

describe("shares of a column", () => {
  const share = (cells: readonly (string | number)[], n: number): string | number => {
    const rows = cells.map((factoryShare): Cells => ({ pack: "furniture-north", factoryShare, repairCost: 100 }));
    const result = judge(rows);
    return result.inspect(n + 2)?.ready.inputs.factoryShare ?? outputs(result, n).messages!.join();
  };

  test("plain numbers up to 1 are fractions only if the column holds nothing above 1", () => {
    expect(share([0.5, 1], 0)).toBe(50);
    expect(share([0.5, 1], 1)).toBe(100);
    expect(share([0.5, 30], 0)).toContain("请写上百分号");
    expect(share([1, 30], 0)).toContain("请写上百分号");
    expect(share([1, 30], 1)).toBe(30);
    expect(share(["1%", 30], 0)).toBe(1);
    expect(share([0, 30], 0)).toBe(0);
    expect(share(["0.5", "50%"], 0)).toBe(50);
    expect(share(["120%"], 0)).toContain("超过100%");
  });

  test("a tolerance over 50 % is asked about", () => {
    const posted = (returnTolerance: string | number): unknown =>
      outputs(
        judge([{ pack: "factory-claims", remedy: "退货", approvedReturn: 100, actualReturn: 150, returnTolerance }]),
      );
    for (const tolerance of [1, 0.6, "60%"]) expect(posted(tolerance)).toMatchObject({ status: "待确认" });
    expect(posted(2)).not.toMatchObject({ status: "待确认" });
  });
});

describe("stopping and moving limits", () => {
  const due = (cells: Cells, settings = {}): string =>
    isoTime(outputs(judge([{ pack: "general", ...cells }], { settings })).closeDue!);

  test("a pause counts only where the settings allow it, and its days do not count", () => {
    const paused = { pausedFrom: "2026-03-04", pausedTo: "2026-03-05", pauseReason: "等客户提供照片" };
    expect(due({})).toBe("2026-03-09T23:59:59");
    expect(due(paused)).toBe("2026-03-09T23:59:59");
    expect(due(paused, { pauseAllowed: true })).toBe("2026-03-11T23:59:59");
    expect(said([{ pack: "general", ...paused }])).toContain("没有“允许暂停计时＝是”");
    expect(due({ pausedFrom: "2026-03-20" }, { pauseAllowed: true })).toBe("2026-03-09T23:59:59");
  });

  test("while nobody says that the pause is over, the clock stands still", () => {
    const open = outputs(
      judge([{ pack: "general", firstReplyAt: "2026-03-02T10:00", pausedFrom: "2026-03-04" }], {
        settings: { pauseAllowed: true },
      }),
    );
    expect(open.overdue).toBe(false);
  });

  test("延期至 moves the closing limit if it was asked for before it had passed, and approved", () => {
    const whole = { extendedTo: "2026-03-20", extensionApprovedBy: "王经理", extensionRequestedAt: "2026-03-09T10:00" };
    expect(due(whole)).toBe("2026-03-20T23:59:59");
    expect(due({ ...whole, extensionRequestedAt: "2026-03-10T08:00" })).toBe("2026-03-09T23:59:59");
    for (const part of ["extensionApprovedBy", "extensionRequestedAt"] as const) {
      expect(due({ ...whole, [part]: null })).toBe("2026-03-09T23:59:59");
      expect(said([{ pack: "general", ...whole, [part]: null }])).toContain("延期至2026-03-20 23:59没有写");
    }
  });

  test("是否暂缓 needs a reason and an approver", () => {
    expect(said([{ pack: "auto-sales", deferred: "是" }])).toContain("须写明“暂缓原因”和“延期批准人”");
    expect(
      said([{ pack: "auto-sales", deferred: "是", deferralReason: "待鉴定", extensionApprovedBy: "王经理" }]),
    ).not.toContain("延期批准人");
  });
});

test("namesakes make the row 数据有误, and the message names both", () => {
  const people = [
    { name: "张三", department: "制造部", employeeNo: "A01" },
    { name: "张三", department: "质检部", employeeNo: "A02" },
  ];
  const row = outputs(judge([{ pack: "factory-claims", person: "张三" }], { people }));
  expect(row.status).toBe("数据有误");
  expect(row.messages!.join()).toContain("张三（A01，制造部）、张三（A02，质检部）");
  expect(outputs(judge([{ pack: "factory-claims", person: "张三（质检部）" }], { people })).status).not.toBe(
    "数据有误",
  );
});

test("a unit price keeps its decimals; the sum is rounded once, and the formula says how", () => {
  const cells = {
    pack: "restaurant",
    description: "菜里吃出钢丝，要求换菜",
    acceptsExchange: "否",
    unitPrice: "0.335",
    quantity: 3,
    compensationTimes: 3,
    levelOverride: "重大",
    categoryOverride: "产品质量",
  };
  const result = judge([cells]);
  const formula = (outputs(result).messages ?? []).find((text) => text.includes("0.335×3"));
  if (outputs(result).compensation !== undefined) expect(formula).toBeDefined();
  expect(result.inspect(2)!.ready.inputs.unitPrice).toBe("0.335");
});
