import { escapeXml } from "./escape.js";
import type { XmlElement } from "./tree.js";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Collects changes to a text by offset and applies them at once; everything between them is kept as it is. */
export class TextPatch {
  private readonly edits: Edit[] = [];

  constructor(private readonly text: string) {}

  get changed(): boolean {
    return this.edits.length > 0;
  }

  replace(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text });
  }

  insert(at: number, text: string): void {
    this.edits.push({ start: at, end: at, text });
  }

  /** Sets an attribute without prefix, in place if it is there. */
  setAttribute(element: XmlElement, name: string, value: string): void {
    const present = element.attributes.find((a) => a.name === name);
    if (!present) this.insert(element.start + 1 + element.name.length, ` ${name}="${escapeXml(value)}"`);
    else if (present.value !== value) this.replace(present.valueStart, present.valueEnd, escapeForQuotes(value));
  }

  removeAttribute(element: XmlElement, name: string): void {
    const present = element.attributes.find((a) => a.name === name);
    if (present) this.replace(present.start, present.end, "");
  }

  /** Adds markup as the last content of an element, opening it up if it was self-closing. Once per self-closing element. */
  append(element: XmlElement, markup: string): void {
    if (element.selfClosing) this.replace(element.openEnd - 2, element.openEnd, `>${markup}</${element.name}>`);
    else this.insert(element.closeStart, markup);
  }

  /**
   * Adds a child where the schema's sequence `order` (local names) wants it: after the last child that may stand
   * before it. Children that are not in `order` are skipped over.
   */
  insertInOrder(parent: XmlElement, local: string, markup: string, order: readonly string[]): void {
    const rank = order.indexOf(local);
    const before = parent.children
      .filter((c) => order.includes(schemaName(c)) && order.indexOf(schemaName(c)) <= rank)
      .at(-1);
    if (before) this.insert(before.end, markup);
    else if (parent.selfClosing) this.append(parent, markup);
    else this.insert(parent.openEnd, markup);
  }

  remove(element: XmlElement): void {
    this.replace(element.start, element.end, "");
  }

  /** The text from `from` to `to` with the edits that lie in it. */
  apply(from = 0, to = this.text.length): string {
    let out = "";
    let at = from;
    // Stable: insertions at one place come out in the order they were asked for.
    for (const edit of [...this.edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
      if (edit.start < from || edit.end > to) continue;
      if (edit.start < at) throw new Error(`overlapping edits at ${edit.start}`);
      out += this.text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return out + this.text.slice(at, to);
  }
}

/** What an element stands for in its parent's sequence: an `mc:AlternateContent` stands for what it wraps. */
function schemaName(element: XmlElement): string {
  if (element.local !== "AlternateContent") return element.local;
  return element.children.flatMap((choice) => choice.children)[0]?.local ?? element.local;
}

/** The old quotes stay, whichever they are, so both kinds are escaped. */
function escapeForQuotes(value: string): string {
  return escapeXml(value).replaceAll("'", "&apos;");
}
