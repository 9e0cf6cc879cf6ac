import { expect, test } from "vitest";
import { matchText } from "../../src/domain/match-text.js";

test.each([
  ["市 场 政 策 误 解", "市场政策误解"],
  ["没 人 管，ＡＢＣ", "没人管,abc"],
  ["门 坏了 没人修", "门 坏了 没人修"],
  ["a b c", "a b c"],
])("a word set wide is drawn together, and words apart stay apart: %s", (text, plain) => {
  expect(matchText(text)).toBe(plain);
});
