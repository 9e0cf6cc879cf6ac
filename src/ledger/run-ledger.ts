import { fen } from "../domain/money.js";
import { readSettings } from "../domain/side-tables/settings.js";
import { once } from "../domain/once.js";
import type { Language } from "../locales/language.js";
import { packNames } from "../process/choose-pack.js";
import type { ProcessInput } from "../process/input.js";
import type { Message, Outcome } from "../process/outcome.js";
import { run, type Run } from "../process/process.js";
import { say } from "../process/sentences.js";
import { addedEntries, bookAnchor, openBook, postIssue, postLockOf, type OpenBook } from "./book-run.js";
import { changedPackMessages } from "./changed-packs.js";
import { groupWrite } from "./group/group-write.js";
import { membershipOf } from "./group/membership.js";
import type { StandingTables } from "./notice-tables.js";
import { deductionsTable, penaltiesTable } from "./output-tables.js";
import type { LedgerSnapshot, LedgerWrite } from "./port.js";
import { postingsTable } from "./postings.js";
import type { FirstCheck } from "./questions.js";
import { readIf } from "./read-if.js";
import { readInput } from "./read-input.js";
import type { Issue, RunOptions } from "./run-options.js";
import { readSides } from "./read-workbook.js";
import { sideTableMessage } from "./side-table-message.js";
import { standingRefusal } from "./standing-refusal.js";
import { writeOf, type ToSay } from "./write-plan.js";

export type { Issue, RunOptions } from "./run-options.js";

/** A judged workbook: the outcome, and what has to be written; undefined if the workbook says so already. */
export interface LedgerRun {
  readonly run: Run;
  readonly outcome: Outcome;
  /** What was recognised, what was not, and what is asked. */
  readonly check: FirstCheck;
  readonly write: LedgerWrite | undefined;
  /** Rows whose outputs differ from what stands in the workbook. */
  readonly changedRows: readonly number[];
  /** Notices that went out before this run, and what stands in locked months. */
  readonly standing: StandingTables;
  /** Why nothing may be written, in one line: noticed or locked months that don't add up. */
  readonly refusal: string | undefined;
}

/** Judges the rows of a workbook and works out what to write. Pure: reading and writing are the ledger's. */
export function runLedger(read: LedgerSnapshot, options: RunOptions): LedgerRun {
  const { snapshot, check, input, messages, standing, lockUnreadable, parts, owners, roster } = readInput(
    read,
    options,
  );
  const open = openBook(snapshot, standing, options);
  const judged = run({ ...input, books: open.input }, options.onRow, options.memory);
  const { language } = options;
  const lost =
    snapshot.numbersLost === true ? say(language, "ledger.numbers-lost", { sheet: snapshot.sheet }) : undefined;
  const membership = membershipOf(snapshot);
  const shop =
    membership && options.issue ? say(language, "group.shop-issues", { workbook: membership.workbook }) : undefined;
  // Without the shops' rows nearly all that is posted would seem to be missing, and a lock would close months over them.
  const apart = snapshot.sideTables.has("GroupShops") && !read.group ? say(language, "group.apart") : undefined;
  const refusal = lockUnreadable ?? lost ?? standingRefusal(standing, language) ?? open.refusal ?? shop ?? apart;
  const refused = refusal !== undefined || membership !== undefined;
  const posted = post(judged, open, standing, { ...options, refused });
  const told: Outcome = {
    ...posted.run.outcome,
    messages: [
      ...changedPackMessages(options.packs, language),
      ...messages,
      ...open.messages,
      ...open.noticeMessages(posted.run.books.book),
      ...posted.messages,
      ...posted.run.outcome.messages,
    ],
  };
  const outcome = membership ? withoutDeductions(told, membership.workbook, language) : told;
  // An edited row is judged without anything being written but the row itself.
  const planned = once((): { write: LedgerWrite | undefined; changedRows: readonly number[] } => {
    if (refusal !== undefined) return { write: undefined, changedRows: [] };
    const plan: ToSay = toSay(outcome, snapshot, { ...posted, open }, options);
    if (parts && owners && roster)
      return groupWrite(plan, { parts, owners }, { book: posted.run.books.book, group: read.group!, roster }, options);
    const tables = membership ? [penaltiesTable(outcome.penalties, options.packs)] : plan.tables;
    return writeOf({ ...plan, tables }, options);
  });
  return {
    ...{ run: posted.run, outcome, check, standing, refusal },
    get write() {
      return planned().write;
    },
    get changedRows() {
      return planned().changedRows;
    },
  };
}

function toSay(
  outcome: Outcome,
  snapshot: LedgerSnapshot,
  { run: { books }, run: judged, issue, open }: Posted & { readonly open: OpenBook },
  { packs }: Pick<RunOptions, "packs">,
): ToSay {
  const added = addedEntries(judged, open);
  return {
    ...{ outcome, snapshot },
    tables: [penaltiesTable(outcome.penalties, packs), deductionsTable(outcome.deductions)],
    added: [...(added.length === 0 ? [] : [postingsTable(added, open.stored)]), ...(issue?.tables ?? [])],
    entries: issue?.entries ?? [],
    anchor: bookAnchor(books),
  };
}

/** What is taken of persons is worked out over all workbooks of the group, and stands in its own workbook. */
function withoutDeductions(outcome: Outcome, workbook: string, language: Language): Outcome {
  const text = say(language, "group.shop-deductions", { workbook });
  return {
    ...outcome,
    deductions: [],
    summary: { ...outcome.summary, deducted: fen(0), carriedOut: fen(0) },
    messages: [{ level: "info", cause: "group.shop-deductions", text }, ...outcome.messages],
  };
}

interface Posted {
  readonly run: Run;
  readonly issue: Issue | undefined;
  readonly messages: readonly Message[];
}

/** Posts what a lock covers and what goes out; nothing where nothing may be written, or with a clock that is behind. */
function post(
  judged: Run,
  open: OpenBook,
  standing: StandingTables,
  options: RunOptions & { readonly refused: boolean },
): Posted {
  if (options.refused || open.clockBehind !== undefined) return { run: judged, issue: undefined, messages: [] };
  const { lockedUntil } = standing.settled;
  const locked =
    lockedUntil === undefined ? { run: judged, late: false } : postLockOf(judged, open, lockedUntil, options.now);
  const messages: Message[] = locked.late
    ? [
        {
          level: "warning",
          cause: "books.lock-after-clock",
          text: say(options.language, "books.lock-after-clock", { month: lockedUntil ?? "" }),
        },
      ]
    : [];
  const issue = options.issue?.(locked.run, standing);
  return { run: issue ? postIssue(locked.run, open, issue.lines) : locked.run, issue, messages };
}

/** A snapshot as an input of the pipeline, and what its side tables could not say. */
export function inputOf(
  snapshot: LedgerSnapshot,
  options: RunOptions,
): { readonly input: ProcessInput; readonly messages: readonly Message[] } {
  const problems = readSides(snapshot).problems.map((problem) => sideTableMessage(problem, options.language));
  return { input: readInput(snapshot, options).input, messages: problems };
}

/**
 * What a ledger calls the packs it is judged by: 适用制度 of its rows, and 默认制度 (`defaultPack` overrides it) where a row
 * names none; undefined stands for rows for which nobody says anything.
 */
export function packNamesIn(
  { rows, sideTables }: LedgerSnapshot,
  defaultPack: string | undefined,
): ReadonlySet<string | undefined> {
  const own = readIf(sideTables.get("Settings"), readSettings)?.settings.defaultPack;
  return new Set([...packNames(rows)].map((name) => name ?? defaultPack ?? own));
}
