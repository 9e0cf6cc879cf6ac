import type { Package } from "./package.js";
import { readSharedStrings, type SharedStrings } from "./shared-strings.js";
import { LONG_LISTS, Styles } from "./styles.js";
import type { WorkbookInfo } from "./workbook-part.js";
import { parseXml } from "./xml/tree.js";

/** The parts that all sheets of a workbook share, found by its relations, never by their names. */

export function stringsOf(from: Package, { sharedStrings }: WorkbookInfo): SharedStrings {
  if (sharedStrings === undefined) return { texts: [], rich: new Set() };
  return readSharedStrings(from.bytes(sharedStrings), sharedStrings);
}

export function stylesOf(from: Package, { styles }: WorkbookInfo): Styles {
  return new Styles(styles === undefined ? undefined : parseXml(from.text(styles), styles, LONG_LISTS));
}
