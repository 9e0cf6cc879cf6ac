import { HostProblem } from "./host-problem.js";

/** Whether a workbook can keep what is written: asked at the one door that every write goes through (`writing` in run.ts). */

export interface WorkbookFacts {
  /** The file's name, as far as Excel tells it. */
  readonly name: string;
  /** Opened so that it can't be saved under its name. */
  readonly readOnly: boolean;
  /** Columns that a sheet has. */
  readonly columns: number;
}

/** What Excel opens and saves without tables, further sheets or custom XML. `.xlsb` keeps all of them. */
const KEEPS_NO_TABLES = /\.(?:xls|xlt|xlw|csv|txt|prn|dif|slk|dbf|ods|xml|html?|mhtml?)$/i;
/** A sheet in compatibility mode (Excel 97–2003) has this many columns, whatever the file is called. */
const OLD_COLUMNS = 256;

/** Asks for the facts in the request that is being made; they are known after it. */
export function askFacts(workbook: Excel.Workbook): () => WorkbookFacts {
  workbook.load("name,readOnly");
  const sheet = workbook.worksheets.getFirst().getRange().untrack().load("columnCount");
  return () => ({ name: workbook.name, readOnly: workbook.readOnly, columns: sheet.columnCount });
}

/** Throws `HostProblem` old-format or read-only where the file could not keep what is to be written. */
export function assertWritable({ name, readOnly, columns }: WorkbookFacts): void {
  if (KEEPS_NO_TABLES.test(name) || columns <= OLD_COLUMNS) throw new HostProblem("old-format", { name });
  if (readOnly) throw new HostProblem("read-only", { name });
}
