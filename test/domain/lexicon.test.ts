import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LEXICON_MODULE, lexiconModule } from "../../scripts/lexicon/lexicon-module.js";
import { readLexiconFile } from "../../src/domain/read-lexicon.js";
import { wordsOf } from "../../src/domain/words.js";
import { CONCEPT_NAMES, conceptOf } from "../../src/rules/concepts.js";

describe("the lexicon", () => {
  it("is in the program as it stands in rules/lexicon (if not: npx tsx scripts/build-lexicon.ts)", () => {
    expect(readFileSync(LEXICON_MODULE, "utf8")).toBe(lexiconModule());
  });

  it("reads comments, heads and sections, each phrase once, wide letters made plain", () => {
    const text = "# 说明 · about\nkind: event\n\n[strong]\n着火\nＡＢ…火\n#户\n着火\n\n[none]\n打火";
    expect(readLexiconFile("x.txt", text)).toEqual({
      // The first line says what it is about, in both languages: explanations tell it by that.
      head: { zh: "说明", en: "about", kind: "event" },
      sections: { strong: ["着火", "ab…火", "#户"], none: ["打火"] },
    });
  });

  it("refuses a phrase before any section, and says where it stands", () => {
    expect(() => readLexiconFile("x.txt", "kind: event\n着火")).toThrow("x.txt:2");
    expect(() => wordsOf("negation", "nothing")).toThrow("negation.txt has no [nothing]");
  });

  it.each(CONCEPT_NAMES)("%s has strong phrases, and none of them is one of its exceptions", (name) => {
    const { phrases, none } = conceptOf(name)!;
    expect(phrases.some((phrase) => phrase.class === "strong")).toBe(true);
    const exceptions = new Set(none.map(({ text }) => text));
    expect(phrases.filter(({ text }) => exceptions.has(text))).toEqual([]);
    expect(phrases.every(({ trigger }) => trigger.length > 0)).toBe(true);
  });
});
