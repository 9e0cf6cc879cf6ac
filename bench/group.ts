import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeLedger } from "./big-ledger.js";

/**
 * `npx tsx bench/group.ts [WORKBOOKS] [ROWS] [SINGLE]`: so many workbooks of so many rows in one run of `group`, against a
 * run of `process` for each of `SINGLE` of them (default: all). Processor time is that of the processes and their threads.
 */
const [workbooks = 300, rows = 150, single = workbooks] = process.argv.slice(2).map(Number);
const NOW = "2026-03-31T18:00";
const folder = mkdtempSync(join(tmpdir(), "tiaoli-group-"));
const bin = join(import.meta.dirname, "..", "bin", "tiaoli.js");

interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

function spent(args: readonly string[]): Spent {
  const began = performance.now();
  // `time` of the shell, since Node tells nothing of a child's processor time.
  const script = `TIMEFORMAT='%U %S'; time node ${args.map((arg) => `'${arg}'`).join(" ")} >/dev/null 2>/dev/null`;
  const { stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  const [user = 0, system = 0] = stderr.trim().split(" ").map(Number);
  return { wall: (performance.now() - began) / 1000, cpu: user + system };
}

try {
  mkdirSync(join(folder, "shops"));
  const packs = ["general", "franchise-retail", "furniture-north"];
  for (let i = 0; i < workbooks; i++) await makeLedger(join(folder, "shops", `shop${i}.xlsx`), rows, packs, i * rows);
  cpSync(join(folder, "shops"), join(folder, "alone"), { recursive: true });
  const first = spent([bin, "group", join(folder, "shops"), "--now", NOW]);
  const second = spent([bin, "group", join(folder, "shops"), "--now", NOW]);
  const alone = { wall: 0, cpu: 0 };
  for (const name of readdirSync(join(folder, "alone")).slice(0, single)) {
    const { wall, cpu } = spent([bin, "process", join(folder, "alone", name), "--now", NOW]);
    alone.wall += wall;
    alone.cpu += cpu;
  }
  const scale = workbooks / single;
  const shown = ({ wall, cpu }: Spent, by = 1): string =>
    `${(wall * by).toFixed(1)} s, of which processor ${(cpu * by).toFixed(1)} s`;
  console.log(`${workbooks} workbooks × ${rows} rows`);
  console.log(`group, first run: ${shown(first)}`);
  console.log(`group, nothing new: ${shown(second)}`);
  console.log(`${single} single runs${scale === 1 ? "" : `, times ${scale.toFixed(1)}`}: ${shown(alone, scale)}`);
  console.log(
    `ratio: ${((alone.cpu * scale) / first.cpu).toFixed(1)} by processor time, ${((alone.wall * scale) / first.wall).toFixed(1)} by the clock`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
