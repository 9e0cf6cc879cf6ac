/**
 * Learns what pieces of text say for and against the labels of every pack, from the labelled sentences of
 * test/fixtures/development-sentences and the packs' own cases, and writes it into rules/<pack>/learned.json.
 *
 *   npx tsx scripts/learn-language.ts [pack …]
 *
 * Sentences of sister labels (the same meaning in another pack) count half. Some writers are never learned from (UNSEEN in
 * accuracy/lessons.ts); scripts/accuracy.ts measures with theirs alone.
 */
import { lessonsOf, learnPacks, writeLearned } from "./accuracy/lessons.js";
import { allSentences } from "./accuracy/sentences.js";
import { PACK_FOLDERS } from "../test/packs-folder.js";

const [, , ...wanted] = process.argv;
const folders = PACK_FOLDERS.filter((folder) => wanted.length === 0 || wanted.includes(folder));
const learned = learnPacks(folders, lessonsOf(allSentences()));
for (const folder of folders) {
  const bytes = writeLearned(folder, learned.get(folder) ?? []);
  console.log(`${folder}: ${bytes} bytes`);
}
