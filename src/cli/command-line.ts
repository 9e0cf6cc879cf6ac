import { Command as Parser, CommanderError } from "commander";
import { CliError, isCliError } from "./cli-error.js";
import { Call, type Command, type OptionSpec } from "./command.js";
import { COMMANDS } from "./commands.js";
import { PROGRAM_VERSION } from "../program/version.js";
import { languageOf, Terminal, type CliKey } from "./terminal.js";

/** The language has to be known before the help texts are made, so it is looked for ahead of the real parsing. */
function languageIn(argv: readonly string[]): string | undefined {
  const index = argv.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  if (index < 0) return undefined;
  const [, value] = argv[index]!.split("=");
  return value ?? argv[index + 1];
}

/**
 * Runs one command line and gives its exit code: 0 done, 1 done with faulty rows or failed checks, 2 could not run.
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const language = languageOf(languageIn(argv), process.env);
  const plain = new Terminal(language, false);
  const program = quiet(new Parser("tiaoli"), plain)
    .description(plain.text("help.program"))
    .version(PROGRAM_VERSION, "-V, --version", plain.text("help.version"))
    .helpCommand("help [command]", plain.text("help.help-command"));

  let exitCode = 0;
  const [name = ""] = argv;
  // Help and a word that is no command need them all.
  const load = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]!] : Object.values(COMMANDS);
  for (const { command } of await Promise.all(load.map((one) => one()))) {
    declare(command, program, plain).action(async (...words: unknown[]) => {
      // What the parser hands over: the command's words, its options, itself.
      const values = words.at(-2) as Readonly<Record<string, unknown>>;
      const given = words.slice(0, -2).map((word) => (typeof word === "string" ? word : undefined));
      exitCode = await command.run(new Call(given, values, terminalOf(values, plain)));
    });
  }

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

/** What the parser writes above the parts of a help text. */
const HELP_TITLES: Readonly<Record<string, (plain: Terminal) => string>> = {
  "Usage:": (plain) => plain.text("usage.usage"),
  "Options:": (plain) => plain.text("usage.options-title"),
  "Commands:": (plain) => plain.text("usage.commands-title"),
};

/** Errors are said by us, in one line and in the run's language. */
function quiet(parser: Parser, plain: Terminal): Parser {
  return parser
    .helpOption("-h, --help", plain.text("help.help"))
    .exitOverride()
    .configureHelp({
      styleTitle: (title) => HELP_TITLES[title]?.(plain) ?? title,
      styleUsage: (usage) =>
        usage.replace("[options]", plain.text("usage.options")).replace("[command]", plain.text("usage.command")),
      optionDescription: ({ description, defaultValue }) =>
        typeof defaultValue === "string"
          ? `${description}${plain.text("usage.default", { value: defaultValue })}`
          : description,
    })
    .configureOutput({ writeErr: () => undefined });
}

/** Tells the parser of a command and its options. */
function declare({ usage, help, options }: Command, program: Parser, plain: Terminal): Parser {
  const parser = quiet(program.command(usage), plain)
    .description(plain.text(help))
    .option("--lang <zh|en>", plain.text("help.lang"))
    .option("--json", plain.text("help.json"));
  for (const option of options) addOption(parser, option, plain);
  return parser;
}

function addOption(parser: Parser, option: OptionSpec, plain: Terminal): void {
  const text = plain.text(option.help);
  if (option.many === true) parser.option(option.flags, text, (value, list: string[]) => [...list, value], []);
  else if (option.required === true) parser.requiredOption(option.flags, text);
  else parser.option(option.flags, text, option.default);
}

function terminalOf({ lang, json }: Readonly<Record<string, unknown>>, plain: Terminal): Terminal {
  if (lang !== undefined && lang !== "zh" && lang !== "en")
    throw new CliError(plain.text("lang.unknown", { value: typeof lang === "string" ? lang : "" }));
  return new Terminal(plain.language, json === true);
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
