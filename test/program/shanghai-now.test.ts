import { expect, test } from "vitest";
import { isoTime } from "../../src/domain/wall-time.js";
import { shanghaiNow } from "../../src/program/shanghai-now.js";

test("the clock on the wall is Shanghai's, wherever the program runs, midnight as 00:00", () => {
  expect(isoTime(shanghaiNow(new Date("2026-03-31T10:00:05Z")))).toBe("2026-03-31T18:00:05");
  expect(isoTime(shanghaiNow(new Date("2026-03-31T16:00:00Z")))).toBe("2026-04-01T00:00:00");
});
