import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Hashes of texts in UTF-8, as hex digits. The command is built with Node's own in its place (src/cli/node-sha256.ts). */

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** A keyed hash (HMAC). */
export function keyedSha256Hex(text: string, key: Uint8Array): string {
  return bytesToHex(hmac(sha256, key, utf8ToBytes(text)));
}
