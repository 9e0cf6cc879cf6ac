import { addToList } from "../domain/grouping.js";
import { cellText, plainShare, Problem, readValue } from "../domain/cell-reading.js";
import { column, type InputColumn, type InputId } from "../domain/columns.js";
import type { RawCell, RawRow } from "../domain/complaint.js";
import {
  atTime,
  dayIn,
  isInOrder,
  readPartialDate,
  yearsIn,
  type DateOrder,
  type PartialDate,
} from "../domain/partial-date.js";
import { readZonedText } from "../domain/date-text.js";
import { calendarDate, dayOfTime, type Day, type WallTime } from "../domain/wall-time.js";
import { shortTime } from "./fact-text.js";
import type { ProcessInput } from "./input.js";
import type { Message } from "./outcome.js";
import { cellPlace } from "./cell-place.js";
import type { CellSense } from "./read-row.js";
import { say, type SentenceKey } from "./sentences.js";

/**
 * What the columns of a ledger say of their single cells: the order in which one hand writes dates, the year that sheet,
 * title or neighbours tell, and whether a plain 0.5 is half or half a per cent. Nothing is worked out before a cell asks.
 */

/** Why a date that is written in part was read as it was. */
export type DateGround =
  | "zone" // it names its time zone
  | "row" // the other dates of its row leave one day
  | "sheet" // sheet name, title or header tell the year
  | "neighbours" // the rows above and below leave one day
  | "column" // all other dates of the column leave one day
  | "answer"; // somebody has said in which order they are written

interface Explained {
  readonly time: WallTime;
  readonly ground: DateGround;
}

type SensedColumn = Pick<InputColumn, "id" | "kind">;

/** Times of things that have been done, and so lie between 受理时间 and now. */
const isDone = (id: InputId): boolean => id.endsWith("At") && !NOT_DONE.has(id);
const NOT_DONE: ReadonlySet<InputId> = new Set<InputId>([
  "receivedAt",
  "shippedAt",
  "agreedReplyAt",
  "agreedCloseAt",
  "agreedDeliveryAt",
]);
/** How far dates of one ledger lie apart at most, where only the column explains one. */
const A_MONTH = 31;
const A_QUARTER = 92;
const A_YEAR = 366;
/** A rate over this is asked about: nobody accepts twice what was approved. Per cent. */
const MOST_TOLERANCE = 50;

/** A share in a column of which it is known whether it holds plain numbers above 1. */
export function shareIn(id: InputId, cell: RawCell, read: number, holdsWholePercents: () => boolean): number | Problem {
  const bare = plainShare(cell);
  if (bare !== undefined && bare > 0 && bare <= 1 && holdsWholePercents()) return new Problem("share-unclear");
  return id === "returnTolerance" && read > MOST_TOLERANCE ? new Problem("share-implausible") : read;
}

export class ColumnSense implements CellSense {
  private readonly shares = new Map<InputId, boolean>();
  private readonly dates = new Map<InputId, ReadonlyMap<number, Explained>>();

  constructor(
    private readonly columns: readonly SensedColumn[],
    private readonly input: Pick<ProcessInput, "rows" | "place" | "now" | "language" | "dateOrders">,
  ) {}

  /** A share as its column means it: asked about where it can be read in two ways, or can hardly be meant. */
  share(id: InputId, cell: RawCell, read: number): number | Problem {
    return shareIn(id, cell, read, () => this.holdsWholePercents(id));
  }

  private holdsWholePercents(id: InputId): boolean {
    let holds = this.shares.get(id);
    if (holds === undefined) {
      holds = this.input.rows.some(({ cells }) => (plainShare(cells[id]) ?? 0) > 1);
      this.shares.set(id, holds);
    }
    return holds;
  }

  /** The time that a date written in part means in its place; undefined if nothing explains it. */
  date(id: InputId, row: number): WallTime | undefined {
    return this.explained(id).get(row)?.time;
  }

  /** One message for each column and reason: how many dates were read, how, and why. Only columns that were asked for. */
  messages(): readonly Message[] {
    const { place, language } = this.input;
    return [...this.dates].flatMap(([id, byRow]) => {
      const byGround = new Map<DateGround, [number, Explained][]>();
      for (const entry of byRow) addToList(byGround, entry[1].ground, entry);
      return [...byGround].map(([ground, entries]): Message => {
        const [row, { time }] = entries[0]!;
        const raw = this.input.rows.find((line) => line.row === row)!.cells[id]!;
        const why = say(language, `date.ground.${ground}` satisfies SentenceKey);
        const params = {
          ...cellPlace(row, id, place),
          count: entries.length,
          value: cellText(raw),
          time: shortTime(time),
          why,
        };
        return {
          column: id,
          level: "info",
          cause: `date.ground.${ground}`,
          text: say(language, "date.explained", params),
        };
      });
    });
  }

  private explained(id: InputId): ReadonlyMap<number, Explained> {
    let known = this.dates.get(id);
    if (known === undefined) {
      // 受理时间 first: it bounds what the other columns of a row can mean.
      this.dates.set(id, (known = new Map()));
      this.dates.set(id, (known = new DateColumn(id, this.columns, this.input, this).explain()));
    }
    return known;
  }
}

/** One column of dates while it is looked through. */
class DateColumn {
  private readonly partial: { readonly index: number; readonly date: PartialDate }[] = [];
  private readonly zoned: { readonly row: number; readonly time: WallTime }[] = [];
  private readonly learned = new Map<string, ReadonlySet<DateOrder>>();
  private readonly certain: (Day | undefined)[] = [];
  private readonly today: Day;
  private readonly years: readonly number[];
  private readonly knownYears: ReadonlySet<number>;
  /** The first and the last certain day of the column. */
  private readonly span: readonly [Day, Day] | undefined;
  /** For each row, the nearest certain day below it. */
  private readonly below: readonly (Day | undefined)[];

  constructor(
    private readonly id: InputId,
    private readonly columns: readonly SensedColumn[],
    private readonly input: Pick<ProcessInput, "rows" | "place" | "now" | "dateOrders">,
    private readonly sense: ColumnSense,
  ) {
    this.today = dayOfTime(input.now);
    const { sheet, title = "", columns: places } = input.place;
    this.years = [...new Set([sheet, title, places.get(id)?.header ?? ""].flatMap(yearsIn))];
    input.rows.forEach(({ cells }, index) => {
      const value = dayOf(id, cells);
      this.certain.push(value);
      const cell = cells[id];
      const date = typeof cell === "string" ? readPartialDate(cell) : undefined;
      const zoned = value === undefined && typeof cell === "string" ? readZonedText(cell) : undefined;
      if (zoned !== undefined) {
        this.zoned.push({ row: input.rows[index]!.row, time: zoned });
        this.certain[index] = dayOfTime(zoned);
        return;
      }
      if (!date) return;
      if (value === undefined) this.partial.push({ index, date });
      else this.learnOrder(date, value);
    });
    const known = this.certain.filter((day) => day !== undefined);
    this.span = known.length === 0 ? undefined : [known.reduce(earlier), known.reduce(later)];
    this.knownYears = new Set([
      ...this.years,
      ...known.map((day) => calendarDate(day).year),
      calendarDate(this.today).year,
    ]);
    const below: (Day | undefined)[] = [];
    let next: Day | undefined;
    for (let i = this.certain.length - 1; i >= 0; i--) {
      below[i] = next;
      next = this.certain[i] ?? next;
    }
    this.below = below;
  }

  explain(): ReadonlyMap<number, Explained> {
    const found = new Map<number, Explained>(
      this.zoned.map(({ row, time }) => [row, { time, ground: "zone" } satisfies Explained]),
    );
    const orders = this.orders();
    let above: Day | undefined;
    let seen = 0;
    for (const { index, date } of this.partial) {
      for (; seen < index; seen++) above = this.certain[seen] ?? above;
      const allowed = orders.get(date.shape)!;
      const candidates = date.candidates.filter(({ order }) => allowed.has(order));
      const explained = this.explainOne(index, { ...date, candidates }, above);
      if (!explained) continue;
      const day = dayOfTime(explained.time);
      found.set(this.input.rows[index]!.row, explained);
      this.certain[index] = day;
    }
    return found;
  }

  /** 01/25/2026 can be read alone, and tells in which order its hand writes 01/02/2026. */
  private learnOrder({ shape, candidates }: PartialDate, day: Day): void {
    const own = candidates.filter((candidate) => dayIn(candidate, 0) === day).map(({ order }) => order);
    const before = this.learned.get(shape);
    this.learned.set(shape, new Set(before ? own.filter((order) => before.has(order)) : own));
  }

  /** The orders that every text of one shape can be written in. */
  private orders(): ReadonlyMap<string, ReadonlySet<DateOrder>> {
    const named = this.input.dateOrders?.get(this.id);
    if (named !== undefined) {
      const all = this.partial.flatMap(({ date }) =>
        date.candidates.map(({ order }) => ({ shape: date.shape, order })),
      );
      return new Map(
        all.map(({ shape }) => [
          shape,
          new Set(all.filter((one) => one.shape === shape && isInOrder(one.order, named)).map(({ order }) => order)),
        ]),
      );
    }
    const orders = new Map<string, ReadonlySet<DateOrder>>(this.learned);
    for (const { date } of this.partial) {
      const own = date.candidates.filter((candidate) => this.plausible(candidate.year)).map(({ order }) => order);
      const before = orders.get(date.shape);
      orders.set(date.shape, new Set(before ? own.filter((order) => before.has(order)) : own));
    }
    for (const [shape, allowed] of orders) {
      if (allowed.size > 1 && this.dayNeverChanges(shape)) orders.set(shape, new Set(["ymd"]));
    }
    return orders;
  }

  /** 26.1.15, 26.1.28, 26.2.3 read day first would all be the 26th, of different years: then 26 is the year. */
  private dayNeverChanges(shape: string): boolean {
    const texts = this.partial.filter(({ date }) => date.shape === shape);
    const dayFirst = texts.flatMap(({ date }) => date.candidates.filter(({ order }) => order === "dmy"));
    const yearFirst = texts.filter(({ date }) => date.candidates.some(({ order }) => order === "ymd"));
    return (
      yearFirst.length === texts.length &&
      new Set(dayFirst.map(({ dayOfMonth }) => dayOfMonth)).size <= 1 &&
      new Set(dayFirst.map(({ year }) => year)).size > 1
    );
  }

  /** A ledger speaks of the years around its other dates and of today. */
  private plausible(year: number | undefined): boolean {
    return year === undefined || [year - 1, year, year + 1].some((near) => this.knownYears.has(near));
  }

  private explainOne(index: number, date: PartialDate, above: Day | undefined): Explained | undefined {
    const row = this.input.rows[index]!;
    const all = this.daysOf(date);
    const oneOrder = new Set(date.candidates.map(({ order }) => order)).size === 1;
    if (oneOrder && all.length === 1 && date.candidates[0]!.year !== undefined)
      return {
        time: atTime(all[0]!, date),
        ground: this.input.dateOrders?.has(this.id) === true ? "answer" : "column",
      };
    const grounds: readonly (readonly [DateGround, (day: Day) => boolean])[] = [
      ["row", this.withinRow(row)],
      ["sheet", (day) => this.years.length === 1 && calendarDate(day).year === this.years[0]],
      ["neighbours", between(above, this.below[index])],
      // How far dates lie apart tells the year, never which number is the month.
      ["column", oneOrder ? this.nearColumn() : () => false],
    ];
    const left = new Set(all);
    for (const [ground, fits] of grounds) {
      const fitting = [...left].filter(fits);
      if (fitting.length === 1) return { time: atTime(fitting[0]!, date), ground };
      // What one ground leaves open the next may decide among.
      if (fitting.length > 1) for (const day of left) if (!fits(day)) left.delete(day);
    }
    return undefined;
  }

  private daysOf(date: PartialDate): readonly Day[] {
    const { year } = calendarDate(this.today);
    const years = new Set([...this.knownYears, year - 2, year - 1, year + 1]);
    const days = date.candidates.flatMap((candidate) => [...years].flatMap((y) => dayIn(candidate, y) ?? []));
    return [...new Set(days)].filter((day) => !this.past || day <= this.today);
  }

  private get past(): boolean {
    return this.id === "receivedAt" || isDone(this.id);
  }

  private withinRow({ cells, row }: RawRow): (day: Day) => boolean {
    const received =
      this.id === "receivedAt"
        ? undefined
        : (dayOf("receivedAt", cells) ?? dayOfMaybe(this.sense.date("receivedAt", row)));
    if (this.id !== "receivedAt") {
      if (received === undefined) return () => false;
      const last = isDone(this.id) ? Math.min(this.today, received + A_YEAR - 1) : received + A_YEAR - 1;
      return (day) => day >= received && day <= last;
    }
    const done = this.columns.filter(({ id }) => isDone(id)).flatMap(({ id }) => dayOf(id, cells) ?? []);
    if (done.length === 0) return () => false;
    const first = Math.min(...done);
    return (day) => day <= first && day > first - A_YEAR;
  }

  private nearColumn(): (day: Day) => boolean {
    const { span } = this;
    if (span === undefined) return () => false;
    return (day) => day >= span[0] - A_MONTH && day <= span[1] + A_MONTH;
  }
}

function dayOf(id: InputId, cells: RawRow["cells"]): Day | undefined {
  const { kind } = column(id);
  const value = kind === "date" || kind === "datetime" ? readValue(kind, cells[id]) : undefined;
  if (value === undefined || value instanceof Problem) return undefined;
  return kind === "date" ? (value as Day) : dayOfTime(value as WallTime);
}

function dayOfMaybe(time: WallTime | undefined): Day | undefined {
  return time === undefined ? undefined : dayOfTime(time);
}

/** Between the nearest certain dates above and below, where these are in order and close together. */
function between(above: Day | undefined, below: Day | undefined): (day: Day) => boolean {
  if (above === undefined || below === undefined || above > below || below - above > A_QUARTER) return () => false;
  return (day) => day >= above && day <= below;
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
const later = (a: Day, b: Day): Day => (a > b ? a : b);
