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
    report: "三月份的月报（数字、图表、数据透视表，各制度自己的报表）",
    notices: (n: number, sum: string) => `扣款通知 ${n} 份，本月扣款 ${sum} 元`,
  },
  en: {
    head: "Tiaoli demo: processing the bundled sample ledger (invented data)",
    files: "Files written:",
    ledger: "the processed ledger (complaints, penalties, deductions, audit log)",
    report: "the monthly report of March (figures, charts, PivotTables, the packs' own reports)",
    notices: (n: number, sum: string) => `${n} deduction notices, ${sum} yuan deducted this month`,
  },
} as const;

const languageOption = process.argv.find((_, i, all) => all[i - 1] === "--lang");
const language = languageOf(languageOption, process.env);
const t = TEXTS[language];
const written: (readonly [path: string, what: string])[] = [];

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

  const ledger = join("out", "processed-ledger.xlsx");
  const processed = step("process", SAMPLE, "-o", ledger, "--now", NOW, "--json");
  written.push([ledger, t.ledger]);
  const { packs } = loadRulesFolder(BUILT_IN_RULES, new Terminal(language, false));
  const titles = new Map([...packs].map(([id, { header }]) => [id, header.title[language]]));
  for (const line of summaryLines(JSON.parse(processed) as ProcessedLedger, titles, language)) show(line);

  const month = ["--month", NOW.slice(0, 7)];
  const report = join("out", `report-${NOW.slice(0, 7)}.xlsx`);
  show(step("report", ledger, ...month, "-o", report, "--now", NOW).trimEnd());
  written.push([report, t.report]);

  const { notices, deducted, files } = JSON.parse(
    step("notices", ledger, ...month, "-o", join("out", "notices"), "--yes", "--now", NOW, "--json"),
  ) as { notices: readonly unknown[]; deducted: string; files: readonly string[] };
  show(t.notices(notices.length, deducted));
  for (const file of files) written.push([file, ""]);

  show(`\n${t.files}`);
  for (const [path, what] of written) show(`  ${path}  ${what}`.trimEnd());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
