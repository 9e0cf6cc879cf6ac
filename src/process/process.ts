import { addAll } from "../domain/grouping.js";
import type { PipelineRow, RowStanding } from "./judged-row.js";
import { fen, sumOf } from "../domain/money.js";
import { sheetOfRow } from "../domain/sheet-rows.js";
import { personKey } from "../books/entry.js";
import type { Pack } from "../rules/pack.js";
import type { BookRow } from "./book-claims.js";
import type { BooksInput } from "./books-input.js";
import { rowsPlace } from "./cell-place.js";
import type { ProcessInput } from "./input.js";
import type { JudgeContext, Judgement } from "./judge/judgement.js";
import { keepBooks, numbersInBook, type KeptBooks } from "./keep-books.js";
import type { Message, Outcome, Penalty, RowOutcome, Summary } from "./outcome.js";
import { outputColumnsOf } from "./pack-columns.js";
import { proposedOnly, settledOnly } from "./penalty-state.js";
import { namesakesUnclear } from "./namesakes.js";
import { Pipelines } from "./parts.js";
import { columnsIn } from "./read-row.js";
import type { ReadyRow } from "./ready-row.js";
import { booksKey, type RowMemory } from "./row-memory.js";
import { say } from "./sentences.js";
import { sourceOf, survey, type Survey } from "./survey.js";
import { twicePunished, type PenalisedRow, type TwicePunished } from "./twice.js";

/** A judged ledger together with a way to look into single rows. */
export interface Run {
  readonly outcome: Outcome;
  /** What is posted, and what would be posted now. */
  readonly books: KeptBooks;
  /** Judges one row again and keeps its workings; undefined for a row that could not be judged. */
  inspect(
    row: number,
  ): { readonly ready: ReadyRow; readonly judgement: Judgement; readonly context: JudgeContext } | undefined;
  /** The same rows beside another book: what was posted meanwhile is posted. */
  withBook(books: BooksInput): Run;
  /** What is remembered for the next run over the same ledger, where there will be one. */
  readonly memory: RowMemory | undefined;
}

/** Judges a whole ledger. Pure: equal inputs give equal outcomes. */
export function process(input: ProcessInput): Outcome {
  return run(input).outcome;
}

/**
 * As `process`, and able to show the workings of single rows afterwards. `onRow` hears how many rows are judged, for
 * whoever waits; it changes nothing. Nor does what `known` remembers of this ledger, where it is judged again and again.
 */
export function run(input: ProcessInput, onRow?: (done: number) => void, known?: RowMemory): Run {
  const { language } = input;
  const columns = input.inputs ?? columnsIn(input.rows);
  // Rows of a group are judged by what their own workbooks say: there is no one thing that all rest on.
  const memory = input.parts === undefined ? known : undefined;
  memory?.begin(input, columns);
  const pipelines = new Pipelines(input, columns);
  const ledger = survey(input, pipelines);
  const standingOf = (index: number): RowStanding => standingIn(ledger, index);
  const judgeRow = (raw: ProcessInput["rows"][number], index: number): PipelineRow => {
    const pipeline = pipelines.of(raw.row);
    return memory ? pipeline.judgeAgain(raw, standingOf(index), memory) : pipeline.judge(raw, standingOf(index));
  };

  const rows: RowOutcome[] = [];
  const penalised: PenalisedRow[] = [];
  const bookRows: (BookRow & { readonly index: number })[] = [];
  // What one row posts under a number concerns every other row that bears it, in this run as in the next.
  const inBook = new Set([...numbersInBook(input.books), ...sharedNumbers(ledger.ids)]);
  const messages: Message[] = [];
  input.rows.forEach((raw, index) => {
    const { outcome, messages: said, bookRow: judged, penalties } = judgeRow(raw, index);
    addAll(messages, said);
    const source = sourceOf(raw.row, input);
    const bookRow = source === undefined ? judged : ofSource(judged, source);
    const { packId, id } = bookRow;
    if (penalties.length > 0) penalised.push({ index, raw, packId: packId!, complaintId: id!, source, penalties });
    if (penalties.length > 0 || bookRow.inputs.followsId !== undefined || (id !== undefined && inBook.has(id)))
      bookRows.push({ index, ...bookRow });
    rows.push(outcome);
    onRow?.(index + 1);
  });

  addAll(messages, pipelines.messages());
  const twice = twicePunished(penalised);
  const spoilt = spoilTwice(twice, rows, messages, {
    language,
    place: input.place,
    blank: (index) => pipelines.of(input.rows[index]!.row).faulty(ledger.packs[index]),
  });
  const heard = bookRows.map((row) => (spoilt.has(row.index) ? { ...row, judged: false, penalties: [] } : row));
  const used = new Set<Pack>();
  for (const pack of ledger.packs) if (pack) used.add(pack);
  const outputColumns = outputColumnsOf(used);
  const indexOf = rowFinder(input.rows);
  const kept =
    input.parts === undefined ? input : { ...input, unclear: namesakesUnclear(input, withFiles(heard, input)) };
  const close = (books: KeptBooks): Run => ({
    books,
    outcome: {
      ...{ rows, outputColumns },
      ...{ penalties: books.penalties, deductions: books.deductions },
      messages: [...messages, ...books.messages],
      summary: summarise(rows, books.penalties, books.deductions),
    },
    inspect(row) {
      const index = indexOf(row);
      return index === undefined ? undefined : pipelines.of(row).inspect(input.rows[index]!, standingOf(index));
    },
    withBook: (books) => close(keepBooks({ ...kept, books }, heard)),
    memory,
  });
  return close(memory ? keptBefore(memory, kept, heard) : keepBooks(kept, heard));
}

/** The books as they were kept before, if nothing in them can be different. */
function keptBefore(memory: RowMemory, input: ProcessInput, heard: readonly BookRow[]): KeptBooks {
  const key = booksKey(input);
  const known = memory.sameBooks(key, heard);
  if (known) return known;
  const kept = keepBooks(input, heard);
  memory.keepBooks(key, heard, kept);
  return kept;
}

function withFiles<Row extends BookRow & { readonly index: number }>(
  heard: readonly Row[],
  { parts = [], rows }: ProcessInput,
): (Row & { readonly file: string | undefined })[] {
  return heard.map((row) => ({ ...row, file: parts[sheetOfRow(rows[row.index]!.row)]?.source }));
}

/** What a row of a group says to the books, with the workbook that is part of its identity. */
function ofSource(row: BookRow, source: string): BookRow {
  return { ...row, source, penalties: row.penalties.map((penalty) => ({ ...penalty, source })) };
}

/** Numbers that several rows bear. */
function sharedNumbers(ids: Survey["ids"]): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const id of ids) {
    if (id !== undefined && seen.has(id)) shared.add(id);
    else if (id !== undefined) seen.add(id);
  }
  return shared;
}

/** Where a row stands among the others. */
function standingIn(ledger: Survey, index: number): RowStanding {
  return {
    pack: ledger.packs[index],
    id: ledger.ids[index],
    newId: ledger.newIds.get(index),
    earlierOfCustomer: ledger.earlierOfCustomer[index]!,
    followedBy: ledger.followedBy(index),
    repeatedBy: ledger.repeatedBy(index),
    sharesCase: ledger.sharesCase(index),
    remarks: ledger.remarksOn(index),
  };
}

/** Finds the index of a sheet row; the last one where a number comes twice. */
function rowFinder(rows: ProcessInput["rows"]): (row: number) => number | undefined {
  let indexes: Map<number, number> | undefined;
  return (row) => (indexes ??= new Map(rows.map((raw, index) => [raw.row, index]))).get(row);
}

/** Rows by which somebody would be punished twice for one act are 数据有误, and nobody is charged by them. */
function spoilTwice(
  twice: readonly TwicePunished[],
  rows: RowOutcome[],
  messages: Message[],
  {
    language,
    place,
    blank,
  }: Pick<ProcessInput, "language" | "place"> & { readonly blank: (index: number) => RowOutcome["outputs"] },
): ReadonlySet<number> {
  const spoilt = new Set<number>();
  for (const { rows: indexes, subject, reason } of twice) {
    for (const index of indexes) {
      const { row, outputs } = rows[index]!;
      const others = indexes.filter((other) => other !== index).map((other) => rows[other]!.row);
      const text = say(language, "penalty.twice-rows", { rows: rowsPlace(others, row, place), subject, reason });
      messages.push({ row, level: "error", cause: "penalty.twice-rows", text });
      rows[index] = { ...rows[index]!, outputs: { ...blank(index), messages: [...(outputs.messages ?? []), text] } };
      spoilt.add(index);
    }
  }
  return spoilt;
}

const NOTHING = fen(0);

function summarise(rows: readonly RowOutcome[], penalties: readonly Penalty[], taken: Outcome["deductions"]): Summary {
  const byStatus: Record<string, number> = {};
  const byPack: Record<string, number> = {};
  for (const { outputs, packId } of rows) {
    const status = outputs.status!;
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    if (packId !== undefined) byPack[packId] = (byPack[packId] ?? 0) + 1;
  }
  const proposed = proposedOnly(penalties);
  const settled = settledOnly(penalties);
  // What is still owed is what the last month of each person carries out.
  const carried = new Map(
    taken.map((deduction) => [
      personKey({ employeeNo: deduction.employeeNo, name: deduction.person }),
      deduction.carriedOut,
    ]),
  );
  return {
    rows: rows.length,
    faultyRows: byStatus["数据有误"] ?? 0,
    byStatus,
    byPack,
    penalties: sumOf([...proposed, ...settled].map(({ amount }) => amount)),
    proposedPenalties: sumOf(proposed.map(({ amount }) => amount)),
    settledPenalties: sumOf(settled.map(({ amount }) => amount)),
    deducted: sumOf(taken.map((deduction) => deduction.deducted)),
    carriedOut: sumOf(carried.values()),
    compensation: sumOf(rows.map(({ outputs }) => outputs.compensation ?? NOTHING)),
  };
}
