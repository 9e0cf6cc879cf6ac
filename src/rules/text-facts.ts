/**
 * Facts that a text tells: a fire that happened, an appeal that was made, a refund that is demanded. A fact is a concept of
 * the lexicon found in the text, and what cancels a hit is what stands around that hit, never something elsewhere in the
 * text: 「我一直担心着火，昨晚三楼真的起火了」 tells a fire, 「一旦着火」 none.
 */
import { addAll } from "../domain/grouping.js";
import { matchText } from "../domain/match-key.js";
import { wordsOf } from "../domain/words.js";
import { LEXICON } from "../domain/lexicon.generated.js";
import { CANCELLERS_OF, conceptOf, type Canceller, type Concept, type ConceptPhrase } from "./concepts.js";
import {
  COMMON_NEGATIONS,
  hasLatin,
  HARMLESS_WORDS,
  isNegated,
  isWord,
  realNegations,
  within,
  type Span,
} from "./negation.js";

/** A phrase of a concept found in a text. */
export interface Telling {
  readonly concept: string;
  readonly phrase: string;
  /** What stands in the text, which is longer than the phrase where that has a gap. */
  readonly found: string;
  readonly at: number;
  readonly weak: boolean;
  /** Why the hit says nothing; undefined: it counts. */
  readonly cancelled?: { readonly by: Canceller; readonly word: string };
}

/** Weak phrases (冒烟) tell a fact only together. */
const WEAK_ENOUGH = 2;

/** Whether a text tells any of these facts. Names that no concept has tell nothing; the loader refuses them. */
export function tellsAny(text: string, concepts: readonly string[]): boolean {
  const plain = plainOf(text);
  return concepts.some((name) => tells(plain, name));
}

/** As `tellsAny` for one concept and a text as `matchText` gives it. */
export function tells(plain: string, name: string): boolean {
  const concept = conceptOf(name);
  return concept !== undefined && tellsAtHand(plain, concept, concept.phrases);
}

/** As `tells` for whoever knows the only phrases of the concept whose trigger stands in the text. */
export function tellsBy(plain: string, concept: Concept, phrases: readonly ConceptPhrase[]): boolean {
  return tellsAtHand(plain, concept, phrases);
}

/** What a text was found to tell. */
interface Told {
  readonly surroundings: Surroundings;
  readonly told: Map<Concept, boolean>;
}

/** The texts of a row that are asked about in turn. */
const TEXTS_AT_HAND = 4;

/** Remembers what was made of the texts at hand: of the few texts of a row its concerns ask the same things. */
function rememberingFew<Value>(make: (text: string) => Value): (text: string) => Value {
  const texts: string[] = [];
  const values: Value[] = [];
  let oldest = 0;
  return (text) => {
    const known = texts.indexOf(text);
    if (known >= 0) return values[known]!;
    const value = make(text);
    texts[oldest] = text;
    values[oldest] = value;
    oldest = (oldest + 1) % TEXTS_AT_HAND;
    return value;
  };
}

const plainOf = rememberingFew(matchText);
const toldOf = rememberingFew((plain): Told => ({ surroundings: new Surroundings(plain), told: new Map() }));

function tellsAtHand(plain: string, concept: Concept, phrases: readonly ConceptPhrase[]): boolean {
  const { surroundings, told } = toldOf(plain);
  let known = told.get(concept);
  if (known === undefined) told.set(concept, (known = isTold(surroundings, concept, phrases)));
  return known;
}

/** Whether any hit of a strong phrase counts, or those of several weak ones: the hits that `tellingsOf` would list. */
function isTold(surroundings: Surroundings, concept: Concept, phrases: readonly ConceptPhrase[]): boolean {
  const plain = surroundings.text;
  let others: readonly Span[] | undefined;
  let weak: Set<string> | undefined;
  for (const phrase of phrases)
    for (const span of spansOf(plain, phrase)) {
      others ??= spansOfAny(plain, concept.none);
      if (isPartOf(span, others) || surroundings.cancels(span, concept)) continue;
      if (phrase.class === "strong") return true;
      if ((weak ??= new Set()).add(phrase.text).size >= WEAK_ENOUGH) return true;
    }
  return false;
}

/** Every hit of some concepts in a text, in its order, also the cancelled ones: for whoever explains. */
export function tellingsIn(text: string, concepts: readonly string[]): Telling[] {
  const plain = matchText(text);
  return concepts
    .flatMap((name) => {
      const concept = conceptOf(name);
      return concept ? tellingsOf(new Surroundings(plain), concept, concept.phrases) : [];
    })
    .sort((a, b) => a.at - b.at);
}

function tellingsOf(surroundings: Surroundings, concept: Concept, phrases: readonly ConceptPhrase[]): Telling[] {
  const plain = surroundings.text;
  const hits = phrases.flatMap((phrase) => spansOf(plain, phrase).map((span) => ({ phrase, span })));
  if (hits.length === 0) return [];
  const others = spansOfAny(plain, concept.none);
  return hits
    .filter(({ span }) => !isPartOf(span, others))
    .map(({ phrase, span }): Telling => {
      const cancelled = surroundings.cancels(span, concept);
      return {
        concept: concept.name,
        phrase: phrase.text,
        found: plain.slice(span.start, span.end),
        at: span.start,
        weak: phrase.class === "weak",
        ...(cancelled && { cancelled }),
      };
    });
}

/** 没电了 begins within 手机没电 and so is nothing but a part of it. */
function isPartOf({ start }: Span, others: readonly Span[]): boolean {
  for (const other of others) if (other.start <= start && start < other.end) return true;
  return false;
}

const NO_SPANS: readonly Span[] = [];

function spansOfAny(text: string, phrases: readonly ConceptPhrase[]): readonly Span[] {
  let all: Span[] | undefined;
  for (const phrase of phrases) {
    const spans = spansOf(text, phrase);
    if (spans.length > 0) addAll((all ??= []), spans);
  }
  return all ?? NO_SPANS;
}

function spansOf(text: string, { trigger, pattern, text: phrase }: ConceptPhrase): readonly Span[] {
  if (!text.includes(trigger)) return NO_SPANS;
  const spans = pattern
    ? [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }))
    : placesOf(text, phrase);
  // Also where it is a figure: 12345 is not in a telephone number.
  return spans.every((span) => isWord(text, span)) ? spans : spans.filter((span) => isWord(text, span));
}

function placesOfAny(text: string, words: readonly string[]): readonly Span[] {
  let all: Span[] | undefined;
  for (const word of words) if (text.includes(word)) addAll((all ??= []), placesOf(text, word));
  return all ?? NO_SPANS;
}

function placesOf(text: string, word: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    spans.push({ start: at, end: at + word.length });
  return spans;
}

// ---------------------------------------------------------------- what stands around a hit

/** How far before a hit a word works: in its clause, over commas to the beginning of its sentence, or so many characters. */
type Reach = "clause" | "sentence" | number;

interface Around {
  readonly reach: Reach;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly none: readonly string[];
}

function aroundOf(name: string): Around {
  const { head = {}, sections = {} } = LEXICON[`around/${name}`] ?? {};
  const { before = [], after = [], none = [] } = sections;
  const reach = head["reach"] ?? "clause";
  return { reach: reach === "clause" || reach === "sentence" ? reach : Number(reach), before, after, none };
}

const AROUND: Readonly<Record<Exclude<Canceller, "negation">, Around>> = {
  quotation: aroundOf("quotation"),
  elsewhere: aroundOf("elsewhere"),
  hearsay: aroundOf("hearsay"),
  fear: aroundOf("fear"),
  condition: aroundOf("condition"),
  possibility: aroundOf("possibility"),
  intention: aroundOf("intention"),
};
const HAPPENED = { before: wordsOf("around/actual", "before"), after: wordsOf("around/actual", "after") };

/** Marks that end a clause, and those that end a sentence; the point of a figure ends none. */
const CLAUSE_MARKS = ",;。!?:\n\r.";
const SENTENCE_MARKS = ";。!?\n\r.";

function isMarkAt(text: string, at: number, marks: string): boolean {
  const mark = text[at];
  if (mark === undefined || !marks.includes(mark)) return false;
  const next = text.charCodeAt(at + 1);
  return mark !== "." || !(next >= 0x30 && next <= 0x39);
}

/** 不是关人就是掉层 denies neither. */
const EITHER_OR = /^[^,;。!?:\n\r]{1,8}就是/;
/** A word behind a hit works this far. */
const AFTER = 6;
/** 了 and 过 stand this near behind what happened. */
const ASPECT = 2;
/** Quotes as `matchText` leaves them; what is quoted was written or named, if such a word stands before it. */
const QUOTES: readonly (readonly [string, string])[] = [
  ["《", "》"],
  ["〈", "〉"],
];

/** Finds what stands around the hits in one text. */
class Surroundings {
  private negations: readonly Span[] | undefined;

  constructor(readonly text: string) {}

  /** What cancels a hit, the first of the kinds that its concept heeds. */
  cancels(hit: Span, { kind, cancel }: Concept): Telling["cancelled"] {
    for (const word of cancel) if (this.text.endsWith(word, hit.start)) return { by: "negation", word };
    for (const by of CANCELLERS_OF[kind]) {
      const word = by === "negation" ? this.negation(hit) : this.word(hit, by);
      if (word !== undefined) return { by, word };
    }
    return undefined;
  }

  private negation(hit: Span): string | undefined {
    this.negations ??= this.findNegations();
    if (this.negations.length === 0) return undefined;
    const before = this.negations.filter(({ end }) => end <= hit.start);
    if (!isNegated(this.text, hit.start, before)) return undefined;
    const { start, end } = before.at(-1)!;
    return this.text.slice(start, end);
  }

  private findNegations(): readonly Span[] {
    const found = placesOfAny(this.text, COMMON_NEGATIONS);
    if (found.length === 0) return found;
    return realNegations(this.text, found, placesOfAny(this.text, HARMLESS_WORDS)).filter(
      ({ end }) => !EITHER_OR.test(this.text.slice(end)),
    );
  }

  private word(hit: Span, by: Exclude<Canceller, "negation">): string | undefined {
    const around = AROUND[by];
    const clause = this.startOf(hit.start, CLAUSE_MARKS);
    const happened = this.happened(clause, hit);
    const soft = by === "possibility" || by === "intention";
    if (!(soft && happened)) {
      const near = typeof around.reach === "number" ? Math.max(clause, hit.start - around.reach) : clause;
      const own = this.last(around, near, hit.start);
      if (own !== undefined) return own;
    }
    if (by === "quotation" && this.isQuoted(hit)) return this.text.slice(hit.start - 1, hit.start);
    if (around.reach === "sentence" && !happened && !this.aspect(hit, by)) {
      const wider = this.last(around, this.startOf(hit.start, SENTENCE_MARKS), clause);
      if (wider !== undefined && !this.happened(this.text.lastIndexOf(wider, clause), { start: clause, end: clause }))
        return wider;
    }
    return happened ? undefined : this.following(around, hit);
  }

  /** 了 or 过 right behind a hit undoes a fear of the clause before, not a condition (万一着火了). */
  private aspect(hit: Span, by: Canceller): boolean {
    if (by === "condition") return false;
    const behind = this.text.slice(hit.end - 1, hit.end + ASPECT);
    return HAPPENED.after.some((word) => behind.includes(word));
  }

  /** Whether a word that says it happened (昨晚, 真的, 已经) stands between a place and the hit. */
  private happened(from: number, hit: Span): boolean {
    const stretch = this.text.slice(from, hit.start);
    return HAPPENED.before.some(
      (word) => stretch.includes(word) && (!hasLatin(word) || this.asWord(from, stretch, word)),
    );
  }

  private asWord(from: number, stretch: string, word: string): boolean {
    const start = from + stretch.indexOf(word);
    return isWord(this.text, { start, end: start + word.length });
  }

  /** The word of a list that stands last before a hit, from a place on. */
  private last({ before, none }: Around, from: number, to: number): string | undefined {
    let harmless: readonly Span[] | undefined;
    let found: Span | undefined;
    for (const word of before) {
      for (let at = this.text.indexOf(word, from); at >= 0; at = this.text.indexOf(word, at + 1)) {
        const span = { start: at, end: at + word.length };
        if (span.end > to) break;
        harmless ??= placesOfAny(this.text, none);
        if (harmless.some((one) => within(span, one))) continue;
        if (hasLatin(word) && !isWord(this.text, span)) continue;
        if (!found || at > found.start) found = span;
      }
    }
    return found && this.text.slice(found.start, found.end);
  }

  /** A word of a list close behind a hit, in its clause. */
  private following({ after }: Around, hit: Span): string | undefined {
    let end = hit.end;
    while (end < this.text.length && !isMarkAt(this.text, end, CLAUSE_MARKS)) end += 1;
    const clause = this.text.slice(hit.end, end);
    return after.find((word) => {
      const at = clause.indexOf(word);
      if (at < 0 || at > AFTER) return false;
      return !hasLatin(word) || isWord(this.text, { start: hit.end + at, end: hit.end + at + word.length });
    });
  }

  private isQuoted(hit: Span): boolean {
    return QUOTES.some(([open, close]) => {
      const from = this.text.lastIndexOf(open, hit.start);
      if (from < 0) return false;
      const to = this.text.indexOf(close, from);
      return to >= hit.end;
    });
  }

  /** Where the clause or sentence that holds a place begins. */
  private startOf(place: number, marks: string): number {
    for (let i = place - 1; i >= 0; i--) if (isMarkAt(this.text, i, marks)) return i + 1;
    return 0;
  }
}
