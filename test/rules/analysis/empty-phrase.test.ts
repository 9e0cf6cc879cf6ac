import { describe, expect, it } from "vitest";
import { isEmptyPhrase } from "../../../src/rules/analysis/empty-phrase.js";

describe("a phrase that says nothing by itself", () => {
  it.each(["没", "就", "太", "又是", "问", "but", "After", "as if I were", "ｂｕｔ"])("is %s", (phrase) => {
    expect(isEmptyPhrase(phrase)).toBe(true);
  });

  it.each(["霉", "锈", "吗", "没人来", "不亮", "late", "where is my", "never came", "3%"])("is not %s", (phrase) => {
    expect(isEmptyPhrase(phrase)).toBe(false);
  });
});
