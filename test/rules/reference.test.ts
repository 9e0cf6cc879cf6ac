import { describe, expect, it } from "vitest";
import { evaluateConcern, rowScan } from "../../src/rules/evaluate.js";
import type { Facts } from "../../src/rules/facts.js";
import { CONCERNS } from "../../src/rules/events/kinds.js";
import { referenceEngine, referenceFires } from "../../src/rules/reference.js";
import { clause, inForceOn, put, spoiled, text } from "./small-pack.js";

const inForce = inForceOn("2021-06-01");
const ROWS: readonly Facts[] = [
  {},
  { always: true, description: "仓库起火", loss: 10, cause: "市场政策误解", person: ["张三", "李四"] },
  { always: true, description: "没事", loss: 0, closeAt: 5, person: [] },
  { loss: 600, cause: "市场政策误解", closeAt: 5 },
];

describe("the reference", () => {
  it("fires the same rules in the same order", async () => {
    const scan = rowScan(inForce);
    for (const facts of ROWS) {
      for (const concern of CONCERNS) {
        const fired = evaluateConcern(inForce, concern, facts, scan).map(({ id }) => id);
        expect(await referenceFires(inForce, concern, facts)).toEqual(fired);
      }
    }
  });

  it("may be asked again while it is still at work, without losing a rule", async () => {
    // One engine that runs twice at once stops the later run when the earlier one is over; it shows with many priorities.
    const rules = Array.from({ length: 12 }, (_, i) => ({
      id: `r${i}`,
      clause,
      title: text("提示"),
      priority: 12 - i,
      conditions: { all: [{ fact: "always", operator: "equal", value: true }] },
      event: { type: "message", params: { level: "info", text: text("提示") } },
    }));
    const many = inForceOn("2021-06-01", spoiled(put("forms.json", { rules })));
    const asked: Promise<string[]>[] = [];
    for (let i = 0; i < 20; i++) {
      asked.push(referenceFires(many, "forms", { always: true }));
      await Promise.resolve();
    }
    for (const fired of await Promise.all(asked)) expect(fired).toEqual(rules.map(({ id }) => id));
  });

  it("judges the facts as they were when it was asked", async () => {
    const facts: Facts = { always: true };
    const asked = referenceFires(inForce, "deadlines", facts);
    facts.always = false;
    expect(await asked).toEqual(["close"]);
  });

  it("reads no path: a path is the name of an own property", async () => {
    const engine = referenceEngine();
    const rule = (name: string, path: string, value: unknown): void => {
      const conditions = { all: [{ fact: "object", operator: "equal", path, value }] };
      engine.addRule({ name, conditions, event: { type: "x" } });
    };
    rule("own", "a", 1);
    rule("jsonpath", "$.a", 1);
    rule("inherited", "constructor", Object);
    const { results } = await engine.run({ object: { a: 1 } });
    expect(results.map(({ name }) => name)).toEqual(["own"]);
  });
});
