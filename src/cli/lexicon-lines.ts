import { existsSync } from "node:fs";
import { join } from "node:path";
import { readPlain } from "./door/reading.js";
import { BUILT_IN_RULES } from "./pack-files.js";

/** Where phrases of the lexicon stand, from its plain files: those beside the rules, else the built-in ones. */
export class LexiconLines {
  private readonly known = new Map<string, ReadonlyMap<string, number>>();
  private readonly folder: string;

  constructor(rules: string) {
    const beside = join(rules, "lexicon");
    this.folder = existsSync(beside) ? beside : join(BUILT_IN_RULES, "lexicon");
  }

  /** `lexicon/fire.txt:12`; without a line where the file does not hold the phrase. */
  placeOf(concept: string, phrase: string): string {
    const line = this.linesOf(concept).get(phrase);
    return `lexicon/${concept}.txt${line === undefined ? "" : `:${line}`}`;
  }

  private linesOf(concept: string): ReadonlyMap<string, number> {
    const known = this.known.get(concept);
    if (known) return known;
    const path = join(this.folder, `${concept}.txt`);
    const lines = new Map<string, number>();
    if (existsSync(path))
      readPlain(path)
        .toString("utf8")
        .split(/\r?\n/)
        .forEach((line, index) => {
          if (!lines.has(line.trim())) lines.set(line.trim(), index + 1);
        });
    this.known.set(concept, lines);
    return lines;
  }
}
