/**
 * What posted entries cost a whole `process`: a ledger whose book holds a past year's entries, next to the same ledger
 * without them. Least processor time of child processes, in turn.
 *
 *   npm run build:cli && npx tsx bench/posted.ts [--rows 100000] [--posted 100000] [--rounds 3] [--keep FOLDER]
 *
 * `--posted`: rows of the past year; their entries are about as many. Both ledgers have been processed before, so that no
 * row has to be written; 扣款凭证 holds the year's entries, and 归档 names their complaints.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { RawTable } from "../src/ledger/port.js";
import { openFileLedger } from "../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../src/ooxml/node-codec.js";
import { makeLedger, type Beside } from "./big-ledger.js";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    posted: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    keep: { type: "string" },
  },
});
const ROWS = Number(options.rows);
const POSTED = Number(options.posted);
const FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许";
const GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉";
/** 500 names, each another. */
const PERSONS = Array.from({ length: 500 }, (_, i) => `${FAMILY[i % 20]!}${GIVEN[Math.floor(i / 20)]!}`);
const PACK = ["--pack", "franchise-retail"];

const people = [
  ["工号", "姓名", "部门", "月绩效奖金", "月工资"],
  ...PERSONS.map((name, i) => [String(1000 + i), name, "营运部", 3000, 6000]),
];
const settings = (locked?: string): readonly (readonly (string | number)[])[] => [
  ["项目", "值"],
  ["当地最低工资", 2490],
  ...(locked === undefined ? [] : [["锁定至月份", locked]]),
];

const folder = options.keep ?? mkdtempSync(join(tmpdir(), "tiaoli-bench-"));
mkdirSync(folder, { recursive: true });
const hook = join(folder, "usage.cjs");
writeFileSync(
  hook,
  'process.on("exit", () => { const u = process.resourceUsage(); process.stderr.write(`\\nused ${(u.userCPUTime + u.systemCPUTime) / 1e6} ${u.maxRSS / 1024}\\n`); });',
);

interface Used {
  readonly cpu: number;
  readonly memory: number;
}

function processed(input: string, output: string, now: string): Used {
  const args = ["bin/tiaoli.js", "process", input, "-o", output, ...PACK, "--now", now];
  const { stderr } = spawnSync(process.execPath, ["--require", hook, ...args], { encoding: "utf8" });
  const [, cpu, memory] = /\nused ([\d.]+) ([\d.]+)\n/.exec(stderr) ?? [];
  if (cpu === undefined || !existsSync(output)) throw new Error(stderr);
  return { cpu: Number(cpu), memory: Number(memory) };
}

function tableOf(path: string, name: "Postings" | "AuditLog"): RawTable {
  const table = openFileLedger(readFileSync(path), { codec: nodeCodec }).snapshot.sideTables.get(name);
  if (!table) throw new Error(`${path}: no ${name}`);
  return table;
}

const linesOf = ({ headers, rows }: RawTable): (string | number | null)[][] => [
  headers.map(({ header }) => header),
  ...rows.map(({ cells }) =>
    cells.map((cell) => (typeof cell === "object" || typeof cell === "boolean" ? null : cell)),
  ),
];

const END = "2028-12-31T18:00";

/** A past year, locked and posted; then a ledger of later rows with its book, and the same without. */
async function makeBoth(): Promise<{ plain: string; posted: string; entries: number }> {
  const year = join(folder, "year.xlsx");
  const past: Beside = { persons: PERSONS, sheets: { 人员: people, 设置: settings("2027-12") } };
  await makeLedger(year, POSTED, [], 0, past);
  const closed = join(folder, "closed.xlsx");
  processed(year, closed, "2027-12-31T18:00");
  const book = linesOf(tableOf(closed, "Postings"));
  const at = book[0]!.indexOf("投诉编号");
  const numbers = new Set(book.slice(1).flatMap((line) => line[at] ?? []));
  const archive = [["投诉编号", "适用制度"], ...[...numbers].map((id) => [id, "franchise-retail"])];
  const sheets = { 人员: people, 设置: settings() };
  const whole = { ...sheets, 归档: archive, 扣款凭证: book, 处理日志: linesOf(tableOf(closed, "AuditLog")) };
  const made: string[] = [];
  for (const [name, own] of [
    ["plain", sheets],
    ["posted", whole],
  ] as const) {
    const input = join(folder, `${name}-new.xlsx`);
    await makeLedger(input, ROWS, [], POSTED, { persons: PERSONS, sheets: own });
    const output = join(folder, `${name}.xlsx`);
    processed(input, output, END);
    made.push(output);
  }
  return { plain: made[0]!, posted: made[1]!, entries: book.length - 1 };
}

try {
  const { plain, posted, entries } = await makeBoth();
  const out = join(folder, "out.xlsx");
  const rounds = Array.from({ length: Number(options.rounds) }, () => ({
    plain: processed(plain, out, END),
    posted: processed(posted, out, END),
  }));
  const least = (of: "plain" | "posted"): number => Math.min(...rounds.map((round) => round[of].cpu));
  const most = (of: "plain" | "posted"): number => Math.max(...rounds.map((round) => round[of].memory));
  console.log(
    `${ROWS} rows: ${least("plain").toFixed(2)} s CPU, ${most("plain").toFixed(0)} MB; with ${entries} posted entries ${least("posted").toFixed(2)} s, ${most("posted").toFixed(0)} MB: ${((least("posted") / least("plain") - 1) * 100).toFixed(1)} % on top (wanted: at most 10 %)`,
  );
} finally {
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
