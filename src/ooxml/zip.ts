import { WorkbookError } from "./workbook-error.js";

/**
 * Just enough of the ZIP format (PKWARE APPNOTE 6.3) to carry entries over without touching their compressed bytes.
 * The central directory is what counts on reading, so data descriptors and sizes left out of local headers don't matter.
 */
export interface ZipEntry {
  /** As stored, e.g. `xl/workbook.xml`. */
  readonly name: string;
  readonly nameBytes: Uint8Array;
  /** 0 stored, 8 deflate. */
  readonly method: number;
  /** General purpose flags: bit 0 encrypted, bit 3 sizes in a data descriptor, bit 11 name in UTF-8. */
  readonly flags: number;
  /** DOS time and date as one 32-bit number. */
  readonly modified: number;
  readonly crc: number;
  /** Length uncompressed. */
  readonly size: number;
  /** Compressed bytes, in chunks. */
  readonly chunks: readonly Uint8Array[];
  readonly externalAttributes: number;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const UTF8_NAME = 0x0800;
const DESCRIPTOR = 0x0008;
/** 1980-01-01 00:00, the epoch of DOS time: new parts get it so that equal input gives equal bytes. */
export const DOS_EPOCH = 0x00210000;
const LIMIT32 = 0xffffffff;
const LIMIT16 = 0xffff;

export function isZip(bytes: Uint8Array): boolean {
  return findEnd(bytes) !== undefined;
}

/** The entries in the order of the central directory. Throws `WorkbookError` damaged-zip or not-a-workbook. */
export function readZip(bytes: Uint8Array): ZipEntry[] {
  const end = findEnd(bytes);
  if (end === undefined) throw new WorkbookError("not-a-workbook");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readDirectory(bytes, view, end);
  } catch (error) {
    if (error instanceof RangeError) throw new WorkbookError("damaged-zip", { part: "zip" });
    throw error;
  }
}

function findEnd(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - LIMIT16); at--)
    if (view.getUint32(at, true) === END && at + 22 + view.getUint16(at + 20, true) <= bytes.length) return at;
  return undefined;
}

function readDirectory(bytes: Uint8Array, view: DataView, end: number): ZipEntry[] {
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let offset = view.getUint32(end + 16, true);
  let directoryEnd = end;
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === END64_LOCATOR) {
    // The offset in the locator is wrong when something was put before the archive; then the record is right before it.
    const declared = Number(view.getBigUint64(locator + 8, true));
    const end64 = declared + 4 <= bytes.length && view.getUint32(declared, true) === END64 ? declared : locator - 56;
    if (view.getUint32(end64, true) !== END64) throw new WorkbookError("damaged-zip", { part: "zip" });
    count = Number(view.getBigUint64(end64 + 32, true));
    size = Number(view.getBigUint64(end64 + 40, true));
    offset = Number(view.getBigUint64(end64 + 48, true));
    directoryEnd = end64;
  }
  // Bytes put before the archive (self-extractors, mail gateways) shift every offset by the same amount.
  const shift = Math.max(0, directoryEnd - size - offset);
  const entries: ZipEntry[] = [];
  let at = offset + shift;
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new WorkbookError("damaged-zip", { part: "zip" });
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const nameBytes = slice(bytes, at + 46, nameLength);
    const flags = view.getUint16(at + 8, true);
    const name = decodeName(nameBytes);
    const wide = zip64Sizes(view, at, at + 46 + nameLength, extraLength);
    const local = wide.offset + shift;
    if (view.getUint32(local, true) !== LOCAL) throw new WorkbookError("damaged-zip", { part: name });
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    entries.push({
      name,
      nameBytes,
      method: view.getUint16(at + 10, true),
      flags,
      modified: view.getUint32(at + 12, true),
      crc: view.getUint32(at + 16, true),
      size: wide.size,
      chunks: [slice(bytes, start, wide.compressed, name)],
      externalAttributes: view.getUint32(at + 38, true),
    });
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  refuseOverlaps(entries, bytes);
  return entries;
}

/** Entries that share bytes unpack to many times what they take: no program writes them, and zip bombs are made of them. */
function refuseOverlaps(entries: readonly ZipEntry[], { byteOffset }: Uint8Array): void {
  const spans = entries.map(({ name, nameBytes, chunks }) => {
    const [data] = chunks;
    const start = data!.byteOffset - byteOffset;
    return { name, start: start - nameBytes.length - 30, end: start + data!.length };
  });
  spans.sort((a, b) => a.start - b.start);
  for (let i = 1; i < spans.length; i++)
    if (spans[i]!.start < spans[i - 1]!.end) throw new WorkbookError("damaged-zip", { part: spans[i]!.name });
}

function slice(bytes: Uint8Array, start: number, length: number, part = "zip"): Uint8Array {
  if (start + length > bytes.length) throw new WorkbookError("damaged-zip", { part });
  return bytes.subarray(start, start + length);
}

const utf8 = new TextDecoder();

/** Part names are ASCII by the packaging standard; names that are not are only carried over, so UTF-8 is good enough. */
function decodeName(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/** Sizes and offset of a central header, from its zip64 extra field (0x0001) where the 32-bit fields are all ones. */
function zip64Sizes(view: DataView, header: number, extra: number, extraLength: number) {
  let size = view.getUint32(header + 24, true);
  let compressed = view.getUint32(header + 20, true);
  let offset = view.getUint32(header + 42, true);
  for (let at = extra; at + 4 <= extra + extraLength;) {
    const id = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    if (id === 1) {
      let field = at + 4;
      const next = (): number => {
        field += 8;
        return Number(view.getBigUint64(field - 8, true));
      };
      if (size === LIMIT32) size = next();
      if (compressed === LIMIT32) compressed = next();
      if (offset === LIMIT32) offset = next();
    }
    at += 4 + length;
  }
  return { size, compressed, offset };
}

/** One archive of the entries in the given order. Throws `WorkbookError` too-large beyond 4 GB or 65,535 entries. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  const compressedSizes = entries.map((entry) => entry.chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let total = 22;
  entries.forEach((entry, i) => (total += 76 + 2 * entry.nameBytes.length + compressedSizes[i]!));
  if (total >= LIMIT32 || entries.length >= LIMIT16 || entries.some((entry) => entry.size >= LIMIT32))
    throw new WorkbookError("too-large");

  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  const offsets: number[] = [];
  let at = 0;
  // Both headers hold these eight fields in the same order.
  const common = (entry: ZipEntry, i: number): void => {
    view.setUint16(at, entry.method === 0 ? 10 : 20, true);
    view.setUint16(at + 2, (entry.flags & ~DESCRIPTOR) | (isAscii(entry.nameBytes) ? 0 : UTF8_NAME), true);
    view.setUint16(at + 4, entry.method, true);
    view.setUint32(at + 6, entry.modified, true);
    view.setUint32(at + 10, entry.crc, true);
    view.setUint32(at + 14, compressedSizes[i]!, true);
    view.setUint32(at + 18, entry.size, true);
    view.setUint16(at + 22, entry.nameBytes.length, true);
    at += 24;
  };
  entries.forEach((entry, i) => {
    offsets.push(at);
    view.setUint32(at, LOCAL, true);
    at += 4;
    common(entry, i);
    at += 2;
    out.set(entry.nameBytes, at);
    at += entry.nameBytes.length;
    for (const chunk of entry.chunks) {
      out.set(chunk, at);
      at += chunk.length;
    }
  });
  const directory = at;
  entries.forEach((entry, i) => {
    view.setUint32(at, CENTRAL, true);
    view.setUint16(at + 4, 20, true);
    at += 6;
    common(entry, i);
    view.setUint32(at + 8, entry.externalAttributes, true);
    view.setUint32(at + 12, offsets[i]!, true);
    at += 16;
    out.set(entry.nameBytes, at);
    at += entry.nameBytes.length;
  });
  view.setUint32(at, END, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return out;
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}
