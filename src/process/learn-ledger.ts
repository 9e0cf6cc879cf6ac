import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "../rules/events/kinds.js";
import { readsAsWord } from "../rules/analysis/empty-phrase.js";
import { FeatureReader, learnModel, scoreText, type Lesson, type LearnSettings } from "../rules/learn.js";
import { CONCEPT_MARK, decodeWeights, statedIn, type LearnedModel } from "../rules/learned.js";
import type { Pack } from "../rules/pack.js";

/** A row of a ledger whose labels people filled in. */
export interface LabelledRow {
  readonly row: number;
  readonly id: string;
  readonly text: string;
  readonly labels: { readonly [Output in ClassifiedOutput]?: string };
  /** Outputs that somebody re-judged (改判类别, 改判级别). */
  readonly rejudged?: ReadonlySet<ClassifiedOutput>;
}

/** What was learned of one output. */
export interface LearnedOutput {
  readonly output: ClassifiedOutput;
  readonly within?: string;
  readonly rows: number;
  /** Rows judged right by weights learned without them: what to expect of new ones. */
  readonly expected: number;
  readonly labels: readonly {
    readonly label: string;
    readonly rows: number;
    readonly expected: number;
    /** The pack had no such label. */
    readonly isNew: boolean;
    /** Words its weights rest on most. */
    readonly words: readonly string[];
  }[];
  /** Labels of too few rows to learn from; these rows are left out. */
  readonly rare: readonly { readonly label: string; readonly rows: number }[];
  readonly wrong: readonly {
    readonly row: number;
    readonly id: string;
    readonly text: string;
    readonly wanted: string;
    readonly given: string;
  }[];
  readonly model: LearnedModel;
}

/** Fewer labelled rows than this teach nothing that would hold. */
export const LEAST_ROWS = 50;
const LEAST_PER_LABEL = 3;
/** What a person chose against an earlier judgement counts as much as so many values that may have been written by a run. */
const REJUDGED_WEIGHT = 3;
const PIECES = 2000;
const MOST_WORDS = 6;
/** Large ledgers are seen fewer times and left out in larger parts, so that 20,000 rows take seconds. */
const MANY_ROWS = 3000;

/**
 * Learns a pack's labels from rows that people labelled, beginning with what the pack knows already. How well that works is
 * measured on each part of the rows by weights learned from the others. Outputs with too few labelled rows are left out.
 */
export function learnFromLedger(pack: Pack, rows: readonly LabelledRow[]): LearnedOutput[] {
  const reader = new FeatureReader();
  return CLASSIFIED_OUTPUTS.flatMap((output) => {
    const own = rows.filter(({ text, labels }) => text.trim() !== "" && labels[output] !== undefined);
    const parents = new Set(pack.labels.filter((label) => label.output === output).map(({ within }) => within?.value));
    if (parents.size === 0) parents.add(undefined);
    return [...parents].flatMap((within) => {
      const known = pack.labels.filter((label) => label.output === output && label.within?.value === within);
      const values = new Set(known.map(({ value }) => value));
      // A new label can only be told apart from the others where labels stand by themselves.
      const fitting = own.filter(({ labels }) => within === undefined || values.has(labels[output]!));
      return learnOutput({ pack, output, within, values }, fitting, reader);
    });
  });
}

interface Target {
  readonly pack: Pack;
  readonly output: ClassifiedOutput;
  readonly within: string | undefined;
  readonly values: ReadonlySet<string>;
}

function learnOutput(target: Target, rows: readonly LabelledRow[], reader: FeatureReader): LearnedOutput[] {
  const { pack, output, within, values } = target;
  const counts = new Map<string, number>();
  for (const { labels } of rows) counts.set(labels[output]!, (counts.get(labels[output]!) ?? 0) + 1);
  const frequent = [...counts].filter(([, count]) => count >= LEAST_PER_LABEL).map(([label]) => label);
  const start = pack.learned.find((model) => model.output === output && model.within === within);
  const names = [...new Set([...(start?.labels ?? []), ...frequent])];
  const used = rows.filter(({ labels }) => names.includes(labels[output]!));
  if (used.length < LEAST_ROWS || frequent.length < 2) return [];
  const many = used.length > MANY_ROWS;
  const settings: LearnSettings = { pieces: PIECES, rounds: many ? 4 : 12, ...(start && { start }) };
  const lessons = used.map(({ text, labels, rejudged }): Lesson => {
    const weight = rejudged?.has(output) ? REJUDGED_WEIGHT : 1;
    return { text, label: labels[output], weight };
  });
  const known = pack.labels.filter((label) => label.output === output && label.within?.value === within);
  const learnTarget = {
    labels: names,
    stated: statedIn(known, names),
    bias: names.map((name) => known.find(({ value }) => value === name)?.bias ?? 0),
  };
  const learn = (from: readonly Lesson[]): LearnedModel =>
    learnModel({ output, within, ...learnTarget }, from, reader, settings);
  const scores: Scores = (text, weights) => scoreText(text, weights, learnTarget, reader);
  const given = leftOut(lessons, names, { parts: many ? 3 : 5, learn, scores });
  const right = used.map(({ labels }, i) => given[i] === labels[output]);
  const model = learn(lessons);
  return [
    {
      output,
      ...(within !== undefined && { within }),
      rows: used.length,
      expected: right.filter(Boolean).length,
      labels: names.map((label) => ({
        label,
        rows: counts.get(label) ?? 0,
        expected: used.filter(({ labels }, i) => labels[output] === label && right[i]).length,
        isNew: !values.has(label),
        words: wordsOf(model, label, lessons),
      })),
      rare: [...counts].flatMap(([label, count]) => (names.includes(label) ? [] : [{ label, rows: count }])),
      wrong: used.flatMap(({ row, id, text, labels }, i) =>
        right[i] ? [] : [{ row, id, text, wanted: labels[output]!, given: given[i]! }],
      ),
      model,
    },
  ];
}

type Scores = (text: string, weights: ReadonlyMap<string, Float64Array>) => readonly number[];

/** How rows are judged by what was learned without them. */
interface Trial {
  readonly parts: number;
  readonly learn: (lessons: readonly Lesson[]) => LearnedModel;
  readonly scores: Scores;
}

/** What each lesson gets from weights learned without its part. Equal texts are in one part, or they would know themselves. */
function leftOut(lessons: readonly Lesson[], names: readonly string[], { parts, learn, scores }: Trial): string[] {
  const places = new Map<string, number>();
  const partOf = lessons.map(({ text }) => {
    const known = places.get(text) ?? places.size;
    places.set(text, known);
    return known % parts;
  });
  const given: string[] = new Array<string>(lessons.length);
  for (let part = 0; part < parts; part++) {
    const weights = decodeWeights(learn(lessons.filter((_, i) => partOf[i] !== part)));
    lessons.forEach(({ text }, i) => {
      if (partOf[i] !== part) return;
      const own = scores(text, weights);
      given[i] = names[own.indexOf(Math.max(...own))]!;
    });
  }
  return given;
}

/** The pieces that speak most for a label over its rows; one that is part of a stronger one says nothing new. */
function wordsOf(model: LearnedModel, label: string, lessons: readonly Lesson[]): string[] {
  const place = model.labels.indexOf(label);
  const texts = lessons.filter((lesson) => lesson.label === label).map(({ text }) => text);
  const candidates = [...decodeWeights(model)]
    .filter(([piece]) => piece.length > 1 && !piece.startsWith(CONCEPT_MARK) && readsAsWord(piece))
    .map(([piece, row]) => ({ piece, weight: row[place]! }))
    .filter(({ weight }) => weight > 0)
    .map(({ piece, weight }) => ({ piece, use: weight * texts.filter((text) => text.includes(piece)).length }))
    .filter(({ use }) => use > 0)
    .sort((a, b) => b.use - a.use || (a.piece < b.piece ? -1 : 1));
  const words: string[] = [];
  for (const { piece } of candidates) {
    if (words.length === MOST_WORDS) break;
    if (!words.some((word) => word.includes(piece) || piece.includes(word))) words.push(piece);
  }
  return words;
}
