import type { Language } from "../locales/language.js";
import { LEXICON } from "../domain/lexicon.generated.js";

/** How sure a phrase is of its concept: a weak one says nothing of itself alone. */
export type PhraseClass = "strong" | "weak";

/**
 * What a concept is a thing of, and so what cancels a hit of it: `event` happened or did not; `deed` is what the complainant
 * did, and may only be meant or threatened; `demand` is wanted or not; `state` is said or denied; a `matter` is what a
 * complaint may be about, for classification.
 */
export type ConceptKind = "event" | "deed" | "demand" | "state" | "matter";

/** What can stand around a hit so that it says nothing, in the order in which it is looked for. */
export type Canceller =
  "negation" | "quotation" | "elsewhere" | "hearsay" | "fear" | "condition" | "possibility" | "intention";

export const CANCELLERS_OF: Readonly<Record<ConceptKind, readonly Canceller[]>> = {
  event: ["negation", "quotation", "elsewhere", "hearsay", "fear", "condition", "possibility"],
  deed: ["negation", "quotation", "elsewhere", "hearsay", "fear", "condition", "possibility", "intention"],
  demand: ["negation", "quotation", "elsewhere", "hearsay"],
  state: ["negation"],
  matter: ["negation"],
};

/** A phrase of a concept, ready to be looked for. */
export interface ConceptPhrase {
  readonly text: string;
  readonly class: PhraseClass;
  /** A part that stands in every text in which the phrase does. */
  readonly trigger: string;
  /** Set where the phrase has a `…` (a few characters of one clause) or a `#` (a number). */
  readonly pattern: RegExp | undefined;
}

/** One concept of rules/lexicon. */
export interface Concept {
  readonly name: string;
  readonly kind: ConceptKind;
  readonly phrases: readonly ConceptPhrase[];
  /** Words that hold a phrase and are something else: 防盗门 is no theft. */
  readonly none: readonly ConceptPhrase[];
  /** Words that cancel where they touch a hit: 不 before 退车. */
  readonly cancel: readonly string[];
}

const KINDS = new Set<string>(Object.keys(CANCELLERS_OF));

/** Names of all concepts, in alphabetical order: the files of rules/lexicon that say of which kind they are. */
export const CONCEPT_NAMES: readonly string[] = Object.entries(LEXICON)
  .filter(([, file]) => KINDS.has(file?.head["kind"] ?? ""))
  .map(([name]) => name)
  .sort();

const concepts = new Map<string, Concept>();

/** A concept by its name; undefined if there is none. */
export function conceptOf(name: string): Concept | undefined {
  const known = concepts.get(name);
  if (known) return known;
  // A pack may ask for any name: `constructor` is none of ours.
  const file = Object.hasOwn(LEXICON, name) ? LEXICON[name] : undefined;
  const kind = file?.head["kind"];
  if (!file || kind === undefined || !KINDS.has(kind)) return undefined;
  const { strong = [], weak = [], none = [], cancel = [] } = file.sections;
  const concept: Concept = {
    name,
    // Membership in KINDS has just been tested.
    kind: kind as ConceptKind,
    phrases: [...strong.map((text) => ready(text, "strong")), ...weak.map((text) => ready(text, "weak"))],
    none: none.map((text) => ready(text, "strong")),
    cancel,
  };
  concepts.set(name, concept);
  return concept;
}

/** What a concept is about, in words: 要求退款、退货; its name where it has none. */
export function conceptTitle(name: string, language: Language): string {
  return LEXICON[name]?.head[language] ?? name;
}

/** Most characters a `…` stands for. */
const GAP = "[^,;。.!?:\\n\\r]{0,8}?";
const NUMBER = "[0-9〇零一二两三四五六七八九十百几数多]+";

function ready(text: string, phraseClass: PhraseClass): ConceptPhrase {
  const literals = text.split(/[…#]/).filter((part) => part !== "");
  const trigger = literals.reduce((longest, part) => (part.length > longest.length ? part : longest), "");
  if (literals.length === 1 && trigger === text) return { text, class: phraseClass, trigger, pattern: undefined };
  const source = text
    .split(/([…#])/)
    .map((part) => (part === "…" ? GAP : part === "#" ? NUMBER : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return { text, class: phraseClass, trigger, pattern: new RegExp(source, "g") };
}
