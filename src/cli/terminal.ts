import cliEn from "../locales/cli.en-US.json";
import cliZh from "../locales/cli.zh-CN.json";
import { fill, type Language } from "../locales/language.js";

export type CliKey = keyof typeof cliZh;

const TEXTS: Record<Language, Record<CliKey, string>> = { zh: cliZh, en: cliEn };

/** What a command talks through: people's text, and one JSON document on stdout where it is asked for. */
export class Terminal {
  constructor(
    readonly language: Language,
    private readonly json: boolean,
  ) {}

  text(key: CliKey, params: Readonly<Record<string, string | number>> = {}): string {
    return fill(TEXTS[this.language][key], params);
  }

  /** A line for people: on stdout, or on stderr where stdout is for the JSON document. */
  line(text = ""): void {
    (this.json ? process.stderr : process.stdout).write(`${text}\n`);
  }

  say(key: CliKey, params: Readonly<Record<string, string | number>> = {}): void {
    this.line(this.text(key, params));
  }

  warn(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** The one JSON document of a command; nothing where people's text was asked for. */
  document(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  get wantsJson(): boolean {
    return this.json;
  }
}

/** zh unless --lang or the environment says English. */
export function languageOf(option: string | undefined, environment: NodeJS.ProcessEnv): Language {
  if (option !== undefined) return option.toLowerCase().startsWith("en") ? "en" : "zh";
  const locale = environment.LC_ALL ?? environment.LC_MESSAGES ?? environment.LANG ?? "";
  return locale.toLowerCase().startsWith("en") ? "en" : "zh";
}

/**
 * Progress on stderr, for people at a terminal only and only once a run has taken longer than a second. Steps are
 * synchronous work, so the line is written between them.
 */
export class Progress {
  private readonly started = Date.now();
  private shown = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  step(key: CliKey, params: Readonly<Record<string, string | number>> = {}): void {
    if (!this.stream.isTTY || Date.now() - this.started < 1000) return;
    this.stream.write(`\r\u001b[K${this.terminal.text(key, params)}`);
    this.shown = true;
  }

  done(): void {
    if (this.shown) this.stream.write("\r\u001b[K");
  }
}
