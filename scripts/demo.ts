import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { BUILT_IN_RULES, loadRulesFolder } from "../src/cli/rules-folder.js";
import { languageOf, Terminal } from "../src/cli/terminal.js";
import { buildIfNeeded, ROOT, tiaoli } from "./demo/command.js";
import { summaryLines, type ProcessedLedger } from "./demo/summary.js";

/**
 * `npm run demo [-- --lang en]`: runs the real command on the bundled sample ledger and shows what came of it. Faulty rows
 * are part of the sample, so exit code 1 of `process` is expected here and the demo itself ends with 0.
 */
const NOW = "2026-03-31T18:00";
const SAMPLE = join("templates", "sample-ledger.xlsx");

const TEXTS = {
  zh: {
    head: "条理 Tiaoli 演示：处理自带的样例台账（虚构数据）",
    files: "已写入：",
    ledger: "处理后的台账（投诉台账、处罚明细、扣款台账、处理日志）",
  },
  en: {
    head: "Tiaoli demo: processing the bundled sample ledger (invented data)",
    files: "Files written:",
    ledger: "the processed ledger (complaints, penalties, deductions, audit log)",
  },
} as const;

const languageOption = process.argv.find((_, i, all) => all[i - 1] === "--lang");
const language = languageOf(languageOption, process.env);
const t = TEXTS[language];
const written: (readonly [path: string, what: string])[] = [];

/** A path in out/, noted for the list at the end. */
function output(name: string, what: string): string {
  const path = join("out", name);
  written.push([path, what]);
  return path;
}

function show(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Runs one command line, shown as a user would type it, and gives what it printed. */
function step(...args: string[]): string {
  show(`\n$ npx tiaoli ${args.filter((arg) => arg !== "--json").join(" ")}\n`);
  return tiaoli(...args, "--lang", language).stdout;
}

try {
  buildIfNeeded();
  mkdirSync(join(ROOT, "out"), { recursive: true });
  show(t.head);

  const ledger = output("processed-ledger.xlsx", t.ledger);
  const processed = step("process", SAMPLE, "-o", ledger, "--now", NOW, "--json");
  const { packs } = loadRulesFolder(BUILT_IN_RULES, new Terminal(language, false));
  const titles = new Map([...packs].map(([id, { header }]) => [id, header.title[language]]));
  for (const line of summaryLines(JSON.parse(processed) as ProcessedLedger, titles, language)) show(line);

  show(`\n${t.files}`);
  for (const [path, what] of written) show(`  ${path}  ${what}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
