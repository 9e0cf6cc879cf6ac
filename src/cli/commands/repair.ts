import { markedText } from "../../domain/repair-text.js";
import { examineLedger } from "../../jobs/judge-ledger.js";
import { LedgerRefused } from "../../jobs/refused.js";
import { DATE_ORDERS } from "../../domain/partial-date.js";
import { cellCount, repairsOf, repairWrite, type RepairGroup, type Repairs } from "../../jobs/repair.js";
import type { LedgerWrite } from "../../ledger/port.js";
import { CliError } from "../cli-error.js";
import { columnsText } from "../columns-text.js";
import { JUDGE_OPTIONS, judgeArguments, type Command, type JudgeArguments } from "../command.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
import { Progress, type Terminal } from "../terminal.js";
import { explained, letOutFile, openWorkbook, placeOf } from "../workbook-file.js";

interface RepairArguments extends JudgeArguments {
  readonly input: string;
  readonly output: string | undefined;
  readonly apply: boolean;
  readonly order: string | undefined;
}

/** Cells of a group that people see; all of them stand in 处理日志 once they are mended. */
const SHOWN = 6;

export const command: Command = {
  usage: "repair <IN.xlsx>",
  help: "help.repair",
  options: [
    { flags: "--apply", help: "help.repair-apply" },
    { flags: "--dates <ymd|mdy|dmy>", help: "help.repair-dates" },
    { flags: "-o, --output <OUT.xlsx>", help: "help.output" },
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    repairCommand(
      {
        input: call.argument,
        output: call.option("output"),
        apply: call.isSet("apply"),
        order: call.option("dates"),
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

/** `repair`: what is unreadable, by cause, with the repair proposed; `--apply` writes it, old values into 处理日志. */
async function repairCommand(args: RepairArguments, terminal: Terminal): Promise<number> {
  const order = DATE_ORDERS.find((one) => one === args.order);
  if (args.order !== undefined && order === undefined)
    throw new CliError(terminal.text("repair.dates-unknown", { value: args.order }));
  const progress = new Progress(terminal);
  progress.step("progress.reading", { file: args.input });
  const workbook = openWorkbook(args.input, terminal, args.sheet);
  const { ledger } = workbook;
  const rules = await loadLedgerRules(workbook, args, terminal);
  progress.step("progress.judging", { rows: ledger.snapshot.rows.length });
  // Looked at, not judged to be written from: inputs may be mended where nothing else may be.
  const place = placeOf(args.output, workbook.reading);
  const elsewhere = place === "elsewhere";
  const examined = examineLedger(ledger.snapshot, { ...judgeOptions(rules, args, terminal), elsewhere });
  const repairs = repairsOf(examined, { order, isFormula: (row, id) => ledger.isFormula(row, id) });
  const write = args.apply ? writeOf(() => repairWrite(examined, repairs.groups)) : undefined;
  const output = args.output ?? args.input;
  if (write) {
    progress.step("progress.writing", { file: output });
    const { bytes } = explained(args.input, terminal, () => ledger.write(write));
    letOutFile({ leave: "mends-inputs", path: output, bytes, place, read: [workbook.reading] }, terminal);
  }
  progress.done();
  terminal.document({ ...repairs, applied: write !== undefined });
  show(repairs, terminal);
  if (write) terminal.say("repair.written", { file: output, cells: cellCount(repairs.groups) });
  else if (repairs.groups.length > 0) terminal.say("repair.hint");
  return repairs.byHand.length > 0 || repairs.questions.length > 0 ? 1 : 0;
}

function writeOf(make: () => LedgerWrite | undefined): LedgerWrite | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof LedgerRefused) throw new CliError(error.message);
    throw error;
  }
}

function show({ groups, questions, byHand }: Repairs, terminal: Terminal): void {
  if (groups.length + questions.length + byHand.length === 0) terminal.say("repair.nothing");
  for (const group of groups) showGroup(group, terminal);
  for (const { header, count, example, readings } of questions) {
    terminal.say("repair.question", { header, count, example });
    for (const { order, text } of readings) terminal.say("repair.reading", { order, example, text });
  }
  if (byHand.length > 0) terminal.say("repair.by-hand");
  for (const { text, where } of byHand)
    terminal.line(`  ! ${where === "" ? "" : terminal.text("process.rows-of", { rows: where })}${text}`);
}

function showGroup({ text, cells }: RepairGroup, terminal: Terminal): void {
  terminal.say("repair.group", { text, count: cells.length });
  const lines = cells.slice(0, SHOWN).map(({ place, before, after }) => [`  ${place}`, markedText(before), "→", after]);
  for (const line of columnsText(lines)) terminal.line(line);
  if (cells.length > SHOWN) terminal.say("repair.more", { more: cells.length - SHOWN });
}
