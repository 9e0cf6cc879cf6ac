import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DEFAULT_NUMBERING,
  formatNumber,
  nextNumbers,
  parseNumber,
  type NumberPeriod,
} from "../../src/domain/numbering.js";
import { wallTime, type WallTime } from "../../src/domain/wall-time.js";

const on = (year: number, month: number, day: number): { receivedAt: WallTime } => ({
  receivedAt: wallTime(year, month, day, 9),
});
const texts = (pattern: string, period: NumberPeriod, existing: string[], rows: { receivedAt: WallTime }[]): string[] =>
  nextNumbers(pattern, period, existing, rows).map(({ text }) => text);

describe("writing and reading a number", () => {
  it.each([
    ["{YY}{MM}{DD}{N:3}", on(2010, 9, 12), 99, "100912099"],
    ["{YY}{MM}{N:2}", on(2026, 3, 31), 7, "260307"],
    ["{YYYY}{MM}{DD}-{N:3}", on(2026, 3, 31), 1, "20260331-001"],
    ["投诉-{YYYY}年{N:4}号", on(2026, 3, 31), 12, "投诉-2026年0012号"],
    ["{N:1}", on(2026, 3, 31), 5, "5"],
  ])("%s", (pattern, { receivedAt }, running, text) => {
    expect(formatNumber(pattern, receivedAt, running)).toEqual({ text, overflow: false });
    expect(parseNumber(pattern, text)?.running).toBe(running);
  });

  it("takes a number apart", () => {
    expect(parseNumber("{YY}{MM}{DD}{N:3}", "100912099")).toEqual({ year: 10, month: 9, day: 12, running: 99 });
    expect(parseNumber(DEFAULT_NUMBERING.pattern, "２０２６０３３１－００１")).toEqual({
      year: 2026,
      month: 3,
      day: 31,
      running: 1,
    });
    expect(parseNumber("TS{N:3}", "ts007")).toEqual({ running: 7 });
  });

  it.each([
    ["{YY}{MM}{N:2}", "26130"],
    ["{YY}{MM}{N:2}", "261307"], // no 13th month
    ["{YY}{MM}{DD}{N:3}", "260332001"], // no 32nd day
    ["{YY}{MM}{N:2}", "26-03-07"],
    ["{YYYY}{MM}{DD}-{N:3}", "20260331-01"],
    ["{N:3}", "12x"],
    ["A.B{N:1}", "AxB1"],
    ["{N:3}", "99999999999999999999"],
  ])("%s does not read %s", (pattern, text) => {
    expect(parseNumber(pattern, text)).toBeUndefined();
  });

  it("widens a number that no longer fits, says so, and reads it again", () => {
    const receivedAt = wallTime(2026, 3, 31);
    expect(formatNumber("{YY}{MM}{N:2}", receivedAt, 100)).toEqual({ text: "2603100", overflow: true });
    expect(parseNumber("{YY}{MM}{N:2}", "2603100")).toEqual({ year: 26, month: 3, running: 100 });
  });

  it.each(["", "{YY}{MM}", "{N:3}{N:2}", "{YY}{YYYY}{N:3}", "{X}{N:3}", "{N:0}", "{N}", "{N:3", "N:3}", "{yy}{N:2}"])(
    "refuses the pattern %j",
    (pattern) => {
      expect(() => parseNumber(pattern, "1")).toThrow(RangeError);
    },
  );
});

describe("numbers for new rows", () => {
  it("follow the highest of the same period and start again in the next", () => {
    const existing = ["20260331-001", "20260331-007", "20260330-012", "旧单号"];
    expect(
      texts(DEFAULT_NUMBERING.pattern, "day", existing, [
        on(2026, 3, 31),
        on(2026, 3, 30),
        on(2026, 4, 1),
        on(2026, 3, 31),
      ]),
    ).toEqual(["20260331-008", "20260330-013", "20260401-001", "20260331-009"]);
  });

  it("run within the year though the day is written: furniture's 100912099 is followed by 100", () => {
    expect(texts("{YY}{MM}{DD}{N:3}", "year", ["100912099", "091231450"], [on(2010, 9, 15), on(2011, 1, 4)])).toEqual([
      "100915100",
      "110104001",
    ]);
  });

  it("run within the month", () => {
    expect(texts("{YY}{MM}{N:2}", "month", ["260309"], [on(2026, 3, 1), on(2026, 4, 1)])).toEqual(["260310", "260401"]);
  });

  it("count on where the pattern doesn't show the period, so that none is given twice", () => {
    expect(texts("TS{N:4}", "year", ["TS0009"], [on(2026, 3, 1), on(2027, 3, 1)])).toEqual(["TS0010", "TS0011"]);
    expect(texts("{YY}{MM}{N:2}", "day", [], [on(2026, 3, 1), on(2026, 3, 2)])).toEqual(["260301", "260302"]);
  });

  it("go on past the width and report it", () => {
    expect(nextNumbers("{YY}{MM}{N:2}", "month", ["260399"], [on(2026, 3, 1), on(2026, 3, 1)])).toEqual([
      { text: "2603100", overflow: true },
      { text: "2603101", overflow: true },
    ]);
  });

  it("do not fill gaps", () => {
    expect(texts("{YY}{MM}{N:2}", "month", ["260301", "260305"], [on(2026, 3, 1)])).toEqual(["260306"]);
  });

  const patterns = fc.constantFrom(
    "{YY}{MM}{DD}{N:3}",
    "{YYYY}{MM}{DD}-{N:3}",
    "{YY}{MM}{N:2}",
    "TS{N:4}",
    "{YYYY}/{N:1}",
  );
  const periods = fc.constantFrom<NumberPeriod>("day", "month", "year");
  const rows = fc.array(
    fc.integer({ min: 0, max: 800 }).map((day) => ({ receivedAt: (wallTime(2025, 1, 1) + day * 86_400) as WallTime })),
    { maxLength: 60 },
  );

  it("are never given twice, whatever the pattern and period, also run by run", () => {
    fc.assert(
      fc.property(patterns, periods, rows, rows, (pattern, period, first, second) => {
        const before = texts(pattern, period, [], first);
        const all = [...before, ...texts(pattern, period, before, second)];
        expect(new Set(all).size).toBe(all.length);
        expect(all).toEqual(texts(pattern, period, [], [...first, ...second]));
      }),
    );
  });
});
