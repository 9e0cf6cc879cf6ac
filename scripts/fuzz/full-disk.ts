import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, isSentence, prepare, tiaoli } from "./command.js";
import type { Fuzzer } from "./fuzzer.js";
import { Random } from "./random.js";
import { smallLedger } from "./small-ledger.js";

/**
 * A real file system that is full: a small one in memory (Linux, root) with little room or few names left, or a limit on
 * the size of files. A run either does its work, or says that the disk is full and leaves every file as it was.
 */

const NOW = ["--now", "2026-03-31T18:00"];
const DISK = join(folder, "disk");
const LEDGER = join(DISK, "in.xlsx");

const CALLS: readonly (readonly string[])[] = [
  ["process", LEDGER],
  ["process", LEDGER, "-o", join(DISK, "out.xlsx")],
  ["notices", LEDGER, "--month", "2026-03", "-o", join(DISK, "out"), "--yes"],
  ["notices", LEDGER, "--month", "2026-03", "-o", join(DISK, "deep", "out"), "--yes", "--format", "docx"],
  ["forms", LEDGER, "--id", "260309002", "-o", join(DISK, "out")],
  ["report", LEDGER, "--month", "2026-03", "-o", join(DISK, "out.xlsx")],
  ["batch", join(DISK, "in.csv"), "-o", join(DISK, "out.csv")],
];
const TABLE = `受理时间,投诉内容\n${"2026-03-02 09:00,坏了\n".repeat(40)}`;

/** What there is too little of, and how it is brought about. */
type Shortage =
  | { readonly kind: "room"; readonly kilobytes: number }
  | { readonly kind: "names"; readonly names: number }
  | { readonly kind: "file size"; readonly kilobytes: number };

function mount(options: string): void {
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", DISK], { encoding: "utf8" });
  if (status !== 0) throw new Error(`a small file system can't be made here (Linux and root are needed): ${stderr}`);
}

function unmount(): void {
  spawnSync("umount", [DISK]);
}

/** The disk with what is read on it, and no more left than was asked for. */
function prepareDisk(start: Uint8Array, shortage: Shortage): void {
  const filled = 8 * 1024;
  mount(shortage.kind === "names" ? `size=64m,nr_inodes=${3 + shortage.names}` : `size=${filled}k`);
  writeFileSync(LEDGER, start);
  writeFileSync(join(DISK, "in.csv"), TABLE);
  if (shortage.kind !== "room") return;
  const used = Math.ceil(start.length / 4096) * 4 + Math.ceil(Buffer.byteLength(TABLE) / 4096) * 4;
  writeFileSync(join(DISK, "fill"), Buffer.alloc(Math.max(0, filled - used - shortage.kilobytes) * 1024));
}

function filesNow(): Map<string, string> {
  const names = readdirSync(DISK, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    names.map((name) => {
      const path = join(DISK, name);
      return [name, name !== "fill" && statSync(path).isFile() ? readFileSync(path).toString("base64") : ""];
    }),
  );
}

/** Whether the work was done. */
async function tried(call: readonly string[], start: Uint8Array, shortage: Shortage): Promise<boolean> {
  prepareDisk(start, shortage);
  try {
    const before = filesNow();
    const limit = shortage.kind === "file size" ? { fileKilobytes: shortage.kilobytes } : {};
    const took = await tiaoli([...call, ...NOW], limit);
    const what = `${call.slice(0, 1).join()} with ${JSON.stringify(shortage)}`;
    if (!isSentence(took)) throw new Error(`${what}: exit ${String(took.code)}: ${took.stderr.slice(0, 600)}`);
    if (took.code !== 2) return true;
    if (!took.stderr.includes("磁盘已满")) throw new Error(`${what}: ${took.stderr}`);
    const now = filesNow();
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
      (name) => before.get(name) !== now.get(name),
    );
    if (changed.length > 0) throw new Error(`${what}: not as it was: ${changed.join("、")}`);
    return false;
  } finally {
    unmount();
  }
}

function shortageOf(random: Random): Shortage {
  switch (random.below(3)) {
    case 0:
      return { kind: "names", names: random.below(8) };
    case 1:
      return { kind: "file size", kilobytes: 1 + random.below(60) };
    default:
      return { kind: "room", kilobytes: 4 * random.below(60) };
  }
}

export const fullDisk: Fuzzer = {
  name: "full-disk",
  what: "a real file system without room or names, or a limit on file sizes: done, or told and all as it was (Linux, root)",
  runs: 60,
  async play(runs, seed) {
    prepare();
    mkdirSync(DISK);
    const start = await smallLedger();
    const random = new Random(seed);
    const figures = { done: 0, "no room": 0, "no names": 0, "file too large": 0 };
    const told = { room: "no room", names: "no names", "file size": "file too large" } as const;
    for (let i = 0; i < runs; i++) {
      const shortage = shortageOf(random);
      const isDone = await tried(CALLS[i % CALLS.length]!, start, shortage);
      figures[isDone ? "done" : told[shortage.kind]] += 1;
    }
    rmSync(DISK, { recursive: true });
    return figures;
  },
};
