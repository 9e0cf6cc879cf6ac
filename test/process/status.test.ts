import { describe, expect, test } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { isOverdueStatus, statusOf, type Limit, type StatusInput } from "../../src/process/status.js";

const at = (text: string) => parseIso(text)!;
const NOW = at("2026-03-10T12:00:00");
const close = (due: string, rest: Partial<Limit> = {}): Limit => ({ stage: "close", due: at(due), ...rest });

function status(input: Partial<StatusInput>): string {
  return statusOf({
    unsure: false,
    transferred: false,
    upheld: undefined,
    deferred: false,
    closed: false,
    closedOnTime: false,
    limits: [],
    now: NOW,
    warning: 24 * 3600,
    ...input,
  });
}

describe("the first status that fits", () => {
  const past = [close("2026-03-09T23:59:59")];
  test.each([
    ["待确认", { unsure: true, transferred: true }],
    ["已转新单", { transferred: true, upheld: false }],
    ["不成立", { upheld: false, deferred: true }],
    ["暂缓关闭", { deferred: true, closed: true }],
    ["已结案", { closed: true, closedOnTime: true }],
    ["逾期结案", { closed: true, closedOnTime: false }],
    ["已逾期", { limits: past }],
    ["处理中", { limits: [] }],
  ] as const)("%s", (expected, input) => {
    expect(status({ limits: past, ...input })).toBe(expected);
  });

  test("不成立, 暂缓关闭 and closed cases are not overdue, however old", () => {
    expect(status({ upheld: false, limits: past })).toBe("不成立");
    expect(status({ deferred: true, limits: past })).toBe("暂缓关闭");
    expect(status({ closed: true, closedOnTime: true, limits: past })).toBe("已结案");
  });
});

describe("at the second", () => {
  test("a limit is kept in its last second and broken in the next", () => {
    expect(status({ limits: [close("2026-03-10T12:00:00")] })).toBe("即将到期");
    expect(status({ limits: [close("2026-03-10T11:59:59")] })).toBe("已逾期");
  });

  test("即将到期 begins when less than the warning time is left", () => {
    expect(status({ limits: [close("2026-03-11T12:00:00")] })).toBe("处理中");
    expect(status({ limits: [close("2026-03-11T11:59:59")] })).toBe("即将到期");
  });

  test("past its target a case is 即将到期 though its limit is far", () => {
    expect(status({ limits: [close("2026-04-30T23:59:59", { target: at("2026-03-10T11:59:59") })] })).toBe("即将到期");
    expect(status({ limits: [close("2026-04-30T23:59:59", { target: at("2026-03-10T12:00:00") })] })).toBe("处理中");
  });
});

describe("return visits", () => {
  const visit = (due: string, done?: string): Limit => ({
    stage: "revisit",
    due: at(due),
    ...(done === undefined ? {} : { done: at(done) }),
  });
  test("a closed case waits for its due visit, and is late for it", () => {
    expect(status({ closed: true, closedOnTime: false, limits: [visit("2026-03-20T23:59:59")] })).toBe("待回访");
    expect(status({ closed: true, closedOnTime: true, limits: [visit("2026-03-10T11:59:59")] })).toBe("回访逾期");
  });
  test("a visit that was made gives the case its closing status back", () => {
    expect(
      status({ closed: true, closedOnTime: true, limits: [visit("2026-03-01T23:59:59", "2026-03-05T10:00")] }),
    ).toBe("已结案");
  });
});

test("逾期 is exactly what the status says", () => {
  expect(["已逾期", "逾期结案", "回访逾期"].every((s) => isOverdueStatus(s as "已逾期"))).toBe(true);
  expect(["已结案", "待回访", "即将到期", "数据有误"].some((s) => isOverdueStatus(s as "已结案"))).toBe(false);
});
