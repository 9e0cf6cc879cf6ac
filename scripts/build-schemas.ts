/**
 * Writes the JSON Schemas of rule packs (rules/schema/) from the zod schemas the loader validates with, so that an editor
 * completes and checks a pack's files by the same rules.
 *
 *   npx tsx scripts/build-schemas.ts
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { jsonSchemas } from "../src/rules/json-schemas.js";

const folder = new URL("../rules/schema/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, content] of jsonSchemas()) {
  const file = new URL(name, folder);
  writeFileSync(file, content);
  console.log(fileURLToPath(file));
}
