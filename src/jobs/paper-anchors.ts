import { anchorsIn, type Anchor } from "../books/anchors.js";
import type { Codec } from "../ooxml/codec.js";
import { Package } from "../ooxml/package.js";

/** The book's checks that papers of ours bear: notices in Word or Excel, payroll lists, statements, reports. */
export function anchorsOfPaper(bytes: Uint8Array, codec: Codec): Anchor[] {
  const paper = new Package(bytes, codec);
  const found = paper.entries.flatMap(({ name }) =>
    // Within Word a text may be parted into runs.
    name.endsWith(".xml") ? anchorsIn(paper.text(name).replace(/<[^>]*>/g, "")) : [],
  );
  return [...new Map(found.map((anchor) => [JSON.stringify(anchor), anchor])).values()];
}
