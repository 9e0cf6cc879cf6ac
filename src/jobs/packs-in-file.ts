import type { Codec } from "../ooxml/codec.js";
import { customXmlParts } from "../ooxml/custom-xml.js";
import { Package } from "../ooxml/package.js";
import { readWorkbook } from "../ooxml/workbook-part.js";
import { packParts, PACK_NAMESPACE, type PackPart } from "./workbook-packs.js";

/** The packs that a workbook file carries. Throws `WorkbookError`. */
export function packsInFile(bytes: Uint8Array, codec: Codec): PackPart[] {
  const from = new Package(bytes, codec);
  const texts = customXmlParts(from, readWorkbook(from)).map((name) => {
    const xml = new TextDecoder().decode(from.bytes(name));
    return { name, xml };
  });
  // Most custom XML is other programs'; ours names its namespace.
  return packParts(texts.filter(({ xml }) => xml.includes(PACK_NAMESPACE)));
}
