import { writeFileSync } from "node:fs";
import { BUILT_IN_RULES, loadRulesFolder } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";
import { newLedger } from "../src/documents/new-ledger.js";
import { readSourcesFixture, SOURCES_WORKBOOK } from "../test/process/sources-fixture.js";
import { cellsOf } from "./sample/story-cells.js";

/** Writes test/fixtures/from-the-sources.xlsx from the JSON beside it: complaints that the source documents tell of. */
const { complaints, people, settings } = readSourcesFixture();
const used = new Set(complaints.map(({ cells }) => cells.pack));
const { packs } = loadRulesFolder(BUILT_IN_RULES, new Terminal("en", false));
const bytes = await newLedger({
  packs: [...packs.values()].filter(({ header }) => used.has(header.id)),
  language: "zh",
  rows: complaints.map(({ cells }) => cellsOf(cells)),
  people,
  settings,
});
writeFileSync(SOURCES_WORKBOOK, bytes);
process.stdout.write(`${SOURCES_WORKBOOK}: ${complaints.length} complaints\n`);
