import { draftBook, type Draft } from "../books/draft.js";
import { claimKey, type Book, type ClaimType } from "../books/entry.js";
import type { ClaimState } from "../books/accounts.js";
import type { JudgedComplaint } from "../books/judged.js";
import { monthViews, type MonthView } from "../books/views.js";
import { fen } from "../domain/money.js";
import { dayOfTime } from "../domain/wall-time.js";
import { judgedComplaints, type BookRow } from "./book-claims.js";
import { bookMessages, deductionLines } from "./book-lines.js";
import { termsOf } from "./book-terms.js";
import type { BooksInput } from "./books-input.js";
import type { ProcessInput } from "./input.js";
import { formsUnclear } from "./name-forms.js";
import type { Deduction, Message, Penalty } from "./outcome.js";

/** The books beside a judged ledger: what is posted, what would be posted now, and 处罚明细 and 扣款台账 as views of both. */

export interface KeptBooks {
  readonly book: Book;
  readonly draft: Draft;
  readonly views: readonly MonthView[];
  readonly deductions: readonly Deduction[];
  readonly penalties: readonly Penalty[];
  readonly messages: readonly Message[];
}

/** A ledger of which nothing is posted. */
export const NO_BOOKS: BooksInput = { book: { id: "", entries: [] }, notices: new Map(), archive: [] };

export function keepBooks(input: ProcessInput, rows: readonly BookRow[]): KeptBooks {
  const { book, notices, archive } = input.books ?? NO_BOOKS;
  const judged = judgedComplaints(rows, packsOfNumbers(book));
  const terms = termsOf({ ...input, unclear: formsUnclear(input, judged, book.entries) });
  const draft = draftBook({ book, judged, terms, today: dayOfTime(input.now), notices, archive });
  const views = monthViews(book, draft);
  return {
    book,
    draft,
    views,
    deductions: deductionLines(views, draft, input),
    penalties: penaltyLines(
      rows.flatMap(({ penalties }) => penalties),
      draft,
    ),
    messages: bookMessages(draft.findings, input.language),
  };
}

/** 扣款台账 of which nothing is posted yet, from settled claims alone; those of one person, and of others whose names may be the same one's, don't depend on any other's. */
export function draftedDeductions(
  judged: readonly JudgedComplaint[],
  input: Omit<ProcessInput, "rows">,
): { readonly deductions: readonly Deduction[]; readonly messages: readonly Message[] } {
  const terms = termsOf({ ...input, unclear: formsUnclear(input, judged, []) });
  const draft = draftBook({ ...NO_BOOKS, judged, terms, today: dayOfTime(input.now) });
  return {
    deductions: deductionLines(monthViews(NO_BOOKS.book, draft), draft, input),
    messages: bookMessages(draft.findings, input.language),
  };
}

/** Numbers of complaints in the book, those they were given later too: rows that bear them are compared with it. */
export function numbersInBook(books: BooksInput | undefined): ReadonlySet<string> {
  const numbers = new Set<string>();
  for (const { complaintId, cause, clause } of books?.book.entries ?? []) {
    numbers.add(complaintId);
    if (cause === "改号") numbers.add(clause);
  }
  return numbers;
}

/** Packs of the complaints in the book, by number. */
function packsOfNumbers({ entries }: Book): ReadonlyMap<string, ReadonlySet<string>> {
  const packs = new Map<string, Set<string>>();
  for (const { complaintId, packId } of entries)
    if (complaintId !== "") packs.set(complaintId, (packs.get(complaintId) ?? new Set()).add(packId));
  return packs;
}

/** 处罚明细: what rows say now, in the month in which the books have it, and what is posted of rows that say nothing. */
function penaltyLines(penalties: readonly Penalty[], draft: Draft): Penalty[] {
  const { accounts } = draft;
  const drafted = new Map<string, string>();
  for (const { lines } of draft.months)
    for (const { claim, entry } of lines)
      if (claim !== undefined && entry.kind === "确定") drafted.set(claim, entry.month);
  const said = new Set<string>();
  const lines = penalties.map((penalty): Penalty => {
    if (penalty.subjectType !== "个人") return penalty;
    const key = keyOf(penalty, accounts);
    said.add(key);
    if (penalty.state !== "确定") return penalty;
    const month = accounts.claims.get(key)?.month ?? drafted.get(key);
    return month === undefined || month === penalty.month ? penalty : { ...penalty, month };
  });
  const silent = [...accounts.claims.values()].filter((claim) => claim.posted > 0 && !said.has(claim.key));
  return [...lines, ...silent.map(penaltyOf)];
}

function keyOf(penalty: Penalty, accounts: Draft["accounts"]): string {
  const { type, reason, subject, employeeNo } = penalty;
  const person = accounts.personOf({ employeeNo, name: subject });
  return claimKey(accounts.complaintOf(penalty), person, type, reason);
}

/** A posted claim as a line of 处罚明细. */
function penaltyOf(claim: ClaimState): Penalty {
  const { packId, complaintId, source, type, reason, ref, department, clause, rule, packHash, month, posted } = claim;
  return {
    ...{ packId, complaintId, reason, month, rule },
    ...(source === undefined ? {} : { source }),
    row: 0,
    state: "确定",
    settledOn: claim.settledOn,
    subjectType: "个人",
    subject: ref.name,
    employeeNo: ref.employeeNo,
    department: department === "" ? undefined : department,
    type: type satisfies ClaimType,
    formula: "",
    amount: fen(posted),
    sanction: undefined,
    ownMonthOnly: claim.ownMonthOnly,
    basis: clause,
    packVersion: `${packId} ${packHash}`,
  };
}
