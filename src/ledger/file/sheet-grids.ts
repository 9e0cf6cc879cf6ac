import { CellReader, type CellValue } from "../../ooxml/cell-values.js";
import { portableCodec, type Codec } from "../../ooxml/codec.js";
import { Package } from "../../ooxml/package.js";
import { stringsOf, stylesOf } from "../../ooxml/shared-parts.js";
import { indexSheet } from "../../ooxml/sheet-index.js";
import { readWorkbook } from "../../ooxml/workbook-part.js";

/** A worksheet's cells as they stand, row by row from the first. */
export interface SheetCells {
  readonly name: string;
  readonly rows: readonly (readonly (CellValue | undefined)[])[];
}

/** Rows and columns of a sheet that are looked at: no sheet of ours is larger, and a stray cell at the end costs nothing. */
const MOST_ROWS = 50_000;
const MOST_COLUMNS = 200;

/** All worksheets of a workbook file, hidden ones too. Throws `WorkbookError`. */
export function readSheets(bytes: Uint8Array, codec: Codec = portableCodec): SheetCells[] {
  const from = new Package(bytes, codec);
  const workbook = readWorkbook(from);
  const reader = new CellReader(stringsOf(from, workbook), stylesOf(from, workbook), workbook.date1904);
  return workbook.sheets.map(({ name, part }) => {
    const rows: (CellValue | undefined)[][] = [];
    indexSheet(from.bytes(part), part, {
      cell(scanner) {
        const { row, column } = scanner;
        if (row > MOST_ROWS || column > MOST_COLUMNS) return;
        const value = reader.value(scanner);
        if (value === undefined) return;
        while (rows.length < row) rows.push([]);
        rows[row - 1]![column - 1] = value;
      },
    });
    return { name, rows: rows.map((cells) => Array.from(cells)) };
  });
}
