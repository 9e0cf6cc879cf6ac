import { matchText } from "../domain/match-key.js";
import { AhoCorasick, Occurrences } from "./aho-corasick.js";
import { conceptOf } from "./concepts.js";
import type { FactName, FactValue } from "./facts.js";
import { tells } from "./text-facts.js";

/** Where the answer to one `mentions` condition stands among the bits of a scan. */
export interface MentionBit {
  readonly word: number;
  readonly mask: number;
}

interface ColumnBits {
  /** Words of the bit set that belong to this column alone, so that it can be read anew alone. */
  readonly words: number[];
  used: number;
  /** By phrase: the bits it sets. */
  readonly bits: Map<number, MentionBit[]>;
  /** By phrase: the questions after facts that are looked at closely where it stands. */
  readonly tellings: Map<number, TellingBit[]>;
}

/** The question whether a text tells any of some facts, and where its answer stands. */
interface TellingBit extends MentionBit {
  readonly concepts: readonly string[];
}

/**
 * All phrases a pack in force looks for, numbered, and what a hit means: which `mentions` conditions hold (a bit each)
 * and, for whoever classifies, which phrase it was. Filled once per pack in force, then read for every row.
 */
export class PhraseIndex {
  private readonly numbers = new Map<string, number>();
  private readonly columns = new Map<FactName, ColumnBits>();
  private readonly groups = new Map<string, MentionBit>();
  private wordCount = 0;
  private built: AhoCorasick | undefined;

  /** The number of a phrase; equal phrases (as `matchText` sees them) share one. */
  phrase(text: string): number {
    return this.numberOf(matchText(text));
  }

  /** As `phrase`, for whoever has the text as `matchText` gives it. */
  numberOf(key: string): number {
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(key, number);
      this.built = undefined;
    }
    return number;
  }

  /** The bit that says whether the text of `column` contains any of these phrases. */
  mention(column: FactName, phrases: readonly string[]): MentionBit {
    const numbers = [...new Set(phrases.map((phrase) => this.phrase(phrase)))].sort((a, b) => a - b);
    const key = `${column} ${numbers.join(" ")}`;
    const known = this.groups.get(key);
    if (known) return known;
    const { bits, bit } = this.newBit(column);
    this.groups.set(key, bit);
    for (const number of numbers) bits.bits.set(number, [...(bits.bits.get(number) ?? []), bit]);
    return bit;
  }

  /** The bit that says whether the text of `column` tells any of these facts of the lexicon. */
  telling(column: FactName, concepts: readonly string[]): MentionBit {
    const names = [...new Set(concepts)].sort();
    const key = `${column} tells ${names.join(" ")}`;
    const known = this.groups.get(key);
    if (known) return known;
    const { bits, bit } = this.newBit(column);
    this.groups.set(key, bit);
    const triggers = names.flatMap((name) => conceptOf(name)?.phrases.map(({ trigger }) => trigger) ?? []);
    const question: TellingBit = { ...bit, concepts: names };
    for (const number of new Set(triggers.map((trigger) => this.numberOf(trigger))))
      bits.tellings.set(number, [...(bits.tellings.get(number) ?? []), question]);
    return bit;
  }

  private newBit(column: FactName): { readonly bits: ColumnBits; readonly bit: MentionBit } {
    const bits = this.columnBits(column);
    if (bits.used % 32 === 0) bits.words.push(this.wordCount++);
    const bit = { word: bits.words.at(-1)!, mask: 1 << (bits.used % 32) };
    bits.used += 1;
    return { bits, bit };
  }

  get words(): number {
    return this.wordCount;
  }

  /** Words and bits of a column that some `mentions` condition reads. */
  bitsOf(column: FactName): Pick<ColumnBits, "words" | "bits" | "tellings"> {
    return this.columnBits(column);
  }

  get automaton(): AhoCorasick {
    this.built ??= new AhoCorasick([...this.numbers.keys()]);
    return this.built;
  }

  private columnBits(column: FactName): ColumnBits {
    let bits = this.columns.get(column);
    if (!bits) {
      bits = { words: [], used: 0, bits: new Map(), tellings: new Map() };
      this.columns.set(column, bits);
    }
    return bits;
  }
}

/** What a scan found in the text of one column. */
export interface ColumnScan {
  /** The text as phrases are looked for in it (`matchText`); positions count in it. */
  readonly text: string;
  readonly found: Occurrences;
}

/** What a phrase means where it is found in a column. */
interface Meaning {
  readonly bits: readonly MentionBit[];
  readonly tellings: readonly TellingBit[];
}

const NO_BITS: readonly MentionBit[] = [];
const NO_TELLINGS: readonly TellingBit[] = [];

interface ColumnState {
  readonly words: readonly number[];
  /** By phrase, one more than the place in `meanings`; 0, as for most, where it means nothing here. */
  readonly meaningOf: Uint32Array;
  readonly meanings: readonly Meaning[];
  /** Questions after facts in the text at hand. */
  readonly asked: TellingBit[];
  readonly scan: { text: string; readonly found: Occurrences };
  source: FactValue | undefined;
}

/**
 * The phrases found in the row at hand. One is enough for a whole run: a column is scanned again only when its text is
 * another one than before, so every text is scanned once a row however many concerns ask.
 */
export class RowScan {
  /** One bit per distinct `mentions` condition. */
  readonly bits: Uint32Array;
  private readonly automaton: AhoCorasick;
  private readonly states = new Map<FactName, ColumnState>();

  constructor(private readonly index: PhraseIndex) {
    this.automaton = index.automaton;
    this.bits = new Uint32Array(Math.max(1, index.words));
  }

  /** Whether this scan looks for the phrases of that index. */
  isOf(index: PhraseIndex): boolean {
    return this.index === index;
  }

  /** Reads the text of a column and returns what was found in it; anything but a text holds no phrase. */
  read(column: FactName, value: FactValue | undefined): ColumnScan {
    const state = this.states.get(column) ?? this.start(column);
    if (value === state.source) return state.scan;
    state.source = value;
    state.scan.found.clear();
    for (const word of state.words) this.bits[word] = 0;
    state.scan.text = typeof value === "string" ? matchText(value) : "";
    this.automaton.scan(state.scan.text, state.scan.found);
    this.mark(state);
    return state.scan;
  }

  /** Sets the bits of what was found. Of a fact a phrase is only the trigger: it depends on what stands around. */
  private mark({ scan: { text, found }, meaningOf, meanings, asked }: ColumnState): void {
    const { count, patterns } = found;
    for (let i = 0; i < count; i++) {
      const number = patterns[i]!;
      const place = number < meaningOf.length ? meaningOf[number]! : 0;
      if (place === 0) continue;
      const { bits, tellings } = meanings[place - 1]!;
      for (const { word, mask } of bits) this.bits[word]! |= mask;
      for (const bit of tellings) if (!asked.includes(bit)) asked.push(bit);
    }
    for (const { word, mask, concepts } of asked)
      if (concepts.some((concept) => tells(text, concept))) this.bits[word]! |= mask;
    asked.length = 0;
  }

  private start(column: FactName): ColumnState {
    const { words, bits, tellings } = this.index.bitsOf(column);
    const numbers = [...new Set([...bits.keys(), ...tellings.keys()])];
    const meaningOf = new Uint32Array(numbers.reduce((most, number) => Math.max(most, number + 1), 0));
    const meanings = numbers.map((number, place): Meaning => {
      meaningOf[number] = place + 1;
      return { bits: bits.get(number) ?? NO_BITS, tellings: tellings.get(number) ?? NO_TELLINGS };
    });
    const state: ColumnState = {
      words,
      meaningOf,
      meanings,
      asked: [],
      scan: { text: "", found: new Occurrences() },
      source: undefined,
    };
    this.states.set(column, state);
    return state;
  }
}
