import { matchText } from "./match-key.js";

/**
 * Reads the plain files of rules/lexicon: a `#` line is a comment (the first one the title, `zh` and `en` of the head), `key: value` lines stand at the head, `[section]` begins
 * a section, and every other line is one phrase. The generator and the test that holds its output to the files use it.
 */
export interface LexiconFile {
  readonly head: Readonly<Record<string, string>>;
  /** Phrases by section, as `matchText` sees them, each once. */
  readonly sections: Readonly<Record<string, readonly string[]>>;
}

/** The first line of a file says in both languages what it is about. */
const TITLE = /^# (.+?) · (.+)$/;
const HEAD = /^([a-z]+): (.+)$/;
const SECTION = /^\[([a-z-]+)\]$/;

/** The content of one file; throws with the line where a phrase stands outside any section. */
export function readLexiconFile(name: string, text: string): LexiconFile {
  const head: Record<string, string> = {};
  const sections: Record<string, string[]> = {};
  let current: string[] | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    const [, zh, en] = (index === 0 && TITLE.exec(line)) || [];
    if (zh !== undefined && en !== undefined) Object.assign(head, { zh, en });
    if (line === "" || line.startsWith("# ") || line === "#") return;
    const section = SECTION.exec(line)?.[1];
    if (section !== undefined) current = sections[section] ??= [];
    else if (current === undefined) {
      const [, key, value] = HEAD.exec(line) ?? [];
      if (key === undefined || value === undefined)
        throw new Error(`${name}:${index + 1}: a phrase stands before any [section]: ${line}`);
      head[key] = value;
    } else {
      const phrase = lexiconKey(line);
      if (!current.includes(phrase)) current.push(phrase);
    }
  });
  return { head, sections };
}

/** As `matchText`, but `…`, which stands for a few characters between two parts, stays itself (NFKC makes it three dots). */
function lexiconKey(line: string): string {
  return line.split("…").map(matchText).join("…");
}
