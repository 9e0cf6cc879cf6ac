import { readdirSync } from "node:fs";
import { extname, join } from "node:path";

/** The workbooks below a folder, by their paths within it; and files that look like ledgers and can't be read. */
export interface Scanned {
  readonly workbooks: readonly string[];
  /** In a format of before 2007, or one that keeps no tables. */
  readonly oldFormat: readonly string[];
}

const WORKBOOKS = new Set([".xlsx", ".xlsm"]);
const OLD = new Set([".xls", ".xlsb", ".et", ".ods"]);

/**
 * Whatever is no workbook is somebody else's, and so are the marks that Excel (`~$`) and LibreOffice (`.~lock.`) leave
 * beside an open file, and all that is hidden. Links to folders are not followed: they may lead round in a circle.
 */
export function scanFolder(folder: string): Scanned {
  const workbooks: string[] = [];
  const oldFormat: string[] = [];
  const look = (within: string): void => {
    for (const entry of readdirSync(join(folder, within), { withFileTypes: true })) {
      const { name } = entry;
      if (name.startsWith(".") || name.startsWith("~$")) continue;
      const path = within === "" ? name : `${within}/${name}`;
      const kind = extname(name).toLowerCase();
      if (entry.isDirectory()) look(path);
      else if (WORKBOOKS.has(kind)) workbooks.push(path);
      else if (OLD.has(kind)) oldFormat.push(path);
    }
  };
  look("");
  return { workbooks: workbooks.sort(), oldFormat: oldFormat.sort() };
}
