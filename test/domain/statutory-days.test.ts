import { afterEach, describe, expect, it, vi } from "vitest";
import { createCalendar } from "../../src/domain/calendar.js";
import { mayBeMoved, statutoryHoliday } from "../../src/domain/statutory-days.js";
import { addDays, calendarDate, dayOf, isoDate, weekday, type Day } from "../../src/domain/wall-time.js";
import { worksByLibrary } from "../support/library-days.js";

const daysOf = (year: number): Day[] => {
  const days: Day[] = [];
  for (let day = dayOf(year, 1, 1); calendarDate(day).year === year; day = addDays(day, 1)) days.push(day);
  return days;
};
const holidays = (year: number): string[] =>
  daysOf(year).flatMap((day) => (statutoryHoliday(day) === undefined ? [] : [isoDate(day).slice(5)]));

describe("days that the law makes holidays", () => {
  it.each([
    [1998, ["01-01", "01-28", "01-29", "01-30", "05-01", "10-01", "10-02"]],
    [2007, ["01-01", "02-18", "02-19", "02-20", "05-01", "05-02", "05-03", "10-01", "10-02", "10-03"]],
    [2013, ["01-01", "02-09", "02-10", "02-11", "04-04", "05-01", "06-12", "09-19", "10-01", "10-02", "10-03"]],
    [2024, ["01-01", "02-10", "02-11", "02-12", "04-04", "05-01", "06-10", "09-17", "10-01", "10-02", "10-03"]],
    [
      2027,
      [
        "01-01",
        "02-05",
        "02-06",
        "02-07",
        "02-08",
        "04-05",
        "05-01",
        "05-02",
        "06-09",
        "09-15",
        "10-01",
        "10-02",
        "10-03",
      ],
    ],
  ])("are those of the law of the day in %i", (year, expected) => {
    expect(holidays(year)).toEqual(expected);
  });

  it("are thirteen a year since 2025, eleven before, fewer only where two meet on one day", () => {
    for (let year = 2025; year <= 2099; year++) expect(holidays(year).length, String(year)).toBeGreaterThanOrEqual(12);
    for (let year = 2008; year <= 2024; year++) expect(holidays(year).length, String(year)).toBeGreaterThanOrEqual(10);
  });

  it("were rest days in every year whose arrangement the library knows", () => {
    for (let year = 2004; year <= 2026; year++)
      for (const day of daysOf(year))
        if (statutoryHoliday(day) !== undefined) expect(worksByLibrary(day), isoDate(day)).toBe(false);
  });
});

describe("days that may be moved", () => {
  /** 70 years after the war: one extra holiday with its make-up day, which no law fixed (国办发明电〔2015〕1号). */
  const EXTRA = new Set(["2015-09-03", "2015-09-04", "2015-09-06"]);

  it("held every day that the State Council ever moved", () => {
    for (let year = 2008; year <= 2026; year++)
      for (const day of daysOf(year)) {
        const weekend = weekday(day) === 0 || weekday(day) === 6;
        const moved = worksByLibrary(day) === weekend;
        if (moved && statutoryHoliday(day) === undefined && !EXTRA.has(isoDate(day)))
          expect(mayBeMoved(day), isoDate(day)).toBe(true);
      }
  });

  it("are fewer than half of the year", () => {
    expect(daysOf(2030).filter(mayBeMoved).length).toBeLessThan(130);
  });

  it("are the only ones unknown of a year without an arrangement", () => {
    const calendar = createCalendar([]);
    for (const day of daysOf(2030)) expect(calendar.dayKind(day).known, isoDate(day)).toBe(!mayBeMoved(day));
    expect(calendar.dayKind(dayOf(2030, 10, 1))).toEqual({
      kind: "holiday",
      working: false,
      known: true,
      name: "国庆节",
    });
    expect(calendar.dayKind(dayOf(2030, 10, 8)).known).toBe(false);
    expect(calendar.dayKind(dayOf(2030, 7, 17))).toEqual({ kind: "workday", working: true, known: true });
  });
});

describe("wherever the machine is", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each(["America/Los_Angeles", "Asia/Kathmandu", "Pacific/Apia"])("the days are the same in %s", async (zone) => {
    vi.stubEnv("TZ", "UTC");
    const utc = new Date(2027, 0, 1).getTime();
    vi.stubEnv("TZ", zone);
    expect(new Date(2027, 0, 1).getTime()).not.toBe(utc);
    vi.resetModules();
    const fresh = await import("../../src/domain/statutory-days.js");
    const named = ["2027-02-05", "2027-02-06", "2027-04-05", "2027-06-09", "2027-09-15", "2027-10-01"].map((text) =>
      fresh.statutoryHoliday(dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)))),
    );
    expect(named).toEqual(["春节", "春节", "清明", "端午节", "中秋节", "国庆节"]);
  });
});
