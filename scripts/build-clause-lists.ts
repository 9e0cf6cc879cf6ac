/**
 * Writes into each pack's README which clauses are no rules and why, from pack.json, so that page and pack agree.
 *
 *   npx tsx scripts/build-clause-lists.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import prettier from "prettier";
import { loadAllPacks } from "../test/packs-folder.js";
import { withClauseList } from "./clause-lists/clause-list.js";

for (const [folder, { header }] of loadAllPacks()) {
  const path = join(import.meta.dirname, "../rules", folder, "README.md");
  const config = await prettier.resolveConfig(path);
  const text = withClauseList(readFileSync(path, "utf8"), header);
  writeFileSync(path, await prettier.format(text, { ...config, filepath: path }));
}
