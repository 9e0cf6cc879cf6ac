import { lastCheck } from "../books/chain.js";
import { clearPerson } from "../books/clear-person.js";
import { personKey, type Book, type PersonRef } from "../books/entry.js";
import { nameKey } from "../domain/persons-text.js";
import { readPeople } from "../domain/side-tables/people.js";
import { dayOfTime } from "../domain/wall-time.js";
import { auditEntries } from "../ledger/audit-log.js";
import { openBook } from "../ledger/book-run.js";
import { anonymousNotices } from "../ledger/notice-tables.js";
import type { LedgerWrite } from "../ledger/port.js";
import { clearedPostings } from "../ledger/postings.js";
import { PROGRAM_VERSION } from "../program/version.js";
import type { MayWrite } from "./judge-ledger.js";
import { jobsText } from "./texts.js";

/**
 * Clears the personal data of somebody long gone out of 扣款凭证, 扣款通知 and 扣款通知明细, without breaking the chain; 处罚明细
 * and 扣款台账 follow with the next run. Rows of the ledger are their owner's.
 */

export type ClearedData =
  | {
      readonly kind: "cleared";
      readonly write: LedgerWrite;
      readonly person: PersonRef;
      readonly entries: number;
      readonly notices: number;
    }
  | { readonly kind: "refused"; readonly reason: string };

export function clearPersonData({ ledger }: MayWrite, text: string): ClearedData {
  const { snapshot, standing, options } = ledger;
  const { language, now } = options;
  const refuse = (key: Parameters<typeof jobsText>[1]): ClearedData => ({
    kind: "refused",
    reason: jobsText(language, key, { person: text }),
  });
  const { stored, act } = openBook(snapshot, standing, { ...options });
  const persons = personsCalled(stored, text);
  const [person] = persons;
  if (!person) return refuse("book.clear-unknown");
  if (persons.length > 1) return refuse("book.clear-several");
  if (isEmployed(ledger.snapshot, person, now)) return refuse("book.clear-listed");
  const cleared = clearPerson(stored, person, act("清除", stored));
  if (cleared.kind === "refused")
    return refuse(cleared.why.kind === "balance" ? "book.clear-balance" : "book.clear-unknown");
  const { entries, notices } = cleared;
  const log = auditEntries(
    {
      ...{ at: now, programVersion: PROGRAM_VERSION, operator: options.operator },
      ...{ packVersions: [], changedRows: 0, details: [] },
      summary: jobsText(language, "book.log-clear", { n: entries, notices: notices.size }),
    },
    language,
    snapshot.sideTables.get("AuditLog"),
  );
  const write = {
    ...{ outputColumns: [], rows: [] },
    tables: [
      clearedPostings(cleared.book, lastCheck(stored)),
      ...anonymousNotices(snapshot.sideTables, standing, cleared),
      log,
    ],
  };
  return { kind: "cleared", write, person, entries, notices: notices.size };
}

function personsCalled({ entries }: Book, text: string): PersonRef[] {
  const key = nameKey(text);
  const persons = new Map<string, PersonRef>();
  for (const { employeeNo, name } of entries)
    if (name !== "" && (nameKey(name) === key || (employeeNo !== undefined && nameKey(employeeNo) === key)))
      persons.set(personKey({ employeeNo, name }), { employeeNo, name });
  return [...persons.values()];
}

function isEmployed(
  { sideTables }: MayWrite["ledger"]["snapshot"],
  person: PersonRef,
  now: MayWrite["ledger"]["options"]["now"],
): boolean {
  const table = sideTables.get("People");
  const line =
    table &&
    readPeople(table).people.find((p) => personKey({ employeeNo: p.employeeNo, name: p.name }) === personKey(person));
  return line !== undefined && (line.leftOn === undefined || line.leftOn >= dayOfTime(now));
}
