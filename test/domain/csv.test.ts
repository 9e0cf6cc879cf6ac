import { describe, expect, it, test } from "vitest";
import { csvFile, csvText } from "../../src/domain/csv.js";
import { FORMULA_LIKE, HARMLESS } from "./formula-like.js";

describe("a text in a CSV", () => {
  it.each(FORMULA_LIKE)("%j gets an apostrophe", (text) => {
    expect(csvText(text)).toBe(`'${text}`);
  });
  it.each(HARMLESS)("%j stands as it is", (text) => {
    expect(csvText(text)).toBe(text);
  });
});

test("every text of a file is guarded, headers too; figures stand as they are, quotes are doubled", () => {
  const bytes = csvFile([
    ["=姓名", "金额"],
    ['-"王"', { figure: "-1.50" }],
    ["a,b\r\nc", { figure: "" }],
  ]);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe('\'=姓名,金额\r\n"\'-""王""",-1.50\r\n"a,b\r\nc",\r\n');
});
