import { integerOf, numberOf } from "./numerals.js";
import { BANG, decodeBytes, GT, isSpace, LT, QUESTION, SLASH, XmlBytes } from "./xml-bytes.js";
import { CellType, cellTypeOf, type CellTypeCode } from "./cell-type.js";
import { characterData } from "./xml/tree.js";

/**
 * Reads the rows and cells of a worksheet part straight from its bytes, keeping their offsets, so that a patch can copy
 * what it doesn't change. A general XML parser takes about ten times as long on sheet data (bench/files.ts); this one
 * knows only what may stand inside `sheetData`: rows, cells, values, formulas, inline strings, and foreign elements,
 * comments, CDATA and processing instructions to skip.
 */

const SPACE = 0x20;
const QUOTE = 0x22;
const EQUALS = 0x3d;
const AMPERSAND = 0x26;
const RETURN = 0x0d;
const LETTER_R = 0x72;
const LETTER_S = 0x73;
const LETTER_T = 0x74;

const CELL_REFERENCE = new TextEncoder().encode('<c r="');
const VALUE = new TextEncoder().encode("><v>");
const VALUE_END = new TextEncoder().encode("</v></c>");

export class SheetScanner extends XmlBytes {
  /** Prefix of the sheet's own elements, `x` for `<x:row>`; usually empty. */
  readonly prefix: string;
  /** `<sheetData …>` and `</sheetData>`: start and end offsets of the opening tag, and of the closing one. */
  readonly dataStart: number;
  readonly dataOpenEnd: number;
  readonly dataSelfClosing: boolean;
  /** Known once `nextRow` has returned false. */
  dataCloseStart: number;
  dataEnd: number;

  row = 0;
  rowStart = 0;
  rowOpenEnd = 0;
  rowCloseStart = 0;
  /** Known once `nextCell` has returned false. */
  rowEnd = 0;
  rowSelfClosing = false;
  /** Offsets of the row's attribute `spans` with the white space before it; both 0 if it has none. */
  spansStart = 0;
  spansEnd = 0;

  column = 0;
  cellStart = 0;
  cellEnd = 0;
  style = 0;
  type: CellTypeCode = CellType.number;
  hasFormula = false;
  /** Offsets of the raw content of `<v>`, or of `<is>` for an inline string; equal if there is none. */
  valueStart = 0;
  valueEnd = 0;
  /** The value holds an entity, a carriage return, CDATA or a comment and must be decoded. */
  valueEncoded = false;

  private at: number;
  private inRow = false;
  private readonly rowName: Uint8Array;
  private readonly cellName: Uint8Array;
  private readonly valueName: Uint8Array;
  private readonly formulaName: Uint8Array;
  private readonly inlineName: Uint8Array;
  private readonly dataName: Uint8Array;

  /** Throws `WorkbookError` malformed-xml if the part has no sheet data. */
  constructor(bytes: Uint8Array, part: string) {
    super(bytes, part);
    const found = this.findSheetData();
    this.prefix = found.prefix;
    this.dataStart = found.start;
    const lead = found.prefix === "" ? "" : `${found.prefix}:`;
    const name = (local: string): Uint8Array => new TextEncoder().encode(lead + local);
    this.rowName = name("row");
    this.cellName = name("c");
    this.valueName = name("v");
    this.formulaName = name("f");
    this.inlineName = name("is");
    this.dataName = name("sheetData");
    const end = this.tagEnd(found.start);
    this.dataOpenEnd = end;
    this.dataSelfClosing = bytes[end - 2] === SLASH;
    this.dataCloseStart = this.dataSelfClosing ? end : -1;
    this.dataEnd = this.dataSelfClosing ? end : -1;
    this.at = end;
  }

  /** Moves to the next row; false at the end of the sheet data. Cells of the row before are skipped if not read. */
  nextRow(): boolean {
    if (this.dataSelfClosing) return false;
    while (this.inRow) this.nextCell();
    const start = this.nextTag(this.rowName, this.dataName);
    if (start < 0) {
      this.dataCloseStart = ~start;
      this.dataEnd = this.tagEnd(~start);
      return false;
    }
    const before = this.row;
    this.row = before + 1;
    this.rowStart = start;
    this.spansStart = this.spansEnd = 0;
    this.column = 0;
    this.readAttributes(start + 1 + this.rowName.length, false);
    if (this.row <= before) this.fail(start, `row ${this.row} after row ${before}`);
    this.rowOpenEnd = this.at;
    this.rowSelfClosing = this.bytes[this.at - 2] === SLASH;
    this.rowCloseStart = this.rowEnd = this.at;
    this.inRow = !this.rowSelfClosing;
    return true;
  }

  /** Goes back to a row seen before, by the offset of its tag; `nextRow` then moves onto it. */
  seek(row: number, rowStart: number): void {
    this.row = row - 1;
    this.at = rowStart;
    this.inRow = false;
  }

  /** Moves to the next cell of the row; false at its end. */
  nextCell(): boolean {
    if (!this.inRow) return false;
    if (this.plainCell()) return true;
    const start = this.nextTag(this.cellName, this.rowName);
    if (start < 0) {
      this.rowCloseStart = ~start;
      this.at = this.rowEnd = this.tagEnd(~start);
      this.inRow = false;
      return false;
    }
    const before = this.column;
    this.column = before + 1;
    this.cellStart = start;
    this.style = 0;
    this.type = CellType.number;
    this.hasFormula = false;
    this.valueEncoded = false;
    this.readAttributes(start + 1 + this.cellName.length, true);
    if (this.column <= before) this.fail(start, `cells of row ${this.row} out of order`);
    this.valueStart = this.valueEnd = this.at;
    if (this.bytes[this.at - 2] !== SLASH) this.readContent();
    this.cellEnd = this.at;
    return true;
  }

  /**
   * Moves to the next cell if it stands right here in the form that Excel and most libraries give nearly all cells,
   * `<c r="AB12" s="3" t="s"><v>48</v></c>` without anything else; false, and nothing has moved, for any other form, and
   * for anything that looks wrong. It saves half the time of a sheet.
   */
  private plainCell(): boolean {
    const { bytes } = this;
    const start = this.at;
    for (let i = 0; i < CELL_REFERENCE.length; i++) if (bytes[start + i] !== CELL_REFERENCE[i]) return false;
    let at = start + CELL_REFERENCE.length;
    let column = 0;
    for (; bytes[at]! >= 0x41 && bytes[at]! <= 0x5a; at++) column = column * 26 + bytes[at]! - 64;
    let row = 0;
    for (; isDigit(bytes[at]); at++) row = row * 10 + bytes[at]! - 48;
    if (column <= this.column || row !== this.row || bytes[at] !== QUOTE) return false;
    at++;
    let style = 0;
    if (bytes[at] === SPACE && bytes[at + 1] === LETTER_S && bytes[at + 2] === EQUALS && bytes[at + 3] === QUOTE) {
      for (at += 4; isDigit(bytes[at]); at++) style = style * 10 + bytes[at]! - 48;
      if (bytes[at] !== QUOTE) return false;
      at++;
    }
    let type: CellTypeCode = CellType.number;
    if (bytes[at] === SPACE && bytes[at + 1] === LETTER_T && bytes[at + 2] === EQUALS && bytes[at + 3] === QUOTE) {
      if (bytes[at + 4] !== LETTER_S || bytes[at + 5] !== QUOTE) return false;
      type = CellType.sharedString;
      at += 6;
    }
    let valueStart = at + 2;
    let valueEnd = valueStart;
    if (bytes[at] === GT) {
      for (let i = 1; i < VALUE.length; i++) if (bytes[at + i] !== VALUE[i]) return false;
      valueStart = valueEnd = at + VALUE.length;
      while (isNumeral(bytes[valueEnd])) valueEnd++;
      for (let i = 0; i < VALUE_END.length; i++) if (bytes[valueEnd + i] !== VALUE_END[i]) return false;
      at = valueEnd + VALUE_END.length;
    } else if (bytes[at] === SLASH && bytes[at + 1] === GT) at += 2;
    else return false;
    this.cellStart = start;
    this.column = column;
    this.style = style;
    this.type = type;
    this.hasFormula = false;
    this.valueEncoded = false;
    this.valueStart = valueStart;
    this.valueEnd = valueEnd;
    this.cellEnd = this.at = at;
    return true;
  }

  /** The raw value, entities undone. Of an inline string this is its markup. */
  rawValue(): string {
    return decodeBytes(this.bytes, this.valueStart, this.valueEnd);
  }

  /** The value as text: of a number its digits as written. Not for inline strings, whose value is markup. */
  textValue(): string {
    const raw = this.rawValue();
    return this.valueEncoded ? characterData(raw) : raw;
  }

  /** The value as a whole number from its digits, e.g. an index into the shared strings; NaN if it is none. */
  integerValue(): number {
    const known = this.valueEncoded ? undefined : integerOf(this.bytes, this.valueStart, this.valueEnd);
    return known ?? Number(this.textValue() || NaN);
  }

  /** The value as the nearest double; NaN if it is none. */
  numberValue(): number {
    return numberOf(this.bytes, this.valueStart, this.valueEnd) ?? Number(this.textValue().trim() || NaN);
  }

  private readContent(): void {
    for (;;) {
      const start = this.nextTag(undefined, this.cellName);
      if (start < 0) {
        this.at = this.tagEnd(~start);
        return;
      }
      if (this.nameIs(start + 1, this.valueName) || this.nameIs(start + 1, this.inlineName)) {
        const name = this.nameIs(start + 1, this.valueName) ? this.valueName : this.inlineName;
        const open = this.tagEnd(start);
        this.at = open;
        if (this.bytes[open - 2] === SLASH) continue;
        const close = this.closingTag(open, name);
        // An inline string counts only in a cell that says so, and a plain value only in one that doesn't.
        if ((name === this.inlineName) === (this.type === CellType.inline)) {
          this.valueStart = open;
          this.valueEnd = close;
        }
        this.at = this.tagEnd(close);
      } else {
        if (this.nameIs(start + 1, this.formulaName)) this.hasFormula = true;
        this.at = this.skipElement(start);
      }
    }
  }

  /** Offset of `</name`; notes whether the content before it needs decoding. */
  private closingTag(from: number, name: Uint8Array): number {
    const bytes = this.bytes;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === AMPERSAND || byte === RETURN) this.valueEncoded = true;
      else if (byte === LT) {
        if (bytes[i + 1] === SLASH && this.nameIs(i + 2, name)) return i;
        if (bytes[i + 1] === BANG || bytes[i + 1] === QUESTION) {
          this.valueEncoded = true;
          i = this.skipMisc(i) - 1;
        } else if (name === this.valueName) this.fail(i, "element inside a value");
      }
    }
    return this.fail(from, "value is not closed");
  }

  /**
   * The next opening tag of this name (any name if undefined), skipping foreign elements; or the closing tag of
   * `parent`, as the complement of its offset.
   */
  private nextTag(name: Uint8Array | undefined, parent: Uint8Array): number {
    const bytes = this.bytes;
    let i = this.at;
    for (;;) {
      while (i < bytes.length && bytes[i] !== LT) i++;
      if (i >= bytes.length) this.fail(i, "unexpected end");
      const next = bytes[i + 1];
      if (next === SLASH) {
        if (!this.nameIs(i + 2, parent)) this.fail(i, "unexpected closing tag");
        return ~i;
      }
      if (next === BANG || next === QUESTION) i = this.skipMisc(i);
      else if (name === undefined || this.nameIs(i + 1, name)) return i;
      else i = this.skipElement(i);
    }
  }

  /** Reads attributes up to the end of the tag, keeping r, s and t, and leaves `at` after the `>`. */
  private readAttributes(from: number, cell: boolean): void {
    const bytes = this.bytes;
    const length = bytes.length;
    let i = from;
    for (;;) {
      const before = i;
      while (isSpace(bytes[i])) i++;
      const first = bytes[i];
      if (first === GT) break;
      if (first === SLASH && bytes[i + 1] === GT) {
        i++;
        break;
      }
      const nameStart = i;
      while (i < length && bytes[i] !== EQUALS && !isSpace(bytes[i])) i++;
      const nameLength = i - nameStart;
      while (isSpace(bytes[i])) i++;
      if (bytes[i] !== EQUALS) this.fail(i, "bad attribute");
      i++;
      while (isSpace(bytes[i])) i++;
      const quote = bytes[i];
      if (quote !== 0x22 && quote !== 0x27) this.fail(i, "attribute without quotes");
      const start = ++i;
      while (i < length && bytes[i] !== quote) i++;
      if (i >= length) this.fail(start, "attribute without end");
      if (nameLength === 1) {
        if (first === LETTER_R) this.readReference(start, i, cell);
        else if (first === LETTER_S && cell) this.style = this.digits(start, i);
        else if (first === LETTER_T && cell) this.readType(start, i);
      } else if (nameLength === 5 && first === LETTER_S && !cell) {
        this.spansStart = before;
        this.spansEnd = i + 1;
      }
      i++;
    }
    this.at = i + 1;
  }

  private readType(from: number, to: number): void {
    if (to === from + 1 && this.bytes[from] === LETTER_S) {
      this.type = CellType.sharedString;
      return;
    }
    const type = cellTypeOf(decodeBytes(this.bytes, from, to));
    if (type === undefined) this.fail(from, "unknown cell type");
    else this.type = type;
  }

  /** `AB12` of a cell (only its column counts: the row is that of its element) or `12` of a row. */
  private readReference(from: number, to: number, cell: boolean): void {
    let i = from;
    if (cell) {
      let column = 0;
      for (; i < to; i++) {
        const letter = (this.bytes[i]! & 0xdf) - 64;
        if (letter < 1 || letter > 26) break;
        column = column * 26 + letter;
      }
      if (i === from) this.fail(from, "bad cell reference");
      this.column = column;
      if (this.digits(i, to) !== this.row) this.fail(from, `cell of another row in row ${this.row}`);
    } else this.row = this.digits(i, to);
  }

  private digits(from: number, to: number): number {
    let n = 0;
    for (let i = from; i < to; i++) {
      const digit = this.bytes[i]! - 48;
      if (digit < 0 || digit > 9) this.fail(from, "not a whole number");
      n = n * 10 + digit;
    }
    return n;
  }

  private findSheetData(): { start: number; prefix: string } {
    const bytes = this.bytes;
    for (let i = bytes.indexOf(LT); i >= 0; i = bytes.indexOf(LT, i)) {
      if (bytes[i + 1] === BANG || bytes[i + 1] === QUESTION) {
        i = this.skipMisc(i);
        continue;
      }
      const name = /^[^\s/>]*/.exec(decodeBytes(bytes, i + 1, Math.min(bytes.length, i + 80)))![0];
      if (name === "sheetData") return { start: i, prefix: "" };
      if (name.endsWith(":sheetData")) return { start: i, prefix: name.slice(0, -10) };
      i = this.tagEnd(i);
    }
    return this.fail(0, "no sheetData");
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte! >= 0x30 && byte! <= 0x39;
}

/** Whatever a number or an index is written with: digits, sign, point, exponent. */
function isNumeral(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 0x2e || byte === 0x2d || byte === 0x2b || byte === 0x45 || byte === 0x65;
}
