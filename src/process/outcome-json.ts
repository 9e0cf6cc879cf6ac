import { column, OUTPUT_COLUMNS, type OutputId } from "../domain/columns.js";
import type { ComplaintOutputs } from "../domain/complaint.js";
import { yuanText, type Fen } from "../domain/money.js";
import { ownRow, sheetOfRow } from "../domain/sheet-rows.js";
import { isoDate, isoTime, type Day, type WallTime } from "../domain/wall-time.js";
import type { Deduction, Message, Outcome, Penalty, RowOutcome } from "./outcome.js";

/** A value as it stands in JSON: times 2026-03-31T23:59:59, dates 2026-03-31, money "50.00", lists as arrays. */
export type JsonValue = string | number | boolean | readonly string[];

/** The same value as people read it in the ledger: 是 and 否, times without the T, lists joined; empty where there is none. */
export function shownValue(value: JsonValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  return typeof value === "object" ? value.join("；") : String(value).replace("T", " ");
}

/** What `process --json` prints: keys in a fixed order, so equal outcomes give equal bytes; what has no value is left out. */
export function outcomeJson(outcome: Outcome): object {
  return {
    rows: outcome.rows.map(rowJson),
    penalties: outcome.penalties.map(penaltyJson),
    deductions: outcome.deductions.map(deductionJson),
    messages: outcome.messages.map(messageJson),
    summary: {
      rows: outcome.summary.rows,
      faultyRows: outcome.summary.faultyRows,
      byStatus: sorted(outcome.summary.byStatus),
      byPack: sorted(outcome.summary.byPack),
      penalties: yuanText(outcome.summary.penalties),
      proposedPenalties: yuanText(outcome.summary.proposedPenalties),
      settledPenalties: yuanText(outcome.summary.settledPenalties),
      deducted: yuanText(outcome.summary.deducted),
      carriedOut: yuanText(outcome.summary.carriedOut),
      compensation: yuanText(outcome.summary.compensation),
    },
  };
}

/**
 * What `group --json` prints: what `process --json` does, with `file` on every row. `files`: by the sheet of a row;
 * `bySource`: by 来源工作簿.
 */
export function groupJson(
  outcome: Outcome,
  files: readonly string[],
  bySource: ReadonlyMap<string, string>,
  more: object,
): object {
  const { rows, penalties, deductions, messages, ...rest } = outcomeJson(outcome) as Record<
    "rows" | "penalties" | "deductions" | "messages",
    object[]
  >;
  const fileOf = (row: number | undefined, source: string | undefined): { readonly file?: string } => {
    const file = row === undefined || row === 0 ? bySource.get(source ?? "") : files[sheetOfRow(row)];
    return file === undefined ? {} : { file };
  };
  return {
    rows: rows.map((row, i) => ({ ...fileOf(outcome.rows[i]!.row, undefined), ...row })),
    penalties: penalties.map((p, i) => ({ ...fileOf(outcome.penalties[i]!.row, outcome.penalties[i]!.source), ...p })),
    deductions,
    messages: messages.map((m, i) => ({ ...m, ...fileOf(outcome.messages[i]!.row, outcome.messages[i]!.file) })),
    ...rest,
    ...more,
  };
}

/** A row as `process --json` prints it. */
export function rowJson({ row, id, outputs }: Pick<RowOutcome, "row" | "id" | "outputs">): object {
  return { row: ownRow(row), ...(id === undefined ? {} : { id }), ...outputsJson(outputs) };
}

/** A message as `process --json` prints it. */
export function messageJson({ row, file, column: id, value, level, text }: Message): object {
  return {
    ...(file === undefined ? {} : { file }),
    ...(row === undefined ? {} : { row: ownRow(row) }),
    ...(id === undefined ? {} : { column: id }),
    ...(value === undefined ? {} : { value }),
    level,
    text,
  };
}

/** The outputs that have a value, by id in the contract's order. */
export function outputsJson(outputs: ComplaintOutputs): Partial<Record<OutputId, JsonValue>> {
  const result: Partial<Record<OutputId, JsonValue>> = {};
  for (const { id } of OUTPUT_COLUMNS) {
    const value = outputs[id];
    if (value !== undefined) result[id] = outputJson(id, value);
  }
  return result;
}

function outputJson(id: OutputId, value: NonNullable<ComplaintOutputs[OutputId]>): JsonValue {
  switch (column(id).kind) {
    case "datetime":
      return isoTime(value as WallTime);
    case "date":
      return isoDate(value as Day);
    case "money":
      return yuanText(value as Fen);
    default:
      return value;
  }
}

/** A line of 处罚明细 as `process --json` prints it. */
export function penaltyJson(p: Penalty): object {
  return {
    complaintId: p.complaintId,
    pack: p.packId,
    state: p.state,
    ...(p.settledOn === undefined ? {} : { settledOn: isoDate(p.settledOn) }),
    month: p.month,
    subjectType: p.subjectType,
    subject: p.subject,
    ...(p.employeeNo === undefined ? {} : { employeeNo: p.employeeNo }),
    ...(p.department === undefined ? {} : { department: p.department }),
    type: p.type,
    reason: p.reason,
    formula: p.formula,
    amount: yuanText(p.amount),
    ...(p.sanction === undefined ? {} : { sanction: p.sanction }),
    basis: p.basis,
    rule: p.rule,
  };
}

/** A line of 扣款台账 as `process --json` prints it. */
export function deductionJson(d: Deduction): object {
  return {
    month: d.month,
    ...(d.employeeNo === undefined ? {} : { employeeNo: d.employeeNo }),
    person: d.person,
    state: d.state,
    ...(d.department === undefined ? {} : { department: d.department }),
    carriedIn: yuanText(d.carriedIn),
    added: yuanText(d.added),
    ...(d.ceiling === undefined ? {} : { ceiling: yuanText(d.ceiling) }),
    ...(d.ceilingBasis === undefined ? {} : { ceilingBasis: d.ceilingBasis }),
    deducted: yuanText(d.deducted),
    carriedOut: yuanText(d.carriedOut),
    ...(d.messages.length === 0 ? {} : { messages: d.messages }),
  };
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
