import { Command, CommanderError } from "commander";
import type { WallTime } from "../domain/wall-time.js";
import { CliError, isCliError } from "./cli-error.js";
import { nowOf } from "./now.js";
import { PROGRAM_VERSION } from "../program/version.js";
import { BUILT_IN_RULES } from "./pack-files.js";
import { languageOf, Terminal, type CliKey } from "./terminal.js";

interface CommonOptions {
  readonly lang?: string;
  readonly json?: boolean;
  readonly rules?: string;
  readonly now?: string;
  readonly pack?: string;
  readonly sheet?: string;
}

/** The language has to be known before the help texts are made, so it is looked for ahead of the real parsing. */
function languageIn(argv: readonly string[]): string | undefined {
  const index = argv.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  if (index < 0) return undefined;
  const [, value] = argv[index]!.split("=");
  return value ?? argv[index + 1];
}

/**
 * Runs one command line and gives its exit code: 0 done, 1 done with faulty rows or failed checks, 2 could not run. A
 * command's module is loaded when it is called for: none needs all of the program.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const language = languageOf(languageIn(argv), process.env);
  const plain = new Terminal(language, false);
  let exitCode = 0;

  const terminalOf = (options: CommonOptions): Terminal => {
    if (options.lang !== undefined && options.lang !== "zh" && options.lang !== "en") {
      throw new CliError(plain.text("lang.unknown", { value: options.lang }));
    }
    return new Terminal(language, options.json === true);
  };
  const now = (options: CommonOptions): WallTime => {
    const time = nowOf(options.now);
    if (time === undefined) throw new CliError(plain.text("now.unreadable", { value: options.now ?? "" }));
    return time;
  };
  const t = (key: CliKey): string => plain.text(key);

  const program = new Command("tiaoli")
    .description(t("help.program"))
    .version(PROGRAM_VERSION, "-V, --version", t("help.version"))
    .helpOption("-h, --help", t("help.help"))
    .helpCommand("help [command]", t("help.help-command"))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const command = (usage: string, description: CliKey): Command =>
    program
      .command(usage)
      .description(t(description))
      .helpOption("-h, --help", t("help.help"))
      .option("--lang <zh|en>", t("help.lang"))
      .option("--json", t("help.json"))
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });

  command("process <IN.xlsx>", "help.process")
    .option("-o, --output <OUT.xlsx>", t("help.output"))
    .option("--pack <ID>", t("help.pack"))
    .option("--now <2026-03-31T18:00>", t("help.now"))
    .option("--rules <DIR>", t("help.rules"))
    .option("--sheet <NAME>", t("help.sheet"))
    .action(async (input: string, options: CommonOptions & { output?: string }) => {
      const { processCommand } = await import("./commands/process.js");
      exitCode = await processCommand(
        {
          input,
          output: options.output,
          pack: options.pack,
          now: now(options),
          rules: options.rules,
          sheet: options.sheet,
        },
        terminalOf(options),
      );
    });
  command("notices <IN.xlsx>", "help.notices")
    .requiredOption("--month <2026-03>", t("help.month"))
    .requiredOption("-o, --output <DIR>", t("help.folder"))
    .option("--format <xlsx|docx>", t("help.format"), "xlsx")
    .option("--per-person", t("help.per-person"))
    .option("--templates <DIR>", t("help.templates"))
    .option("--pack <ID>", t("help.pack"))
    .option("--now <2026-03-31T18:00>", t("help.now"))
    .option("--rules <DIR>", t("help.rules"))
    .option("--sheet <NAME>", t("help.sheet"))
    .action(
      async (
        input: string,
        options: CommonOptions & {
          month: string;
          output: string;
          format: string;
          perPerson?: boolean;
          templates?: string;
        },
      ) => {
        const { noticesCommand } = await import("./commands/notices.js");
        exitCode = await noticesCommand(
          {
            input,
            month: options.month,
            folder: options.output,
            format: options.format,
            perPerson: options.perPerson === true,
            pack: options.pack,
            now: now(options),
            rules: options.rules,
            sheet: options.sheet,
            templates: options.templates,
          },
          terminalOf(options),
        );
      },
    );
  command("forms <IN.xlsx>", "help.forms")
    .requiredOption("--id <NO>", t("help.id"))
    .requiredOption("-o, --output <DIR>", t("help.folder"))
    .option("--form <NAME>", t("help.form"))
    .option("--templates <DIR>", t("help.templates"))
    .option("--pack <ID>", t("help.pack"))
    .option("--now <2026-03-31T18:00>", t("help.now"))
    .option("--rules <DIR>", t("help.rules"))
    .option("--sheet <NAME>", t("help.sheet"))
    .action(
      async (
        input: string,
        options: CommonOptions & { id: string; output: string; form?: string; templates?: string },
      ) => {
        const { formsCommand } = await import("./commands/forms.js");
        exitCode = await formsCommand(
          {
            input,
            id: options.id,
            form: options.form,
            folder: options.output,
            pack: options.pack,
            now: now(options),
            rules: options.rules,
            sheet: options.sheet,
            templates: options.templates,
          },
          terminalOf(options),
        );
      },
    );
  command("report <IN.xlsx>", "help.report")
    .option("--month <2026-03>", t("help.month-period"))
    .option("--week <2026-W13>", t("help.week-period"))
    .option("--half <2026H1>", t("help.half-period"))
    .option("-o, --output <OUT.xlsx>", t("help.report-output"))
    .option("--pack <ID>", t("help.pack"))
    .option("--now <2026-03-31T18:00>", t("help.now"))
    .option("--rules <DIR>", t("help.rules"))
    .option("--sheet <NAME>", t("help.sheet"))
    .action(
      async (
        input: string,
        options: CommonOptions & { month?: string; week?: string; half?: string; output?: string },
      ) => {
        const { reportCommand } = await import("./commands/report.js");
        exitCode = await reportCommand(
          {
            input,
            output: options.output,
            periods: { month: options.month, week: options.week, half: options.half },
            pack: options.pack,
            now: now(options),
            rules: options.rules,
            sheet: options.sheet,
          },
          terminalOf(options),
        );
      },
    );
  command("explain <IN.xlsx>", "help.explain")
    .requiredOption("--id <NO>", t("help.id"))
    .option("--pack <ID>", t("help.pack"))
    .option("--now <2026-03-31T18:00>", t("help.now"))
    .option("--rules <DIR>", t("help.rules"))
    .option("--sheet <NAME>", t("help.sheet"))
    .action(async (input: string, options: CommonOptions & { id: string }) => {
      const { explainCommand } = await import("./commands/explain.js");
      exitCode = await explainCommand(
        { input, id: options.id, now: now(options), rules: options.rules, sheet: options.sheet, pack: options.pack },
        terminalOf(options),
      );
    });
  command("check [DIR]", "help.check").action(async (folder: string | undefined, options: CommonOptions) => {
    const { checkCommand } = await import("./commands/check.js");
    exitCode = checkCommand(folder ?? BUILT_IN_RULES, terminalOf(options));
  });
  command("compare <IN.xlsx>", "help.compare")
    .option("--rules <DIR>", t("help.compare-rules"))
    .requiredOption("--with <DIR>", t("help.with"))
    .option("-o, --output <OUT.xlsx>", t("help.compare-output"))
    .option("--pack <ID>", t("help.pack"))
    .option("--now <2026-03-31T18:00>", t("help.now"))
    .action(async (input: string, options: CommonOptions & { with: string; output?: string }) => {
      const { compareCommand } = await import("./commands/compare.js");
      exitCode = await compareCommand(
        {
          input,
          rules: options.rules ?? BUILT_IN_RULES,
          other: options.with,
          now: now(options),
          pack: options.pack,
          output: options.output,
        },
        terminalOf(options),
      );
    });
  command("suggest <IN.xlsx>", "help.suggest")
    .option("--rules <DIR>", t("help.rules"))
    .option("--sheet <NAME>", t("help.sheet"))
    .option("--pack <ID>", t("help.pack"))
    .option("--now <2026-03-31T18:00>", t("help.now"))
    .action(async (input: string, options: CommonOptions) => {
      const { suggestCommand } = await import("./commands/suggest.js");
      exitCode = suggestCommand(
        { input, rules: options.rules, sheet: options.sheet, now: now(options), pack: options.pack },
        terminalOf(options),
      );
    });
  command("fix-headers <IN.xlsx>", "help.fix-headers")
    .option("--map <HEADER=COLUMN>", t("help.map"), (value: string, list: string[]) => [...list, value], [])
    .option("-o, --output <OUT.xlsx>", t("help.output"))
    .action(async (input: string, options: CommonOptions & { map: string[]; output?: string }) => {
      const { fixHeadersCommand } = await import("./commands/fix-headers.js");
      exitCode = fixHeadersCommand({ input, map: options.map, output: options.output }, terminalOf(options));
    });
  command("packs", "help.packs")
    .option("--rules <DIR>", t("help.rules"))
    .action(async (options: CommonOptions) => {
      const { packsCommand } = await import("./commands/packs.js");
      exitCode = packsCommand(options.rules ?? BUILT_IN_RULES, terminalOf(options));
    });
  command("new <OUT.xlsx>", "help.new")
    .requiredOption("--pack <ID>", t("help.new-pack"))
    .option("--rules <DIR>", t("help.rules"))
    .action(async (output: string, options: CommonOptions & { pack: string }) => {
      const { newCommand } = await import("./commands/new.js");
      exitCode = await newCommand(output, options.pack, options.rules ?? BUILT_IN_RULES, terminalOf(options));
    });

  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      plain.warn(argv.length === 0 ? plain.text("usage.none") : usageText(error, plain));
      return 2;
    }
    if (isCliError(error)) {
      plain.warn(error.message);
      return 2;
    }
    throw error;
  }
}

/** What commander found wrong with the words of a call, in the run's language, on one line. */
function usageText({ code, message }: CommanderError, terminal: Terminal): string {
  const keys: Record<string, CliKey> = {
    "commander.unknownCommand": "usage.unknown-command",
    "commander.unknownOption": "usage.unknown-option",
    "commander.missingArgument": "usage.missing-argument",
    "commander.missingMandatoryOptionValue": "usage.missing-option",
    "commander.optionMissingArgument": "usage.option-without-value",
    "commander.excessArguments": "usage.excess-arguments",
  };
  const key = keys[code];
  const value = /'([^']*)'/.exec(message)?.[1] ?? "";
  const text = key ? terminal.text(key, { value }) : message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
  return text + terminal.text("usage.hint");
}

// Whoever reads only the first lines (`| head`) closes the pipe; the command's work goes on.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  // A fault of the program, not of its input: say so in one line, and keep the trace for whoever reports it.
  process.stderr.write(`tiaoli: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.TIAOLI_DEBUG && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  return 2;
});
