import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { NOW, contents, useFolder } from "./command.js";
import { tiaoliHere } from "./here.js";

/** Threads that end in the middle of their work (killed, out of memory), or are slower than others. */

const packs = loadAllPacks();
// As in the built command: packs that the build has passed are taken as they are.
vi.mock("../../src/cli/built-rules.js", () => ({
  builtPack: (name: string) => packs.get(name),
  builtStatutes: () => STATUTES,
}));

/** Whether a thread ends instead of doing what it is asked, or does it only once another has answered. */
const fate = vi.hoisted(() => ({
  ends: (task: unknown): boolean => task === undefined,
  waits: (task: unknown): boolean => task === undefined,
  waiting: [] as (() => void)[],
}));
vi.mock(import("../../src/batch/start-thread.js"), async (original) => {
  const real = await original();
  return {
    ...real,
    startThread: (...given) => {
      const thread: Worker = real.startThread(...given);
      const post = thread.postMessage.bind(thread);
      thread.postMessage = (task: unknown) => {
        if (fate.ends(task)) void thread.terminate();
        else if (fate.waits(task)) {
          fate.waiting.push(() => {
            post(task);
          });
        } else post(task);
      };
      thread.on("message", () => {
        for (const go of fate.waiting.splice(0)) go();
      });
      return thread;
    },
  };
});
afterEach(() => {
  fate.ends = () => false;
  fate.waits = () => false;
});

const at = useFolder();

/** More than one portion. */
const ROWS = 1300;

describe("a batch", () => {
  const table = (): void => {
    const line = (i: number): string => `2026-03-02 09:00,甲${i},机器坏了用不了`;
    const lines = Array.from({ length: ROWS }, (_, i) => line(i));
    writeFileSync(at("in.csv"), `受理时间,客户名称,投诉内容\n${lines.join("\n")}\n`);
  };
  const batch = ["batch", "in.csv", "-o", "out.csv", "--now", NOW, "--threads", "2"];
  const run = (): ReturnType<typeof tiaoliHere> =>
    tiaoliHere(batch.map((arg) => (arg.endsWith(".csv") ? at(arg) : arg)));

  it("one of whose threads dies says so, and leaves the outcomes of the run before as they were", async () => {
    table();
    for (const name of ["out.csv", "out.penalties.csv"]) writeFileSync(at(name), "前次结果\n");
    const before = contents(at(""));
    let asked = 0;
    fate.ends = () => asked++ === 1;
    const { code, stdout, stderr } = await run();
    expect([code, stdout]).toEqual([2, ""]);
    expect(asked).toBeGreaterThan(1);
    expect(stderr.trim().split("\n").at(-1)).toMatch(/线程意外结束.*没有写出任何结果/);
    expect(contents(at(""))).toEqual(before);
    fate.ends = () => false;
    expect((await run()).code).toBe(0);
    expect(readFileSync(at("out.csv"), "utf8").trim().split("\n")).toHaveLength(ROWS + 1);
  }, 240_000);

  it("keeps the order of the rows, whichever thread is done first", async () => {
    table();
    let asked = 0;
    fate.waits = () => asked++ === 0;
    expect((await run()).code).toBe(0);
    expect(asked).toBeGreaterThan(1);
    const rows = readFileSync(at("out.csv"), "utf8").trim().split("\n").slice(1);
    expect(rows.map((line) => Number.parseInt(line, 10))).toEqual(Array.from({ length: ROWS }, (_, i) => i + 2));
  }, 240_000);
});

describe("a group", () => {
  const shop = async (name: string, amount: number): Promise<void> => {
    const row: StoryCells = {
      ...{ id: "L1", pack: "franchise-retail", receivedAt: "2026-03-02T09:00", customer: name, upheld: "是" },
      ...{ description: "门店发错尺码，与订单不符", closeAt: "2026-03-06T10:00", loss: amount, person: "李四" },
    };
    const people = [["A1", "李四", "营运部", null, "店长", null, 2, 3000, 5000, null, null]];
    const pack = packs.get("franchise-retail")!;
    mkdirSync(at("店"), { recursive: true });
    writeFileSync(
      at(`店/${name}.xlsx`),
      await newLedger({ packs: [pack], language: "zh", rows: [cellsOf(row)], people }),
    );
  };
  const run = (): ReturnType<typeof tiaoliHere> => tiaoliHere(["group", at("店"), "--now", NOW, "--threads", "2"]);

  it.each(["read", "write"])(
    "one of whose threads dies as it is to %s has whole workbooks and no book, and the next run ends the work",
    async (kind) => {
      for (const [i, name] of ["甲店", "乙店", "丙店"].entries()) await shop(name, 100 + i);
      const old = contents(at("店"));
      expect((await run()).code).toBe(0);
      const whole = contents(at("店"));
      rmSync(at("店/集团汇总.xlsx"));
      for (const [name, bytes] of Object.entries(old)) writeFileSync(at(`店/${name}`), Buffer.from(bytes, "base64"));
      let asked = 0;
      fate.ends = (task) => (task as { kind: string }).kind === kind && asked++ === 1;
      const { code, stderr } = await run();
      expect(code).toBe(2);
      expect(stderr.trim().split("\n").at(-1)).toMatch(/线程意外结束.*集团工作簿没有写/);
      const found = contents(at("店"));
      expect(Object.keys(found).sort()).toEqual(Object.keys(old).sort());
      for (const [name, bytes] of Object.entries(found)) expect([old[name], whole[name]]).toContain(bytes);
      fate.ends = () => false;
      expect((await run()).code).toBe(0);
      expect(contents(at("店"))).toEqual(whole);
    },
    240_000,
  );
});
