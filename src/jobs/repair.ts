import { cellText, rowsText } from "../ledger/rows-text.js";
import { Problem, readValue } from "../domain/cell-reading.js";
import { column, INPUT_COLUMNS, type InputColumn, type InputId } from "../domain/columns.js";
import { DATE_ORDERS, type DateOrder } from "../domain/partial-date.js";
import { listedText, markedText, orderedDate, repairedText, shownTime, visibleText } from "../domain/repair-text.js";
import { auditEntries } from "../ledger/audit-log.js";
import { logRefusal } from "../ledger/book-run.js";
import type { LedgerRow, LedgerWrite, RowWrite } from "../ledger/port.js";
import { OWN_WORDS } from "../process/read-row.js";
import { causesToShow, causeText } from "../process/causes.js";
import { ColumnSense } from "../process/column-sense.js";
import { PROGRAM_VERSION } from "../program/version.js";
import { LISTED_COLUMNS, type ListedColumn } from "../rules/lists.js";
import { cellName } from "./cell-name.js";
import type { ExaminedLedger } from "./judge-ledger.js";
import { LedgerRefused } from "./refused.js";
import { jobsText } from "./texts.js";

/**
 * Mending inputs after a look: cells that can't be read, or are written loosely, grouped by what is wrong with them, each
 * with what it would be. Only what can mean one thing is proposed; the rest is listed with how to mend it by hand. It may
 * run where judging is refused, and never touches anything but inputs of the ledger and, appended, 处理日志.
 */

/** Why a cell is to be mended. */
export type RepairKind =
  | "unreadable" // could not be read as it stands
  | "loose" // was read, and is written otherwise than its column
  | "explained" // was read by what stands around it
  | "invisible" // holds characters that can't be seen
  | "listed" // a listed value but for spaces and marks
  | "ordered"; // somebody has said which number is the month

export interface RepairCell {
  readonly row: number;
  /** As people name it: D5, with its sheet where the ledger stands on several. */
  readonly place: string;
  readonly id: string | undefined;
  readonly before: string;
  readonly after: string;
}

/** Cells of one column with one thing wrong. */
export interface RepairGroup {
  /** The same for the same group of a ledger. */
  readonly key: string;
  readonly kind: RepairKind;
  readonly column: InputId;
  readonly header: string;
  /** What is wrong, in a sentence. */
  readonly text: string;
  readonly cells: readonly RepairCell[];
}

/** Dates that can be read in several orders: somebody has to say in which. */
export interface OrderQuestion {
  readonly column: InputId;
  readonly header: string;
  readonly count: number;
  readonly example: string;
  /** What the example would be in each order. */
  readonly readings: readonly { readonly order: DateOrder; readonly text: string }[];
}

export interface Repairs {
  readonly groups: readonly RepairGroup[];
  readonly questions: readonly OrderQuestion[];
  /** What a person has to mend: no one reading is certain. */
  readonly byHand: readonly {
    readonly text: string;
    readonly count: number;
    readonly rows: readonly number[];
    /** The rows as people name them. */
    readonly where: string;
  }[];
}

export interface RepairOptions {
  /** What somebody has said of dates that can be read in several orders. */
  readonly order?: DateOrder | undefined;
  /** Cells that hold a formula are the formula's to mend. */
  readonly isFormula?: (row: number, id: InputId) => boolean;
}

/** What could be mended in a ledger, and what has to be asked or done by hand. */
export function repairsOf(examined: ExaminedLedger, options: RepairOptions = {}): Repairs {
  return new Mending(examined, options).repairs();
}

interface Proposal {
  readonly kind: RepairKind;
  readonly after: string;
}

class Mending {
  private readonly columns: readonly InputColumn[];
  private readonly sense: ColumnSense;
  private readonly groups = new Map<
    string,
    { readonly head: Omit<RepairGroup, "cells">; readonly cells: RepairCell[] }
  >();
  private readonly questions = new Map<InputId, { example: string; count: number }>();
  private readonly mended = new Set<string>();

  constructor(
    private readonly examined: ExaminedLedger,
    private readonly options: RepairOptions,
  ) {
    const { snapshot } = examined;
    // Where two columns stand for one, nobody knows which of them a value came from.
    const twofold = new Set((snapshot.secondColumns ?? []).map(({ id }) => id));
    this.columns = INPUT_COLUMNS.filter(({ id }) => snapshot.columns.has(id) && !twofold.has(id));
    const { now, language } = examined.options;
    const { sheet, sheets, columns } = snapshot;
    const place = { sheet, columns, ...(sheets && { sheets }) };
    this.sense = new ColumnSense(this.columns, { rows: snapshot.rows, now, language, place });
  }

  repairs(): Repairs {
    const { snapshot, outcome } = this.examined;
    snapshot.rows.forEach((row, index) => {
      for (const spec of this.columns) this.look(row, outcome.rows[index]!, spec);
    });
    return {
      groups: [...this.groups.values()].map(({ head, cells }) => ({ ...head, cells })),
      questions: [...this.questions].map(([id, { example, count }]) => this.question(id, example, count)),
      byHand: this.byHand(),
    };
  }

  private look(
    row: LedgerRow,
    { id, packId }: { id: string | undefined; packId: string | undefined },
    spec: InputColumn,
  ): void {
    const cell = row.cells[spec.id];
    if (typeof cell !== "string" || cell.trim() === "" || this.options.isFormula?.(row.row, spec.id) === true) return;
    const proposal = this.propose(cell, row.row, spec, packId);
    if (!proposal || proposal.after === cell) return;
    const { kind, after } = proposal;
    const { snapshot } = this.examined;
    const { header } = snapshot.columns.get(spec.id)!;
    const key = `${spec.id}.${kind}`;
    let group = this.groups.get(key);
    if (!group) {
      const text = jobsText(this.examined.options.language, `repair.${kind}`, { header });
      this.groups.set(key, (group = { head: { key, kind, column: spec.id, header, text }, cells: [] }));
    }
    group.cells.push({ row: row.row, place: cellText(snapshot, row.row, spec.id), id, before: cell, after });
    this.mended.add(cellName(row.row, spec.id));
  }

  private propose(
    cell: string,
    row: number,
    { id, kind }: InputColumn,
    packId: string | undefined,
  ): Proposal | undefined {
    if (kind === "text") return this.proposeText(cell, id, packId);
    const read = readValue(kind, cell);
    const isDate = kind === "date" || kind === "datetime";
    if (isDate && read instanceof Problem) {
      const explained = this.sense.date(id, row);
      if (explained !== undefined) return { kind: "explained", after: shownTime(kind, explained) };
    }
    const after = repairedText(kind, cell);
    if (after !== undefined) {
      const readable = kind === "persons" ? "invisible" : "loose";
      return { kind: read instanceof Problem ? "unreadable" : readable, after };
    }
    if (!isDate || !(read instanceof Problem)) return undefined;
    return this.ordered(cell, id, kind);
  }

  /** Texts: characters that can't be seen go; a listed value is written as the list has it. */
  private proposeText(cell: string, id: InputId, packId: string | undefined): Proposal | undefined {
    if (OWN_WORDS.has(id)) return undefined;
    const list = isListed(id) && packId !== undefined ? this.examined.options.packs.get(packId)?.lists[id] : undefined;
    const after = list && listedText(list, cell);
    if (after !== undefined) return { kind: "listed", after };
    const visible = visibleText(cell);
    return visible === cell ? undefined : { kind: "invisible", after: visible.trim() };
  }

  private ordered(cell: string, id: InputId, kind: "date" | "datetime"): Proposal | undefined {
    const { order } = this.options;
    const after = order && orderedDate(kind, cell, order);
    if (after !== undefined) return { kind: "ordered", after };
    if (DATE_ORDERS.filter((one) => orderedDate(kind, cell, one) !== undefined).length < 2) return undefined;
    const known = this.questions.get(id);
    if (known) known.count += 1;
    else this.questions.set(id, { example: cell, count: 1 });
    return undefined;
  }

  private question(id: InputId, example: string, count: number): OrderQuestion {
    const kind = column(id).kind === "date" ? "date" : "datetime";
    const readings = DATE_ORDERS.flatMap((order) => {
      const text = orderedDate(kind, example, order);
      return text === undefined ? [] : [{ order, text }];
    });
    return { column: id, header: this.examined.snapshot.columns.get(id)!.header, count, example, readings };
  }

  /** What is wrong and has no proposal: errors, and cells that were asked about. */
  private byHand(): Repairs["byHand"] {
    const { outcome, snapshot, options } = this.examined;
    const left = outcome.messages.filter(
      ({ row, column: id, level, value }) =>
        (level === "error" || (level === "warning" && value !== undefined)) &&
        (row === undefined || id === undefined || !this.mended.has(cellName(row, id as InputId))),
    );
    return causesToShow(left).map((cause) => ({
      text: causeText(cause, (id) => snapshot.columns.get(id)?.header, options.language),
      count: cause.count,
      rows: cause.rows,
      where: rowsText(cause.rows, snapshot.sheets),
    }));
  }
}

function isListed(id: InputId): id is ListedColumn {
  return LISTED_COLUMNS.some((one) => one === id);
}

/** How many cells would change. */
export function cellCount(groups: readonly RepairGroup[]): number {
  return groups.reduce((sum, { cells }) => sum + cells.length, 0);
}

/**
 * The write that mends the cells of some groups: their new texts, and what they were into 处理日志. Undefined if there is
 * nothing to mend. Throws `LedgerRefused` where the log can't be added to today.
 */
export function repairWrite(examined: ExaminedLedger, groups: readonly RepairGroup[]): LedgerWrite | undefined {
  const { snapshot, options } = examined;
  const { now, language } = options;
  const byRow = new Map<
    number,
    { readonly mended: { [Id in InputId]?: string }; readonly id: string; readonly notes: string[] }
  >();
  for (const { column: target, header, cells } of groups)
    for (const { row, id, before, after } of cells) {
      let entry = byRow.get(row);
      if (!entry) byRow.set(row, (entry = { mended: {}, id: id ?? `#${row}`, notes: [] }));
      entry.mended[target] = after;
      entry.notes.push(`${header}：${markedText(before)}→${after}`);
    }
  if (byRow.size === 0) return undefined;
  const refusal = options.elsewhere === true ? undefined : logRefusal(snapshot, now, language);
  if (refusal !== undefined) throw new LedgerRefused(refusal);
  const rows = [...byRow].sort(([a], [b]) => a - b);
  const log = auditEntries(
    {
      at: now,
      programVersion: PROGRAM_VERSION,
      operator: options.operator,
      packVersions: [],
      changedRows: rows.length,
      summary: jobsText(language, "repair.log", { cells: cellCount(groups), rows: rows.length }),
      details: rows.map(([, { id, notes }]) => ({ id, text: notes.join("；") })),
    },
    language,
    snapshot.sideTables.get("AuditLog"),
  );
  return {
    outputColumns: [],
    rows: rows.map(([row, { mended }]): RowWrite => ({ row, outputs: {}, mended })),
    tables: [log],
  };
}
