import {
  attribute,
  child,
  childrenNamed,
  parseXml,
  sealedItems,
  type XmlDocument,
  type XmlElement,
} from "./xml/tree.js";

/** How a written cell shows: which number format its style must carry, or that it is text. */
export type CellFormat = "text" | "quoted" | "general" | "money" | "date" | "datetime";

const FIRST_CUSTOM_FORMAT = 164;

/** Lists of a styles part that may hold tens of thousands of items, few of which matter. */
export const LONG_LISTS: ReadonlySet<string> = new Set(["cellStyleXfs", "cellXfs", "cellStyles"]);

/** What the cell formats of a workbook say of numbers. */
export class Styles {
  /** Start and end of each cell format in the part's text. */
  private readonly offsets: Int32Array;
  private readonly formats = new Map<number, XmlElement>();
  private readonly codes: ReadonlyMap<number, string>;
  private readonly dates = new Map<number, boolean>();

  /** `document`: parsed with its `LONG_LISTS` sealed. */
  constructor(readonly document: XmlDocument | undefined) {
    const list = child(document?.root, "cellXfs");
    this.offsets = document && list ? sealedItems(document, list, "xf") : new Int32Array();
    this.codes = new Map(
      childrenNamed(child(document?.root, "numFmts"), "numFmt").map((element) => [
        Number(attribute(element, "numFmtId")),
        attribute(element, "formatCode") ?? "",
      ]),
    );
  }

  /** Number of cell formats. */
  get count(): number {
    return this.offsets.length / 2;
  }

  /** A cell format as it is written; undefined if there is none of this index. */
  markup(index: number): string | undefined {
    if (!this.document || !(index >= 0 && index < this.count)) return undefined;
    return this.document.text.slice(this.offsets[2 * index], this.offsets[2 * index + 1]);
  }

  /** The index of the cell format that is written like this; -1 if there is none. */
  indexOf(markup: string): number {
    const text = this.document?.text ?? "";
    for (let i = 0; i < this.count; i++) {
      const start = this.offsets[2 * i]!;
      if (this.offsets[2 * i + 1]! - start === markup.length && text.startsWith(markup, start)) return i;
    }
    return -1;
  }

  format(index: number): XmlElement | undefined {
    let known = this.formats.get(index);
    const markup = known === undefined ? this.markup(index) : undefined;
    if (markup !== undefined) {
      known = parseXml(markup, "xl/styles.xml").root;
      this.formats.set(index, known);
    }
    return known;
  }

  numberFormat(index: number): number {
    const format = this.format(index);
    return format ? Number(attribute(format, "numFmtId") ?? 0) : 0;
  }

  /** Whether Excel shows a number in this format as a date or time. */
  isDate(index: number): boolean {
    let known = this.dates.get(index);
    if (known === undefined) {
      known = isDateFormat(this.numberFormat(index), this.codes);
      this.dates.set(index, known);
    }
    return known;
  }

  /** The id of a custom format with this code, if there is one. */
  customFormat(code: string): number | undefined {
    for (const [id, present] of this.codes) if (present === code) return id;
    return undefined;
  }

  get highestCustomFormat(): number {
    return Math.max(FIRST_CUSTOM_FORMAT - 1, ...this.codes.keys());
  }
}

/** Built-in date formats, those of East Asian versions (27–36, 50–58) included; else by the letters of the code. */
function isDateFormat(id: number, codes: ReadonlyMap<number, string>): boolean {
  const code = codes.get(id);
  if (code === undefined)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  const letters = code.replace(
    /"[^"]*"|\\.|_.|\*.|\[(?:\$|Red|Black|Blue|Green|White|Yellow|Cyan|Magenta|Color|[<>=])[^\]]*\]/gi,
    "",
  );
  return /[ymdhs]/i.test(letters) && !/general/i.test(letters);
}
