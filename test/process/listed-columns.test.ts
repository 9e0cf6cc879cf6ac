import { describe, expect, test } from "vitest";
import type { Person, RawRow } from "../../src/domain/complaint.js";
import { parseYuan } from "../../src/domain/money.js";
import { shortTime } from "../../src/process/fact-text.js";
import { judge, outputs } from "./process-rows.js";

const member = (name: string, department: string, employeeNo: string): Person => ({
  name,
  department,
  employeeNo,
  basePoints: 10,
  monthlyBonus: parseYuan("1000")!,
  monthlyWage: parseYuan("8000")!,
});
const PEOPLE = [member("张三", "制造部", "A01"), member("李四", "制造部", "A02"), member("王五", "业务部", "B01")];
const CLOSED = { receivedAt: "2026-02-10T09:00", closeAt: "2026-02-20T10:00" };

function tried(cells: RawRow["cells"]): { charged: string[]; messages: string; penalties: number } {
  const run = judge([{ ...CLOSED, person: "张三", ...cells }], { people: PEOPLE });
  return {
    charged: run.outcome.penalties
      .filter(({ state }) => state === "确定")
      .map(({ subject, amount }) => `${subject}${amount / 100}`),
    penalties: run.outcome.penalties.length,
    messages: (outputs(run).messages ?? []).join("\n"),
  };
}

/** Columns that charge, with a pack that does, a label, a synonym and what they cost. */
const CHARGING = [
  { column: "cause", pack: "furniture-north", label: "市场政策误解", synonym: "政策误解", costs: ["张三50"] },
  { column: "misconduct", pack: "furniture-north", label: "未经审批发文", synonym: "擅自发文", costs: ["张三50"] },
  { column: "misconduct", pack: "branch-stores", label: "瞒报", synonym: "瞒报", costs: ["张三100"] },
  { column: "misconduct", pack: "branch-stores", label: "置之不理", synonym: "不予理会", costs: ["张三100"] },
  { column: "sanction", pack: "franchise-retail", label: "警告", synonym: "警告处分", costs: ["张三100"] },
  { column: "sanction", pack: "franchise-retail", label: "大过", synonym: "记大过", costs: ["张三1000"] },
] as const;

describe.each(CHARGING)("$column of $pack: $label", ({ column, pack, label, synonym, costs }) => {
  const say = (value: string) => tried({ pack, description: "客户来电反映", [column]: value });

  test.each([
    label,
    synonym,
    ` ${label} `,
    `${label}。`,
    Array.from(label).join(" "),
    `${label}、${label}`,
    `${label}；无`,
  ])("“%s” is the whole value and charges", (value) => {
    expect(say(value).charged).toEqual(costs);
  });

  test.each([
    `建议${label}`,
    `口头${label}`,
    `免予${label}`,
    `由${label}改为其他`,
    `${label}（已撤销）`,
    `未发现${label}`,
    `不是${label}`,
    `${label}？`,
    `疑似${label}`,
  ])("“%s” charges nobody; the message names cell, value, word and list", (value) => {
    const { penalties, messages } = say(value);
    expect(penalties).toBe(0);
    expect(messages).toContain(`“${value}”`);
    expect(messages).toMatch(new RegExp(`投诉台账![A-Z]*2（.+）的“.+”里有“${label}”.*请改填其中一个：.*${label}`, "u"));
  });

  test.each(["", " ", "无", "/", "—", "N/A", "待定", "无。", "-"])("“%s” is blank, without a message", (value) => {
    const { penalties, messages } = say(value);
    expect(penalties).toBe(0);
    expect(messages).not.toContain("请改填其中一个");
  });

  test.each(["，", ",", "；", ";", "、"])("a doubt beside it, parted by “%s”, holds it", (mark) => {
    const { penalties, messages } = say(`${label}${mark}拟撤销`);
    expect(penalties).toBe(0);
    expect(messages).toContain(`“${label}”暂不据此处理`);
  });
});

test("two values in one cell charge for both, however they are parted", () => {
  for (const mark of ["、", "，", ",", "；", ";"])
    expect(
      tried({ pack: "branch-stores", description: "无人回复", misconduct: `瞒报${mark}二次投诉` }).charged,
    ).toEqual(["张三100", "张三100"]);
});

describe("关闭申请结果", () => {
  const asked = (closeRequestResult: string) =>
    judge(
      [
        {
          pack: "auto-sales",
          description: "车漆有划痕，要求处理",
          receivedAt: "2026-02-10T09:00",
          levelOverride: "一般",
          closeRequestedAt: "2026-02-11T09:00",
          closeRequestResult,
        },
      ],
      { people: PEOPLE },
    );

  test.each(["不同意", "驳回", "未通过"])("“%s” leaves the clock running: the missed limit is fined", (value) => {
    expect(asked(value).outcome.penalties.length).toBeGreaterThan(0);
  });

  test.each(["同意", "", "未驳回", "没有不同意", "不同意（已撤回）", "拟不同意"])("“%s” fines nobody", (value) => {
    expect(asked(value).outcome.penalties).toEqual([]);
  });

  test("a word within another value is asked about", () => {
    expect(outputs(asked("未驳回")).messages!.join()).toContain("“未驳回”里有“驳回”");
  });
});

describe("行政处分 where it charges nobody", () => {
  test.each(["factory-claims", "claims-time-limits"])("%s: 建议警告 is no sanction that was approved", (pack) => {
    const say = (sanction: string) => tried({ pack, description: "轴套内径超差", sanction }).messages;
    expect(say("警告")).toMatch(/行政处分.*公布/u);
    expect(say("建议警告")).not.toMatch(/批示/u);
    expect(say("建议警告")).toContain("“建议警告”里有“警告”");
  });
});

describe("改判责任部门", () => {
  const LOSS = { pack: "factory-claims", description: "轴套内径超差", lossCaused: "是", loss: 300, person: "" };
  const decided = (departmentOverride: string, more: RawRow["cells"] = {}) =>
    tried({ ...LOSS, departmentOverride, ...more });

  test.each(["制造部", " 制造部 ", "制造部。"])("“%s” decides the bearing unit", (value) => {
    expect(decided(value).charged).toEqual(["张三150", "李四150"]);
  });

  test.each(["建议制造部", "由业务部改为制造部", "不是制造部", "制造部（待定）", "疑似供应商", "不是供应商"])(
    "“%s” decides nothing and is asked about",
    (value) => {
      const { charged, messages } = decided(value, { person: "王五" });
      expect(charged).toEqual([]);
      expect(messages).toMatch(/改判责任部门）的“.+”里有“.+”/u);
    },
  );

  test("several units in one cell: one has to be chosen", () => {
    const { penalties, messages } = decided("制造部、业务部");
    expect(penalties).toBe(0);
    expect(messages).toContain("“制造部、业务部”写了几个");
  });

  test.each(["供应商", "某某物流有限公司", "客户", "供应商、承运商", "供应商/外部"])(
    "“%s”: nobody of ours pays",
    (value) => {
      expect(decided(value, { person: "张三" }).penalties).toBe(0);
    },
  );

  test("a unit of ours whose name sounds like an outside party is one of ours", () => {
    const people = [member("赵六", "物流部", "C01")];
    const run = judge([{ ...CLOSED, ...LOSS, departmentOverride: "物流部" }], { people });
    expect(run.outcome.penalties.map(({ subject, state }) => [subject, state])).toEqual([["赵六", "确定"]]);
  });

  test.each(["张三", "质检部"])("“%s”, on no list, charges no department", (value) => {
    const run = judge(
      [
        {
          pack: "auto-sales",
          description: "车漆有划痕",
          receivedAt: "2026-02-10T09:00",
          levelOverride: "一般",
          departmentOverride: value,
        },
      ],
      { people: PEOPLE },
    );
    expect(run.outcome.penalties.filter(({ state }) => state === "确定")).toEqual([]);
    expect(run.outcome.penalties.map(({ subject }) => subject)).not.toContain("张三");
    expect(outputs(run).messages!.join()).toContain(`“${value}”不在取值之中`);
  });

  test("without 人员 a unit counts as it is written", () => {
    const run = judge([
      {
        pack: "auto-sales",
        description: "车漆有划痕",
        receivedAt: "2026-02-10T09:00",
        levelOverride: "一般",
        departmentOverride: "精品部",
      },
    ]);
    expect(new Set(run.outcome.penalties.map(({ subject, state }) => `${subject}${state}`))).toEqual(
      new Set(["精品部确定"]),
    );
  });
});

describe("改判级别", () => {
  const level = (levelOverride: string) =>
    judge(
      [{ pack: "auto-sales", description: "车漆有划痕，要求处理", receivedAt: "2026-02-10T09:00", levelOverride }],
      {
        people: PEOPLE,
      },
    );

  test.each(["一般", "一般抱怨", "一般级"])("“%s” is 一般", (value) => {
    expect(level(value).outcome.penalties[0]).toMatchObject({ reason: "一般抱怨未按期关闭", state: "确定" });
  });

  test.each(["由一般改为强烈", "建议强烈", "特级", "不改为强烈"])(
    "“%s” settles no fine and names the levels",
    (value) => {
      const run = level(value);
      expect(run.outcome.penalties.filter(({ state }) => state === "确定")).toEqual([]);
      expect(outputs(run).messages!.join()).toMatch(/改判级别）的“.+”.*请改填其中一个：.*一般、中级、强烈/u);
    },
  );
});

describe("投诉渠道", () => {
  const say = (pack: string, channel: string) => {
    const run = judge([
      { pack, description: "空调不制冷", levelOverride: "一般", receivedAt: "2026-03-02T09:00", channel },
    ]);
    const { handoverDue, firstReplyDue, messages = [] } = outputs(run);
    return {
      handover: handoverDue && shortTime(handoverDue),
      reply: firstReplyDue && shortTime(firstReplyDue),
      asked: messages.some((text) => text.includes("不是取值之一")),
    };
  };

  test.each([
    ["消协", "2026-03-02 09:30", false],
    ["12315", "2026-03-02 09:30", false],
    ["12315平台转来", "2026-03-02 09:30", true],
    ["网络预约", "2026-03-02 18:00", true],
    ["回访021-54001234", "2026-03-02 18:00", true],
    ["13340012345", "2026-03-02 18:00", true],
    ["接待", "2026-03-02 18:00", false],
  ])("auto-service: “%s” is handed over by %s; asked about: %s", (channel, handover, asked) => {
    expect(say("auto-service", channel)).toMatchObject({ handover, asked });
  });

  test("auto-service: a value of the list is the hotline, whatever it is written like", () => {
    for (const channel of ["400热线", "400 热线", "厂家热线"])
      expect(say("auto-service", channel)).toMatchObject({ reply: "2026-03-02 12:00", asked: false });
  });

  test("where nothing rests on it, anything may be written", () => {
    expect(say("property-management", "楼下遇见").asked).toBe(false);
  });
});

describe("地区", () => {
  const due = (region: string) => {
    const run = judge([{ pack: "factory-claims", description: "轴套内径超差", lossCaused: "是", region }]);
    const { closeDue, messages = [] } = outputs(run);
    return { due: closeDue === undefined ? undefined : shortTime(closeDue).slice(0, 10), messages: messages.join() };
  };

  test.each([
    ["国内", "2026-03-17"],
    ["福建省厦门市", "2026-03-17"],
    ["国外", "2026-03-23"],
    ["美国", "2026-03-23"],
    ["香港", "2026-03-23"],
  ])("%s", (region, expected) => {
    expect(due(region).due).toBe(expected);
  });

  test.each(["建议国外", "由国内改为国外", "不是国外", "国内、国外", "国内/国外", "火星"])(
    "“%s” is asked about",
    (region) => {
      const { due: limit, messages } = due(region);
      expect(limit).toBeUndefined();
      expect(messages).toContain(`“${region}”`);
    },
  );
});
