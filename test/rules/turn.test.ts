import { describe, expect, it } from "vitest";
import { turnOf } from "../../src/rules/turn.js";

describe("the turn of a complaint", () => {
  it.each([
    ["质量很好,但是送晚了", "但是送晚了"],
    ["态度不错,就是菜凉了", "就是菜凉了"],
    ["没少件,可箱子破了", "可箱子破了"],
    ["价格不说,但态度好,可惜坏了", "可惜坏了"],
    ["nothing wrong with it, but it came late", "but it came late"],
  ])("%s turns at %s", (text, rest) => {
    expect(text.slice(turnOf(text))).toBe(rest);
  });

  it.each(["送货可靠", "这就是坏的", "butter on the sleeve", "坏了"])("%s takes none", (text) => {
    expect(turnOf(text)).toBe(0);
  });
});
