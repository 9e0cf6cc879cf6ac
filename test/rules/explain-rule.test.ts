import { describe, expect, it } from "vitest";
import type { ResolvedCondition, ResolvedLeaf } from "../../src/rules/conditions.js";
import { explainRule, onlyFailedLeaf } from "../../src/rules/explain-rule.js";

const big: ResolvedLeaf = { fact: "loss", operator: "greaterThan", value: 100 };
const open: ResolvedLeaf = { fact: "closeAt", operator: "isPresent", value: false };
const broken: ResolvedLeaf = { fact: "description", operator: "mentions", value: ["开裂"] };
const rule = (conditions: ResolvedCondition): { conditions: ResolvedCondition } => ({ conditions });

describe("explaining a rule", () => {
  it("shows each comparison with the row's value, also behind one that failed already", () => {
    const explained = explainRule(rule({ all: [big, { any: [open, { not: broken }] }] }), {
      loss: 50,
      description: "开裂",
    });
    expect(explained).toEqual({
      kind: "all",
      holds: false,
      children: [
        { kind: "leaf", leaf: big, actual: 50, expected: 100, holds: false },
        {
          kind: "any",
          holds: true,
          children: [
            { kind: "leaf", leaf: open, actual: undefined, expected: false, holds: true },
            {
              kind: "not",
              holds: false,
              children: [{ kind: "leaf", leaf: broken, actual: "开裂", expected: ["开裂"], holds: true }],
            },
          ],
        },
      ],
    });
  });

  it("shows the value of the other fact where two are compared", () => {
    const late: ResolvedLeaf = { fact: "closeAt", operator: "greaterThan", value: { fact: "agreedCloseAt" } };
    expect(explainRule(rule({ all: [late] }), { closeAt: 9, agreedCloseAt: 7 })).toMatchObject({
      holds: true,
      children: [{ actual: 9, expected: 7 }],
    });
  });
});

describe("a rule that nearly applied", () => {
  const only = (conditions: ResolvedCondition, facts = {}): ResolvedLeaf | undefined =>
    onlyFailedLeaf(explainRule(rule(conditions), facts))?.leaf;

  it("is one of which a single comparison failed", () => {
    expect(only({ all: [big, open] })).toBe(big);
    expect(only({ all: [{ all: [open, big] }, open] })).toBe(big);
    expect(only({ all: [open, { any: [big] }] })).toBe(big);
  });

  it("is none of which two failed, or a group of choices, or a negation", () => {
    expect(only({ all: [big, broken] })).toBeUndefined();
    expect(only({ all: [open, { any: [big, broken] }] })).toBeUndefined();
    expect(only({ all: [{ not: open }] })).toBeUndefined();
  });

  it("is none that fires", () => {
    expect(only({ all: [open] })).toBeUndefined();
  });
});
