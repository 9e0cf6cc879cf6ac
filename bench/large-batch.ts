import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * `npx tsx bench/large-batch.ts FOLDER [ROWS…]`: `batch` on tables of so many rows (default: one and ten million), with rows a
 * second, the most memory, and how cost grows from the first to the last. What is done lies in FOLDER and is not done again:
 * run it once more after it was ended, or with one size at a time. Outcomes are removed, tables and measurements stay.
 */
const [given, ...sizes] = process.argv.slice(2);
if (given === undefined) throw new Error("npx tsx bench/large-batch.ts FOLDER [ROWS…]");
const folder = resolve(given);
const counts = sizes.length === 0 ? [1_000_000, 10_000_000] : sizes.map(Number);
const root = join(import.meta.dirname, "..");

interface Measured {
  readonly rows: number;
  readonly cpu: number;
  readonly wall: number;
  readonly kilobytes: number;
  readonly outcomeBytes: number;
}

function run(words: readonly string[]): string {
  const { status, stderr, error } = spawnSync(words[0]!, words.slice(1), {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 1 << 28,
  });
  // 1: done, and a row is 数据有误.
  if (error || (status !== 0 && status !== 1)) throw error ?? new Error(`${words.join(" ")}: ${stderr.slice(-2000)}`);
  return stderr;
}

function tableOf(rows: number): string {
  const table = join(folder, `${rows}.parquet`);
  if (existsSync(table)) return table;
  const begun = join(folder, `${rows}.begun.parquet`);
  run(["npx", "tsx", "bench/make-table.ts", String(rows), begun]);
  renameSync(begun, table);
  return table;
}

function measure(rows: number): Measured {
  const kept = join(folder, `${rows}.json`);
  // Written by this script.
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8")) as Measured;
  const table = tableOf(rows);
  const out = join(folder, `${rows}.out`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const workbook = join(root, "templates/sample-ledger.xlsx");
  const batch = [join(root, "bin/tiaoli.js"), "batch", table, "-o", join(out, "OUT.jsonl"), "--with", workbook];
  const said = run(["/usr/bin/time", "-f", "measured %U %S %e %M", "node", ...batch, "--now", "2026-03-31T18:00"]);
  const [user, system, wall, kilobytes] = /measured (\S+) (\S+) (\S+) (\S+)\s*$/.exec(said)!.slice(1).map(Number);
  const measured: Measured = {
    ...{ rows, cpu: user! + system!, wall: wall!, kilobytes: kilobytes! },
    outcomeBytes: statSync(join(out, "OUT.jsonl")).size,
  };
  rmSync(out, { recursive: true, force: true });
  writeFileSync(kept, JSON.stringify(measured));
  return measured;
}

mkdirSync(folder, { recursive: true });
const all: Measured[] = [];
for (const rows of counts) {
  const one = measure(rows);
  all.push(one);
  const { cpu, wall, kilobytes, outcomeBytes } = one;
  console.log(
    `${rows} rows: ${Math.round(rows / wall)} rows a second by the clock, ${((cpu / rows) * 1e6).toFixed(0)} µs of processor a row, ` +
      `${wall.toFixed(0)} s, most memory ${(kilobytes / 1024).toFixed(0)} MB, outcome ${(outcomeBytes / 1e6).toFixed(0)} MB`,
  );
}
const [first, last] = [all[0]!, all.at(-1)!];
if (first !== last) {
  const by = (of: (one: Measured) => number): string => (of(last) / of(first)).toFixed(2);
  console.log(
    `rows ×${by(({ rows }) => rows)}: processor ×${by(({ cpu }) => cpu)}, clock ×${by(({ wall }) => wall)}, memory ×${by(({ kilobytes }) => kilobytes)}`,
  );
}
