import { qualified } from "./dialect.js";
import { columnLetters, overlap, parseArea, type Area } from "./references.js";
import { WORKSHEET_ORDER, type SheetEditor } from "./sheet-editor.js";
import { escapeXml } from "./xml/escape.js";
import { attribute, child, descendants, textContent, type XmlElement } from "./xml/tree.js";

/** A drop-down of some choices for a column, from `firstRow` to `lastRow`. */
export interface DropDown {
  readonly column: number;
  readonly firstRow: number;
  readonly lastRow: number;
  /** The choices as Excel keeps them, parted by commas. */
  readonly list: string;
}

/**
 * Gives columns their drop-downs, which warn and forbid nothing. A column of which any cell has a validation already, of
 * this program or of somebody's own (in the file's newer extension, too), is left alone. Returns how many were added.
 */
export function addDropDowns(
  editor: SheetEditor,
  dropDowns: readonly DropDown[],
  alert: { readonly title: string; readonly message: string },
): number {
  const { document } = editor.frame;
  const { root } = document;
  const taken = [...descendants(root, "dataValidation")].flatMap((rule) => areasOf(rule, document));
  const free = dropDowns.filter(({ column, firstRow, lastRow }) => {
    const area: Area = { top: firstRow, bottom: lastRow, left: column, right: column };
    return !taken.some((other) => overlap(area, other));
  });
  if (free.length === 0) return 0;
  const name = (local: string): string => qualified(root.prefix, local);
  const rules = free.map(({ column, firstRow, lastRow, list }) => {
    const letters = columnLetters(column);
    return (
      `<${name("dataValidation")} type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1"` +
      ` errorTitle="${escapeXml(alert.title)}" error="${escapeXml(alert.message)}" sqref="${letters}${firstRow}:${letters}${lastRow}">` +
      `<${name("formula1")}>"${escapeXml(list.replaceAll('"', '""'))}"</${name("formula1")}></${name("dataValidation")}>`
    );
  });
  const present = child(root, "dataValidations");
  if (present) {
    editor.framePatch.setAttribute(present, "count", String(present.children.length + rules.length));
    editor.framePatch.append(present, rules.join(""));
  } else {
    const list = `<${name("dataValidations")} count="${rules.length}">${rules.join("")}</${name("dataValidations")}>`;
    editor.framePatch.insertInOrder(root, "dataValidations", list, WORKSHEET_ORDER);
  }
  return rules.length;
}

/** The areas of a validation: in an attribute, or, in the extension of Excel 2010, in an element. */
function areasOf(rule: XmlElement, document: SheetEditor["frame"]["document"]): Area[] {
  const inside = child(rule, "sqref");
  const text = attribute(rule, "sqref") ?? (inside ? textContent(document, inside) : "");
  return text.split(/\s+/u).flatMap((part) => parseArea(part) ?? []);
}
