/**
 * Writes src/domain/lexicon.generated.ts from the plain files of rules/lexicon, so that command, worker and pane carry the
 * same words without reading a folder.
 *
 *   npx tsx scripts/build-lexicon.ts
 */
import { writeFileSync } from "node:fs";
import { LEXICON_MODULE, lexiconModule } from "./lexicon/lexicon-module.js";

writeFileSync(LEXICON_MODULE, lexiconModule());
console.log(LEXICON_MODULE);
