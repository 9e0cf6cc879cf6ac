import { accountsOf, balancesOf } from "../../books/accounts.js";
import type { Book } from "../../books/entry.js";
import { fen, yuanText } from "../../domain/money.js";
import type { WallTime } from "../../domain/wall-time.js";
import type { Language } from "../../locales/language.js";
import { say } from "../../process/sentences.js";
import { logRefusal } from "../book-run.js";
import { readStanding } from "../notice-tables.js";
import type { LedgerSnapshot } from "../port.js";
import { readBook } from "../postings.js";
import { readSides } from "../read-workbook.js";
import { sideTableMessage } from "../side-table-message.js";
import { standingRefusal } from "../standing-refusal.js";
import { linesOf } from "../table-lines.js";

/**
 * Why a workbook can't be one of a group; undefined if it can. What keeps a ledger of its own from being judged keeps it
 * out as well, and so does a book of its own: what was posted there would be charged once more.
 */
export function memberProblem(
  snapshot: LedgerSnapshot,
  { now, language }: { readonly now: WallTime; readonly language: Language },
): string | undefined {
  const { sideTables, numbersLost } = snapshot;
  if (sideTables.has("GroupShops")) return say(language, "group.is-group");
  if (numbersLost === true) return say(language, "group.numbers-lost");
  const lock = readSides(snapshot).problems.find(({ reason }) => reason === "not-a-month");
  if (lock) return sideTableMessage(lock, language).text;
  const behind = logRefusal(snapshot, now, language);
  if (behind !== undefined) return behind;
  const standing = readStanding(sideTables, undefined);
  const altered = standingRefusal(standing, language);
  if (altered !== undefined) return altered;
  const { book } = readBook(sideTables.get("Postings"), () => "");
  const last = book.entries.at(-1)?.voucher ?? linesOf(sideTables.get("Postings"), []).at(-1)?.text("凭证号");
  if (last !== undefined) return ownBook(book, last, language);
  const notice = standing.notices.at(-1)?.number;
  return notice === undefined ? undefined : say(language, "group.old-book", { last: notice });
}

/** More persons are counted. */
const NAMES = 3;

/**
 * What was posted stays where it was posted, and is corrected there; the rest can join. Whoever still owes something would
 * be taken from by two books, each within a ceiling of its own: that comes first.
 */
function ownBook({ entries }: Book, last: string, language: Language): string {
  const { byPerson, claims } = accountsOf(entries);
  const count = new Set([...claims.values()].map(({ complaint }) => complaint)).size;
  const open = [...byPerson.values()].flatMap((own): { readonly name: string; readonly amount: string }[] => {
    const { owed, held } = balancesOf(own);
    return owed + held === 0 ? [] : [{ name: own[0]!.ref.name, amount: yuanText(fen(owed + held)) }];
  });
  if (open.length === 0) return say(language, "group.own-book", { last, count });
  const list = open.slice(0, NAMES).map((one) => say(language, "group.own-book.balance", { ...one }));
  const persons = open.length > NAMES ? [...list, "…"] : list;
  return say(language, "group.own-book.open", { last, count, n: open.length, list: persons.join("、") });
}
