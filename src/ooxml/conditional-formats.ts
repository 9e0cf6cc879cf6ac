import { qualified } from "./dialect.js";
import { columnLetters, LAST_ROW } from "./references.js";
import { WORKSHEET_ORDER, type SheetEditor } from "./sheet-editor.js";
import { child, descendants, textContent } from "./xml/tree.js";

/** Texts that are shown in one colour of font and fill, as RRGGBB. */
export interface ValueColours {
  readonly values: readonly string[];
  readonly font: string;
  readonly fill: string;
}

/**
 * Colours a column by its values from `firstRow` down, unless the sheet holds such formats already: they are known by
 * the first value in their formula, wherever the user moved the column to.
 */
export function ensureValueColours(
  editor: SheetEditor,
  column: number,
  firstRow: number,
  colours: readonly ValueColours[],
): void {
  const { document } = editor.frame;
  const telltale = colours[0]?.values[0];
  if (telltale === undefined) return;
  for (const rule of descendants(document.root, "cfRule")) {
    const formula = child(rule, "formula");
    if (formula && textContent(document, formula).includes(`"${telltale}"`)) return;
  }
  const priorities = [...descendants(document.root, "cfRule")].map((rule) =>
    Number(rule.attributes.find((a) => a.name === "priority")?.value ?? 0),
  );
  const markup = valueColours(
    {
      column,
      firstRow,
      priority: priorities.reduce((most, priority) => Math.max(most, priority), 0),
      prefix: document.root.prefix,
    },
    colours,
    (content) => editor.context.styles.addDifferential(content),
  );
  editor.framePatch.insertInOrder(document.root, "conditionalFormatting", markup, WORKSHEET_ORDER);
}

/** Markup of the formats; `priority` is the highest number in use, and `differential` registers a format and gives its index. */
export function valueColours(
  where: { readonly column: number; readonly firstRow: number; readonly priority: number; readonly prefix: string },
  colours: readonly ValueColours[],
  differential: (content: string) => number,
): string {
  const { column, firstRow, priority, prefix } = where;
  const letters = columnLetters(column);
  const rules = colours.map(({ values, font, fill }, i) => {
    const id = differential(
      `<font><color rgb="FF${font}"/></font><fill><patternFill><bgColor rgb="FF${fill}"/></patternFill></fill>`,
    );
    const tests = values.map((value) => `$${letters}${firstRow}="${value}"`);
    const formula = tests.length === 1 ? tests[0]! : `OR(${tests.join(",")})`;
    return `<${qualified(prefix, "cfRule")} type="expression" dxfId="${id}" priority="${priority + i + 1}"><${qualified(prefix, "formula")}>${formula}</${qualified(prefix, "formula")}></${qualified(prefix, "cfRule")}>`;
  });
  const name = qualified(prefix, "conditionalFormatting");
  return `<${name} sqref="${letters}${firstRow}:${letters}${LAST_ROW}">${rules.join("")}</${name}>`;
}
