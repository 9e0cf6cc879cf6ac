import { matchText } from "../domain/match-key.js";
import { AhoCorasick, Occurrences } from "../rules/aho-corasick.js";
import { CONCEPT_NAMES, conceptOf, type ConceptPhrase } from "../rules/concepts.js";
import type { ClassifiedOutput } from "../rules/events/kinds.js";
import type { Pack } from "../rules/pack.js";

/** A phrase of the lexicon, by the concept it stands in. */
export interface PhrasePlace {
  readonly concept: string;
  readonly phrase: string;
}

/** A phrase that speaks for two labels of one output, since it stands in a concept of each. */
export interface RivalPhrase {
  readonly pack: string;
  readonly output: ClassifiedOutput;
  readonly phrase: string;
  readonly sides: readonly { readonly concept: string; readonly label: string }[];
}

/** Phrases of the concepts that a pack's labels name which stand in concepts of several labels of one output. */
export function rivalPhrases(pack: Pack): RivalPhrase[] {
  const sides = new Map<string, Map<string, RivalPhrase["sides"][number]>>();
  for (const { output, value, within, concepts = [] } of pack.labels) {
    for (const name of concepts) {
      for (const { text } of conceptOf(name)?.phrases ?? []) {
        const key = JSON.stringify([output, within?.value, text]);
        const own = sides.get(key) ?? new Map<string, RivalPhrase["sides"][number]>();
        // One concept may speak for two labels: that is what the author says, not a slip of a phrase.
        own.set(name, own.get(name) ?? { concept: name, label: value });
        sides.set(key, own);
      }
    }
  }
  return [...sides].flatMap(([key, own]): RivalPhrase[] => {
    if (new Set([...own.values()].map(({ label }) => label)).size < 2) return [];
    // The key was made above.
    const [output, , phrase] = JSON.parse(key) as [ClassifiedOutput, string | null, string];
    return [{ pack: pack.header.id, output, phrase, sides: [...own.values()] }];
  });
}

/** Phrases of the lexicon's concepts that stand in none of some texts: in one pass over each, however many phrases there are. */
export function unhitPhrases(texts: Iterable<string>): PhrasePlace[] {
  const concepts = CONCEPT_NAMES.flatMap((name) => {
    const concept = conceptOf(name);
    return concept ? [concept] : [];
  });
  const numbers = new Map<string, number>();
  const phrases: { readonly concept: string; readonly phrase: ConceptPhrase }[][] = [];
  for (const { name, phrases: own } of concepts) {
    for (const phrase of own) {
      const number = numbers.get(phrase.trigger) ?? numbers.size;
      numbers.set(phrase.trigger, number);
      (phrases[number] ??= []).push({ concept: name, phrase });
    }
  }
  const automaton = new AhoCorasick([...numbers.keys()]);
  const found = new Occurrences();
  const open = new Set(phrases.flat());
  for (const text of texts) {
    const plain = matchText(text);
    found.clear();
    automaton.scan(plain, found);
    for (let i = 0; i < found.count; i++) {
      for (const entry of phrases[found.patterns[i]!]!) {
        const { pattern } = entry.phrase;
        if (!open.has(entry)) continue;
        if (!pattern || new RegExp(pattern.source).test(plain)) open.delete(entry);
      }
    }
  }
  return [...open].map(({ concept, phrase }) => ({ concept, phrase: phrase.text }));
}

/** The texts of a pack's cases. */
export function textsOfCases(pack: Pack): string[] {
  return pack.cases.flatMap(({ content }) =>
    content.cases.flatMap(({ rows }) =>
      rows.flatMap((row) => Object.values(row).filter((value): value is string => typeof value === "string")),
    ),
  );
}
