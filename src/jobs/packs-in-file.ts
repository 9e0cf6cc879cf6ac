import type { Codec } from "../ooxml/codec.js";
import { customXmlParts } from "../ooxml/custom-xml.js";
import { Package } from "../ooxml/package.js";
import { readWorkbook } from "../ooxml/workbook-part.js";
import { PACK_NAMESPACE, readPackPart, type WorkbookPack } from "./workbook-packs.js";

/** A part of a workbook file that holds a pack, or means to. */
export interface PackPart {
  /** `customXml/item1.xml` */
  readonly name: string;
  readonly found: WorkbookPack | "unreadable";
}

/** The packs that a workbook file carries. Throws `WorkbookError`. */
export function packsInFile(bytes: Uint8Array, codec: Codec): PackPart[] {
  const from = new Package(bytes, codec);
  return customXmlParts(from, readWorkbook(from)).flatMap((name): PackPart[] => {
    const text = new TextDecoder().decode(from.bytes(name));
    // Most custom XML is other programs'; ours names its namespace.
    if (!text.includes(PACK_NAMESPACE)) return [];
    const found = readPackPart(text);
    return found === undefined ? [] : [{ name, found }];
  });
}
