import { qualified } from "./dialect.js";
import { columnLetters, overlap, parseArea, type Area } from "./references.js";
import { WORKSHEET_ORDER, type SheetEditor } from "./sheet-editor.js";
import { escapeXml } from "./xml/escape.js";
import { attribute, child, descendants, textContent, type XmlElement } from "./xml/tree.js";

/** A drop-down for a column, from `firstRow` to `lastRow`. */
export interface DropDown {
  readonly column: number;
  readonly firstRow: number;
  readonly lastRow: number;
  /** Undefined: a note alone. */
  readonly rule: ListRule | undefined;
  /** What is said where a cell of it is chosen. */
  readonly note?: { readonly title: string; readonly text: string };
  /** What a list that stands there has to become; undefined if it stays. */
  readonly renewed: (standing: ListRule) => ListRule | undefined;
}

/** A list of choices, and what Excel says where something else is typed. */
export interface ListRule {
  /** Choices parted by commas, or a formula that begins with =. */
  readonly source: string;
  readonly title: string;
  readonly message: string;
}

/**
 * Gives columns their drop-downs, which warn and forbid nothing. A column of which any cell has a validation already (in
 * the file's newer extension, too) is left alone, but for one list of the column alone that says it is to be renewed.
 * Returns how many were added or renewed.
 */
export function setDropDowns(editor: SheetEditor, dropDowns: readonly DropDown[]): number {
  const { document } = editor.frame;
  const { root } = document;
  const standing = [...descendants(root, "dataValidation")].map((rule) => ({ rule, areas: areasOf(rule, document) }));
  const bare: DropDown[] = [];
  let renewed = 0;
  for (const wanted of dropDowns) {
    const { column, firstRow, lastRow } = wanted;
    const area: Area = { top: firstRow, bottom: lastRow, left: column, right: column };
    const [found, ...more] = standing.filter(({ areas }) => areas.some((other) => overlap(area, other)));
    if (!found) bare.push(wanted);
    else if (more.length === 0 && found.areas.every(({ left, right }) => left === column && right === column))
      renewed += renew(editor, found.rule, wanted) ? 1 : 0;
  }
  if (bare.length > 0) addRules(editor, bare);
  return bare.length + renewed;
}

function renew(editor: SheetEditor, rule: XmlElement, { renewed }: DropDown): boolean {
  const { document } = editor.frame;
  const outer = child(rule, "formula1");
  // The extension keeps the formula in an element of its own.
  const formula = (outer && child(outer, "f")) ?? outer;
  if (attribute(rule, "type") !== "list" || !formula || formula.selfClosing) return false;
  const wanted = renewed({
    source: sourceOf(textContent(document, formula)),
    title: attribute(rule, "errorTitle") ?? "",
    message: attribute(rule, "error") ?? "",
  });
  if (!wanted) return false;
  editor.framePatch.replace(formula.openEnd, formula.closeStart, escapeXml(formulaOf(wanted.source)));
  editor.framePatch.setAttribute(rule, "error", wanted.message);
  return true;
}

/** A list's source as a formula of the file: a text in quotes, or the formula without its =. */
function formulaOf(source: string): string {
  return source.startsWith("=") ? source.slice(1) : `"${source.replaceAll('"', '""')}"`;
}

function sourceOf(formula: string): string {
  return formula.startsWith('"') ? formula.slice(1, -1).replaceAll('""', '"') : `=${formula}`;
}

function addRules(editor: SheetEditor, dropDowns: readonly DropDown[]): void {
  const { root } = editor.frame.document;
  const name = (local: string): string => qualified(root.prefix, local);
  const rules = dropDowns.map(({ column, firstRow, lastRow, rule, note }) => {
    const letters = columnLetters(column);
    const list = rule
      ? ` type="list" errorStyle="warning" showErrorMessage="1" errorTitle="${escapeXml(rule.title)}" error="${escapeXml(rule.message)}"`
      : "";
    const said = note
      ? ` showInputMessage="1" promptTitle="${escapeXml(note.title)}" prompt="${escapeXml(note.text)}"`
      : "";
    const formula = rule ? `<${name("formula1")}>${escapeXml(formulaOf(rule.source))}</${name("formula1")}>` : "";
    return (
      `<${name("dataValidation")}${list} allowBlank="1"${said} sqref="${letters}${firstRow}:${letters}${lastRow}">` +
      `${formula}</${name("dataValidation")}>`
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
}

/** The areas of a validation: in an attribute, or, in the extension of Excel 2010, in an element. */
function areasOf(rule: XmlElement, document: SheetEditor["frame"]["document"]): Area[] {
  const inside = child(rule, "sqref");
  const text = attribute(rule, "sqref") ?? (inside ? textContent(document, inside) : "");
  return text.split(/\s+/u).flatMap((part) => parseArea(part) ?? []);
}
