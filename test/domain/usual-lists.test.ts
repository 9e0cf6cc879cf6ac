import { expect, it } from "vitest";
import { listedKey } from "../../src/domain/listed-values.js";
import { NO_OVERRIDE } from "../../src/domain/usual-lists.js";

it.each(["否", "√", "0", "不改", "同上", "见附件", "?", "？"])("“%s” in a column of 改判 changes nothing", (cell) => {
  expect(NO_OVERRIDE.has(listedKey(cell))).toBe(true);
});

it.each(["制造部", "供应商", "重大"])("“%s” in a column of 改判 is a decision", (cell) => {
  expect(NO_OVERRIDE.has(listedKey(cell))).toBe(false);
});
