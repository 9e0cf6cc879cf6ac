import { expect, test } from "vitest";
import { run } from "../../src/process/process.js";
import { suggest, type Suggestions } from "../../src/process/suggest.js";
import { loadPack } from "../../src/rules/load-pack.js";
import { inputOf } from "./process-rows.js";

const text = { zh: "字", en: "text" };
const clause = { document: "D", article: "1" };
const label = (value: string, ...phrases: [string, number][]): object => ({
  output: "category",
  value,
  clause,
  phrases: phrases.map(([t, weight]) => ({ text: t, weight })),
});
const files = {
  "pack.json": { id: "p", title: text, version: "1.0.0", source: { document: "D", title: text }, stages: ["close"] },
  "parameters.json": { parameters: [] },
  "classification.json": {
    labels: [
      label("质量", ["坏", 2], ["异响", 2]),
      label("态度", ["客服", 1.5], ["骂人", 3]),
      label("配送", ["放丢", 1]),
    ],
  },
};
const loaded = loadPack("p", new Map(Object.entries(files).map(([name, content]) => [name, JSON.stringify(content)])));
if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
const packs = new Map([["p", loaded.pack]]);

function suggestFrom(...rows: [description: string, categoryOverride?: string][]): Suggestions {
  const cells = rows.map(([description, categoryOverride], i) => ({
    id: String(i + 1),
    description,
    ...(categoryOverride === undefined ? {} : { categoryOverride }),
  }));
  return suggest(run({ ...inputOf(cells), packs, settings: { defaultPack: "p" } }));
}

test("a phrase that re-judged rows share is proposed for their label, with the rows it fixes and none it breaks", () => {
  const { suggestions, rejudged, misjudged } = suggestFrom(
    ["新机子抖三抖", "质量"],
    ["开机就抖三抖，受不了", "质量"],
    ["骂人"],
  );
  expect([rejudged, misjudged]).toEqual([2, 2]);
  expect(suggestions[0]).toMatchObject({
    pack: "p",
    output: "category",
    label: "质量",
    action: "add",
    phrase: "抖三抖",
    to: 0.5,
  });
  expect(suggestions[0]!.fixes.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(suggestions[0]!.breaks).toEqual([]);
});

test("the weight is as high as the label that wins today makes necessary", () => {
  const { suggestions } = suggestFrom(["找客服，抖三抖", "质量"], ["客服不理，还是抖三抖", "质量"]);
  const add = suggestions.find(({ phrase }) => phrase === "抖三抖");
  expect(add?.to).toBe(1.5);
});

test("a phrase that misleads is proposed to be weakened", () => {
  const { suggestions } = suggestFrom(["问了客服，件放丢了", "配送"]);
  expect(suggestions).toContainEqual(
    expect.objectContaining({ action: "weaken", label: "态度", phrase: "客服", from: 1.5, to: 0.5 }),
  );
});

test("a change that would break rows as often as it mends them is not proposed; one that breaks fewer names them", () => {
  const { suggestions } = suggestFrom(["客服放丢", "配送"], ["客服"], ["客服呢"]);
  for (const { fixes, breaks } of suggestions) expect(fixes.length).toBeGreaterThan(breaks.length);
});

test("people who agree with the rules teach nothing", () => {
  expect(suggestFrom(["坏了", "质量"])).toEqual({ suggestions: [], rejudged: 1, misjudged: 0, unmended: [] });
});

test("a phrase is made of whole words and neither begins nor ends with an empty one", () => {
  const { suggestions } = suggestFrom(["客人牙齿崩了一角，很激动", "质量"]);
  expect(suggestions.length).toBeGreaterThan(0);
  for (const { phrase } of suggestions) expect(phrase).not.toMatch(/^[人了一的]|[了一的]$/);
});

test("a re-judged row that no phrase would mend is named, with what the phrases say and what the person chose", () => {
  const { suggestions, misjudged, unmended } = suggestFrom(["坏", "配送"], ["坏"], ["坏"]);
  expect(suggestions).toEqual([]);
  expect(misjudged).toBe(1);
  expect(unmended).toEqual([{ row: 2, id: "1", text: "坏", wanted: "配送", given: "质量" }]);
});

test("a label the pack does not know is left out", () => {
  expect(suggestFrom(["坏了", "别的"]).rejudged).toBe(0);
});
