import { existsSync } from "node:fs";
import { join } from "node:path";
import { BUILT_IN_RULES } from "./pack-files.js";
import { entriesOf, readRuleText } from "./rule-text.js";
import type { Terminal } from "./terminal.js";

/** Where phrases of the lexicon stand, from its plain files: those beside the rules, else the built-in ones. */
export class LexiconLines {
  private readonly known = new Map<string, ReadonlyMap<string, number>>();
  private readonly folder: string;
  private readonly files: ReadonlySet<string>;

  /** Throws a `CliError` where something in the folder is neither a file nor a folder, or leads nowhere. */
  constructor(
    rules: string,
    private readonly terminal: Terminal,
  ) {
    const beside = join(rules, "lexicon");
    this.folder = existsSync(beside) ? beside : join(BUILT_IN_RULES, "lexicon");
    this.files = new Set(entriesOf(this.folder, terminal).flatMap(({ name, isFolder }) => (isFolder ? [] : [name])));
  }

  /** `lexicon/fire.txt:12`; without a line where the file does not hold the phrase. */
  placeOf(concept: string, phrase: string): string {
    const line = this.linesOf(concept).get(phrase);
    return `lexicon/${concept}.txt${line === undefined ? "" : `:${line}`}`;
  }

  private linesOf(concept: string): ReadonlyMap<string, number> {
    const known = this.known.get(concept);
    if (known) return known;
    const name = `${concept}.txt`;
    const lines = new Map<string, number>();
    if (this.files.has(name))
      readRuleText(join(this.folder, name), this.terminal)
        .split(/\r?\n/)
        .forEach((line, index) => {
          if (!lines.has(line.trim())) lines.set(line.trim(), index + 1);
        });
    this.known.set(concept, lines);
    return lines;
  }
}
