/**
 * Time and peak memory of a thousand deduction notices: `npx tsx bench/notices.ts [persons]`. The command runs as a child
 * process on a ledger of as many persons with two penalties each, as one workbook, a workbook a person, and Word files.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peopledLedger } from "../scripts/sample/crowded-ledger.js";
import { BUILT_IN_RULES, loadRulesFolder } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";

const persons = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), "tiaoli-bench-"));
try {
  const { packs } = loadRulesFolder(BUILT_IN_RULES, new Terminal("zh", false));
  const ledger = join(folder, "ledger.xlsx");
  writeFileSync(ledger, await peopledLedger(packs, persons));
  const hook = join(folder, "usage.cjs");
  writeFileSync(
    hook,
    'process.on("exit", () => { const u = process.resourceUsage(); process.stderr.write(`\\nused ${u.maxRSS / 1024} ${(u.userCPUTime + u.systemCPUTime) / 1e6}\\n`); });',
  );
  for (const [label, options] of [
    ["one workbook", []],
    ["a workbook each", ["--per-person"]],
    ["Word files", ["--format", "docx"]],
  ] as const) {
    const input = join(folder, "in.xlsx");
    copyFileSync(ledger, input);
    const out = join(folder, `out ${label}`);
    const start = performance.now();
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        ...["--require", hook, "bin/tiaoli.js", "notices", input],
        ...["--month", "2026-03", "--yes", "-o", out, "--now", "2026-03-31T18:00", ...options],
      ],
      { encoding: "utf8" },
    );
    const seconds = (performance.now() - start) / 1000;
    const used = /\nused ([\d.]+) ([\d.]+)\n/.exec(stderr);
    if (status !== 0 || !used) throw new Error(stderr);
    const [memory, cpu] = used.slice(1).map(Number) as [number, number];
    const files = readdirSync(out).length;
    console.log(
      `${persons} notices, ${label}: ${seconds.toFixed(1)} s (${cpu.toFixed(1)} s CPU), ${memory.toFixed(0)} MB, ${files} files (wanted: under 20 s, 600 MB)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
