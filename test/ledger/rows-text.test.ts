import { expect, it } from "vitest";
import { rowOfSheet } from "../../src/domain/sheet-rows.js";
import { rowsText, sheetText } from "../../src/ledger/rows-text.js";

const MONTHS = ["1月", "2月", "3月", "4月", "5月"].map((sheet) => ({ sheet, headerRow: 1, columns: new Map() }));

it("rows are named in spans", () => {
  expect(rowsText([4, 5, 6, 9], undefined)).toBe("4–6、9");
});

it("rows of a ledger on several sheets are named with their sheets", () => {
  const rows = [4, 5, 9, rowOfSheet(1, 4), rowOfSheet(1, 5)];
  expect(rowsText(rows, MONTHS)).toBe("1月 4–5、9、2月 4–5");
  // Sheet rows that follow one upon the other stand on one sheet.
  expect(rowsText([5, rowOfSheet(1, 6)], MONTHS)).toBe("1月 5、2月 6");
});

it("of many sheets the first and the last are named", () => {
  expect(sheetText({ sheet: "台账" })).toBe("台账");
  expect(sheetText({ sheet: "1月", sheets: MONTHS.slice(0, 2) })).toBe("1月、2月");
  expect(sheetText({ sheet: "1月", sheets: MONTHS })).toBe("1月…5月");
});
