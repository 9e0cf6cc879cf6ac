import { describe, expect, it } from "vitest";
import { rivalPhrases, unhitPhrases } from "../../src/process/phrase-check.js";
import type { Label } from "../../src/rules/pack-schema.js";
import { loadAllPacks } from "../packs-folder.js";

const hotel = loadAllPacks().get("hotel-supplies")!;

/** The pack with two labels of one output that name these concepts. */
function naming(first: string, second: string): typeof hotel {
  const [one, two] = hotel.labels.filter(({ output }) => output === "category");
  return {
    ...hotel,
    labels: [
      { ...one!, concepts: [first] },
      { ...two!, concepts: [second] },
    ] satisfies Label[],
  };
}

describe("phrases of the lexicon", () => {
  it("that stand in concepts of two labels are named with both", () => {
    const found = rivalPhrases(naming("not-as-required", "order-error"));
    expect(found).toContainEqual({
      pack: "hotel-supplies",
      output: "category",
      phrase: "数量",
      sides: [
        { concept: "not-as-required", label: expect.any(String) as string },
        { concept: "order-error", label: expect.any(String) as string },
      ],
    });
  });

  it("are no rivals where labels share no phrase", () => {
    expect(rivalPhrases(naming("fire", "theft"))).toEqual([]);
  });

  it("that no text holds are listed, with a gap in them or not", () => {
    const unhit = unhitPhrases(["昨晚起火了", "电梯里困了两个人"]);
    const has = (concept: string, phrase: string): boolean =>
      unhit.some((one) => one.concept === concept && one.phrase === phrase);
    expect(has("fire", "起火")).toBe(false);
    expect(has("lift-trapped", "电梯…困")).toBe(false);
    expect(has("fire", "失火")).toBe(true);
    expect(has("lift-trapped", "电梯…出不来")).toBe(true);
  });
});
