import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { portableCodec, type Codec } from "../../src/ooxml/codec.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";

const CODECS: Record<string, Codec> = { portable: portableCodec, "node:zlib": nodeCodec };

/** Text-like bytes that repeat at a distance, so that chunks have something to look back to. */
function sample(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => ((i % 31_000) * 7 + ((i >> 9) % 3)) & 0xff);
}

function deflate(codec: Codec, bytes: Uint8Array, chunk: number): Uint8Array {
  const out: Uint8Array[] = [];
  const push = codec.deflater((piece) => out.push(piece.slice()));
  for (let at = 0; at + chunk < bytes.length; at += chunk) push(bytes.slice(at, at + chunk), false);
  push(bytes.slice(Math.floor(Math.max(0, bytes.length - 1) / chunk) * chunk), true);
  return new Uint8Array(Buffer.concat(out));
}

describe.each(Object.keys(CODECS))("the %s codec", (name) => {
  const codec = CODECS[name]!;
  const other = codec === nodeCodec ? portableCodec : nodeCodec;

  it("makes one stream of any chunks, which the other codec reads", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 1000, max: 70_000 }), (length, chunk) => {
        const bytes = sample(length);
        expect(Buffer.from(other.inflate(deflate(codec, bytes, chunk), length)).equals(bytes)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("looks back over the border of chunks, so that chunking costs next to nothing", () => {
    const bytes = sample(400_000);
    expect(deflate(codec, bytes, 50_000).length).toBeLessThan(deflate(codec, bytes, 400_000).length * 1.1);
  });

  it("sums up in pieces to the checksum of the whole", () => {
    const bytes = new TextEncoder().encode("123456789");
    // The check value that the CRC catalogue gives for CRC-32/ISO-HDLC.
    expect(codec.crc32(bytes, 0)).toBe(0xcbf43926);
    expect(codec.crc32(bytes.subarray(4), codec.crc32(bytes.subarray(0, 4), 0))).toBe(0xcbf43926);
    expect(codec.crc32(sample(1003), 0)).toBe(other.crc32(sample(1003), 0));
  });
});
