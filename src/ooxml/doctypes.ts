import { Inflate } from "fflate";
import type { Package } from "./package.js";
import { WorkbookError } from "./workbook-error.js";
import type { ZipEntry } from "./zip.js";

/** Compressed bytes that are looked at in one go; most prologs are far shorter. */
const STEP = 2048;
/** Compressed bytes within which the root element has to begin: nobody writes longer comments in front of it. */
const MOST_PROLOG = 256 * 1024;

/**
 * Refuses a package with a document type declaration in any of its parts, those included that are only carried over: the
 * packaging standard forbids them (ECMA-376 part 2, §9.1.4), no program writes them, and attackers use them. Throws
 * `WorkbookError` malformed-xml.
 */
export function refuseDoctypes(from: Package): void {
  for (const entry of from.entries) {
    if (!/\.(?:xml|rels)$/i.test(entry.name)) continue;
    for (let size = STEP; ; size *= 2) {
      const prolog = new TextDecoder("utf-8").decode(beginning(entry, size)).replaceAll("\0", "");
      const { offset, next } = afterProlog(prolog);
      if (/^<!DOCTYPE/i.test(next))
        throw new WorkbookError("malformed-xml", { part: entry.name, offset, reason: "document type declaration" });
      if (next.length >= 9 || size >= entry.chunks[0]!.length) break;
      if (size > MOST_PROLOG)
        throw new WorkbookError("malformed-xml", { part: entry.name, offset, reason: "no root element" });
    }
  }
}

/** Where white space, instructions and comments end, and what begins there. */
function afterProlog(prolog: string): { readonly offset: number; readonly next: string } {
  let offset = 0;
  for (;;) {
    const start = prolog.indexOf("<", offset);
    if (start < 0) return { offset, next: "" };
    const close = prolog.startsWith("<?", start) ? "?>" : prolog.startsWith("<!--", start) ? "-->" : undefined;
    if (close === undefined) return { offset: start, next: prolog.slice(start, start + 9) };
    const end = prolog.indexOf(close, start + 2);
    if (end < 0) return { offset: start, next: "" };
    offset = end + close.length;
  }
}

/** The first bytes of a part; nothing if it is damaged, which is for its reader to say. */
function beginning({ method, chunks }: ZipEntry, size: number): Uint8Array {
  const data = chunks[0]!.subarray(0, size);
  if (method !== 8) return method === 0 ? data : new Uint8Array();
  const found: Uint8Array[] = [];
  let total = 0;
  const inflate = new Inflate((chunk) => {
    // Blanks shrink a thousandfold: as much as was asked for is enough.
    if (total < 8 * size) found.push(chunk);
    total += chunk.length;
  });
  try {
    inflate.push(data, false);
  } catch {
    return new Uint8Array();
  }
  const first = new Uint8Array(found.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of found) {
    first.set(chunk, at);
    at += chunk.length;
  }
  return first;
}
