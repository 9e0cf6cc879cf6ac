import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { WorkbookError } from "../src/ooxml/workbook-error.js";
import { newProblems } from "../test/ooxml/support/package-lint.js";
import { contradictions } from "../test/support/outcome-laws.js";
import { lostContent } from "../test/support/workbook-laws.js";
import { isSentence, prepare, tiaoli } from "./fuzz/command.js";

/**
 * `npm run check-workbooks -- FOLDER [--now T] [--pack ID] [--office]`: runs the command on every workbook of a folder, on
 * copies, and holds each to what no run may break: done or refused in one sentence; nothing of the workbook lost; the
 * package no worse than it was; nothing said twice or against itself; a second run changes nothing. `--office` also opens
 * every output in LibreOffice. Prints an outcome a line; exit 1 if a law is broken.
 */

const { values, positionals } = parseArgs({
  options: { now: { type: "string" }, pack: { type: "string" }, office: { type: "boolean" } },
  allowPositionals: true,
});
const [source] = positionals;
if (source === undefined) {
  console.error("npm run check-workbooks -- FOLDER [--now 2026-03-31T18:00] [--pack ID] [--office]");
  process.exit(2);
}
const options = [
  ...["--now", values.now ?? "2026-03-31T18:00"],
  ...(values.pack === undefined ? [] : ["--pack", values.pack]),
];
const folder = mkdtempSync(join(tmpdir(), "tiaoli-check-"));
prepare();
let broken = 0;
for (const name of readdirSync(source)
  .filter((one) => /\.xls[xm]$/iu.test(one))
  .sort()) {
  const faults = await faultsOf(join(source, name));
  for (const fault of faults) console.log(`  ✗ ${fault}`);
  if (faults.length > 0) broken += 1;
}
rmSync(folder, { recursive: true, force: true });
console.log(broken === 0 ? "all laws hold" : `${broken} workbooks break a law`);
process.exitCode = broken === 0 ? 0 : 1;

async function faultsOf(path: string): Promise<string[]> {
  const input = join(folder, basename(path));
  // A copy of its own: the folder may be read-only.
  writeFileSync(input, readFileSync(path));
  const output = join(folder, `out-${basename(path)}`);
  let sheet: readonly string[] = [];
  let first = await tiaoli(["process", input, "-o", output, "--json", ...options]);
  if (first.code === 2 && first.stderr.includes("--sheet 全部")) {
    sheet = ["--sheet", "全部"];
    first = await tiaoli(["process", input, "-o", output, "--json", ...options, ...sheet]);
  }
  if (!isSentence(first)) return [`exit ${first.code}: ${first.stderr.slice(0, 400)}`];
  console.log(
    `${basename(path)}: exit ${first.code}, ${first.seconds.toFixed(1)} s, ${Math.round(first.megabytes)} MB`,
  );
  if (first.code === 2) {
    console.log(`  ${first.stderr.trim()}`);
    return [];
  }
  const outcome = JSON.parse(first.stdout) as Parameters<typeof contradictions>[0];
  tell(outcome);
  const [before, after] = [new Uint8Array(readFileSync(input)), new Uint8Array(readFileSync(output))];
  const again = await tiaoli(["process", output, "--json", ...options, ...sheet]);
  const changed = !Buffer.from(after).equals(readFileSync(output));
  return [
    ...contradictions(outcome),
    ...lostContent(before, after).slice(0, 8),
    ...worsened(before, after),
    ...(again.code === first.code ? [] : [`second run: exit ${again.code}: ${again.stderr.slice(0, 200)}`]),
    ...(changed ? ["a second run changes the workbook"] : []),
    ...(values.office === true ? opened(output) : []),
  ];
}

/** A part too large for the linter's tree is said, not passed over. */
function worsened(before: Uint8Array, after: Uint8Array): string[] {
  try {
    return newProblems(before, after);
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    console.log(`  not linted: ${error.message}`);
    return [];
  }
}

function tell({ rows, messages, penalties }: Parameters<typeof contradictions>[0]): void {
  const statuses = new Map<string, number>();
  for (const { status = "" } of rows) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  console.log(`  ${[...statuses].map(([status, n]) => `${status} ${n}`).join("，")}；${penalties.length} penalties`);
  for (const { row, text } of messages) if (row === undefined) console.log(`  ! ${text}`);
}

/** Whether LibreOffice opens it. */
function opened(path: string): string[] {
  const { status, stderr } = spawnSync(
    "soffice",
    [`-env:UserInstallation=file://${folder}/office`, "--headless", "--convert-to", "csv", "--outdir", folder, path],
    { encoding: "utf8" },
  );
  return status === 0 && !stderr.includes("Error") ? [] : [`LibreOffice: ${stderr.slice(0, 200)}`];
}
