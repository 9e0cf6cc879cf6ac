import { matchText } from "../domain/match-key.js";
import { compiledPack, Reads, type Test } from "./compile.js";
import { leavesOf } from "./conditions.js";
import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "./events/kinds.js";
import { emptySlots, type Slots } from "./fact-row.js";
import type { FactName } from "./facts.js";
import type { ActiveContext, ActiveLabel, PackInForce } from "./in-force.js";
import type { StatedConcept } from "./learned.js";
import { LearnedLayer, type PlacedModel } from "./learned-layer.js";
import { COMMON_NEGATIONS, HARMLESS_WORDS, hasLatin } from "./negation.js";

/** A pack's labels, phrases and negations made ready for classifying row after row. */

/** How a phrase works on one label. */
export interface PhraseUse {
  readonly label: number;
  readonly phrase: string;
  readonly weight: number;
  readonly counter: boolean;
}

/** What a phrase of the index is to the classification. */
interface PhraseRole {
  readonly uses: PhraseUse[];
  /** Its letters are Latin, so it has to stand as a word. */
  readonly latin: boolean;
  negation: boolean;
  harmless: boolean;
}

interface CompiledLabel {
  readonly active: ActiveLabel;
  readonly bias: number;
  readonly within: { readonly output: ClassifiedOutput; readonly value: string } | undefined;
  readonly context: readonly { readonly source: ActiveContext; readonly test: Test }[];
}

interface TextColumn {
  readonly column: FactName;
  readonly factor: number;
}

export interface Classifier {
  readonly texts: readonly TextColumn[];
  /** Outputs that have labels, each after those its labels depend on. */
  readonly outputs: readonly ClassifiedOutput[];
  readonly labels: readonly CompiledLabel[];
  readonly byOutput: ReadonlyMap<ClassifiedOutput, readonly number[]>;
  /** By the phrase's number in the index. */
  readonly roles: readonly (PhraseRole | undefined)[];
  readonly learned: LearnedLayer;
  readonly reads: Reads;
  readonly slots: Slots;
  /** What the texts of the row at hand say for and against each label. */
  readonly scores: Float64Array;
  /** The outputs of the row at hand that are decided. */
  readonly values: Map<ClassifiedOutput, string>;
  /** By phrase: the number of the text in which it was last counted. */
  readonly countedIn: Uint32Array;
  /** Number of the text at hand, over all rows. */
  text: number;
}

const classifiers = new WeakMap<PackInForce, Classifier>();

/** The classification of a pack in force, made ready once; registers its phrases with the pack's phrase index. */
export function classifierOf(inForce: PackInForce): Classifier {
  const known = classifiers.get(inForce);
  if (known) return known;
  const { phrases: index, compiler } = compiledPack(inForce);
  const { texts, negations } = inForce.pack.classification;
  const roles: (PhraseRole | undefined)[] = [];
  const roleOf = (phrase: string, use?: PhraseUse): PhraseRole => {
    const key = matchText(phrase);
    const number = index.numberOf(key);
    while (roles.length <= number) roles.push(undefined);
    const role = roles[number];
    if (role) {
      if (use) role.uses.push(use);
      return role;
    }
    return (roles[number] = {
      uses: use ? [use] : [],
      latin: hasLatin(key),
      negation: false,
      harmless: false,
    });
  };
  const labels = inForce.labels.map((active, label): CompiledLabel => {
    for (const [phrases, counter] of [[active.phrases, false] as const, [active.counterPhrases, true] as const]) {
      for (const { text, weight } of phrases) roleOf(text, { label, phrase: text, weight, counter });
    }
    const context = active.context.map((source) => ({ source, test: compiler.test(source.conditions) }));
    return { active, bias: active.label.bias ?? 0, within: active.label.within, context };
  });
  if (labels.length > 0) {
    for (const word of negations ?? COMMON_NEGATIONS) roleOf(word).negation = true;
    for (const word of HARMLESS_WORDS) roleOf(word).harmless = true;
  }
  const learned = learnedLayerOf(inForce, (phrase) => index.numberOf(phrase));
  const indexes = labels.map((_, i) => i);
  const classifier: Classifier = {
    texts: texts ?? [{ column: "description", factor: 1 }],
    outputs: dependencyOrder(inForce.labels),
    labels,
    byOutput: new Map(
      CLASSIFIED_OUTPUTS.map((output) => [output, indexes.filter((i) => labels[i]!.active.label.output === output)]),
    ),
    roles,
    learned,
    reads: new Reads(labels.flatMap(({ context }) => context.map(({ source }) => source.conditions))),
    slots: emptySlots(),
    scores: new Float64Array(labels.length),
    values: new Map(),
    countedIn: new Uint32Array(roles.length),
    text: 0,
  };
  classifiers.set(inForce, classifier);
  return classifier;
}

/** The learned weights of a pack and the concepts its labels name, for the labels in force. */
function learnedLayerOf({ pack, labels }: PackInForce, numberOf: (phrase: string) => number): LearnedLayer {
  const models = pack.learned.map((model): PlacedModel => {
    const places = model.labels.map((value) =>
      labels.flatMap(({ label }, place) =>
        label.output === model.output && label.value === value && label.within?.value === model.within ? [place] : [],
      ),
    );
    return { model, places };
  });
  const stated = labels.flatMap(({ label }, place): StatedConcept[] => [
    ...(label.concepts ?? []).map((concept): StatedConcept => ({ concept, label: place, sign: 1 })),
    ...(label.counterConcepts ?? []).map((concept): StatedConcept => ({ concept, label: place, sign: -1 })),
  ]);
  return new LearnedLayer(models, stated, numberOf);
}

/** Outputs in an order in which each comes after those its labels are within or ask about. */
function dependencyOrder(labels: readonly ActiveLabel[]): ClassifiedOutput[] {
  const needs = new Map<ClassifiedOutput, Set<ClassifiedOutput>>();
  const isOutput = (name: string): name is ClassifiedOutput => (CLASSIFIED_OUTPUTS as readonly string[]).includes(name);
  for (const { label, context } of labels) {
    const own = needs.get(label.output) ?? new Set();
    needs.set(label.output, own);
    if (label.within) own.add(label.within.output);
    for (const { conditions } of context) {
      for (const { fact } of leavesOf(conditions)) if (isOutput(fact)) own.add(fact);
    }
  }
  const order = new Set<ClassifiedOutput>();
  const open = new Set<ClassifiedOutput>();
  const visit = (output: ClassifiedOutput): void => {
    if (order.has(output) || open.has(output)) return;
    open.add(output);
    for (const needed of needs.get(output) ?? []) visit(needed);
    order.add(output);
  };
  CLASSIFIED_OUTPUTS.forEach(visit);
  return [...order].filter((output) => needs.has(output));
}
