import { column, type ColumnId, type InputId } from "../domain/columns.js";
import { headerKey, isOwnHeader } from "../domain/match-key.js";
import { defaultPackName, findPack, packNames } from "../process/choose-pack.js";
import { moneyInputsOf } from "../process/money-inputs.js";
import type { Pack } from "../rules/pack.js";
import { isInputId, NO_ANSWERS } from "./answers.js";
import { isBlankText } from "./output-cells.js";
import type { LedgerSnapshot } from "./port.js";
import type { Question } from "./questions.js";

/**
 * Columns that money rests on and that were known by another name than ours: what is charged by them is proposed and no
 * more until somebody has looked at them, once, with one press. A ledger from which something was posted has been looked at.
 */
export function recognisedQuestion(
  read: LedgerSnapshot,
  asked: readonly Question[],
  options: { readonly packs: ReadonlyMap<string, Pack>; readonly defaultPack: string | undefined },
): (Question & { readonly kind: "recognised" }) | undefined {
  if (read.rows.length === 0 || (read.sideTables.get("Postings")?.rows.length ?? 0) > 0) return undefined;
  const open = openColumns(read, asked);
  if (open.length === 0) return undefined;
  const money = moneyColumns(read, options);
  const columns = open.filter(({ column }) => money.has(column));
  return columns.length === 0 ? undefined : { kind: "recognised", columns };
}

type Recognised = (Question & { readonly kind: "recognised" })["columns"][number];

/** Columns under other names that nobody has spoken of and no other question asks about. */
function openColumns(
  { columns, answers = NO_ANSWERS }: LedgerSnapshot,
  asked: readonly Question[],
): readonly Recognised[] {
  const said = new Set([...answers.mapping.keys()].map(headerKey));
  const elsewhere = askedLetters(asked);
  return [...columns].flatMap(([id, { header, letter }]): Recognised[] => {
    const known =
      isOwnHeader(header, id) || isOwnButForTime(header, id) || said.has(headerKey(header)) || elsewhere.has(letter);
    return known || !isInputId(id) ? [] : [{ column: id, header, letter }];
  });
}

/** 结案日期 for 结案时间: one name, and no reading that could be wrong. */
function isOwnButForTime(header: string, id: ColumnId): boolean {
  const { header: own, kind } = column(id);
  if (kind !== "datetime" && kind !== "date") return false;
  const stem = (text: string): string => headerKey(text).replace(/(?:日期|时间|日)$/u, "");
  return stem(header) === stem(own);
}

/** Where the columns stand that questions of their own ask about. */
export function askedLetters(questions: readonly Question[]): ReadonlySet<string> {
  return new Set(
    questions.flatMap((question) => {
      if (question.kind === "closing" || question.kind === "column" || question.kind === "department")
        return question.candidates.map(({ letter }) => letter);
      return question.kind === "second" ? [question.kept.letter, question.other.letter] : [];
    }),
  );
}

/** What money rests on in the packs that the rows are judged by, where anybody could be charged at all. */
function moneyColumns(
  { rows }: LedgerSnapshot,
  { packs, defaultPack }: { readonly packs: ReadonlyMap<string, Pack>; readonly defaultPack: string | undefined },
): ReadonlySet<InputId> {
  const fallback = defaultPackName(defaultPack, packs);
  const names = new Set([...packNames(rows)].map((name) => name ?? fallback));
  const attributed = rows.some(({ cells }) => ATTRIBUTING.some((id) => !isBlankText(cells[id])));
  const found = new Set<InputId>();
  for (const name of names) {
    const pack = findPack(name, packs);
    if (!pack?.rules.some(({ rule: { event } }) => charges(event, attributed))) continue;
    for (const id of moneyInputsOf(pack)) found.add(id);
    // Every limit and what is in force begin there.
    found.add("receivedAt");
  }
  return found;
}

/** Where all of these are blank nobody is charged, but for departments by a fine that a clause dates itself. */
const ATTRIBUTING = ["person", "crew", "departmentOverride", "approveAt"] as const satisfies readonly InputId[];

function charges(event: Pack["rules"][number]["rule"]["event"], attributed: boolean): boolean {
  return event.type === "penalty" && (attributed || event.params.settledBy === "own-day");
}
