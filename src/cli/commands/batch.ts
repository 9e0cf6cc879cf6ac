import { basename, dirname, resolve } from "node:path";
import { availableParallelism } from "node:os";
import { BatchError } from "../../batch/batch-error.js";
import { outputKind, outputPath, TABLES, type OutputKind } from "../../batch/outputs.js";
import { runBatch, type BatchResult } from "../../batch/run-batch.js";
import { inputAt } from "../../batch/table.js";
import type { TableRead } from "../../batch/table-read.js";
import { Scratch } from "../../batch/scratch.js";
import { column } from "../../domain/columns.js";
import { isoTime } from "../../domain/wall-time.js";
import { NO_ANSWERS, withAnswer } from "../../ledger/answers.js";
import type { FirstCheck } from "../../ledger/questions.js";
import { namingLine, questionLines, sameCommandLine, showQuestions, type AnswerLine } from "../answer-lines.js";
import { ANSWER_OPTIONS, answersIn, typedAnswers } from "../answer-options.js";
import { CliError } from "../cli-error.js";
import type { Call, Command } from "../command.js";
import { systemError } from "../door/door-error.js";
import { scratchBeside } from "../door/temp-name.js";
import { threadsOf } from "../threads-option.js";
import { TABLE_OPTIONS, tableSurroundings } from "../table-surroundings.js";
import { Progress, type Terminal } from "../terminal.js";
import { assertTablesMayGo, letOutTables } from "../workbook-file.js";

export const command: Command = {
  usage: "batch <IN>",
  help: "help.batch",
  options: [
    { flags: "-o, --output <OUT>", help: "help.batch-output", required: true },
    ...TABLE_OPTIONS,
    ...ANSWER_OPTIONS,
    { flags: "--threads <N>", help: "help.threads" },
  ],
  run: batchCommand,
};

/** `batch`: judges a table of any size. 1 if a row is 数据有误. */
async function batchCommand(call: Call): Promise<number> {
  const { terminal } = call;
  const output = call.value("output");
  try {
    const kind = outputKind(output);
    const places = [...new Set(TABLES.map((table) => outputPath(output, kind, table)))];
    const read = [
      ...inputAt(call.argument).files,
      ...(call.option("with") === undefined ? [] : [call.option("with")!]),
    ];
    assertTablesMayGo(places, read, terminal);
    return await judgeTable(call, { kind, places, read });
  } catch (error) {
    if (!(error instanceof BatchError)) throw error;
    const text = error.text(terminal.language);
    const naming = namingLine(error.likely, sameCommandLine("batch", call, command.options), terminal);
    throw new CliError(
      naming === undefined ? text : `${text.replace(/[。.]$/u, "")}${terminal.text("naming.after")}${naming}`,
    );
  }
}

interface Places {
  readonly kind: OutputKind;
  readonly places: readonly string[];
  /** Files that are read and may not be written over. */
  readonly read: readonly string[];
}

async function judgeTable(call: Call, { kind, places, read }: Places): Promise<number> {
  const { terminal } = call;
  const answers = answersIn(typedAnswers(call), undefined, terminal).reduce(withAnswer, NO_ANSWERS);
  const { dates } = answers;
  const surroundings = {
    ...(await tableSurroundings(call)),
    answers,
    ...(dates === undefined ? {} : { dateOrders: dates }),
  };
  const name = basename(call.argument);
  const scratch = scratchFor(places[0]!, terminal);
  try {
    const progress = new Progress(terminal);
    const result = await runBatch({
      input: call.argument,
      name,
      surroundings,
      scratch,
      kind,
      threads: threadsOf(call) ?? Math.max(1, availableParallelism()),
      onRows: (done, of) => {
        progress.step("progress.batch", { done, of });
      },
    });
    letOutTables(
      places.map((path, i) => ({ path, written: result.files.get(TABLES[i]!)! })),
      read,
      terminal,
    );
    progress.done();
    const line = sameCommandLine("batch", call, command.options);
    report(result, { name, line, places, terminal, now: isoTime(surroundings.now).slice(0, 16).replace("T", " ") });
    return (result.byStatus.get("数据有误") ?? 0) > 0 ? 1 : 0;
  } finally {
    scratch.remove();
  }
}

/** A folder for what doesn't fit into memory, where finished tables can be moved from without being copied. */
function scratchFor(output: string, terminal: Terminal): Scratch {
  try {
    return new Scratch(scratchBeside(dirname(resolve(output))));
  } catch (error) {
    const { key, params } = systemError(error, output);
    throw new CliError(terminal.text(key, params));
  }
}

/** What was read how, and what is missing. */
function sayUnderstood(
  { columns, missing, noPeople, zoned, alone }: TableRead,
  check: FirstCheck,
  terminal: Terminal,
): void {
  terminal.say("batch.read", { count: columns.length, headers: columns.map(({ header }) => header).join("、") });
  // A missing 结案时间 that is asked about is said there.
  const open = check.questions.some(({ kind }) => kind === "closing");
  for (const id of missing.filter((one) => one !== "closeAt" || !open))
    terminal.say(`batch.missing.${id as "closeAt" | "person" | "loss"}`);
  if (noPeople) terminal.say("batch.no-people");
  for (const [id, count] of zoned) terminal.say("batch.zoned", { header: column(id).header, count });
  for (const [id, count] of alone) terminal.say("batch.dates-alone", { header: column(id).header, count });
}

/** What is open, and by which options of this command it is answered. */
function sayQuestions(check: FirstCheck, line: AnswerLine, terminal: Terminal): void {
  if (check.questions.length === 0) return;
  terminal.say("batch.questions");
  showQuestions(check, line, terminal);
}

interface ReportOptions {
  /** By which the table is named. */
  readonly name: string;
  /** How a question is answered. */
  readonly line: AnswerLine;
  readonly places: readonly string[];
  readonly terminal: Terminal;
  readonly now: string;
}

function report(
  { rows, byStatus, penalties, deductions, unread, understood, check, leftOut }: BatchResult,
  { name, line, places, terminal, now }: ReportOptions,
): void {
  terminal.document({
    files: places,
    summary: { rows, byStatus: Object.fromEntries(byStatus), penalties, deductions },
    unread,
    leftOut: leftOut.byKind,
    questions: check.questions,
    asked: questionLines(check, line, terminal),
    read: Object.fromEntries(understood.columns.map(({ header, column: id }) => [header, id])),
    missing: understood.missing,
    zoned: Object.fromEntries(understood.zoned),
    datesInPart: Object.fromEntries(understood.alone),
  });
  terminal.say("process.rows", { rows, now });
  for (const [status, count] of byStatus) terminal.line(`  ${status}  ${count}`);
  terminal.say("batch.lines", { penalties, deductions });
  sayUnderstood(understood, check, terminal);
  for (const { text } of leftOut.messages(name, terminal.language)) terminal.line(text);
  sayQuestions(check, line, terminal);
  if (unread.length > 0) terminal.say("batch.unread", { headers: unread.join("、") });
  for (const path of places) terminal.say("batch.written", { file: path });
}
