import type { OutputId } from "../../domain/columns.js";
import { columnLetters } from "./ranges.js";

/** Colours of 当前状态: conditional formats, so they follow the value and never paint over the user's own formats. */

/** The output whose column is coloured. */
export const COLOURED: OutputId = "status";

const COLOURS: readonly { readonly statuses: readonly string[]; readonly font: string; readonly fill: string }[] = [
  { statuses: ["已逾期", "逾期结案", "回访逾期"], font: "#9C0006", fill: "#FFC7CE" },
  { statuses: ["即将到期", "待回访"], font: "#7F6000", fill: "#FFEB9C" },
  { statuses: ["数据有误"], font: "#7B1FA2", fill: "#F3D9FA" },
  { statuses: ["已结案"], font: "#006100", fill: "#C6EFCE" },
  { statuses: ["不成立", "暂缓关闭"], font: "#595959", fill: "#E7E6E6" },
];

/** Requests for the formats take about this many bytes. */
export const COLOUR_BYTES = 6000;

/** Adds the formats to a status column. `row` and `column` are those of its first cell, from 0. */
export function addStatusColours(range: Excel.Range, row: number, column: number): void {
  const cell = `$${columnLetters(column)}${row + 1}`;
  for (const { statuses, font, fill } of COLOURS) {
    const tests = statuses.map((status) => `${cell}="${status}"`);
    const format = range.conditionalFormats.add("Custom").custom;
    format.rule.formula = tests.length === 1 ? `=${tests[0]!}` : `=OR(${tests.join(",")})`;
    format.format.font.color = font;
    format.format.fill.color = fill;
  }
}
