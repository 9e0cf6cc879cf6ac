import type { ColumnId } from "../domain/columns.js";
import { column } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import type { Message, MessageLevel } from "./outcome.js";
import { say, type SentenceKey } from "./sentences.js";

/** Messages by what is behind them: 150 errors with two causes are two lines. */
export interface Cause {
  readonly level: MessageLevel;
  /** `Message.cause` */
  readonly cause: string;
  readonly column: ColumnId | undefined;
  /** How many messages have it. */
  readonly count: number;
  /** Sheet rows that have it, each once and ascending; none where it belongs to no row. */
  readonly rows: readonly number[];
  /** The first different sentences and values. */
  readonly texts: readonly string[];
  readonly values: readonly string[];
}

/** So many examples say what is meant. */
const EXAMPLES = 3;
const ORDER: Readonly<Record<MessageLevel, number>> = { error: 0, warning: 1, info: 2 };

interface Growing {
  readonly first: Message;
  count: number;
  readonly where: Set<number>;
  readonly texts: Set<string>;
  readonly examples: Set<string>;
}

/** Groups messages: errors first, of one level the most frequent first, of equal ones what was said first. */
export function causesOf(messages: readonly Message[]): Cause[] {
  const groups = new Map<string, Growing>();
  for (const message of messages) {
    const key = `${message.level}\n${message.cause}\n${message.column ?? ""}`;
    let group = groups.get(key);
    if (!group)
      groups.set(key, (group = { first: message, count: 0, where: new Set(), texts: new Set(), examples: new Set() }));
    group.count += 1;
    if (message.row !== undefined) group.where.add(message.row);
    if (group.texts.size < EXAMPLES) group.texts.add(message.text);
    if (group.examples.size < EXAMPLES && message.value !== undefined && message.value !== "")
      group.examples.add(message.value);
  }
  const causes = [...groups.values()].map(
    ({ first: { level, cause, column: id }, count, where, texts, examples }): Cause => ({
      level,
      cause,
      column: id,
      count,
      rows: [...where].sort((a, b) => a - b),
      texts: [...texts],
      values: [...examples],
    }),
  );
  return causes.sort((a, b) => ORDER[a.level] - ORDER[b.level] || b.count - a.count);
}

/** What people have to see: whatever is wrong or doubtful, and what is said of the ledger as a whole. */
export function causesToShow(messages: readonly Message[]): Cause[] {
  return causesOf(messages.filter(({ level, row }) => level !== "info" || row === undefined));
}

const UNREADABLE = "cell.reason.";

/** What it is and how to mend it, in a sentence; a cause that has one place names it, one of many gives examples. */
export function causeText(
  { cause, column: id, count, texts, values }: Cause,
  headerOf: (id: ColumnId) => string | undefined,
  language: Language,
): string {
  const [first = "", ...others] = texts;
  if (count === 1) return first;
  if (cause.startsWith(UNREADABLE) && id !== undefined)
    return say(language, "cause.unreadable", {
      header: headerOf(id) ?? column(id).header,
      count,
      values: values.map((value) => say(language, "cause.value", { value })).join(say(language, "list.and")),
      reason: say(language, cause as SentenceKey),
    });
  return others.length === 0 ? first : say(language, "cause.like", { first, count });
}
