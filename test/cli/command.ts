import ExcelJS from "exceljs";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, inject } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import type { LedgerSnapshot } from "../../src/ledger/port.js";
import { loadAllPacks } from "../packs-folder.js";

/** The built command as users run it: a child process on files in a folder of their own. */

export const ROOT = join(import.meta.dirname, "..", "..");
export const NOW = "2026-03-31T18:00";

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command; Chinese unless `env` says otherwise, whatever the machine's own language is. */
export function tiaoli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const problem = inject("commandBuildProblem");
  if (problem !== "") throw new Error(problem);
  const own = Object.entries(process.env).filter(([name]) => name !== "LANG" && !name.startsWith("LC_"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "bin", "tiaoli.js"), ...args], {
    encoding: "utf8",
    env: { ...Object.fromEntries(own), ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout, stderr };
}

/** A fresh folder for each test of the file, removed afterwards. */
export function useFolder(): (name: string) => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tiaoli-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return (name) => join(folder, name);
}

/** Names and contents of all files of a folder, to see that nothing in it has changed. */
export function contents(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true }).map((entry) => [
      entry.name,
      entry.isDirectory() ? "folder" : readFileSync(join(folder, entry.name)).toString("base64"),
    ]),
  );
}

const PEOPLE = [
  ["张三", "销售部", null, "销售经理", "李四", 1, 1500, 7000],
  ["李四", "销售部", null, "销售副总经理", null, 2, 3000, 12000],
];

/** Writes a ledger with these rows; its policy column is there, and 默认制度 is `general`. */
export async function writeLedger(
  path: string,
  rows: readonly StoryCells[],
  options: {
    readonly packs?: readonly string[];
    readonly language?: "zh" | "en";
    readonly settings?: readonly (readonly [string, string | number])[];
  } = {},
): Promise<void> {
  const packs = loadAllPacks();
  const ids = options.packs ?? ["general", "furniture-north", "restaurant"];
  const bytes = await newLedger({
    packs: ids.map((id) => packs.get(id)!),
    language: options.language ?? "zh",
    rows: rows.map(cellsOf),
    people: PEOPLE,
    settings: options.settings ?? [
      ["默认制度", ids[0]!],
      ["当地最低工资", 2490],
    ],
  });
  writeFileSync(path, bytes);
}

export function readLedger(path: string): LedgerSnapshot {
  return openFileLedger(readFileSync(path), { codec: nodeCodec }).snapshot;
}

/** Rows without fault: closed, open and fined ones. */
export const GOOD_ROWS: readonly StoryCells[] = [
  {
    receivedAt: "2026-03-16T09:00",
    customer: "甲",
    description: "机器坏了用不了，质量太差",
    firstReplyAt: "2026-03-16T10:00",
    closeAt: "2026-03-18T10:00",
  },
  {
    pack: "furniture-north",
    receivedAt: "2026-03-09T09:00",
    customer: "乙",
    description: "抱怨不知道促销政策变了",
    cause: "市场政策误解",
    person: "张三",
    answeredAt: "2026-03-09T09:20",
    closeAt: "2026-03-09T09:25",
    revisitAt: "2026-03-24T09:00",
  },
  {
    pack: "restaurant",
    receivedAt: "2026-03-30T12:00",
    customer: "丙",
    description: "菜里有头发",
    unitPrice: 30,
    quantity: 2,
    acceptsExchange: "否",
  },
];

/** Numbers of the complaints a report's workbook counts. */
export async function countedIn(path: string): Promise<string[]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  const ids: string[] = [];
  book.worksheets
    .at(-1)!
    .getColumn(1)
    .eachCell(({ value }, row) => {
      if (row > 1 && typeof value === "string") ids.push(value);
    });
  return ids;
}
