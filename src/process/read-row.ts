import { INPUT_COLUMNS, type ColumnKind, type InputColumn, type InputId } from "../domain/columns.js";
import { cellText, Problem, readValue, type CellProblemCode } from "../domain/cell-reading.js";
import type { ComplaintInputs, RawCell, RawRow } from "../domain/complaint.js";
import { isBlankWord, listedKey } from "../domain/listed-values.js";
import { NO_OVERRIDE } from "../domain/usual-lists.js";
import { dayOfTime, type WallTime } from "../domain/wall-time.js";
import { cellPlace } from "./cell-place.js";
import type { ProcessInput } from "./input.js";
import type { Message } from "./outcome.js";
import { say } from "./sentences.js";

/** A cell that can't be read, and what to tell people about it. */
export interface UnreadableCell {
  readonly column: InputId;
  readonly value: string;
  readonly cause: `cell.reason.${CellProblemCode}`;
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

/** Dates that a text alone does not tell, but its surroundings may. */
const EXPLAINABLE: ReadonlySet<CellProblemCode> = new Set([
  "year-missing",
  "ambiguous-date",
  "not-a-date",
  "time-zone",
]);

/** Columns whose own words are looked at: there 无 is an answer, or part of the case, and nothing is rewritten. */
export const OWN_WORDS: ReadonlySet<InputId> = new Set<InputId>([
  "id",
  "description",
  "demand",
  "rootCause",
  "correctiveAction",
]);
const BLANK_WORDS_MEAN_BLANK: ReadonlySet<InputId> = new Set(
  INPUT_COLUMNS.map(({ id }) => id).filter((id) => !OWN_WORDS.has(id)),
);
/** Columns of 改判, where a mark or a no says that nothing was changed. */
const OVERRIDES: ReadonlySet<InputId> = new Set<InputId>(["categoryOverride", "levelOverride", "departmentOverride"]);
const LONGEST_BLANK_WORD = 8;

function isNothing(id: InputId, cell: RawCell): boolean {
  if (typeof cell === "string" && cell.length <= LONGEST_BLANK_WORD)
    return isBlankWord(cell) || (OVERRIDES.has(id) && NO_OVERRIDE.has(listedKey(cell)));
  return OVERRIDES.has(id) && (cell === 0 || typeof cell === "boolean");
}

/** Kinds whose texts are few and take long to read: the same names and the same 是 come again on thousands of rows. */
const REPEATED: ReadonlySet<ColumnKind> = new Set(["persons", "boolean"]);

/** What the columns as a whole say of single cells. */
export interface CellSense {
  /** A share as its column means it, or why it must be asked about. */
  share(id: InputId, cell: RawCell, read: number): number | Problem;
  /** The time that a date written in part means in its place; undefined if nothing explains it. */
  date(id: InputId, row: number): WallTime | undefined;
}

/** Reads rows by the kind of their columns. */
export class RowReader {
  private readonly blank: ComplaintInputs;
  /** What texts of the `REPEATED` kinds were read as. */
  private readonly known = new Map<ColumnKind, Map<string, Reading>>();

  /** Whether the column as a whole had a say in a cell of the row read last. */
  sensedLast = false;

  private readonly columns: readonly {
    readonly id: InputId;
    readonly kind: ColumnKind;
    readonly repeated: boolean;
    /** 无, /, 待定 leave it blank. */
    readonly words: boolean;
  }[];

  /** `sense`: what the columns as a whole say of single cells; without it a cell speaks for itself. */
  constructor(
    columns: readonly InputColumn[],
    private readonly place: ProcessInput["place"],
    private readonly language: ProcessInput["language"],
    private readonly sense?: CellSense,
  ) {
    this.columns = columns.map(({ id, kind }) => ({
      id,
      kind,
      repeated: REPEATED.has(kind),
      words: kind === "text" && BLANK_WORDS_MEAN_BLANK.has(id),
    }));
    this.blank = Object.fromEntries(columns.map(({ id }) => [id, undefined]));
  }

  read(raw: RawRow): ReadRow {
    // A copy of one blank object: rows of one shape are made and read much faster than rows grown cell by cell.
    const inputs: ComplaintInputs = { ...this.blank };
    let unreadable: UnreadableCell[] | undefined;
    this.sensedLast = false;
    for (const { id, kind, repeated, words } of this.columns) {
      const cell = raw.cells[id];
      if (cell === undefined || cell === null) continue;
      if (words && isNothing(id, cell)) continue;
      const read = repeated && typeof cell === "string" ? this.again(kind, cell) : readValue(kind, cell);
      const value = this.sense === undefined ? read : this.sensed(id, kind, raw, read);
      if (value === undefined) continue;
      if (value instanceof Problem) (unreadable ??= []).push(this.unreadable(raw.row, id, value, cellText(cell)));
      else (inputs as Record<InputId, unknown>)[id] = value;
    }
    return { raw, inputs, unreadable: unreadable ?? NONE };
  }

  /** What the column as a whole makes of a cell that alone may mean several things. */
  private sensed(id: InputId, kind: ColumnKind, { row, cells }: RawRow, read: Reading): Reading {
    if (kind === "percent" && typeof read === "number") {
      this.sensedLast = true;
      return this.sense!.share(id, cells[id]!, read);
    }
    if (!(read instanceof Problem) || !EXPLAINABLE.has(read.code)) return read;
    this.sensedLast = true;
    const time = this.sense!.date(id, row);
    return time === undefined ? read : kind === "date" ? dayOfTime(time) : time;
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
    const cause = `cell.reason.${code}` as const;
    const text = say(language, "cell.unreadable", {
      ...cellPlace(row, id, place),
      value,
      reason: say(language, cause),
    });
    return { column: id, value, cause, text };
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
  const text = say(language, key, cellPlace(row, id, place));
  return { row, column: id, value: "", level: "error", cause: key, text };
}
