import { Deflate, inflateSync } from "fflate";

/**
 * Raw DEFLATE and CRC-32, injectable because Node's own zlib is several times faster than any JavaScript one,
 * while a browser has none that works synchronously.
 */
export interface Codec {
  /** Decompresses `data`; `size` is the length that the archive declares. Throws on damaged data. */
  inflate(data: Uint8Array, size: number): Uint8Array;
  /** A streaming compressor: hand it chunks, the last one with `final`; compressed bytes come out through `emit`. */
  deflater(emit: (compressed: Uint8Array) => void): (chunk: Uint8Array, final: boolean) => void;
  /** CRC-32 of `data` going on from `previous` (0 at the start). */
  crc32(data: Uint8Array, previous: number): number;
  /** Whether bytes are UTF-8. */
  isUtf8(data: Uint8Array): boolean;
}

/** Excel itself saves at a fast level; 2 costs a third of zlib's usual 6 and makes files a fifth larger (bench/files.ts). */
export const COMPRESSION_LEVEL = 2;

/** Four tables, so that four bytes are folded at a time; the polynomial is that of ITU-T V.42. */
const CRC_TABLES: readonly Int32Array[] = crcTables();

function crcTables(): Int32Array[] {
  const first = new Int32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    first[n] = c;
  }
  const tables = [first];
  for (let t = 1; t < 4; t++) {
    const before = tables[t - 1]!;
    tables.push(before.map((c) => first[c & 0xff]! ^ (c >>> 8)));
  }
  return tables;
}

/** CRC-32 in plain JavaScript. */
export function portableCrc32(data: Uint8Array, previous: number): number {
  const [t0, t1, t2, t3] = CRC_TABLES as [Int32Array, Int32Array, Int32Array, Int32Array];
  let c = ~previous;
  let i = 0;
  for (const end = data.length - 3; i < end; i += 4) {
    c ^= data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16) | (data[i + 3]! << 24);
    c = t3[c & 0xff]! ^ t2[(c >>> 8) & 0xff]! ^ t1[(c >>> 16) & 0xff]! ^ t0[c >>> 24]!;
  }
  for (; i < data.length; i++) c = t0[(c ^ data[i]!) & 0xff]! ^ (c >>> 8);
  return ~c >>> 0;
}

/** The codec that runs everywhere. */
export const portableCodec: Codec = {
  inflate: (data, size) => inflateSync(data, { out: new Uint8Array(size) }),
  deflater(emit) {
    const deflate = new Deflate({ level: COMPRESSION_LEVEL }, (chunk) => {
      if (chunk.length > 0) emit(chunk);
    });
    return (chunk, final) => {
      deflate.push(chunk, final);
    };
  },
  crc32: portableCrc32,
  isUtf8(data) {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(data);
      return true;
    } catch {
      return false;
    }
  },
};
