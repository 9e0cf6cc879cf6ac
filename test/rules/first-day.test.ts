import { describe, expect, it } from "vitest";
import { dayOfTime, parseIso } from "../../src/domain/wall-time.js";
import { classify } from "../../src/rules/classify.js";
import { rowScan } from "../../src/rules/evaluate.js";
import { packInForce } from "../../src/rules/in-force.js";
import { loaded, put, clause, spoiled } from "./small-pack.js";

/** A pack of two labels that name concepts and have no phrase and no learned weight of their own. */
function firstDay(): ReturnType<typeof packInForce> {
  const files = spoiled(
    put("classification.json", {
      labels: [
        { output: "category", value: "噪声", clause, concepts: ["nuisance"], phrases: [] },
        { output: "category", value: "收费", clause, concepts: ["estate-money"], phrases: [] },
      ],
    }),
  );
  return packInForce(loaded(files), dayOfTime(parseIso("2026-03-10T10:00")!));
}

describe("a pack on its first day", () => {
  it.each([
    ["楼上半夜打麻将", "噪声"],
    ["隔壁的狗叫了一夜", "噪声"],
    ["物业费又涨价了", "收费"],
    ["停车费涨了一倍还不给发票", "收费"],
  ])("classifies by the concepts its labels name: %s", (text, label) => {
    const inForce = firstDay();
    expect(classify(inForce, { description: text }, rowScan(inForce)).category?.value).toBe(label);
  });

  it("leaves open what no concept speaks of", () => {
    const inForce = firstDay();
    expect(classify(inForce, { description: "请回电" }, rowScan(inForce)).category).toBeUndefined();
  });
});
