import { writeFileSync } from "node:fs";
import { BUILT_IN_RULES, loadRulesFolder } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";
import { crowdedLedger, peopledLedger } from "./sample/crowded-ledger.js";

/** `tsx scripts/build-crowded-ledger.ts OUT.xlsx [PERSONS]`: one person with forty penalties, or so many persons with two. */
const [out, persons] = process.argv.slice(2);
if (out === undefined) throw new Error("where to?");
const { packs } = loadRulesFolder(BUILT_IN_RULES, new Terminal("zh", false));
writeFileSync(out, await (persons === undefined ? crowdedLedger(packs) : peopledLedger(packs, Number(persons))));
