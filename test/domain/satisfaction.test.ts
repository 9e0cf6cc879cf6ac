import { describe, expect, it } from "vitest";
import { satisfactionScore } from "../../src/domain/satisfaction.js";

describe("a score in 满意度", () => {
  it.each([
    ["3", 60],
    ["3分", 60],
    ["３分", 60],
    ["2.5", 50],
    ["4/5", 80],
    ["7", 70],
    ["59", 59],
    ["59分", 59],
    ["95%", 95],
    ["3%", 3],
    ["2星", 40],
  ])("%s is %d per cent of the best", (text, score) => {
    expect(satisfactionScore(text)).toBe(score);
  });

  it.each(["满意", "不太满意", "", "6/5", "3/0", "101", "约80", "-1"])("%s is none", (text) => {
    expect(satisfactionScore(text)).toBeUndefined();
  });
});
