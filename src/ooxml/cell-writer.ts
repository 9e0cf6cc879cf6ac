import type { ByteSink } from "./byte-sink.js";
import { qualified } from "./dialect.js";
import { columnLetters } from "./references.js";
import type { SharedStringsDraft } from "./shared-strings.js";
import type { CellFormat } from "./styles.js";
import type { StylesDraft } from "./styles-draft.js";

/** One cell to write. Text is written as text; `undefined` blanks the cell and keeps its format. */
export interface ValueEdit {
  readonly column: number;
  readonly value: string | number | undefined;
  readonly format: CellFormat;
  /** Format of a neighbouring cell, on which the new cell's is based if there is no cell yet. */
  readonly base: number;
}

/** A cell to be copied, raw, from elsewhere in the sheet; the markup bears its new reference. */
export interface CopyEdit {
  readonly column: number;
  readonly markup: string;
}

export type CellEdit = ValueEdit | CopyEdit;

/** Writes cells straight as bytes: a first run writes hundreds of thousands. */
export class CellWriter {
  /** Cells written so far. */
  written = 0;
  private readonly openings: Uint8Array[] = [];
  private readonly textTails: Uint8Array[] = [];
  private readonly numberTails: Uint8Array[] = [];
  private readonly lastStyles: { base: number; kind: CellFormat; style: number }[] = [];
  private readonly close: Uint8Array;
  private readonly cellName: string;
  private readonly valueName: string;

  constructor(
    prefix: string,
    private readonly strings: SharedStringsDraft,
    private readonly styles: StylesDraft,
  ) {
    this.cellName = qualified(prefix, "c");
    this.valueName = qualified(prefix, "v");
    this.close = encode(`</${this.valueName}></${this.cellName}>`);
  }

  /** `style` is the format of the cell that is written over; undefined if there is none. */
  write(out: ByteSink, edit: CellEdit, row: number, style: number | undefined): void {
    this.written++;
    if ("markup" in edit) {
      out.text(edit.markup);
      return;
    }
    const { value, format, column } = edit;
    if (value === undefined) {
      // A blank cell that never was needs no element.
      if (style !== undefined)
        out.text(`<${this.cellName} r="${columnLetters(column)}${row}"${style === 0 ? "" : ` s="${style}"`}/>`);
      return;
    }
    const kind = typeof value === "string" && looksLikeFormula(value) ? "quoted" : format;
    const s = style === undefined ? this.styleLike(edit.base, kind, column) : this.styles.keeping(style, kind);
    out.bytes((this.openings[column] ??= encode(`<${this.cellName} r="${columnLetters(column)}`)));
    out.number(row);
    if (typeof value === "number") {
      out.bytes((this.numberTails[s] ??= this.tail(s, "")));
      out.number(value);
    } else {
      out.bytes((this.textTails[s] ??= this.tail(s, ' t="s"')));
      out.number(this.strings.index(value));
    }
    out.bytes(this.close);
  }

  /** Cells of one column mostly ask for the same style again. */
  private styleLike(base: number, kind: CellFormat, column: number): number {
    const last = (this.lastStyles[column] ??= { base: -1, kind, style: 0 });
    if (last.base !== base || last.kind !== kind) {
      last.base = base;
      last.kind = kind;
      last.style = this.styles.like(base, kind);
    }
    return last.style;
  }

  private tail(style: number, type: string): Uint8Array {
    return encode(`"${style === 0 ? "" : ` s="${style}"`}${type}><${this.valueName}>`);
  }
}

/** A text that Excel would take for a formula if someone typed it, or just edited the cell, gets a quote prefix. */
function looksLikeFormula(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === 0x3d || first === 0x2b || first === 0x2d || first === 0x40;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
