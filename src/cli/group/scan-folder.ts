import { readdirSync } from "node:fs";
import { extname, join } from "node:path";

/** The workbooks below a folder, by their paths within it; and files that look like ledgers and can't be read. */
export interface Scanned {
  readonly workbooks: readonly string[];
  /** In a format of before 2007, or one that keeps no tables. */
  readonly oldFormat: readonly string[];
  /** What is no workbook, nor hidden. */
  readonly others: readonly string[];
}

/** Excel leaves such a file beside a workbook that is open. */
export function isOpenMark(file: string): boolean {
  return file.slice(file.lastIndexOf("/") + 1).startsWith("~$");
}

const WORKBOOKS = new Set([".xlsx", ".xlsm"]);
const OLD = new Set([".xls", ".xlsb", ".et", ".ods"]);

/**
 * Whatever is no workbook is somebody else's, and so are the marks that Excel (`~$`) leaves beside an open file: they are
 * named and not read. What is hidden, as LibreOffice's marks are (`.~lock.`), is not looked at. Links to folders are not followed: they may lead round in a circle.
 */
export function scanFolder(folder: string): Scanned {
  const workbooks: string[] = [];
  const oldFormat: string[] = [];
  const others: string[] = [];
  const look = (within: string): void => {
    for (const entry of readdirSync(join(folder, within), { withFileTypes: true })) {
      const { name } = entry;
      if (name.startsWith(".")) continue;
      const path = within === "" ? name : `${within}/${name}`;
      const kind = extname(name).toLowerCase();
      if (entry.isDirectory()) look(path);
      else if (isOpenMark(name)) others.push(path);
      else if (WORKBOOKS.has(kind)) workbooks.push(path);
      else if (OLD.has(kind)) oldFormat.push(path);
      else others.push(path);
    }
  };
  look("");
  return { workbooks: workbooks.sort(), oldFormat: oldFormat.sort(), others: others.sort() };
}
