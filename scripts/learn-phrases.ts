/**
 * Proposes phrases for the labels of a pack from the training sentences of all packs, by a regularised linear model over
 * real words and pairs of words, and keeps those that judge sentences of writers it has not seen better.
 *
 *   npx tsx scripts/learn-phrases.ts [--borrow] [--write] [pack.output …]
 *
 * How hard the weights are held down and how far they are scaled is chosen by cross-validation by writer: each writer of
 * the independent voices is left out in turn. Without --write it only says what it would do. What runs is
 * classification.json alone; the phrases in it stay as they are, new ones are added with weights in steps of a half.
 * With --borrow nothing is learnt: whole lists of labels that mean the same are tried, at half weight.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import prettier from "prettier";
import { loadPack } from "../src/rules/load-pack.js";
import type { Pack } from "../src/rules/pack.js";
import { loadAllPacks, packFiles, STATUTES } from "../test/packs-folder.js";
import { judge, scoreOf } from "./accuracy/measure.js";
import { fit, type Example } from "./accuracy/regression.js";
import { allSentences, type JudgedOutput, type Sentence } from "./accuracy/sentences.js";
import { sistersOf, type LabelName } from "./accuracy/sisters.js";
import { signOf, wordsOf } from "./accuracy/words.js";

interface Phrase {
  readonly text: string;
  readonly weight: number;
}

interface LabelJson {
  readonly output: JudgedOutput;
  readonly value: string;
  phrases?: Phrase[];
  readonly counterPhrases?: readonly Phrase[];
}

interface ClassificationJson {
  readonly negations?: readonly string[];
  readonly labels: LabelJson[];
}

function classificationOf(folder: string): ClassificationJson {
  return JSON.parse(packFiles(folder).get("classification.json")!) as ClassificationJson;
}

/** New phrases by label. */
type Additions = ReadonlyMap<string, readonly Phrase[]>;

/** A sentence as it teaches one output of one pack. */
interface Lesson {
  readonly text: string;
  readonly label: string;
  readonly writer: string;
  readonly own: boolean;
}

const SISTER_WEIGHT = 0.5;
const FEWEST_SENTENCES = 3;
const FEWEST_WRITERS = 2;
const STEP = 0.5;
const MOST = 2;
const LASSOS = [0.0004, 0.0008, 0.0016];
const SCALES = [0.5, 1, 1.5];
const RIDGE = 0.002;
const ROUNDS = 250;
/** Writers whose sentences were written without a look at the phrases. */
const INDEPENDENT = /^voice-/;

const packs = loadAllPacks();
const sentences = allSentences().filter(({ split }) => split === "train");

/** The lessons for an output: its own sentences and those of labels elsewhere that mean the same. */
function lessonsOf(pack: string, output: JudgedOutput, labels: readonly string[]): Lesson[] {
  const own = sentences.filter((one) => one.pack === pack && one.output === output);
  const sister = labels.flatMap((label) => {
    const names = new Set<string>(sistersOf(`${pack}.${output}.${label}` satisfies LabelName));
    return sentences
      .filter((one) => names.has(`${one.pack}.${one.output}.${one.label}`))
      .map(({ text, writer }): Lesson => ({ text, label, writer, own: false }));
  });
  return [...own.map(({ text, label, writer }): Lesson => ({ text, label, writer, own: true })), ...sister];
}

/** Words that stand in enough lessons, of enough writers, and are no phrases of the output yet. */
function candidates(lessons: readonly Lesson[], known: ReadonlySet<string>): string[] {
  const writers = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const { text, writer } of lessons) {
    for (const word of wordsOf(text)) {
      if (known.has(word)) continue;
      counts.set(word, (counts.get(word) ?? 0) + 1);
      const own = writers.get(word) ?? new Set();
      writers.set(word, own.add(writer));
    }
  }
  return [...counts]
    .filter(([word, count]) => count >= FEWEST_SENTENCES && writers.get(word)!.size >= FEWEST_WRITERS)
    .map(([word]) => word)
    .sort();
}

interface Model {
  readonly words: readonly string[];
  readonly weights: Float64Array;
}

function learn(
  lessons: readonly Lesson[],
  labels: readonly string[],
  known: ReadonlySet<string>,
  negations: readonly string[] | undefined,
  lasso: number,
): Model {
  const words = candidates(lessons, known);
  const number = new Map(words.map((word, index) => [word, index]));
  const examples = lessons.map(({ text, label, own }): Example => ({
    label: labels.indexOf(label),
    weight: own ? 1 : SISTER_WEIGHT,
    features: [...wordsOf(text)].flatMap((word) => {
      const feature = number.get(word);
      const sign = feature === undefined ? undefined : signOf(text, word, negations);
      return feature === undefined || sign === undefined ? [] : [{ feature, sign }];
    }),
  }));
  const size = { features: words.length, labels: labels.length };
  return { words, weights: fit(examples, { ...size, lasso, ridge: RIDGE, rounds: ROUNDS }) };
}

/** The weights of a model as phrases: what speaks for a label more than for the middle one, in steps of a half. */
function phrasesOf({ words, weights }: Model, labels: readonly string[], scale: number): Additions {
  const additions = new Map<string, Phrase[]>(labels.map((label) => [label, []]));
  words.forEach((text, index) => {
    const own = [...weights.subarray(index * labels.length, (index + 1) * labels.length)];
    const lowest = labels.length === 2 ? Math.min(...own) : [...own].sort((a, b) => a - b)[Math.floor(own.length / 2)]!;
    const best = own.indexOf(Math.max(...own));
    const weight = Math.min(MOST, Math.round(((own[best]! - lowest) * scale) / STEP) * STEP);
    if (weight > 0) additions.get(labels[best]!)!.push({ text, weight });
  });
  return additions;
}

/** The pack with further phrases; undefined where it would be refused. */
function withPhrases(folder: string, output: JudgedOutput, additions: Additions): Pack | undefined {
  const files = new Map(packFiles(folder));
  files.set("classification.json", JSON.stringify(extended(folder, output, additions)));
  const result = loadPack(folder, files);
  return "pack" in result ? result.pack : undefined;
}

function extended(folder: string, output: JudgedOutput, additions: Additions): ClassificationJson {
  const json = classificationOf(folder);
  for (const label of json.labels) {
    if (label.output !== output) continue;
    const more = additions.get(label.value) ?? [];
    const against = new Set((label.counterPhrases ?? []).map(({ text }) => text));
    label.phrases = [...(label.phrases ?? []), ...more.filter(({ text }) => !against.has(text))];
  }
  return json;
}

function rightOf(pack: Pack, folder: string, own: readonly Sentence[]): number {
  return scoreOf(judge(own, new Map([...packs, [folder, pack]]), STATUTES)).right;
}

/** Phrases of labels elsewhere that mean the same, at half their weight, where no other label there has them too. */
function borrowable(
  folder: string,
  output: JudgedOutput,
  label: string,
  known: ReadonlySet<string>,
): [string, Phrase[]][] {
  return sistersOf(`${folder}.${output}.${label}`).map((name) => {
    const [pack, itsOutput, itsLabel] = name.split(".") as [string, JudgedOutput, string];
    const labels = classificationOf(pack).labels.filter((one) => one.output === itsOutput);
    const others = new Set(
      labels
        .filter((one) => one.value !== itsLabel)
        .flatMap((one) => one.phrases ?? [])
        .map((p) => p.text),
    );
    const own = labels.filter((one) => one.value === itsLabel).flatMap((one) => one.phrases ?? []);
    return [
      name,
      own
        .filter(({ text }) => !known.has(text) && !others.has(text))
        .map(({ text, weight }) => ({ text, weight: Math.max(STEP, Math.round(weight / 2 / STEP) * STEP) })),
    ];
  });
}

/** Borrows the phrases of one sister label after the other, the most helpful first, as long as unseen writers gain and none of the rest is lost. */
async function borrow(folder: string, output: JudgedOutput, write: boolean): Promise<void> {
  const labels = classificationOf(folder).labels.filter((label) => label.output === output);
  const mine = sentences.filter((one) => one.pack === folder && one.output === output);
  const unseen = mine.filter(({ writer }) => INDEPENDENT.test(writer));
  let taken: Additions = new Map();
  let right = { all: rightOf(packs.get(folder)!, folder, mine), unseen: rightOf(packs.get(folder)!, folder, unseen) };
  for (;;) {
    const known = new Set(
      labels
        .flatMap((one) => [...(one.phrases ?? []), ...(one.counterPhrases ?? []), ...(taken.get(one.value) ?? [])])
        .map((p) => p.text),
    );
    let best: { name: string; label: string; additions: Additions; all: number; unseen: number } | undefined;
    for (const { value } of labels) {
      for (const [name, phrases] of borrowable(folder, output, value, known)) {
        const additions = new Map(taken).set(value, [...(taken.get(value) ?? []), ...phrases]);
        const pack = phrases.length === 0 ? undefined : withPhrases(folder, output, additions);
        if (!pack) continue;
        const now = { all: rightOf(pack, folder, mine), unseen: rightOf(pack, folder, unseen) };
        if (now.unseen > (best?.unseen ?? right.unseen) && now.all > right.all)
          best = { name, label: value, additions, ...now };
      }
    }
    if (!best) break;
    console.log(
      `${folder}.${output}.${best.label} borrows from ${best.name}: ${right.unseen} → ${best.unseen} of ${unseen.length} by unseen writers`,
    );
    taken = best.additions;
    right = { all: best.all, unseen: best.unseen };
  }
  if (write && taken.size > 0) await store(folder, output, taken);
}

async function improve(folder: string, output: JudgedOutput, write: boolean): Promise<void> {
  const json = classificationOf(folder);
  const own = json.labels.filter((label) => label.output === output);
  const labels = [...new Set(own.map(({ value }) => value))];
  if (labels.length < 2) return;
  const known = new Set(
    own.flatMap(({ phrases, counterPhrases }) => [...(phrases ?? []), ...(counterPhrases ?? [])]).map((p) => p.text),
  );
  const lessons = lessonsOf(folder, output, labels);
  const mine = sentences.filter((one) => one.pack === folder && one.output === output);
  const unseen = mine.filter(({ writer }) => INDEPENDENT.test(writer));
  const writers = [...new Set(unseen.map(({ writer }) => writer))];
  const before = rightOf(packs.get(folder)!, folder, unseen);

  let best: { right: number; lasso: number; scale: number } | undefined;
  for (const lasso of LASSOS) {
    const right = SCALES.map(() => 0);
    for (const writer of writers) {
      const others = lessons.filter((lesson) => lesson.writer !== writer);
      const model = learn(others, labels, known, json.negations, lasso);
      const held = unseen.filter((one) => one.writer === writer);
      SCALES.forEach((scale, index) => {
        const pack = withPhrases(folder, output, phrasesOf(model, labels, scale));
        right[index]! += pack ? rightOf(pack, folder, held) : 0;
      });
    }
    SCALES.forEach((scale, index) => {
      if (!best || right[index]! > best.right) best = { right: right[index]!, lasso, scale };
    });
  }
  if (!best) return;
  const name = `${folder}.${output}`;
  const figures = `${before} → ${best.right} of ${unseen.length} by unseen writers (L1 ${best.lasso}, scale ${best.scale})`;
  if (best.right <= before) {
    console.log(`${name}: ${figures}; left as it is`);
    return;
  }
  const additions = phrasesOf(learn(lessons, labels, known, json.negations, best.lasso), labels, best.scale);
  console.log(`${name}: ${figures}`);
  for (const [label, phrases] of additions)
    console.log(`  ${label}: ${phrases.map(({ text, weight }) => `${text} ${weight}`).join(", ")}`);
  if (write) await store(folder, output, additions);
}

async function store(folder: string, output: JudgedOutput, additions: Additions): Promise<void> {
  const path = join(import.meta.dirname, "../rules", folder, "classification.json");
  const text = JSON.stringify(extended(folder, output, additions));
  const config = await prettier.resolveConfig(path);
  writeFileSync(path, await prettier.format(text, { ...config, filepath: path }));
}

const { values, positionals } = parseArgs({
  options: { write: { type: "boolean" }, borrow: { type: "boolean" } },
  allowPositionals: true,
});
const names = [...new Set(sentences.map(({ pack, output }) => `${pack}.${output}`))];
for (const name of names.filter((one) => positionals.length === 0 || positionals.includes(one))) {
  const [folder, output] = name.split(".") as [string, JudgedOutput];
  await (values.borrow ? borrow : improve)(folder, output, values.write === true);
}
