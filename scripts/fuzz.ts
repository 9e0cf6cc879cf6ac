import { parseArgs } from "node:util";
import { books } from "./fuzz/books.js";
import { booksExcel, booksFiles } from "./fuzz/books-files.js";
import { groupKills } from "./fuzz/group-kills.js";
import { fullDisk } from "./fuzz/full-disk.js";
import { judging } from "./fuzz/judging.js";
import type { Fuzzer } from "./fuzz/fuzzer.js";
import { kills } from "./fuzz/kills.js";
import { order } from "./fuzz/order.js";
import { packs } from "./fuzz/packs.js";
import { reports } from "./fuzz/reports.js";
import { giants, workbooks } from "./fuzz/workbooks.js";

/**
 * `npm run fuzz [-- NAME…] [--runs N] [--seed N]`: long random runs by name, all of them if none is named. Prints the seed
 * before it begins; exit 1 at the first thing found.
 */
const FUZZERS: readonly Fuzzer[] = [
  books,
  booksFiles,
  booksExcel,
  judging,
  order,
  packs,
  reports,
  workbooks,
  giants,
  kills,
  groupKills,
  fullDisk,
];

const { values, positionals } = parseArgs({
  options: { runs: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
  allowPositionals: true,
});
const chosen = positionals.length === 0 ? FUZZERS : FUZZERS.filter(({ name }) => positionals.includes(name));
const unknown = positionals.filter((name) => !FUZZERS.some((fuzzer) => fuzzer.name === name));
if (values.help === true || unknown.length > 0) {
  for (const name of unknown) console.error(`no fuzzer of this name: ${name}`);
  for (const { name, what, runs } of FUZZERS) console.log(`${name} (${runs}): ${what}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}
for (const fuzzer of chosen) {
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const runs = values.runs === undefined ? fuzzer.runs : Number(values.runs);
  console.log(`${fuzzer.name}: ${runs} runs, seed ${seed}`);
  const start = performance.now();
  try {
    const figures = await fuzzer.play(runs, seed);
    const shown = Object.entries(figures).map(([what, n]) => `${n} ${what}`);
    console.log(`  ${shown.join(", ")}, ${Math.round((performance.now() - start) / 1000)} s`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // fast-check keeps what was found apart from what it was found with.
    if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message);
    console.error(`again with: npm run fuzz -- ${fuzzer.name} --seed ${seed} --runs ${runs}`);
    process.exitCode = 1;
    break;
  }
}
