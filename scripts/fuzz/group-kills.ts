import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { newLedger } from "../../src/documents/new-ledger.js";
import { loadAllPacks } from "../../test/packs-folder.js";
import { cellsOf } from "../sample/story-cells.js";
import { folder, isSentence, prepare, tiaoli } from "./command.js";
import type { Fuzzer } from "./fuzzer.js";
import { Random } from "./random.js";

/**
 * Runs of `group` that are killed at any step they take on the disk, or at any moment: every workbook is as it was or as it
 * should be, and running again ends with the bytes of a run that nobody disturbed, nothing posted twice.
 */

const NOW = ["--now", "2026-03-31T18:00"];
const AT_STEP = join(import.meta.dirname, "at-step.js");
const OWN = "集团汇总.xlsx";
const SHOPS = ["东区/甲店.xlsx", "东区/乙店.xlsx", "西区/丙店.xlsx", "丁店.xlsx"];

type Files = ReadonlyMap<string, Buffer>;

/** A group whose month is locked, so that its run posts. */
async function makeGroup(at: string): Promise<void> {
  const pack = loadAllPacks().get("franchise-retail")!;
  const put = (file: string, bytes: Uint8Array): void => {
    mkdirSync(dirname(join(at, file)), { recursive: true });
    writeFileSync(join(at, file), bytes);
  };
  for (const [i, file] of SHOPS.entries()) {
    const row = cellsOf({
      ...{ pack: "franchise-retail", receivedAt: "2026-03-02T09:00", customer: file, upheld: "是" },
      ...{ description: "门店发错尺码，与订单不符", closeAt: "2026-03-06T10:00", loss: 600 + i, person: "李四" },
      // Without a number: it is given one, and the same whenever the run is taken up again.
      ...(i % 2 === 0 ? {} : { id: "L1" }),
    });
    const people = [["A1", "李四", "营运部", null, "店长", null, 2, 3000, 5000, null, null]];
    put(file, await newLedger({ packs: [pack], language: "zh", rows: [row], people }));
  }
  put(OWN, await newLedger({ packs: [pack], language: "zh", settings: [["锁定至月份", "2026-03"]] }));
}

function filesIn(at: string, { temporary }: { readonly temporary: boolean }): Map<string, Buffer> {
  const names = readdirSync(at, { recursive: true, encoding: "utf8" })
    .filter((name) => (temporary || !/(?:^|\/)\.tiaoli-/.test(name)) && statSync(join(at, name)).isFile())
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(at, name))]));
}

export interface PlainGroup {
  /** A folder to copy for every play. */
  readonly start: string;
  readonly before: Files;
  readonly after: Files;
  readonly ms: number;
  readonly steps: number;
}

/** What a run that nobody disturbs makes of the group. */
export async function plainGroup(): Promise<PlainGroup> {
  const start = mkdtempSync(join(folder, "group-"));
  await makeGroup(start);
  const at = copyOf(start);
  const counted = join(folder, "group-steps");
  const began = performance.now();
  const took = await tiaoli(["group", at, ...NOW], { hooks: [AT_STEP], env: { TIAOLI_STEPS: counted } });
  const ms = performance.now() - began;
  if (!isSentence(took) || took.code === 2) throw new Error(`group: ${took.stderr}`);
  const steps = Number(readFileSync(counted, "utf8"));
  const after = filesIn(at, { temporary: true });
  rmSync(at, { recursive: true });
  return { start, before: filesIn(start, { temporary: true }), after, ms, steps };
}

function copyOf(start: string): string {
  const at = mkdtempSync(join(folder, "group-"));
  cpSync(start, at, { recursive: true });
  return at;
}

/** Kills the run so many times in one folder, then lets it end. Gives how often it was killed before it ended by itself. */
export async function killedGroup(plain: PlainGroup, random: Random, times: number): Promise<number> {
  const at = copyOf(plain.start);
  const how: string[] = [];
  let kills = 0;
  try {
    for (let i = 0; i < times; i++) {
      const byStep = random.below(4) > 0;
      const step = `${1 + random.below(plain.steps)} ${random.one(["before", "half", "after"])}`;
      const kill = plain.ms * 1.2 * random.next();
      how.push(byStep ? `at step ${step}` : `after ${Math.round(kill)} ms`);
      const running = byStep ? { hooks: [AT_STEP], env: { TIAOLI_STEP: step } } : { kill };
      if ((await tiaoli(["group", at, ...NOW], running)).code === null) kills += 1;
      for (const [name, bytes] of filesIn(at, { temporary: false })) {
        const isWhole = [plain.before, plain.after].some((files) => files.get(name)?.equals(bytes) === true);
        if (!isWhole) throw new Error(`${name} is neither as it was nor as it should be`);
      }
    }
    const again = await tiaoli(["group", at, ...NOW]);
    if (!isSentence(again) || again.code === 2) throw new Error(`the next run: ${again.stderr}`);
    const now = filesIn(at, { temporary: true });
    if ([...now.keys()].join() !== [...plain.after.keys()].join())
      throw new Error(`left: ${[...now.keys()].join("、")}`);
    for (const [name, bytes] of plain.after)
      if (!now.get(name)!.equals(bytes)) throw new Error(`${name} is another after running again`);
    rmSync(at, { recursive: true });
    return kills;
  } catch (error) {
    throw new Error(`group in ${at}, killed ${how.join(", ")}: ${(error as Error).message}`, { cause: error });
  }
}

export const groupKills: Fuzzer = {
  name: "group-kills",
  what: "runs of group killed at any step on the disk or any moment; every workbook is whole and the next run ends right",
  runs: 300,
  async play(runs, seed) {
    prepare();
    const random = new Random(seed);
    const plain = await plainGroup();
    const figures = { kills: 0, "in time": 0 };
    for (let done = 0; done < runs;) {
      const times = Math.min(1 + random.below(4), runs - done);
      const kills = await killedGroup(plain, random, times);
      figures.kills += kills;
      figures["in time"] += times - kills;
      done += times;
      console.log(`  ${done}: ${JSON.stringify(figures)}`);
    }
    return figures;
  },
};
