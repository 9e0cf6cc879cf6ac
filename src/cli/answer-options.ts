import { COLUMNS, column, isColumnId, type ColumnId } from "../domain/columns.js";
import { headerKey } from "../domain/match-key.js";
import { DATE_ORDERS } from "../domain/partial-date.js";
import { isInputId, type Answer } from "../ledger/answers.js";
import { CliError } from "./cli-error.js";
import type { Call, OptionSpec } from "./command.js";
import { quoted } from "./shell-word.js";
import type { Terminal } from "./terminal.js";

/** Answers about a ledger's headers and words as options of a command: what is typed, and what could be typed. */

export interface TypedAnswers {
  /** 列标题=列 as typed; a blank column takes a mapping back. */
  readonly map: readonly string[];
  readonly not: readonly string[];
  /** 列:值=意思 as typed. */
  readonly value: readonly string[];
  /** 列=ymd, mdy or dmy as typed. */
  readonly dates: readonly string[];
  readonly people?: string | undefined;
}

export const ANSWER_OPTIONS: readonly OptionSpec[] = [
  { flags: "--map <HEADER=COLUMN>", help: "help.map", many: true },
  { flags: "--not <HEADER>", help: "help.not", many: true },
  { flags: "--value <COLUMN:WORD=MEANING>", help: "help.value", many: true },
  { flags: "--dates <COLUMN=ORDER>", help: "help.dates", many: true },
];

export function typedAnswers(call: Call): TypedAnswers {
  return { map: call.list("map"), not: call.list("not"), value: call.list("value"), dates: call.list("dates") };
}

/** An answer as an option. */
export function optionText(answer: Answer): string {
  switch (answer.kind) {
    case "map":
      return `--map ${quoted(`${answer.header}=${column(answer.column).header}`)}`;
    case "confirm":
      // Asked about by itself; --confirm is for all headers that were read rightly.
      return answer.columns.every(({ column: id }) => id === "departmentOverride")
        ? answer.columns.map((one) => optionText({ kind: "map", ...one })).join(" ")
        : "--confirm";
    case "unmap":
      return `--map ${quoted(`${answer.header}=`)}`;
    case "not":
      return `--not ${quoted(answer.header)}`;
    case "absent":
      return `--not ${column(answer.column).header}`;
    case "value":
      return `--value ${quoted(`${column(answer.column).header}:${answer.word}=${answer.means}`)}`;
    case "dates":
      return `--dates ${column(answer.column).header}=${answer.order}`;
    case "sheet":
      return `--sheet ${quoted(answer.sheet)}`;
    case "people":
      return `--people ${answer.sheet === "" ? "无" : quoted(answer.sheet)}`;
  }
}

const NOBODY: ReadonlySet<string> = new Set(["无", "none", "-", ""]);

/** `headers`: those of the workbook; undefined where they are not read yet, and any may be named. */
export function answersIn(args: TypedAnswers, headers: readonly string[] | undefined, terminal: Terminal): Answer[] {
  return [
    ...args.map.map((pair) => mapAnswer(pair, terminal)),
    ...args.not.map((text) => notAnswer(text, headers, terminal)),
    ...args.value.map((text) => valueAnswer(text, terminal)),
    ...args.dates.map((text) => datesAnswer(text, terminal)),
    ...(args.people === undefined
      ? []
      : [{ kind: "people", sheet: NOBODY.has(args.people.trim().toLowerCase()) ? "" : args.people.trim() } as const]),
  ];
}

/** 客诉日=受理时间: by header, alias or id of the column. */
function mapAnswer(pair: string, terminal: Terminal): Answer {
  const at = pair.lastIndexOf("=");
  const header = pair.slice(0, at).trim();
  const wanted = pair.slice(at + 1).trim();
  if (at < 1 || header === "") throw new CliError(terminal.text("headers.bad-pair", { value: pair }));
  if (wanted === "") return { kind: "unmap", header };
  return { kind: "map", header, column: columnNamed(wanted, terminal) };
}

function columnNamed(wanted: string, terminal: Terminal): ColumnId {
  const found = columnOf(wanted);
  if (found === undefined) throw new CliError(terminal.text("headers.no-such-column", { value: wanted }));
  return found;
}

function columnOf(wanted: string): ColumnId | undefined {
  const key = headerKey(wanted);
  return isColumnId(wanted)
    ? wanted
    : COLUMNS.find((c) => headerKey(c.header) === key || headerKey(c.alias) === key)?.id;
}

/** A header of the workbook is none of the columns; a column's name is one that the ledger does not keep. */
function notAnswer(text: string, headers: readonly string[] | undefined, terminal: Terminal): Answer {
  const wanted = text.trim();
  const header =
    headers?.find((known) => known.trim() === wanted) ??
    headers?.find((known) => headerKey(known) === headerKey(wanted));
  if (header !== undefined) return { kind: "not", header };
  const id = columnOf(wanted);
  if (headers === undefined && (id === undefined || !isInputId(id))) return { kind: "not", header: wanted };
  if (id === undefined || !isInputId(id)) throw new CliError(terminal.text("headers.no-such-header", { value: text }));
  return { kind: "absent", column: id };
}

/** 受理时间=dmy */
function datesAnswer(text: string, terminal: Terminal): Answer {
  const [name = "", wanted] = text.split("=").map((part) => part.trim());
  const order = DATE_ORDERS.find((one) => one === wanted?.toLowerCase());
  if (order === undefined) throw new CliError(terminal.text("repair.dates-unknown", { value: wanted ?? text }));
  const id = columnNamed(name, terminal);
  if (!isInputId(id)) throw new CliError(terminal.text("headers.no-such-column", { value: name }));
  return { kind: "dates", column: id, order };
}

/** 结案状态:挂起=未结 */
function valueAnswer(text: string, terminal: Terminal): Answer {
  const match = /^([^:：]+)[:：](.+)=([^=]*)$/su.exec(text);
  if (!match) throw new CliError(terminal.text("headers.bad-value", { value: text }));
  const [, name, word, means] = match.map((part) => part.trim());
  const id = columnNamed(name!, terminal);
  if (!isInputId(id)) throw new CliError(terminal.text("headers.no-such-column", { value: name! }));
  return { kind: "value", column: id, word: word!, means: means! };
}
