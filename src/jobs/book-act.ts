import { balancesOf, type Accounts, type ClaimState } from "../books/accounts.js";
import type { DraftLine, PersonMonthDraft } from "../books/draft-lines.js";
import { personKey } from "../books/entry.js";
import { EFFECTS } from "../books/kinds.js";
import { decisionLines, type DecisionKind } from "../books/voids.js";
import { lastMonthOf, yearCloseLines } from "../books/year-close.js";
import { nameKey } from "../domain/persons-text.js";
import { fen, yuanText, type Fen } from "../domain/money.js";
import { isoMonth } from "../domain/wall-time.js";
import type { NoticePage } from "../documents/notices/notice-pages.js";
import { numberedLines } from "../documents/notices/noticed-lines.js";
import { noticeTables } from "../ledger/notice-tables.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import type { Language } from "../locales/language.js";
import type { Deduction } from "../process/outcome.js";
import type { Run } from "../process/process.js";
import { issuedEntry, pagesOf } from "./issue-notices.js";
import { examineLedger, type ExaminedLedger, type JudgeOptions } from "./judge-ledger.js";
import { jobsText } from "./texts.js";

/** What a person decides about the books by hand: 撤销, reopening, writing off, closing a year. Each is a voucher of its own. */

export type BookAct =
  | {
      readonly kind: DecisionKind;
      /** 通知编号 or 投诉编号, for writing off also 工号 or 姓名. */
      readonly of: string;
      /** 工号 or 姓名, where only one of several persons is meant. */
      readonly person?: string | undefined;
      /** Where the number stands in several. */
      readonly pack?: string | undefined;
      readonly reason: string;
    }
  | { readonly kind: "年结"; readonly year: number };

/** A line as it is shown before it is posted. */
export interface PlannedLine {
  readonly month: string;
  readonly kind: string;
  readonly person: string;
  readonly employeeNo: string | undefined;
  readonly complaintId: string;
  readonly amount: Fen;
  /** Of a note: what it says. */
  readonly text: string;
}

export interface ExaminedAct {
  readonly month: string;
  /** Its write posts the act, if it was to be carried out. */
  readonly ledger: ExaminedLedger;
  /** Papers that give something back. */
  readonly pages: readonly NoticePage[];
  readonly lines: readonly PlannedLine[];
  /** Why nothing can be posted, in one sentence. */
  readonly problem: string | undefined;
}

/** Judges a ledger together with a decision about its books. Only with `post` it is carried out: otherwise it is a view. */
export function examineBookAct(
  snapshot: LedgerSnapshot,
  options: JudgeOptions,
  { act, post }: { readonly act: BookAct; readonly post: boolean },
): ExaminedAct {
  const { language, now } = options;
  const month = isoMonth(now);
  const pagesIn = pagesOf(snapshot, options);
  let found: Found = { lines: [], problem: undefined };
  let pages: readonly NoticePage[] = [];
  const ledger = examineLedger(snapshot, {
    ...options,
    issue(run, standing) {
      found = linesOf(act, run, options);
      if (found.problem !== undefined) return undefined;
      const decided = {
        outcome: { ...run.outcome, deductions: deductionsOf(found.lines, run, month) },
        books: withLines(run.books, found.lines),
      };
      pages = refundPages(pagesIn(month, decided, standing));
      if (!post) return undefined;
      return {
        lines: numberedLines(decided.books, month, pages),
        tables:
          pages.length === 0 ? [] : noticeTables(pages.map(({ notice, penalties: items }) => ({ notice, items }))),
        entries: [logged(act, found.lines, language), ...pages.map((page) => issuedEntry(page, language))],
      };
    },
  });
  return { month, ledger, pages, lines: found.lines.map(planned), problem: found.problem };
}

interface Found {
  readonly lines: readonly DraftLine[];
  readonly problem: string | undefined;
}

function linesOf(act: BookAct, { books }: Run, { language, now }: JudgeOptions): Found {
  const none = (key: Parameters<typeof jobsText>[1], params: Record<string, string | number>): Found => ({
    lines: [],
    problem: jobsText(language, key, params),
  });
  if (act.kind === "年结") {
    const through = lastMonthOf(act.year);
    const close = yearCloseLines(books.book, through);
    return close.kind === "lines" ? { ...close, problem: undefined } : none(`book.${close.kind}`, { month: through });
  }
  if (act.reason.trim() === "") return none("book.no-reason", { kind: act.kind });
  const claims = claimsMeant(act, books.draft.accounts);
  if (typeof claims === "string") return none(`book.${claims}`, { of: act.of, person: act.person ?? act.of });
  const lines = decisionLines(books.book, { ...act, claims: claims.map(({ key }) => key) }, now);
  return lines.length === 0 ? none(`book.nothing-${act.kind}`, { of: act.of }) : { lines, problem: undefined };
}

type NotMeant = "unknown" | "several-packs" | "several-persons";

/** The claims that are meant: of a notice, of a complaint, or for writing off all of a person. */
function claimsMeant(act: Extract<BookAct, { of: string }>, accounts: Accounts): readonly ClaimState[] | NotMeant {
  const all = [...accounts.claims.values()];
  const isPerson = ({ ref }: ClaimState, text: string): boolean =>
    ref.employeeNo !== undefined && nameKey(ref.employeeNo) === nameKey(text)
      ? true
      : nameKey(ref.name) === nameKey(text);
  const ofPerson = act.kind === "核销" ? all.filter((claim) => isPerson(claim, act.of)) : [];
  const byNumber = [
    all.filter(({ notices }) => notices.has(act.of)),
    all.filter(({ complaintId, packId }) => complaintId === act.of && (act.pack ?? packId) === packId),
  ].find((list) => list.length > 0);
  const meant = (byNumber ?? ofPerson).filter((claim) => act.person === undefined || isPerson(claim, act.person));
  if (meant.length === 0) return "unknown";
  const numbered = byNumber !== undefined && meant.every(({ complaintId }) => complaintId === act.of);
  if (numbered && new Set(meant.map(({ packId }) => packId)).size > 1) return "several-packs";
  const byName = byNumber === undefined || act.person !== undefined;
  return byName && new Set(meant.map(({ person }) => person)).size > 1 ? "several-persons" : meant;
}

/** The books with these lines in the place of what is drafted. */
function withLines(books: Run["books"], lines: readonly DraftLine[]): Run["books"] {
  const { draft } = books;
  const months = new Map<string, PersonMonthDraft & { readonly lines: DraftLine[] }>();
  for (const line of lines) {
    const { month, name, employeeNo } = line.entry;
    const person = name === "" ? "" : draft.accounts.personOf({ name, employeeNo });
    const key = `${person}\n${month}`;
    const known = months.get(key) ?? { person, month, lines: [] };
    known.lines.push(line);
    months.set(key, known);
  }
  const decided = [...months.values()];
  return { ...books, draft: { ...draft, notes: [], months: decided, ready: decided } };
}

/** What the decision does to everybody's month, as its paper shows it: what was drafted beside it is no matter of it. */
function deductionsOf(lines: readonly DraftLine[], { books }: Run, month: string): Deduction[] {
  const { accounts } = books.draft;
  const persons = new Map<string, DraftLine[]>();
  for (const line of lines) {
    const person = accounts.personOf(line.entry);
    persons.set(person, [...(persons.get(person) ?? []), line]);
  }
  return [...persons].map(([person, own]): Deduction => {
    const [{ entry }] = own as [DraftLine, ...DraftLine[]];
    const { owed, held } = balancesOf(accounts.byPerson.get(person) ?? []);
    const sumOf = (side: "claim" | "taken"): Fen =>
      fen(own.reduce((sum, line) => sum + EFFECTS[line.entry.kind][side] * line.entry.amount, 0));
    const [carriedIn, added, deducted] = [fen(owed + held), sumOf("claim"), sumOf("taken")];
    return {
      ...{ month, person: entry.name, employeeNo: entry.employeeNo, state: "已入账", carriedIn, added, deducted },
      ...{ department: entry.department === "" ? undefined : entry.department, messages: [] },
      ...{ ceiling: undefined, ceilingBasis: undefined, carriedOut: fen(carriedIn + added - deducted) },
    };
  });
}

function refundPages(pages: readonly NoticePage[]): NoticePage[] {
  return pages.filter(({ isNew, isRefund, notice }) => isNew && isRefund && notice.subjectType === "个人");
}

function planned({ entry }: DraftLine): PlannedLine {
  const { month, kind, name: person, employeeNo, complaintId, amount, formula: text } = entry;
  return { month, kind, person, employeeNo, complaintId, amount, text };
}

/** What 处理日志 says of it; a person is named by the entries alone, where the name can be cleared one day. */
function logged(act: BookAct, lines: readonly DraftLine[], language: Language): { id: string; text: string } {
  if (act.kind === "年结")
    return { id: String(act.year), text: jobsText(language, "book.log-year", { year: act.year, n: lines.length - 1 }) };
  const sum = lines.reduce((total, { entry }) => total + (REDUCES.has(entry.kind) ? entry.amount : 0), 0) as Fen;
  const persons = new Set(lines.map(({ entry }) => personKey(entry))).size;
  const text = jobsText(language, "book.log", {
    kind: act.kind,
    n: persons,
    amount: yuanText(sum),
    reason: act.reason,
  });
  return { id: act.of, text };
}

const REDUCES: ReadonlySet<string> = new Set(["冲回", "作废"]);
