import { isUtf8 } from "node:buffer";
import { constants, crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { COMPRESSION_LEVEL, portableCrc32, type Codec } from "./codec.js";

/** DEFLATE looks back this far; handing it to the next chunk as dictionary makes chunking cost nothing in size. */
const WINDOW = 32_768;

/**
 * Node's zlib behind the `Codec` interface, for the command line. This is the only module of the file ledger that
 * imports Node; nothing else imports it, so a browser bundle never sees it.
 *
 * Node has no synchronous streaming deflate. A chunk that ends on a sync flush is byte-aligned, so chunks compressed
 * one by one form one valid stream.
 */
export const nodeCodec: Codec = {
  isUtf8,
  inflate: (data, size) =>
    plain(inflateRawSync(data, { chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(1, size) })),
  deflater(emit) {
    let window: Uint8Array | undefined;
    return (chunk, final) => {
      emit(
        deflateRawSync(chunk, {
          level: COMPRESSION_LEVEL,
          finishFlush: final ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
          chunkSize: Math.max(1024, chunk.length >> 2),
          ...(window ? { dictionary: window } : {}),
        }),
      );
      window = chunk.length >= WINDOW ? chunk.slice(-WINDOW) : joined(window, chunk);
    };
  },
  // Older Node 20 has no crc32.
  crc32: typeof crc32 === "function" ? (data, previous) => crc32(data, previous) : portableCrc32,
};

/** A Buffer's own `subarray` is slower, and its `slice` is no copy. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function joined(before: Uint8Array | undefined, chunk: Uint8Array): Uint8Array {
  const kept = before?.subarray(Math.max(0, before.length - (WINDOW - chunk.length))) ?? new Uint8Array(0);
  const result = new Uint8Array(kept.length + chunk.length);
  result.set(kept);
  result.set(chunk, kept.length);
  return result;
}
