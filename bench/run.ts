/**
 * All figures in one run: `npm run bench` (which builds the command first). Rules against hand-written if/else and
 * json-rules-engine, reading and patching against exceljs, and the whole `process` against exceljs merely reading and
 * rewriting the same file (child processes, in turn).
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeLedger } from "./big-ledger.js";

const ROWS = 20_000;
const ROUNDS = 5;

for (const script of ["bench/rules.ts", "bench/files.ts", "bench/notices.ts"]) {
  execFileSync(process.execPath, ["--import", "tsx", script], { stdio: "inherit" });
}

const folder = mkdtempSync(join(tmpdir(), "tiaoli-bench-"));
try {
  const input = join(folder, "in.xlsx");
  await makeLedger(input, ROWS);
  const hook = join(folder, "usage.cjs");
  writeFileSync(
    hook,
    'process.on("exit", () => { const u = process.cpuUsage(); process.stderr.write(`\\ncpu ${(u.user + u.system) / 1e6}\\n`); });',
  );
  const rewrite = join(folder, "rewrite.mjs");
  const library = import.meta.resolve("exceljs");
  writeFileSync(
    rewrite,
    `import E from ${JSON.stringify(library)}; const w = new E.Workbook(); await w.xlsx.readFile(${JSON.stringify(input)}); await w.xlsx.writeFile(${JSON.stringify(join(folder, "rewritten.xlsx"))});`,
  );
  const cpu = (args: readonly string[]): number => {
    const { stderr } = spawnSync(process.execPath, ["--require", hook, ...args], { encoding: "utf8" });
    return Number(/\ncpu ([\d.]+)\n/.exec(stderr)![1]);
  };
  for (const pack of ["furniture-north", "franchise-retail", "general"]) {
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = cpu([
        "bin/tiaoli.js",
        "process",
        input,
        "-o",
        join(folder, "out.xlsx"),
        "--pack",
        pack,
        "--now",
        "2026-03-31T18:00",
      ]);
      ratios.push(ours / cpu([rewrite]));
    }
    ratios.sort((a, b) => a - b);
    console.log(
      `whole process, ${ROWS} rows, ${pack}: ${ratios[ROUNDS >> 1]!.toFixed(3)} of exceljs read + write (wanted: at most 0.25)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
