import { createInterface } from "node:readline";
import { judgeStream, STEPS, type Step } from "../../batch/judge-stream.js";
import { CliError } from "../cli-error.js";
import type { Call, Command } from "../command.js";
import { TABLE_OPTIONS, tableSurroundings } from "../table-surroundings.js";

export const command: Command = {
  usage: "judge",
  help: "help.judge",
  options: [
    { flags: "--stdin", help: "help.stdin" },
    { flags: "--step <read|number|chains|judge|fold>", help: "help.step", default: "judge" },
    { flags: "--headers <HEADERS>", help: "help.headers" },
    { flags: "--whole-percents <COLUMNS>", help: "help.whole-percents" },
    ...TABLE_OPTIONS,
  ],
  run: judgeCommand,
};

/** `judge --stdin`: a line in, a line out, in their order; the first line out says by what is judged. */
async function judgeCommand(call: Call): Promise<number> {
  const { terminal } = call;
  if (!call.isSet("stdin")) throw new CliError(terminal.text("judge.no-stdin"));
  const step = call.value("step");
  if (!isStep(step)) throw new CliError(terminal.text("judge.step-unknown", { value: step }));
  const headers = listOf(call.option("headers"));
  const wholePercents = listOf(call.option("wholePercents"));
  const surroundings = await tableSurroundings(call);
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  let faulty = false;
  for await (const answer of judgeStream(lines, { surroundings, step, headers, wholePercents })) {
    faulty ||= answer.faulty;
    if (!process.stdout.write(`${answer.text}\n`))
      await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
  return faulty ? 1 : 0;
}

function isStep(text: string): text is Step {
  return STEPS.some((step) => step === text);
}

/** A list as it is written in one line, separated by commas. */
function listOf(text: string | undefined): readonly string[] {
  return text === undefined || text === "" ? [] : text.split(",");
}
