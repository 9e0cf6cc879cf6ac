import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { GOOD_ROWS, NOW, ROOT, useFolder, writeLedger } from "./command.js";
import { tiaoliHere } from "./here.js";

/** Learned weights and word lists that nobody should write: one sentence that names the file, within five seconds. */

const at = useFolder();
const MOST_SECONDS = 5;

interface Model {
  readonly output: string;
  readonly labels: readonly string[];
  readonly scale: number;
  readonly pieces: string;
  readonly weights: string;
}

const LEARNED = readFileSync(join(ROOT, "rules/general/learned.json"), "utf8");
const [MODEL] = (JSON.parse(LEARNED) as { models: [Model] }).models;
const two = MODEL.labels.slice(0, 2);
const file = (...models: readonly object[]): string => JSON.stringify({ generated: "x", models });
const model = (over: object): string => file({ ...MODEL, ...over });
const words = (count: number): object => ({
  ...{ output: "category", labels: two, scale: 1, weights: "K".repeat(count) },
  pieces: Array.from({ length: count }, (_, i) => `词${i}`).join("\n"),
});

type Spoil = (path: string) => void;
const text =
  (content: string | Uint8Array): Spoil =>
  (path) => {
    writeFileSync(path, content);
  };
const link =
  (target: string): Spoil =>
  (path) => {
    rmSync(path);
    symlinkSync(target, path);
  };
const utf16 = (content: string): Buffer => Buffer.from(content, "utf16le");
const GB18030 = Buffer.from("7b22d6d0cec4223a312c22c8a5223a327d", "hex");

/** What is wrong, and what the sentence says of it beside the file. */
const FILES: readonly (readonly [string, Spoil, RegExp])[] = [
  ["in GB18030", text(GB18030), /GB18030/],
  ["in UTF-16 with its mark", text(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(LEARNED)])), /UTF-16 LE/],
  ["a link that leads nowhere", link("nowhere"), /链接/],
  ["a link to a device", link("/dev/zero"), /不是文件/],
  ["of twenty megabytes", text("词\n".repeat(5_000_000)), /太大/],
];

const WEIGHTS: readonly (readonly [string, Spoil, RegExp])[] = [
  ...FILES,
  ["cut off", text(LEARNED.slice(0, 5000)), /:\d+:\d+：.*JSON/],
  ["a list", text("[]"), /应为对象/],
  ["null", text("null"), /应为对象/],
  ["nothing at all", text(""), /:1:1：/],
  ["nested 200,000 deep", text(`{"generated":"x","models":${"[".repeat(200_000)}`), /嵌套/],
  ["a million lines", text(LEARNED.replace("{", `{${"\n".repeat(1_000_000)}"x":1,`)), /:\d+:\d+：/],
  ["a name of the language's own", text(LEARNED.replace('"output"', '"__proto__"')), /__proto__/],
  ["NaN", text(model({}).replace(/"scale":[\d.]+/, '"scale":NaN')), /JSON/],
  ["a number beyond all numbers", text(model({}).replace(/"scale":[\d.]+/, '"scale":1e999')), /scale.*不能大于/],
  ["a megabyte of digits", text(model({}).replace(/"scale":[\d.]+/, `"scale":${"9".repeat(1_000_000)}`)), /scale/],
  ["a negative step", text(model({ scale: -1 })), /scale/],
  ["a step as a text", text(model({ scale: "1" })), /scale/],
  ["an output that is none", text(model({ output: "constructor" })), /output/],
  ["a label that is none", text(model({ labels: ["constructor", ...MODEL.labels.slice(1)] })), /constructor/],
  ["a label within one that is none", text(model({ within: "无" })), /标签/],
  ["a hundred thousand labels", text(model({ labels: Array(100_000).fill(two[0]) })), /labels.*最多/],
  ["forty thousand models", text(file(...Array<object>(40_000).fill(words(1)))), /models.*最多 100 项/],
  ["the same twice", text(file(MODEL, MODEL)), /两份/],
  ["weights that are none", text(model({ weights: "\u0000".repeat(MODEL.weights.length) })), /权重/],
  ["too few weights", text(model({ weights: "K" })), /权重/],
  ["four hundred thousand pieces", text(file(words(400_000))), /超过 100000 个/],
  ["empty pieces", text(file({ ...words(2), pieces: "\n" })), /片段有空的/],
  ["one piece of a million characters", text(file({ ...words(1), pieces: "赔".repeat(1_000_000) })), /100 个字/],
];

async function refused(args: readonly string[]): Promise<string> {
  const before = process.cpuUsage();
  const { code, stdout, stderr } = await tiaoliHere(args);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(MOST_SECONDS);
  expect([code, stdout]).toEqual([2, ""]);
  // One line, no trace, no library's English.
  expect(stderr).toMatch(/^[^\n]{1,600}\n$/);
  expect(stderr).not.toMatch(/程序内部出错|undefined|\[object/);
  return stderr;
}

describe("learned weights", () => {
  beforeEach(async () => {
    cpSync(join(ROOT, "rules/general"), at("rules/general"), { recursive: true });
    await writeLedger(at("in.xlsx"), GOOD_ROWS.slice(0, 1), { packs: ["general"] });
  });

  it.each(WEIGHTS)("%s: process writes nothing, check names file and place", async (_, spoil, says) => {
    spoil(at("rules/general/learned.json"));
    const before = readFileSync(at("in.xlsx"));
    const sentence = await refused(["process", at("in.xlsx"), "--rules", at("rules"), "--now", NOW]);
    expect(sentence).toContain("general/learned.json");
    expect(sentence).toMatch(says);
    expect(readFileSync(at("in.xlsx"))).toEqual(before);
    const { code, stdout, stderr } = await tiaoliHere(["check", at("rules")]);
    // What stands in a file is a finding of check's, a file that can't be read is none.
    expect(code).toBe(stdout === "" ? 2 : 1);
    expect(stdout + stderr).toContain("general/learned.json");
    expect(stdout + stderr).toMatch(says);
  });

  it("names of concepts that the program doesn't know say nothing", async () => {
    const pieces = "@constructor\n@__proto__\n@toString\n@nosuch\n@";
    writeFileSync(at("rules/general/learned.json"), file({ ...words(5), pieces }));
    const run = await tiaoliHere(["process", at("in.xlsx"), "--rules", at("rules"), "--now", NOW]);
    expect(run).toMatchObject({ code: 0 });
  });
});

describe("word lists beside the rules", () => {
  beforeEach(() => {
    cpSync(join(ROOT, "rules/general"), at("rules/general"), { recursive: true });
    cpSync(join(ROOT, "rules/lexicon"), at("rules/lexicon"), { recursive: true });
  });
  const phrases = (): string[] => ["check", at("rules"), "--phrases"];

  it.each(FILES)("%s: check --phrases names the file", async (_, spoil, says) => {
    spoil(at("rules/lexicon/fire.txt"));
    const sentence = await refused(phrases());
    expect(sentence).toContain("lexicon/fire.txt");
    expect(sentence).toMatch(says);
  });

  it("a file in the place of their folder is told", async () => {
    rmSync(at("rules/lexicon"), { recursive: true });
    writeFileSync(at("rules/lexicon"), "");
    expect(await refused(phrases())).toContain("lexicon");
  });

  it.each<[string, Spoil]>([
    ["a million lines", text("词\n".repeat(1_000_000))],
    ["JSON", text('{"strong": [')],
    ["one line of a million characters", text("词".repeat(1_000_000))],
    ["nothing", text("")],
    [
      "gone",
      (path) => {
        rmSync(path);
      },
    ],
    [
      "a folder",
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])("%s: phrases are named without their line", async (_, spoil) => {
    spoil(at("rules/lexicon/fire.txt"));
    const { code, stdout } = await tiaoliHere(phrases());
    expect(code).toBeLessThan(2);
    expect(stdout).toMatch(/lexicon\/fire\.txt(?!:)/);
    expect(stdout).toMatch(/lexicon\/theft\.txt:\d+/);
  });

  it("change nothing of what is judged: the program brings its own", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS.slice(0, 1), { packs: ["general"] });
    const judged = async (): Promise<string> =>
      (await tiaoliHere(["process", at("in.xlsx"), "--rules", at("rules"), "--now", NOW, "--json", "-o", at("o.xlsx")]))
        .stdout;
    const before = await judged();
    for (const [, spoil] of FILES) spoil(at("rules/lexicon/fire.txt"));
    expect(before).not.toBe("");
    expect(await judged()).toBe(before);
  });
});
