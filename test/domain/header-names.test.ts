import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { COLUMNS, INPUT_COLUMNS, type ColumnId, type ColumnSpec } from "../../src/domain/columns.js";
import { isDueHeader } from "../../src/domain/columns/header-words.js";
import { headerKey, matchHeaders, possibleMapping, synonymsOf } from "../../src/domain/match-key.js";

const inputs: readonly ColumnSpec[] = INPUT_COLUMNS;
const columnOf = (header: string): ColumnId | undefined => [...matchHeaders([header]).columns.keys()][0];

describe("headers of other people's ledgers", () => {
  test("no name stands for two columns, letter by letter", () => {
    const owners = new Map<string, string>();
    const clashes: string[] = [];
    for (const spec of COLUMNS as readonly ColumnSpec[])
      for (const name of new Set([spec.header, spec.alias, ...synonymsOf(spec)])) {
        const owner = owners.get(headerKey(name));
        if (owner !== undefined && owner !== spec.id) clashes.push(`${name}: ${owner} / ${spec.id}`);
        owners.set(headerKey(name), owner ?? spec.id);
      }
    expect(clashes).toEqual([]);
  });

  test("every name written down is understood as its column", () => {
    const missed = inputs.flatMap((spec) =>
      synonymsOf(spec)
        .filter((name) => columnOf(name) !== spec.id)
        .map((name) => `${spec.id} ${name} ${String(columnOf(name))}`),
    );
    expect(missed).toEqual([]);
  });

  const deciding = [
    ...["closeAt", "receivedAt", "firstReplyAt", "handoverAt", "investigateAt", "approveAt", "answeredAt", "reportAt"],
    ...["closeRequestedAt", "revisitAt", "feedbackAt", "disciplineAt", "extendedTo", "pausedFrom", "pausedTo"],
    ...["agreedCloseAt", "agreedReplyAt", "deferred", "upheld", "repeated", "region", "caseStatus", "caseKind"],
    ...["loss", "claim", "lossCaused", "unitPrice", "repairCost", "factoryShare", "person", "crew", "misconduct"],
    ...["sanction", "categoryOverride", "levelOverride", "departmentOverride"],
  ];
  it.each(deciding)("%s, which decides a status, a limit or money, has fifteen other names at least", (id) => {
    const spec = inputs.find((column) => column.id === id)!;
    expect(new Set(synonymsOf(spec).map(headerKey)).size).toBeGreaterThanOrEqual(15);
  });

  it.each([
    ["实际结案日期", "closeAt"],
    ["投诉处理完毕日期", "closeAt"],
    ["Closed on", "closeAt"],
    ["Actual date closed", "closeAt"],
    ["客诉受理日期", "receivedAt"],
    ["客户投诉的日期", "receivedAt"],
    ["责任人员姓名", "person"],
    ["实际损失费用", "loss"],
  ])("%s is %s by its words", (header, id) => {
    expect(columnOf(header)).toBe(id);
  });

  it.each(["报事人", "报修人", "记录人", "制表人", "跟进人", "Reported by", "Last modified by", "Closed by", "Owner"])(
    "%s is no culprit",
    (header) => {
      expect(columnOf(header)).not.toBe("person");
    },
  );

  it.each(["Last Modified", "Last modified date", "更新时间", "修改时间", "下次回访时间", "序号"])(
    "%s decides nothing",
    (header) => {
      const id = columnOf(header);
      expect(id === undefined || id === "pack").toBe(true);
    },
  );
});

describe("days by which something should be done", () => {
  const DUE = [
    "应",
    "计划",
    "预计",
    "要求",
    "目标",
    "截止",
    "最迟",
    "规定",
    "承诺",
    "预期",
    "限定",
    "due ",
    "target ",
    "planned ",
    "expected ",
    "estimated ",
  ];
  const DONE = inputs.filter(({ id }) =>
    /^(?:report|handover|firstReply|discipline|investigate|approve|answered|closeRequested|close|revisit|feedback)(?:ed)?At$/u.test(
      id,
    ),
  );
  const names = DONE.flatMap((spec) => [spec.header, spec.alias, ...synonymsOf(spec)]);
  const isDone = (id: ColumnId | undefined): boolean => DONE.some((spec) => spec.id === id);

  test("a word of a due day before any name of a done time never leaves a done time, nor proposes one", () => {
    fc.assert(
      fc.property(fc.constantFrom(...DUE), fc.constantFrom(...names), fc.boolean(), (due, name, behind) => {
        const header = behind ? `${name}（${due.trim()}）` : `${due}${name}`;
        expect(isDueHeader(header)).toBe(true);
        expect(isDone(columnOf(header))).toBe(false);
        expect(possibleMapping(header).some(({ column }) => isDone(column))).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    "应结案日期",
    "计划完成日期",
    "要求完成时间",
    "结案截止日期",
    "完成时限",
    "应答复时间",
    "Due date",
    "Target close date",
    "ETA",
  ])("%s is no done time", (header) => {
    expect(isDone(columnOf(header))).toBe(false);
  });

  test("names of done times bear no such word themselves", () => {
    expect(names.filter((name) => isDueHeader(name))).toEqual([]);
  });
});
