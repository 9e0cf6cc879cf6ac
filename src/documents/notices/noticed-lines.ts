import { addToList } from "../../domain/grouping.js";
import { personKey, type EntryDraft } from "../../books/entry.js";
import type { DraftLine } from "../../books/draft-lines.js";
import type { NumberedLine } from "../../books/post.js";
import type { IssuedNotice } from "../../ledger/notice-tables.js";
import { fen } from "../../domain/money.js";
import type { NoticedPenalty, StandingPenalty } from "../../process/due-penalty.js";
import { CHANGED_TO, NO_LONGER, penaltyKey, REVERSAL, SURCHARGE } from "../../process/due-penalty.js";
import type { Outcome, Penalty } from "../../process/outcome.js";
import { settledOnly } from "../../process/penalty-state.js";
import type { Run } from "../../process/process.js";
import type { PenaltyType } from "../../rules/events/kinds.js";

/** What notices tell of: what the books draft of persons, and penalties of departments that no notice has told of. */

/** An item of a notice, with the row where its complaint stands. */
export type NoticedLine = StandingPenalty & { readonly row?: number };

/** What is drafted of persons up to the month: a list for what they are charged, and one for what is taken back. */
export function draftedItems(
  { draft }: Run["books"],
  month: string,
  rowsByKey: ReadonlyMap<string, number>,
): NoticedLine[][] {
  const charged = new Map<string, NoticedLine[]>();
  const returned = new Map<string, NoticedLine[]>();
  for (const { person, month: own, lines } of draft.ready) {
    if (own > month) continue;
    for (const line of lines) {
      const { kind } = line.entry;
      if (kind !== "确定" && kind !== "补扣" && kind !== "冲回") continue;
      const lists = kind === "冲回" ? returned : charged;
      addToList(lists, person, noticedLine(line, rowsByKey));
    }
  }
  return [...charged.values(), ...returned.values()];
}

const MARKS: Readonly<Record<string, string>> = { 冲回: REVERSAL, 补扣: SURCHARGE };

/** A drafted entry as an item of a notice; what is taken back is negative. */
function noticedLine({ entry, cause }: DraftLine, rowsByKey: ReadonlyMap<string, number>): NoticedLine {
  const { kind, packId, complaintId, name, employeeNo, department, type, reason, amount, clause, rule } = entry;
  const formula = kind === "冲回" && cause !== "撤销" ? changedTo(entry) : entry.formula;
  const line: StandingPenalty = {
    ...{ packId, complaintId, formula, rule, employeeNo, month: entry.month },
    subjectType: "个人",
    subject: name,
    department: department === "" ? undefined : department,
    // Only claims have these kinds, and claims have a type.
    type: type as PenaltyType,
    reason: `${MARKS[kind] ?? ""}${reason}`,
    amount: fen(kind === "冲回" ? 0 - amount : amount),
    sanction: undefined,
    basis: clause,
    packVersion: `${packId} ${entry.packHash}`,
  };
  const row = rowsByKey.get(penaltyKey(line));
  return row === undefined ? line : { ...line, row };
}

/** Why something is given back, where nobody withdrew it: what the row comes to now. */
function changedTo({ formula }: EntryDraft): string {
  return formula === "" ? NO_LONGER : `${CHANGED_TO}${formula}`;
}

/** Settled penalties of departments of the month that no notice has told of yet. */
export function freshOfDepartments(
  { penalties }: Pick<Outcome, "penalties">,
  month: string,
  told: readonly NoticedPenalty[],
): Penalty[][] {
  const noticed = new Map<string, number>();
  for (const item of told) noticed.set(identity(item), (noticed.get(identity(item)) ?? 0) + 1);
  const fresh = new Map<string, Penalty[]>();
  for (const penalty of settledOnly(penalties)) {
    if (penalty.subjectType === "个人" || penalty.month !== month) continue;
    const times = noticed.get(identity(penalty)) ?? 0;
    if (times > 0) noticed.set(identity(penalty), times - 1);
    else addToList(fresh, penalty.subject, penalty);
  }
  return [...fresh.values()];
}

/** What of a page tells which lines go out with it. */
export interface NumberedPage {
  readonly notice: Pick<IssuedNotice, "number" | "subjectType" | "subject" | "employeeNo">;
  readonly isNew: boolean;
  readonly isRefund: boolean;
}

/** Lines of the draft with the numbers of the papers that tell of them: what is taken back with that of its own paper. */
export function numberedLines({ draft }: Run["books"], month: string, pages: readonly NumberedPage[]): NumberedLine[] {
  const numbers = new Map<string, string>();
  for (const { notice, isNew, isRefund } of pages)
    if (isNew && notice.subjectType === "个人")
      numbers.set(`${personKey({ employeeNo: notice.employeeNo, name: notice.subject })}\n${isRefund}`, notice.number);
  const lines = draft.notes.map((line): NumberedLine => ({ line, notice: "" }));
  for (const { person, month: own, lines: drafted } of draft.ready) {
    if (own > month) continue;
    for (const line of drafted) {
      const isRefund = line.entry.kind === "冲回" || line.entry.kind === "退还";
      lines.push({ line, notice: numbers.get(`${person}\n${isRefund}`) ?? "" });
    }
  }
  return lines;
}

function identity(penalty: StandingPenalty): string {
  return `${penaltyKey(penalty)}\n${penalty.month}\n${penalty.amount}`;
}
