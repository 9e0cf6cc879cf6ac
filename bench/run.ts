/**
 * All figures in one run: `npm run bench` (which builds the command first). Rules against hand-written if/else and
 * json-rules-engine, reading and patching against exceljs, an edited row, and the whole `process` against exceljs merely
 * reading and rewriting the same file (child processes, in turn).
 *
 *   npx tsx bench/run.ts [--whole] [--rounds 5] [--rows 20000] [--before FOLDER]
 *
 * `--whole`: only the whole `process`. `--before`: a built checkout of an earlier commit, which is measured in the same rounds.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BUILT_IN_RULES, loadRulesFolder } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";
import { makeLedger } from "./big-ledger.js";

const { values: options } = parseArgs({
  options: {
    whole: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    rows: { type: "string", default: "20000" },
    before: { type: "string" },
  },
});
const ROWS = Number(options.rows);
const ROUNDS = Number(options.rounds);
/** Ledgers by what judges them: all packs in turn, by 适用制度 of each row, or one of them. */
const PACKS = ["all packs mixed", "general", "furniture-north", "franchise-retail"] as const;

if (!options.whole)
  for (const script of ["bench/rules.ts", "bench/files.ts", "bench/notices.ts", "bench/live.ts"])
    execFileSync(process.execPath, ["--import", "tsx", script], { stdio: "inherit" });

interface Used {
  /** Processor time, seconds. */
  readonly cpu: number;
  /** Peak memory, MB. */
  readonly memory: number;
}

const folder = mkdtempSync(join(tmpdir(), "tiaoli-bench-"));
try {
  const hook = join(folder, "usage.cjs");
  writeFileSync(
    hook,
    'process.on("exit", () => { const u = process.resourceUsage(); process.stderr.write(`\\nused ${(u.userCPUTime + u.systemCPUTime) / 1e6} ${u.maxRSS / 1024}\\n`); });',
  );
  const rewrite = join(folder, "rewrite.mjs");
  const library = import.meta.resolve("exceljs");
  writeFileSync(
    rewrite,
    `import E from ${JSON.stringify(library)}; const w = new E.Workbook(); await w.xlsx.readFile(process.argv[2]); await w.xlsx.writeFile(${JSON.stringify(join(folder, "rewritten.xlsx"))});`,
  );
  const used = (args: readonly string[]): Used => {
    const { stderr } = spawnSync(process.execPath, ["--require", hook, ...args], { encoding: "utf8" });
    const [, cpu, memory] = /\nused ([\d.]+) ([\d.]+)\n/.exec(stderr) ?? [];
    if (cpu === undefined) throw new Error(stderr);
    return { cpu: Number(cpu), memory: Number(memory) };
  };
  const processed = (command: string, input: string, pack: (typeof PACKS)[number]): Used => {
    const by = pack === "all packs mixed" ? [] : ["--pack", pack];
    const now = ["--now", "2026-03-31T18:00"];
    return used([command, "process", input, "-o", join(folder, "out.xlsx"), ...by, ...now]);
  };
  const plain = join(folder, "in.xlsx");
  await makeLedger(plain, ROWS);
  const mixed = join(folder, "mixed.xlsx");
  const { packs } = loadRulesFolder(BUILT_IN_RULES, new Terminal("zh", false));
  await makeLedger(mixed, ROWS, [...packs.keys()]);
  for (const pack of PACKS) {
    const input = pack === "all packs mixed" ? mixed : plain;
    const rounds = Array.from({ length: ROUNDS }, () => ({
      exceljs: used([rewrite, input]),
      ours: processed("bin/tiaoli.js", input, pack),
      before: options.before === undefined ? undefined : processed(join(options.before, "bin/tiaoli.js"), input, pack),
    }));
    // The least of each: what else runs on the machine only ever adds.
    const least = (all: readonly (Used | undefined)[]): number => Math.min(...all.map((one) => one?.cpu ?? Infinity));
    const exceljs = least(rounds.map((round) => round.exceljs));
    const ours = least(rounds.map((round) => round.ours));
    const before = least(rounds.map((round) => round.before));
    const memory = Math.max(...rounds.map((round) => round.ours.memory));
    const told = Number.isFinite(before) ? `; before ${(before / exceljs).toFixed(3)}` : "";
    console.log(
      `whole process, ${ROWS} rows, ${pack}: ${(ours / exceljs).toFixed(3)} of exceljs read + write (wanted: at most 0.25)${told}; ${ours.toFixed(2)} s CPU, ${memory.toFixed(0)} MB`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
