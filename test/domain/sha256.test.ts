import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as node from "../../src/cli/node-sha256.js";
import * as anywhere from "../../src/domain/sha256.js";

describe("hashes of texts", () => {
  it("are what Node's own say, which the command uses in their place: whatever the text, with a key and without", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.uint8Array({ minLength: 1 }), (text, key) => {
        expect(anywhere.sha256Hex(text)).toBe(node.sha256Hex(text));
        expect(anywhere.keyedSha256Hex(text, key)).toBe(node.keyedSha256Hex(text, key));
      }),
      { numRuns: 50 },
    );
    expect(anywhere.sha256Hex("\ud800条理")).toBe(node.sha256Hex("\ud800条理"));
  });
});
