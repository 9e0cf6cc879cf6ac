import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AhoCorasick, Occurrences } from "../../src/rules/aho-corasick.js";

function scan(patterns: readonly string[], text: string): string[] {
  const found = new Occurrences();
  new AhoCorasick(patterns).scan(text, found);
  return Array.from(
    { length: found.count },
    (_, i) => `${patterns[found.patterns[i]!]}@${found.starts[i]}-${found.ends[i]}`,
  );
}

function byHand(patterns: readonly string[], text: string): string[] {
  return patterns.flatMap((pattern) => {
    const found: string[] = [];
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
      found.push(`${pattern}@${at}-${at + pattern.length}`);
    }
    return found;
  });
}

describe("the multi-pattern scan", () => {
  it("finds every occurrence that indexOf finds, and no other", () => {
    const word = fc.string({ unit: fc.constantFrom("质", "量", "问", "a", "b", "é", "😀"), maxLength: 5 });
    fc.assert(
      fc.property(
        fc.uniqueArray(
          word.filter((pattern) => pattern !== ""),
          { maxLength: 12 },
        ),
        fc.array(word, { maxLength: 12 }),
        (patterns, words) => {
          const text = words.join("");
          expect(scan(patterns, text).sort()).toEqual(byHand(patterns, text).sort());
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
  });

  it("finds phrases inside phrases, and those that only begin like one", () => {
    expect(scan(["没有货", "有货", "货", "没有"], "没有没有货").sort()).toEqual(
      ["没有@0-2", "没有@2-4", "没有货@2-5", "有货@3-5", "货@4-5"].sort(),
    );
  });

  it("holds more occurrences than it first has room for", () => {
    expect(scan(["a", "aa"], "a".repeat(500))).toHaveLength(999);
  });

  it("has nothing to find without patterns or text", () => {
    expect(scan([], "质量")).toEqual([]);
    expect(scan(["质量"], "")).toEqual([]);
  });

  it("refuses an empty pattern, which would be everywhere", () => {
    expect(() => new AhoCorasick([""])).toThrow(/empty/);
  });
});
