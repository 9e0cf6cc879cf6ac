import type { RowStanding } from "../process/judged-row.js";
import type { JudgedComplaint } from "../books/judged.js";
import { plainShare, Problem, readValue } from "../domain/cell-reading.js";
import type { ColumnId, InputColumn, InputId } from "../domain/columns.js";
import type { RawCell, RawRow } from "../domain/complaint.js";
import { readZonedText } from "../domain/date-text.js";
import { meaningsByKey, NO_ANSWERS, type Answers } from "../ledger/answers.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import { Understanding } from "../ledger/understanding.js";
import { isOwnHeader, matchHeaders } from "../domain/match-key.js";
import { DEFAULT_NUMBERING, numberSeries, type NumberSeries } from "../domain/numbering.js";
import { sha256Hex } from "../domain/sha256.js";
import type { WallTime } from "../domain/wall-time.js";
import { columnLetters } from "../ooxml/references.js";
import { judgedComplaints } from "../process/book-claims.js";
import { defaultPackName, findPack } from "../process/choose-pack.js";
import { shareIn } from "../process/column-sense.js";
import type { ProcessInput } from "../process/input.js";
import type { Message, Penalty } from "../process/outcome.js";
import type { RepeatedBy } from "../process/repeats.js";
import { packVersion } from "../process/pack-version.js";
import { RowPipeline } from "../process/row-pipeline.js";
import { say } from "../process/sentences.js";
import { StandingRemarks } from "../process/standing-remarks.js";
import { textIn } from "../process/cell-texts.js";
import { byContent } from "../process/twice.js";
import type { Pack } from "../rules/pack.js";

/**
 * The unit that judges rows of a table of any size, anywhere: it knows packs, people, holidays and settings, keeps
 * nothing of a row, and is told of the other rows what judging needs to know of them (`LineStanding`). Three passes make
 * what `process` does with a ledger: `read` every row; from all of them, whoever holds the table works out how each
 * stands; `judge` every row. Rows punished twice are judged once more with `twice`.
 */

/** Messages name the cells of a table as those of the ledger it could be: its headers in row 1 of this sheet. */
export const LEDGER_SHEET = "投诉台账";

/**
 * The columns of a table by its headers: only by a column's own header, alias or id. What a ledger of somebody's own calls its
 * columns is asked about in a workbook; a machine's table has nobody to ask.
 */
export function ownColumns(headers: readonly string[], answers: Answers = NO_ANSWERS): ReadonlyMap<ColumnId, number> {
  const { columns, chosen } = matchHeaders(headers, meaningsByKey(answers));
  return new Map([...columns].filter(([id, i]) => chosen.has(id) || isOwnHeader(headers[i]!, id)));
}

/** Where the columns of a table stand, by its headers in their order. */
export function placeOf(headers: readonly string[], answers: Answers = NO_ANSWERS): ProcessInput["place"] {
  const found = [...ownColumns(headers, answers)].map(
    ([id, i]) => [id, { header: headers[i]!, letter: columnLetters(i + 1) }] as const,
  );
  return { sheet: LEDGER_SHEET, columns: new Map(found) };
}

/** What holds for all rows of a table. */
export interface LineSurroundings extends Omit<ProcessInput, "rows" | "inputs"> {
  /** What people answered about the table's headers and words. */
  readonly answers?: Answers;
  /** What somebody who has looked at the whole table knows of it. */
  readonly look?: LineLook;
}

/** As `LedgerLook`, for threads. */
export interface LineLook {
  /** 结案时间 is asked about: which rows are closed nobody knows. */
  readonly asksClosing: boolean;
  readonly unclearKinds: ReadonlySet<string>;
}

/** A row as it is handed over: cells by column id. `row` counts as in a sheet with its headers in row 1. */
export type Line = RawRow;

/** What a row tells before it is judged: all that how rows stand among each other is worked out from. */
export interface LineKeys {
  /** Id of the pack; undefined if there is none of that name. */
  readonly pack: string | undefined;
  /** 投诉编号; undefined if blank. */
  readonly id: string | undefined;
  /** The cell of 投诉编号 is blank, so that a number can be given. */
  readonly unnumbered: boolean;
  readonly receivedAt: WallTime | undefined;
  readonly customer: string | undefined;
  readonly followsId: string | undefined;
  /** 是否成立 says no. */
  readonly rejected: boolean;
  /** Which period the number counts in: of the number that stands, else of 受理时间. */
  readonly period: string | undefined;
  /** Running number of a number that stands. */
  readonly running: number | undefined;
  /** Columns of shares that hold a plain number above 1 here. */
  readonly wholePercents: readonly InputId[];
}

/** How a row stands among the others; what is left out is nothing. */
export interface LineStanding {
  /** The number given to a row that had none. */
  readonly newId?: string;
  readonly overflow?: boolean;
  readonly earlierOfCustomer?: number;
  readonly followedBy?: readonly string[];
  /** Other rows of the pack that bear its number. */
  readonly duplicates?: readonly number[];
  /** No row of the pack bears the number in 原投诉编号. */
  readonly followsNobody?: boolean;
  /** Other rows that continue the same complaint beside it. */
  readonly beside?: readonly number[];
  /** The earlier complaint that it may be over again. */
  readonly repeats?: { readonly id: string; readonly agreesIn: readonly InputId[]; readonly days: number };
  /** Complaints that people have said are it over again. */
  readonly repeatedBy?: readonly RepeatedBy[];
  /** Times of cells that don't say them wholly, where the other rows do. */
  readonly times?: Times;
  /** It punishes somebody a second time for what other rows punish. */
  readonly twice?: readonly { readonly rows: readonly number[]; readonly subject: string; readonly reason: string }[];
}

/** Seconds of wall time, by column. */
export type Times = { readonly [Id in InputId]?: WallTime };

export interface JudgedLine {
  readonly row: number;
  readonly id: string | undefined;
  readonly packId: string | undefined;
  readonly outputs: ReturnType<RowPipeline["faulty"]>;
  readonly penalties: readonly Penalty[];
  readonly messages: readonly Message[];
  /** What it says to the books; undefined for a row that charges no person. */
  readonly complaint: JudgedComplaint | undefined;
  /** Equal for rows that hold the same in every cell but the number; only of rows with penalties. */
  readonly content: string | undefined;
}

const NO_STANDING: LineStanding = {};

export class LineJudge {
  private readonly pipeline: RowPipeline;
  private readonly remarks: StandingRemarks;
  private readonly byName = new Map<string | undefined, Pack | undefined>();
  private readonly series = new Map<Pack, NumberSeries>();
  private readonly shares: readonly InputId[];
  private readonly understanding: Understanding;
  /** Of the row at hand. */
  private times: Times | undefined;
  private cells: Line["cells"] = {};

  /**
   * @param columns the input columns of the table
   * @param wholePercents columns of shares in which some row holds a plain number above 1
   */
  constructor(
    private readonly surroundings: LineSurroundings,
    columns: readonly InputColumn[],
    wholePercents: ReadonlySet<InputId>,
  ) {
    this.pipeline = new RowPipeline({ ...surroundings, inputs: columns }, columns, {
      share: (id, cell, read) => shareIn(id, cell, read, () => wholePercents.has(id)),
      date: (id) => this.times?.[id] ?? zonedTime(this.cells[id]),
    });
    this.remarks = new StandingRemarks(surroundings);
    this.understanding = understandingOf(surroundings, columns);
    this.shares = columns.filter(({ kind }) => kind === "percent").map(({ id }) => id);
  }

  /** Version and hash of every pack, for whoever keeps outcomes. */
  packVersions(): readonly string[] {
    return [...this.surroundings.packs.values()].map(packVersion);
  }

  /** `times`: as in `LineStanding`. */
  read(line: Line, times?: Times): LineKeys {
    const { cells } = this.understanding.line({ ...line, outputs: {} }) ?? line;
    const pack = this.packOf(textIn(cells.pack));
    const id = readValue("text", cells.id);
    const received = readValue("datetime", cells.receivedAt);
    const receivedAt = received instanceof Problem ? (times?.receivedAt ?? zonedTime(cells.receivedAt)) : received;
    const number = id instanceof Problem ? undefined : id;
    const series = pack && this.seriesOf(pack);
    const known = number === undefined ? undefined : series?.read(number);
    return {
      pack: pack?.header.id,
      id: number,
      unnumbered: id === undefined,
      receivedAt,
      customer: textIn(cells.customer),
      followsId: textIn(cells.followsId),
      rejected: readValue("boolean", cells.upheld) === false,
      period:
        known?.period ?? (id === undefined && receivedAt !== undefined ? series?.periodOf(receivedAt) : undefined),
      running: known?.running,
      wholePercents: this.shares.filter((share) => (plainShare(cells[share]) ?? 0) > 1),
    };
  }

  /** The number for a row that has none. */
  number(pack: string, receivedAt: WallTime, running: number): { readonly text: string; readonly overflow: boolean } {
    return this.seriesOf(this.surroundings.packs.get(pack)!).format(receivedAt, running);
  }

  /** Undefined for a row that is no complaint by its own kind: praise, an enquiry. */
  judge(read: Line, told: LineStanding = NO_STANDING): JudgedLine | undefined {
    const line = this.understanding.line({ ...read, outputs: {} });
    if (!line) return undefined;
    const standing = this.standing(line, told);
    this.times = told.times;
    this.cells = line.cells;
    const { outcome, messages, penalties, bookRow } = this.pipeline.judge(line, standing);
    const { row, id, packId, outputs } = outcome;
    if (told.twice !== undefined) return this.twice(line, standing, { messages, twice: told.twice });
    const [complaint] = penalties.length === 0 ? [] : judgedComplaints([bookRow], NO_PACKS);
    return {
      ...{ row, id, packId, outputs, messages },
      penalties: bookRow.penalties,
      complaint: complaint?.state.kind === "settled" && complaint.state.claims.length > 0 ? complaint : undefined,
      content: penalties.length === 0 ? undefined : digest(byContent({ packId: packId!, raw: line })),
    };
  }

  /** A row that would punish somebody twice is 数据有误 and charges nobody. */
  private twice(
    { row }: Line,
    { pack, id }: RowStanding,
    found: { readonly messages: readonly Message[]; readonly twice: NonNullable<LineStanding["twice"]> },
  ): JudgedLine {
    const { language } = this.surroundings;
    const own = found.twice.map(({ rows, subject, reason }): Message => {
      const text = say(language, "penalty.twice-rows", { rows: rows.join("、"), subject, reason });
      return { row, level: "error", cause: "penalty.twice-rows", text };
    });
    const messages = [...found.messages, ...own];
    const outputs = { ...this.pipeline.faulty(pack), messages: [...new Set(messages.map(({ text }) => text))] };
    const nothing = { penalties: [], complaint: undefined, content: undefined };
    return { row, id, packId: pack?.header.id, outputs, messages, ...nothing };
  }

  private standing({ row, cells }: Line, told: LineStanding): RowStanding {
    const id = readValue("text", cells.id);
    const own = id instanceof Problem ? undefined : id;
    const number = own ?? told.newId;
    const remarks: Message[] = [];
    if (told.overflow === true && number !== undefined) remarks.push(this.remarks.overflow(row, number));
    if (number !== undefined && told.duplicates !== undefined && told.duplicates.length > 0)
      remarks.push(this.remarks.duplicate(row, number, told.duplicates));
    const followsId = textIn(cells.followsId);
    if (told.followsNobody === true && followsId !== undefined)
      remarks.push(this.remarks.followsNobody(row, followsId));
    const { duplicates = [], beside = [] } = told;
    if (beside.length > 0) remarks.push(this.remarks.sideBySide(row, followsId, beside));
    if (told.repeats !== undefined) remarks.push(this.remarks.mayRepeat(row, told.repeats));
    return {
      pack: this.packOf(textIn(cells.pack)),
      id: number,
      newId: told.newId,
      earlierOfCustomer: told.earlierOfCustomer ?? 0,
      followedBy: told.followedBy ?? [],
      repeatedBy: told.repeatedBy ?? [],
      sharesCase: duplicates.length > 0 || beside.length > 0,
      remarks,
    };
  }

  private packOf(name: string | undefined): Pack | undefined {
    if (!this.byName.has(name)) {
      const { packs, settings } = this.surroundings;
      this.byName.set(name, findPack(name ?? defaultPackName(settings.defaultPack, packs), packs));
    }
    return this.byName.get(name);
  }

  private seriesOf(pack: Pack): NumberSeries {
    let series = this.series.get(pack);
    if (!series) this.series.set(pack, (series = numberSeries(pack.header.numbering ?? DEFAULT_NUMBERING)));
    return series;
  }
}

/** Words, kinds and statuses of a table mean what they mean in a ledger. */
function understandingOf(
  { answers = NO_ANSWERS, look, packs, language, settings, people, now, place }: LineSurroundings,
  columns: readonly InputColumn[],
): Understanding {
  const found = columns.map(({ id, header }) => [id, place.columns.get(id) ?? { header, letter: "" }] as const);
  const read: LedgerSnapshot = {
    ...{ sheet: place.sheet, table: undefined, headerRow: 1, columns: new Map(found), unrecognised: [], rows: [] },
    ...{ foreign: [], sideTables: new Map(), answers },
  };
  const closing = look?.asksClosing === true ? ({ kind: "closing", candidates: [], rows: 0 } as const) : undefined;
  return new Understanding(
    read,
    answers,
    { ...{ packs, language, now }, defaultPack: settings.defaultPack, people: new Set(people.map(({ name }) => name)) },
    { closing, unclearKinds: look?.unclearKinds ?? new Set(), department: undefined },
  );
}

/** A time that names its zone says all of itself: no other row is needed to read it. */
function zonedTime(cell: RawCell | undefined): WallTime | undefined {
  return typeof cell === "string" ? readZonedText(cell) : undefined;
}

const NO_PACKS: ReadonlyMap<string, ReadonlySet<string>> = new Map();

function digest(text: string): string {
  return sha256Hex(text).slice(0, 16);
}
