import { caseStateOf, closedOn } from "../domain/case-words.js";
import { mayBeOtherThanClosing } from "../domain/columns/header-words.js";
import { headerKey, isOwnHeader } from "../domain/match-key.js";
import { NO_ANSWERS, type Answers } from "./answers.js";
import { mayBeClosing, sampled, saysJustClosing } from "./guess-columns.js";
import { isBlankText } from "./output-cells.js";
import type { LedgerSnapshot, Stranger } from "./port.js";
import type { Question, Sampled } from "./questions.js";

/** Whether a ledger says when its cases were closed, and under which header: asked before anything is called overdue. */

/** So many headers of their own make a ledger somebody's own. */
const OWN_HEADERS = 3;

/** No 结案时间 in somebody's own ledger, or one that may be another day, and nobody has said which or that it keeps none. */
export function closingQuestion(read: LedgerSnapshot): Question | undefined {
  const { columns, rows, answers = NO_ANSWERS } = read;
  if (answers.absent.includes("closeAt") || rows.length === 0) return undefined;
  const unsure = unsureClosing(read);
  if (!unsure && columns.has("closeAt")) return undefined;
  const strangers = openStrangers(read);
  const dated = mayBeClosing(strangers, rows);
  const marked = saysJustClosing(strangers).filter(({ letter }) => dated.every((other) => other.letter !== letter));
  const others = [...statusWithDays(read), ...dated, ...marked];
  const candidates = unsure ? [unsure, ...others] : others;
  if (candidates.length === 0 && !isSomebodysOwn(read)) return undefined;
  return { kind: "closing", candidates, rows: rows.length };
}

/** The status, where it says when as well: 已结(3/5). */
function statusWithDays({ columns, rows }: LedgerSnapshot): Sampled[] {
  const found = columns.get("caseStatus");
  if (!found) return [];
  const closed = rows.flatMap(({ row, cells: { caseStatus: value } }) =>
    typeof value === "string" && caseStateOf(value, found.header) === "closed" ? [{ row, value }] : [],
  );
  const cells = closed.filter(({ value }) => closedOn(value) !== undefined);
  return cells.length > 0 && cells.length >= closed.length / 2 ? [sampled({ ...found, cells })] : [];
}

/** Somebody has said that the ledger keeps no 结案时间, whatever a column of it is called. */
export function keepsNoClosing(read: LedgerSnapshot): boolean {
  return read.answers?.absent.includes("closeAt") === true && unsureClosing(read) !== undefined;
}

/** The column taken for 结案时间, where its header may as well speak of a repair: 实际完成日期. Nobody has said so yet. */
function unsureClosing({
  columns,
  rows,
  secondColumns = [],
  answers = NO_ANSWERS,
}: LedgerSnapshot): Sampled | undefined {
  const found = columns.get("closeAt");
  if (!found || isOwnHeader(found.header, "closeAt") || !mayBeOtherThanClosing(found.header)) return undefined;
  // Beside another column for closing it is asked about as one of two.
  if (
    secondColumns.some(({ id, timeOnly }) => id === "closeAt" && timeOnly === undefined) ||
    isMapped(found.header, answers)
  )
    return undefined;
  const cells = rows.flatMap(({ row, cells: { closeAt: value } }) =>
    value === undefined || isBlankText(value) ? [] : [{ row, value }],
  );
  return sampled({ ...found, cells });
}

function isMapped(header: string, { mapping }: Answers): boolean {
  const key = headerKey(header);
  return [...mapping.keys()].some((known) => headerKey(known) === key);
}

/** Columns nobody knows, without those of which somebody said that they are none. */
export function openStrangers({ strangers = [], answers = NO_ANSWERS }: LedgerSnapshot): readonly Stranger[] {
  const none = new Set(answers.notColumns.map(headerKey));
  return none.size === 0 ? strangers : strangers.filter(({ header }) => !none.has(headerKey(header)));
}

/** A ledger that names what is needed otherwise than we do, keeps a status, or has several columns of its own. */
function isSomebodysOwn({ columns, strangers = [], foreign }: LedgerSnapshot): boolean {
  const named = (["receivedAt", "description"] as const).every((id) => {
    const found = columns.get(id);
    return found !== undefined && isOwnHeader(found.header, id);
  });
  return !named || columns.has("caseStatus") || foreign.includes("status") || strangers.length >= OWN_HEADERS;
}
