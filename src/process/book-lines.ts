import { addAll, addToList } from "../domain/grouping.js";
import type { HoldReason } from "../books/accounts.js";
import { ceilingText } from "../books/ceilings.js";
import type { Draft } from "../books/draft.js";
import type { Finding, NotCompared } from "../books/findings.js";
import { personKey, type PersonRef } from "../books/entry.js";
import type { MonthView } from "../books/views.js";
import { fen, yuanText } from "../domain/money.js";
import { isoDate } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import type { Statutes } from "../rules/statutes.js";
import type { Deduction, Message } from "./outcome.js";
import { say, type SentenceKey } from "./sentences.js";

/** The books as people read them: rows of 扣款台账, and messages. */

export interface LineContext {
  readonly language: Language;
  readonly statutes: Statutes;
}

/** Rows of 扣款台账: what is posted, then what is drafted, with what is to be said of each. */
export function deductionLines(
  views: readonly MonthView[],
  { findings }: Pick<Draft, "findings">,
  context: LineContext,
): Deduction[] {
  const said = new Map<string, Finding[]>();
  for (const finding of findings) {
    const month = monthOf(finding);
    if (!("person" in finding) || month === undefined) continue;
    addToList(said, keyOf(finding.person, month), finding);
  }
  return views.map((view) => deductionLine(view, said.get(keyOf(view.person, view.month)) ?? [], context));
}

function keyOf(person: PersonRef, month: string): string {
  return `${personKey(person)}\n${month}`;
}

function monthOf(finding: Finding): string | undefined {
  return "month" in finding && finding.kind !== "waits" ? finding.month : undefined;
}

function deductionLine(view: MonthView, findings: readonly Finding[], { language, statutes }: LineContext): Deduction {
  const { month, person, types, refunded, held, ceiling } = view;
  const { name, employeeNo } = person;
  const messages: string[] = [];
  if (refunded > 0) messages.push(say(language, "deduction.refund", { name, amount: yuanText(refunded) }));
  if (held > 0)
    messages.push(say(language, "deduction.held", { amount: yuanText(held), why: holdText(view.heldFor, language) }));
  // A draft says it in the language of the run; of a posted month stands what was posted with it.
  addAll(messages, view.posted ? view.remarks : findings.flatMap((finding) => findingText(finding, language)));
  if (types.has("罚款") && month >= statutes.fines.repealedOn.slice(0, 7))
    messages.push(statutes.fines.warning[language]);
  return {
    month,
    person: name,
    employeeNo,
    department: view.department === "" ? undefined : view.department,
    carriedIn: view.carriedIn,
    added: view.added,
    ceiling,
    ceilingBasis: basisText(view),
    deducted: view.deducted,
    carriedOut: view.carriedOut,
    state: view.state,
    messages,
  };
}

/** The calculation of 上限: what left no room, and what was taken beside it under other ceilings. */
function basisText({ binding, ceiling }: MonthView): string | undefined {
  const [only, ...others] = binding;
  if (!only) return undefined;
  const text = binding.map(ceilingText).join("；");
  if (others.length > 0 || ceiling === undefined || ceiling <= only.value) return text;
  return `${text}＋不受此限的${yuanText(fen(ceiling - only.value))}＝${yuanText(ceiling)}`;
}

/** Why a sum is held, in a clause. */
export function holdText(why: HoldReason | undefined, language: Language): string {
  return say(language, why === "objection" ? "deduction.held-objection" : "deduction.held-law");
}

function findingText(finding: Finding, language: Language): string[] {
  switch (finding.kind) {
    case "unlisted":
      return [
        say(language, finding.figuresPosted ? "deduction.unlisted" : "deduction.unknown-person", {
          name: finding.person.name,
        }),
      ];
    case "unproven":
      return [say(language, "deduction.unproven", { name: finding.person.name })];

    case "unclear-person":
      return [finding.why];
    case "no-sheet":
      return [say(language, "deduction.unknown-person", { name: finding.person.name })];
    case "input-missing":
      return [say(language, `deduction.${finding.what}-missing`, { name: finding.person.name })];
    default:
      return [];
  }
}

const NOT_COMPARED = {
  missing: "books.missing",
  unreadable: "books.unreadable",
  faulty: "books.unreadable",
  duplicated: "books.duplicated",
  "pack-missing": "books.pack-missing",
  unconfirmed: "books.pack-missing",
  open: "books.open",
  renumbered: "books.renumbered",
  "person-unclear": "books.person-unclear",
  "person-unknown": "books.person-unclear",
  continued: "books.continued",
} as const satisfies Record<NotCompared, SentenceKey>;

/** Numbers that a message names; it counts the others. */
const SHOWN = 8;

/** What the books have to say of the ledger as a whole, grouped. */
export function bookMessages(findings: readonly Finding[], language: Language): Message[] {
  const grouped = new Map<SentenceKey, string[]>();
  const messages: Message[] = [];
  const unclear = new Set<string>();
  const tell = (level: Message["level"], cause: SentenceKey, params: Parameters<typeof say>[2]): void => {
    messages.push({ level, cause, text: say(language, cause, params) });
  };
  for (const finding of findings) {
    if (finding.kind === "not-compared")
      grouped.set(NOT_COMPARED[finding.why], [
        ...(grouped.get(NOT_COMPARED[finding.why]) ?? []),
        ...finding.complaints,
      ]);
    else if (finding.kind === "pack-terms-posted") tell("warning", "books.pack-terms", { pack: finding.packId });
    else if (finding.kind === "left")
      tell("warning", "deduction.left", {
        name: finding.person.name,
        month: finding.lastMonth,
        amount: yuanText(finding.owed),
      });
    else if (finding.kind === "settled-later")
      tell("warning", "books.settled-later", { id: finding.claim.complaintId, day: isoDate(finding.settledOn) });
    else if (finding.kind === "unclear-person") unclear.add(finding.why);
    else if (finding.kind === "waits") tell("info", "books.waits", { name: finding.person.name, month: finding.month });
  }
  for (const why of unclear) tell("warning", "deduction.unclear", { why });
  for (const [key, ids] of grouped) tell("warning", key, { n: ids.length, list: listText(ids, language) });
  return messages;
}

function listText(ids: readonly string[], language: Language): string {
  const shown = ids.slice(0, SHOWN).join("、");
  return ids.length <= SHOWN ? shown : say(language, "books.and-more", { list: shown, n: ids.length });
}
