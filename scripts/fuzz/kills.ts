import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { folder, isSentence, prepare, tiaoli, type Took } from "./command.js";
import type { Fuzzer } from "./fuzzer.js";
import { Random } from "./random.js";
import { smallLedger } from "./small-ledger.js";

/**
 * Runs that are killed at any step they take on the disk, or at any moment, and two runs on one ledger at once: the workbook
 * and every paper is whole, as it was or as it should be, and running again ends the work and leaves nothing lying about.
 */

const NOW = ["--now", "2026-03-31T18:00"];
const AT_STEP = join(import.meta.dirname, "at-step.js");

/** A folder of its own with the ledger in it. */
class Place {
  readonly folder = mkdtempSync(join(folder, "kill-"));
  readonly ledger = join(this.folder, "in.xlsx");
  readonly out = join(this.folder, "out");

  constructor(start: Uint8Array, prepare?: (at: Place) => void) {
    writeFileSync(this.ledger, start);
    prepare?.(this);
  }

  /** Every file by its name; temporary ones, which the next run clears up, left out unless asked for. */
  files({ temporary }: { readonly temporary: boolean }): Map<string, Buffer> {
    const names = readdirSync(this.folder, { recursive: true, encoding: "utf8" })
      .filter((name) => temporary || !/(?:^|\/)\.tiaoli-/.test(name))
      .sort();
    return new Map(
      names.map((name) => {
        const path = join(this.folder, name);
        return [name, statSync(path).isFile() ? readFileSync(path) : Buffer.alloc(0)];
      }),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

interface Call {
  readonly name: string;
  /** How often it is played, beside the others. */
  readonly weight: number;
  readonly args: (at: Place) => readonly string[];
  readonly prepare?: (at: Place) => void;
  /** Its papers come into a folder that is not there yet. */
  readonly newFolder?: true;
}

const noticesOf = (month: string, at: Place, ...more: string[]): readonly string[] => [
  ...["notices", at.ledger, "--month", month, "-o", at.out, "--yes", ...NOW, ...more],
];

const CALLS: readonly Call[] = [
  { name: "process", weight: 4, args: ({ ledger }) => ["process", ledger, ...NOW] },
  {
    name: "process -o onto a file that is there",
    weight: 2,
    args: ({ ledger, out }) => ["process", ledger, "-o", `${out}.xlsx`, ...NOW],
    prepare: ({ out, ledger }) => {
      writeFileSync(`${out}.xlsx`, readFileSync(ledger));
    },
  },
  { name: "notices", weight: 2, args: (at) => noticesOf("2026-03", at), newFolder: true },
  {
    name: "notices as Word files",
    weight: 2,
    args: (at) => noticesOf("2026-03", at, "--format", "docx"),
    newFolder: true,
  },
  {
    name: "notices as Word files into a folder that is there",
    weight: 2,
    args: (at) => noticesOf("2026-03", at, "--format", "docx"),
    prepare: ({ out }) => {
      mkdirSync(out);
      writeFileSync(join(out, "TZ-202603-002 李四.docx"), "before");
    },
  },
  {
    name: "forms",
    weight: 1,
    args: ({ ledger, out }) => ["forms", ledger, "--id", "260309002", "-o", out, ...NOW],
    newFolder: true,
  },
  { name: "report", weight: 1, args: ({ ledger }) => ["report", ledger, "--month", "2026-03", ...NOW] },
];

/** What a run that nobody disturbs makes of the folder, how long it takes, and in how many steps on the disk. */
interface Plain {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly before: ReadonlyMap<string, Buffer>;
  readonly ms: number;
  readonly steps: number;
}

async function plainRun(call: Call, start: Uint8Array): Promise<Plain> {
  const at = new Place(start, call.prepare);
  const before = at.files({ temporary: true });
  const counted = join(folder, "steps");
  const began = performance.now();
  const took = await tiaoli(call.args(at), { hooks: [AT_STEP], env: { TIAOLI_STEPS: counted } });
  const ms = performance.now() - began;
  if (!isSentence(took) || took.code === 2) throw new Error(`${call.name}: ${took.stderr}`);
  const files = at.files({ temporary: true });
  at.remove();
  return { files, before, ms, steps: Number(readFileSync(counted, "utf8")) };
}

/** Throws where something is half, or there without what records it. */
function assertWhole({ files, before }: Plain, now: ReadonlyMap<string, Buffer>, { newFolder }: Call): void {
  for (const [name, bytes] of now) {
    const isWhole = [files.get(name), before.get(name)].some((one) => one?.equals(bytes) === true);
    if (!isWhole) throw new Error(`${name} is neither as it was nor as it should be`);
  }
  openFileLedger(now.get("in.xlsx")!, { codec: nodeCodec });
  const papers = [...files].filter(([name, bytes]) => name.startsWith("out/") && !before.get(name)?.equals(bytes));
  const there = papers.filter(([name, bytes]) => now.get(name)?.equals(bytes) === true);
  if (there.length > 0 && !files.get("in.xlsx")!.equals(now.get("in.xlsx")!))
    throw new Error("papers without what records them");
  if (newFolder && there.length > 0 && there.length < papers.length) throw new Error("some of the papers");
}

function assertSame(expected: ReadonlyMap<string, Buffer>, at: Place): void {
  const now = at.files({ temporary: true });
  if ([...now.keys()].join() !== [...expected.keys()].join())
    throw new Error(`after running again: ${[...now.keys()].join("、")}`);
  for (const [name, bytes] of expected)
    if (!now.get(name)!.equals(bytes)) throw new Error(`${name} is another after running again`);
}

/** Kills the same run again and again in one place, then lets it end. Gives how often it was killed before it ended by itself. */
async function killed(
  call: Call,
  plain: Plain,
  { random, start, times }: { readonly random: Random; readonly start: Uint8Array; readonly times: number },
): Promise<number> {
  const at = new Place(start, call.prepare);
  const how: string[] = [];
  let kills = 0;
  try {
    for (let i = 0; i < times; i++) {
      // Mostly at a step on the disk, where something can be torn; else at any moment.
      const byStep = random.below(6) > 0;
      const step = `${1 + random.below(plain.steps)} ${random.one(["before", "half", "after"])}`;
      const kill = plain.ms * 1.2 * random.next();
      how.push(byStep ? `at step ${step}` : `after ${Math.round(kill)} ms`);
      const { code } = await tiaoli(
        call.args(at),
        byStep ? { hooks: [AT_STEP], env: { TIAOLI_STEP: step } } : { kill },
      );
      if (code === null) kills += 1;
      assertWhole(plain, at.files({ temporary: false }), call);
    }
    const again = await tiaoli(call.args(at));
    if (!isSentence(again) || again.code === 2) throw new Error(`the next run: ${again.stderr}`);
    assertSame(plain.files, at);
    at.remove();
    return kills;
  } catch (error) {
    throw new Error(`${call.name}, killed ${how.join(", ")}: ${(error as Error).message}`, { cause: error });
  }
}

/** Two runs at once. Of each what it says; those who could not run do so again, one after the other. */
async function both(calls: readonly (readonly string[])[], what: string): Promise<readonly Took[]> {
  const runs = await Promise.all(calls.map((args) => tiaoli(args)));
  for (const run of runs) if (!isSentence(run)) throw new Error(`${what}: ${run.stderr}`);
  if (runs.every(({ code }) => code === 2)) throw new Error(`${what}: neither got through`);
  for (const [i, { code }] of runs.entries()) {
    if (code !== 2) continue;
    const again = await tiaoli(calls[i]!);
    if (!isSentence(again) || again.code === 2) throw new Error(`${what}, again: ${again.stderr}`);
  }
  return runs;
}

/** Twice the same at once comes to the same as once. */
async function racedAlike(call: Call, plain: Plain, start: Uint8Array): Promise<void> {
  const at = new Place(start, call.prepare);
  const args = call.args(at);
  await both([args, args], `${call.name}, twice at once`);
  // Of two that both did all, the second may have found nothing to do: what is there is that of one.
  await tiaoli(args);
  assertSame(plain.files, at);
  at.remove();
}

/**
 * Notices of two months at once: each penalty is noticed once in the end (by the earlier month's, or by the later one's that
 * came first), both lists are there and the books are whole. Gives how many were told.
 */
async function racedMonths(start: Uint8Array): Promise<number> {
  const at = new Place(start);
  const runs = await both([noticesOf("2026-02", at), noticesOf("2026-03", at)], "two months at once");
  const verified = await tiaoli(["verify", at.ledger]);
  if (verified.code !== 0) throw new Error(`two months at once: ${verified.stdout}${verified.stderr}`);
  const { snapshot } = openFileLedger(readFileSync(at.ledger), { codec: nodeCodec });
  const numbers = snapshot.sideTables.get("Notices")?.rows.length;
  if (numbers !== 2) throw new Error(`two months at once: ${String(numbers)} notices`);
  const names = [...at.files({ temporary: true }).keys()].join();
  for (const month of ["2026-02", "2026-03"])
    if (!names.includes(`扣款清单 ${month}.xlsx`)) throw new Error(`two months at once: ${names}`);
  if (names.includes(".tiaoli-")) throw new Error(`two months at once, left lying about: ${names}`);
  at.remove();
  return runs.filter(({ code }) => code === 2).length;
}

export const kills: Fuzzer = {
  name: "kills",
  what: "runs killed at any step on the disk or any moment, and two at once; all is whole and the next run ends right",
  runs: 500,
  async play(runs, seed) {
    prepare();
    const start = await smallLedger();
    const random = new Random(seed);
    const figures = { kills: 0, "in time": 0, "races of the same": 0, "races of two months": 0, "of them told": 0 };
    const plain = new Map<Call, Plain>();
    const weighted = CALLS.flatMap((call) => Array.from({ length: call.weight }, () => call));
    for (let done = 0, told = 0; done < runs;) {
      const call = random.one(weighted);
      const whole = plain.get(call) ?? (await plainRun(call, start));
      plain.set(call, whole);
      const kind = random.below(12);
      if (kind < 3) {
        await racedAlike(call, whole, start);
        figures["races of the same"] += 1;
        done += 1;
      } else if (kind < 5) {
        figures["of them told"] += await racedMonths(start);
        figures["races of two months"] += 1;
        done += 1;
      } else {
        const times = Math.min(1 + random.below(5), runs - done);
        const kills = await killed(call, whole, { random, start, times });
        figures.kills += kills;
        figures["in time"] += times - kills;
        // A run that ended before its step tried nothing.
        done += kills;
      }
      if (done - told >= 20) console.log(`  ${(told = done)}: ${JSON.stringify(figures)}`);
    }
    return figures;
  },
};
