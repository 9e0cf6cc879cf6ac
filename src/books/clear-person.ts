import { accountsOf, balancesOf } from "./accounts.js";
import { BLANK } from "./draft-lines.js";
import { entryRef, type Book, type Entry, type PersonRef } from "./entry.js";
import { postLines, type Act, type Posting, type Refusal } from "./post.js";

/**
 * Clearing the personal data of somebody long gone: name, 工号, department, wages and calculations are taken out of their
 * entries, the digest stays, so the chain is whole. A note says which entries; an entry without its data that no note
 * names was tampered with.
 */

export type Clearing =
  | {
      readonly kind: "cleared";
      readonly book: Book;
      readonly voucher: string;
      /** How many entries, and of which notices. */
      readonly entries: number;
      readonly notices: ReadonlySet<string>;
      /** What stands in the place of the name. */
      readonly standIn: string;
    }
  | { readonly kind: "refused"; readonly why: Refusal | { readonly kind: "unknown" } | { readonly kind: "balance" } };

const LIST = "、";

export function clearPerson(book: Book, person: PersonRef, act: Act): Clearing {
  const accounts = accountsOf(book.entries);
  const key = accounts.personOf(person);
  const own = book.entries.filter((entry) => entry.name !== "" && accounts.personOf(entry) === key);
  if (own.length === 0) return { kind: "refused", why: { kind: "unknown" } };
  const { owed, held } = balancesOf(accounts.byPerson.get(key) ?? []);
  if (owed > 0 || held > 0) return { kind: "refused", why: { kind: "balance" } };
  const standIn = `已清除${book.entries.filter(({ cause }) => cause === "清除").length + 1}`;
  const posting = note(book, own, act);
  if (posting.kind !== "posted")
    return { kind: "refused", why: posting.kind === "refused" ? posting.why : { kind: "unknown" } };
  const refs = new Set(own.map(entryRef));
  const entries = posting.book.entries.map((entry) => (refs.has(entryRef(entry)) ? cleared(entry, standIn) : entry));
  const notices = new Set(own.flatMap(({ notice }) => (notice === "" ? [] : [notice])));
  const { voucher } = posting;
  return { kind: "cleared", book: { ...book, entries }, voucher, entries: own.length, notices, standIn };
}

function note(book: Book, own: readonly Entry[], act: Act): Posting {
  const entry = { ...BLANK, month: own.at(-1)!.month, kind: "备注" as const, formula: own.map(entryRef).join(LIST) };
  return postLines(book, [{ notice: "", line: { claim: undefined, entry } }], { ...act, cause: "清除" });
}

function cleared(entry: Entry, name: string): Entry {
  return { ...entry, employeeNo: undefined, name, department: "", formula: "", rests: "", salt: "" };
}

/** References of the entries that notes say were cleared. */
export function clearedRefs(entries: readonly Entry[]): Set<string> {
  return new Set(entries.filter(({ cause }) => cause === "清除").flatMap(({ formula }) => formula.split(LIST)));
}
