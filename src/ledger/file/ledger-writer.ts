import { OUTPUT_COLUMNS } from "../../domain/columns.js";
import { columnWidth } from "../output-cells.js";
import { tableLine, type TableSpec } from "../own-table-plan.js";
import type { LedgerWrite, RowWrite, WriteReport } from "../port.js";
import { resultsLine, resultsSpec } from "../results.js";
import { findOurs, freeTableName, OUTPUT_TABLES, RESULTS_TABLE, type TableOfOurs } from "../tables-of-ours.js";
import { setDropDowns, type DropDown } from "../../ooxml/data-validations.js";
import { CHOICES_TABLE, choicesPlace, choicesTable, listRule, renewedRule, type ChoicesPlace } from "../choices.js";
import { ensureValueColours } from "../../ooxml/conditional-formats.js";
import { COLOURED, STATUS_COLOURS } from "../status-colours.js";
import { keptFormulas, ledgerEdits, placeInFile, writesByRow, type FilePlacement } from "./ledger-edits.js";
import { tableArea, writeTableSheet } from "./new-sheet.js";
import type { OpenLedger } from "./open-workbook.js";
import { planTable } from "./own-tables.js";
import { anchorOf, anchorOnSheet, type TableAnchor } from "./table-anchor.js";
import { PackageDraft } from "../../ooxml/package.js";
import { addRelationship } from "../../ooxml/relationships.js";
import { SharedStringsDraft } from "../../ooxml/shared-strings.js";
import { SheetEditor, type EditContext } from "../../ooxml/sheet-editor.js";
import type { SheetIndex } from "../../ooxml/sheet-index.js";
import { StylesDraft } from "../../ooxml/styles-draft.js";
import { addTable, renameColumns, resizeTable, type TableInfo } from "../../ooxml/tables.js";
import {
  addSheet,
  applyToWorkbook,
  calculateOnLoad,
  dropCalcChain,
  freeSheetName,
  type SheetInfo,
  assertMayChange,
} from "../../ooxml/workbook-part.js";
import { LedgerError } from "./ledger-error.js";

export interface FileWriteReport extends WriteReport {
  /** Ledger cells where a formula of the user's stood in an output column and was left alone. */
  readonly keptFormulas: number;
}

/**
 * Patches a workbook with what a run has to say. The input is not changed; the same write gives the same bytes.
 * Throws `WorkbookError` signed or shared, `LedgerError` table-blocked.
 */
export function writeLedger(open: OpenLedger, write: LedgerWrite): { bytes: Uint8Array; report: FileWriteReport } {
  return new LedgerWriter(open, write).run();
}

function oursNamed(name: TableOfOurs, tables: readonly TableInfo[]): TableInfo | undefined {
  return findOurs(name, tables, ({ columns }) => columns);
}

/** An earlier run left outputs in the ledger or in a table of ours. */
function wasProcessed({ ledger, tables }: OpenLedger): boolean {
  return (
    OUTPUT_COLUMNS.some(({ id }) => ledger.place.match.columns.has(id)) ||
    OUTPUT_TABLES.some((name) => oursNamed(name, tables))
  );
}

/** Rows that get drop-downs, so that typing on below the last complaint is as easy as above it. */
const PREPARED_ROWS = 2000;

class LedgerWriter {
  private readonly draft: PackageDraft;
  private readonly context: EditContext;
  private readonly editors = new Map<string, SheetEditor>();
  private readonly sheetNames: string[];
  private readonly tableNames: string[];
  /** Names of the sheets that were made, by table. */
  private readonly madeSheets = new Map<string, string>();
  private nextTableId: number;
  private readonly writes: ReadonlyMap<number, RowWrite>;
  private newCells = 0;

  constructor(
    private readonly open: OpenLedger,
    private readonly write: LedgerWrite,
  ) {
    this.draft = new PackageDraft(open.from);
    this.context = {
      strings: new SharedStringsDraft(open.strings, wasProcessed(open)),
      styles: new StylesDraft(open.styles),
      dialect: open.workbook.dialect,
    };
    this.writes = writesByRow(open.ledger, write);
    this.sheetNames = open.workbook.sheets.map((sheet) => sheet.name);
    this.tableNames = [...open.workbook.definedNames, ...open.tables.map(({ name }) => name)];
    this.nextTableId = Math.max(0, ...open.tables.map((table) => table.id)) + 1;
  }

  run(): { bytes: Uint8Array; report: FileWriteReport } {
    const { ledger, tables } = this.open;
    const placement = placeInFile(ledger, this.write, {
      hasResults: oursNamed(RESULTS_TABLE, tables) !== undefined,
      tables: tables.filter((table) => table.sheet === ledger.place.sheet),
      merges: () => this.ledgerEditor().merges(),
    });
    this.planLedger(placement);
    if (placement.kind === "results" && this.write.outputColumns.length > 0) this.planTable(this.resultsSpec());
    for (const { rows, ...table } of this.write.tables) this.planTable({ ...table, rows: rows.map(tableLine) });
    if (this.ledgerEditor().hasRows) this.planChoices(this.ledgerEditor());
    const report = { placement: placement.kind, keptFormulas: keptFormulas(ledger, this.writes, placement) };
    if (this.newCells === 0 && ![...this.editors.values()].some((editor) => editor.hasRows))
      return { bytes: this.open.input, report: { ...report, changedCells: 0 } };
    assertMayChange(this.open.workbook);
    const changedCells = this.finish();
    return { bytes: this.draft.finish(), report: { ...report, changedCells } };
  }

  private ledgerEditor(): SheetEditor {
    return this.editor(this.open.ledger.index);
  }

  private editor(index: SheetIndex): SheetEditor {
    let editor = this.editors.get(index.part);
    if (!editor) {
      editor = new SheetEditor(index, this.context);
      this.editors.set(index.part, editor);
    }
    return editor;
  }

  private planLedger(placement: FilePlacement): void {
    const { ledger, workbook } = this.open;
    const { place } = ledger;
    const edits = () =>
      ledgerEdits(ledger, this.writes, placement, { editor: () => this.ledgerEditor(), date1904: workbook.date1904 });
    if (edits().next().done) return;
    const editor = this.ledgerEditor();
    editor.addRows(edits);
    if (placement.newColumns.length > 0) {
      for (const { id, column: at } of placement.newColumns) editor.setWidth(at, columnWidth(id));
      const right = place.right + placement.newColumns.length;
      editor.reach({ top: place.headerRow, left: place.left, bottom: ledger.lastRow, right });
      if (place.table && new Set(place.headers.map((header) => header.toLowerCase())).size === place.headers.length)
        renameColumns(this.draft, place.table, place.headers);
      if (place.table)
        resizeTable(
          this.draft,
          place.table,
          { ...place.table.area, right },
          placement.newColumns.map(({ header }) => header),
        );
    }
    const coloured = placement.targets.find(({ id }) => id === COLOURED);
    if (coloured) ensureValueColours(editor, coloured.column, place.firstRow, STATUS_COLOURS);
  }

  private planChoices(editor: SheetEditor): void {
    const { place, lastRow } = this.open.ledger;
    const { choices = [] } = this.write;
    const table = choices.some(({ tabled }) => tabled) ? this.choicesPlace() : undefined;
    const dropDowns = choices.flatMap((one): DropDown[] => {
      const at = place.match.columns.get(one.id);
      const rule = listRule(one, table);
      if (at === undefined || rule === undefined) return [];
      const last = Math.max(lastRow, place.firstRow + PREPARED_ROWS);
      const renewed: DropDown["renewed"] = (standing) => renewedRule(standing, one, table);
      return [{ column: place.left + at, firstRow: place.firstRow, lastRow: last, rule, renewed }];
    });
    setDropDowns(editor, dropDowns);
  }

  /** Where the table of choices stands, this run's or an earlier one's. */
  private choicesPlace(): ChoicesPlace | undefined {
    const made = this.madeSheets.get(CHOICES_TABLE);
    if (made !== undefined) return choicesPlace(made, 1, []);
    const found = this.findAnchor({ ...choicesTable([]), rows: [] });
    return found && choicesPlace(found.sheet.name, found.anchor.left, found.anchor.headers);
  }

  /** 处理结果, if that is where outputs go. */
  private resultsSpec(): TableSpec {
    const { rows } = this.open.ledger;
    const { outputColumns } = this.write;
    const lines = rows.flatMap((row) => {
      const wanted = this.writes.get(row.row);
      return wanted ? [resultsLine(row, wanted, outputColumns)] : [];
    });
    return resultsSpec(this.write, lines, rows, (row) => this.writes.has(row));
  }

  private planTable(spec: TableSpec): void {
    const found = this.findAnchor(spec);
    if (!found) {
      if (spec.mode !== "append" || spec.rows.length > 0) this.addTableSheet(spec);
      return;
    }
    const { sheet, bytes, anchor } = found;
    const others = this.open.tables.filter((table) => table.sheet === sheet && table !== anchor.info);
    const plan = planTable(
      spec,
      anchor,
      { bytes, part: sheet.part, name: sheet.name },
      {
        reader: this.open.reader,
        date1904: this.open.workbook.date1904,
        obstacles: (index) => [...others.map((table) => table.area), ...this.editor(index).merges()],
      },
    );
    if (!plan.changed) return;
    const editor = this.editor(plan.index);
    editor.addRows(plan.edits);
    editor.reach(plan.area);
    for (const { column: at, width } of plan.newColumns) editor.setWidth(at, width);
    setDropDowns(editor, plan.guides);
    if (anchor.info)
      resizeTable(
        this.draft,
        anchor.info,
        plan.area,
        plan.newColumns.map(({ header }) => header),
      );
    else {
      const columns = [...anchor.headers, ...plan.newColumns.map(({ header }) => header)];
      const part = addTable(this.draft, this.open.workbook, {
        id: this.nextTableId++,
        name: this.freeTableName(spec.table),
        area: plan.area,
        columns,
      });
      editor.addTablePart(addRelationship(this.draft, sheet.part, `${this.context.dialect.relationships}/table`, part));
    }
    if (spec.coloured !== undefined)
      ensureValueColours(editor, plan.columns[spec.coloured]!, plan.firstRow, STATUS_COLOURS);
    if (plan.movesFormulas) dropCalcChain(this.draft, this.open.workbook);
  }

  /** The table by its name; else, on the sheet of its name, a table or range with its headers, or a blank sheet. */
  private findAnchor(spec: TableSpec): { sheet: SheetInfo; bytes: Uint8Array; anchor: TableAnchor } | undefined {
    const { tables, workbook, reader, from, ledger } = this.open;
    const bytesOf = (part: string): Uint8Array => (part === ledger.index.part ? ledger.index.bytes : from.bytes(part));
    const ofTable = (info: TableInfo) => {
      if (!info.hasHeader)
        throw new LedgerError("table-blocked", { table: spec.table, sheet: info.sheet.name, cell: "" });
      return { sheet: info.sheet, bytes: bytesOf(info.sheet.part), anchor: anchorOf(info) };
    };
    const named = oursNamed(spec.table as TableOfOurs, tables);
    if (named) return ofTable(named);
    const sheet = workbook.sheets.find((s) => s.name.trim().toLowerCase() === spec.sheet.toLowerCase());
    if (!sheet) return undefined;
    const present = tables.filter((table) => table.sheet === sheet);
    const fitting = present.find((table) => spec.columns.every(({ header }) => table.columns.includes(header)));
    if (fitting) return ofTable(fitting);
    if (present.length > 0) return undefined;
    const bytes = bytesOf(sheet.part);
    const anchor = anchorOnSheet(
      bytes,
      sheet.part,
      spec.columns.map(({ header }) => header),
      reader,
    );
    return anchor && { sheet, bytes, anchor };
  }

  private addTableSheet(spec: TableSpec): void {
    const name = freeSheetName(spec.sheet, this.sheetNames);
    this.sheetNames.push(name);
    this.madeSheets.set(spec.table, name);
    const sheetPart = addSheet(this.draft, this.open.workbook, name);
    const tablePart = addTable(this.draft, this.open.workbook, {
      id: this.nextTableId++,
      name: this.freeTableName(spec.table),
      area: tableArea(spec),
      columns: spec.columns.map(({ header }) => header),
    });
    const tableRelationship = addRelationship(
      this.draft,
      sheetPart,
      `${this.context.dialect.relationships}/table`,
      tablePart,
    );
    this.newCells += writeTableSheet(this.draft, sheetPart, spec, {
      context: this.context,
      date1904: this.open.workbook.date1904,
      tableRelationship,
    });
  }

  /** A table may bear neither the name of another nor a defined name. */
  private freeTableName(name: string): string {
    const free = freeTableName(name, this.tableNames);
    this.tableNames.push(free);
    return free;
  }

  /** Writes sheets first, since strings and formats are gathered while cells are written. Returns the number of cells. */
  private finish(): number {
    const { workbook, from } = this.open;
    let changed = this.newCells;
    for (const editor of this.editors.values()) {
      if (!editor.hasRows) continue;
      editor.apply(this.draft);
      changed += editor.changedCells;
    }
    applyToWorkbook(this.draft, workbook, "sharedStrings", this.context.strings);
    applyToWorkbook(this.draft, workbook, "styles", this.context.styles);
    const formulas =
      workbook.calcChain !== undefined ||
      workbook.sheets.some(({ part }) => this.editors.get(part)?.index.hasFormulas ?? holdsFormula(from.bytes(part)));
    if (formulas) calculateOnLoad(this.draft, workbook);
    return changed;
  }
}

/** A sheet that nothing was written to is not parsed for this: an opening tag `f` is enough to know. */
function holdsFormula(bytes: Uint8Array): boolean {
  const [lt, f, gt, slash, space, colon] = [0x3c, 0x66, 0x3e, 0x2f, 0x20, 0x3a];
  for (let i = bytes.indexOf(f); i >= 0; i = bytes.indexOf(f, i + 1)) {
    const before = bytes[i - 1];
    const after = bytes[i + 1];
    if ((before === lt || before === colon) && (after === gt || after === slash || after === space)) return true;
  }
  return false;
}
