import { join } from "node:path";
import ExcelJS from "exceljs";
import {
  fromSheets,
  type CellValue,
  type SheetInput,
  type WorkbookModel,
} from "../../../src/workbench/host/workbook-model.js";

/** The sample ledger as a workbook of the host, its complaints repeated until there are as many as asked for. */

const SAMPLE = join(import.meta.dirname, "..", "..", "..", "templates", "sample-ledger.xlsx");
const MS_A_DAY = 86_400_000;
const UNIX_EPOCH = 25_569;

interface LoadedTable {
  readonly name: string;
  readonly sheet: string;
  readonly lines: CellValue[][];
}

let loaded: Promise<readonly LoadedTable[]> | undefined;

async function load(): Promise<readonly LoadedTable[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(SAMPLE);
  return workbook.worksheets.flatMap((sheet) => {
    const [table] = Object.values((sheet as unknown as { tables: Record<string, { name: string }> }).tables);
    if (!table) return [];
    const lines: CellValue[][] = [];
    sheet.eachRow((row) => {
      const line: CellValue[] = [];
      for (let column = 1; column <= sheet.columnCount; column += 1) line.push(cellValue(row.getCell(column).value));
      lines.push(line);
    });
    return [{ name: table.name, sheet: sheet.name, lines }];
  });
}

function cellValue(value: ExcelJS.CellValue): CellValue {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.getTime() / MS_A_DAY + UNIX_EPOCH;
  if (typeof value === "object") return "text" in value ? value.text : "";
  return value;
}

/** `rows`: number of complaints; the sample's own number if left out. */
export async function sampleModel(rows?: number): Promise<WorkbookModel> {
  const tables = await (loaded ??= load());
  const sheets = tables.map(({ name, sheet, lines }): SheetInput => {
    const values = name === "Complaints" && rows !== undefined ? repeated(lines, rows) : lines;
    return { name: sheet, tables: [{ name, values }] };
  });
  return fromSheets(sheets, "sample.xlsx");
}

function repeated([headers, ...body]: CellValue[][], rows: number): CellValue[][] {
  const id = headers!.indexOf("投诉编号");
  const follows = headers!.indexOf("原投诉编号");
  const lines = Array.from({ length: rows }, (_, i) => {
    const line = [...body[i % body.length]!];
    const round = Math.floor(i / body.length);
    if (round > 0) for (const at of [id, follows]) if (at >= 0 && line[at] !== "") line[at] = `${line[at]}-${round}`;
    return line;
  });
  return [headers!, ...lines];
}
