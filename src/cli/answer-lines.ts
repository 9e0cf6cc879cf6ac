import { column } from "../domain/columns.js";
import { askedQuestions } from "../jobs/first-check.js";
import type { LikelyColumn } from "../jobs/likely-columns.js";
import type { FirstCheck } from "../ledger/questions.js";
import { optionText } from "./answer-options.js";
import type { Call, JudgeArguments, OptionSpec } from "./command.js";
import { quoted, shellWord } from "./shell-word.js";
import type { Terminal } from "./terminal.js";

/** The very command lines that answer a question, to be copied as they stand. */

/** Makes a command line of the options that are an answer. */
export type AnswerLine = (options: string) => string;

/** By `fix-headers`, which keeps answers in the workbook. */
export function fixHeadersLine(
  file: string,
  args: Partial<Pick<JudgeArguments, "sheet" | "pack" | "rules" | "workbookRules">>,
): AnswerLine {
  const { sheet, pack, rules, workbookRules } = args;
  const options = Object.entries({ sheet, pack, rules, "workbook-rules": workbookRules }).flatMap(([name, value]) =>
    value === undefined ? [] : [` --${name} ${shellWord(value)}`],
  );
  return (own) => `npx tiaoli fix-headers ${shellWord(file)}${options.join("")} ${own}`;
}

/** By the same command once more with an option more: nothing is kept of a table. */
export function sameCommandLine(name: string, call: Call, options: readonly OptionSpec[]): AnswerLine {
  const given = options.flatMap(({ flags }) => {
    const long = /--([a-z-]+)/u.exec(flags)![1]!;
    const key = long.replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase());
    const value = call.option(key);
    const values = value === undefined ? call.list(key) : [value];
    return values.map((text) => ` --${long} ${shellWord(text)}`);
  });
  return (own) => `npx tiaoli ${name} ${shellWord(call.argument)}${given.join("")} ${own}`;
}

/** Questions with the lines that answer them; more of them than this are answered sooner in the pane. */
const MOST_WITH_LINES = 12;

export function showQuestions(check: FirstCheck, line: AnswerLine, terminal: Terminal): void {
  askedQuestions(check, terminal.language).forEach(({ text, answers }, i) => {
    terminal.line(`  ? ${text}`);
    if (i < MOST_WITH_LINES)
      for (const { label, answer } of answers) terminal.line(`    ${label}：${line(optionText(answer))}`);
  });
}

/** Questions as a program reads them, with the lines that answer them. */
export function questionLines(
  check: FirstCheck,
  line: AnswerLine,
  terminal: Terminal,
): readonly {
  readonly text: string;
  readonly answers: readonly { readonly label: string; readonly line: string }[];
}[] {
  return askedQuestions(check, terminal.language).map(({ text, answers }) => ({
    text,
    answers: answers.map(({ label, answer }) => ({ label, line: line(optionText(answer)) })),
  }));
}

/** What would name columns that are missing; undefined where nothing of the table looks like one of them. */
export function namingLine(likely: readonly LikelyColumn[], line: AnswerLine, terminal: Terminal): string | undefined {
  if (likely.length === 0) return undefined;
  const columns = likely.map(({ column: id, header, sample }) =>
    terminal.text(sample === undefined ? "naming.column" : "naming.column-sample", {
      header,
      sample: sample ?? "",
      column: terminal.language === "zh" ? column(id).header : column(id).alias,
    }),
  );
  const options = likely.map(({ column: id, header }) => `--map ${quoted(`${header}=${column(id).header}`)}`);
  return terminal.text("naming.line", { columns: columns.join("、"), line: line(options.join(" ")) });
}
