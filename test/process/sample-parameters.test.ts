import { describe, expect, it } from "vitest";
import { SampleParameters } from "../../src/process/sample-parameters.js";
import type { ParameterInForce } from "../../src/rules/in-force.js";

function parameter(zh: string, en: string): ParameterInForce {
  return { name: en, title: { zh, en } } as unknown as ParameterInForce;
}

describe("sample parameters of a row", () => {
  const limit = parameter("期限", "limit");
  const rate = parameter("比例", "rate");

  it("are named once each, in the order in which rules rest on them, in the run's language", () => {
    const first = [limit];
    const both = [rate, limit];
    const gathered = new SampleParameters([]).and(first).and(both).and(first);
    expect(gathered.titles("zh")).toBe("期限、比例");
    expect(gathered.titles("en")).toBe("limit、rate");
  });

  it("are none until a rule rests on one, and the start stays none for the next row", () => {
    const start = new SampleParameters([]);
    expect(start.and([]).none).toBe(true);
    expect(start.and([limit]).none).toBe(false);
    expect(start.none).toBe(true);
  });
});
