import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { csvOf, sample } from "../batch/tables.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { NOW, useFolder } from "./command.js";
import { tiaoliHere } from "./here.js";

/** `process --json`, `group --json` and the lines of `batch` say the same of the sample ledger, in the same words. */

const packs = loadAllPacks();
// As in the built command: packs that the build has passed are taken as they are.
vi.mock("../../src/cli/built-rules.js", () => ({
  builtPack: (name: string) => packs.get(name),
  builtStatutes: () => STATUTES,
}));

const at = useFolder();

type Line = Readonly<Record<string, unknown>>;
interface Printed {
  readonly rows: readonly Line[];
  readonly penalties: readonly Line[];
  readonly deductions: readonly Line[];
  readonly messages: readonly Line[];
  readonly [key: string]: unknown;
}

async function printed(...args: readonly string[]): Promise<Printed> {
  const { stdout, stderr } = await tiaoliHere([...args, "--now", NOW, "--json"]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Printed;
}

const jsonLines = (file: string): Line[] =>
  readFileSync(at(file), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);

/** Keys of each line in their order: equal texts have them so too. */
const texts = (lines: readonly Line[]): string[] => lines.map((line) => JSON.stringify(line));

let expected: Printed;
beforeEach(async () => {
  mkdirSync(at("店"));
  copyFileSync("templates/sample-ledger.xlsx", at("店/甲店.xlsx"));
  expected ??= await printed("process", at("店/甲店.xlsx"), "-o", at("out.xlsx"));
  expect(expected.rows.length).toBeGreaterThan(100);
  expect(expected.deductions.length).toBeGreaterThan(5);
});

describe("group --json", () => {
  it("prints what process --json does, with the file on every row", async () => {
    const found = await printed("group", at("店"));
    const plain = (lines: readonly Line[]): string[] =>
      texts(lines.map((line) => Object.fromEntries(Object.entries(line).filter(([key]) => key !== "file"))));
    expect(plain(found.rows)).toEqual(texts(expected.rows));
    expect(plain(found.penalties)).toEqual(texts(expected.penalties));
    expect(texts(found.deductions)).toEqual(texts(expected.deductions));
    for (const line of [...found.rows, ...found.penalties]) expect(line.file).toBe("甲店.xlsx");
    const ofRows = ({ messages }: Printed): Line[] => messages.filter((line) => "row" in line);
    expect(plain(ofRows(found))).toEqual(texts(ofRows(expected)));
    for (const line of ofRows(found)) expect(line.file).toBe("甲店.xlsx");
    expect(found.summary).toEqual(expected.summary);
    expect(Object.keys(found)).toEqual([...Object.keys(expected), "workbook", "files"]);
  }, 60_000);
});

describe("batch -o OUT.jsonl", () => {
  it("writes the lines of process --json, each table beside the rows under a name of its own", async () => {
    const { rows } = sample();
    writeFileSync(at("in.csv"), csvOf(rows));
    const { code } = await tiaoliHere([
      ...["batch", at("in.csv"), "-o", at("out.jsonl"), "--with", at("店/甲店.xlsx"), "--now", NOW],
    ]);
    expect(code).toBe(1);
    // A table without outputs has its columns elsewhere: messages name other letters.
    const unlettered = (lines: readonly Line[]): string[] =>
      texts(lines).map((line) => line.replaceAll(/投诉台账![A-Z]+/g, "投诉台账!"));
    expect(unlettered(jsonLines("out.jsonl"))).toEqual(unlettered(expected.rows));
    expect(texts(jsonLines("out.penalties.jsonl"))).toEqual(texts(expected.penalties));
    expect(texts(jsonLines("out.deductions.jsonl"))).toEqual(texts(expected.deductions));
  }, 120_000);
});
