import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FeatureReader, learnModel, type LearnSettings, type Lesson } from "../../src/rules/learn.js";
import { statedIn, type LearnedModel, type StatedConcept } from "../../src/rules/learned.js";
import type { Pack } from "../../src/rules/pack.js";
import { loadAllPacks } from "../../test/packs-folder.js";
import type { JudgedOutput, Sentence } from "./sentences.js";
import { sistersOf, type LabelName } from "./sisters.js";

/** A sentence of another pack whose label means the same says less of this one. */
const SISTER_WEIGHT = 0.5;
/** Most pieces of a model by the number of its labels; together the packs' files stay below 600 KB. */
const MOST_PIECES = (labels: number): number => (labels === 2 ? 1300 : labels <= 5 ? 1500 : 2200);
const GENERATED =
  "by scripts/learn-language.ts from test/fixtures/development-sentences and the packs' cases; not edited by hand";

const JUDGED: readonly JudgedOutput[] = ["category", "subcategory", "nature", "level"];

export type NamedLesson = Pick<Sentence, "pack" | "output" | "label" | "text" | "writer">;

/** The sentences that may be learned from, and what the packs' own cases show. */
export function lessonsOf(sentences: readonly Sentence[]): NamedLesson[] {
  return [...sentences.filter(({ split, writer }) => split !== "held" || !UNSEEN.test(writer)), ...casesAsLessons()];
}

/** Writers whose sentences are only ever measured with. */
export const UNSEEN = /^(?:stranger-m|real-[s-wyz])/;

/** A row of a case that is told in words and gets a label nobody chose for it. */
function casesAsLessons(): NamedLesson[] {
  return [...loadAllPacks()].flatMap(([pack, { cases, labels }]) =>
    cases.flatMap(({ content }) =>
      content.cases.flatMap(({ rows, expect }) =>
        rows.flatMap((row, i): NamedLesson[] => {
          const text = row.description;
          if (typeof text !== "string" || row.categoryOverride !== undefined) return [];
          return (["category", "subcategory", "nature"] as const).flatMap((output): NamedLesson[] => {
            const label = expect.rows?.[i]?.[output];
            const known = labels.some((one) => one.output === output && one.value === label);
            return known && typeof label === "string" ? [{ pack, output, label, text, writer: "case" }] : [];
          });
        }),
      ),
    ),
  );
}

/** Texts that say nothing of the matter, so that their words speak for no label. */
const NEUTRAL = readFileSync(join(import.meta.dirname, "../../test/fixtures/neutral-texts.txt"), "utf8")
  .trim()
  .split("\n");
const NEUTRAL_WEIGHT = 3;

const reader = new FeatureReader();

/** Models of some packs from lessons, by pack. */
export function learnPacks(
  folders: readonly string[],
  lessons: readonly NamedLesson[],
  options: LearnOptions = {},
): ReadonlyMap<string, LearnedModel[]> {
  const packs = loadAllPacks();
  const byName = new Map<string, NamedLesson[]>();
  for (const lesson of lessons) {
    const name = `${lesson.pack}.${lesson.output}.${lesson.label}`;
    const known = byName.get(name);
    if (known) known.push(lesson);
    else byName.set(name, [lesson]);
  }
  return new Map(
    folders.map((folder) => [
      folder,
      targetsOf(packs.get(folder)!).map((target) => learn(folder, target, byName, options)),
    ]),
  );
}

interface Target {
  readonly output: JudgedOutput;
  readonly within: string | undefined;
  readonly labels: string[];
  readonly stated: readonly StatedConcept[];
  readonly bias: readonly number[];
  /** Sentences of a subcategory are sentences of the category it is within. */
  readonly children: ReadonlyMap<string, readonly string[]>;
}

function targetsOf({ labels }: Pack): Target[] {
  return JUDGED.flatMap((output): Target[] => {
    const own = labels.filter((label) => label.output === output);
    return [...new Set(own.map(({ within }) => within?.value))].flatMap((within): Target[] => {
      const names = [...new Set(own.filter((label) => label.within?.value === within).map(({ value }) => value))];
      if (names.length < 2) return [];
      const children = new Map(
        names.map((name) => [
          name,
          labels.flatMap((one) => (one.within?.output === output && one.within.value === name ? [one.value] : [])),
        ]),
      );
      const siblings = own.filter((label) => label.within?.value === within);
      const stated = statedIn(siblings, names);
      const bias = names.map((name) => siblings.find(({ value }) => value === name)?.bias ?? 0);
      return [{ output, within, labels: names, stated, bias, children }];
    });
  });
}

/** What may be tried otherwise than it is. */
export interface LearnOptions extends Partial<LearnSettings> {
  readonly sisterWeight?: number;
}

function learn(
  folder: string,
  target: Target,
  byName: ReadonlyMap<string, readonly NamedLesson[]>,
  { sisterWeight = SISTER_WEIGHT, ...settings }: LearnOptions,
): LearnedModel {
  const { labels, children } = target;
  const of = (name: string, label: string, weight: number): Lesson[] =>
    (byName.get(name) ?? []).map(({ text }) => ({ text, label, weight }));
  const lessons = labels.flatMap((label): Lesson[] => {
    const name = `${folder}.${target.output}.${label}` satisfies LabelName;
    return [
      ...of(name, label, 1),
      ...children.get(label)!.flatMap((child) => of(`${folder}.subcategory.${child}`, label, 1)),
      ...sistersOf(name).flatMap((sister) => of(sister, label, sisterWeight)),
    ];
  });
  for (const text of NEUTRAL) lessons.push({ text, label: undefined, weight: NEUTRAL_WEIGHT });
  const once = new Map(lessons.map((lesson) => [`${lesson.label ?? ""}\n${lesson.text}`, lesson]));
  return learnModel(target, [...once.values()], reader, {
    pieces: MOST_PIECES(labels.length),
    ...settings,
  });
}

/** Writes the models of a pack and returns the size of the file. */
export function writeLearned(folder: string, models: readonly LearnedModel[]): number {
  const text = learnedText(models);
  writeFileSync(join(import.meta.dirname, "../../rules", folder, "learned.json"), text);
  return Buffer.byteLength(text);
}

export function learnedText(models: readonly LearnedModel[]): string {
  const lines = models.map((model) => `    ${JSON.stringify(model)}`).join(",\n");
  return `{ "generated": ${JSON.stringify(GENERATED)},\n  "models": [\n${lines}\n  ]\n}\n`;
}
