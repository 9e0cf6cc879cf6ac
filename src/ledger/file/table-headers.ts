import { portableCodec, type Codec } from "../../ooxml/codec.js";
import { Package } from "../../ooxml/package.js";
import { readTables, tableNamed } from "../../ooxml/tables.js";
import { readWorkbook } from "../../ooxml/workbook-part.js";

/** Headers of an Excel table, left to right; undefined if the workbook has no table of this name. */
export function tableHeaders(
  bytes: Uint8Array,
  name: string,
  codec: Codec = portableCodec,
): readonly string[] | undefined {
  const from = new Package(bytes, codec);
  return tableNamed(readTables(from, readWorkbook(from).sheets), name)?.columns;
}
