import { decodeText } from "./package.js";
import { WorkbookError } from "./workbook-error.js";

/** Tags of an XML part found in its bytes, without building anything: what the scanner of sheets rests on. */

export const LT = 0x3c;
export const GT = 0x3e;
export const SLASH = 0x2f;
export const BANG = 0x21;
export const QUESTION = 0x3f;

export class XmlBytes {
  constructor(
    readonly bytes: Uint8Array,
    readonly part: string,
  ) {}

  protected nameIs(at: number, name: Uint8Array): boolean {
    const bytes = this.bytes;
    for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false;
    const after = bytes[at + name.length];
    return after === GT || after === SLASH || isSpace(after);
  }

  /** The offset just after the tag that begins at `from`; a `>` inside quotes doesn't end it. */
  protected tagEnd(from: number): number {
    const bytes = this.bytes;
    let quote = 0;
    for (let i = from; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === 0x22 || byte === 0x27) quote = byte;
      else if (byte === GT) return i + 1;
    }
    return this.fail(from, "tag is not closed");
  }

  /** The offset just after the whole element that begins at `from`. */
  protected skipElement(from: number): number {
    const bytes = this.bytes;
    let depth = 0;
    let i = from;
    for (;;) {
      if (bytes[i + 1] === BANG || bytes[i + 1] === QUESTION) i = this.skipMisc(i);
      else {
        const end = this.tagEnd(i);
        if (bytes[i + 1] === SLASH) depth--;
        else if (bytes[end - 2] !== SLASH) depth++;
        i = end;
      }
      if (depth === 0) return i;
      while (i < bytes.length && bytes[i] !== LT) i++;
      if (i >= bytes.length) this.fail(from, "element is not closed");
    }
  }

  /** The offset just after a comment, CDATA section or processing instruction. */
  protected skipMisc(from: number): number {
    const bytes = this.bytes;
    const [b1, b2, b3] =
      bytes[from + 1] === QUESTION ? [0, QUESTION, GT] : bytes[from + 2] === 0x5b ? [0x5d, 0x5d, GT] : [0x2d, 0x2d, GT];
    if (bytes[from + 1] === BANG && bytes[from + 2] !== 0x5b && bytes[from + 2] !== 0x2d)
      this.fail(from, "document type declaration");
    for (let i = from + 2; i < bytes.length; i++)
      if (bytes[i] === b3 && bytes[i - 1] === b2 && (b1 === 0 || (bytes[i - 2] === b1 && i > from + 5))) return i + 1;
    return this.fail(from, "not closed");
  }

  protected fail(offset: number, reason: string): never {
    throw new WorkbookError("malformed-xml", { part: this.part, offset, reason });
  }
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** A piece of UTF-8 as text. Short ASCII, the usual case in sheet data, needs no decoder. */
export function decodeBytes(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 24) return decodeText(bytes.subarray(start, end));
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) return decodeText(bytes.subarray(start, end));
  let i = start;
  let text = "";
  for (; i + 6 <= end; i += 6)
    text += String.fromCharCode(bytes[i]!, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!, bytes[i + 4]!, bytes[i + 5]!);
  for (; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}
