import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePeriod } from "../../src/documents/reports/period.js";
import { wallTime } from "../../src/domain/wall-time.js";
import { lastFinishedMonth, periodLabel, periodsUpTo } from "../../src/taskpane/periods.js";

describe("the periods offered", () => {
  const now = wallTime(2026, 3, 31, 18);
  test("begin with the one that holds now and go back without a gap", () => {
    expect(
      periodsUpTo(now, "month")
        .slice(0, 3)
        .map(({ key }) => key),
    ).toEqual(["2026-03", "2026-02", "2026-01"]);
    expect(
      periodsUpTo(now, "week")
        .slice(0, 2)
        .map(({ key }) => key),
    ).toEqual(["2026-W14", "2026-W13"]);
    expect(
      periodsUpTo(now, "half")
        .slice(0, 3)
        .map(({ key }) => key),
    ).toEqual(["2026H1", "2025H2", "2025H1"]);
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 2090 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom("month", "week", "half"),
        (year, month, kind) => {
          const periods = periodsUpTo(wallTime(year, month, 28, 9), kind);
          periods.slice(1).forEach((older, i) => {
            expect(older.end).toBe(periods[i]!.first);
          });
          for (const { key } of periods) expect(parsePeriod(kind, key)?.key).toBe(key);
        },
      ),
    );
  });

  test("weeks and halves are shown with their days", () => {
    expect(periodLabel(periodsUpTo(now, "month")[0]!)).toBe("2026-03");
    expect(periodLabel(periodsUpTo(now, "week")[1]!)).toBe("2026-W13  2026-03-23 – 2026-03-29");
  });

  test.each([
    [wallTime(2026, 3, 31, 23), "2026-02"],
    [wallTime(2026, 4, 1, 0), "2026-03"],
    [wallTime(2026, 1, 1, 0), "2025-12"],
  ])("the last finished month of %s is %s", (time, month) => {
    expect(lastFinishedMonth(time)).toBe(month);
  });
});
