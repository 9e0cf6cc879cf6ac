import type { PipelineRow, RowStanding } from "./judged-row.js";
import { INPUT_COLUMNS, OUTPUT_COLUMNS, type InputColumn, type InputId, type OutputId } from "../domain/columns.js";
import type { ComplaintInputs, ComplaintOutputs, RawRow } from "../domain/complaint.js";
import { dayOfTime, SECONDS_PER_DAY, startOfDay, type Day, type WallTime } from "../domain/wall-time.js";
import type { BookRow } from "./book-claims.js";
import type { ProcessInput } from "./input.js";
import type { KeptBooks } from "./keep-books.js";
import type { WorkedLimit } from "./limits.js";

/**
 * What was judged of a ledger last, for whoever judges it again after an edit: a row of which nothing has changed, neither
 * its cells nor anything it is judged by, is what it was. The clock is part of that: each row is kept only until the next
 * moment at which it may say something else. Nothing is kept that a whole run would not come to
 * (test/process/row-memory.test.ts).
 */
export class RowMemory {
  /** What every row depends on; with another, nothing is remembered any more. */
  private surroundings = "";
  private packs: ProcessInput["packs"] | undefined;
  private statutes: ProcessInput["statutes"] | undefined;
  private rows = new Map<number, Remembered>();
  private books: RememberedBooks | undefined;
  /** Rows of which the reference engine came to the same. */
  private checked = new WeakSet<PipelineRow>();

  /** Begins a run: forgets everything if rows are judged by something else than before. */
  begin(input: ProcessInput, columns: readonly InputColumn[]): void {
    const {
      packs,
      statutes,
      people,
      holidays,
      settings,
      language,
      asked,
      dateOrders,
      monthlyPay,
      place,
      proposesOnly,
    } = input;
    const surroundings = JSON.stringify([
      [people, holidays, settings, language, monthlyPay, columns.map(({ id }) => id)],
      [
        proposesOnly === true,
        [...(asked ?? [])],
        [...(dateOrders ?? [])],
        place.sheet,
        place.title,
        [...place.columns],
      ],
      place.sheets?.map(({ sheet, columns: own }) => [sheet, [...own]]),
    ]);
    const same = surroundings === this.surroundings && statutes === this.statutes && samePacks(packs, this.packs);
    if (!same) this.rows = new Map();
    if (!same) this.books = undefined;
    this.surroundings = surroundings;
    this.statutes = statutes;
    this.packs = packs;
  }

  /** What a row was judged to be, if that still holds. */
  find(raw: RawRow, standing: RowStanding, now: WallTime): PipelineRow | undefined {
    const known = this.rows.get(raw.row);
    if (!known || now < known.from || now >= known.until) return undefined;
    if (!sameCells(known.raw.cells, raw.cells) || !sameJson(known.raw.doubts, raw.doubts)) return undefined;
    return sameStanding(known.standing, standing) ? known.result : undefined;
  }

  /** Remembers a row from `from` until the moment at which it may be judged otherwise. */
  keep(remembered: Remembered): void {
    this.rows.set(remembered.raw.row, remembered);
  }

  /** The books as they were kept last, if nothing that they hear or rest on is different. */
  sameBooks(key: string, heard: readonly BookRow[]): KeptBooks | undefined {
    const { books } = this;
    if (books?.key !== key || books.heard.length !== heard.length) return undefined;
    return heard.every((row, i) => saysTheSame(row, books.heard[i]!)) ? books.kept : undefined;
  }

  keepBooks(key: string, heard: readonly BookRow[], kept: KeptBooks): void {
    this.books = { key, heard, kept };
  }

  /** Whether the reference engine has come to the same of this very judgement of the row. */
  isChecked(row: number): boolean {
    const known = this.rows.get(row);
    return known !== undefined && this.checked.has(known.result);
  }

  noteChecked(row: number): void {
    const known = this.rows.get(row);
    if (known) this.checked.add(known.result);
  }
}

export interface Remembered {
  readonly raw: RawRow;
  readonly standing: RowStanding;
  readonly result: PipelineRow;
  readonly from: WallTime;
  readonly until: WallTime;
}

interface RememberedBooks {
  readonly key: string;
  readonly heard: readonly BookRow[];
  readonly kept: KeptBooks;
}

/** What keeping the books rests on beside what rows say and the surroundings. */
export function booksKey({ books, now }: Pick<ProcessInput, "books" | "now">): string {
  const entries = books?.book.entries ?? [];
  // The chain's last value stands for all entries before it.
  const book = [entries.length, entries.at(-1)?.check];
  return JSON.stringify([dayOfTime(now), book, [...(books?.notices ?? [])], books?.archive ?? []]);
}

function samePacks(a: ProcessInput["packs"], b: ProcessInput["packs"] | undefined): boolean {
  return a.size === b?.size && [...a].every(([id, pack]) => b.get(id) === pack);
}

function sameCells(a: RawRow["cells"], b: RawRow["cells"]): boolean {
  if (a === b) return true;
  for (const id in a) {
    const one = a[id as InputId];
    const other = b[id as InputId];
    if (one !== other && !(typeof one === "object" && one !== null && sameJson(one, other))) return false;
  }
  for (const id in b) if (!(id in a)) return false;
  return true;
}

function sameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function sameStanding(a: RowStanding, b: RowStanding): boolean {
  return (
    a.pack === b.pack &&
    a.id === b.id &&
    a.newId === b.newId &&
    a.earlierOfCustomer === b.earlierOfCustomer &&
    a.sharesCase === b.sharesCase &&
    sameJson(a.followedBy, b.followedBy) &&
    sameJson(a.repeatedBy, b.repeatedBy) &&
    sameJson(a.remarks, b.remarks)
  );
}

/** Whether two rows say the same to the books. */
function saysTheSame(a: BookRow, b: BookRow): boolean {
  const told = ({ packId, id, judged, penalties, inputs }: BookRow): unknown => {
    const { followsId, receivedAt, customer, description, closeAt } = inputs;
    return [packId, id, judged, penalties, followsId, receivedAt, customer, description, closeAt];
  };
  const same = a.inputs === b.inputs && a.penalties === b.penalties && a.judged === b.judged;
  return same || sameJson(told(a), told(b));
}

// ------------------------------------------------------------ until when a judgement holds

const INPUT_TIMES = timesAmong(INPUT_COLUMNS);
const OUTPUT_TIMES = timesAmong(OUTPUT_COLUMNS);

function timesAmong<Id extends InputId | OutputId>(columns: readonly { readonly id: Id; readonly kind: string }[]) {
  return columns
    .filter(({ kind }) => kind === "date" || kind === "datetime")
    .map(({ id, kind }) => ({ id, isDay: kind === "date" }));
}

/** What of a judged row the clock may pass. */
export interface TimesOfRow {
  readonly inputs: ComplaintInputs;
  readonly outputs: ComplaintOutputs;
  readonly limits: readonly WorkedLimit[];
  /** How near a limit is 即将到期, in seconds. */
  readonly warning: number;
}

/**
 * The first moment after `now` at which a row may be judged otherwise: the next midnight, any time that stands in it or was
 * worked out for it, and the same time of day today, since months and days are counted from such times.
 */
export function steadyUntil(now: WallTime, { inputs, outputs, limits, warning }: TimesOfRow): WallTime {
  const today = startOfDay(dayOfTime(now));
  let until = today + SECONDS_PER_DAY;
  const consider = (time: number | undefined): void => {
    if (time === undefined) return;
    if (time > now && time < until) until = time;
    const sameTimeToday = today + (time % SECONDS_PER_DAY);
    if (sameTimeToday > now && sameTimeToday < until) until = sameTimeToday;
  };
  const read = (value: unknown, isDay: boolean): void => {
    if (typeof value === "number") consider(isDay ? startOfDay(value as Day) : value);
  };
  for (const { id, isDay } of INPUT_TIMES) read(inputs[id], isDay);
  for (const { id, isDay } of OUTPUT_TIMES) read(outputs[id], isDay);
  for (const { due, target, start } of limits) {
    consider(due);
    consider(target);
    consider(start);
    consider(due - warning);
  }
  return until as WallTime;
}
