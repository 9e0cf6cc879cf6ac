import { basename } from "node:path";
import { outcomeJson } from "../../process/outcome-json.js";
import { judgeLedger, mayWrite, type ExaminedLedger } from "../../jobs/judge-ledger.js";
import { isoTime } from "../../domain/wall-time.js";
import { rowsText } from "../../ledger/rows-text.js";
import { causesToShow, causeText } from "../../process/causes.js";
import { CliError } from "../cli-error.js";
import { fixHeadersLine, showQuestions } from "../answer-lines.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { Progress, type Terminal } from "../terminal.js";
import { backUpTakeOver, explained, letOutFile, openWorkbook, placeOf } from "../workbook-file.js";
import { JUDGE_OPTIONS, judgeArguments, type Command, type JudgeArguments } from "../command.js";
import { showStatusesAndMoney } from "../show-outcome.js";

interface ProcessArguments extends JudgeArguments {
  readonly input: string;
  readonly output: string | undefined;
}

/** How many causes people see before the rest is only counted; all of them stand in the workbook. */
const CAUSES_SHOWN = 20;

export const command: Command = {
  usage: "process <IN.xlsx>",
  help: "help.process",
  options: [{ flags: "-o, --output <OUT.xlsx>", help: "help.output" }, ...JUDGE_OPTIONS],
  run: (call) =>
    processCommand({ input: call.argument, output: call.option("output"), ...judgeArguments(call) }, call.terminal),
};

/** `process`: judges the ledger and writes the outcome into the workbook (or a copy). 1 if a row is 数据有误. */
async function processCommand(args: ProcessArguments, terminal: Terminal): Promise<number> {
  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: args.input });
  const workbook = openWorkbook(args.input, terminal, args.sheet);
  const { ledger, bytes: original } = workbook;
  if (ledger.snapshot.sideTables.has("GroupShops"))
    throw new CliError(terminal.text("group.use-group", { file: basename(args.input) }));
  const rules = await loadLedgerRules(workbook, args, terminal);
  progress.step("progress.judging", { rows: ledger.snapshot.rows.length });
  const place = placeOf(args.output, workbook.reading);
  const options = { ...judgeOptions(rules, args, terminal), elsewhere: place === "elsewhere" };
  const judgement = await judgeLedger(ledger.snapshot, options);
  const leave = mayWrite(judgement);
  const { write } = leave;
  const { outcome, changedRows } = leave.ledger;
  const output = args.output ?? args.input;
  progress.step("progress.writing", { file: output });
  const written = write ? explained(args.input, terminal, () => ledger.write(write)) : undefined;
  const bytes = written?.bytes ?? original;
  if (place === "in-place") backUpTakeOver(leave, args.input, workbook, terminal);
  if (written || args.output !== undefined)
    letOutFile({ leave, path: output, bytes, place, read: [workbook.reading] }, terminal);
  progress.done();

  if (terminal.wantsJson) terminal.document(outcomeJson(outcome));
  const { summary } = outcome;
  terminal.say("process.rows", { rows: summary.rows, now: isoTime(args.now).slice(0, 16).replace("T", " ") });
  showStatusesAndMoney(outcome, terminal);
  showCauses(leave.ledger, terminal);
  const { check } = leave.ledger;
  if (check.questions.length > 0) {
    terminal.say("process.questions", { count: check.questions.length });
    showQuestions(check, fixHeadersLine(args.input, args), terminal);
  }
  if (written?.report.placement === "results") terminal.say("process.results-sheet");
  terminal.say(write ? "process.written" : args.output === undefined ? "process.unchanged" : "process.copied", {
    file: output,
    rows: changedRows.length,
  });
  return summary.faultyRows > 0 ? 1 : 0;
}

const QUESTIONS: ReadonlySet<string> = new Set(
  (["closing", "column", "department", "recognised", "second", "values", "dates", "beside", "people"] as const).map(
    (kind) => `ask.${kind}`,
  ),
);

/** By cause: what is wrong however many rows have it is one line. */
function showCauses({ outcome: { messages }, snapshot }: ExaminedLedger, terminal: Terminal): void {
  // Questions follow, each with the line that answers it.
  const causes = causesToShow(messages).filter(({ cause }) => !QUESTIONS.has(cause));
  // What belongs to no row is said of the whole ledger; people must see it even if it is no error.
  const important = causes.filter(({ level, rows }) => level === "error" || rows.length === 0);
  for (const cause of important.slice(0, CAUSES_SHOWN)) {
    const text = causeText(cause, (id) => snapshot.columns.get(id)?.header, terminal.language);
    const rows = rowsText(cause.rows, snapshot.sheets);
    terminal.line(`  ! ${rows === "" ? "" : terminal.text("process.rows-of", { rows })}${text}`);
  }
  const more = causes.length - Math.min(important.length, CAUSES_SHOWN);
  if (more > 0) terminal.say("process.more-causes", { more });
}
