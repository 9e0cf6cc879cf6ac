import { describe, expect, it } from "vitest";
import { packFromSheets, packTables, sheetProblemText } from "../../src/jobs/pack-tables.js";
import { gridOf } from "../../src/rules-sheets/pack-sheets.js";
import type { FoundCell, SheetGrid } from "../../src/rules-sheets/table.js";
import { packFiles } from "../packs-folder.js";

/** What Excel and its users do to the sheets of a pack without meaning nonsense: read rightly, or told at its cell. */

type Cell = FoundCell | undefined;

const FILES = Object.fromEntries(packFiles("franchise-retail"));
const GRIDS = packTables(FILES).map(gridOf);

function changed(sheet: string, change: (rows: Cell[][]) => Cell[][], grids = GRIDS): SheetGrid[] {
  return grids.map((grid) =>
    grid.name === sheet ? { name: sheet, rows: change(grid.rows.map((row) => [...row])) } : grid,
  );
}

function columnOf(sheet: string, header: string): number {
  return GRIDS.find(({ name }) => name === sheet)!.rows[0]!.indexOf(header);
}

function withCell(sheet: string, row: number, header: string, change: (cell: Cell) => Cell): SheetGrid[] {
  return changed(sheet, (rows) => {
    const at = columnOf(sheet, header);
    rows[row - 1]![at] = change(rows[row - 1]![at]);
    return rows;
  });
}

/** The first row, as Excel counts, in which a column holds such a cell. */
function rowWhere(sheet: string, header: string, is: (cell: Cell) => boolean): number {
  const at = columnOf(sheet, header);
  return GRIDS.find(({ name }) => name === sheet)!.rows.findIndex((row, i) => i > 0 && is(row[at])) + 1;
}

/** What a cell of the program's own sheets says; none of these holds anything but texts and numbers. */
function textOf(cell: Cell): string {
  if (typeof cell === "string" || typeof cell === "number") return String(cell);
  throw new Error(`no text: ${JSON.stringify(cell)}`);
}

const isText = (cell: Cell): cell is string => typeof cell === "string" && cell !== "";

/** What was read: the very files they were made from, others, or what is wrong. */
async function outcome(grids: readonly SheetGrid[]): Promise<"same" | "other" | string[]> {
  const found = await packFromSheets(grids);
  if (found.kind === "problems") return found.problems.map((problem) => sheetProblemText(problem, "zh"));
  return JSON.stringify(found.files) === JSON.stringify(FILES) ? "same" : "other";
}

const fine = rowWhere("处罚", "金额", isText);
const clause = rowWhere("处罚", "条文", isText);

describe("is read as it was meant", () => {
  it.each<[string, SheetGrid[]]>([
    ["words with spaces around them", withCell("处罚", fine, "结果", (cell) => `  ${textOf(cell)} `)],
    ["ids with a space behind them", withCell("处罚", fine, "编号", (cell) => `${textOf(cell)} `)],
    ["names of parameters with an ideographic space", withCell("参数", 2, "参数", (cell) => `\u3000${textOf(cell)}`)],
    ["headers with a line end", changed("处罚", ([head, ...rows]) => [head!.map((h) => `${textOf(h)}\n`), ...rows])],
    ["sheet names with a space", GRIDS.map((grid) => ({ ...grid, name: ` ${grid.name}` }))],
    ["sheet names with the prefix of an open workbook", GRIDS.map((grid) => ({ ...grid, name: `规则·${grid.name}` }))],
    ["sheets in another order", [...GRIDS].reverse()],
    [
      "blank rows in the middle",
      changed("处罚", ([head, first, ...rows]) => [head!, first!, [], [null, "", " "], ...rows]),
    ],
    [
      "numbers as full-width texts",
      withCell(
        "参数",
        rowWhere("参数", "值", (c) => typeof c === "number"),
        "值",
        fullWidth,
      ),
    ],
    ["columns moved", changed("处罚", (rows) => rows.map((row) => [...row.slice(3), ...row.slice(0, 3)]))],
    [
      "full-width brackets and commas of formulas",
      withCell("处罚", fine, "金额", (cell) => otherBrackets(textOf(cell))),
    ],
    ["clauses with spaces within", withCell("处罚", clause, "条文", (cell) => ` ${textOf(cell)}`)],
  ])("%s", async (_, grids) => {
    expect(await outcome(grids)).toBe("same");
  });

  it.each<[string, Cell]>([
    ["a date of Excel", 46_112],
    ["with slashes", "2026/3/31"],
    ["in Chinese", "2026年3月31日"],
    ["in full-width digits", "２０２６-０３-３１"],
  ])("a day %s", async (_, cell) => {
    // The rules that need the figure say from which day it has a value: that day was understood.
    const told = await outcome(withCell("参数", 2, "自何日起", () => cell));
    expect(told).toBeInstanceOf(Array);
    expect((told as string[]).join("\n")).toContain("只在 2026-03-31 至 — 有值");
    expect((told as string[]).join("\n")).not.toContain("不是日期");
  });
});

function fullWidth(cell: Cell): string {
  return textOf(cell).replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function otherBrackets(text: string): string {
  return /[（）]/.test(text)
    ? text.replaceAll("（", "(").replaceAll("）", ")")
    : text.replaceAll("(", "（").replaceAll(")", "）");
}

describe("is told at its cell, and nothing is imported", () => {
  it.each<[string, SheetGrid[], RegExp]>([
    [
      "a column doubled",
      changed("处罚", (rows) => rows.map((row) => [...row, row[0]])),
      /^工作表“处罚” [A-Z]+1“编号”：/,
    ],
    ["a rule doubled", changed("处罚", (rows) => [...rows, [...rows[1]!]]), /^工作表“处罚” A\d+“.+”：规则编号“.+”已在/],
    [
      "a clause doubled",
      changed("条款", (rows) => [...rows, [...rows[1]!]]),
      /^工作表“条款” A\d+“.+”：与第 2 行完全相同/,
    ],
    [
      "a case doubled",
      changed("案例", (rows) => [...rows, [...rows[1]!]]),
      /^工作表“案例” A\d+“.+”：与第 2 行完全相同/,
    ],
    ["a sheet renamed", GRIDS.map((g) => (g.name === "处罚" ? { ...g, name: "罚款" } : g)), /缺少工作表“处罚”/],
    ["a sheet copied", [...GRIDS, { ...GRIDS.find(({ name }) => name === "处罚")!, name: "处罚 (2)" }], /“处罚 \(2\)”/],
    ["all rows deleted", changed("处罚", ([head]) => [head!]), /^工作表“处罚”：缺少“rules”/],
    ["the header deleted", changed("处罚", ([, ...rows]) => rows), /^工作表“处罚”/],
    [
      "cells merged over two rows",
      withCell("处罚", fine + 1, "编号", () => null),
      /^工作表“处罚” [A-Z]+\d+：“编号”没有填写/,
    ],
    ["a cell shifted down", withCell("处罚", fine, "金额", () => null), /^工作表“处罚” [A-Z]*\d+/],
    ["a date in a text", withCell("处罚", fine, "编号", () => 46_112), /^工作表“处罚” A\d+“46112”：/],
    ["yes or no in a number", withCell("处罚", fine, "金额", () => true), /^工作表“处罚” [A-Z]+\d+“(是|true)”：/],
    ["a day before any calendar", withCell("参数", 2, "自何日起", () => -5), /^工作表“参数” [A-Z]+\d+“-5”：/],
  ])("%s", async (_, grids, wanted) => {
    const told = await outcome(grids);
    expect(told).toBeInstanceOf(Array);
    expect((told as string[]).join("\n")).toMatch(new RegExp(wanted.source, "m"));
  });
});
