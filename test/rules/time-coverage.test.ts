import { describe, expect, it } from "vitest";
import { dayOfIso, packInForce } from "../../src/rules/in-force.js";
import type { Pack, PlacedRule } from "../../src/rules/pack.js";
import { loadAllPacks, PACK_FOLDERS } from "../packs-folder.js";
import { flawsOf, quarters } from "./time-coverage.js";

const packs = loadAllPacks();

it("quarters run from 2010 to the last year the calendar knows", () => {
  expect(quarters()[0]).toBe("2010-01-01");
  expect(quarters().length).toBeGreaterThanOrEqual(17 * 4);
});

describe.each(PACK_FOLDERS)("pack %s", (folder) => {
  const pack = packs.get(folder)!;

  it("has no gap and no overlap in force in any quarter", () => {
    expect(flawsOf(pack)).toEqual([]);
  });

  it("resolves every parameter in every quarter", () => {
    for (const quarter of quarters()) expect(() => packInForce(pack, dayOfIso(quarter)), quarter).not.toThrow();
  });
});

describe("planted faults", () => {
  const sound = packs.get("furniture-north")!;
  const chosen = sound.rules.find(({ rule }) => rule.id === "quality-memo")!;
  const withRules = (change: (placed: PlacedRule) => readonly PlacedRule[]): Pack => ({
    ...sound,
    rules: sound.rules.flatMap((placed) => (placed === chosen ? change(placed) : [placed])),
  });
  const dated = (
    { rule, ...place }: PlacedRule,
    dates: { effectiveFrom?: string; effectiveTo?: string },
  ): PlacedRule => ({
    ...place,
    rule: { ...rule, ...dates, id: `${rule.id}-${dates.effectiveFrom ?? "old"}` },
  });

  it("a clause that ends a quarter before its new version begins is a gap of that quarter", () => {
    const pack = withRules((p) => [dated(p, { effectiveTo: "2015-04-01" }), dated(p, { effectiveFrom: "2015-07-01" })]);
    expect(flawsOf(pack)).toMatchObject([{ kind: "gap", quarter: "2015-04-01" }]);
  });

  it("a new version that begins before the old one ends is an overlap", () => {
    const pack = withRules((p) => [dated(p, { effectiveTo: "2016-01-01" }), dated(p, { effectiveFrom: "2015-10-01" })]);
    expect(flawsOf(pack)).toMatchObject([{ kind: "overlap", quarter: "2015-10-01" }]);
  });

  it("versions that follow each other to the day are neither", () => {
    const pack = withRules((p) => [dated(p, { effectiveTo: "2016-01-01" }), dated(p, { effectiveFrom: "2016-01-01" })]);
    expect(flawsOf(pack)).toEqual([]);
  });

  it("a label that is missing for a year is a gap of four quarters", () => {
    const [label] = sound.labels;
    const labels = [
      { ...label!, effectiveTo: "2012-01-01" },
      { ...label!, effectiveFrom: "2013-01-01" },
      ...sound.labels.slice(1),
    ];
    expect(flawsOf({ ...sound, labels }).map(({ quarter }) => quarter)).toEqual([
      "2012-01-01",
      "2012-04-01",
      "2012-07-01",
      "2012-10-01",
    ]);
  });

  it("a figure with two values at once is an overlap", () => {
    const [name, parameter] = [...sound.parameters][0]!;
    const [value] = parameter.values;
    const values = [
      { ...value!, effectiveTo: "2020-04-01" },
      { ...value!, effectiveFrom: "2020-01-01" },
    ];
    const parameters = new Map([...sound.parameters, [name, { ...parameter, values }] as const]);
    expect(flawsOf({ ...sound, parameters })).toEqual([
      { kind: "overlap", what: `parameter ${name}`, quarter: "2020-01-01" },
    ]);
  });
});
