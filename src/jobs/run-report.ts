import { OUTPUT_COLUMNS, type OutputId } from "../domain/columns.js";
import { shownCell } from "../ledger/shown-cell.js";
import { isoTime, type WallTime } from "../domain/wall-time.js";
import { holds, outputCell } from "../ledger/output-cells.js";
import type { LedgerRow, LedgerSnapshot } from "../ledger/port.js";
import { causesToShow, causeText, type Cause } from "../process/causes.js";
import { numbersTwice } from "../process/complaint-name.js";
import type { MessageLevel, RowOutcome, Summary } from "../process/outcome.js";
import { askedQuestions, type AskedQuestion } from "./first-check.js";
import type { ExaminedLedger, Judgement } from "./judge-ledger.js";

/** A place that a person should look at. */
export interface Place {
  readonly row: number;
  readonly id: string | undefined;
  readonly packId: string | undefined;
}

/** What is wrong, however many rows have it. */
export interface CauseNote {
  readonly level: MessageLevel;
  /** What it is and how to mend it. */
  readonly text: string;
  readonly count: number;
  /** Column letters of the cells at fault; undefined for rows as a whole. */
  readonly letter: string | undefined;
  /** The first rows that have it; none where it belongs to no row. */
  readonly places: readonly Place[];
}

export interface OverdueRow {
  readonly row: number;
  readonly id: string | undefined;
  readonly packId: string | undefined;
  readonly customer: string;
  readonly about: string;
  readonly status: string;
  readonly nextStep: string;
  /** The limit that has passed, `2026-03-31T18:00:00`; undefined if none is filled. */
  readonly due: string | undefined;
  readonly dueColumn: OutputId | undefined;
}

export interface ChangedRow {
  readonly row: number;
  readonly id: string | undefined;
  readonly packId: string | undefined;
  /** The row had no outputs before. */
  readonly first: boolean;
  readonly changes: readonly { readonly column: OutputId; readonly before: string; readonly after: string }[];
}

/** The outcome of a run as the pane shows it; lists are cut at a length a person can look through, counts are whole. */
export interface RunReport {
  readonly summary: Summary;
  readonly now: string;
  readonly packs: readonly { readonly id: string; readonly title: string; readonly rows: number }[];
  readonly overdue: readonly OverdueRow[];
  readonly overdueCount: number;
  /** What has to be answered first, with the answers that one press gives. */
  readonly questions: readonly AskedQuestion[];
  /** Errors, then what is doubtful, then what is said of the ledger as a whole. */
  readonly causes: readonly CauseNote[];
  readonly changed: readonly ChangedRow[];
  readonly changedCount: number;
  /** Nothing has to be written: the workbook says so already. */
  readonly unchanged: boolean;
  /** Numbers that stand in rows of more than one pack: lists name the pack beside them. */
  readonly numbersTwice: readonly string[];
  /** Months with penalties or deductions, newest first. */
  readonly months: readonly string[];
  /** Row on which the reference engine disagrees: nothing may be written. */
  readonly mismatch?: { readonly row: number; readonly concern: string };
  /** Why nothing may be written, as a sentence: noticed or locked months that don't add up. */
  readonly refusal?: string;
}

/** What a person can look through in a list. */
const LONGEST_LIST = 200;

/** So many questions at a time; what is answered makes room for the next. */
const MOST_QUESTIONS = 20;
/** Places by which a cause is looked into; the workbook names them all. */
const PLACES = 50;

/** Limits in the order in which they matter to somebody who is late. */
const DUE_COLUMNS = OUTPUT_COLUMNS.filter(({ kind, id }) => kind === "datetime" && id.endsWith("Due"));

/** The outcome of a run as the pane shows it: what is late first, then what is wrong, then what has changed. */
export function runReport(
  { outcome, check, changedRows, unchanged, refusal, snapshot, options: { packs, now, language } }: ExaminedLedger,
  judgement: Judgement | undefined,
): RunReport {
  const before = new Map(snapshot.rows.map((row) => [row.row, row]));
  const judged = new Map(outcome.rows.map((row) => [row.row, row]));
  const overdue = outcome.rows.filter(({ outputs }) => outputs.overdue === true);
  const note = (cause: Cause): CauseNote => ({
    level: cause.level,
    text: causeText(cause, (id) => snapshot.columns.get(id)?.header, language),
    count: cause.count,
    letter: cause.column && snapshot.columns.get(cause.column)?.letter,
    places: cause.rows.slice(0, PLACES).map((row) => ({
      row,
      id: judged.get(row)?.id,
      packId: judged.get(row)?.packId,
    })),
  });
  const changed = new Set(changedRows);
  const changes = outcome.rows.filter(({ row }) => changed.has(row));
  const months = new Set([...outcome.penalties.map(({ month }) => month), ...outcome.deductions.map((d) => d.month)]);
  return {
    summary: outcome.summary,
    now: isoTime(now),
    packs: Object.entries(outcome.summary.byPack).map(([id, rows]) => ({
      id,
      title: packs.get(id)?.header.title[language] ?? id,
      rows,
    })),
    overdue: overdue
      .map((row) => overdueRow(row, before.get(row.row)!, now))
      .sort((a, b) => Number(isClosed(a)) - Number(isClosed(b)) || ((a.due ?? "9") < (b.due ?? "9") ? -1 : 1))
      .slice(0, LONGEST_LIST),
    overdueCount: overdue.length,
    questions: askedQuestions(check, language).slice(0, MOST_QUESTIONS),
    causes: causesToShow(outcome.messages).slice(0, LONGEST_LIST).map(note),
    changed: changes.slice(0, LONGEST_LIST).map((row) => changedRow(row, before.get(row.row)!)),
    changedCount: changes.length,
    unchanged,
    numbersTwice: [...numbersTwice(outcome.rows)],
    months: [...months].sort().reverse(),
    ...(refusal === undefined ? whyNot(judgement) : { refusal }),
  };
}

/** Why nothing may be written, as the pane tells it. */
export function whyNot(judgement: Judgement | undefined): Pick<RunReport, "mismatch" | "refusal"> {
  if (judgement?.kind === "refused") return { refusal: judgement.reason };
  if (judgement?.kind !== "differs") return {};
  const { row, concern } = judgement.mismatch;
  return { mismatch: { row, concern } };
}

/** Closed too late: nothing can be done about it any more, so it comes after what can still be done. */
function isClosed({ status }: OverdueRow): boolean {
  return status === "逾期结案";
}

function overdueRow({ row, id, packId, outputs }: RowOutcome, before: LedgerRow, now: WallTime): OverdueRow {
  // What matters is when the case should have been closed; short of that, the last limit that has passed.
  const passed = DUE_COLUMNS.flatMap(({ id: due }) => {
    const time = outputs[due as "closeDue"];
    return time !== undefined && time < now ? [{ time, due }] : [];
  });
  const close = passed.find(({ due }) => due === "closeDue");
  const limit = close ?? passed.at(-1);
  return {
    row,
    id,
    packId,
    customer: shownCell(before.cells.customer),
    about: shownCell(before.cells.description).slice(0, 60),
    status: outputs.status ?? "",
    nextStep: outputs.nextStep ?? "",
    due: limit && isoTime(limit.time),
    dueColumn: limit?.due,
  };
}

/** Whether the outputs of a row differ from those that stand in it, among the columns there are. */
export function rowDiffers(outcome: RowOutcome, before: LedgerRow, columns: LedgerSnapshot["columns"]): boolean {
  return outcome.newId !== undefined || differences(outcome, before).some((id) => columns.has(id));
}

function differences({ outputs }: RowOutcome, before: LedgerRow): OutputId[] {
  return OUTPUT_COLUMNS.map(({ id }) => id).filter((id) => {
    const value = outputs[id];
    return !holds(before.outputs[id], value === undefined ? undefined : outputCell(id, value));
  });
}

function changedRow(outcome: RowOutcome, before: LedgerRow): ChangedRow {
  const changes = differences(outcome, before)
    .filter((id) => id !== "packVersion" && id !== "basis")
    .map((id) => {
      const value = outcome.outputs[id];
      return {
        column: id,
        before: shownCell(before.outputs[id], id),
        after: value === undefined ? "" : shownCell(outputCell(id, value), id),
      };
    });
  return {
    row: outcome.row,
    id: outcome.id,
    packId: outcome.packId,
    first: holds(before.outputs.status, undefined),
    changes: changes.slice(0, 8),
  };
}
