import { describe, expect, it } from "vitest";
import { INPUT_COLUMNS, type ColumnId, type InputId } from "../../src/domain/columns.js";
import type { Person, RawRow } from "../../src/domain/complaint.js";
import { parseYuan } from "../../src/domain/money.js";
import { parseIso } from "../../src/domain/wall-time.js";
import { outcomeJson } from "../../src/process/outcome-json.js";
import { inputsOf, outputsOf } from "../../src/process/pack-columns.js";
import { run } from "../../src/process/process.js";
import type { FormulaName } from "../../src/rules/events/amounts.js";
import {
  CONCERN_EVENTS,
  CONCERNS,
  eventReads,
  eventSets,
  type Concern,
  type EventType,
} from "../../src/rules/events/kinds.js";
import type { PenaltySubject } from "../../src/rules/events/subjects.js";
import type { Pack } from "../../src/rules/pack.js";
import { STATUTES } from "../packs-folder.js";
import { clause, loaded, smallPack, text, type Json, type PackFiles } from "../rules/small-pack.js";

/** An event with rows on which every column it reads matters at least once. */
interface Example {
  /** The first that may hold the event if not given. */
  readonly concern?: Concern;
  readonly params: Json;
  readonly rows: readonly RawRow["cells"][];
}

const FIXED = { formula: "fixed", amount: 50 };
const PRICE = { unitPrice: "12.5", quantity: 4 };
const penalty = (subject: Json, amount: Json): Json => ({ kind: "绩效核减", reason: "延误", subject, amount });

const SUBJECT_EXAMPLES = {
  person: [{ person: "张三" }],
  post: [{ person: "张三" }],
  receiver: [{ receiver: "张三", approveAt: "2026-03-05" }],
  superior: [{ person: "张三" }],
  "receiver-and-superior": [{ receiver: "张三", approveAt: "2026-03-05" }],
  unit: [{ person: "张三" }, { crew: "甲班", departmentOverride: "制造部" }, { departmentOverride: "质检部" }],
  department: [{ departmentOverride: "制造部" }],
} satisfies Record<PenaltySubject["who"], readonly RawRow["cells"][]>;

/** Rows on which nothing but one column says that somebody decided who bears it. */
const DECIDED: readonly RawRow["cells"][] = [
  { person: "张三" },
  { crew: "甲班" },
  { departmentOverride: "制造部" },
  { approveAt: "2026-03-05" },
];

const AMOUNT_EXAMPLES = {
  fixed: { amount: FIXED, cells: {} },
  "share-by-base-points": { amount: { formula: "share-by-base-points", base: "loss" }, cells: { loss: 900 } },
  "equal-shares": { amount: { formula: "equal-shares", base: "claim", rate: 50 }, cells: { claim: 900 } },
  "percent-of-bonus": { amount: { formula: "percent-of-bonus", rate: 10 }, cells: {} },
  "tiered-percent-of-bonus": {
    amount: { formula: "tiered-percent-of-bonus", by: "loss", tiers: { parameter: "lossTiers" } },
    cells: { loss: 900 },
  },
  "fixed-per-month": {
    amount: { formula: "fixed-per-month", amount: 50, months: "households" },
    cells: { households: 3 },
  },
  "percent-of-price": { amount: { formula: "percent-of-price", rate: 3 }, cells: PRICE },
  "percent-of-base": {
    amount: { formula: "percent-of-base", base: "loss", rate: 10, least: 20, most: 500 },
    cells: { loss: 900 },
  },
  "tiered-amount": {
    amount: { formula: "tiered-amount", by: "loss", tiers: { parameter: "lossTiers" } },
    cells: { loss: 900 },
  },
  "per-count": {
    amount: { formula: "per-count", amount: 5, count: "households", most: 100 },
    cells: { households: 3 },
  },
  "amount-per-point": { amount: { formula: "amount-per-point", amount: 5 }, cells: {} },
  "price-times": { amount: { formula: "price-times", times: 2 }, cells: { ...PRICE, compensationTimes: 3 } },
} satisfies Record<FormulaName, { amount: Json; cells: RawRow["cells"] }>;

const COMPENSATIONS: readonly FormulaName[] = [
  "fixed",
  "equal-shares",
  "fixed-per-month",
  "percent-of-base",
  "tiered-amount",
  "per-count",
  "percent-of-price",
  "price-times",
];

const EXAMPLES = {
  classify: [{ params: { output: "nature", value: "有效投诉" }, rows: [{}] }],
  invalid: [{ params: { column: "quantity", text: text("不能为零") }, rows: [{ quantity: 7 }] }],
  assign: [
    { params: { output: "department", value: "制造部" }, rows: [{}] },
    { params: { output: "handler", value: "客服主任" }, rows: [{}] },
    {
      concern: "approvals",
      params: { output: "approver", by: "loss", tiers: { parameter: "approvers" } },
      rows: [{ loss: 6000 }],
    },
  ],
  deadline: [
    {
      params: { stage: "investigate", from: ["handoverAt", "answeredAt"], limit: { days: 2 } },
      rows: [{ handoverAt: "2026-03-03T09:00" }, { answeredAt: "2026-03-04T09:00" }],
    },
    { params: { stage: "investigate", at: "agreedReplyAt" }, rows: [{ agreedReplyAt: "2026-03-05T09:00" }] },
  ],
  escalate: [{ params: { ladder: ["一般", "重大"] }, rows: [{ levelOverride: "一般" }] }],
  archive: [{ params: { from: "answeredAt", years: 2 }, rows: [{ answeredAt: "2026-03-04T09:00" }] }],
  penalty: [
    ...Object.entries(SUBJECT_EXAMPLES).map(([who, rows]) => ({
      params: penalty(who === "post" ? { who, post: "班长" } : { who }, FIXED),
      rows: [...rows, ...DECIDED],
    })),
    ...Object.values(AMOUNT_EXAMPLES).map(({ amount, cells }) => ({
      params: penalty({ who: "person" }, amount),
      rows: [{ person: "张三", ...cells }, ...DECIDED],
    })),
  ],
  compensate: COMPENSATIONS.map((formula) => ({
    params: { reason: "赔付", amount: AMOUNT_EXAMPLES[formula].amount },
    rows: [AMOUNT_EXAMPLES[formula].cells],
  })),
  "split-cost": [{ params: {}, rows: [{ repairCost: 300, factoryShare: "40%" }] }],
  "post-return": [
    {
      params: { tolerance: 5 },
      rows: [103, 100].map((actualReturn) => ({ approvedReturn: 100, actualReturn, returnTolerance: "2%" })),
    },
  ],
  form: [{ params: { name: "记录表" }, rows: [{}] }],
  "next-step": [{ params: { text: text("致电客户") }, rows: [{}] }],
  advice: [{ params: { steps: [text("先道歉")] }, rows: [{}] }],
  message: [{ params: { level: "info", text: text("请留意") }, rows: [{}] }],
} satisfies Record<EventType, readonly Example[]>;

function concernOf(type: EventType): Concern {
  return CONCERNS.find((name) => (CONCERN_EVENTS[name] as readonly string[]).includes(type))!;
}

/** The small pack with one rule more, which always fires and whose event is the example. */
function packWith(type: EventType, { params, concern = concernOf(type) }: Example): Pack {
  const files: PackFiles = smallPack();
  const path = `${concern}.json`;
  files[path] ??= { rules: [] };
  const rules = (files[path] as Record<string, Json[]>)["rules"]!;
  rules.push({
    id: "example",
    clause,
    title: text("示例"),
    priority: 9,
    conditions: { all: [{ fact: "always", operator: "equal", value: true }] },
    event: { type, params },
  });
  return loaded(files);
}

const member = (name: string, department: string, crew: string, basePoints: number): Person => ({
  name,
  department,
  crew,
  post: name === "张三" ? "班长" : "员工",
  superior: "李四",
  basePoints,
  monthlyBonus: parseYuan("1000")!,
});
/** A crew is not its whole department, so that taking the one for the other shows. */
const PEOPLE: readonly Person[] = [
  member("张三", "制造部", "甲班", 2),
  member("王五", "制造部", "乙班", 1),
  member("赵六", "质检部", "丙班", 1),
];
const COLUMNS: ReadonlyMap<ColumnId, { header: string; letter: string }> = new Map(
  INPUT_COLUMNS.map((c) => [c.id, { header: c.header, letter: "A" }]),
);

/** All that judging a row gives, as text. */
function outcome(pack: Pack, cells: RawRow["cells"]): string {
  const result = run({
    rows: [{ row: 2, cells: { id: "1", receivedAt: "2026-03-02T09:00", description: "柜门开裂", ...cells } }],
    people: PEOPLE,
    holidays: [],
    settings: { defaultPack: "small" },
    packs: new Map([["small", pack]]),
    statutes: STATUTES,
    now: parseIso("2026-03-31T18:00")!,
    language: "zh",
    place: { sheet: "投诉台账", columns: COLUMNS },
  });
  return JSON.stringify(outcomeJson(result.outcome));
}

const without = (cells: RawRow["cells"], id: string): RawRow["cells"] => {
  const rest: Record<string, RawRow["cells"][InputId]> = { ...cells };
  Reflect.deleteProperty(rest, id);
  return rest;
};

describe.each(Object.entries(EXAMPLES) as [EventType, readonly Example[]][])("the event %s", (type, examples) => {
  const inputIds = new Set<string>(INPUT_COLUMNS.map(({ id }) => id));

  it.each(examples)("looks at every column that it says it reads: $params", (example) => {
    const { rows } = example;
    const pack = packWith(type, example);
    const event = pack.rules.find(({ rule }) => rule.id === "example")!.rule.event;
    for (const id of eventReads(event).filter((name) => inputIds.has(name))) {
      const matters = rows.some((cells) => id in cells && outcome(pack, cells) !== outcome(pack, without(cells, id)));
      expect(matters, `${id} is read by ${type}, but nothing changes without it`).toBe(true);
    }
  });

  it.each(examples)("says of every column that matters to it that it reads it: $params", (example) => {
    const { rows } = example;
    const pack = packWith(type, example);
    const needed: ReadonlySet<string> = inputsOf(pack);
    for (const cells of rows) {
      for (const id of Object.keys(cells)) {
        if (outcome(pack, cells) !== outcome(pack, without(cells, id))) expect([...needed]).toContain(id);
      }
    }
  });

  it.each(examples)("fills no output but those that it says it sets: $params", (example) => {
    const { rows } = example;
    const pack = packWith(type, example);
    const event = pack.rules.find(({ rule }) => rule.id === "example")!.rule.event;
    const before = outputsOf(loaded());
    const all = rows.map((cells) => JSON.parse(outcome(pack, cells)) as { rows: Record<string, unknown>[] });
    const filled = new Set(all.flatMap(({ rows: [row] }) => Object.keys(row!)));
    for (const id of eventSets(event)) expect([...filled]).toContain(id);
    const known: ReadonlySet<string> = new Set(["row", "id", ...before, ...eventSets(event)]);
    for (const id of filled) expect([...known]).toContain(id);
  });
});
