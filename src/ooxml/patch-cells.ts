import { portableCodec, type Codec } from "./codec.js";
import type { CellEdit } from "./cell-writer.js";
import { ensureValueColours, type ValueColours } from "./conditional-formats.js";
import { addCustomXml, customXmlParts, removeCustomXml } from "./custom-xml.js";
import { qualified } from "./dialect.js";
import { formulaOf, shiftedFormula } from "./formulas.js";
import { Package, PackageDraft } from "./package.js";
import { columnLetters, type Area } from "./references.js";
import { addRelationship } from "./relationships.js";
import { SharedStringsDraft } from "./shared-strings.js";
import { SheetEditor, type EditContext, type RowEdit } from "./sheet-editor.js";
import { indexSheet, type SheetIndex } from "./sheet-index.js";
import type { CellFormat, Styles } from "./styles.js";
import { stringsOf, stylesOf } from "./shared-parts.js";
import { StylesDraft } from "./styles-draft.js";
import { addTable, readTables, renameColumns, resizeTable, tableNamed, type TableInfo } from "./tables.js";
import {
  addSheet,
  applyToWorkbook,
  assertMayChange,
  calculateOnLoad,
  dropCalcChain,
  readWorkbook,
} from "./workbook-part.js";
import { escapeXml } from "./xml/escape.js";

/** A cell that is to hold something else. Rows and columns count from 1. */
export interface CellChange {
  readonly row: number;
  readonly column: number;
  /** `undefined` blanks the cell. A text stays a text whatever it begins with. */
  readonly value: string | number | boolean | undefined;
  /** Without the leading equals sign; only where a person entered one. */
  readonly formula?: string;
  /** How a new cell shows; a cell that is there keeps its own format if that can show the value. */
  readonly format: CellFormat;
}

export interface TableChange {
  readonly name: string;
  /** The whole table, header and totals row included. */
  readonly area: Area;
  /** Header texts from left to right. */
  readonly headers: readonly string[];
}

export interface SheetChange {
  readonly sheet: string;
  /** In any order. */
  readonly cells: readonly CellChange[];
  /** Tables that grew or shrank, whose headers changed, or that are new. */
  readonly tables: readonly TableChange[];
  /** Widths in characters of columns that had no content before. */
  readonly widths: ReadonlyMap<number, number>;
  /** A column to be coloured by its values, from its first row on; nothing is done if the sheet has such colours. */
  readonly coloured?: {
    readonly column: number;
    readonly firstRow: number;
    readonly colours: readonly ValueColours[];
  };
}

export interface WorkbookChange {
  /** Sheets the workbook doesn't have are added at its end. */
  readonly sheets: readonly SheetChange[];
  /** Custom XML parts: by part name those to replace or (undefined) to take out, and those to add. */
  readonly replacedXml: ReadonlyMap<string, string | undefined>;
  readonly addedXml: readonly { readonly xml: string; readonly namespace: string; readonly itemId: string }[];
}

/**
 * The workbook with some cells changed, as new bytes; everything else stays byte for byte, as with `openFileLedger`.
 * Throws `WorkbookError` signed or shared, and what reading a damaged workbook throws.
 */
export function patchCells(input: Uint8Array, change: WorkbookChange, codec: Codec = portableCodec): Uint8Array {
  if (change.sheets.length === 0 && change.replacedXml.size === 0 && change.addedXml.length === 0) return input;
  return new CellPatcher(new Package(input, codec)).run(change);
}

class CellPatcher {
  private readonly workbook;
  private readonly draft: PackageDraft;
  private readonly context: EditContext;
  private readonly styles: Styles;
  private readonly tables: readonly TableInfo[];
  private nextTableId: number;
  private formulasMove = false;
  private hasFormulas = false;

  constructor(private readonly from: Package) {
    this.workbook = readWorkbook(from);
    assertMayChange(this.workbook);
    const strings = stringsOf(from, this.workbook);
    this.styles = stylesOf(from, this.workbook);
    this.draft = new PackageDraft(from);
    this.context = {
      strings: new SharedStringsDraft(strings, true),
      styles: new StylesDraft(this.styles),
      dialect: this.workbook.dialect,
    };
    this.tables = readTables(from, this.workbook.sheets);
    this.nextTableId = Math.max(0, ...this.tables.map(({ id }) => id)) + 1;
  }

  run(change: WorkbookChange): Uint8Array {
    for (const sheet of change.sheets) this.patchSheet(sheet);
    const parts = customXmlParts(this.draft, this.workbook);
    for (const [part, xml] of change.replacedXml) {
      if (!parts.includes(part)) continue;
      if (xml === undefined) removeCustomXml(this.draft, this.workbook, part);
      else this.draft.set(part, xml);
    }
    for (const part of change.addedXml) addCustomXml(this.draft, this.workbook, part);
    this.finishShared();
    return this.draft.finish();
  }

  private patchSheet(change: SheetChange): void {
    const known = this.workbook.sheets.find(({ name }) => name === change.sheet);
    const part = known?.part ?? addSheet(this.draft, this.workbook, change.sheet);
    const bytes = known ? this.from.bytes(part) : this.blankSheet();
    const cells = new Map(change.cells.map((cell) => [cellKey(cell), cell]));
    const seen = new SeenCells(cells);
    const index = indexSheet(bytes, part, {
      cell: (scanner) => {
        seen.look(scanner.row, scanner.column, scanner.style, formulaOf(scanner));
      },
    });
    for (const cell of seen.orphans()) cells.set(cellKey(cell), cell);
    if (seen.touchesFormulas || change.cells.some(({ formula }) => formula !== undefined)) this.formulasMove = true;
    if (index.hasFormulas || this.formulasMove) this.hasFormulas = true;
    const editor = new SheetEditor(index, this.context);
    const rows = rowsOf([...cells.values()], (cell) => this.editOf(cell, index, seen));
    if (rows.length > 0) {
      editor.addRows(() => rows);
      editor.reach(reached([...cells.values()]));
    }
    for (const [column, width] of change.widths) editor.setWidth(column, width);
    for (const table of change.tables) this.changeTable(table, part, editor);
    if (change.coloured) {
      const { column, firstRow, colours } = change.coloured;
      ensureValueColours(editor, column, firstRow, colours);
    }
    editor.apply(this.draft);
  }

  private blankSheet(): Uint8Array {
    const { main } = this.context.dialect;
    return new TextEncoder().encode(
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${main}"><dimension ref="A1"/><sheetData/></worksheet>`,
    );
  }

  private changeTable(change: TableChange, part: string, editor: SheetEditor): void {
    const present = tableNamed(this.tables, change.name);
    if (present) {
      renameColumns(this.draft, present, change.headers.slice(0, present.columns.length));
      resizeTable(this.draft, present, change.area, change.headers.slice(present.columns.length));
      return;
    }
    const table = addTable(this.draft, this.workbook, {
      id: this.nextTableId++,
      name: change.name,
      area: change.area,
      columns: change.headers,
    });
    editor.addTablePart(addRelationship(this.draft, part, `${this.context.dialect.relationships}/table`, table));
  }

  private editOf(cell: CellChange, index: SheetIndex, seen: SeenCells): CellEdit {
    const { row, column, value, formula, format } = cell;
    const style = seen.styles.get(cellKey(cell));
    const base = seen.baseOf(cell);
    if (formula === undefined && typeof value !== "boolean") return { column, value, format, base };
    const s = style === undefined ? this.context.styles.like(base, "general") : style;
    const name = (local: string): string => qualified(index.prefix, local);
    const type = typeof value === "boolean" ? ' t="b"' : typeof value === "string" ? ' t="str"' : "";
    const shown = typeof value === "boolean" ? (value ? "1" : "0") : escapeXml(String(value ?? ""));
    const code = formula === undefined ? "" : `<${name("f")}>${escapeXml(formula)}</${name("f")}>`;
    const result = shown === "" ? "" : `<${name("v")}>${shown}</${name("v")}>`;
    return {
      column,
      markup: `<${name("c")} r="${columnLetters(column)}${row}"${s === 0 ? "" : ` s="${s}"`}${type}>${code}${result}</${name("c")}>`,
    };
  }

  private finishShared(): void {
    const { workbook, draft, context } = this;
    applyToWorkbook(draft, workbook, "sharedStrings", context.strings);
    applyToWorkbook(draft, workbook, "styles", context.styles);
    if (this.formulasMove) dropCalcChain(draft, workbook);
    if (this.hasFormulas || workbook.calcChain !== undefined) calculateOnLoad(draft, workbook);
  }
}

/** What stands in a sheet where changes go: formats, and formulas that cells share. */
class SeenCells {
  readonly styles = new Map<number, number>();
  touchesFormulas = false;
  private readonly lastStyles = new Map<number, { readonly column: number; readonly style: number }[]>();
  /** Groups of cells that share a formula: where it is written out, and who else has it. */
  private readonly groups = new Map<
    string,
    { row: number; column: number; text: string; others: { row: number; column: number; style: number }[] }
  >();
  private readonly changedRows: ReadonlySet<number>;

  constructor(private readonly changes: ReadonlyMap<number, CellChange>) {
    this.changedRows = new Set([...changes.values()].map(({ row }) => row));
  }

  look(row: number, column: number, style: number, formula: ReturnType<typeof formulaOf>): void {
    const key = cellKey({ row, column });
    if (this.changes.has(key)) {
      this.styles.set(key, style);
      if (formula) this.touchesFormulas = true;
    }
    if (this.changedRows.has(row)) {
      const list = this.lastStyles.get(row);
      if (list) list.push({ column, style });
      else this.lastStyles.set(row, [{ column, style }]);
    }
    if (formula?.shared === undefined) return;
    const group = this.groups.get(formula.shared);
    if (formula.text !== "") this.groups.set(formula.shared, { row, column, text: formula.text, others: [] });
    else group?.others.push({ row, column, style });
  }

  /** The format of the nearest cell to the left, on which a new cell's format is based. */
  baseOf({ row, column }: CellChange): number {
    return this.lastStyles.get(row)?.findLast((cell) => cell.column < column)?.style ?? 0;
  }

  /** Cells whose shared formula is written out in a cell that goes: each gets its own copy. */
  orphans(): CellChange[] {
    return [...this.groups.values()].flatMap((group) => {
      if (!this.changes.has(cellKey(group))) return [];
      return group.others.flatMap(({ row, column, style }): CellChange[] => {
        const key = cellKey({ row, column });
        if (this.changes.has(key)) return [];
        this.styles.set(key, style);
        const formula = shiftedFormula(group.text, row - group.row, column - group.column);
        return [{ row, column, value: undefined, formula, format: "general" }];
      });
    });
  }
}

function cellKey({ row, column }: { readonly row: number; readonly column: number }): number {
  return row * 16_384 + column - 1;
}

function rowsOf(cells: readonly CellChange[], edit: (cell: CellChange) => CellEdit): RowEdit[] {
  const byRow = new Map<number, CellEdit[]>();
  for (const cell of [...cells].sort((a, b) => a.row - b.row || a.column - b.column)) {
    const list = byRow.get(cell.row);
    if (list) list.push(edit(cell));
    else byRow.set(cell.row, [edit(cell)]);
  }
  return [...byRow].map(([row, edits]) => ({ row, cells: edits }));
}

function reached(cells: readonly CellChange[]): Area {
  let area = { top: Infinity, left: Infinity, bottom: 0, right: 0 };
  for (const { row, column } of cells) {
    area = {
      top: Math.min(area.top, row),
      left: Math.min(area.left, column),
      bottom: Math.max(area.bottom, row),
      right: Math.max(area.right, column),
    };
  }
  return area;
}
