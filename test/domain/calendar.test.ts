import { execFileSync } from "node:child_process";
import chineseDays from "chinese-days";
import { describe, expect, it } from "vitest";
import { createCalendar, libraryKnowsYear } from "../../src/domain/calendar.js";
import type { CalendarOverride } from "../../src/domain/complaint.js";
import { addDays, dayOf, isoDate, weekday, type Day } from "../../src/domain/wall-time.js";
import { worksByLibrary } from "../support/library-days.js";

const rest = (day: Day, name?: string): CalendarOverride => ({ day, kind: "rest", ...(name ? { name } : {}) });
const work = (day: Day, name?: string): CalendarOverride => ({ day, kind: "work", ...(name ? { name } : {}) });
const run = (from: Day, days: number): Day[] => Array.from({ length: days }, (_, i) => addDays(from, i));

describe("the calendar from the library", () => {
  const calendar = createCalendar([]);

  it.each([
    ["an ordinary Tuesday", dayOf(2026, 3, 31), { kind: "workday", working: true, known: true }],
    ["an ordinary Saturday", dayOf(2026, 3, 28), { kind: "weekend", working: false, known: true }],
    ["National Day", dayOf(2026, 10, 1), { kind: "holiday", working: false, known: true, name: "国庆节" }],
    ["a Saturday within a holiday", dayOf(2026, 2, 21), { kind: "holiday", working: false, known: true, name: "春节" }],
    [
      "a Saturday worked for Spring Festival",
      dayOf(2026, 2, 28),
      { kind: "makeup-day", working: true, known: true, name: "春节" },
    ],
    [
      "a Sunday worked for National Day",
      dayOf(2026, 9, 20),
      { kind: "makeup-day", working: true, known: true, name: "国庆节" },
    ],
  ])("knows %s", (_name, day, expected) => {
    expect(calendar.dayKind(day)).toEqual(expected);
  });

  it("agrees with the library on every day of the years it knows", () => {
    for (let day = dayOf(2019, 1, 1); day <= dayOf(2026, 12, 31); day = addDays(day, 1)) {
      const { working, known } = calendar.dayKind(day);
      expect([isoDate(day), working, known]).toEqual([isoDate(day), worksByLibrary(day), true]);
    }
  });

  it("finds the working day after, and from, a day across a holiday", () => {
    expect(isoDate(calendar.nextWorkingDay(dayOf(2026, 9, 30)))).toBe("2026-10-08");
    expect(isoDate(calendar.workingDayFrom(dayOf(2026, 10, 3)))).toBe("2026-10-08");
    expect(isoDate(calendar.workingDayFrom(dayOf(2026, 10, 10)))).toBe("2026-10-10"); // a Saturday that is worked
    expect(isoDate(calendar.nextWorkingDay(dayOf(2026, 3, 27)))).toBe("2026-03-30");
  });
});

describe("the horizon", () => {
  it("is found from the library's own data", () => {
    const known = Array.from({ length: 60 }, (_, i) => 1990 + i).filter(libraryKnowsYear);
    // No gap, and every year counted as known has a whole year's holidays in it.
    expect(known).toEqual(Array.from({ length: known.length }, (_, i) => 2004 + i));
    expect(known.at(-1)).toBeGreaterThanOrEqual(2026);
    for (const year of known) {
      expect(
        chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length,
        String(year),
      ).toBeGreaterThan(20);
    }
    const beyond = known.at(-1)! + 1;
    expect(chineseDays.getHolidaysInRange(`${beyond}-01-01`, `${beyond}-12-31`, false)).toEqual([]);
  });

  it("says of a later year that its weekends and the holidays fixed by law are known", () => {
    const calendar = createCalendar([]);
    expect(calendar.knowsYear(2040)).toBe(false);
    expect(calendar.dayKind(dayOf(2040, 10, 1))).toEqual({
      kind: "holiday",
      working: false,
      known: true,
      name: "国庆节",
    });
    expect(calendar.dayKind(dayOf(2040, 10, 6))).toEqual({ kind: "weekend", working: false, known: false });
    expect(calendar.dayKind(dayOf(2040, 10, 8))).toEqual({ kind: "workday", working: true, known: false });
  });

  it("moves out with a 节假日 table that gives the year: ten rows, and not nine", () => {
    const days = run(dayOf(2040, 10, 1), 10).map((day) => rest(day));
    expect(createCalendar(days).knowsYear(2040)).toBe(true);
    expect(createCalendar(days.slice(0, 9)).knowsYear(2040)).toBe(false);
    expect(createCalendar(days.slice(0, 9)).dayKind(dayOf(2040, 5, 3)).known).toBe(false);
    expect(createCalendar(days).knowsYear(2041)).toBe(false);
  });

  it("counts a day stated twice once", () => {
    const nine = run(dayOf(2040, 10, 1), 9).map((day) => rest(day));
    expect(createCalendar([...nine, ...nine]).knowsYear(2040)).toBe(false);
  });

  it("knows a day that the table states even where the rest of its year is unknown", () => {
    const day = dayOf(2040, 10, 4);
    const calendar = createCalendar([rest(day, "国庆节")]);
    expect(calendar.dayKind(day)).toEqual({ kind: "holiday", working: false, known: true, name: "国庆节" });
    expect(calendar.dayKind(addDays(day, 1)).known).toBe(false);
  });
});

describe("the 节假日 table overrides the library", () => {
  it.each([
    ["a firm's own rest day", rest(dayOf(2026, 3, 31), "厂庆"), { kind: "holiday", working: false, name: "厂庆" }],
    ["a rest day without a name", rest(dayOf(2026, 3, 31)), { kind: "holiday", working: false }],
    [
      "a working day on a weekend",
      work(dayOf(2026, 3, 28), "赶工"),
      { kind: "makeup-day", working: true, name: "赶工" },
    ],
    [
      "work on a public holiday, without the holiday's name",
      work(dayOf(2026, 10, 1)),
      { kind: "makeup-day", working: true },
    ],
    ["rest on a make-up day", rest(dayOf(2026, 2, 28)), { kind: "weekend", working: false }],
    ["an ordinary working day confirmed", work(dayOf(2026, 3, 31)), { kind: "workday", working: true }],
    [
      "a holiday confirmed keeps the library's name",
      rest(dayOf(2026, 10, 1)),
      { kind: "holiday", working: false, name: "国庆节" },
    ],
    ["a weekend confirmed stays one", rest(dayOf(2026, 3, 28)), { kind: "weekend", working: false }],
  ])("%s", (_name, override, expected) => {
    expect(createCalendar([override]).dayKind(override.day)).toEqual({ ...expected, known: true });
  });

  it("takes the first of two rows for one day", () => {
    const day = dayOf(2026, 3, 31);
    expect(createCalendar([rest(day), work(day)]).isWorkingDay(day)).toBe(false);
  });
});

it("does not depend on the time zone of the computer", () => {
  const script = `
    import { createCalendar } from "./src/domain/calendar.ts";
    import { dayOf } from "./src/domain/wall-time.ts";
    const calendar = createCalendar([]);
    const days = Array.from({ length: 366 }, (_, i) => calendar.isWorkingDay(dayOf(2026, 1, 1) + i) ? "1" : "0");
    console.log(days.join(""));`;
  const under = (TZ: string): string =>
    execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      env: { ...process.env, TZ },
      encoding: "utf8",
    }).trim();
  const calendar = createCalendar([]);
  const here = run(dayOf(2026, 1, 1), 366).map((day) => (calendar.isWorkingDay(day) ? "1" : "0"));
  expect(here.filter((_, i) => weekday(addDays(dayOf(2026, 1, 1), i)) === 6)).toContain("1");
  for (const zone of ["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])
    expect(under(zone), zone).toBe(here.join(""));
});
