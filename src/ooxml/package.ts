import type { Codec } from "./codec.js";
import { WorkbookError } from "./workbook-error.js";
import { parseXml, type XmlDocument } from "./xml/tree.js";
import { DOS_EPOCH, isZip, readZip, writeZip, type ZipEntry } from "./zip.js";

/** Where a part's new bytes come from: a whole text, or a producer that emits chunks in order. */
export type PartContent = string | ((emit: (chunk: Uint8Array) => void) => void);

const ENCRYPTED = 1;
const OLE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Chunks are compressed one by one; large enough that the compressor's start-up doesn't count. */
const CHUNK = 1 << 20;

/** Bytes of a part uncompressed: a ledger of a million rows takes a fraction of it, and more would not fit in memory. */
const MOST_PART = 384 * 1024 * 1024;

const encoder = new TextEncoder();

/** An OPC package (ECMA-376 part 2) opened for reading. Part names are absolute without the leading slash and matched ASCII-case-insensitively. */
export class Package {
  readonly entries: readonly ZipEntry[];
  private readonly byName = new Map<string, ZipEntry>();
  private readonly documents = new Map<string, XmlDocument>();
  /** The part inflated last: a sheet is first searched for headers, then read. */
  private latest: { readonly entry: ZipEntry; readonly bytes: Uint8Array } | undefined;

  /** Throws `WorkbookError` for anything that is not a readable zip archive. */
  constructor(
    bytes: Uint8Array,
    readonly codec: Codec,
  ) {
    // A Node Buffer's `subarray` is slower, and its `slice` is no copy.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    rejectOtherFormats(plain);
    this.entries = readZip(plain);
    for (const entry of this.entries) {
      if (entry.flags & ENCRYPTED) throw new WorkbookError("password-protected");
      const key = partKey(entry.name);
      if (!this.byName.has(key)) this.byName.set(key, entry);
    }
  }

  has(part: string): boolean {
    return this.byName.has(partKey(part));
  }

  /** The part's name as the archive spells it. */
  entry(part: string): ZipEntry | undefined {
    return this.byName.get(partKey(part));
  }

  /** The part uncompressed and, if it is XML in another encoding, as UTF-8. Throws missing-part or damaged-zip. */
  bytes(part: string): Uint8Array {
    const entry = this.byName.get(partKey(part));
    if (!entry) throw new WorkbookError("missing-part", { part });
    if (this.latest?.entry !== entry) {
      const bytes = toUtf8(this.inflate(entry), entry.name);
      if (/\.(?:xml|rels)$/i.test(entry.name) && !this.codec.isUtf8(bytes))
        throw new WorkbookError("malformed-xml", { part: entry.name, offset: 0, reason: "not UTF-8" });
      this.latest = { entry, bytes };
    }
    return this.latest.bytes;
  }

  text(part: string): string {
    return decodeText(this.bytes(part));
  }

  /** A small XML part parsed; kept, since several modules look at the same parts. */
  xml(part: string): XmlDocument {
    const key = partKey(part);
    let document = this.documents.get(key);
    if (!document) {
      document = parseXml(this.text(part), part);
      this.documents.set(key, document);
    }
    return document;
  }

  private inflate(entry: ZipEntry): Uint8Array {
    const data = entry.chunks[0]!;
    if (entry.method !== 0 && entry.method !== 8)
      throw new WorkbookError("unsupported-compression", { part: entry.name, method: entry.method });
    // DEFLATE can't shrink by more than 1032 to 1; a size beyond that is a trap for whoever allocates it.
    if (entry.size > data.length * 1032 + 64) throw new WorkbookError("damaged-zip", { part: entry.name });
    if (entry.size > MOST_PART) throw new WorkbookError("too-much", { part: entry.name, most: MOST_PART });
    let bytes: Uint8Array;
    try {
      bytes = entry.method === 0 ? data : this.codec.inflate(data, entry.size);
    } catch {
      throw new WorkbookError("damaged-zip", { part: entry.name });
    }
    if (bytes.length !== entry.size || this.codec.crc32(bytes, 0) !== entry.crc)
      throw new WorkbookError("damaged-zip", { part: entry.name });
    return bytes;
  }
}

/** Changes to a package, collected part by part; `finish` gives the new archive. */
export class PackageDraft {
  private readonly texts = new Map<string, string>();
  private readonly compressed = new Map<string, ZipEntry>();
  private readonly added: string[] = [];
  private readonly removed = new Set<string>();

  constructor(readonly base: Package) {}

  has(part: string): boolean {
    const key = partKey(part);
    return !this.removed.has(key) && (this.base.has(part) || this.texts.has(key) || this.compressed.has(key));
  }

  /** The part as it stands with the changes so far. */
  text(part: string): string {
    return this.texts.get(partKey(part)) ?? this.base.text(part);
  }

  xml(part: string): XmlDocument {
    const changed = this.texts.get(partKey(part));
    return changed === undefined ? this.base.xml(part) : parseXml(changed, part);
  }

  /** Replaces a part, or adds it at the end of the archive. A producer is run and compressed at once. */
  set(part: string, content: PartContent): void {
    const key = partKey(part);
    this.removed.delete(key);
    if (!this.base.has(part) && !this.added.some((name) => partKey(name) === key)) this.added.push(part);
    if (typeof content === "string") {
      this.texts.set(key, content);
      this.compressed.delete(key);
    } else {
      this.compressed.set(key, this.compress(part, content));
      this.texts.delete(key);
    }
  }

  remove(part: string): void {
    this.removed.add(partKey(part));
  }

  /** Every part that was set says what it said before, and none is new or gone. */
  get unchanged(): boolean {
    return (
      this.removed.size === 0 &&
      this.added.length === 0 &&
      this.compressed.size === 0 &&
      [...this.texts].every(([part, text]) => this.base.text(part) === text)
    );
  }

  /** The new archive: untouched entries with their compressed bytes, in the old order; new parts after them. */
  finish(): Uint8Array {
    const result: ZipEntry[] = [];
    for (const entry of this.base.entries) {
      const key = partKey(entry.name);
      if (this.removed.has(key)) continue;
      result.push(this.base.entry(entry.name) === entry ? (this.built(entry.name) ?? entry) : entry);
    }
    for (const part of this.added) result.push(this.built(part)!);
    return writeZip(result);
  }

  private built(part: string): ZipEntry | undefined {
    const key = partKey(part);
    const text = this.texts.get(key);
    if (text === undefined) return this.compressed.get(key);
    return this.compress(part, (emit) => {
      emit(encoder.encode(text));
    });
  }

  private compress(part: string, produce: (emit: (chunk: Uint8Array) => void) => void): ZipEntry {
    const old = this.base.entry(part);
    const chunks: Uint8Array[] = [];
    const deflate = this.base.codec.deflater((chunk) => chunks.push(chunk));
    let crc = 0;
    let size = 0;
    const write = (chunk: Uint8Array, final: boolean): void => {
      crc = this.base.codec.crc32(chunk, crc);
      size += chunk.length;
      deflate(chunk, final);
    };
    const pending = new Uint8Array(CHUNK);
    let used = 0;
    produce((chunk) => {
      for (let at = 0; at < chunk.length;) {
        const take = Math.min(CHUNK - used, chunk.length - at);
        pending.set(chunk.subarray(at, at + take), used);
        used += take;
        at += take;
        if (used === CHUNK) {
          // A copy: a compressor may keep what it is handed.
          write(pending.slice(), false);
          used = 0;
        }
      }
    });
    write(pending.subarray(0, used), true);
    return {
      name: part,
      nameBytes: old?.nameBytes ?? encoder.encode(part),
      method: 8,
      flags: 0,
      modified: old?.modified ?? DOS_EPOCH,
      crc,
      size,
      chunks,
      externalAttributes: old?.externalAttributes ?? 0,
    };
  }
}

/** Some producers write back slashes or a leading slash. */
function partKey(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}

function rejectOtherFormats(bytes: Uint8Array): void {
  if (OLE_MAGIC.every((byte, i) => bytes[i] === byte)) {
    if (containsUtf16(bytes, "EncryptedPackage")) throw new WorkbookError("password-protected");
    throw new WorkbookError(
      containsUtf16(bytes, "Workbook") || containsUtf16(bytes, "Book") ? "old-xls" : "not-a-workbook",
    );
  }
  if (!isZip(bytes)) {
    // A zip that lost its end still begins like one.
    const cut = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
    throw cut ? new WorkbookError("damaged-zip", { part: "zip" }) : new WorkbookError("not-a-workbook");
  }
}

/** Directory entries of OLE containers are named in UTF-16LE. */
function containsUtf16(bytes: Uint8Array, text: string): boolean {
  const needle = Array.from(text, (c) => [c.charCodeAt(0), 0]).flat();
  for (let at = bytes.indexOf(needle[0]!); at >= 0; at = bytes.indexOf(needle[0]!, at + 1))
    if (needle.every((byte, i) => bytes[at + i] === byte)) return true;
  return false;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** UTF-8 to text, a byte order mark kept so that offsets and bytes agree. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** XML in UTF-16, or in whatever its declaration names, becomes UTF-8; most parts are UTF-8 and pass through. */
function toUtf8(bytes: Uint8Array, part: string): Uint8Array {
  let encoding: string | undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) encoding = "utf-16le";
  else if (bytes[0] === 0xfe && bytes[1] === 0xff) encoding = "utf-16be";
  else if (bytes[0] === 0x3c && bytes[1] === 0) encoding = "utf-16le";
  else if (bytes[0] === 0 && bytes[1] === 0x3c) encoding = "utf-16be";
  else {
    const head = String.fromCharCode(...bytes.subarray(0, 120));
    encoding = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1]?.toLowerCase();
    if (encoding === undefined || encoding === "utf-8" || encoding === "utf8" || encoding === "us-ascii") return bytes;
  }
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new WorkbookError("malformed-xml", { part, offset: 0, reason: `encoding ${encoding}` });
  }
  return encoder.encode(text.replace(/^(<\?xml[^>]*?\sencoding\s*=\s*["'])[\w.:-]+/, "$1UTF-8"));
}
