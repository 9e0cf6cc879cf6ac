import { describe, expect, test } from "vitest";
import { INPUT_COLUMNS, type ColumnId } from "../../src/domain/columns.js";
import type { Person, RawRow } from "../../src/domain/complaint.js";
import { parseYuan } from "../../src/domain/money.js";
import { columnLetters } from "../../src/ooxml/references.js";
import { run } from "../../src/process/process.js";
import { inputOf } from "./process-rows.js";

/** Whatever can't be taken as it stands has a sentence that names its cell, in both languages, and leaves other rows alone. */

const COLUMNS: ReadonlyMap<ColumnId, { header: string; letter: string }> = new Map(
  INPUT_COLUMNS.map((c, i) => [c.id, { header: c.header, letter: columnLetters(i + 1) }]),
);
const member = (name: string, department: string, employeeNo: string, more: Partial<Person> = {}): Person => ({
  ...{ name, department, employeeNo, basePoints: 10 },
  ...{ monthlyBonus: parseYuan("1000")!, monthlyWage: parseYuan("8000")! },
  ...more,
});
const PEOPLE = [
  member("张三", "制造部", "A01", { crew: "一组" }),
  member("李四", "制造部", "A02"),
  member("王五", "业务部", "B01"),
  member("王五", "制造部", "B02"),
  { name: "赵六", department: "制造部", employeeNo: "A05" },
  member("孙七", "业务部", "B03", { crew: "二组" }),
];
const TIMES = { receivedAt: "2026-02-10 09:00", closeAt: "2026-02-20 10:00" };
const LOSS = { ...TIMES, pack: "factory-claims", description: "轴套内径超差", lossCaused: "是", loss: 300 };
const NAMED = { ...LOSS, person: "张三" };
const SHOP = { ...TIMES, pack: "branch-stores", description: "无人回复", person: "张三" };
const CAR = { receivedAt: "2026-02-10 09:00", pack: "auto-sales", description: "车漆有划痕", levelOverride: "一般" };
const WORKSHOP = { pack: "auto-service", description: "空调不制冷", channel: "400热线", closeAt: null };

/** What is wrong, the column whose cell is named, and whether anything may be 确定 by it. */
const KINDS: readonly (readonly [string, RawRow["cells"], ColumnId, { readonly settles?: true }?])[] = [
  ["a listed word within another value", { ...SHOP, misconduct: "建议瞒报" }, "misconduct"],
  ["a value on no list", { ...SHOP, misconduct: "迟到" }, "misconduct"],
  ["a value beside one that takes it back", { ...SHOP, misconduct: "瞒报、拟撤销" }, "misconduct"],
  [
    "a sanction withdrawn",
    { ...TIMES, pack: "franchise-retail", description: "尺寸不符", person: "张三", sanction: "警告（已撤销）" },
    "sanction",
  ],
  ["a channel on no list", { ...WORKSHOP, receivedAt: "2026-02-10 09:00", channel: "12315平台转来" }, "channel"],
  ["a unit among other words", { ...NAMED, departmentOverride: "建议改判业务部" }, "departmentOverride"],
  ["several units", { ...NAMED, departmentOverride: "制造部、业务部" }, "departmentOverride"],
  ["a unit on no list", { ...NAMED, departmentOverride: "质检部" }, "departmentOverride", { settles: true }],
  ["a level the pack doesn't have", { ...CAR, levelOverride: "特级" }, "levelOverride"],
  ["a name that fits two", { ...NAMED, person: "王五" }, "person"],
  ["one person written twice", { ...NAMED, person: "张三、A01" }, "person"],
  ["a name 人员 doesn't hold", { ...NAMED, person: "张山" }, "person"],
  ["an outside party as a person", { ...NAMED, person: "物流公司" }, "person"],
  ["a department as a person", { ...NAMED, person: "制造部" }, "person"],
  ["a remark in brackets", { ...NAMED, person: "张三（主责）" }, "person"],
  ["shares that don't make 100 %", { ...NAMED, person: "张三:60%;李四:30%" }, "person"],
  ["a blank 基点数", { ...NAMED, person: "张三、赵六" }, "person"],
  ["a crew 人员 doesn't hold", { ...LOSS, crew: "九组" }, "crew"],
  ["a crew of another department", { ...LOSS, crew: "二组", departmentOverride: "制造部" }, "crew"],
  ["a date without a time", { ...WORKSHOP, receivedAt: "2026-02-10" }, "receivedAt"],
  ["a whole serial of Excel", { ...WORKSHOP, receivedAt: 46063 }, "receivedAt"],
  ["a rate of 1", { ...NAMED, returnTolerance: 1, approvedReturn: 100, actualReturn: 150 }, "returnTolerance"],
  ["a rate over 100 %", { ...NAMED, returnTolerance: "120%", approvedReturn: 100 }, "returnTolerance"],
  ["a sum of 10^11", { ...NAMED, loss: 1e11 }, "loss"],
  ["a sum in words", { ...NAMED, loss: "三百多" }, "loss"],
  ["a day that is none", { ...NAMED, closeAt: "下周" }, "closeAt"],
  ["closed after now", { ...NAMED, closeAt: "2026-05-20 10:00" }, "closeAt"],
  ["closed before it came in", { ...NAMED, closeAt: "2026-01-20 10:00" }, "closeAt"],
  ["neither yes nor no", { ...NAMED, upheld: "也许" }, "upheld"],
  ["an outside party in free text", { ...NAMED, rootCause: "供应商来料不良" }, "rootCause"],
  ["the customer in free text", { ...NAMED, cause: "客户使用不当" }, "cause"],
  ["a deferral without reason", { ...CAR, deferred: "是" }, "deferred"],
  ["a number of no complaint", { ...NAMED, followsId: "X9" }, "followsId", { settles: true }],
];

const CASES = KINDS.map(([what, cells, column, more]) => ({ what, cells, column, settles: more?.settles === true }));

describe.each(CASES)("$what", ({ cells, column, settles }) => {
  test.each(["zh", "en"] as const)("in %s", (language) => {
    const input = inputOf([cells, { ...NAMED, id: "OK", person: "李四" }], { people: PEOPLE, language });
    const { outcome } = run({ ...input, place: { sheet: "台账", columns: COLUMNS } });
    const texts = [
      ...outcome.messages.flatMap(({ row, text }) => (row === 2 ? [text] : [])),
      ...(outcome.rows[0]!.outputs.messages ?? []),
    ];
    const cell = `台账!${COLUMNS.get(column)!.letter}2`;
    const sentence = texts.find((text) => new RegExp(`${cell}(?!\\d)`, "u").test(text));
    expect(sentence).toBeDefined();
    expect(sentence).not.toMatch(/[{}\n]/u);
    // Names, headers and values stay Chinese; what is said of them is English.
    if (language === "en") expect(sentence).toMatch(/[a-z]{3,} [a-z]{2,}/u);
    const settled = outcome.penalties.filter(({ row, state }) => row === 2 && state === "确定");
    if (settles) expect(settled).toHaveLength(1);
    else expect(settled).toEqual([]);
    expect(outcome.penalties.filter(({ row }) => row === 3).map(({ subject, amount }) => [subject, amount])).toEqual([
      ["李四", 30_000],
    ]);
    expect(outcome.rows[1]!.outputs.status).toBe("已结案");
  });
});
