import { describe, expect, test } from "vitest";
import { INPUT_COLUMNS, type InputId } from "../../src/domain/columns.js";
import type { Person, RawRow } from "../../src/domain/complaint.js";
import { parseYuan } from "../../src/domain/money.js";
import { isoDate } from "../../src/domain/wall-time.js";
import { outcomeJson } from "../../src/process/outcome-json.js";
import { run } from "../../src/process/process.js";
import { inputOf, judge, outputs } from "./process-rows.js";

const member = (name: string, department: string, more: Partial<Person> = {}): Person => ({
  name,
  department,
  basePoints: 10,
  monthlyBonus: parseYuan("1000")!,
  monthlyWage: parseYuan("8000")!,
  ...more,
});
const PEOPLE = [member("张三", "制造部", { employeeNo: "A01" }), member("李四", "制造部"), member("王五", "制造部")];
const LOSS: RawRow["cells"] = { pack: "factory-claims", description: "轴套内径超差", lossCaused: "是", loss: 300 };
const CLOSED = { closeAt: "2026-02-20T10:00", receivedAt: "2026-02-10T09:00" };
const one = (cells: RawRow["cells"]) => judge([{ ...LOSS, ...cells }], { people: PEOPLE });

describe("proposed and settled", () => {
  test("nobody wrote who bears it: no line, the message names the unit and the sum", () => {
    const run = one({ ...CLOSED });
    expect(run.outcome.penalties).toEqual([]);
    expect(run.outcome.deductions).toEqual([]);
    expect(outputs(run).penaltyState).toBeUndefined();
    expect(outputs(run).messages!.join()).toMatch(/不产生处罚；拟由“.+”承担，涉及300\.00元/);
  });

  test.each([
    ["责任人", { person: "张三" }],
    ["责任班组 or 改判责任部门", { departmentOverride: "制造部" }],
  ])("%s written, the case open: 拟定, and nothing is deducted", (_, who) => {
    const run = one({ ...who, receivedAt: "2026-02-10T09:00" });
    expect(run.outcome.penalties.every(({ state, settledOn }) => state === "拟定" && settledOn === undefined)).toBe(
      true,
    );
    expect(run.outcome.penalties.length).toBeGreaterThan(0);
    expect([outputs(run).penalty, outputs(run).penaltyState]).toEqual([30_000, "拟定"]);
    expect(run.outcome.deductions).toEqual([]);
  });

  test("closed: 确定 on the day of closing, in the month of that day, with 工号", () => {
    const run = one({ ...CLOSED, person: "张三" });
    const [penalty] = run.outcome.penalties;
    expect([penalty!.state, isoDate(penalty!.settledOn!), penalty!.month]).toEqual(["确定", "2026-02-20", "2026-02"]);
    expect(outputs(run).penaltyState).toBe("确定");
    const json = outcomeJson(run.outcome) as { penalties: object[]; deductions: object[] };
    expect(json.penalties[0]).toMatchObject({ pack: "factory-claims", state: "确定", employeeNo: "A01" });
    expect(json.deductions[0]).toMatchObject({ employeeNo: "A01", person: "张三", state: "试算", added: "300.00" });
  });

  test("不成立 charges nobody and says so", () => {
    const run = one({ ...CLOSED, person: "张三", upheld: "否" });
    expect(run.outcome.penalties).toEqual([]);
  });

  test("a name that 人员 doesn't hold stays 拟定 although the case is closed", () => {
    const run = one({ ...CLOSED, person: "赵六" });
    expect(run.outcome.penalties.map(({ state }) => state)).toEqual(["拟定"]);
    expect(run.outcome.deductions).toEqual([]);
  });

  test("a case that goes on under a new number: its proposals are 作废 and the loss is borne once", () => {
    const run = judge(
      [
        { ...LOSS, ...CLOSED, id: "A", person: "张三" },
        { ...LOSS, ...CLOSED, id: "B", followsId: "A", person: "李四" },
      ],
      { people: PEOPLE },
    );
    expect(run.outcome.penalties.map(({ complaintId, state }) => [complaintId, state])).toEqual([
      ["A", "作废"],
      ["B", "确定"],
    ]);
    expect(outputs(run).status).toBe("已转新单");
    expect(outputs(run).penalty).toBeUndefined();
    expect(run.outcome.summary.settledPenalties).toBe(30_000);
  });
});

describe("twice is an error", () => {
  test.each([
    ["one number", { id: "A" }, { id: "A" }],
    ["every other cell alike", { id: "A" }, { id: "B" }],
  ])("a row entered twice (%s): both are 数据有误, neither is charged, others are left alone", (_, first, second) => {
    const run = judge(
      [
        { ...LOSS, ...CLOSED, person: "张三", ...first },
        { ...LOSS, ...CLOSED, person: "张三", ...second },
        { ...LOSS, ...CLOSED, person: "张三", id: "C", loss: 200 },
      ],
      { people: PEOPLE },
    );
    expect(run.outcome.rows.map(({ outputs: { status } }) => status === "数据有误")).toEqual([true, true, false]);
    expect(run.outcome.penalties.map(({ complaintId }) => complaintId)).toEqual(["C"]);
    expect(outputs(run).messages!.join()).toContain("第3行与本行是同一件投诉");
  });
});

describe("listed values decide money, words don't", () => {
  const fined = (misconduct: string) =>
    judge([{ pack: "branch-stores", ...CLOSED, description: "无人回复", person: "张三", misconduct }], {
      people: PEOPLE,
    });

  test.each(["瞒报", "不理睬", "重复投诉", "置之不理、谎报"])("“%s” is a value of the list", (value) => {
    expect(fined(value).outcome.penalties.length).toBeGreaterThan(0);
  });

  test.each(["未发现瞒报", "疑似漏报", "建议按谎报处理", "瞒报（已撤销）", "迟到"])(
    "“%s” charges nobody and is asked about",
    (value) => {
      const run = fined(value);
      expect(run.outcome.penalties).toEqual([]);
      expect(outputs(run).messages!.join()).toContain("不据此处理");
    },
  );

  test.each(["无", "/", "—", "N/A", "待定"])("“%s” is blank, without a word", (value) => {
    const run = fined(value);
    expect(run.outcome.penalties).toEqual([]);
    expect((outputs(run).messages ?? []).join()).not.toContain("不据此处理");
  });
});

describe("never done stays visible", () => {
  test("a stage that was due and never done is a message on the closed case", () => {
    const row = outputs(judge([{ pack: "general", receivedAt: "2026-03-02T09:00", closeAt: "2026-03-04T09:00" }]));
    expect(row.messages!.join()).toContain("未做：首次回复，期限");
  });

  test("feedback that begins with closing keeps the case open until it is done", () => {
    const cells = {
      pack: "dealer-group",
      channel: "集团呼叫中心",
      levelOverride: "一般",
      description: "洗车不干净",
      receivedAt: "2026-03-09T09:00",
      closeAt: "2026-03-10T10:00",
    };
    const at = (now: string) => outputs(judge([cells], { now })).status;
    expect([at("2026-03-10T11:00"), at("2026-03-12T11:00")]).toEqual(["待反馈", "反馈逾期"]);
  });
});

describe("a ledger without a column for closing (7.6 of auto-sales)", () => {
  const car: RawRow["cells"] = {
    pack: "auto-sales",
    description: "车漆有划痕，要求处理",
    receivedAt: "2026-03-02 09:00",
  };
  const among = (...ids: InputId[]) =>
    run({
      ...inputOf([{ ...car, levelOverride: "一般" }]),
      inputs: INPUT_COLUMNS.filter(({ id }) =>
        (["pack", "description", "receivedAt", "levelOverride", ...ids] as InputId[]).includes(id),
      ),
    }).outcome;

  test("its absence fines no department, and is said once; the limits stay", () => {
    const outcome = among();
    expect(outcome.penalties).toEqual([]);
    expect(outcome.rows[0]!.outputs.closeDue).toBeDefined();
    const said = outcome.rows[0]!.outputs.messages!.filter((text) =>
      text.includes("台账没有“申请关闭时间”、“结案时间”列"),
    );
    expect(said).toHaveLength(1);
  });

  test.each(["closeAt", "closeRequestedAt"] as const)("with the column %s, a blank cell is a limit missed", (id) => {
    expect(among(id).penalties.length).toBeGreaterThan(0);
  });
});

describe("what holds a sum until somebody has answered", () => {
  test.each([
    ["in 原因分析", { rootCause: "供应商来料不良" }, "原因分析）写到外部单位"],
    ["in 原因", { cause: "供应商来料不良" }, "原因）写到外部单位"],
    ["in 原因分析, the customer", { rootCause: "经查系客户使用不当所致" }, "原因分析）写到原因在客户一方"],
    ["in 原因, the customer", { cause: "客户自行改装" }, "原因）写到原因在客户一方"],
  ])("an outside party in free text (%s): 拟定, and 改判责任部门 is asked for", (_, text, said) => {
    const run = one({ ...CLOSED, person: "张三", ...text });
    expect(run.outcome.penalties.map(({ subject, state }) => [subject, state])).toEqual([["张三", "拟定"]]);
    expect(run.outcome.deductions).toEqual([]);
    expect(outputs(run).messages!.join()).toContain(said);
  });

  test("改判责任部门 answers it, either way", () => {
    const text = { rootCause: "供应商来料不良", person: "张三" };
    const ours = one({ ...CLOSED, ...text, departmentOverride: "制造部" });
    expect(ours.outcome.penalties.map(({ subject, state }) => [subject, state])).toEqual([["张三", "确定"]]);
    expect(one({ ...CLOSED, ...text, departmentOverride: "供应商" }).outcome.penalties).toEqual([]);
  });

  test.each([
    { rootCause: "不是供应商来料问题，是我方装配不当" },
    { rootCause: "并非客户使用不当，是我方装配不当" },
    { rootCause: "操作不当，未按工艺装配" },
    { cause: "客户自行车座椅断裂" },
    // What 投诉内容 says of the customer is what people argue about.
    { description: "轴套内径超差，售后称客户使用不当" },
  ])("a text that denies it, or lays it on nobody outside, holds nothing: %j", (text) => {
    const run = one({ ...CLOSED, person: "张三", ...text });
    expect(run.outcome.penalties.map(({ state }) => state)).toEqual(["确定"]);
  });

  test("one person written twice, by name and by 工号: 数据有误 like a name written twice, and the other rows go on", () => {
    const people = [{ name: "张三", employeeNo: "A01", department: "制造部", basePoints: 1 }];
    const charging = { pack: "factory-claims", description: "轴套内径超差", lossCaused: "是", loss: 300 };
    const rows = ["张三、A01", "A01:50%;张三:50%", "张三、张三", "张三"].map((person) => ({
      ...{ ...CLOSED, ...charging },
      person,
    }));
    const run = judge(rows, { people });
    const status = rows.map((_, i) => outputs(run, i).status);
    expect(status).toEqual(["数据有误", "数据有误", "数据有误", "已结案"]);
    expect(run.outcome.penalties.map(({ row, state }) => [row, state])).toEqual([[5, "确定"]]);
    expect(outputs(run).messages!.join()).toMatch(/投诉台账!.*2（责任人）中“张三、A01”是同一人：张三（A01，制造部）/u);
    const english = judge(rows.slice(0, 1), { people, language: "en" });
    expect(outputs(english).messages!.join()).toMatch(/投诉台账!.*2 \(责任人\): “张三、A01” are one person/u);
    // Where no money rests on 责任人, it is only said.
    const harmless = judge([{ pack: "general", description: "配送晚了", person: "张三、A01" }], { people });
    expect(outputs(harmless).status).not.toBe("数据有误");
    expect(outputs(harmless).messages!.join()).toContain("是同一人");
  });

  const AUTO: RawRow["cells"] = {
    pack: "auto-sales",
    description: "车漆有划痕，要求处理",
    levelOverride: "一般",
    receivedAt: "2026-02-10T09:00",
  };

  test("closing deferred, nobody wrote when that was asked for: the fines of missed limits are proposals", () => {
    const run = judge([{ ...AUTO, deferred: "是", deferralReason: "等配件" }]);
    expect(run.outcome.penalties.length).toBeGreaterThan(0);
    expect(new Set(run.outcome.penalties.map(({ state }) => state))).toEqual(new Set(["拟定"]));
    expect(outputs(run).messages!.join()).toContain("请补填，填写以前过期的考核只作拟定");
  });

  test("asked for in time there are no fines; asked for late, those that were missed stay 确定", () => {
    const deferred = { ...AUTO, deferred: "是", deferralReason: "等配件" };
    expect(judge([{ ...deferred, deferralRequestedAt: "2026-02-12" }]).outcome.penalties).toEqual([]);
    const late = judge([{ ...deferred, deferralRequestedAt: "2026-02-16" }]).outcome.penalties;
    expect(late[0]).toMatchObject({ reason: "一般抱怨未按期关闭", state: "确定" });
  });

  test("a step done late is measured by the level it had then, and a second shows", () => {
    const run = judge([{ ...AUTO, handoverAt: "2026-02-10T11:00:01" }]);
    expect(outputs(run).messages!.join("\n")).toContain("移交逾期：期限2026-02-10 11:00:00，实际2026-02-10 11:00:01");
  });

  test("a superior who had left is not charged for what happened afterwards", () => {
    const people = [
      member("张三", "质技部", {
        employeeNo: "A01",
        leftOn: Math.floor(Date.UTC(2026, 1, 1) / 864e5 + 25569) as never,
      }),
      member("李四", "质技部", { employeeNo: "A02", superior: "张三" }),
    ];
    const run = judge(
      [{ pack: "hotel-supplies", description: "毛巾掉色", loss: 600, upheld: "是", person: "李四", ...CLOSED }],
      {
        people,
      },
    );
    expect(run.outcome.penalties.map(({ subject }) => subject)).toEqual(["李四"]);
    expect(outputs(run).messages!.join()).toContain("受理之日不在职");
  });
});

describe("one case, one loss", () => {
  test("two rows that continue one complaint: neither is settled, and each names the other", () => {
    const run = judge(
      [
        { ...LOSS, ...CLOSED, id: "A", person: "张三" },
        { ...LOSS, ...CLOSED, id: "B", followsId: "A", person: "李四" },
        { ...LOSS, ...CLOSED, id: "C", followsId: "A", person: "王五" },
      ],
      { people: PEOPLE },
    );
    expect(run.outcome.penalties.map(({ complaintId, state }) => [complaintId, state])).toEqual([
      ["A", "作废"],
      ["B", "拟定"],
      ["C", "拟定"],
    ]);
    expect(run.outcome.deductions).toEqual([]);
    expect(outputs(run, 1).messages!.join()).toContain("与第4行接续同一件投诉");
  });

  test("one of them was not upheld: the other one bears it", () => {
    const run = judge(
      [
        { ...LOSS, ...CLOSED, id: "A", person: "张三" },
        { ...LOSS, ...CLOSED, id: "B", followsId: "A", person: "李四", upheld: "否" },
        { ...LOSS, ...CLOSED, id: "C", followsId: "A", person: "王五" },
      ],
      { people: PEOPLE },
    );
    expect(run.outcome.deductions.map(({ person, added }) => [person, added])).toEqual([["王五", 30_000]]);
  });

  test("two complaints with one number: nobody knows which is meant, so both are proposals", () => {
    const run = judge(
      [
        { ...LOSS, ...CLOSED, id: "A", person: "张三" },
        { ...LOSS, ...CLOSED, id: "A", person: "李四", loss: 200 },
      ],
      { people: PEOPLE },
    );
    expect(run.outcome.penalties.map(({ subject, state }) => [subject, state])).toEqual([
      ["张三", "拟定"],
      ["李四", "拟定"],
    ]);
    expect(run.outcome.deductions).toEqual([]);
  });

  test("部分确定: what is settled against a known person is deducted, whoever else the cell names", () => {
    const run = one({ ...CLOSED, person: "张三:60%；李五:40%" });
    expect(outputs(run).penaltyState).toBe("部分确定");
    expect(run.outcome.deductions.map(({ person, added }) => [person, added])).toEqual([["张三", 18_000]]);
  });

  test("a unit that neither the pack nor 人员 knows leaves the person named to pay", () => {
    const run = one({ ...CLOSED, person: "张三", departmentOverride: "质检部" });
    expect(run.outcome.penalties.map(({ subject, state }) => [subject, state])).toEqual([["张三", "确定"]]);
    const doubtful = one({ ...CLOSED, person: "张三", departmentOverride: "建议改判质检部" });
    expect(doubtful.outcome.penalties.map(({ state }) => state)).toEqual(["拟定"]);
  });
});
