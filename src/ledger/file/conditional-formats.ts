import type { OutputId } from "../../domain/columns.js";
import { qualified } from "./dialect.js";
import { columnLetters, LAST_ROW } from "./references.js";
import { WORKSHEET_ORDER, type SheetEditor } from "./sheet-editor.js";
import { child, descendants, textContent } from "./xml/tree.js";

/** The output whose column is coloured. */
export const COLOURED: OutputId = "status";

/** Statuses by colour of their font and fill. Colours are conditional formats, so they follow the value and never paint over the user's formats. */
const COLOURS: readonly { readonly statuses: readonly string[]; readonly font: string; readonly fill: string }[] = [
  { statuses: ["已逾期", "逾期结案", "回访逾期"], font: "FF9C0006", fill: "FFFFC7CE" },
  { statuses: ["即将到期", "待回访"], font: "FF7F6000", fill: "FFFFEB9C" },
  { statuses: ["数据有误"], font: "FF7B1FA2", fill: "FFF3D9FA" },
  { statuses: ["已结案"], font: "FF006100", fill: "FFC6EFCE" },
  { statuses: ["不成立", "暂缓关闭"], font: "FF595959", fill: "FFE7E6E6" },
];

/**
 * Colours a status column from `firstRow` down, unless the sheet holds such formats already: they are known by the
 * statuses in their formula, wherever the user moved the column to.
 */
export function ensureStatusColours(editor: SheetEditor, column: number, firstRow: number): void {
  const { document } = editor.frame;
  const [telltale] = COLOURS[0]!.statuses;
  for (const rule of descendants(document.root, "cfRule")) {
    const formula = child(rule, "formula");
    if (formula && textContent(document, formula).includes(`"${telltale}"`)) return;
  }
  const priorities = [...descendants(document.root, "cfRule")].map((rule) =>
    Number(rule.attributes.find((a) => a.name === "priority")?.value ?? 0),
  );
  const markup = statusColours(column, firstRow, Math.max(0, ...priorities), document.root.prefix, (content) =>
    editor.context.styles.addDifferential(content),
  );
  editor.framePatch.insertInOrder(document.root, "conditionalFormatting", markup, WORKSHEET_ORDER);
}

/** Markup of the formats; `priority` is the highest number in use, and `differential` registers a format and gives its index. */
export function statusColours(
  column: number,
  firstRow: number,
  priority: number,
  prefix: string,
  differential: (content: string) => number,
): string {
  const letters = columnLetters(column);
  const rules = COLOURS.map(({ statuses, font, fill }, i) => {
    const id = differential(
      `<font><color rgb="${font}"/></font><fill><patternFill><bgColor rgb="${fill}"/></patternFill></fill>`,
    );
    const tests = statuses.map((status) => `$${letters}${firstRow}="${status}"`);
    const formula = tests.length === 1 ? tests[0]! : `OR(${tests.join(",")})`;
    return `<${qualified(prefix, "cfRule")} type="expression" dxfId="${id}" priority="${priority + i + 1}"><${qualified(prefix, "formula")}>${formula}</${qualified(prefix, "formula")}></${qualified(prefix, "cfRule")}>`;
  });
  const name = qualified(prefix, "conditionalFormatting");
  return `<${name} sqref="${letters}${firstRow}:${letters}${LAST_ROW}">${rules.join("")}</${name}>`;
}
