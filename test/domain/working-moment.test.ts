import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCalendar } from "../../src/domain/calendar.js";
import { dayOf, dayOfTime, isoTime, parseIso, startOfDay, type WallTime } from "../../src/domain/wall-time.js";
import { lastAtWork, workingMoment } from "../../src/domain/working-moment.js";

const HOURS = { from: 9 * 3600, to: 18 * 3600 };
const calendar = createCalendar([]);
const moment = (time: string, due: string): string =>
  isoTime(workingMoment(parseIso(time)!, parseIso(due)!, calendar, HOURS));

describe("when people are told", () => {
  test.each([
    ["at work: at once", "2026-03-31T10:20", "2026-04-10T18:00", "2026-03-31T10:20:00"],
    ["before work: when they begin", "2026-03-31T03:00", "2026-04-10T18:00", "2026-03-31T09:00:00"],
    ["after work: the next morning", "2026-03-31T20:00", "2026-04-10T18:00", "2026-04-01T09:00:00"],
    ["on a Saturday: on Monday", "2026-03-28T10:00", "2026-04-10T18:00", "2026-03-30T09:00:00"],
    [
      "on a make-up day, 14 February 2026: that Saturday",
      "2026-02-14T10:00",
      "2026-03-10T18:00",
      "2026-02-14T10:00:00",
    ],
    ["too late by then: when they last stopped", "2026-03-28T10:00", "2026-03-29T23:59:59", "2026-03-27T18:00:00"],
  ])("%s", (_, time, due, told) => {
    expect(moment(time, due)).toBe(told);
  });

  test("always inside working hours, and never after it is due", () => {
    const times = fc.integer({ min: startOfDay(dayOf(2026, 1, 1)), max: startOfDay(dayOf(2026, 12, 31)) });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 20 * 86_400 }), (time, length) => {
        const due = (time + length) as WallTime;
        for (const told of [workingMoment(time as WallTime, due, calendar, HOURS), lastAtWork(due, calendar, HOURS)]) {
          expect(calendar.isWorkingDay(dayOfTime(told))).toBe(true);
          expect(told % 86_400 >= HOURS.from && told % 86_400 <= HOURS.to).toBe(true);
          expect(told).toBeLessThanOrEqual(due);
        }
      }),
      { numRuns: 300 },
    );
  });
});
