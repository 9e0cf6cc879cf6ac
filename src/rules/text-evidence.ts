import type { Classifier, PhraseUse } from "./classifier.js";
import { factIn, type FactRow } from "./fact-row.js";
import type { FactName, Facts } from "./facts.js";
import { isNegated, isWord, mayReach, realNegations, within, type Span } from "./negation.js";
import type { ColumnScan, RowScan } from "./phrase-scan.js";
import { BEFORE_TURN, turnOf } from "./turn.js";
import { wholeWords } from "./whole-words.js";

/** What the texts of a row say for and against each label: phrases counted once a text, negations, the turn of a text. */

/** A phrase that spoke for or against a label. */
export interface Evidence {
  readonly phrase: string;
  /**
   * What it added to the label's score: its weight times the factor of the column, less before the turn of the text,
   * negative if it spoke against.
   */
  readonly weight: number;
  /** Every occurrence in this text stands negated. */
  readonly negated: boolean;
  /** One of the label's counter-phrases. */
  readonly counter: boolean;
  readonly column: FactName;
  /** Where it stands, in UTF-16 units of the text as `matchText` sees it. */
  readonly at: number;
}

/** A phrase found in a text, and what it is to the classification. */
interface Occurrence extends Span {
  readonly number: number;
  readonly uses: readonly PhraseUse[];
}

/** A negation found in a text, and the phrases it is a part of. */
interface Negation extends Span {
  readonly partOf: readonly Occurrence[];
}

interface TextFindings {
  /** In the order of the text. */
  readonly phrases: readonly Occurrence[];
  readonly negations: readonly Negation[];
}

/** Adds up what the row's texts say for and against each label. */
export function weighTexts(classifier: Classifier, facts: Facts | FactRow, scan: RowScan): void {
  const { texts, scores, learned } = classifier;
  scores.fill(0);
  for (const { column, factor } of texts) {
    const columnScan = scan.read(column, factIn(facts, column));
    if (columnScan.found.count === 0) continue;
    const turn = turnOf(columnScan.text);
    if (!learned.isEmpty) learned.weigh(columnScan, turn, factor, scores);
    if (weighPlainText(classifier, columnScan, turn, factor)) continue;
    const findings = findingsOf(classifier, columnScan);
    for (const { use, negated, last } of counted(columnScan.text, findings)) {
      scores[use.label]! += contribution(use, negated, last < turn ? factor * BEFORE_TURN : factor);
    }
  }
}

/**
 * Adds up a text without any negation or turn, as most are: then every phrase counts once for each of its labels, and it doesn't
 * matter where it stands. False, with nothing added, if the text has to be looked at more closely.
 */
function weighPlainText(classifier: Classifier, { text, found }: ColumnScan, turn: number, factor: number): boolean {
  const { roles, scores, countedIn } = classifier;
  const { count, patterns, starts, ends } = found;
  if (turn > 0) return false;
  for (let i = 0; i < count; i++) if (roles[patterns[i]!]?.negation) return false;
  classifier.text += 1;
  for (let i = 0; i < count; i++) {
    const number = patterns[i]!;
    const role = roles[number];
    if (!role || role.uses.length === 0 || countedIn[number] === classifier.text) continue;
    if (role.latin && !isWord(text, { start: starts[i]!, end: ends[i]! })) continue;
    countedIn[number] = classifier.text;
    for (const use of role.uses) scores[use.label]! += contribution(use, false, factor);
  }
  return true;
}

/** The evidence for one label, by text column, then by position. */
export function evidenceFor(classifier: Classifier, label: number, facts: Facts | FactRow, scan: RowScan): Evidence[] {
  return classifier.texts.flatMap(({ column, factor }) => {
    const columnScan = scan.read(column, factIn(facts, column));
    const turn = turnOf(columnScan.text);
    const words = wholeWords(columnScan.text, classifier.learned.shares(columnScan, turn, factor, label)).map(
      ({ text: phrase, at, weight }): Evidence => ({
        phrase,
        weight,
        negated: false,
        counter: weight < 0,
        column,
        at,
      }),
    );
    const phrases = counted(columnScan.text, findingsOf(classifier, columnScan))
      .filter(({ use }) => use.label === label)
      .map(({ use, negated, at, last }): Evidence => {
        const { phrase, counter } = use;
        const standing = last < turn ? factor * BEFORE_TURN : factor;
        return { phrase, weight: contribution(use, negated, standing), negated, counter, column, at };
      });
    return [...words, ...phrases].sort((a, b) => a.at - b.at);
  });
}

/** A negated phrase counts against its label; a negated counter-phrase says nothing. */
function contribution({ weight, counter }: PhraseUse, negated: boolean, factor: number): number {
  if (counter) return negated ? 0 : -weight * factor;
  return negated ? -weight * factor : weight * factor;
}

/** The phrases of the classification and the real negations among what a scan found. */
function findingsOf({ roles }: Classifier, { text, found }: ColumnScan): TextFindings {
  const phrases: Occurrence[] = [];
  const negations: Span[] = [];
  const harmless: Span[] = [];
  for (let i = 0; i < found.count; i++) {
    const number = found.patterns[i]!;
    const role = roles[number];
    if (!role) continue;
    const start = found.starts[i]!;
    const end = found.ends[i]!;
    if (role.uses.length > 0 && (!role.latin || isWord(text, { start, end }))) {
      phrases.push({ start, end, number, uses: role.uses });
    }
    if (role.negation) negations.push({ start, end });
    if (role.harmless) harmless.push({ start, end });
  }
  if (phrases.length === 0 || negations.length === 0) return { phrases, negations: [] };
  return {
    phrases,
    negations: realNegations(text, negations, harmless).map(({ start, end }) => ({
      start,
      end,
      partOf: phrases.filter((phrase) => start >= phrase.start && end <= phrase.end),
    })),
  };
}

interface Counted {
  readonly use: PhraseUse;
  readonly negated: boolean;
  readonly at: number;
  /** Where its last occurrence stands that counts as this one does. */
  last: number;
}

/** One entry per phrase and label: negated only if every occurrence of the phrase is. */
function counted(text: string, { phrases, negations }: TextFindings): Counted[] {
  const result: Counted[] = [];
  /** Where the entries of a phrase are, by its number. */
  const entries = new Map<number, number>();
  for (const occurrence of phrases) {
    const { number, uses, start } = occurrence;
    const known = entries.get(number);
    const near = negations.filter((negation) => mayReach(negation, start));
    const plain = near.every(({ partOf }) => partOf.length === 0);
    const always = plain && near.length > 0 && isNegated(text, start, near);
    if (known === undefined) entries.set(number, result.length);
    for (let i = 0; i < uses.length; i++) {
      const use = uses[i]!;
      const before = known === undefined ? undefined : result[known + i]!;
      const negated = plain
        ? always
        : isNegated(
            text,
            start,
            near.filter((one) => worksOn(one, occurrence, use.label)),
          );
      if (before === undefined) result.push({ use, negated, at: start, last: start });
      else if (before.negated === negated) before.last = start;
      else if (!negated) result[known! + i] = { use, negated, at: start, last: start };
    }
  }
  return result;
}

/**
 * Whether a negation can work on an occurrence of a label's phrase. One that is part of a longer phrase of the list (没有货,
 * 不能用) says nothing about other phrases; only what stands inside that longer phrase is negated by it (有货 in 没有货),
 * unless the longer phrase is the same label's and so has said it already.
 */
function worksOn({ partOf }: Negation, occurrence: Occurrence, label: number): boolean {
  return partOf.every(
    (phrase) => phrase !== occurrence && within(occurrence, phrase) && phrase.uses.every((use) => use.label !== label),
  );
}
