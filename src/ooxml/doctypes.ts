import { Inflate } from "fflate";
import type { Package } from "./package.js";
import { WorkbookError } from "./workbook-error.js";
import type { ZipEntry } from "./zip.js";

/** As much of a part as its prolog takes, compressed. */
const PROLOG = 2048;

/**
 * Refuses a package with a document type declaration in any of its parts, those included that are only carried over: the
 * packaging standard forbids them (ECMA-376 part 2, §9.1.4), no program writes them, and attackers use them. Throws
 * `WorkbookError` malformed-xml.
 */
export function refuseDoctypes(from: Package): void {
  for (const entry of from.entries) {
    if (!/\.(?:xml|rels)$/i.test(entry.name)) continue;
    const prolog = new TextDecoder("utf-8").decode(beginning(entry)).replaceAll("\0", "");
    const offset = doctypeIn(prolog);
    if (offset >= 0)
      throw new WorkbookError("malformed-xml", { part: entry.name, offset, reason: "document type declaration" });
  }
}

/** Offset of a declaration before the root element; -1 if there is none. */
function doctypeIn(prolog: string): number {
  const before = /^(?:[^<]|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/.exec(prolog)![0].length;
  return /^<!DOCTYPE/i.test(prolog.slice(before, before + 9)) ? before : -1;
}

/** The first bytes of a part; nothing if it is damaged, which is for its reader to say. */
function beginning({ method, chunks }: ZipEntry): Uint8Array {
  const data = chunks[0]!.subarray(0, PROLOG);
  if (method !== 8) return method === 0 ? data : new Uint8Array();
  let first: Uint8Array = new Uint8Array();
  const inflate = new Inflate((chunk) => {
    if (first.length === 0) first = chunk;
  });
  try {
    inflate.push(data, false);
  } catch {
    return new Uint8Array();
  }
  return first.subarray(0, 2 * PROLOG);
}
