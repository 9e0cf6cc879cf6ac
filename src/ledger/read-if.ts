import type { RawTable } from "./port.js";

/** What a side table says; undefined where there is none. */
export function readIf<T>(table: RawTable | undefined, read: (table: RawTable) => T): T | undefined {
  return table && read(table);
}
