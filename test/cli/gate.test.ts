import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { expect, describe, it } from "vitest";
import { cellsOf } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { writeFileSync } from "node:fs";
import { COMMANDS } from "../../src/cli/commands.js";
import { loadAllPacks } from "../packs-folder.js";
import { contents, GOOD_ROWS, NOW, ROOT, tiaoli, useFolder } from "./command.js";

/** Where the ledger may not be judged, no command writes anything; every command says here what it does. */

const at = useFolder();

type Case = readonly string[] | "reads only" | "no ledger" | "mends inputs" | "learns from people's labels";

function callOf(name: string): readonly string[] {
  const call = CALLS[name]!(at("in.xlsx"), at("out"));
  if (typeof call === "string") throw new Error(`${name}: ${call}`);
  return call;
}

/** How each command is called so that it would write; a new one has to be added here. */
const CALLS: Readonly<Record<string, (input: string, out: string) => Case>> = {
  process: (input) => [input],
  today: (input, out) => [input, "--ics", `${out}/t.ics`, "--drafts", out],
  notices: (input, out) => [input, "--month", "2026-03", "-o", out, "--yes"],
  verify: () => "reads only",
  statement: (input, out) => [input, "--person", "张三", "-o", out],
  forms: (input, out) => [input, "--id", "20260316-001", "--form", "投诉受理单", "-o", out],
  report: (input) => [input, "--month", "2026-03"],
  explain: () => "reads only",
  check: () => "no ledger",
  compare: (input, out) => [input, "--with", `${ROOT}/rules`, "-o", `${out}/c.xlsx`],
  suggest: () => "reads only",
  learn: () => "learns from people's labels",
  "fix-headers": () => "mends inputs",
  packs: () => "no ledger",
  new: () => "no ledger",
};

async function ledger(settings: readonly (readonly [string, string | number])[]): Promise<void> {
  const packs = loadAllPacks();
  const bytes = await newLedger({
    packs: ["general", "furniture-north", "restaurant"].map((id) => packs.get(id)!),
    language: "zh",
    rows: GOOD_ROWS.map(cellsOf),
    people: [],
    settings: [["默认制度", "general"], ...settings],
  });
  writeFileSync(at("in.xlsx"), bytes);
}

describe("a ledger whose lock can't be read", () => {
  it("every command is told of here", () => {
    expect(Object.keys(CALLS)).toEqual(Object.keys(COMMANDS));
  });

  const writers = Object.keys(COMMANDS).filter((name) => typeof CALLS[name]!("", "") === "object");
  it.each(writers)("%s writes nothing and says where and what", async (name) => {
    await ledger([["锁定至月份", "三月"]]);
    mkdirSync(at("out"));
    const before = [contents(dirname(at("x"))), contents(at("out"))];
    const { code, stdout, stderr } = tiaoli([name, ...callOf(name), "--now", NOW]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^[^\n]*设置[^\n]*三月[^\n]*\n$/);
    expect([contents(dirname(at("x"))), contents(at("out"))]).toEqual(before);
  });

  it.each(writers)("%s does its work once the lock can be read", async (name) => {
    await ledger([["锁定至月份", "2026-01"]]);
    mkdirSync(at("out"));
    const before = [contents(dirname(at("x"))), contents(at("out"))];
    const { code, stderr } = tiaoli([name, ...callOf(name), "--now", NOW]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect([contents(dirname(at("x"))), contents(at("out"))]).not.toEqual(before);
  });

  it("report into a workbook of its own is refused as well", async () => {
    await ledger([["锁定至月份", "三月"]]);
    const before = contents(dirname(at("x")));
    expect(tiaoli(["report", at("in.xlsx"), "--month", "2026-03", "-o", at("r.xlsx"), "--now", NOW]).code).toBe(2);
    expect(contents(dirname(at("x")))).toEqual(before);
  });
});
