import { readFileSync } from "node:fs";
import { join } from "node:path";
import prettier from "prettier";
import { describe, expect, it } from "vitest";
import { withClauseList } from "../../scripts/clause-lists/clause-list.js";
import { loadAllPacks, PACK_FOLDERS } from "../packs-folder.js";

const packs = loadAllPacks();

describe.each(PACK_FOLDERS)("README of %s", (folder) => {
  const path = join(import.meta.dirname, "../../rules", folder, "README.md");
  const text = readFileSync(path, "utf8");
  const { header } = packs.get(folder)!;

  it("lists every clause that is no rule, with the reason pack.json gives", async () => {
    const config = await prettier.resolveConfig(path);
    expect(text).toBe(await prettier.format(withClauseList(text, header), { ...config, filepath: path }));
    for (const { reason } of header.clauses ?? []) if (reason) expect(text).toContain(reason.zh);
  });
});
