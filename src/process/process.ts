import { createCalendar } from "../domain/calendar.js";
import type { InputId } from "../domain/columns.js";
import type { ComplaintInputs } from "../domain/complaint.js";
import { fen, sumOf } from "../domain/money.js";
import { dayOfTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import { rowScan } from "../rules/evaluate.js";
import { packInForce, type PackInForce } from "../rules/in-force.js";
import type { Pack } from "../rules/pack.js";
import type { RowScan } from "../rules/phrase-scan.js";
import { inputSlot } from "./base-facts.js";
import { RowCheck } from "./check-row.js";
import { UNJUDGED } from "./closing.js";
import { ColumnSense } from "./column-sense.js";
import type { BookRow } from "./book-claims.js";
import type { Book } from "../books/entry.js";
import { personKey } from "../books/entry.js";
import { keepBooks, NO_BOOKS, numbersInBook, type KeptBooks } from "./keep-books.js";
import type { ProcessInput } from "./input.js";
import type { JudgeContext, Judgement } from "./judge/judgement.js";
import type { ReadyRow } from "./ready-row.js";
import { RowJudge } from "./judge/row-judge.js";
import type { Message, Outcome, Penalty, RowOutcome, Summary } from "./outcome.js";
import { proposedOnly, settledOnly } from "./penalty-state.js";
import { twicePunished, type PenalisedRow, type TwicePunished } from "./twice.js";
import { outputColumnsOf } from "./pack-columns.js";
import { indexPeople } from "./people-index.js";
import { columnsIn, RowReader, type ReadRow } from "./read-row.js";
import { say } from "./sentences.js";
import { survey } from "./survey.js";

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
  withBook(book: Book): Run;
}

/** Judges a whole ledger. Pure: equal inputs give equal outcomes. */
export function process(input: ProcessInput): Outcome {
  return run(input).outcome;
}

/**
 * As `process`, and able to show the workings of single rows afterwards. `onRow` hears how many rows are judged, for
 * whoever waits; it changes nothing.
 */
export function run(input: ProcessInput, onRow?: (done: number) => void): Run {
  const { language, now, place } = input;
  const columns = input.inputs ?? columnsIn(input.rows);
  const sense = new ColumnSense(columns, input);
  const ledger = survey(input, sense);
  const reader = new RowReader(columns, place, language, sense);
  const people = indexPeople(input.people);
  const context: JudgeContext = {
    people,
    statutes: input.statutes,
    calendar: createCalendar(input.holidays),
    closeOfBusiness: input.settings.closeOfBusiness,
    pauseAllowed: input.settings.pauseAllowed === true,
    now,
    language,
    place,
    ledger: {
      inputs: columns.map(inputSlot),
      people: people.byName,
      now,
      deductionRegion: input.settings.deductionRegion,
    },
  };
  const scans = new Map<PackInForce, RowScan>();
  const versions = new Map<Pack, string>();
  /** A row that can be judged, from what was read of it. */
  const ready = (index: number, { raw, inputs, unreadable }: ReadRow): ReadyRow | undefined => {
    const pack = ledger.packs[index];
    const id = ledger.ids[index];
    if (!pack || id === undefined || !isComplete(inputs)) return undefined;
    const inForce = packInForce(pack, dayOfTime(inputs.receivedAt));
    let scan = scans.get(inForce);
    if (!scan) scans.set(inForce, (scan = rowScan(inForce)));
    return {
      row: raw.row,
      id,
      inputs,
      inForce,
      scan,
      packVersion: versionOf(pack, versions),
      earlierOfCustomer: ledger.earlierOfCustomer[index]!,
      unread: unreadColumns(unreadable, input.asked),
      followedBy: ledger.followedBy(index),
    };
  };

  const judge = new RowJudge(context);
  const check = new RowCheck(input, columns, people);
  const rows: RowOutcome[] = [];
  const penalised: PenalisedRow[] = [];
  const bookRows: (BookRow & { readonly index: number })[] = [];
  const inBook = numbersInBook(input.books);
  const messages: Message[] = [];
  input.rows.forEach((raw, index) => {
    const read = reader.read(raw);
    const pack = ledger.packs[index];
    const { problems, remarks } = check.row(read, pack);
    const row = problems.length === 0 ? ready(index, read) : undefined;
    const judgement = row && judge.judge(row);
    const outputs = judgement ? judgement.outputs : faultyOutputs(pack, language, versions);
    let texts: string[] | undefined;
    for (const list of [problems, remarks, ledger.remarksOn(index), judgement?.messages]) {
      if (list === undefined) continue;
      for (const message of list) {
        messages.push(message);
        if (texts === undefined) texts = [message.text];
        else if (!texts.includes(message.text)) texts.push(message.text);
      }
    }
    if (texts) outputs.messages = texts;
    if (row && judgement && judgement.penalties.length > 0) {
      const packId = row.inForce.pack.header.id;
      penalised.push({ index, raw, packId, complaintId: row.id, penalties: judgement.penalties });
    }
    const id = ledger.ids[index];
    const penalties = (judgement?.penalties ?? []).map(({ penalty }) => penalty);
    if (penalties.length > 0 || read.inputs.followsId !== undefined || (id !== undefined && inBook.has(id)))
      bookRows.push({
        index,
        packId: pack?.header.id,
        id,
        inputs: read.inputs,
        judged: judgement !== undefined,
        penalties,
      });
    const closing = judgement?.closing ?? UNJUDGED;
    const outcome = { row: raw.row, id, packId: pack?.header.id, outputs, closing };
    const newId = ledger.newIds.get(index);
    rows.push(newId === undefined ? outcome : { ...outcome, newId });
    onRow?.(index + 1);
  });

  messages.push(...sense.messages());
  const twice = twicePunished(penalised);
  const spoilt = spoilTwice(twice, rows, messages, {
    language,
    blank: (index) => faultyOutputs(ledger.packs[index], language, versions),
  });
  const heard = bookRows.map((row) => (spoilt.has(row.index) ? { ...row, judged: false, penalties: [] } : row));
  const used = new Set<Pack>();
  for (const pack of ledger.packs) if (pack) used.add(pack);
  const outputColumns = outputColumnsOf(used);
  const inspect = inspector(input, reader, (index, read) =>
    check.row(read, ledger.packs[index]).problems.length > 0 ? undefined : ready(index, read),
  );
  const close = (books: KeptBooks): Run => ({
    books,
    outcome: {
      ...{ rows, outputColumns },
      ...{ penalties: books.penalties, deductions: books.deductions },
      messages: [...messages, ...books.messages],
      summary: summarise(rows, books.penalties, books.deductions),
    },
    inspect(row) {
      const found = inspect(row);
      return found && { ready: found, judgement: judge.inspect(found), context };
    },
    withBook: (book) => close(keepBooks({ ...input, books: { ...(input.books ?? NO_BOOKS), book } }, heard)),
  });
  return close(keepBooks(input, heard));
}

/** Finds the row of a sheet row again. */
function inspector(
  { rows }: ProcessInput,
  reader: RowReader,
  ready: (index: number, read: ReadRow) => ReadyRow | undefined,
): (rowNumber: number) => ReadyRow | undefined {
  let indexes: Map<number, number> | undefined;
  return (rowNumber) => {
    indexes ??= new Map(rows.map(({ row }, index) => [row, index]));
    const index = indexes.get(rowNumber);
    return index === undefined ? undefined : ready(index, reader.read(rows[index]!));
  };
}

const NOTHING_UNREAD: ReadonlySet<InputId> = new Set();

function unreadColumns(
  unreadable: ReadRow["unreadable"],
  asked: ProcessInput["asked"] = NOTHING_UNREAD,
): ReadonlySet<InputId> {
  return unreadable.length === 0 ? asked : new Set([...asked, ...unreadable.map(({ column }) => column)]);
}

/** Rows by which somebody would be punished twice for one act are 数据有误, and nobody is charged by them. */
function spoilTwice(
  twice: readonly TwicePunished[],
  rows: RowOutcome[],
  messages: Message[],
  { language, blank }: { readonly language: Language; readonly blank: (index: number) => RowOutcome["outputs"] },
): ReadonlySet<number> {
  const spoilt = new Set<number>();
  for (const { rows: indexes, subject, reason } of twice) {
    for (const index of indexes) {
      const { row, outputs } = rows[index]!;
      const others = indexes.filter((other) => other !== index).map((other) => rows[other]!.row);
      const text = say(language, "penalty.twice-rows", { rows: others.join("、"), subject, reason });
      messages.push({ row, level: "error", cause: "penalty.twice-rows", text });
      rows[index] = { ...rows[index]!, outputs: { ...blank(index), messages: [...(outputs.messages ?? []), text] } };
      spoilt.add(index);
    }
  }
  return spoilt;
}

function isComplete(inputs: ComplaintInputs): inputs is ReadyRow["inputs"] {
  return inputs.receivedAt !== undefined && inputs.description !== undefined;
}

// ------------------------------------------------------------ outcome

function versionOf(pack: Pack, versions: Map<Pack, string>): string {
  let version = versions.get(pack);
  if (version === undefined) versions.set(pack, (version = packVersion(pack)));
  return version;
}

/** 规则版本: id, version, and the beginning of the hash over the pack's rule files. */
export function packVersion({ header, hash }: Pack): string {
  return `${header.id} ${header.version} ${hash.slice(0, 8)}`;
}

function faultyOutputs(pack: Pack | undefined, language: Language, versions: Map<Pack, string>): RowOutcome["outputs"] {
  return {
    status: "数据有误",
    nextStep: say(language, "next.fix-data"),
    ...(pack ? { packVersion: versionOf(pack, versions) } : {}),
  };
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
