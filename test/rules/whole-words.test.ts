import { describe, expect, it } from "vitest";
import { wholeWords } from "../../src/rules/whole-words.js";
import type { Share } from "../../src/rules/learned-layer.js";

/** Shares of equal weight for stretches of a text. */
function sharesOf(text: string, stretches: readonly string[], concept = false): Share[] {
  return stretches.map((stretch) => {
    const start = text.indexOf(stretch);
    return { start, end: start + stretch.length, weight: 2, concept };
  });
}

function shown(text: string, shares: readonly Share[]): string[] {
  return wholeWords(text, shares).map((word) => word.text);
}

describe("the words of an explanation", () => {
  it.each([
    ["涂层用一周就掉", ["就掉", "涂层"], ["涂层"]],
    ["铲子一刮就没", ["子一", "铲子"], ["铲子"]],
    ["落地价和开票价", ["价和", "开票"], ["开票"]],
    ["问依据说不出来", ["说不", "依据"], ["依据"]],
    ["my mother and my sister", ["and my", "mother"], ["mother"]],
  ])("are words, not halves of them: %s", (text, stretches, words) => {
    expect(shown(text, sharesOf(text, stretches))).toEqual(words);
  });

  it("are whole English words where a phrase of the lexicon is only their beginning", () => {
    const text = "the can was dented";
    expect(shown(text, sharesOf(text, ["dent"], true))).toEqual(["dented"]);
  });
});
