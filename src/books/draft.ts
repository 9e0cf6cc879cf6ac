import { addAll, addToList } from "../domain/grouping.js";
import { nameKey } from "../domain/persons-text.js";
import type { Day } from "../domain/wall-time.js";
import { accountsOf, type Accounts } from "./accounts.js";
import { compareWithBook, type Comparison } from "./comparison.js";
import { BLANK, type DraftLine, type PersonMonthDraft } from "./draft-lines.js";
import { complaintKey, complaintOfKey, personKey, type Book } from "./entry.js";
import type { Finding } from "./findings.js";
import type { JudgedComplaint, Terms } from "./judged.js";
import { monthOfDay } from "./months.js";
import type { NoticeRecord } from "./notice-life.js";
import { draftPerson, type PersonWork } from "./person-draft.js";

/** What a run would post (试算), worked out afresh from the book and from what the rows say now. */

export interface DraftInput {
  readonly book: Book;
  readonly judged: readonly JudgedComplaint[];
  readonly terms: Terms;
  readonly today: Day;
  /** By 通知编号, with the states that count (`readNotices`). */
  readonly notices: ReadonlyMap<string, NoticeRecord>;
  /** Complaints that a person named in 归档 or moved to a history sheet. */
  readonly archive: readonly { readonly packId: string; readonly complaintId: string }[];
}

export interface Draft {
  /** By month, then person. */
  readonly months: readonly PersonMonthDraft[];
  /** Those of `months` that an act may post: not of persons of whom it isn't known whose wage counts. */
  readonly ready: readonly PersonMonthDraft[];
  /** Notes of the book as a whole, posted with whatever is posted next. */
  readonly notes: readonly DraftLine[];
  readonly accounts: Accounts;
  readonly findings: readonly Finding[];
}

export function draftBook(input: DraftInput): Draft {
  const { book, terms, today } = input;
  const known = accountsOf(book.entries);
  const recognised = recognisedNames(known, terms);
  const accounts = recognised.size === 0 ? known : accountsOf(book.entries, recognised);
  const archive = new Set(input.archive.map((complaint) => complaintKey(complaint)));
  const comparison = compareWithBook(
    input.judged,
    accounts,
    archive,
    withdrawnClaims(accounts, input.notices),
    (ref) => accounts.numberOf(ref) === undefined && isAway(terms.person(ref, monthOfDay(today))),
  );
  const findings: Finding[] = [...comparison.findings];
  const origins = new Map(input.judged.map((row) => [complaintKey(row), row.origin]));
  const months: PersonMonthDraft[] = [];
  for (const [person, work] of workByPerson(accounts, comparison)) {
    const employeeNo = recognised.get(nameKey(nameOf(work)));
    // A namesake with a 工号 of their own is not whom the name is recognised as.
    const isRecognised = employeeNo !== undefined && person === personKey({ employeeNo, name: "" });
    const drafted = draftPerson(
      { person, ...work, isRecognised },
      {
        ...input,
        accounts,
        origins,
      },
    );
    addAll(months, drafted.months);
    addAll(findings, drafted.findings);
  }
  for (const { judged } of comparison.fresh)
    if (judged.settledOn > today) findings.push({ kind: "settled-later", claim: judged, settledOn: judged.settledOn });
  months.sort((a, b) => compare(a.month, b.month) || compare(a.person, b.person));
  return {
    months,
    ready: months.filter(({ waits }) => waits !== true),
    notes: archiveNotes(accounts, archive, monthOfDay(today)),
    accounts,
    findings: distinct(findings),
  };
}

function isAway(known: ReturnType<Terms["person"]>): boolean {
  return known === "unlisted" || known === "unproven";
}

/** Claims of notices that people withdrew. */
function withdrawnClaims(accounts: Accounts, notices: DraftInput["notices"]): Set<string> {
  const withdrawn = new Set<string>();
  for (const claim of accounts.claims.values())
    if ([...claim.notices].some((number) => notices.get(number)?.state === "撤销")) withdrawn.add(claim.key);
  return withdrawn;
}

function nameOf({ claims, fresh }: PersonWork): string {
  return claims[0]?.ref.name ?? fresh[0]?.judged.person.name ?? "";
}

/**
 * Names of the book without 工号 that belong to one person of 人员 only. Where the book knows somebody of that name by a
 * 工号 already, it has told the two apart, and who else has left 人员 since makes them no less two.
 */
function recognisedNames(accounts: Accounts, terms: Terms): Map<string, string> {
  const found = new Map<string, string>();
  const numbered = new Set(
    [...accounts.byPerson].flatMap(([person, claims]) =>
      person.startsWith("#") ? [nameKey(claims[0]!.ref.name)] : [],
    ),
  );
  for (const [person, claims] of accounts.byPerson) {
    if (!person.startsWith("@")) continue;
    const { name } = claims[0]!.ref;
    if (numbered.has(nameKey(name))) continue;
    const first = claims.reduce((day, { settledOn }) => (settledOn < day ? settledOn : day), claims[0]!.settledOn);
    const employeeNo = terms.employeeNoOf(name, first);
    if (employeeNo !== undefined) found.set(nameKey(name), employeeNo);
  }
  return found;
}

function workByPerson(accounts: Accounts, comparison: Comparison): Map<string, PersonWork> {
  const persons = new Set<string>(accounts.byPerson.keys());
  const fresh = group(comparison.fresh, ({ judged }) => accounts.personOf(judged.person));
  const more = group(comparison.more, ({ claim }) => claim.person);
  const less = group(comparison.less, ({ claim }) => claim.person);
  for (const person of fresh.keys()) persons.add(person);
  const work = new Map<string, PersonWork>();
  for (const person of [...persons].sort()) {
    const claims = accounts.byPerson.get(person) ?? [];
    const own = { claims, fresh: fresh.get(person) ?? [], more: more.get(person) ?? [], less: less.get(person) ?? [] };
    const open = claims.some(({ owed, held }) => owed > 0 || held > 0);
    if (open || own.fresh.length > 0 || own.more.length > 0 || own.less.length > 0) work.set(person, own);
  }
  return work;
}

/** A 备注 once for each complaint that was put away and that the book knows. */
function archiveNotes(accounts: Accounts, archive: ReadonlySet<string>, month: string): DraftLine[] {
  return [...archive]
    .filter((key) => accounts.byComplaint.has(key) && !accounts.archived.has(key))
    .sort()
    .map((key) => ({
      claim: undefined,
      cause: "归档",
      entry: { ...BLANK, ...complaintOfKey(key), month, kind: "备注" },
    }));
}

function group<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) addToList(found, keyOf(item), item);
  return found;
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
