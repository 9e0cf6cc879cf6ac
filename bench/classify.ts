/**
 * Time of classification alone, in process: the development sentences of a pack, repeated up to a number of rows.
 *
 *   npx tsx bench/classify.ts [--rows 20000] [--rounds 7] [--pack general …]
 *
 * Prints the least time of the rounds and a hash of all verdicts, so that a change that should alter nothing can be seen to.
 */
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { allSentences } from "../scripts/accuracy/sentences.js";
import type { Day } from "../src/domain/wall-time.js";
import { classify } from "../src/rules/classify.js";
import { rowScan } from "../src/rules/evaluate.js";
import { packInForce } from "../src/rules/in-force.js";
import { loadAllPacks } from "../test/packs-folder.js";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "20000" },
    rounds: { type: "string", default: "7" },
    pack: { type: "string", multiple: true, default: ["general", "restaurant", "property-management", "auto-sales"] },
  },
});
const ROWS = Number(options.rows);
const ROUNDS = Number(options.rounds);
const DAY = 46_000 as Day;

const packs = loadAllPacks();
const sentences = allSentences();
for (const name of options.pack) {
  const pack = packs.get(name);
  if (!pack) throw new Error(`no pack ${name}`);
  const texts = [...new Set(sentences.filter((one) => one.pack === name).map(({ text }) => text))];
  const inForce = packInForce(pack, DAY);
  const scan = rowScan(inForce);
  const hash = createHash("sha256");
  for (const description of texts)
    for (const verdict of Object.values(classify(inForce, { description }, scan)))
      hash.update(JSON.stringify([verdict.output, verdict.value, verdict.score, verdict.runnerUp, verdict.evidence]));
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const from = process.cpuUsage();
    for (let row = 0; row < ROWS; row++)
      classify(inForce, { description: texts[row % texts.length]! }, scan, {}, false);
    const { user, system } = process.cpuUsage(from);
    least = Math.min(least, (user + system) / 1000);
  }
  console.log(`${name}: ${least.toFixed(0)} ms for ${ROWS} rows, verdicts ${hash.digest("hex").slice(0, 12)}`);
}
