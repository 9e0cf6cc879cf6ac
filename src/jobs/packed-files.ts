import { Inflate, strFromU8, strToU8, zlibSync } from "fflate";
import type { PackTexts } from "./catalogue.js";

/**
 * The files of a pack as one short text: deflated, in base64. Excel and Word on the web were reported to fail on custom
 * XML parts above 1 MB (OfficeDev/office-js #2408, #6216), and some keep a workbook with one from opening.
 */

/** What a part may take plainly; more of it is packed. Readable by eye as long as it harms nobody. */
export const PLAIN_MOST = 200_000;
/** No pack comes near this: what unpacks to more is not one of ours. */
const UNPACKED_MOST = 50_000_000;

export function packFiles(files: PackTexts): string {
  const bytes = zlibSync(strToU8(JSON.stringify(files)), { level: 9 });
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Undefined where the text is nothing that `packFiles` made. */
export function unpackFiles(text: string): PackTexts | undefined {
  try {
    const binary = atob(text.trim());
    const files: unknown = JSON.parse(strFromU8(inflated(Uint8Array.from(binary, (one) => one.charCodeAt(0)))));
    if (typeof files !== "object" || files === null) return undefined;
    return Object.values(files).every((one) => typeof one === "string") ? (files as PackTexts) : undefined;
  } catch {
    return undefined;
  }
}

/** A few bytes can unpack to gigabytes, so it is stopped on the way. */
function inflated(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  // A zlib header of two bytes and a checksum of four stand around what is deflated.
  const inflate = new Inflate((part) => {
    length += part.length;
    if (length > UNPACKED_MOST) throw new RangeError("the pack is too large");
    parts.push(part);
  });
  const [from, to] = [2, bytes.length - 4];
  for (let at = from; at < to; at += CHUNK)
    inflate.push(bytes.subarray(at, Math.min(to, at + CHUNK)), at + CHUNK >= to);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const CHUNK = 16_384;
