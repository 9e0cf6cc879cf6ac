import type { OutputId } from "../domain/columns.js";
import { STATUS_COLOURS } from "../ledger/status-colours.js";
import { qualified } from "./dialect.js";
import { columnLetters, LAST_ROW } from "./references.js";
import { WORKSHEET_ORDER, type SheetEditor } from "./sheet-editor.js";
import { child, descendants, textContent } from "./xml/tree.js";

/** The output whose column is coloured. */
export const COLOURED: OutputId = "status";

/**
 * Colours a status column from `firstRow` down, unless the sheet holds such formats already: they are known by the
 * statuses in their formula, wherever the user moved the column to.
 */
export function ensureStatusColours(editor: SheetEditor, column: number, firstRow: number): void {
  const { document } = editor.frame;
  const [telltale] = STATUS_COLOURS[0]!.statuses;
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
  const rules = STATUS_COLOURS.map(({ statuses, font, fill }, i) => {
    const id = differential(
      `<font><color rgb="FF${font}"/></font><fill><patternFill><bgColor rgb="FF${fill}"/></patternFill></fill>`,
    );
    const tests = statuses.map((status) => `$${letters}${firstRow}="${status}"`);
    const formula = tests.length === 1 ? tests[0]! : `OR(${tests.join(",")})`;
    return `<${qualified(prefix, "cfRule")} type="expression" dxfId="${id}" priority="${priority + i + 1}"><${qualified(prefix, "formula")}>${formula}</${qualified(prefix, "formula")}></${qualified(prefix, "cfRule")}>`;
  });
  const name = qualified(prefix, "conditionalFormatting");
  return `<${name} sqref="${letters}${firstRow}:${letters}${LAST_ROW}">${rules.join("")}</${name}>`;
}
