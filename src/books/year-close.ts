import {
  CLEARED,
  VOIDED,
  accountsOf,
  carriedText,
  holdRemark,
  noticesText,
  type Accounts,
  type ClaimState,
} from "./accounts.js";
import { BLANK, type DraftLine } from "./draft-lines.js";
import type { Book, Entry } from "./entry.js";
import { lastDay } from "./months.js";
import type { Cause } from "./kinds.js";
import { postLines, type Act, type NumberedLine, type Posting } from "./post.js";
import { restsText } from "./rests.js";

/**
 * 年结: a voucher of notes that says what every claim and person stands at, so that entries before it can move to a sheet
 * of their own. A run reads from the last 年结 on, `verify` reads all.
 */

export type YearClose = Posting | { readonly kind: "open-months"; readonly persons: readonly string[] };

/** `through`: the last month of the year that is closed; every person's months up to it must be posted. */
export function closeYear(book: Book, through: string, act: Act): YearClose {
  const accounts = accountsOf(book.entries);
  const closed = accounts.lockedThrough !== undefined && accounts.lockedThrough >= through;
  if (!closed) {
    const open = [...accounts.byPerson].filter(
      ([person, claims]) =>
        claims.some(({ owed, held }) => owed + held > 0) && (accounts.postedThrough.get(person) ?? "") < through,
    );
    if (open.length > 0) return { kind: "open-months", persons: open.map(([, claims]) => claims[0]!.ref.name) };
  }
  return postLines(book, notesOf(accounts, through), { ...act, cause: "年结" });
}

function notesOf(accounts: Accounts, through: string): NumberedLine[] {
  const plain = (entry: DraftLine["entry"], cause?: Cause): NumberedLine => ({
    notice: "",
    line: { claim: undefined, entry, ...(cause === undefined ? {} : { cause }) },
  });
  const persons = [...accounts.postedThrough].map(([person, month]) => {
    const ref = accounts.byPerson.get(person)?.[0]?.ref;
    const rests = restsText(accounts.figures.get(person) ?? {});
    return plain({ ...BLANK, ...(ref ?? { name: person.slice(1) }), month, rests, kind: "备注" });
  });
  const standing = accounts.standingNotes.map(
    ({ month, packId, complaintId, source, clause, employeeNo, name, cause }) =>
      plain(
        {
          ...{ ...BLANK, month, packId, complaintId, clause, employeeNo, name, kind: "备注" },
          ...(source === undefined ? {} : { source }),
        },
        cause,
      ),
  );
  const { lockedThrough } = accounts;
  const lock = lockedThrough === undefined ? [] : [plain({ ...BLANK, month: lockedThrough, kind: "备注" })];
  // A standing note must be read before what it names.
  return [
    ...standing,
    ...[...accounts.claims.values()].map((claim) => claimNote(claim, through, accounts)),
    ...persons,
    ...lock,
  ];
}

function claimNote(claim: ClaimState, through: string, accounts: Accounts): NumberedLine {
  const { packId, complaintId, source, type, reason, department, clause, rule, packHash, settledOn, origin } = claim;
  const remarks = [
    ...(claim.voided ? [VOIDED] : []),
    ...(accounts.cleared.has(claim.complaint) ? [CLEARED] : []),
    ...holdRemark(claim),
  ];
  const caps = accounts.caps.get(packId);
  const entry: DraftLine["entry"] = {
    ...BLANK,
    ...claim.ref,
    ...(source === undefined ? {} : { source }),
    ...{ packId, complaintId, type, reason, department, clause, rule, packHash, origin },
    month: through,
    kind: "备注",
    settledOn: settledOn === 0 ? lastDay(through) : settledOn,
    formula: carriedText(claim),
    rests: restsText({ ...(caps ? { caps } : {}), ownMonthOnly: claim.ownMonthOnly, remarks }),
  };
  return { notice: noticesText(claim.notices), line: { claim: claim.key, entry } };
}

/** The book from its last 年结 on, and what may move to a sheet of its own. */
export function splitAtYearClose(book: Book): { readonly old: readonly Entry[]; readonly current: Book } {
  const { entries } = book;
  const last = entries.findLast(({ cause }) => cause === "年结");
  if (!last) return { old: [], current: book };
  const start = entries.findIndex(({ voucher }) => voucher === last.voucher);
  return { old: entries.slice(0, start), current: { ...book, entries: entries.slice(start) } };
}
