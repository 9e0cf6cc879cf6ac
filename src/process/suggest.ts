import { matchText } from "../domain/match-key.js";
import { dayOfTime } from "../domain/wall-time.js";
import { isEmptyCharacter, isEmptyPhrase } from "../rules/analysis/empty-phrase.js";
import { classify } from "../rules/classify.js";
import { rowScan } from "../rules/evaluate.js";
import type { Facts } from "../rules/facts.js";
import { packInForce, type PackInForce } from "../rules/in-force.js";
import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "../rules/events/kinds.js";
import type { Label } from "../rules/pack-schema.js";
import type { Pack } from "../rules/pack.js";
import type { RowScan } from "../rules/phrase-scan.js";
import type { Run } from "./process.js";

/** A change to a pack's phrases, with the rows that speak for it and those it would turn wrong. */
export interface Suggestion {
  readonly pack: string;
  readonly output: ClassifiedOutput;
  readonly label: string;
  /** `add`: a new phrase; `weaken`: a phrase of the label that misleads. */
  readonly action: "add" | "weaken";
  readonly phrase: string;
  /** Weight now; undefined for a new phrase. */
  readonly from?: number;
  readonly to: number;
  /** Rows that people re-judged and that would then be judged so. */
  readonly fixes: readonly SuggestedRow[];
  /** Rows that are judged right today and would no longer be. */
  readonly breaks: readonly SuggestedRow[];
}

export interface SuggestedRow {
  readonly row: number;
  readonly id: string;
  readonly text: string;
}

/** What suggestions were drawn from. */
export interface Suggestions {
  readonly suggestions: readonly Suggestion[];
  /** Rows with 改判 whose label the pack knows. */
  readonly rejudged: number;
  /** Those that the pack's phrases judge otherwise than the person did. */
  readonly misjudged: number;
  /** Of these, the rows no suggestion would mend, with what the person chose and what the phrases say. */
  readonly unmended: readonly (SuggestedRow & { readonly wanted: string; readonly given?: string })[];
}

/** Outputs people can re-judge, and the column they do it in. */
const OVERRIDES = { category: "categoryOverride", level: "levelOverride" } as const;

/** A phrase is offered from this many supporting rows on; one row alone is an anecdote, unless there is only one. */
const LEAST_SUPPORT = 2;
const MOST_CANDIDATES = 200;
/** More than this for one label and nobody would read them. */
const MOST_OFFERED = 12;
const STEPS = [0.5, 1, 1.5, 2, 2.5, 3] as const;

/** A row with the label it should get. */
interface Example extends SuggestedRow {
  readonly pack: Pack;
  readonly day: ReturnType<typeof dayOfTime>;
  readonly facts: Facts;
  readonly output: ClassifiedOutput;
  /** What a person decided; for other rows what the pack says today. */
  readonly wanted: string;
  readonly rejudged: boolean;
}

/**
 * Learns from rows that people have re-judged (改判类别, 改判级别): phrases to add to the label they chose, phrases of the
 * label they rejected to weaken. Each is tried on all rows of the pack, so what it would fix and break is what really
 * happens. Nothing is changed; an auditor decides. Sorted by how much more a suggestion fixes than breaks.
 */
export function suggest(run: Run): Suggestions {
  const examples = run.outcome.rows.flatMap(({ row }) => examplesOf(run, row));
  const byTask = new Map<string, Example[]>();
  for (const example of examples) {
    const key = `${example.pack.header.id}/${example.output}`;
    const list = byTask.get(key);
    if (list) list.push(example);
    else byTask.set(key, [example]);
  }
  const suggestions: Suggestion[] = [];
  const unmended: Suggestions["unmended"][number][] = [];
  let misjudged = 0;
  for (const group of byTask.values()) {
    const now = verdicts(group, group[0]!.pack);
    const wrong = group.filter((example, i) => example.rejudged && now[i]!.value !== example.wanted);
    misjudged += wrong.length;
    if (wrong.length === 0) continue;
    const scores = scoresOf(group);
    const found = [...additions(group, wrong, now, scores), ...weakenings(group, wrong, now, scores)];
    suggestions.push(...found);
    const mended = new Set(found.flatMap(({ fixes }) => fixes.map(({ row }) => row)));
    for (const example of wrong) {
      const { row, id, text, wanted } = example;
      const given = now[group.indexOf(example)]!.value;
      if (!mended.has(row)) unmended.push({ row, id, text, wanted, ...(given === undefined ? {} : { given }) });
    }
  }
  return {
    suggestions: suggestions.sort(
      (a, b) =>
        b.fixes.length - b.breaks.length - (a.fixes.length - a.breaks.length) ||
        b.phrase.length - a.phrase.length ||
        (a.phrase < b.phrase ? -1 : 1),
    ),
    rejudged: examples.filter((example) => example.rejudged).length,
    misjudged,
    unmended,
  };
}

function examplesOf(run: Run, row: number): Example[] {
  const inspected = run.inspect(row);
  if (!inspected) return [];
  const { ready, judgement } = inspected;
  const { pack } = ready.inForce;
  const facts: Facts = { ...(judgement.workings.factsSeen.get("classification") ?? judgement.workings.facts) };
  for (const output of CLASSIFIED_OUTPUTS) Reflect.deleteProperty(facts, output);
  return (Object.keys(OVERRIDES) as (keyof typeof OVERRIDES)[]).flatMap((output): Example[] => {
    const labels = ready.inForce.labels.filter(({ label }) => label.output === output);
    if (labels.length === 0) return [];
    const chosen = ready.inputs[OVERRIDES[output]];
    if (chosen !== undefined && !labels.some(({ label }) => label.value === chosen)) return [];
    const wanted = chosen ?? judgement.workings.classification[output]?.value;
    if (wanted === undefined) return [];
    return [
      {
        row,
        id: ready.id,
        text: ready.inputs.description,
        pack,
        day: dayOfTime(ready.inputs.receivedAt),
        facts,
        output,
        wanted,
        rejudged: chosen !== undefined,
      },
    ];
  });
}

interface Judged {
  readonly value: string | undefined;
  readonly score: number;
  readonly misleading: readonly { readonly phrase: string; readonly weight: number }[];
}

/** What a version of the pack says of each example. */
function verdicts(examples: readonly Example[], pack: Pack): Judged[] {
  const scans = new Map<PackInForce, RowScan>();
  return examples.map(({ day, facts, output }) => {
    const inForce = packInForce(pack, day);
    let scan = scans.get(inForce);
    if (!scan) scans.set(inForce, (scan = rowScan(inForce)));
    const verdict = classify(inForce, facts, scan)[output];
    return {
      value: verdict?.value,
      score: verdict?.score ?? 0,
      misleading: (verdict?.evidence ?? []).filter(({ weight, counter }) => weight > 0 && !counter),
    };
  });
}

// ------------------------------------------------------------ trying

/** The pack with one label's phrases replaced. */
function withLabel(pack: Pack, label: Label, phrases: Label["phrases"]): Pack {
  return { ...pack, labels: pack.labels.map((l) => (l === label ? { ...l, phrases } : l)) };
}

interface Effect {
  readonly fixes: readonly SuggestedRow[];
  readonly breaks: readonly SuggestedRow[];
}

function effect(group: readonly Example[], now: readonly Judged[], then: readonly (string | undefined)[]): Effect {
  const shown = ({ row, id, text }: Example): SuggestedRow => ({ row, id, text });
  const right = (e: Example, i: number): boolean => now[i]!.value === e.wanted;
  return {
    fixes: group.filter((e, i) => !right(e, i) && then[i] === e.wanted).map(shown),
    breaks: group.filter((e, i) => right(e, i) && then[i] !== e.wanted).map(shown),
  };
}

function gain({ fixes, breaks }: Effect): number {
  return fixes.length - breaks.length;
}

/** The score of every label on every example; 0 where nothing, or more against than for it, was found. */
function scoresOf(group: readonly Example[]): ReadonlyMap<string, readonly number[]> {
  const { pack, output } = group[0]!;
  const scores = new Map<string, readonly number[]>();
  for (const label of pack.labels.filter((l) => l.output === output)) {
    // A pack with this label alone: its score is then what the verdict carries.
    const alone = { ...pack, labels: pack.labels.filter((l) => l.output !== output || l === label) };
    const own = verdicts(group, alone).map(({ value, score }) => (value === label.value ? score : 0));
    const known = scores.get(label.value);
    scores.set(label.value, known ? own.map((score, i) => Math.max(score, known[i]!)) : own);
  }
  return scores;
}

/**
 * The weight with the greatest gain when a phrase's contribution to a label changes by `weight - from` on the examples that
 * hold it, by scores alone; undefined if no weight gains anything. What is found is tried for real before it is offered.
 */
function bestWeight(
  group: readonly Example[],
  now: readonly Judged[],
  scores: ReadonlyMap<string, readonly number[]>,
  change: {
    readonly label: string;
    readonly phrase: string;
    readonly from: number;
    readonly weights: readonly number[];
  },
): number | undefined {
  const key = matchText(change.phrase);
  const holds = group.map(({ text }) => matchText(text).includes(key));
  let found: { weight: number; gain: number } | undefined;
  for (const weight of change.weights) {
    const then = group.map((_, i) => {
      if (!holds[i]) return now[i]!.value;
      let best: { value: string; score: number } | undefined;
      for (const [value, list] of scores) {
        const score = list[i]! + (value === change.label ? weight - change.from : 0);
        if (score > (best?.score ?? 0)) best = { value, score };
      }
      return best?.value;
    });
    const g = gain(effect(group, now, then));
    if (g > (found?.gain ?? 0)) found = { weight, gain: g };
  }
  return found?.weight;
}

/** What a changed label really does to the examples; undefined if it breaks as much as it fixes. */
function tried(
  group: readonly Example[],
  now: readonly Judged[],
  label: Label,
  phrases: Label["phrases"],
): Effect | undefined {
  const then = verdicts(group, withLabel(group[0]!.pack, label, phrases)).map(({ value }) => value);
  const result = effect(group, now, then);
  return gain(result) > 0 ? result : undefined;
}

function labelOf(pack: Pack, output: ClassifiedOutput, value: string): Label | undefined {
  return pack.labels.find((label) => label.output === output && label.value === value);
}

function additions(
  group: readonly Example[],
  wrong: readonly Example[],
  now: readonly Judged[],
  scores: ReadonlyMap<string, readonly number[]>,
): Suggestion[] {
  const { pack, output } = group[0]!;
  const found: Suggestion[] = [];
  for (const value of new Set(wrong.map((example) => example.wanted))) {
    const label = labelOf(pack, output, value);
    if (!label) continue;
    const own = wrong.filter((example) => example.wanted === value);
    const others = group.filter((example) => example.wanted !== value).map(({ text }) => matchText(text));
    const known = new Set(label.phrases.map(({ text }) => matchText(text)));
    const seen = new Set<string>();
    for (const phrase of candidates(own, others, known)) {
      // Of several phrases on the same rows the first, the most telling, is enough.
      const rows = group.flatMap(({ text, row }) => (matchText(text).includes(phrase) ? [row] : [])).join();
      if (seen.has(rows)) continue;
      seen.add(rows);
      const weight = bestWeight(group, now, scores, { label: value, phrase, from: 0, weights: STEPS });
      const result =
        weight === undefined ? undefined : tried(group, now, label, [...label.phrases, { text: phrase, weight }]);
      if (result)
        found.push({ pack: pack.header.id, output, label: value, action: "add", phrase, to: weight!, ...result });
      if (found.length === MOST_OFFERED) break;
    }
  }
  return found;
}

function weakenings(
  group: readonly Example[],
  wrong: readonly Example[],
  now: readonly Judged[],
  scores: ReadonlyMap<string, readonly number[]>,
): Suggestion[] {
  const { pack, output } = group[0]!;
  const looked = new Set<string>();
  const found: Suggestion[] = [];
  for (const example of wrong) {
    const judged = now[group.indexOf(example)]!;
    const label = judged.value === undefined ? undefined : labelOf(pack, output, judged.value);
    if (!label) continue;
    for (const { phrase } of judged.misleading) {
      const key = `${label.value}\n${phrase}`;
      const entry = label.phrases.find(({ text }) => text === phrase);
      if (looked.has(key) || !entry) continue;
      looked.add(key);
      const weights = [...STEPS].reverse().filter((weight) => weight < entry.weight);
      const weight = bestWeight(group, now, scores, { label: label.value, phrase, from: entry.weight, weights });
      if (weight === undefined) continue;
      const phrases = label.phrases.map((p) => (p === entry ? { ...p, weight } : p));
      const result = tried(group, now, label, phrases);
      if (result)
        found.push({
          pack: pack.header.id,
          output,
          label: label.value,
          action: "weaken",
          phrase,
          from: entry.weight,
          to: weight,
          ...result,
        });
    }
  }
  return found;
}

// ------------------------------------------------------------ candidates

/** Pieces of text between anything that is no letter, digit or Han character. */
const SEGMENTS = /[\p{Script=Han}]+|[a-z][a-z' -]*[a-z]/gu;
const SHORTEST = 2;
const LONGEST = 6;
const MOST_WORDS = 3;
const TELLING = 4;

/** Phrases that many of the misjudged rows hold and few others do, the most telling first. */
function candidates(own: readonly Example[], others: readonly string[], known: ReadonlySet<string>): string[] {
  const support = new Map<string, number>();
  for (const { text } of own)
    for (const phrase of new Set(phrasesIn(matchText(text)))) support.set(phrase, (support.get(phrase) ?? 0) + 1);
  const least = Math.min(LEAST_SUPPORT, own.length);
  return [...support]
    .filter(([phrase, count]) => count >= least && !known.has(phrase) && !isEmptyPhrase(phrase))
    .map(([phrase, count]) => ({ phrase, count, elsewhere: others.filter((text) => text.includes(phrase)).length }))
    .filter(({ count, elsewhere }) => elsewhere < count)
    .sort(
      (a, b) =>
        b.count - b.elsewhere - (a.count - a.elsewhere) ||
        fitness(b.phrase) - fitness(a.phrase) ||
        (a.phrase < b.phrase ? -1 : 1),
    )
    .slice(0, MOST_CANDIDATES)
    .map(({ phrase }) => phrase);
}

/** Longer says more, up to four Han characters; beyond that a phrase is half a sentence that nobody writes again. */
function fitness(phrase: string): number {
  const length = /^[a-z]/.test(phrase) ? phrase.split(" ").length : phrase.length;
  return length <= TELLING ? length : TELLING - length;
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/**
 * Runs of two to six Han characters that begin and end where words do and not with an empty one (人牙齿崩了一), and of one to
 * three English words.
 */
function* phrasesIn(text: string): Generator<string> {
  for (const [segment] of text.matchAll(SEGMENTS)) {
    if (/^[a-z]/.test(segment)) {
      const words = segment.split(/\s+/);
      for (let n = 1; n <= MOST_WORDS; n++)
        for (let i = 0; i + n <= words.length; i++) yield words.slice(i, i + n).join(" ");
    } else {
      const borders = [...segmenter.segment(segment)].map(({ index }) => index);
      borders.push(segment.length);
      for (const from of borders) {
        for (const to of borders) {
          if (to - from < SHORTEST || to - from > LONGEST) continue;
          if (isEmptyCharacter(segment[from]!) || isEmptyCharacter(segment[to - 1]!)) continue;
          yield segment.slice(from, to);
        }
      }
    }
  }
}
