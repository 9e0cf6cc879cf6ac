import { outcomeJson } from "../../process/outcome-json.js";
import { judgeLedger, mayWrite } from "../../jobs/judge-ledger.js";
import type { WallTime } from "../../domain/wall-time.js";
import { yuanText } from "../../domain/money.js";
import { isoTime } from "../../domain/wall-time.js";
import type { Message } from "../../process/outcome.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { Progress, type Terminal } from "../terminal.js";
import { assertEnding, explained, openWorkbook, writeSafely } from "../workbook-file.js";

export interface ProcessArguments {
  readonly input: string;
  readonly output: string | undefined;
  readonly pack: string | undefined;
  readonly now: WallTime;
  /** The user's own rules folder; undefined: the packs that come with the program. */
  readonly rules: string | undefined;
  /** The sheet of the ledger, where several have one. */
  readonly sheet?: string | undefined;
}

/** How many messages people see before the rest is only counted; all of them stand in the workbook. */
const MESSAGES_SHOWN = 20;

/** `process`: judges the ledger and writes the outcome into the workbook (or a copy). 1 if a row is 数据有误. */
export async function processCommand(args: ProcessArguments, terminal: Terminal): Promise<number> {
  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: args.input });
  const { ledger, bytes: original } = openWorkbook(args.input, terminal, args.sheet);
  if (args.output !== undefined) assertEnding(args.output, ledger, terminal);
  const { packs, statutes } = await loadLedgerRules(ledger.snapshot, { folder: args.rules, pack: args.pack }, terminal);
  progress.step("progress.judging", { rows: ledger.snapshot.rows.length });
  const judgement = await judgeLedger(ledger.snapshot, judgeOptions({ packs, statutes }, args, terminal));
  const leave = mayWrite(judgement);
  const { write } = leave;
  const { outcome, changedRows } = leave.ledger;
  const output = args.output ?? args.input;
  progress.step("progress.writing", { file: output });
  const written = write ? explained(args.input, terminal, () => ledger.write(write)) : undefined;
  const bytes = written?.bytes ?? original;
  if (written || args.output !== undefined) writeSafely(leave, output, bytes, terminal);
  progress.done();

  if (terminal.wantsJson) terminal.document(outcomeJson(outcome));
  const { summary } = outcome;
  terminal.say("process.rows", { rows: summary.rows, now: isoTime(args.now).slice(0, 16).replace("T", " ") });
  for (const [status, count] of Object.entries(summary.byStatus)) terminal.line(`  ${status}  ${count}`);
  terminal.say("process.money", {
    penalties: yuanText(summary.penalties),
    count: outcome.penalties.length,
    deducted: yuanText(summary.deducted),
    carried: yuanText(summary.carriedOut),
  });
  showMessages(outcome.messages, terminal);
  if (written?.report.placement === "results") terminal.say("process.results-sheet");
  terminal.say(write ? "process.written" : args.output === undefined ? "process.unchanged" : "process.copied", {
    file: output,
    rows: changedRows.length,
  });
  return summary.faultyRows > 0 ? 1 : 0;
}

function showMessages(messages: readonly Message[], terminal: Terminal): void {
  // What belongs to no row is said of the whole ledger; people must see it even if it is no error.
  const important = messages.filter(
    ({ level, row }) => level === "error" || (level === "warning" && row === undefined),
  );
  for (const { row, text } of important.slice(0, MESSAGES_SHOWN)) {
    terminal.line(row === undefined ? `  ! ${text}` : `  ! ${terminal.text("process.row", { row })}${text}`);
  }
  if (important.length > MESSAGES_SHOWN)
    terminal.say("process.more-messages", { more: important.length - MESSAGES_SHOWN });
}
