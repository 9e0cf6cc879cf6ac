import { anchorOf, anchorText, anchorsIn, type Anchor } from "../books/anchors.js";
import { lastCheck, type ChainKey } from "../books/chain.js";
import { accountsOf } from "../books/accounts.js";
import type { Book, Entry } from "../books/entry.js";
import { followedStates, readNotices, type NoticeProblem, type NoticeReading } from "../books/notice-life.js";
import { clockRefusal, postLines, postLock, type Act, type NumberedLine, type Posting } from "../books/post.js";
import { takeOver, type Difference, type OldBooks } from "../books/take-over.js";
import { verifyBook, type Flaw } from "../books/verify.js";
import { headerKey } from "../domain/match-key.js";
import { yuanText } from "../domain/money.js";
import { once } from "../domain/once.js";
import { sha256Hex } from "../domain/sha256.js";
import { dayOfTime, isoDate, isoMonth, type WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import type { BooksInput } from "../process/books-input.js";
import { originalReason } from "../process/due-penalty.js";
import type { Message } from "../process/outcome.js";
import type { Run } from "../process/process.js";
import { say } from "../process/sentences.js";
import { lastLogEntry } from "./audit-log.js";
import type { StandingTables } from "./notice-tables.js";
import { readNoticeRecords, type WrittenNotices } from "./notice-records.js";
import type { LedgerSnapshot, RawTable } from "./port.js";
import { readBook } from "./postings.js";
import { linesOf } from "./table-lines.js";

/** The book of a workbook during a run: read and proved, taken over from the version before, added to by a lock or a notice. */

export interface BookOptions {
  readonly now: WallTime;
  readonly language: Language;
  /** For a keyed hash; never kept in the workbook. */
  readonly key?: ChainKey;
  /** The result goes to another file than the one that was read. */
  readonly elsewhere?: boolean;
}

/** A book as a run begins with it. */
export interface OpenBook {
  /** As it stands in the workbook. */
  readonly stored: Book;
  /** With what was taken over. */
  readonly book: Book;
  readonly input: BooksInput;
  /** The same with a book that was posted to: a notice that it follows now is read otherwise. */
  readonly inputOf: (book: Book) => BooksInput;
  readonly noticeMessages: (book: Book) => readonly Message[];
  /** Why nothing may be written. */
  readonly refusal: string | undefined;
  /** Why nothing may be posted, although the rest may be written elsewhere. */
  readonly clockBehind: string | undefined;
  readonly messages: readonly Message[];
  readonly act: (cause: Act["cause"], book: Book) => Act;
}

export function openBook(snapshot: LedgerSnapshot, standing: StandingTables, options: BookOptions): OpenBook {
  const { sideTables } = snapshot;
  const { language, now } = options;
  const log = lastLogEntry(sideTables.get("AuditLog"));
  // Most runs post nothing and need no seed, which goes over every cell of the workbook.
  const seed = once(() => seedOf(snapshot, now));
  const reading = readBook(sideTables.get("Postings"), () => `ZT-${seed().slice(0, 8)}`);
  const stored = reading.book;
  const act = (cause: Act["cause"], book: Book): Act => ({
    cause,
    at: now,
    by: settingText(snapshot, "经办"),
    expected: lastCheck(book),
    logCheck: log?.check ?? "",
    get seed() {
      return seed();
    },
    key: options.key,
  });
  const [unreadable] = reading.problems;
  const [flaw] = unreadable ? [] : flawsOf(snapshot, stored, options.key);
  const taken = unreadable || flaw ? undefined : takenOver(snapshot, stored, standing, () => act("接管", stored));
  const book = taken?.kind === "taken-over" && taken.posting.kind === "posted" ? taken.posting.book : stored;
  const written = readNoticeRecords(sideTables.get("Notices"));
  const archive = archiveOf(snapshot);
  const withNotices = (known: Book): BooksInput => ({ book: known, archive, ...noticesOf(written, known, now) });
  const behind = clockBehind(stored, log?.at, options);
  const broken = unreadable
    ? say(language, "books.unreadable-cell", { ...unreadable })
    : flaw && say(language, "books.broken", { what: flawText(flaw, language) });
  const differs =
    taken?.kind === "differs"
      ? say(language, "books.differs", { list: listOf(taken.differences, language) })
      : undefined;
  const refusal = broken ?? differs ?? (options.elsewhere === true ? undefined : behind);
  return {
    ...{ stored, book, refusal, act },
    clockBehind: behind,
    input: withNotices(book),
    inputOf: withNotices,
    noticeMessages: (known) => noticeMessages(written, noticesOf(written, known, now).problems, language),
    messages: [
      ...(behind === undefined || options.elsewhere !== true
        ? []
        : [{ level: "warning" as const, cause: "books.clock", text: behind }]),
      ...(taken?.kind === "taken-over"
        ? [
            {
              level: "info" as const,
              cause: "books.taken-over",
              text: say(language, "books.taken-over", { notices: taken.notices, months: taken.months }),
            },
          ]
        : []),
    ],
  };
}

/** The notices as people wrote them, beside what this book already followed. */
function noticesOf({ records }: WrittenNotices, { entries }: Book, now: WallTime): NoticeReading {
  return readNotices(records, followedStates(accountsOf(entries).claims.values()), dayOfTime(now));
}

/** What a lock of 设置 posts: everybody's open months up to it. */
export function postLockOf(run: Run, open: OpenBook, lockedUntil: string, now: WallTime): { run: Run; late: boolean } {
  if (lockedUntil > isoMonth(now)) return { run, late: true };
  const { book, draft } = run.books;
  return { run: afterPosting(run, open, postLock(book, draft, lockedUntil, open.act("锁定", book))), late: false };
}

/** What a notice posts. */
export function postIssue(run: Run, open: OpenBook, lines: readonly NumberedLine[]): Run {
  const { book } = run.books;
  return afterPosting(run, open, postLines(book, lines, open.act("通知", book)));
}

function afterPosting(run: Run, open: OpenBook, posting: Posting): Run {
  if (posting.kind === "refused") throw new Error(`refused after it was asked for: ${posting.why.kind}`);
  return posting.kind === "posted" ? run.withBook(open.inputOf(posting.book)) : run;
}

/** Entries that this run adds to those of the workbook. */
export function addedEntries(run: Run, { stored }: OpenBook): readonly Entry[] {
  return run.books.book.entries.slice(stored.entries.length);
}

/** The anchor that a run leaves in 处理日志; empty where nothing is posted. */
export function bookAnchor({ book }: { readonly book: Book }): string {
  return book.entries.length === 0 ? "" : `；账册 ${anchorText(anchorOf(book))}`;
}

/**
 * What this act was made of, which the workbook does not hold afterwards. In an order of its own and without blanks: the
 * file and Excel tell the same cells in another order, and both hosts post the same. A group's run that was killed may have
 * given shops their numbers before it posted: the next one posts as if it had been the first.
 */
function seedOf({ rows, sideTables, group }: LedgerSnapshot, now: WallTime): string {
  const told = (cells: object): unknown[] =>
    Object.entries(cells)
      .filter(([id, cell]) => cell !== null && cell !== undefined && (group === undefined || id !== "id"))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([
    now,
    rows.map(({ cells }) => told(cells)),
    [...sideTables].map(([name, table]) => [name, table.rows.map(({ cells }) => told(cells))]).sort(),
  ]);
  return sha256Hex(text);
}

/** Why nothing may be added to 处理日志: the day lies before that of the last entry of it or of 扣款凭证. */
export function logRefusal({ sideTables }: LedgerSnapshot, now: WallTime, language: Language): string | undefined {
  const { book } = readBook(sideTables.get("Postings"), () => "");
  return clockBehind(book, lastLogEntry(sideTables.get("AuditLog"))?.at, { now, language });
}

function clockBehind(book: Book, logged: WallTime | undefined, { now, language }: BookOptions): string | undefined {
  const refused = clockRefusal(book, now);
  const posted = refused?.kind === "clock-before-last-entry" ? refused.last : undefined;
  const last = logged !== undefined && dayOfTime(now) < dayOfTime(logged) ? logged : posted;
  const day = (time: WallTime): string => isoDate(dayOfTime(time));
  return last && say(language, "books.clock", { now: day(now), last: day(last) });
}

function flawsOf(snapshot: LedgerSnapshot, book: Book, key: ChainKey): Flaw[] {
  return verifyBook({ book, key, anchors: anchorsOfLog(snapshot.sideTables.get("AuditLog")), notices: undefined });
}

/** Anchors that runs left in 处理日志. */
export function anchorsOfLog(log: RawTable | undefined): Anchor[] {
  return (log?.rows ?? []).flatMap(({ cells }) =>
    cells.flatMap((cell) => (typeof cell === "string" && cell.includes("PZ") ? anchorsIn(cell) : [])),
  );
}

const FLAWS = {
  changed: "flaw.changed",
  "personal-changed": "flaw.changed",
  "removed-before": "flaw.removed",
  added: "flaw.added",
  moved: "flaw.moved",
  "voucher-gap": "flaw.gap",
  "line-gap": "flaw.gap",
  cut: "flaw.cut",
  redone: "flaw.redone",
  balance: "flaw.balance",
  carry: "flaw.balance",
  "over-ceiling": "flaw.ceiling",
  "notice-missing": "flaw.notice",
  "notice-without-entries": "flaw.notice",
  "notice-sum": "flaw.notice",
} as const satisfies Record<Flaw["kind"], Parameters<typeof say>[1]>;

/** A flaw in one clause: which entry, and what happened to it. */
export function flawText(flaw: Flaw, language: Language): string {
  const ref =
    "ref" in flaw
      ? flaw.ref
      : "anchor" in flaw
        ? flaw.anchor.voucher
        : "imbalance" in flaw
          ? flaw.imbalance.ref
          : flaw.notice;
  // With another key, or without the books' own, it is the first entry already that does not fit.
  const isFirst = flaw.kind === "changed" && flaw.index === 0;
  return say(language, isFirst ? "flaw.first-changed" : FLAWS[flaw.kind], { ref });
}

// ------------------------------------------------------------ taking over

function takenOver(
  snapshot: LedgerSnapshot,
  stored: Book,
  standing: StandingTables,
  act: () => Act,
): ReturnType<typeof takeOver> | undefined {
  if (stored.entries.length > 0) return undefined;
  // The version before had no 状态 in 扣款台账; with it, what stands there are drafts of this one.
  const before = snapshot.sideTables.get("Deductions");
  if (!before || before.headers.some(({ header }) => header === "状态")) return undefined;
  const { noticed, lockedUntil } = standing.settled;
  if (lockedUntil === undefined && !noticed.some(({ subjectType }) => subjectType === "个人")) return undefined;
  return takeOver(stored, oldBooks(snapshot, standing), act());
}

function oldBooks({ sideTables }: LedgerSnapshot, { settled, notices }: StandingTables): OldBooks {
  const personal = settled.noticed.filter(({ subjectType }) => subjectType === "个人");
  const noticedKeys = new Set(personal.map((item) => itemKey(item)));
  const items = [
    ...personal,
    ...settled.penalties
      .filter((p) => p.subjectType === "个人" && !noticedKeys.has(itemKey(p)))
      .map((p) => ({ ...p, notice: "" })),
  ];
  const named = new Map(notices.map((notice) => [notice.number, notice]));
  return {
    lockedUntil: settled.lockedUntil,
    items: items.map((item) => ({
      ...{ packId: item.packId, complaintId: item.complaintId, type: item.type, month: item.month },
      person: { employeeNo: item.employeeNo, name: item.subject },
      reason: originalReason(item.reason),
      department: item.department ?? "",
      formula: item.formula,
      clause: item.basis,
      rule: item.rule,
      packHash: item.packVersion.split(" ").at(-1) ?? "",
      amount: item.amount,
      notice: item.notice,
    })),
    notices: [...new Set(personal.map(({ notice }) => notice))].flatMap((number) => {
      const notice = named.get(number);
      const item = personal.find((p) => p.notice === number);
      if (!notice || !item) return [];
      return [
        {
          number,
          person: { employeeNo: item.employeeNo, name: item.subject },
          month: notice.month,
          amount: notice.amount,
        },
      ];
    }),
    months: linesOf(sideTables.get("Deductions"), []).map((line) => ({
      month: line.month("月份"),
      person: { employeeNo: line.maybe("工号"), name: line.text("姓名") },
      carriedIn: line.money("上月结转"),
      added: line.money("本月新增"),
      deducted: line.money("本月扣款"),
      carriedOut: line.money("结转下月"),
      ceilingBasis: line.text("上限依据"),
    })),
  };
}

type Item = StandingTables["settled"]["penalties"][number];

function itemKey({ packId, complaintId, subject, type, reason, month, amount }: Item): string {
  return JSON.stringify([packId, complaintId, subject, type, reason, month, amount]);
}

/** Differences that a message names. */
const SHOWN = 5;

function listOf(differences: readonly Difference[], language: Language): string {
  return differences
    .slice(0, SHOWN)
    .map(({ person, month, what, expected, found }) =>
      say(language, "books.difference", {
        person: person.name,
        month,
        what: say(language, `books.what.${what}`),
        expected: yuanText(expected),
        found: yuanText(found),
      }),
    )
    .join("；");
}

// ------------------------------------------------------------ what people write beside it

function archiveOf({ sideTables }: LedgerSnapshot): BooksInput["archive"] {
  const table = sideTables.get("Archive");
  if (!table) return [];
  const at = (name: string): number => table.headers.findIndex(({ header }) => headerKey(header) === headerKey(name));
  const [id, pack] = [at("投诉编号"), at("适用制度")];
  return table.rows.flatMap(({ cells }) => {
    const complaintId = textIn(cells[id]);
    return complaintId === "" ? [] : [{ packId: textIn(cells[pack]), complaintId }];
  });
}

function textIn(cell: unknown): string {
  return typeof cell === "string" || typeof cell === "number" ? String(cell).trim() : "";
}

function settingText({ sideTables }: LedgerSnapshot, item: string): string {
  const table = sideTables.get("Settings");
  const row = table?.rows.find(({ cells }) =>
    cells.some((cell) => typeof cell === "string" && headerKey(cell) === headerKey(item)),
  );
  const at = row?.cells.findIndex((cell) => typeof cell === "string" && headerKey(cell) === headerKey(item)) ?? -1;
  return row === undefined ? "" : textIn(row.cells[at + 1]);
}

const PROBLEMS = {
  backwards: "notice.backwards",
  "date-missing": "notice.date-missing",
  "date-after-now": "notice.date-after-now",
  "reason-missing": "notice.reason-missing",
} as const satisfies Record<NoticeProblem["kind"], Parameters<typeof say>[1]>;

function noticeMessages(written: WrittenNotices, problems: readonly NoticeProblem[], language: Language): Message[] {
  return [
    ...written.unknown.map(({ number, value }): Message => ({
      level: "warning",
      cause: "notice.unknown-state",
      text: say(language, "notice.unknown-state", { number, value }),
    })),
    ...problems.map((problem): Message => ({
      level: "warning",
      cause: PROBLEMS[problem.kind],
      text: say(language, PROBLEMS[problem.kind], {
        number: problem.number,
        state: "state" in problem ? problem.state : "to" in problem ? problem.to : "",
        from: "from" in problem ? problem.from : "",
      }),
    })),
  ];
}
