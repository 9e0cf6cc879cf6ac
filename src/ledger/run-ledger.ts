import { column, INPUT_COLUMNS, OUTPUT_COLUMNS, type OutputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { readHolidays } from "../domain/side-tables/holidays.js";
import { readMonthlyPay } from "../domain/side-tables/monthly-pay.js";
import { readPeople } from "../domain/side-tables/people.js";
import { readSettings } from "../domain/side-tables/settings.js";
import { nameKey } from "../domain/persons-text.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import { packNames } from "../process/choose-pack.js";
import type { ProcessInput } from "../process/input.js";
import type { Message, Outcome, RowOutcome } from "../process/outcome.js";
import { run, type Run } from "../process/process.js";
import { say } from "../process/sentences.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { ChainKey } from "../books/chain.js";
import type { NumberedLine } from "../books/post.js";
import { auditEntries } from "./audit-log.js";
import { changedPackMessages } from "./changed-packs.js";
import { choicesOf, choicesTable, tabledChoices, type ColumnChoices } from "./choices.js";
import { addedEntries, bookAnchor, openBook, postIssue, postLockOf, type OpenBook } from "./book-run.js";
import { readStanding, type StandingProblem, type StandingTables } from "./notice-tables.js";
import { holds, isBlankCell, outputCell, showsOutput } from "./output-cells.js";
import { foreignMessage, shapeMessages } from "./shape-messages.js";
import { questionMessages } from "./question-text.js";
import type { FirstCheck } from "./questions.js";
import { understand } from "./understand.js";
import { deductionsTable, penaltiesTable, problemsTable } from "./output-tables.js";
import { postingsTable } from "./postings.js";
import { sideTableMessage } from "./side-table-message.js";
import type { LedgerRow, LedgerSnapshot, LedgerWrite, OutputTable, RawTable } from "./port.js";

/** What a run needs besides the workbook. */
export interface RunOptions {
  readonly packs: ReadonlyMap<string, Pack>;
  readonly statutes: Statutes;
  readonly now: WallTime;
  readonly language: Language;
  /** Overrides 默认制度 of the workbook. */
  readonly defaultPack?: string;
  readonly programVersion: string;
  /** Who runs it, for 处理日志. */
  readonly operator?: string | undefined;
  /** Hears how many rows are judged. */
  readonly onRow?: (done: number) => void;
  /** What goes out with this run and is recorded in the workbook; undefined if nothing does. */
  readonly issue?: (run: Run, standing: StandingTables) => Issue | undefined;
  /** For a keyed hash of 扣款凭证; never kept in the workbook. */
  readonly key?: ChainKey | undefined;
  /** The result goes to another file than the one that was read: a clock before the last entry's day is no hindrance then. */
  readonly elsewhere?: boolean;
}

/** Papers that go out: rows to append to tables of ours, and entries for 处理日志. */
export interface Issue {
  /** What is posted with them. */
  readonly lines: readonly NumberedLine[];
  readonly tables: readonly OutputTable[];
  readonly entries: readonly { readonly id: string; readonly text: string }[];
}

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
  const { snapshot, check, input, messages, standing, lockUnreadable } = readInput(read, options);
  const { foreign } = snapshot;
  const open = openBook(snapshot, standing, options);
  const judged = run({ ...input, books: open.input }, options.onRow);
  const lost =
    snapshot.numbersLost === true ? say(options.language, "ledger.numbers-lost", { sheet: snapshot.sheet }) : undefined;
  const refusal = lockUnreadable ?? lost ?? standingRefusal(standing, options.language) ?? open.refusal;
  const posted = post(judged, open, standing, { ...options, refused: refusal !== undefined });
  const outcome: Outcome = {
    ...posted.run.outcome,
    messages: [
      ...changedPackMessages(options.packs, options.language),
      ...questionMessages(check, options.language),
      ...foreignMessage(foreign, options.language),
      ...shapeMessages(snapshot, options.language),
      ...messages,
      ...open.messages,
      ...open.noticeMessages(posted.run.books.book),
      ...posted.messages,
      ...posted.run.outcome.messages,
    ],
  };
  const { write, changedRows } =
    refusal === undefined
      ? writeOf(outcome, snapshot, { ...posted, open }, options)
      : { write: undefined, changedRows: [] };
  return { run: posted.run, outcome, check, write, changedRows, standing, refusal };
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

/** The snapshot without what somebody wrote by hand into output columns: that is no earlier outcome of ours. */
function withoutForeign(snapshot: LedgerSnapshot): LedgerSnapshot {
  const { foreign, rows } = snapshot;
  // Once 处理结果 is there, it is where outputs were read from.
  if (foreign.length === 0 || rows.some(({ outputs }) => !holds(outputs.packVersion, undefined))) return snapshot;
  const kept = rows.map((row) => ({
    ...row,
    outputs: Object.fromEntries(Object.entries(row.outputs).filter(([id]) => !foreign.includes(id as OutputId))),
  }));
  return { ...snapshot, rows: kept };
}

/** A snapshot as an input of the pipeline, and what its side tables could not say. */
export function inputOf(snapshot: LedgerSnapshot, options: RunOptions): { input: ProcessInput; messages: Message[] } {
  return readInput(snapshot, options);
}

interface ReadInput {
  /** As it is understood, without what is somebody's own work in output columns. */
  readonly snapshot: LedgerSnapshot;
  readonly check: FirstCheck;
  readonly input: ProcessInput;
  readonly messages: Message[];
  readonly standing: StandingTables;
  readonly lockUnreadable: string | undefined;
}

function readInput(read: LedgerSnapshot, options: RunOptions): ReadInput {
  const { sideTables } = read;
  const people = readIf(sideTables.get("People"), readPeople);
  const holidays = readIf(sideTables.get("Holidays"), readHolidays);
  const pay = readIf(sideTables.get("MonthlyPay"), readMonthlyPay);
  const settings = readIf(sideTables.get("Settings"), readSettings);
  const problems = [
    ...(people?.problems ?? []),
    ...(pay?.problems ?? []),
    ...(holidays?.problems ?? []),
    ...(settings?.problems ?? []),
  ];
  const names = new Set((people?.people ?? []).map(({ name }) => nameKey(name)));
  const understood = understand(read, {
    packs: options.packs,
    language: options.language,
    defaultPack: options.defaultPack ?? settings?.settings.defaultPack,
    people: names,
    now: options.now,
  });
  const { check, asked } = understood;
  const snapshot = withoutForeign(understood.snapshot);
  const { language, packs, statutes, now } = options;
  const standing = readStanding(sideTables, settings?.settings.lockedUntil);
  // A lock that can't be read must not be taken for none.
  const lock = settings?.problems.find(({ reason }) => reason === "not-a-month");
  return {
    snapshot,
    check,
    input: {
      rows: snapshot.rows,
      asked,
      inputs: INPUT_COLUMNS.filter(({ id }) => snapshot.columns.has(id)),
      people: people?.people ?? [],
      holidays: holidays?.overrides ?? [],
      settings: {
        ...settings?.settings,
        ...(options.defaultPack === undefined ? {} : { defaultPack: options.defaultPack }),
      },
      packs,
      statutes,
      now,
      language,
      ...(pay ? { monthlyPay: pay.pay } : {}),
      ...(read.answers?.dates === undefined ? {} : { dateOrders: read.answers.dates }),
      ...(snapshot.history === undefined || snapshot.history.length === 0
        ? {}
        : { history: snapshot.history.map(({ rows, ...place }) => ({ rows, place })) }),
      place: {
        sheet: snapshot.sheet,
        columns: snapshot.columns,
        ...(snapshot.title === undefined ? {} : { title: snapshot.title }),
        ...(snapshot.sheets === undefined ? {} : { sheets: snapshot.sheets }),
      },
    },
    messages: problems.map((problem) => sideTableMessage(problem, language)),
    standing,
    lockUnreadable: lock && sideTableMessage(lock, language).text,
  };
}

/** Why nothing may be written beside what stands; undefined if it may. */
function standingRefusal({ problems }: StandingTables, language: Language): string | undefined {
  const [problem] = problems;
  return problem && standingText(problem, language);
}

function standingText(problem: StandingProblem, language: Language): string {
  if (problem.kind === "altered") return say(language, "settled.altered", { notice: problem.notice });
  const { sheet, row, header, value } = problem;
  return say(language, "settled.unreadable", { sheet, row, header, value });
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

function readIf<T>(table: RawTable | undefined, read: (table: RawTable) => T): T | undefined {
  return table && read(table);
}

// ------------------------------------------------------------ what to write

/** What a run did itself: said once, and no problem that stays with the ledger. */
const SAID_ONCE: ReadonlySet<string> = new Set(["books.taken-over", "books.clock"]);

/** What must be written so that the workbook says what the outcome says. */
function writeOf(
  outcome: Outcome,
  snapshot: LedgerSnapshot,
  { run, issue, open }: Posted & { readonly open: OpenBook },
  options: RunOptions,
): { write: LedgerWrite | undefined; changedRows: readonly number[] } {
  const { foreign } = snapshot;
  // Columns an earlier run with other packs left behind are ours as well: a value that no rule gives any more must go.
  const present = new Set<OutputId>(outcome.outputColumns);
  for (const { id } of OUTPUT_COLUMNS) if (snapshot.columns.has(id) && !foreign.includes(id)) present.add(id);
  const found = new Set<string>();
  for (const { outputs } of snapshot.rows) for (const id in outputs) found.add(id);
  for (const id of found) present.add(id as OutputId);
  const outputColumns = OUTPUT_COLUMNS.map(({ id }) => id).filter((id) => present.has(id));

  const changedRows: number[] = [];
  const details: { id: string; text: string }[] = [];
  let firstTime = 0;
  // The outcome has the rows of the snapshot in their order.
  outcome.rows.forEach((row, index) => {
    const before = snapshot.rows[index]!;
    const changed = outputColumns.some((id) => !showsOutput(before.outputs[id], id, row.outputs[id]));
    if (!changed && row.newId === undefined) return;
    changedRows.push(row.row);
    if (isBlankCell(before.outputs.status)) firstTime += 1;
    else
      details.push({
        id: row.id ?? `#${row.row}`,
        text: changesOf(row, before, outputColumns).join("；").slice(0, 2000),
      });
  });
  const lasting = outcome.messages.filter(({ cause }) => !SAID_ONCE.has(cause));
  const problems = problemsTable(lasting, (id) => snapshot.columns.get(id)?.header, options.language);
  const own = [penaltiesTable(outcome.penalties), deductionsTable(outcome.deductions)];
  // A ledger without faults needs no sheet for them.
  if (problems.rows.length > 0 || snapshot.sideTables.has("Problems")) own.push(problems);
  const choices = choicesIn(outcome, snapshot, options);
  if (choices.some(({ tabled }) => tabled) || snapshot.sideTables.has("Choices")) own.push(choicesTable(choices));
  const tables = own.filter((table) => !stands(table, snapshot.sideTables.get(table.table as "Penalties")));
  const columnsMissing = outputColumns.some((id) => !snapshot.columns.has(id) && !found.has(id));
  const added = addedEntries(run, open);
  if (changedRows.length === 0 && tables.length === 0 && !columnsMissing && !issue && added.length === 0)
    return { write: undefined, changedRows };

  const audit = auditEntries(
    {
      at: options.now,
      programVersion: options.programVersion,
      operator: options.operator,
      packVersions: packVersionsOf(outcome),
      changedRows: changedRows.length,
      summary: say(options.language, "audit.run", {
        rows: outcome.rows.length,
        first: firstTime,
        changed: details.length,
        penalties: outcome.penalties.length,
        book: bookAnchor(run.books),
      }),
      details: [...details, ...(issue?.entries ?? [])],
    },
    options.language,
    snapshot.sideTables.get("AuditLog"),
  );
  return {
    write: {
      ...(foreign.length === 0 ? {} : { foreign }),
      outputColumns,
      rows: outcome.rows,
      choices,
      tables: [
        ...tables,
        ...(added.length === 0 ? [] : [postingsTable(added, open.stored)]),
        ...(issue?.tables ?? []),
        audit,
      ],
    },
    changedRows,
  };
}

/** The departments that 人员 names. */
export function departmentsOf({ sideTables }: Pick<LedgerSnapshot, "sideTables">): readonly string[] {
  const people = readIf(sideTables.get("People"), readPeople)?.people ?? [];
  return people.flatMap(({ department }) => department ?? []);
}

/** Drop-downs of the listed columns that the ledger has, for the packs that judge it; departments of 人员 are among them. */
function choicesIn({ rows }: Outcome, { columns, sideTables }: LedgerSnapshot, { packs }: RunOptions): ColumnChoices[] {
  const used = [...new Set(rows.flatMap(({ packId }) => packId ?? []))].sort().flatMap((id) => packs.get(id) ?? []);
  const departments = departmentsOf({ sideTables });
  const known = new Map(choicesOf([...packs.values()], departments).map(({ id, values }) => [id, values]));
  const choices = choicesOf(used, departments).flatMap((one) =>
    columns.has(one.id) ? [{ ...one, known: known.get(one.id) ?? one.values }] : [],
  );
  return tabledChoices(choices, sideTables.get("Choices"));
}

function packVersionsOf({ rows }: Outcome): string[] {
  const versions = new Set<string>();
  for (const { outputs } of rows) if (outputs.packVersion !== undefined) versions.add(outputs.packVersion);
  return [...versions].sort();
}

/** The outputs of a row that change, as “header：before→after”. */
function changesOf(row: RowOutcome, before: LedgerRow, outputColumns: readonly OutputId[]): string[] {
  const changes: string[] = [];
  for (const id of outputColumns) {
    const value = row.outputs[id];
    const cell = before.outputs[id];
    if (showsOutput(cell, id, value)) continue;
    changes.push(
      `${column(id).header}：${shown(cell)}→${shown(value === undefined ? undefined : outputCell(id, value))}`,
    );
  }
  return changes;
}

function shown(cell: RawCell | undefined): string {
  if (cell === undefined || cell === null || cell === "") return "（空）";
  return typeof cell === "object" ? cell.error : String(cell);
}

/** Whether a table of ours stands in the workbook exactly like this. */
function stands(table: OutputTable, found: RawTable | undefined): boolean {
  if (!found) return false;
  const indexes = table.columns.map(({ header }) => found.headers.findIndex((h) => h.header === header));
  if (indexes.includes(-1)) return false;
  const rows = found.rows.filter(({ cells }) =>
    indexes.some((i) => cells[i] !== undefined && cells[i] !== null && cells[i] !== ""),
  );
  return (
    rows.length === table.rows.length &&
    table.rows.every((cells, r) =>
      cells.every((cell, c) => holds(rows[r]!.cells[indexes[c]!], typeof cell === "boolean" ? String(cell) : cell)),
    )
  );
}
