import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { folder, isSentence, prepare, tiaoli } from "./command.js";
import type { Fuzzer } from "./fuzzer.js";
import { Random } from "./random.js";

/**
 * Runs that are killed at any moment, and two runs on one ledger at once: the workbook is always whole, as it was or as it
 * should be, and the next run ends right and leaves nothing lying about.
 */

const TEMPLATE = join(import.meta.dirname, "..", "..", "templates", "sample-ledger.xlsx");
const NOW = ["--now", "2026-03-31T18:00"];

interface Place {
  readonly ledger: string;
  readonly out: string;
  readonly names: () => string[];
}

function place(): Place {
  const own = mkdtempSync(join(folder, "kill-"));
  const ledger = join(own, "in.xlsx");
  copyFileSync(TEMPLATE, ledger);
  return { ledger, out: join(own, "out"), names: () => readdirSync(own, { recursive: true, encoding: "utf8" }).sort() };
}

/** What a run that nobody disturbs makes of the ledger, and how long it takes. */
interface Plain {
  readonly bytes: Buffer;
  readonly names: readonly string[];
  readonly ms: number;
}

type Call = (at: Place) => readonly string[];

const CALLS: readonly (readonly [name: string, call: Call])[] = [
  ["process", ({ ledger }) => ["process", ledger, ...NOW]],
  ["notices", ({ ledger, out }) => ["notices", ledger, "--month", "2026-03", "-o", out, "--yes", ...NOW]],
];

async function plainRun(call: Call): Promise<Plain> {
  const at = place();
  const start = performance.now();
  await tiaoli(call(at));
  return { bytes: readFileSync(at.ledger), names: at.names(), ms: performance.now() - start };
}

async function killed(call: Call, plain: Plain, kill: number): Promise<boolean> {
  const at = place();
  const { code } = await tiaoli(call(at), { kill });
  const bytes = readFileSync(at.ledger);
  openFileLedger(bytes, { codec: nodeCodec });
  if (!bytes.equals(readFileSync(TEMPLATE)) && !bytes.equals(plain.bytes))
    throw new Error("the workbook is neither old nor new");
  const again = await tiaoli(call(at));
  if (!isSentence(again) || again.code === 2) throw new Error(`the next run: ${again.stderr}`);
  if (!readFileSync(at.ledger).equals(plain.bytes)) throw new Error("the next run comes to something else");
  if (at.names().join() !== plain.names.join()) throw new Error(`left lying about: ${at.names().join("、")}`);
  rmSync(join(at.ledger, ".."), { recursive: true });
  return code === null;
}

/** Two runs at once: each ends right or says why not, and one more run comes to the same as a single one. */
async function raced(call: Call, plain: Plain): Promise<void> {
  const at = place();
  const runs = await Promise.all([tiaoli(call(at)), tiaoli(call(at))]);
  for (const run of runs) if (!isSentence(run)) throw new Error(`in a race: ${run.stderr}`);
  if (runs.every(({ code }) => code === 2)) throw new Error("in a race neither got through");
  await tiaoli(call(at));
  if (!readFileSync(at.ledger).equals(plain.bytes)) throw new Error("after a race the ledger says something else");
  if (at.names().join() !== plain.names.join()) throw new Error(`left lying about: ${at.names().join("、")}`);
  rmSync(join(at.ledger, ".."), { recursive: true });
}

export const kills: Fuzzer = {
  name: "kills",
  what: "runs killed at any moment, and two runs at once; the workbook is whole and the next run ends right",
  runs: 500,
  async play(runs, seed) {
    prepare();
    const random = new Random(seed);
    const figures = { kills: 0, "in time": 0, races: 0 };
    const plain = new Map<string, Plain>();
    for (const [name, call] of CALLS) plain.set(name, await plainRun(call));
    for (let i = 0; i < runs; i++) {
      const [name, call] = random.one(CALLS);
      const whole = plain.get(name)!;
      if (random.below(4) === 0) {
        await raced(call, whole);
        figures.races += 1;
      } else {
        // Most of what can be torn is at the end of a run.
        const kill = whole.ms * (random.below(2) === 0 ? random.next() : 0.7 + 0.4 * random.next());
        if (await killed(call, whole, kill)) figures.kills += 1;
        else figures["in time"] += 1;
      }
    }
    return figures;
  },
};
