import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCalendar, type WorkingCalendar } from "../../src/domain/calendar.js";
import { addMonths, addYears, deadline, explainDeadline, type Length } from "../../src/domain/clocks.js";
import type { CalendarOverride } from "../../src/domain/complaint.js";
import {
  addDays,
  calendarDate,
  dayOf,
  dayOfTime,
  endOfDay,
  isoDate,
  isoTime,
  parseIso,
  startOfDay,
  wallTime,
  weekday,
  type Day,
  type WallTime,
} from "../../src/domain/wall-time.js";

const SIX = 18 * 3600;
const calendar = createCalendar([]);
const at = (iso: string): WallTime => parseIso(iso)!;
const due = (start: string, length: Length): string => isoTime(deadline(at(start), length, calendar, SIX).due);

describe("limits in days", () => {
  it.each([
    ["the start day is not counted; the end is 24:00", "2026-03-02T09:30", 3, "2026-03-05T23:59:59"],
    ["a start late at night counts no differently", "2026-03-02T23:59:59", 3, "2026-03-05T23:59:59"],
    ["rest days inside count", "2026-03-05T09:00", 4, "2026-03-09T23:59:59"],
    ["a last day on Saturday moves to Monday", "2026-03-04T09:00", 3, "2026-03-09T23:59:59"],
    ["a last day in National Day week moves behind it", "2026-09-28T09:00", 5, "2026-10-08T23:59:59"],
    ["a last day on a Saturday that is worked stays", "2026-10-03T09:00", 7, "2026-10-10T23:59:59"],
    ["a last day on the last workday before a holiday stays", "2026-09-28T09:00", 2, "2026-09-30T23:59:59"],
    ["no days: the same day", "2026-03-02T09:30", 0, "2026-03-02T23:59:59"],
    ["no days on a Sunday: Monday", "2026-03-01T09:30", 0, "2026-03-02T23:59:59"],
  ])("%s", (_name, start, days, expected) => {
    expect(due(start, { days })).toBe(expected);
  });
});

describe("limits in working days", () => {
  it.each([
    ["the start day is not counted; the end is close of business", "2026-03-02T09:30", 2, "2026-03-04T18:00:00"],
    ["a weekend is skipped", "2026-03-05T09:00", 3, "2026-03-10T18:00:00"],
    ["National Day week is skipped and the Saturday after it counts", "2026-09-29T09:00", 4, "2026-10-10T18:00:00"],
    ["a make-up Saturday counts", "2026-02-27T09:00", 1, "2026-02-28T18:00:00"],
    ["received on a Saturday: Monday is the first", "2026-03-07T09:00", 1, "2026-03-09T18:00:00"],
    ["received after work counts no differently", "2026-03-02T20:00", 1, "2026-03-03T18:00:00"],
    ["none: close of business that day", "2026-03-02T09:00", 0, "2026-03-02T18:00:00"],
    ["none, after work: the next working day's", "2026-03-06T18:00:01", 0, "2026-03-09T18:00:00"],
  ])("%s", (_name, start, workingDays, expected) => {
    expect(due(start, { workingDays })).toBe(expected);
  });

  it("ends at the pack's own close of business", () => {
    const half = 17 * 3600 + 1800;
    expect(isoTime(deadline(at("2026-03-02T09:30"), { workingDays: 1 }, calendar, half).due)).toBe(
      "2026-03-03T17:30:00",
    );
  });
});

describe("limits in hours and minutes", () => {
  it.each<[string, string, Length, string]>([
    ["run from the very second", "2026-03-02T09:30:15", { minutes: 30 }, "2026-03-02T10:00:15"],
    ["run through the night", "2026-03-02T23:45", { hours: 2 }, "2026-03-03T01:45:00"],
    ["run through weekends and holidays", "2026-09-30T17:00", { hours: 24 }, "2026-10-01T17:00:00"],
    ["may be half an hour", "2026-03-02T09:30", { hours: 0.5 }, "2026-03-02T10:00:00"],
    ["may be nothing", "2026-03-02T09:30", { minutes: 0 }, "2026-03-02T09:30:00"],
    [
      "go over the end of a year the library doesn't know without asking it",
      "2040-09-30T17:00",
      { hours: 48 },
      "2040-10-02T17:00:00",
    ],
  ])("%s", (_name, start, length, expected) => {
    expect(due(start, length)).toBe(expected);
    expect(deadline(at(start), length, calendar, SIX).doubtfulDays).toEqual([]);
  });
});

describe("before end of work", () => {
  it.each([
    ["that day", "2026-03-02T09:30", "2026-03-02T18:00:00"],
    ["received on the stroke of six: still that day", "2026-03-02T18:00", "2026-03-02T18:00:00"],
    ["received later: the next working day's", "2026-03-02T18:00:01", "2026-03-03T18:00:00"],
    ["received on Friday evening: Monday's", "2026-03-06T19:00", "2026-03-09T18:00:00"],
    ["received on a rest day: the next working day's", "2026-10-03T08:00", "2026-10-08T18:00:00"],
    ["received on a Saturday that is worked: that day's", "2026-10-10T08:00", "2026-10-10T18:00:00"],
  ])("%s", (_name, start, expected) => {
    expect(due(start, { endOfWork: true })).toBe(expected);
  });
});

describe("days that an unknown arrangement may have moved", () => {
  const doubtful = (start: string, length: Length): readonly string[] =>
    deadline(at(start), length, calendar, SIX).doubtfulDays.map(isoDate);

  it("are named where they decide the deadline", () => {
    // 1 to 3 October 2040 are holidays by law; what is arranged after them is not.
    expect(doubtful("2040-10-03T09:00", { days: 1 })).toEqual(["2040-10-04"]);
    expect(doubtful("2040-09-30T09:00", { workingDays: 2 })).toEqual(["2040-10-04", "2040-10-05"]);
    expect(doubtful("2040-09-28T09:00", { endOfWork: true })).toEqual(["2040-09-28"]);
  });

  it("are none far from a holiday, and none that the law itself fixes", () => {
    expect(doubtful("2040-07-16T09:00", { workingDays: 3 })).toEqual([]);
    expect(doubtful("2040-07-16T09:00", { days: 3 })).toEqual([]);
    expect(doubtful("2026-03-02T09:00", { days: 30 })).toEqual([]);
  });

  it("are not named where they don't decide: only a limit's last day asks for the calendar when days are counted", () => {
    expect(doubtful("2040-09-20T09:00", { days: 30 })).toEqual([]);
  });

  it("count as the law and plain weekends have them", () => {
    expect(due("2040-09-30T09:00", { workingDays: 1 })).toBe("2040-10-04T18:00:00");
  });
});

it.each<Length>([
  { days: -1 },
  { days: 1.5 },
  { workingDays: 0.5 },
  { workingDays: NaN },
  { hours: -1 },
  { minutes: Infinity },
])("refuses a limit of %o", (length) => {
  expect(() => deadline(at("2026-03-02T09:00"), length, calendar, SIX)).toThrow(RangeError);
});

describe("the explanation", () => {
  const explain = (start: string, length: Length): string[] => {
    const explained = explainDeadline(at(start), length, calendar, SIX);
    return explained.days.map(
      ({ day, role, number, kind, name }) =>
        `${isoDate(day)} ${role}${number ? ` ${number}` : ""} ${kind}${name ? ` ${name}` : ""}`,
    );
  };

  it("counts working days around a holiday", () => {
    expect(explain("2026-09-29T09:00", { workingDays: 3 })).toEqual([
      "2026-09-29 start workday",
      "2026-09-30 counted 1 workday",
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => `2026-10-0${n} skipped holiday 国庆节`),
      "2026-10-08 counted 2 workday",
      "2026-10-09 counted 3 workday",
    ]);
  });

  it("shows how a last day on a rest day moves", () => {
    expect(explain("2026-03-04T09:00", { days: 3 })).toEqual([
      "2026-03-04 start workday",
      "2026-03-05 counted 1 workday",
      "2026-03-06 counted 2 workday",
      "2026-03-07 rest-end 3 weekend",
      "2026-03-08 rolled-over weekend",
      "2026-03-09 rolled-over workday",
    ]);
  });

  it("shows why something received after work is due the next day", () => {
    expect(explain("2026-03-06T19:00", { endOfWork: true })).toEqual([
      "2026-03-06 same-day workday",
      "2026-03-07 rolled-over weekend",
      "2026-03-08 rolled-over weekend",
      "2026-03-09 rolled-over workday",
    ]);
  });

  it("has no days for a limit that runs round the clock", () => {
    expect(explain("2026-03-06T19:00", { hours: 24 })).toEqual([]);
  });
});

describe("months and years", () => {
  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2026-03-15", 12, "2027-03-15"],
    ["2026-11-30", 3, "2027-02-28"],
    ["2026-12-31", 6, "2027-06-30"],
    ["2026-03-31", -1, "2026-02-28"],
    ["2026-01-15", -13, "2024-12-15"],
    ["2026-05-20", 0, "2026-05-20"],
  ])("%s and %i months is %s", (day, months, expected) => {
    expect(isoDate(addMonths(dayOfTime(at(day)), months))).toBe(expected);
  });

  it("two years after 29 February is 28 February, four years after is the 29th again", () => {
    expect(isoDate(addYears(dayOf(2024, 2, 29), 2))).toBe("2026-02-28");
    expect(isoDate(addYears(dayOf(2024, 2, 29), 4))).toBe("2028-02-29");
  });

  it("keep the number of the day, or end on the last of the month", () => {
    fc.assert(
      fc.property(fc.integer({ min: 30_000, max: 70_000 }), fc.integer({ min: -300, max: 300 }), (serial, months) => {
        const from = calendarDate(serial as Day);
        const to = calendarDate(addMonths(serial as Day, months));
        expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months);
        const lastOfMonth = new Date(Date.UTC(to.year, to.month, 0)).getUTCDate();
        expect(to.day).toBe(Math.min(from.day, lastOfMonth));
      }),
    );
  });
});

describe("days on which the clock stands still", () => {
  const weekends = createCalendar([]);
  const due = (length: Length, from: number, to: number): string =>
    isoTime(
      deadline(at("2026-03-02T09:00"), length, weekends, SIX, { from: dayOf(2026, 3, from), to: dayOf(2026, 3, to) })
        .due,
    );

  it("don't count in days or working days, and hours run on", () => {
    expect(due({ days: 3 }, 4, 5)).toBe("2026-03-09T23:59:59");
    expect(due({ workingDays: 3 }, 4, 5)).toBe("2026-03-09T18:00:00");
    expect(due({ hours: 72 }, 4, 5)).toBe("2026-03-05T09:00:00");
    expect(due({ days: 3 }, 6, 9)).toBe("2026-03-05T23:59:59");
  });

  it("are named in the explanation", () => {
    const { days, pausedDays } = explainDeadline(at("2026-03-02T09:00"), { days: 2 }, weekends, SIX, {
      from: dayOf(2026, 3, 3),
      to: dayOf(2026, 3, 3),
    });
    expect(days.map(({ role }) => role)).toEqual(["start", "paused", "counted", "counted"]);
    expect(pausedDays).toBe(1);
  });

  it("move a limit by no less than their number, and by nothing once it is over", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 10 }),
        (n, from, span) => {
          const start = at("2026-03-02T09:00");
          const plain = deadline(start, { days: n }, weekends, SIX);
          const pause = { from: addDays(dayOf(2026, 3, 2), from), to: addDays(dayOf(2026, 3, 2), from + span) };
          const paused = deadline(start, { days: n }, weekends, SIX, pause);
          expect(paused.due >= plain.due).toBe(true);
          if (pause.from > dayOfTime(plain.due)) expect(paused.due).toBe(plain.due);
        },
      ),
    );
  });
});

describe("for any calendar", () => {
  const FIRST = dayOf(2026, 1, 1);
  const overrides = fc.array(
    fc.record({ offset: fc.integer({ min: 0, max: 60 }), kind: fc.constantFrom("rest" as const, "work" as const) }),
    { maxLength: 40 },
  );
  const calendars = overrides.map((rows) => {
    const table = rows.map(({ offset, kind }): CalendarOverride => ({ day: addDays(FIRST, offset), kind }));
    return { table, calendar: createCalendar(table) };
  });
  const starts = fc
    .integer({ min: startOfDay(FIRST), max: endOfDay(addDays(FIRST, 45)) })
    .map((seconds) => seconds as WallTime);
  const lengths = fc.oneof(
    fc.integer({ min: 0, max: 20 }).map((days): Length => ({ days })),
    fc.integer({ min: 0, max: 20 }).map((workingDays): Length => ({ workingDays })),
    fc.integer({ min: 0, max: 100 }).map((hours): Length => ({ hours })),
    fc.integer({ min: 0, max: 1000 }).map((minutes): Length => ({ minutes })),
    fc.constant<Length>({ endOfWork: true }),
  );

  /** Straight from the articles, minute by minute of thought: no shared code with the clocks but the calendar's answer. */
  function reference(start: WallTime, length: Length, working: WorkingCalendar): WallTime {
    if ("hours" in length) return (start + length.hours * 3600) as WallTime;
    if ("minutes" in length) return (start + length.minutes * 60) as WallTime;
    const startDay = Math.floor(start / 86_400);
    const isWorking = (day: number): boolean => working.isWorkingDay(day as Day);
    const firstWorking = (from: number): number => {
      for (let day = from; ; day++) if (isWorking(day)) return day;
    };
    if ("days" in length) return (firstWorking(startDay + length.days) * 86_400 + 86_399) as WallTime;
    const wanted = "workingDays" in length ? length.workingDays : 0;
    if (wanted === 0) {
      const onTime = isWorking(startDay) && start % 86_400 <= SIX;
      return (firstWorking(onTime ? startDay : startDay + 1) * 86_400 + SIX) as WallTime;
    }
    const workingDays = Array.from({ length: 200 }, (_, i) => startDay + 1 + i).filter(isWorking);
    return (workingDays[wanted - 1]! * 86_400 + SIX) as WallTime;
  }

  it("equals the counting by hand", () => {
    fc.assert(
      fc.property(calendars, starts, lengths, ({ calendar: any }, start, length) => {
        expect(isoTime(deadline(start, length, any, SIX).due)).toBe(isoTime(reference(start, length, any)));
      }),
      { numRuns: 1000 },
    );
  });

  it("never ends on a rest day unless it runs by the hour", () => {
    fc.assert(
      fc.property(calendars, starts, lengths, ({ table, calendar: any }, start, length) => {
        fc.pre(!("hours" in length || "minutes" in length));
        const end = dayOfTime(deadline(start, length, any, SIX).due);
        const row = table.find(({ day }) => day === end);
        const restDay = row ? row.kind === "rest" : !calendar.isWorkingDay(end);
        expect(restDay, isoDate(end)).toBe(false);
      }),
    );
  });

  it("a later start never ends earlier", () => {
    fc.assert(
      fc.property(calendars, starts, starts, lengths, ({ calendar: any }, a, b, length) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        expect(deadline(late, length, any, SIX).due).toBeGreaterThanOrEqual(deadline(early, length, any, SIX).due);
      }),
    );
  });

  it("a longer limit never ends earlier, nor does any limit end before it starts", () => {
    fc.assert(
      fc.property(
        calendars,
        starts,
        fc.constantFrom("days", "workingDays", "hours", "minutes"),
        fc.nat(20),
        fc.nat(20),
        ({ calendar: any }, start, unit, a, b) => {
          const ends = [Math.min(a, b), Math.max(a, b)].map(
            (n) => deadline(start, { [unit]: n } as unknown as Length, any, SIX).due,
          );
          expect(ends[1]).toBeGreaterThanOrEqual(ends[0]!);
          expect(ends[0]).toBeGreaterThanOrEqual(start);
        },
      ),
    );
  });

  it("the explanation gives the same deadline, counts without gaps and ends on its day", () => {
    fc.assert(
      fc.property(calendars, starts, lengths, ({ calendar: any }, start, length) => {
        const explained = explainDeadline(start, length, any, SIX);
        const plain = deadline(start, length, any, SIX);
        expect({ due: explained.due, doubtfulDays: explained.doubtfulDays, pausedDays: explained.pausedDays }).toEqual(
          plain,
        );
        if (explained.days.length === 0) return;
        explained.days.forEach(({ day }, i) => {
          expect(day).toBe(dayOfTime(start) + i);
        });
        expect(explained.days.at(-1)!.day).toBe(dayOfTime(explained.due));
        const numbers = explained.days.flatMap(({ number }) => number ?? []);
        expect(numbers).toEqual(numbers.map((_, i) => i + 1));
        expect(explained.days.every(({ counted, number }) => counted === (number !== undefined))).toBe(true);
        expect(numbers.length).toBe("days" in length ? length.days : "workingDays" in length ? length.workingDays : 0);
        expect(explained.rolledOver).toBe(explained.days.some(({ role }) => role === "rolled-over"));
      }),
    );
  });

  it("is right about weekdays: 1 January 2026 is a Thursday", () => {
    expect(weekday(FIRST)).toBe(4);
    expect(wallTime(2026, 1, 1)).toBe(startOfDay(FIRST));
  });
});
