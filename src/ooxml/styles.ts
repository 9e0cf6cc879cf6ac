import { attribute, child, childrenNamed, type XmlDocument, type XmlElement } from "./xml/tree.js";

/** How a written cell shows: which number format its style must carry, or that it is text. */
export type CellFormat = "text" | "quoted" | "general" | "money" | "date" | "datetime";

const FIRST_CUSTOM_FORMAT = 164;

/** What the cell formats of a workbook say of numbers. */
export class Styles {
  private readonly formats: readonly XmlElement[];
  private readonly codes: ReadonlyMap<number, string>;
  private readonly dates = new Map<number, boolean>();

  constructor(readonly document: XmlDocument | undefined) {
    this.formats = childrenNamed(child(document?.root, "cellXfs"), "xf");
    this.codes = new Map(
      childrenNamed(child(document?.root, "numFmts"), "numFmt").map((element) => [
        Number(attribute(element, "numFmtId")),
        attribute(element, "formatCode") ?? "",
      ]),
    );
  }

  get count(): number {
    return this.formats.length;
  }

  format(index: number): XmlElement | undefined {
    return this.formats[index];
  }

  numberFormat(index: number): number {
    const format = this.formats[index];
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
