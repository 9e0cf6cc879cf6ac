import { deflateSync, inflateSync } from "node:zlib";

/** PNG files (W3C PNG specification, third edition) of one kind: 8-bit RGBA, not interlaced, rows unfiltered. */

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, row by row from the top. */
  readonly rgba: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const RGBA = 6;
const HEADER_BYTES = 13;

export function encodePng({ width, height, rgba }: Picture): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, RGBA, 0, 0, 0], 8);
  const lines = Buffer.alloc(height * (1 + width * 4));
  for (let y = 0; y < height; y++) {
    lines.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), y * (1 + width * 4) + 1);
  }
  const data = deflateSync(lines, { level: 9 });
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** The picture of a file that `encodePng` wrote. Throws an Error for any other. */
export function decodePng(file: Uint8Array): Picture {
  const { width, height } = pngSize(file);
  const view = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (view[24] !== 8 || view[25] !== RGBA || view[28] !== 0) throw new Error("not an 8-bit RGBA picture");
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < view.length;) {
    const length = view.readUInt32BE(at);
    if (view.toString("latin1", at + 4, at + 8) === "IDAT") data.push(view.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const lines = inflateSync(Buffer.concat(data));
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const start = y * (1 + width * 4);
    if (lines[start] !== 0) throw new Error("filtered rows");
    rgba.set(lines.subarray(start + 1, start + 1 + width * 4), y * width * 4);
  }
  return { width, height, rgba };
}

/** Width and height in pixels, from the header of any PNG file. Throws an Error if it is none. */
export function pngSize(file: Uint8Array): { readonly width: number; readonly height: number } {
  const view = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const isPng = SIGNATURE.every((byte, i) => view[i] === byte) && view.toString("latin1", 12, 16) === "IHDR";
  if (!isPng) throw new Error("not a PNG file");
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** CRC-32 as the PNG specification has it (annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
