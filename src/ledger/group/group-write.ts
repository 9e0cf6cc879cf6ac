import { personKey, type Book, type Entry } from "../../books/entry.js";
import { yuanNumber } from "../../domain/money.js";
import { toSerial } from "../../domain/wall-time.js";
import type { Message, Outcome, Penalty } from "../../process/outcome.js";
import { outputColumnsOf } from "../../process/pack-columns.js";
import { say } from "../../process/sentences.js";
import { deductionsTable, penaltiesTable } from "../output-tables.js";
import type { GroupMember, GroupSnapshot, LedgerWrite, MemberWrite, OutputCell, OutputTable } from "../port.js";
import type { RunOptions } from "../run-options.js";
import { writeOf, type ToSay } from "../write-plan.js";
import { firstRow, ownerOf, rowWithin } from "./member-of-row.js";
import { membershipTable } from "./membership.js";
import { peopleTable, type GroupRoster } from "./people-table.js";
import type { PartRead } from "./read-group.js";
import { shopsTable, type JudgedShop } from "./shops-table.js";

/**
 * What is written after a group was judged: to its own workbook the journal, deductions, penalties and 分店; to each member
 * its rows' outputs, and copies of the lines that are about it, which are marked as such.
 */

export interface GroupTold {
  readonly book: Book;
  readonly group: GroupSnapshot;
  readonly roster: GroupRoster;
}

/** The workbooks as they were read, and which of them each sheet is of. */
export interface GroupParts {
  readonly parts: readonly PartRead[];
  readonly owners: readonly number[];
}

export function groupWrite(
  plan: ToSay,
  read: GroupParts,
  told: GroupTold,
  options: RunOptions,
): { write: LedgerWrite | undefined; changedRows: readonly number[] } {
  const { outcome } = plan;
  const { parts, owners } = read;
  const shares = sharesOf(outcome, read);
  const own = writeOf(ownPlan(plan, read, shares, told, options), options);
  const members: MemberWrite[] = [];
  const changedRows = [...own.changedRows];
  told.group.members.forEach((member, i) => {
    const at = i + 1;
    const { write, changedRows: rows } = writeOf(
      memberPlan(member, parts[at]!, shares[at]!, plan, told, options),
      options,
    );
    if (!write) return;
    members.push({ source: member.source, write, changedRows: rows.length });
    for (const row of rows) changedRows.push(firstRow(owners, at) + row);
  });
  if (own.write === undefined && members.length === 0) return { write: undefined, changedRows };
  return { write: { ...(own.write ?? NOTHING), members }, changedRows };
}

const NOTHING: LedgerWrite = { outputColumns: [], rows: [], tables: [] };

/** What of the outcome is of each workbook; rows under the numbers they have within it. */
type Share = Pick<Outcome, "rows" | "penalties" | "messages" | "outputColumns">;

function sharesOf(outcome: Outcome, { parts, owners }: GroupParts): Share[] {
  const shares = parts.map(() => ({
    rows: [] as Outcome["rows"][number][],
    penalties: [] as Penalty[],
    messages: [] as Message[],
  }));
  const bySource = new Map(parts.map(({ source }, i) => [source, i]));
  const ownerOfRow = (row: number): number => ownerOf(owners, row);
  const within = (row: number): number => rowWithin(owners, row);
  for (const row of outcome.rows) shares[ownerOfRow(row.row)]!.rows.push({ ...row, row: within(row.row) });
  // What is posted of a row that says nothing any more has no row; the book knows its workbook.
  for (const penalty of outcome.penalties) {
    const at = penalty.row === 0 ? (bySource.get(penalty.source) ?? 0) : ownerOfRow(penalty.row);
    shares[at]!.penalties.push({ ...penalty, row: within(penalty.row) });
  }
  for (const { file, ...message } of outcome.messages) {
    const at = message.row === undefined ? (bySource.get(file) ?? 0) : ownerOfRow(message.row);
    shares[at]!.messages.push(message.row === undefined ? message : { ...message, row: within(message.row) });
  }
  return shares.map((share) => ({ ...share, outputColumns: [] }));
}

function columnsOf({ rows }: Pick<Share, "rows">, { packs }: RunOptions): Outcome["outputColumns"] {
  return outputColumnsOf(
    new Set(rows.flatMap(({ packId }) => (packId === undefined ? [] : (packs.get(packId) ?? [])))),
  );
}

// ------------------------------------------------------------ the group's own workbook

function ownPlan(
  plan: ToSay,
  { parts, owners }: GroupParts,
  shares: readonly Share[],
  { group, roster }: GroupTold,
  options: RunOptions,
): ToSay {
  const { outcome } = plan;
  const [own] = shares as [Share, ...Share[]];
  const shops = group.members.map(({ source, file }, i): JudgedShop => ({ source, file, outcome: shares[i + 1]! }));
  const penalties = withColumn(
    penaltiesTable(outcome.penalties, options.packs),
    { header: "来源工作簿", kind: "text", width: 16 },
    outcome.penalties.map(({ row, source }) => source ?? parts[ownerOf(owners, row)]!.source),
  );
  return {
    ...plan,
    snapshot: parts[0]!.snapshot,
    outcome: { ...outcome, rows: own.rows, outputColumns: columnsOf(own, options), messages: own.messages },
    tables: [
      ...[penalties, deductionsTable(outcome.deductions), shopsTable(shops, group.unread, options.language)],
      peopleTable(roster, options.language),
    ],
  };
}

function withColumn(
  table: OutputTable,
  column: OutputTable["columns"][number],
  cells: readonly OutputCell[],
): OutputTable {
  return { ...table, columns: [...table.columns, column], rows: table.rows.map((row, i) => [...row, cells[i]]) };
}

// ------------------------------------------------------------ members

function memberPlan(
  { source, workbook }: GroupMember,
  { snapshot }: PartRead,
  share: Share,
  { outcome }: ToSay,
  { book }: GroupTold,
  options: RunOptions,
): ToSay {
  const { language } = options;
  const note = say(language, "group.copy", { workbook });
  const persons = new Set(
    share.penalties.flatMap(({ subjectType, subject, employeeNo }) =>
      subjectType === "个人" ? [personKey({ employeeNo, name: subject })] : [],
    ),
  );
  const deductions = outcome.deductions.filter(({ employeeNo, person }) =>
    persons.has(personKey({ employeeNo, name: person })),
  );
  const lines = withColumn(
    deductionsTable(deductions),
    { header: "副本说明", kind: "text", width: 40 },
    deductions.map(() => note),
  );
  const copied = postingsOf(book, source, share);
  const had = snapshot.sideTables.has("PostingsCopy");
  return {
    outcome: { ...outcome, ...share, deductions, outputColumns: columnsOf(share, options) },
    snapshot,
    tables: [
      penaltiesTable(share.penalties, options.packs),
      lines,
      membershipTable({ source, workbook }, say(language, "group.member", { workbook })),
      ...(copied.length > 0 || had ? [postingsCopy(copied, note)] : []),
    ],
    added: [],
    entries: [],
    anchor: "",
  };
}

/** The entries about complaints of a workbook. Where numbers count over all, a complaint is its number alone. */
function postingsOf({ entries }: Book, source: string, { rows }: Share): readonly Entry[] {
  const ids = new Set(rows.map(({ packId, id }) => `${packId ?? ""}\n${id ?? ""}`));
  return entries.filter((entry) =>
    entry.source === undefined ? ids.has(`${entry.packId}\n${entry.complaintId}`) : entry.source === source,
  );
}

const COPY_HEADERS = [
  { header: "凭证号", kind: "text", width: 16 },
  { header: "行", kind: "integer", width: 5 },
  { header: "记账时间", kind: "datetime", width: 17 },
  { header: "月份", kind: "text", width: 9 },
  { header: "种类", kind: "text", width: 7 },
  { header: "工号", kind: "text", width: 9 },
  { header: "姓名", kind: "text", width: 10 },
  { header: "适用制度", kind: "text", width: 18 },
  { header: "投诉编号", kind: "text", width: 14 },
  { header: "类型", kind: "text", width: 10 },
  { header: "事由", kind: "text", width: 16 },
  { header: "金额", kind: "money", width: 11 },
  { header: "通知编号", kind: "text", width: 16 },
  { header: "起因", kind: "text", width: 7 },
  { header: "副本说明", kind: "text", width: 40 },
] as const satisfies OutputTable["columns"];

/** A copy has no chain: it proves nothing, and can't be taken for the book. */
function postingsCopy(entries: readonly Entry[], note: string): OutputTable {
  return {
    sheet: "扣款凭证副本",
    table: "PostingsCopy",
    columns: COPY_HEADERS,
    rows: entries.map((e) => [
      ...[e.voucher, e.line, toSerial(e.at), e.month, e.kind, e.employeeNo, e.name, e.packId, e.complaintId],
      ...[e.type, e.reason, yuanNumber(e.amount), e.notice === "" ? undefined : e.notice, e.cause, note],
    ]),
    mode: "replace",
  };
}
