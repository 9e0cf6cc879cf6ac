import { headerKey } from "../../domain/match-key.js";
import type { CellReader } from "../../ooxml/cell-values.js";
import { frameOf, indexSheet } from "../../ooxml/sheet-index.js";
import { dataRows, type TableInfo } from "../../ooxml/tables.js";
import { child } from "../../ooxml/xml/tree.js";

/** Where such a table stands, or is to stand, on a sheet that exists. */
export interface TableAnchor {
  /** Undefined if the sheet holds the headers, or nothing, but no Excel table. */
  readonly info: TableInfo | undefined;
  readonly top: number;
  readonly left: number;
  /** Headers that stand there. */
  readonly headers: readonly string[];
  readonly firstRow: number;
  readonly lastRow: number;
  readonly hasTotals: boolean;
}

export function anchorOf(info: TableInfo): TableAnchor {
  const { first, last } = dataRows(info);
  return {
    info,
    top: info.area.top,
    left: info.area.left,
    headers: info.columns,
    firstRow: first,
    lastRow: last,
    hasTotals: info.hasTotals,
  };
}

/**
 * Where a table can go on a sheet that has its name but no Excel table: over the same headers if they stand there, at A1
 * if the sheet is blank; undefined if the sheet holds something else, or merged cells or a filter, over which Excel
 * suffers no table.
 */
export function anchorOnSheet(
  bytes: Uint8Array,
  part: string,
  headers: readonly string[],
  reader: CellReader,
): TableAnchor | undefined {
  let top = 0;
  let left = 0;
  let last = 0;
  const present: string[] = [];
  let width = 0;
  const index = indexSheet(bytes, part, {
    cell(scanner) {
      const value = reader.value(scanner);
      if (value === undefined && !scanner.hasFormula) return;
      if (top === 0) {
        top = scanner.row;
        left = scanner.column;
      }
      if (scanner.row === top && scanner.column === left + width) {
        width++;
        present.push(typeof value === "string" ? value : "");
      } else if (scanner.column >= left && scanner.column < left + width) last = scanner.row;
    },
  });
  const { root } = frameOf(index).document;
  if (child(root, "autoFilter") || child(root, "mergeCells")) return undefined;
  if (top === 0) return { info: undefined, top: 1, left: 1, headers: [], firstRow: 2, lastRow: 1, hasTotals: false };
  const keys = new Set(present.map(headerKey));
  const ours = headers.every((header) => keys.has(headerKey(header))) && keys.size === present.length && !keys.has("");
  return ours
    ? {
        info: undefined,
        top,
        left,
        headers: present,
        firstRow: top + 1,
        lastRow: Math.max(last, top),
        hasTotals: false,
      }
    : undefined;
}
