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
  /** Sheet rows in the order in which they were said of, not twice in a row. */
  readonly where: number[];
  readonly texts: Set<string>;
  readonly examples: Set<string>;
}

/** Groups messages: errors first, of one level the most frequent first, of equal ones what was said first. */
export function causesOf(messages: readonly Message[]): Cause[] {
  // By cause, then by level and column, of which a cause has few: no key is put together for each message.
  const groups = new Map<string, Growing[]>();
  const all: Growing[] = [];
  for (const message of messages) {
    let alike = groups.get(message.cause);
    if (!alike) groups.set(message.cause, (alike = []));
    let group = alike.find(({ first }) => first.level === message.level && first.column === message.column);
    if (!group) {
      group = { first: message, count: 0, where: [], texts: new Set(), examples: new Set() };
      alike.push(group);
      all.push(group);
    }
    group.count += 1;
    if (message.row !== undefined && group.where.at(-1) !== message.row) group.where.push(message.row);
    if (group.texts.size < EXAMPLES) group.texts.add(message.text);
    if (group.examples.size < EXAMPLES && message.value !== undefined && message.value !== "")
      group.examples.add(message.value);
  }
  const causes = all.map(({ first: { level, cause, column: id }, count, where, texts, examples }): Cause => ({
    level,
    cause,
    column: id,
    count,
    rows: ascending(where),
    texts: [...texts],
    values: [...examples],
  }));
  return causes.sort((a, b) => ORDER[a.level] - ORDER[b.level] || b.count - a.count);
}

/** Each once and ascending; as rows are judged in their order, they nearly always are already. */
function ascending(rows: readonly number[]): readonly number[] {
  for (let i = 1; i < rows.length; i++) if (rows[i - 1]! >= rows[i]!) return [...new Set(rows)].sort((a, b) => a - b);
  return rows;
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
