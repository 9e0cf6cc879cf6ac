import { column, type ColumnId } from "../../../src/domain/columns.js";
import type { ComplaintOutputs } from "../../../src/domain/complaint.js";
import { keyText } from "../../../src/ledger/output-cells.js";
import { fen } from "../../../src/domain/money.js";
import { dayOf, wallTime } from "../../../src/domain/wall-time.js";
import { openExcelLedger, type ExcelLedger, type ExcelLedgerOptions } from "../../../src/ledger/excel/excel-ledger.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite, RowWrite } from "../../../src/ledger/port.js";
import { Author } from "../../../src/workbench/host/author.js";
import type { HostOptions, WorkbookHost } from "../../../src/workbench/host/host.js";
import {
  fromSheets,
  valueAt,
  type CellValue,
  type SheetInput,
  type WorkbookModel,
} from "../../../src/workbench/host/workbook-model.js";
import { connect } from "../../support/office-client.js";
import { oneDoorRun } from "../../support/one-door.js";

/** A ledger in a host, for tests: made-up complaints, the real client, and outputs that tell which row they are for. */

export const INPUTS: readonly ColumnId[] = ["id", "receivedAt", "customer", "description", "closeAt"];
export const OUTPUTS = ["category", "closeDue", "status", "penalty", "handler", "overdue", "messages"] as const;

export type Line = readonly CellValue[];

/** One complaint: number (blank if it has none yet), received, customer, description, closed. */
export function line(n: number, id: CellValue = `C${String(n).padStart(5, "0")}`): Line {
  return [id, 46_000 + n / 10, `客户${n % 17}`, `第${n}号投诉：沙发面料起球，要求更换`, ""];
}

export function lines(count: number): Line[] {
  return Array.from({ length: count }, (_, i) => line(i + 1));
}

export function headers(ids: readonly ColumnId[] = INPUTS): string[] {
  return ids.map((id) => column(id).header);
}

export interface LedgerInput {
  readonly lines: readonly Line[];
  readonly ids?: readonly ColumnId[];
  /** An Excel table of this name; a plain range if null. */
  readonly table?: string | null;
  readonly sheet?: string;
  readonly row?: number;
  readonly others?: readonly SheetInput[];
}

export function ledgerModel({
  lines: body,
  ids = INPUTS,
  table = "Complaints",
  sheet = "投诉台账",
  row = 0,
  others = [],
}: LedgerInput): WorkbookModel {
  const values = [...Array.from({ length: row }, (): Line => []), headers(ids), ...body];
  return fromSheets([
    {
      name: sheet,
      ...(table === null ? { values } : { tables: [{ name: table, row, values: [headers(ids), ...body] }] }),
    },
    ...others,
  ]);
}

export interface Opened {
  readonly host: WorkbookHost;
  readonly ledger: ExcelLedger;
  readonly author: Author;
}

export function open(model: WorkbookModel, options: HostOptions & ExcelLedgerOptions = {}): Opened {
  const { host, excel } = connect(model, options);
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  const ledger = openExcelLedger(oneDoorRun(excel, host), { supports, ...options });
  return { host, ledger, author: new Author(host.book) };
}

/** Outputs that tell which complaint they belong to: its description is in them. */
export function outputsFor({ cells }: LedgerRow): ComplaintOutputs {
  const name = keyText(cells.description).split("：")[0]!;
  return {
    category: `类别-${name}`,
    closeDue: wallTime(2026, 4, 14, 18),
    status: "已逾期",
    penalty: fen(5000),
    handler: ["客服主任", "生产部经理"],
    overdue: true,
    messages: [`=${name}`, "-请确认"],
  };
}

export function writeOf(snapshot: LedgerSnapshot, numbers?: (row: LedgerRow) => string | undefined): LedgerWrite {
  const rows = snapshot.rows.map((row): RowWrite => {
    const newId = numbers?.(row);
    return { row: row.row, outputs: outputsFor(row), ...(newId === undefined ? {} : { newId }) };
  });
  return { outputColumns: OUTPUTS, rows, tables: [] };
}

/** Values of a sheet as records by header, the header row given from 0. */
export function records(host: WorkbookHost, sheetName = "投诉台账", headerRow = 0): Record<string, CellValue>[] {
  const sheet = host.model.sheets.find(({ name }) => name === sheetName)!;
  const width = sheet.rows[headerRow]?.values.length ?? 0;
  const names = Array.from({ length: width }, (_, j) => String(valueAt(sheet, headerRow, j)));
  return Array.from({ length: Math.max(0, sheet.rows.length - headerRow - 1) }, (_, i) =>
    Object.fromEntries(names.map((name, j) => [name, valueAt(sheet, headerRow + 1 + i, j)])),
  );
}

/** Rows whose outputs are another complaint's; none, or the ledger was ruined. */
export function strangers(host: WorkbookHost, sheetName?: string, headerRow?: number): Record<string, CellValue>[] {
  return records(host, sheetName, headerRow).filter((record) => {
    const name = String(record.投诉内容 ?? "").split("：")[0]!;
    const category = record.投诉类别 ?? "";
    return category !== "" && category !== `类别-${name}`;
  });
}

export const CLOSE_DUE = dayOf(2026, 4, 14) + 0.75;
