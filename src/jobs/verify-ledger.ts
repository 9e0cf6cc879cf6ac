import { addAll } from "../domain/grouping.js";
import { anchorOf, anchorText, type Anchor } from "../books/anchors.js";
import type { ChainKey } from "../books/chain.js";
import { entryRef, personKey, type Book } from "../books/entry.js";
import { verifyBook } from "../books/verify.js";
import { sumOf } from "../domain/money.js";
import { readSettings } from "../domain/side-tables/settings.js";
import { logChecks, logFlaws } from "../ledger/audit-log.js";
import { anchorsOfLog, flawText } from "../ledger/book-run.js";
import { readStanding, type StandingTables } from "../ledger/notice-tables.js";
import type { LedgerSnapshot, RawTable } from "../ledger/port.js";
import { readBook } from "../ledger/postings.js";
import type { Language } from "../locales/language.js";
import { say } from "../process/sentences.js";

/** Proof of what a workbook's books say: reads them, writes nothing, and asks neither rows nor rules. */

export interface VerifyOptions {
  readonly language: Language;
  readonly key: ChainKey;
  /** Copied from paper. */
  readonly anchors: readonly Anchor[];
}

export interface Verification {
  readonly entries: number;
  readonly logEntries: number;
  readonly notices: number;
  readonly anchor: string;
  /** What is wrong, the first entry's first; none where the books are whole. */
  readonly flaws: readonly {
    readonly kind: string;
    readonly row?: number;
    readonly ref?: string;
    readonly text: string;
  }[];
}

export function verifyLedger(snapshot: LedgerSnapshot, { language, key, anchors }: VerifyOptions): Verification {
  const { sideTables } = snapshot;
  const settings = sideTables.get("Settings");
  const standing = readStanding(sideTables, settings && readSettings(settings).settings.lockedUntil);
  const { book, rows, problems } = readBook(sideTables.get("Postings"), () => "");
  const log = sideTables.get("AuditLog");
  const known = [...anchorsOfLog(log), ...anchors];
  const notices = book.entries.length === 0 ? undefined : noticesOf(standing);
  const flaws: Verification["flaws"][number][] = problems.map(({ sheet, row, header, value }) => ({
    kind: "unreadable",
    row,
    text: say(language, "books.unreadable-cell", { sheet, row, header, value }),
  }));
  if (book.entries.length > 0 && !/^ZT-[0-9a-f]{8}$/.test(book.id)) flaws.push(firstGone(book, rows, language));
  for (const flaw of verifyBook({ book, key, anchors: known, notices })) {
    const row = rows[flaw.index];
    flaws.push({
      kind: flaw.kind,
      ...(row === undefined ? {} : { row }),
      ...("ref" in flaw ? { ref: flaw.ref } : {}),
      text: flawText(flaw, language),
    });
  }
  addAll(flaws, logCutFlaws(book, rows, log, language));
  addAll(flaws, standingFlaws(standing, language));
  addAll(flaws, logFlawsOf(snapshot, language));
  return {
    entries: book.entries.length,
    logEntries: log?.rows.length ?? 0,
    notices: standing.notices.length,
    anchor: book.entries.length === 0 ? "" : anchorText(anchorOf(book)),
    flaws,
  };
}

/** The chain begins with another entry's check value: what stood before the first one is gone. */
function firstGone({ entries }: Book, rows: readonly number[], language: Language): Verification["flaws"][number] {
  const ref = `${entries[0]!.voucher}-${entries[0]!.line}`;
  return { kind: "removed-before", row: rows[0]!, ref, text: say(language, "flaw.removed", { ref }) };
}

/** An entry knows the line of 处理日志 that was the last when it was posted: where that is gone, the log was cut off. */
function logCutFlaws(
  { entries }: Book,
  rows: readonly number[],
  log: RawTable | undefined,
  language: Language,
): Verification["flaws"] {
  // Of a log of which only the end was read nothing is known before.
  if (log?.isTail === true) return [];
  const known = new Set(logChecks(log));
  const index = entries.findIndex(({ logCheck }) => logCheck !== "" && !known.has(logCheck));
  if (index < 0) return [];
  const ref = entryRef(entries[index]!);
  return [{ kind: "log-cut", row: rows[index]!, ref, text: say(language, "flaw.log-cut", { ref }) }];
}

function noticesOf({
  notices,
  settled,
}: StandingTables): { number: string; person: string; amount: ReturnType<typeof sumOf> }[] {
  const numbers = new Map(settled.noticed.map(({ notice, employeeNo }) => [notice, employeeNo]));
  return notices
    .filter(({ subjectType }) => subjectType === "个人")
    .map(({ number, subject, employeeNo, amount }) => ({
      number,
      person: personKey({ employeeNo: employeeNo ?? numbers.get(number), name: subject }),
      amount,
    }));
}

/** Notices against their own items: sums, subjects, check values. */
function standingFlaws(
  { problems, notices, settled }: StandingTables,
  language: Language,
): Verification["flaws"][number][] {
  const flaws: Verification["flaws"][number][] = problems.map((problem) =>
    problem.kind === "altered"
      ? { kind: "notice-items", ref: problem.notice, text: say(language, "flaw.notice", { ref: problem.notice }) }
      : { kind: "unreadable", row: problem.row, text: say(language, "settled.unreadable", { ...problem }) },
  );
  for (const { number, amount, subject } of notices) {
    const items = settled.noticed.filter(({ notice }) => notice === number);
    const sum = sumOf(items.map((item) => item.amount));
    if (sum !== amount || items.some((item) => item.subject !== subject))
      flaws.push({ kind: "notice-sum", ref: number, text: say(language, "flaw.notice", { ref: number }) });
  }
  return flaws;
}

function logFlawsOf({ sideTables }: LedgerSnapshot, language: Language): Verification["flaws"][number][] {
  return logFlaws(sideTables.get("AuditLog")).map(({ row, kind }) => ({
    kind: `log-${kind}`,
    row,
    text: say(language, "flaw.log", { row, what: say(language, `flaw.log.${kind}`) }),
  }));
}
