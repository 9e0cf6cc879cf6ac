import { SheetScanner } from "./sheet-scanner.js";
import { decodeText } from "./package.js";
import { parseXml, type XmlDocument } from "./xml/tree.js";

/** Where each row of a worksheet stands in its bytes, and everything around the rows as a small document. */
export interface SheetIndex {
  readonly part: string;
  readonly bytes: Uint8Array;
  readonly prefix: string;
  readonly dataStart: number;
  readonly dataOpenEnd: number;
  readonly dataCloseStart: number;
  readonly dataEnd: number;
  readonly dataSelfClosing: boolean;
  readonly rows: RowIndex;
  /** Any cell of the sheet holds a formula. */
  readonly hasFormulas: boolean;
}

/** Offsets of rows in document order, which is ascending by row number. */
export class RowIndex {
  count = 0;
  private capacity = 1024;
  number = new Int32Array(this.capacity);
  start = new Int32Array(this.capacity);
  openEnd = new Int32Array(this.capacity);
  closeStart = new Int32Array(this.capacity);
  end = new Int32Array(this.capacity);
  /** Just after the last cell; a row may hold extensions between it and its end. */
  cellsEnd = new Int32Array(this.capacity);
  /** The attribute `spans`, as in the scanner. */
  spansStart = new Int32Array(this.capacity);
  spansEnd = new Int32Array(this.capacity);
  /** Column of the last cell, 0 if the row has none. */
  lastColumn = new Int32Array(this.capacity);

  add(scanner: SheetScanner): void {
    if (this.count === this.capacity) this.grow();
    const i = this.count++;
    this.number[i] = scanner.row;
    this.start[i] = scanner.rowStart;
    this.openEnd[i] = scanner.rowOpenEnd;
    this.closeStart[i] = scanner.rowCloseStart;
    this.end[i] = scanner.rowEnd;
    this.cellsEnd[i] = scanner.column === 0 ? scanner.rowOpenEnd : scanner.cellEnd;
    this.spansStart[i] = scanner.spansStart;
    this.spansEnd[i] = scanner.spansEnd;
    this.lastColumn[i] = scanner.column;
  }

  /** Position of a row number; the complement of where it would stand if the sheet has no such row. */
  find(row: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.number[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low < this.count && this.number[low] === row ? low : ~low;
  }

  private grow(): void {
    this.capacity *= 2;
    const wider = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(this.capacity);
      array.set(old);
      return array;
    };
    this.number = wider(this.number);
    this.start = wider(this.start);
    this.openEnd = wider(this.openEnd);
    this.closeStart = wider(this.closeStart);
    this.end = wider(this.end);
    this.cellsEnd = wider(this.cellsEnd);
    this.spansStart = wider(this.spansStart);
    this.spansEnd = wider(this.spansEnd);
    this.lastColumn = wider(this.lastColumn);
  }
}

/** What a reader wants to see of a sheet; it may look at the scanner's fields, never move it. */
export interface SheetVisitor {
  row?(scanner: SheetScanner): void;
  cell?(scanner: SheetScanner): void;
}

/** Walks through all rows and cells once. Throws `WorkbookError` malformed-xml. */
export function indexSheet(bytes: Uint8Array, part: string, visitor: SheetVisitor = {}): SheetIndex {
  const scanner = new SheetScanner(bytes, part);
  const rows = new RowIndex();
  let hasFormulas = false;
  while (scanner.nextRow()) {
    visitor.row?.(scanner);
    while (scanner.nextCell()) {
      if (scanner.hasFormula) hasFormulas = true;
      visitor.cell?.(scanner);
    }
    rows.add(scanner);
  }
  return {
    part,
    bytes,
    prefix: scanner.prefix,
    dataStart: scanner.dataStart,
    dataOpenEnd: scanner.dataOpenEnd,
    dataCloseStart: scanner.dataCloseStart,
    dataEnd: scanner.dataEnd,
    dataSelfClosing: scanner.dataSelfClosing,
    rows,
    hasFormulas,
  };
}

/** Walks through the rows up to `lastRow` only, e.g. in search of headers. */
export function scanTop(bytes: Uint8Array, part: string, lastRow: number, visitor: SheetVisitor): void {
  const scanner = new SheetScanner(bytes, part);
  while (scanner.nextRow() && scanner.row <= lastRow) {
    visitor.row?.(scanner);
    while (scanner.nextCell()) visitor.cell?.(scanner);
  }
}

/**
 * The frame of a sheet whose rows nobody has read yet, its end found from the back. Only for looking: a comment behind
 * the rows could mislead it.
 */
export function peekFrame(bytes: Uint8Array, part: string): SheetFrame {
  const { prefix, dataStart, dataOpenEnd, dataSelfClosing } = new SheetScanner(bytes, part);
  const close = new TextEncoder().encode(`</${prefix === "" ? "" : `${prefix}:`}sheetData`);
  let at = bytes.length;
  do at = bytes.lastIndexOf(close[0]!, at - 1);
  while (at > dataOpenEnd && !close.every((byte, i) => bytes[at + i] === byte));
  const dataEnd = dataSelfClosing ? dataOpenEnd : bytes.indexOf(0x3e, Math.max(at, dataOpenEnd)) + 1;
  return frameOf({ bytes, part, prefix, dataStart, dataEnd });
}

/** A worksheet without its rows: a well-formed document in which `<sheetData/>` marks their place. */
export interface SheetFrame {
  readonly document: XmlDocument;
  /** Offsets of that mark in the document's text. */
  readonly markStart: number;
  readonly markEnd: number;
}

export function frameOf(index: Pick<SheetIndex, "bytes" | "part" | "prefix" | "dataStart" | "dataEnd">): SheetFrame {
  const head = decodeText(index.bytes.subarray(0, index.dataStart));
  const mark = `<${index.prefix === "" ? "" : `${index.prefix}:`}sheetData/>`;
  const tail = decodeText(index.bytes.subarray(index.dataEnd));
  return {
    document: parseXml(head + mark + tail, index.part),
    markStart: head.length,
    markEnd: head.length + mark.length,
  };
}
