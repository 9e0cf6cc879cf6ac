import { personKey } from "../../books/entry.js";
import { INPUT_COLUMNS } from "../../domain/columns.js";
import type { Person } from "../../domain/complaint.js";
import type { LedgerPart, ProcessInput } from "../../process/input.js";
import type { Message } from "../../process/outcome.js";
import { isBlankText } from "../output-cells.js";
import type { GroupSnapshot, LedgerRow, LedgerSnapshot } from "../port.js";
import type { FirstCheck } from "../questions.js";
import { historyOf, messagesOf, processInput, readOwn, readSides, type Sides } from "../read-workbook.js";
import type { RunOptions } from "../run-options.js";
import type { Understood } from "../understand.js";
import { say } from "../../process/sentences.js";
import { joinSides, type NamedSides } from "./group-sides.js";
import { firstRow, sheetOwners } from "./member-of-row.js";
import type { GroupRoster } from "./people-table.js";

/** The workbooks of a group as one input: each understood for itself, their rows numbered through all. */

/** One of them as it was read; the group's own is the first. */
export interface PartRead {
  /** 来源工作簿; undefined of the group's own workbook. */
  readonly source: string | undefined;
  /** As it is understood, its rows under the numbers they have within the workbook. */
  readonly snapshot: LedgerSnapshot;
}

interface Part extends PartRead {
  readonly understood: Understood;
  readonly sides: Sides;
}

/** The rows of a group's workbook followed by those of its members; each member's snapshot stays as it is. */
export function joinGroup(own: LedgerSnapshot, group: GroupSnapshot): LedgerSnapshot {
  const columns = new Map(own.columns);
  for (const { snapshot } of group.members)
    for (const [id, found] of snapshot.columns) if (!columns.has(id)) columns.set(id, found);
  const owners = sheetOwners([own, ...group.members.map(({ snapshot }) => snapshot)]);
  return {
    ...own,
    group: { ...group, ownColumns: own.columns, sheetOwners: owners },
    columns,
    rows: [
      ...own.rows,
      ...group.members.flatMap(({ snapshot }, i) =>
        withPack(numbered(snapshot.rows, firstRow(owners, i + 1)), readSides(snapshot)),
      ),
    ],
  };
}

/** Rows that name no pack are judged by the one that the 设置 of their own workbook names. */
function withPack(rows: readonly LedgerRow[], { settings }: Sides): readonly LedgerRow[] {
  const pack = settings?.defaultPack;
  if (pack === undefined) return rows;
  return rows.map((row) => (isBlankText(row.cells.pack) ? { ...row, cells: { ...row.cells, pack } } : row));
}

function numbered(rows: readonly LedgerRow[], from: number): LedgerRow[] {
  return rows.map((row) => ({ ...row, row: from + row.row }));
}

export interface GroupRead {
  readonly snapshot: LedgerSnapshot;
  readonly check: FirstCheck;
  readonly input: ProcessInput;
  readonly messages: readonly Message[];
  readonly parts: readonly PartRead[];
  readonly owners: readonly number[];
  readonly roster: GroupRoster;
}

/** Reads a joined snapshot. The group's own ledger is the part whose rows are not those of a member. */
export function readGroup(joined: LedgerSnapshot & { readonly group: GroupSnapshot }, options: RunOptions): GroupRead {
  const { group } = joined;
  const { language } = options;
  const own = readPart(undefined, ownSnapshot(joined), options);
  const members = group.members.map(({ source, snapshot }) => readPart(source, snapshot, options));
  const parts = [own, ...members];
  const named = members.map(({ source = "", sides }): NamedSides => ({ source, sides }));
  const sides = joinSides(own.sides, named, language);
  const over = group.numbersOverAll ?? own.sides.settings?.numberScope === "all";
  const owners = sheetOwners(parts.map((part) => part.snapshot));
  const rows = parts.flatMap(({ snapshot, sides }, i) => {
    const own = numbered(snapshot.rows, firstRow(owners, i));
    // What the caller asks for goes before what any workbook says, as it does for one alone.
    return options.defaultPack === undefined ? withPack(own, sides) : own;
  });
  const snapshot: LedgerSnapshot = { ...joined, rows };
  const base = processInput({ ...own.snapshot, rows }, { ...own.sides, people: sides.people }, options);
  const input: ProcessInput = {
    ...base,
    inputs: INPUT_COLUMNS.filter(({ id }) => parts.some((part) => part.snapshot.columns.has(id))),
    holidays: sides.holidays,
    settings: { ...sides.settings, ...(options.defaultPack === undefined ? {} : { defaultPack: options.defaultPack }) },
    history: parts.flatMap(({ snapshot, source }) => historyOf(snapshot, source).history ?? []),
    ...(sides.pay.length === 0 ? {} : { monthlyPay: sides.pay }),
    place: { ...base.place, sheets: parts.flatMap(placesOf) },
    parts: partsBySheet(parts, owners),
    numbersOverAll: over,
    unclear: sides.unclear,
  };
  const messages = [
    ...group.unread.map(({ file, why }): Message => ({
      level: "error",
      cause: "group.unread",
      text: say(language, "group.unread", { file, why }),
    })),
    ...sides.messages,
    ...parts.flatMap((part) => told(part, options)),
  ];
  const { people, unclear } = sides;
  const roster = { people, own: own.sides.people, members: named, unclear };
  return { snapshot, check: checkOf(parts), input, messages, parts, owners, roster };
}

/** Of a joined snapshot what stands in the group's own workbook. */
function ownSnapshot({ group, ...joined }: LedgerSnapshot & { readonly group: GroupSnapshot }): LedgerSnapshot {
  const { ownColumns = joined.columns } = group;
  return { ...joined, columns: ownColumns, rows: joined.rows.slice(0, ownRows(joined, group)) };
}

function ownRows({ rows }: Pick<LedgerSnapshot, "rows">, { members }: GroupSnapshot): number {
  return rows.length - members.reduce((sum, { snapshot }) => sum + snapshot.rows.length, 0);
}

function readPart(source: string | undefined, read: LedgerSnapshot, options: RunOptions): Part {
  const sides = readSides(read);
  const understood = readOwn(read, sides, options);
  return { source, sides, understood, snapshot: understood.snapshot };
}

function placesOf({ source, snapshot }: Part): NonNullable<ProcessInput["place"]["sheets"]> {
  return (snapshot.sheets ?? [snapshot]).map(({ sheet, columns }) => ({ sheet, columns, file: source }));
}

/** The sheets of one workbook are one part: they are understood together, as they are of a ledger alone. */
function partsBySheet(parts: readonly Part[], owners: readonly number[]): readonly LedgerPart[] {
  const [own] = parts as [Part, ...Part[]];
  const made = parts.map((part) => ledgerPart(part, own));
  return owners.map((owner) => made[owner]!);
}

function ledgerPart({ source, snapshot, sides, understood }: Part, own: Part): LedgerPart {
  const { closeOfBusiness, pauseAllowed } = sides.settings ?? {};
  return {
    source,
    sheet: snapshot.sheet,
    columns: snapshot.columns,
    ...(snapshot.title === undefined ? {} : { title: snapshot.title }),
    inputs: INPUT_COLUMNS.filter(({ id }) => snapshot.columns.has(id)),
    asked: understood.asked,
    proposesOnly: understood.proposesOnly,
    ...(snapshot.answers?.dates === undefined ? {} : { dateOrders: snapshot.answers.dates }),
    people: peopleOf(sides.people, own.sides.people),
    settings: {
      ...(closeOfBusiness === undefined ? {} : { closeOfBusiness }),
      ...(pauseAllowed === undefined ? {} : { pauseAllowed }),
    },
  };
}

/**
 * Whom the rows of a workbook name: its own people, and those of the group's 人员 that are none of its own, but for the
 * departments it has itself: a unit is that of the shop.
 */
function peopleOf(own: readonly Person[], group: readonly Person[]): readonly Person[] {
  if (own.length === 0 || own === group) return group;
  const known = new Set(own.map(keyOf));
  const names = new Set(own.map(({ name }) => name));
  const departments = new Set(own.map(({ department }) => department));
  // What the group's 人员 says of somebody goes before what the shop has.
  const better = new Map(group.map((person) => [keyOf(person), person]));
  const others = group.filter(
    (person) => !known.has(keyOf(person)) && !names.has(person.name) && !departments.has(person.department),
  );
  return [...own.map((person) => ({ ...person, ...payOf(better.get(keyOf(person))) })), ...others];
}

function keyOf({ employeeNo, name }: Person): string {
  return personKey({ employeeNo, name });
}

function payOf(person: Person | undefined): Pick<Person, "monthlyBonus" | "monthlyWage"> {
  const { monthlyBonus, monthlyWage } = person ?? {};
  return {
    ...(monthlyBonus === undefined ? {} : { monthlyBonus }),
    ...(monthlyWage === undefined ? {} : { monthlyWage }),
  };
}

function told(part: Part, options: RunOptions): Message[] {
  const messages = messagesOf(part.understood, part.sides, options);
  return part.source === undefined ? messages : messages.map((message) => ({ ...message, file: part.source! }));
}

/** What is asked of any of them. */
function checkOf(parts: readonly Part[]): FirstCheck {
  const [own] = parts as [Part, ...Part[]];
  return { ...own.understood.check, questions: parts.flatMap(({ understood }) => understood.check.questions) };
}
