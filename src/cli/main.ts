import { runCommandLine } from "./command-line.js";
import { languageOf, Terminal } from "./terminal.js";

/** Set once what was to be shown could not be: the exit code says so, whatever became of the work. */
let isCutShort = false;

for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads only the first lines (`| head`) closes the pipe; the command's work goes on.
    if (error.code === "EPIPE" || isCutShort) return;
    isCutShort = true;
    process.exitCode = 2;
    const terminal = new Terminal(languageOf(undefined, process.env), false);
    if (stream === process.stdout) terminal.warn(terminal.text("terminal.cut-short", { code: error.code ?? "" }));
  });

const code = await runCommandLine(process.argv.slice(2)).catch((error: unknown) => {
  // A fault of the program, not of its input: say so in one line, and keep the trace for whoever reports it.
  const terminal = new Terminal(languageOf(undefined, process.env), false);
  const what = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, " ");
  terminal.warn(terminal.text("program.fault", { what }));
  if (process.env.TIAOLI_DEBUG && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  return 2;
});
process.exitCode = isCutShort ? 2 : code;
