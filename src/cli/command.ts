import type { WallTime } from "../domain/wall-time.js";
import { CliError } from "./cli-error.js";
import { nowOf } from "./now.js";
import type { CliKey, Terminal } from "./terminal.js";

/** An option as a command declares it. */
export interface OptionSpec {
  /** `-o, --output <OUT.xlsx>`; without a value in angle brackets it is a switch. */
  readonly flags: string;
  readonly help: CliKey;
  readonly required?: boolean;
  readonly default?: string;
  /** May be given several times. */
  readonly many?: boolean;
}

/** A command: its words, its options, and what it does. */
export interface Command {
  /** `process <IN.xlsx>` */
  readonly usage: string;
  readonly help: CliKey;
  readonly options: readonly OptionSpec[];
  /** Gives the exit code. Throws `CliError` where it can't run. */
  run(call: Call): Promise<number> | number;
}

/** A command line as it was given. */
export class Call {
  constructor(
    /** The words behind the command's name, in their order. */
    private readonly words: readonly (string | undefined)[],
    private readonly values: Readonly<Record<string, unknown>>,
    readonly terminal: Terminal,
  ) {}

  /** The file or folder that the command is called with; the parser refuses a call without one that is needed. */
  get argument(): string {
    return this.words.at(-1) ?? "";
  }

  get optionalArgument(): string | undefined {
    return this.words.at(-1);
  }

  /** What a command of several words is to do: the first of them. */
  get action(): string {
    return this.words[0] ?? "";
  }

  /** The value of an option by its long name in camel case. */
  option(name: string): string | undefined {
    const value = this.values[name];
    return typeof value === "string" ? value : undefined;
  }

  /** The value of an option that is required or has a default. */
  value(name: string): string {
    return this.option(name) ?? "";
  }

  isSet(name: string): boolean {
    return this.values[name] === true;
  }

  list(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** `--now`, or the system's time. */
  get now(): WallTime {
    const given = this.option("now");
    const time = nowOf(given);
    if (time === undefined) throw new CliError(this.terminal.text("now.unreadable", { value: given ?? "" }));
    return time;
  }
}

// ------------------------------------------------------------ options of several commands

export const PACK: OptionSpec = { flags: "--pack <ID>", help: "help.pack" };
export const NOW: OptionSpec = { flags: "--now <2026-03-31T18:00>", help: "help.now" };
export const RULES: OptionSpec = { flags: "--rules <DIR>", help: "help.rules" };
export const WORKBOOK_RULES: OptionSpec = { flags: "--workbook-rules <use|ignore>", help: "help.workbook-rules" };
export const SHEET: OptionSpec = { flags: "--sheet <NAME>", help: "help.sheet" };
export const MASK: OptionSpec = { flags: "--mask", help: "help.mask" };
export const TEMPLATES: OptionSpec = { flags: "--templates <DIR>", help: "help.templates" };

/** By what a ledger is judged, as it was called for. */
export interface JudgeArguments {
  readonly pack: string | undefined;
  readonly now: WallTime;
  /** The user's own rules folder; undefined: packs of the workbook, else those that come with the program. */
  readonly rules: string | undefined;
  /** What to do with packs that the workbook carries. */
  readonly workbookRules: string | undefined;
  /** The sheet of the ledger, where several have one. */
  readonly sheet: string | undefined;
}

/** Options of every command that judges a ledger. */
export const JUDGE_OPTIONS: readonly OptionSpec[] = [PACK, NOW, RULES, WORKBOOK_RULES, SHEET];

export function judgeArguments(call: Call): JudgeArguments {
  return {
    pack: call.option("pack"),
    now: call.now,
    rules: call.option("rules"),
    workbookRules: call.option("workbookRules"),
    sheet: call.option("sheet"),
  };
}
