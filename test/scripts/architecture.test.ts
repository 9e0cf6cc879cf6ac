import { readFileSync } from "node:fs";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { expect, test } from "vitest";
import layers from "../../.dependency-cruiser.js";
import { ROOMS } from "../../layers.js";
import { architecturePage } from "../../scripts/build-architecture.js";

test("the table of rooms in docs/architecture.md is what the linter holds (npm run architecture)", () => {
  const page = readFileSync("docs/architecture.md", "utf8");
  expect(page).toBe(architecturePage(page));
});

test("every room names only rooms that are there, and none is above one that it may import", () => {
  const may = new Map(ROOMS.map((room) => [room.path, room.may]));
  const reached = (from: string, seen = new Set<string>()): Set<string> => {
    for (const path of may.get(from)!) {
      expect(may.has(path), `${from} names ${path}`).toBe(true);
      if (!seen.has(path)) reached(path, seen.add(path));
    }
    return seen;
  };
  for (const { path } of ROOMS) expect(reached(path).has(path), `${path} stands on itself`).toBe(false);
});

test("an import that runs up, a circle, and Node in a pure room are each found", async () => {
  const broken = new Set(await violations("test/scripts/house-with-faults"));
  expect(broken).toEqual(new Set(["room-domain", "no-circle", "pure-core", "every-room-is-named"]));
});

/** Names of the rules that the small house in `folder` breaks, by the same layers as the real one. */
async function violations(folder: string): Promise<string[]> {
  const { output } = await cruise(["src"], {
    ruleSet: layers,
    validate: true,
    baseDir: folder,
    tsPreCompilationDeps: true,
  });
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
}
