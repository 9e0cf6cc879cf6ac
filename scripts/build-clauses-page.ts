/**
 * Writes docs/clauses.md: by pack, how many clauses its regulation has and what carries them out, from the packs and their
 * cases as they run.
 *
 *   npx tsx scripts/build-clauses-page.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import prettier from "prettier";
import { loadAllPacks, STATUTES } from "../test/packs-folder.js";
import { clausesPage } from "./clause-lists/clauses-page.js";

const path = join(import.meta.dirname, "../docs/clauses.md");
const config = await prettier.resolveConfig(path);
writeFileSync(path, await prettier.format(clausesPage(loadAllPacks(), STATUTES), { ...config, filepath: path }));
