import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { columnsPage } from "../../scripts/build-columns-page.js";
import { COLUMNS, type ColumnSpec } from "../../src/domain/columns.js";
import { headerKey } from "../../src/domain/match-key.js";

test("ids, headers and aliases are unique, and no name stands for two columns", () => {
  const owners = new Map<string, string>();
  for (const { id, header, alias, synonyms = [] } of COLUMNS as readonly ColumnSpec[]) {
    for (const name of new Set([id, header, alias, ...synonyms].map(headerKey))) {
      expect([name, owners.get(name) ?? id]).toEqual([name, id]);
      owners.set(name, id);
    }
  }
});

test("docs/columns.md is what the table says (npm run columns)", () => {
  expect(readFileSync("docs/columns.md", "utf8")).toBe(columnsPage());
});
