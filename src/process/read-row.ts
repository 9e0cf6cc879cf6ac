import { INPUT_COLUMNS, column, type ColumnKind, type InputColumn, type InputId } from "../domain/columns.js";
import { cellText, Problem, readValue } from "../domain/cell-reading.js";
import type { ComplaintInputs, RawRow } from "../domain/complaint.js";
import type { ProcessInput } from "./input.js";
import type { Message } from "./outcome.js";
import { say } from "./sentences.js";

/** A cell that can't be read, and what to tell people about it. */
export interface UnreadableCell {
  readonly column: InputId;
  readonly value: string;
  readonly text: string;
}

/** A row whose cells have been read: what could be read, and a message for each cell that could not. */
export interface ReadRow {
  readonly raw: RawRow;
  readonly inputs: ComplaintInputs;
  readonly unreadable: readonly UnreadableCell[];
}

const NONE: readonly UnreadableCell[] = [];

/** The input columns that any of these rows has a cell in, in the contract's order: the others need not be looked at. */
export function columnsIn(rows: readonly RawRow[]): readonly InputColumn[] {
  const found = new Set<string>();
  for (const { cells } of rows) for (const id in cells) found.add(id);
  return INPUT_COLUMNS.filter(({ id }) => found.has(id));
}

type Reading = ReturnType<typeof readValue>;

/** Kinds whose texts are few and take long to read: the same names and the same 是 come again on thousands of rows. */
const REPEATED: ReadonlySet<ColumnKind> = new Set(["persons", "boolean"]);

/** Reads rows by the kind of their columns. */
export class RowReader {
  private readonly blank: ComplaintInputs;
  /** What texts of the `REPEATED` kinds were read as. */
  private readonly known = new Map<ColumnKind, Map<string, Reading>>();

  private readonly columns: readonly { readonly id: InputId; readonly kind: ColumnKind; readonly repeated: boolean }[];

  constructor(
    columns: readonly InputColumn[],
    private readonly place: ProcessInput["place"],
    private readonly language: ProcessInput["language"],
  ) {
    this.columns = columns.map(({ id, kind }) => ({ id, kind, repeated: REPEATED.has(kind) }));
    this.blank = Object.fromEntries(columns.map(({ id }) => [id, undefined]));
  }

  read(raw: RawRow): ReadRow {
    // A copy of one blank object: rows of one shape are made and read much faster than rows grown cell by cell.
    const inputs: ComplaintInputs = { ...this.blank };
    let unreadable: UnreadableCell[] | undefined;
    for (const { id, kind, repeated } of this.columns) {
      const cell = raw.cells[id];
      if (cell === undefined || cell === null) continue;
      const value = repeated && typeof cell === "string" ? this.again(kind, cell) : readValue(kind, cell);
      if (value === undefined) continue;
      if (value instanceof Problem) (unreadable ??= []).push(this.unreadable(raw.row, id, value, cellText(cell)));
      else (inputs as Record<InputId, unknown>)[id] = value;
    }
    return { raw, inputs, unreadable: unreadable ?? NONE };
  }

  /** As `readValue`; every text is read once. */
  private again(kind: ColumnKind, text: string): Reading {
    let known = this.known.get(kind);
    if (!known) this.known.set(kind, (known = new Map<string, Reading>()));
    let value = known.get(text);
    if (value === undefined && !known.has(text)) known.set(text, (value = readValue(kind, text)));
    return value;
  }

  private unreadable(row: number, id: InputId, { code }: Problem, value: string): UnreadableCell {
    const { language, place } = this;
    const text = say(language, "cell.unreadable", {
      ...cellPlace(row, id, place),
      value,
      reason: say(language, `cell.reason.${code}`),
    });
    return { column: id, value, text };
  }
}

/** Reads a single row; whoever reads many makes a `RowReader`. */
export function readRow(raw: RawRow, place: ProcessInput["place"], language: ProcessInput["language"]): ReadRow {
  return new RowReader(columnsIn([raw]), place, language).read(raw);
}

/** The message that a needed cell is blank, or that its column is missing. */
export function missingMessage(
  row: number,
  id: InputId,
  place: ProcessInput["place"],
  language: ProcessInput["language"],
): Message {
  const key = place.columns.has(id) ? "cell.missing" : "column.missing";
  return { row, column: id, value: "", level: "error", text: say(language, key, cellPlace(row, id, place)) };
}

/** How a message names a cell: sheet!letter+row and the header as it stands there. */
export function cellPlace(
  row: number,
  id: InputId,
  { sheet, columns }: ProcessInput["place"],
): { cell: string; header: string } {
  const found = columns.get(id);
  return {
    cell: found ? `${sheet}!${found.letter}${row}` : `${sheet}!${row}`,
    header: found?.header ?? column(id).header,
  };
}
