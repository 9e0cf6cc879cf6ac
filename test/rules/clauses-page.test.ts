import { readFileSync } from "node:fs";
import { join } from "node:path";
import prettier from "prettier";
import { expect, it } from "vitest";
import { clausesPage } from "../../scripts/clause-lists/clauses-page.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

it("docs/clauses.md says of every regulation what its pack and cases do", async () => {
  const path = join(import.meta.dirname, "../../docs/clauses.md");
  const config = await prettier.resolveConfig(path);
  const made = await prettier.format(clausesPage(loadAllPacks(), STATUTES), { ...config, filepath: path });
  expect(readFileSync(path, "utf8")).toBe(made);
  expect(made).toContain("No clause lacks a rule or a case.");
});
