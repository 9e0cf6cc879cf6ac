import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDate, dayOf, isoDate, type Day } from "../../src/domain/wall-time.js";

describe("calendar dates", () => {
  it("are those of the proleptic Gregorian calendar, on every day from year 0 to 9999", () => {
    fc.assert(
      fc.property(fc.integer({ min: -693_900, max: 2_958_465 }), (day) => {
        const date = new Date((day - 25_569) * 86_400_000);
        expect(calendarDate(day as Day)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["1900-03-01", "2000-02-29", "2024-02-29", "2026-12-31", "2027-01-01", "2100-02-28", "2100-03-01"])(
    "go there and back: %s",
    (date) => {
      const [year, month, day] = date.split("-").map(Number) as [number, number, number];
      expect(isoDate(dayOf(year, month, day))).toBe(date);
    },
  );
});
