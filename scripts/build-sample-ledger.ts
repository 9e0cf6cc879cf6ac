import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUILT_IN_RULES, loadRulesFolder } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";
import { newLedger } from "../src/documents/new-ledger.js";
import { readSampleData } from "./sample/sample-data.js";

/** Writes templates/sample-ledger.xlsx from the stories under scripts/sample: the same stories give the same bytes. */
const ROOT = join(import.meta.dirname, "..");
const OUTPUT = join(ROOT, "templates", "sample-ledger.xlsx");

const { packs } = loadRulesFolder(BUILT_IN_RULES, new Terminal("en", false));
const { rows, people, settings, holidays, skipped } = readSampleData(
  join(ROOT, "scripts", "sample"),
  new Set(packs.keys()),
);

// The pack that 设置 names comes first: it is the one new rows are for.
const ordered = [...packs.values()].sort(
  (a, b) => Number(b.header.id === "general") - Number(a.header.id === "general"),
);

mkdirSync(join(ROOT, "templates"), { recursive: true });
writeFileSync(OUTPUT, await newLedger({ packs: ordered, language: "zh", rows, people, settings, holidays }));
process.stdout.write(`${OUTPUT}: ${rows.length} complaints\n`);
if (skipped.length > 0) process.stdout.write(`left out, pack not there: ${skipped.join(", ")}\n`);
