import { ByteSink } from "./byte-sink.js";
import { CellWriter, type CellEdit } from "./cell-writer.js";
import { qualified, type Dialect } from "./dialect.js";
import { decodeText, type PackageDraft } from "./package.js";
import { formatArea, parseArea, type Area } from "./references.js";
import type { SharedStringsDraft } from "./shared-strings.js";
import { frameOf, type SheetFrame, type SheetIndex } from "./sheet-index.js";
import { CellType } from "./cell-type.js";
import { SheetScanner } from "./sheet-scanner.js";
import type { StylesDraft } from "./styles-draft.js";
import { setColumnWidths } from "./column-widths.js";
import { TextPatch } from "./xml/patch.js";
import { attribute, child, childrenNamed } from "./xml/tree.js";

/** Changes to one row, its cells from left to right. */
export interface RowEdit {
  readonly row: number;
  readonly cells: readonly CellEdit[];
}

/** Children of `worksheet` in the order the schema asks for (ECMA-376 part 1, §18.3.1.99). */
export const WORKSHEET_ORDER = [
  "sheetPr",
  "dimension",
  "sheetViews",
  "sheetFormatPr",
  "cols",
  "sheetData",
  "sheetCalcPr",
  "sheetProtection",
  "protectedRanges",
  "scenarios",
  "autoFilter",
  "sortState",
  "dataConsolidate",
  "customSheetViews",
  "mergeCells",
  "phoneticPr",
  "conditionalFormatting",
  "dataValidations",
  "hyperlinks",
  "printOptions",
  "pageMargins",
  "pageSetup",
  "headerFooter",
  "rowBreaks",
  "colBreaks",
  "customProperties",
  "cellWatches",
  "ignoredErrors",
  "smartTags",
  "drawing",
  "legacyDrawing",
  "legacyDrawingHF",
  "drawingHF",
  "picture",
  "oleObjects",
  "controls",
  "webPublishItems",
  "tableParts",
  "extLst",
];

/** What all sheets of a workbook share while it is patched. */
export interface EditContext {
  readonly strings: SharedStringsDraft;
  readonly styles: StylesDraft;
  readonly dialect: Dialect;
}

/**
 * Changes to one worksheet. Rows without changes are copied as they stand; in changed rows so is every cell without
 * change. Nothing is serialised anew.
 */
export class SheetEditor {
  /** Everything around the rows, with the changes to it. */
  readonly frame: SheetFrame;
  readonly framePatch: TextPatch;
  private readonly writer: CellWriter;
  private readonly edits: (() => Iterable<RowEdit>)[] = [];
  private readonly widths = new Map<number, number>();
  private readonly tableParts: string[] = [];
  private written: Area | undefined;
  private readonly rowName: string;

  constructor(
    readonly index: SheetIndex,
    readonly context: EditContext,
  ) {
    this.frame = frameOf(index);
    this.framePatch = new TextPatch(this.frame.document.text);
    this.rowName = qualified(index.prefix, "row");
    this.writer = new CellWriter(index.prefix, context.strings, context.styles);
  }

  /** Anything is to be written. */
  get hasRows(): boolean {
    return this.edits.length > 0;
  }

  /** Number of cells written by `apply`. */
  get changedCells(): number {
    return this.writer.written;
  }

  /** Adds row changes, by ascending row. They are asked for when the sheet is written, one at a time. */
  addRows(edits: () => Iterable<RowEdit>): void {
    this.edits.push(edits);
  }

  /** Width in characters for a column that is new. */
  setWidth(column: number, characters: number): void {
    this.widths.set(column, characters);
  }

  /** Refers to a table part by the id of the sheet's relationship to it. */
  addTablePart(relationshipId: string): void {
    this.tableParts.push(relationshipId);
  }

  /** The cell area that the changes reach, so that `dimension` can say so. */
  reach(area: Area): void {
    const w = this.written ?? area;
    this.written = {
      top: Math.min(w.top, area.top),
      left: Math.min(w.left, area.left),
      bottom: Math.max(w.bottom, area.bottom),
      right: Math.max(w.right, area.right),
    };
  }

  /** Merged areas of the sheet. */
  merges(): Area[] {
    return childrenNamed(child(this.frame.document.root, "mergeCells"), "mergeCell").flatMap(
      (m) => parseArea(attribute(m, "ref") ?? "") ?? [],
    );
  }

  /** Writes the sheet into the draft. */
  apply(draft: PackageDraft): void {
    const { index, frame, framePatch } = this;
    const { bytes } = index;
    this.patchFrame();
    draft.set(index.part, (emit) => {
      const out = new ByteSink(emit);
      out.text(framePatch.apply(0, frame.markStart));
      const opening = bytes.subarray(index.dataStart, index.dataOpenEnd);
      const rows = this.mergedEdits()[Symbol.iterator]();
      let next = rows.next();
      let at = index.dataOpenEnd;
      if (index.dataSelfClosing && !next.done) out.text(`${decodeText(opening).replace(/\s*\/>$/, "")}>`);
      else out.bytes(opening);
      const reopened = index.dataSelfClosing && !next.done;
      const scanner = next.done ? undefined : new SheetScanner(bytes, index.part);
      for (; !next.done; next = rows.next()) {
        const edit = next.value;
        const found = index.rows.find(edit.row);
        if (found >= 0) {
          out.range(bytes, at, index.rows.start[found]!);
          this.writeRow(out, scanner!, found, edit);
          at = index.rows.end[found]!;
        } else {
          const before = ~found < index.rows.count ? index.rows.start[~found]! : index.dataCloseStart;
          out.range(bytes, at, before);
          at = before;
          out.text(`<${this.rowName} r="${edit.row}">`);
          for (const cell of edit.cells) this.writer.write(out, cell, edit.row, undefined);
          out.text(`</${this.rowName}>`);
        }
      }
      out.range(bytes, at, index.dataCloseStart);
      if (reopened) out.text(`</${qualified(index.prefix, "sheetData")}>`);
      else if (!index.dataSelfClosing) out.range(bytes, index.dataCloseStart, index.dataEnd);
      out.text(framePatch.apply(frame.markEnd));
      out.flush();
    });
  }

  private patchFrame(): void {
    const { root } = this.frame.document;
    const patch = this.framePatch;
    if (this.written) {
      const dimension = child(root, "dimension");
      const present = dimension && parseArea(attribute(dimension, "ref") ?? "");
      if (dimension && present) {
        this.reach(present);
        patch.setAttribute(dimension, "ref", formatArea(this.written));
      }
    }
    if (this.widths.size > 0) setColumnWidths(patch, root, this.widths, WORKSHEET_ORDER);
    if (this.tableParts.length > 0) {
      const name = qualified(root.prefix, "tablePart");
      const items = this.tableParts
        .map((id) => `<${name} r:id="${id}" xmlns:r="${this.context.dialect.relationships}"/>`)
        .join("");
      const present = child(root, "tableParts");
      if (present) {
        patch.setAttribute(present, "count", String(present.children.length + this.tableParts.length));
        patch.append(present, items);
      } else {
        const list = qualified(root.prefix, "tableParts");
        patch.insertInOrder(
          root,
          "tableParts",
          `<${list} count="${this.tableParts.length}">${items}</${list}>`,
          WORKSHEET_ORDER,
        );
      }
    }
  }

  /** The changes of all sources by ascending row, those to one row together. */
  private mergedEdits(): Iterable<RowEdit> {
    if (this.edits.length === 1) return this.edits[0]!();
    const byRow = new Map<number, CellEdit[]>();
    for (const source of this.edits)
      for (const { row, cells } of source()) byRow.set(row, [...(byRow.get(row) ?? []), ...cells]);
    return [...byRow]
      .sort(([a], [b]) => a - b)
      .map(([row, cells]) => ({ row, cells: cells.sort((a, b) => a.column - b.column) }));
  }

  private writeRow(out: ByteSink, scanner: SheetScanner, position: number, { row, cells }: RowEdit): void {
    const { rows, bytes } = this.index;
    const start = rows.start[position]!;
    const openEnd = rows.openEnd[position]!;
    const end = rows.end[position]!;
    const cellsEnd = rows.cellsEnd[position]!;
    const selfClosing = openEnd === end;
    let at = openEnd;
    let k = 0;
    // The usual first run: all new cells stand to the right, so nothing in the row needs to be looked at.
    if (cells[0]!.column > rows.lastColumn[position]!) this.writeOpening(out, position, selfClosing);
    else {
      scanner.seek(row, start);
      scanner.nextRow();
      scanner.nextCell();
      if (cells[0]!.column >= scanner.column && cells.at(-1)!.column <= rows.lastColumn[position]!)
        out.range(bytes, start, openEnd);
      else this.writeOpening(out, position, false);
      do {
        out.range(bytes, at, scanner.cellStart);
        at = scanner.cellStart;
        for (; k < cells.length && cells[k]!.column < scanner.column; k++)
          this.writer.write(out, cells[k]!, row, undefined);
        if (k < cells.length && cells[k]!.column === scanner.column) {
          if (scanner.type === CellType.sharedString && scanner.valueEnd > scanner.valueStart)
            this.context.strings.release();
          this.writer.write(out, cells[k++]!, row, scanner.style);
          at = scanner.cellEnd;
        }
      } while (k < cells.length && scanner.nextCell());
    }
    out.range(bytes, at, cellsEnd);
    for (; k < cells.length; k++) this.writer.write(out, cells[k]!, row, undefined);
    if (selfClosing) out.text(`</${this.rowName}>`);
    else out.range(bytes, cellsEnd, end);
  }

  /** A row's opening tag without `spans`, an optional hint that new cells may make wrong. */
  private writeOpening(out: ByteSink, position: number, selfClosing: boolean): void {
    const { rows, bytes } = this.index;
    const start = rows.start[position]!;
    const spansEnd = rows.spansEnd[position]!;
    if (spansEnd > 0) out.range(bytes, start, rows.spansStart[position]!);
    const from = spansEnd > 0 ? spansEnd : start;
    const to = rows.openEnd[position]!;
    if (selfClosing) out.text(decodeText(bytes.subarray(from, to)).replace(/\s*\/>$/, ">"));
    else out.range(bytes, from, to);
  }
}
