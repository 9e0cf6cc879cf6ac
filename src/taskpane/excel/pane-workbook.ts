import type { ReportSheet } from "../../documents/reports/blocks.js";
import { headerKey, matchText } from "../../domain/match-key.js";
import type { PivotWish } from "./report-sheet.js";
import type { ExcelRun } from "../../ledger/excel/excel-ledger.js";
import { guarded, runIn, type ExcelHost } from "../../ledger/excel/run.js";

/** What the pane does in the workbook beside reading and writing the ledger. Every method throws `HostProblem`. */

/** Where the user is, rows from 1. */
export interface Selected {
  readonly sheet: string;
  readonly row: number;
}

/** Cells that were edited, by whom. */
export interface Edit {
  readonly sheetId: string;
  readonly address: string;
  readonly changeType: string;
  /** Written by this pane, or by another author. */
  readonly foreign: boolean;
  /** The host doesn't tell this pane's writes from the user's. */
  readonly mayBeOwn: boolean;
}

export interface PaneWorkbookOptions {
  readonly run: ExcelRun;
  readonly supports: (version: string) => boolean;
}

/** A table by name, with the sheet and headers it gets if it has to be made. The first header is that of its key. */
export interface TableWish {
  readonly table: string;
  readonly sheet: string;
  readonly headers: readonly string[];
}

export class PaneWorkbook {
  private readonly host: ExcelHost;

  constructor(options: PaneWorkbookOptions) {
    this.host = options;
  }

  private run<Result>(batch: (context: Excel.RequestContext) => Promise<Result>): Promise<Result> {
    return guarded(this.host, batch);
  }

  /** Shows and selects cells, e.g. `B7` or `7:7`. */
  goTo(sheetName: string, address: string): Promise<void> {
    return this.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem(sheetName);
      sheet.activate();
      sheet.getRange(address).select();
      await context.sync();
    });
  }

  selected(): Promise<Selected> {
    return this.run(async (context) => {
      const range = context.workbook.getSelectedRange().load("rowIndex");
      const sheet = context.workbook.worksheets.getActiveWorksheet().load("name");
      await context.sync();
      return { sheet: sheet.name, row: range.rowIndex + 1 };
    });
  }

  /** Calls back when the user selects other cells; returns the way to stop. */
  onSelection(listener: () => void): Promise<() => Promise<void>> {
    return this.listen((context) =>
      context.workbook.worksheets.onSelectionChanged.add(() => {
        listener();
        return Promise.resolve();
      }),
    );
  }

  /** Calls back when cells change; returns the way to stop. */
  onEdit(listener: (edit: Edit) => void): Promise<() => Promise<void>> {
    return this.listen((context) =>
      context.workbook.worksheets.onChanged.add(
        ({ worksheetId, address, changeType, source, triggerSource }: Excel.WorksheetChangedEventArgs) => {
          const foreign = source !== "Local" || triggerSource === "ThisLocalAddin";
          // Told from ExcelApi 1.14 on.
          const mayBeOwn = !foreign && (triggerSource as string | undefined) === undefined;
          listener({ sheetId: worksheetId, address, changeType, foreign, mayBeOwn });
          return Promise.resolve();
        },
      ),
    );
  }

  private async listen<Args>(
    add: (context: Excel.RequestContext) => OfficeExtension.EventHandlerResult<Args>,
  ): Promise<() => Promise<void>> {
    const { handler, context } = await this.run(async (used) => {
      const added = add(used);
      await used.sync();
      return { handler: added, context: used };
    });
    // A handler is removed in the context in which it was added.
    return () =>
      guarded({ ...this.host, run: runIn(context) }, async (same) => {
        handler.remove();
        await same.sync();
      });
  }

  /** Writes a report as a sheet; returns the sheet's name. */
  async writeReport(report: ReportSheet, pivot: PivotWish | undefined): Promise<string> {
    const { writeReportSheet } = await import("./report-sheet.js");
    return writeReportSheet(this.host, report, pivot);
  }

  /** Name and id of every sheet. */
  sheets(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return this.run(async (context) => {
      const sheets = context.workbook.worksheets.load("items/id,items/name");
      await context.sync();
      return sheets.items.map(({ id, name }) => ({ id, name }));
    });
  }

  /** Custom XML parts of a namespace. */
  parts(namespace: string): Promise<readonly string[]> {
    return this.run(async (context) => {
      const parts = context.workbook.customXmlParts.getByNamespace(namespace).load("items/id");
      await context.sync();
      if (parts.items.length === 0) return [];
      const texts = parts.items.map((part) => part.getXml());
      await context.sync();
      return texts.map(({ value }) => value);
    });
  }

  /** Replaces all custom XML parts of a namespace by these. */
  setParts(namespace: string, texts: readonly string[]): Promise<void> {
    return this.run(async (context) => {
      const parts = context.workbook.customXmlParts.getByNamespace(namespace).load("items/id");
      await context.sync();
      for (const part of parts.items) part.delete();
      for (const text of texts) context.workbook.customXmlParts.add(text);
      await context.sync();
    });
  }

  /** Writes cells as texts, which never become formulas; an empty text blanks its cell. */
  setCells(sheetName: string, cells: readonly { readonly address: string; readonly value: string }[]): Promise<void> {
    return this.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem(sheetName);
      for (const { address, value } of cells) sheet.getRange(address).values = [[asText(value)]];
      await context.sync();
    });
  }

  /**
   * Writes lines into a table: a line whose first cell is there already replaces the rest of that row, others are added
   * below. Without such a table, what stands on its sheet under the first row is taken for it, as the reader does; where
   * there is neither, the table is made on a sheet of its own. Headers that are missing are added to the right.
   */
  putLines(wish: TableWish, lines: readonly (readonly (string | number)[])[]): Promise<void> {
    return this.run(async (context) => {
      const { workbook } = context;
      const table = workbook.tables.getItemOrNullObject(wish.table);
      const sheet = workbook.worksheets.getItemOrNullObject(wish.sheet);
      const used = sheet.getUsedRangeOrNullObject(true);
      const [inTable, onSheet] = [table.getRange().load("values"), used.load("values")];
      await context.sync();
      const plain = table.isNullObject && !sheet.isNullObject && !used.isNullObject;
      if (table.isNullObject && !plain) {
        const target = sheet.isNullObject ? workbook.worksheets.add(wish.sheet) : sheet;
        const range = target.getRangeByIndexes(0, 0, lines.length + 1, wish.headers.length);
        range.values = [[...wish.headers], ...lines.map((line) => wish.headers.map((_, i) => entry(line[i])))];
        target.tables.add(range, true).name = wish.table;
        range.format.columnWidth = 110;
        await context.sync();
        return;
      }
      const [first, ...body] = (plain ? onSheet : inTable).values as (string | number | boolean)[][];
      const headers = (first ?? []).map((value) => headerKey(String(value)));
      const area = plain ? used : table.getRange();
      const missing = wish.headers.filter(
        (header, i) => !headers.includes(headerKey(header)) && lines.some((line) => entry(line[i]) !== ""),
      );
      for (const header of missing) {
        if (plain) area.getCell(0, headers.length).values = [[header]];
        else table.columns.add(undefined, [[header], ...body.map(() => [""])]);
        headers.push(headerKey(header));
      }
      const at = wish.headers.map((header) => headers.indexOf(headerKey(header)));
      let below = body.length;
      for (const line of lines) {
        const key = matchText(String(line[0]).trim());
        const known = body.findIndex((cells) => matchText(String(cells[at[0]!] ?? "").trim()) === key);
        const row = known < 0 ? body.findIndex((cells) => cells.every((cell) => cell === "")) : known;
        if (row < 0 && !plain) {
          table.rows.add(undefined, [headers.map((_, i) => entry(line[at.indexOf(i)]))]);
          continue;
        }
        if (row < 0) below += 1;
        line.forEach((value, i) => {
          if (at[i]! >= 0) area.getCell(row < 0 ? below : row + 1, at[i]!).values = [[entry(value)]];
        });
      }
      await context.sync();
    });
  }

  /** The first row of the active sheet that looks like headers: where no ledger was found, its headers can be mapped. */
  likelyHeaders(): Promise<readonly string[]> {
    return this.run(async (context) => {
      const used = context.workbook.worksheets.getActiveWorksheet().getUsedRangeOrNullObject(true);
      const top = used.getResizedRange(0, 0).load("values");
      await context.sync();
      if (used.isNullObject) return [];
      const rows = (top.values as unknown[][]).slice(0, 30);
      const texts = rows.map((row) =>
        row.filter((value): value is string => typeof value === "string" && value !== ""),
      );
      return texts.find((row) => row.length >= 2) ?? [];
    });
  }
}

function entry(value: string | number | undefined): string | number {
  return typeof value === "string" ? asText(value) : (value ?? "");
}

/** Excel reads what begins like this as a formula; an apostrophe in front keeps it a text. */
export function asText(text: string): string {
  return /^[=+\-@']/.test(text) ? `'${text}` : text;
}
