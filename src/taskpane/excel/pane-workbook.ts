import type { Marks } from "../../jobs/pack-marks.js";
import type { Language } from "../../locales/language.js";
import type { SheetGrid, SheetTable } from "../../rules-sheets/table.js";
export type { TableWish } from "./table-lines.js";
import type { ReportSheet } from "../../documents/reports/blocks.js";
import type { PivotWish, ReportOnSheet } from "./report-sheet.js";
import type { ExcelRun } from "../../ledger/excel/excel-ledger.js";
import type { LedgerSheetPlan } from "../../documents/new-ledger-sheets.js";
import { officeError, problemOf } from "../../ledger/excel/host-problem.js";
import { reading, runIn, writing, type ExcelHost } from "../../ledger/excel/run.js";
import { enterCells } from "../../ledger/excel/write-cells.js";
import type { TableWish } from "./table-lines.js";

/** What the pane does in the workbook beside reading and writing the ledger. Every method throws `HostProblem`. */

/** Where the user is, rows and columns from 1. */
export interface Selected {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
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

/** So many formulas stay far below what a request may hold. */
const FORMULAS_A_REQUEST = 5000;

/** What Excel says where no cell is selected. */
const NO_CELL: ReadonlySet<string> = new Set(["InvalidSelection", "ItemNotFound", "InvalidOperation"]);

export class PaneWorkbook {
  private readonly host: ExcelHost;

  constructor(options: PaneWorkbookOptions) {
    this.host = options;
  }

  private read<Result>(batch: (context: Excel.RequestContext) => Promise<Result>): Promise<Result> {
    return reading(this.host, batch);
  }

  private write<Result>(batch: (context: Excel.RequestContext) => Promise<Result>): Promise<Result> {
    return writing(this.host, batch);
  }

  /** Shows and selects cells, e.g. `B7` or `7:7`. */
  goTo(sheetName: string, address: string): Promise<void> {
    return this.read(async (context) => {
      const sheet = context.workbook.worksheets.getItem(sheetName);
      sheet.activate();
      sheet.getRange(address).select();
      await context.sync();
    });
  }

  /**
   * Where the user is: the active cell, also of several ranges, which `getSelectedRange` refuses. Undefined where there is
   * none, as with a chart selected.
   */
  async selected(): Promise<Selected | undefined> {
    try {
      return await this.host.run(async (context) => {
        const cell = context.workbook.getActiveCell().load("rowIndex,columnIndex");
        const sheet = context.workbook.worksheets.getActiveWorksheet().load("name");
        await context.sync();
        return { sheet: sheet.name, row: cell.rowIndex + 1, column: cell.columnIndex + 1 };
      });
    } catch (error) {
      if (NO_CELL.has(officeError(error)?.code ?? "")) return undefined;
      throw problemOf(error);
    }
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
    const { handler, context } = await this.read(async (used) => {
      const added = add(used);
      await used.sync();
      return { handler: added, context: used };
    });
    // A handler is removed in the context in which it was added.
    return () =>
      reading({ ...this.host, run: runIn(context) }, async (same) => {
        handler.remove();
        await same.sync();
      });
  }

  /** Writes a report as a sheet. */
  async writeReport(report: ReportSheet, pivot: PivotWish | undefined): Promise<ReportOnSheet> {
    const { writeReportSheet } = await import("./report-sheet.js");
    return writeReportSheet(this.host, report, pivot);
  }

  /** The name of its file; empty where Excel doesn't tell it. */
  async name(): Promise<string> {
    if (!this.host.supports("1.7")) return "";
    return this.read(async (context) => {
      const workbook = context.workbook.load("name");
      await context.sync();
      return workbook.name;
    });
  }

  /** Name and id of every sheet. */
  sheets(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return this.read(async (context) => {
      const sheets = context.workbook.worksheets.load("items/id,items/name");
      await context.sync();
      return sheets.items.map(({ id, name }) => ({ id, name }));
    });
  }

  /** Custom XML parts of a namespace, by the id that Excel gives them. */
  parts(namespace: string): Promise<readonly { readonly name: string; readonly xml: string }[]> {
    return this.read(async (context) => {
      const parts = context.workbook.customXmlParts.getByNamespace(namespace).load("items/id");
      await context.sync();
      if (parts.items.length === 0) return [];
      const texts = parts.items.map((part) => part.getXml());
      await context.sync();
      return parts.items.map(({ id }, i) => ({ name: id, xml: texts[i]!.value }));
    });
  }

  /** Replaces all custom XML parts of a namespace by these. */
  setParts(namespace: string, texts: readonly string[]): Promise<void> {
    return this.write(async (context) => {
      const parts = context.workbook.customXmlParts.getByNamespace(namespace).load("items/id");
      await context.sync();
      for (const part of parts.items) part.delete();
      for (const text of texts) context.workbook.customXmlParts.add(text);
      await context.sync();
    });
  }

  /** Writes cells as texts, which never become formulas, numbers or dates; an empty text blanks its cell. */
  async setCells(
    sheetName: string,
    cells: readonly { readonly address: string; readonly value: string }[],
  ): Promise<void> {
    const { textEntry } = await import("../../ledger/excel/cell-values.js");
    await this.write(async (context) => {
      const sheet = context.workbook.worksheets.getItem(sheetName);
      for (const { address, value } of cells) enterCells(sheet.getRange(address), [[textEntry(value)]]);
      await context.sync();
    });
  }

  /** Makes the sheets of a new ledger; see `makeLedger`. */
  async makeLedger(plans: readonly LedgerSheetPlan[]): Promise<void> {
    const { makeLedger } = await import("./new-ledger.js");
    await this.write((context) => makeLedger(context, plans));
  }

  /** Names of the sheets of a pack that the workbook has. */
  async packSheetNames(): Promise<readonly string[]> {
    return (await import("./pack-sheets.js")).packSheetNames(this.host);
  }

  /** Makes the sheets of a pack. */
  async writePackSheets(tables: readonly SheetTable[], language: Language): Promise<void> {
    await (await import("./pack-sheets.js")).writePackSheets(this.host, tables, language);
  }

  /** The sheets of a pack as they stand. */
  async readPackSheets(): Promise<readonly SheetGrid[]> {
    return (await import("./pack-sheets.js")).readPackSheets(this.host);
  }

  /** Writes what was found onto the sheets of a pack. */
  async markPackSheets(marks: Marks): Promise<void> {
    await (await import("./pack-sheets.js")).markPackSheets(this.host, marks);
  }

  /** The rows, from 1, in which a formula stands in a column of a sheet, of `rows` rows from `first`. */
  async formulaRows(sheetName: string, letter: string, first: number, rows: number): Promise<readonly number[]> {
    const { valuesOf } = await import("../../ledger/excel/cell-values.js");
    return this.read(async (context) => {
      const sheet = context.workbook.worksheets.getItem(sheetName);
      const found: number[] = [];
      for (let from = first; from < first + rows; from += FORMULAS_A_REQUEST) {
        const last = Math.min(from + FORMULAS_A_REQUEST, first + rows) - 1;
        const range = sheet.getRange(`${letter}${from}:${letter}${last}`).load("formulas,values");
        await context.sync();
        const values = valuesOf(range);
        (range.formulas as unknown[][]).forEach(([formula], i) => {
          if (typeof formula === "string" && formula.startsWith("=") && formula !== values[i]?.[0])
            found.push(from + i);
        });
      }
      return found;
    });
  }

  /** Writes lines into a table of ours; see `putLines`. */
  async putLines(wish: TableWish, lines: readonly (readonly (string | number)[])[]): Promise<void> {
    const { putLines } = await import("./table-lines.js");
    await this.write((context) => putLines(context, wish, lines));
  }

  /** The first row of the active sheet that looks like headers: where no ledger was found, its headers can be mapped. */
  likelyHeaders(): Promise<readonly string[]> {
    return this.read(async (context) => {
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
