/**
 * What posted entries cost a whole `process`: a ledger whose months are locked and posted, next to the same ledger of which
 * nothing is posted. Least processor time of child processes, in turn; both have been processed before.
 *
 *   npm run build:cli && npx tsx bench/posted.ts [--rows 100000] [--archived [--past 100000]] [--rounds 3] [--keep FOLDER]
 *
 * `--archived`: harder, since nothing is saved by what is posted: the entries are those of a past year of as many rows
 * that stand in 归档 and in the ledger no more; the ledger has another year's rows, and is measured with and without them.
 * `--past`: as many rows of the past year, if that had more or fewer.
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
    past: { type: "string" },
    archived: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    keep: { type: "string" },
  },
});
const ROWS = Number(options.rows);
/** Rows of the past year. */
const PAST = Number(options.past ?? options.rows);
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
  rmSync(output, { force: true });
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

interface Pair {
  readonly plain: string;
  readonly posted: string;
  readonly entries: number;
}

/** A ledger, processed once. */
async function made(name: string, rows: number, sheets: Beside["sheets"], first = 0): Promise<string> {
  const input = join(folder, `${name}-new.xlsx`);
  await makeLedger(input, rows, [], first, { persons: PERSONS, sheets });
  const output = join(folder, `${name}.xlsx`);
  processed(input, output, END);
  return output;
}

async function pair(): Promise<Pair> {
  const locked = await made("locked", options.archived ? PAST : ROWS, { 人员: people, 设置: settings("2028-12") });
  const book = linesOf(tableOf(locked, "Postings"));
  const entries = book.length - 1;
  if (!options.archived)
    return { plain: await made("plain", ROWS, { 人员: people, 设置: settings() }), posted: locked, entries };
  const at = book[0]!.indexOf("投诉编号");
  const numbers = new Set(book.slice(1).flatMap((line) => line[at] ?? []));
  const archive = [["投诉编号", "适用制度"], ...[...numbers].map((id) => [id, "franchise-retail"])];
  const sheets = { 人员: people, 设置: settings() };
  const log = linesOf(tableOf(locked, "AuditLog"));
  return {
    plain: await made("plain", ROWS, sheets, PAST),
    posted: await made("posted", ROWS, { ...sheets, 归档: archive, 扣款凭证: book, 处理日志: log }, PAST),
    entries,
  };
}

try {
  const { plain, posted, entries } = await pair();
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
