import { columnLetters } from "../../src/ledger/excel/ranges.js";
import { excelRun, openExcelLedger } from "../../src/ledger/excel/excel-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import type { LedgerSnapshot, LedgerWrite } from "../../src/ledger/port.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { saveBook } from "../../src/workbench/file/save-book.js";
import { Author } from "../../src/workbench/host/author.js";
import { Book } from "../../src/workbench/host/book.js";
import { bodyArea, valueAt, type CellValue } from "../../src/workbench/host/workbook-model.js";
import { connect } from "../support/office-client.js";

/** The two homes of a workbook in which histories and tests of books play: a file, and an Excel that stays open. */

export interface Home {
  /** What people do to the workbook between runs. */
  edit(change: (author: Author) => void): void;
  read(): Promise<LedgerSnapshot>;
  write(write: LedgerWrite): Promise<void>;
}

/** As the command has it: bytes, read and written anew each time. */
export function fileHome(bytes: Uint8Array): Home & { bytes(): Uint8Array } {
  let file = bytes;
  let ledger = openFileLedger(file, { codec: nodeCodec });
  return {
    bytes: () => file,
    edit(change) {
      const model = readBook(file, "file", nodeCodec);
      change(new Author(new Book(model)));
      file = saveBook(file, model, { newItemId: () => "{0}", codec: nodeCodec }).bytes;
    },
    read() {
      ledger = openFileLedger(file, { codec: nodeCodec });
      return Promise.resolve(ledger.snapshot);
    },
    write(write) {
      file = ledger.write(write).bytes;
      return Promise.resolve();
    },
  };
}

/** As the pane has it: a workbook that stays open. */
export function excelHome(bytes: Uint8Array): Home {
  const { host, excel } = connect(readBook(bytes, "excel", nodeCodec));
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  const ledger = openExcelLedger(excelRun(excel, supports), { supports });
  return {
    edit(change) {
      change(new Author(host.book));
    },
    read: () => ledger.read(),
    async write(write) {
      const { skipped } = await ledger.write(write);
      if (skipped.length > 0) throw new Error(`rows left out: ${JSON.stringify(skipped)}`);
    },
  };
}

/** Both, for tests that must hold in either. */
export const HOMES = [
  ["the file", fileHome],
  ["Excel", excelHome],
] as const;

const SHEETS: Readonly<Record<string, string>> = {
  Complaints: "投诉台账",
  People: "人员",
  Settings: "设置",
  MonthlyPay: "月度绩效",
  Archive: "归档",
  Notices: "扣款通知",
};

/** Types a value into a cell of a table, as somebody in front of the sheet does. */
export function typeInto(author: Author, tableName: string, index: number, header: string, value: CellValue): void {
  const { sheet, row, column } = placeOf(author, tableName, index, header);
  author.type(sheet.name, `${columnLetters(column)}${row + 1}`, value);
}

/** What stands in a cell of a table. */
export function cellIn(author: Author, tableName: string, index: number, header: string): CellValue {
  const { sheet, row, column } = placeOf(author, tableName, index, header);
  return valueAt(sheet, row, column);
}

function placeOf(author: Author, tableName: string, index: number, header: string) {
  const table = author.table(tableName);
  const { row, column, columns } = table.area;
  const sheet = author.sheet(SHEETS[tableName]!);
  for (let c = column; c < column + columns; c++)
    if (valueAt(sheet, row, c) === header) return { sheet, row: bodyArea(table).row + index, column: c };
  throw new Error(`no column ${header} in ${tableName}`);
}
