import { describe, expect, it } from "vitest";
import { addDays, isoDate } from "../../src/domain/wall-time.js";
import { epochs, packInForce } from "../../src/rules/in-force.js";
import { day, inForceOn, loaded, put, spoiled } from "./small-pack.js";

const ids = (iso: string): string[] =>
  Object.values(inForceOn(iso).rules).flatMap((rules) => rules.map(({ id }) => id));
const fineOn = (iso: string): unknown => inForceOn(iso).parameters.get("fine")?.value;

describe("what is in force", () => {
  it("is nothing before the day the pack takes effect, everything undated from that day on", () => {
    expect(inForceOn("2009-12-31")).toMatchObject({ started: false, labels: [], caps: [] });
    expect(ids("2009-12-31")).toEqual([]);
    expect(inForceOn("2010-01-01").started).toBe(true);
    expect(ids("2010-01-01")).toEqual(["level-grave", "close", "loss-share", "note", "approver"]);
  });

  it("has a rule from its first day, and no more on its last day, which is exclusive", () => {
    expect(ids("2014-12-31")).not.toContain("policy");
    expect(ids("2015-01-01")).toContain("policy");
    expect(ids("2024-12-31")).toContain("loss-share");
    expect(ids("2025-01-01")).not.toContain("loss-share");
  });

  it("has a parameter at the value of the day", () => {
    expect(["2019-12-31", "2020-01-01", "2023-12-31", "2024-01-01", "2099-01-01"].map(fineOn)).toEqual([
      50, 80, 80, 100, 100,
    ]);
  });

  it("puts parameters into conditions, events, caps and labels, and says what each rests on", () => {
    const inForce = inForceOn("2021-06-01");
    const [policy] = inForce.rules.penalties;
    expect(policy!.event.params).toMatchObject({ amount: { formula: "fixed", amount: 80 } });
    expect(policy!.parameters).toMatchObject([{ name: "fine", value: 80, source: { stated: false } }]);
    expect(inForce.rules.classification[0]!.conditions).toEqual({
      any: [{ fact: "description", operator: "mentions", value: ["起火", "爆炸"] }],
    });
    expect(inForce.rules.approvals[0]!.event.params).toMatchObject({
      tiers: [{ upTo: 5000, value: "业务经理" }, { value: "总经理" }],
    });
    expect(inForce.rules.deadlines[0]!.event.params).toMatchObject({ limit: { days: 7 } });
    expect(inForce.caps).toMatchObject([{ rate: 50, parameters: [{ name: "bonusShare" }] }]);
    expect(inForce.labels[0]).toMatchObject({
      context: [{ conditions: { all: [{ fact: "claim", operator: "greaterThan", value: 80 }] }, weight: 1 }],
      parameters: [{ name: "fine" }],
    });
  });

  it("writes the figure of the day into texts, and leaves the names of facts to the rows", () => {
    const files = spoiled(
      put("penalties.json/rules/2/event/params/text", {
        zh: "损失{loss}，罚款{fine}元",
        en: "loss {loss}, fine {fine}",
      }),
    );
    const noteOn = (iso: string): unknown =>
      inForceOn(iso, files).rules.penalties.find(({ id }) => id === "note")!.event.params;
    expect(noteOn("2019-12-31")).toMatchObject({ text: { zh: "损失{loss}，罚款50元", en: "loss {loss}, fine 50" } });
    expect(noteOn("2024-01-01")).toMatchObject({ text: { zh: "损失{loss}，罚款100元" } });
    const [sample] = inForceOn("2021-06-01", files).rules.penalties.filter(({ id }) => id === "note");
    expect(sample!.parameters).toMatchObject([{ name: "fine", value: 80, source: { stated: false } }]);
  });

  it("orders the rules of a concern by priority, then as the file has them", () => {
    expect(inForceOn("2021-06-01").rules.penalties.map(({ id }) => id)).toEqual(["policy", "loss-share", "note"]);
    const raised = spoiled(put("penalties.json/rules/2/priority", 9));
    expect(inForceOn("2021-06-01", raised).rules.penalties.map(({ id }) => id)).toEqual([
      "note",
      "policy",
      "loss-share",
    ]);
  });

  it("is the same object for all days between two changes", () => {
    const pack = loaded();
    expect(packInForce(pack, day("2020-01-01"))).toBe(packInForce(pack, day("2023-12-31")));
    expect(packInForce(pack, day("2020-01-01"))).not.toBe(packInForce(pack, day("2019-12-31")));
  });

  it("changes only where the epochs say, which follow each other without gap or overlap", () => {
    const pack = loaded();
    const spans = epochs(pack);
    expect(spans.map(({ from }) => from && isoDate(from))).toEqual([
      undefined,
      ...["2010-01-01", "2015-01-01", "2020-01-01", "2024-01-01", "2025-01-01"],
    ]);
    spans.forEach((span, i) => {
      expect(span.to).toBe(spans[i + 1]?.from);
      for (const inside of [span.from, span.to && addDays(span.to, -1)]) {
        if (inside !== undefined) expect(packInForce(pack, inside).epoch).toEqual(span);
      }
    });
  });
});
