import { portableCodec, type Codec } from "./codec.js";
import { Package } from "./package.js";
import { readTables, tableNamed } from "./tables.js";
import { readWorkbook } from "./workbook-part.js";

/** Headers of an Excel table, left to right; undefined if the workbook has no table of this name. */
export function tableHeaders(
  bytes: Uint8Array,
  name: string,
  codec: Codec = portableCodec,
): readonly string[] | undefined {
  const from = new Package(bytes, codec);
  return tableNamed(readTables(from, readWorkbook(from).sheets), name)?.columns;
}
