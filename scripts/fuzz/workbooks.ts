import { spawnSync } from "node:child_process";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folder, isSentence, prepare, tiaoli } from "./command.js";
import type { Fuzzer } from "./fuzzer.js";
import { GIANTS } from "./giant-workbooks.js";
import { Random } from "./random.js";

/** Hostile workbooks, by the built command: parts and bytes gone wrong, and such that are too much of something. */

const TEMPLATE = join(import.meta.dirname, "..", "..", "templates", "sample-ledger.xlsx");
const MOST_SECONDS = 5;
const MOST_MEGABYTES = 1024;

const VALUES = [
  "",
  "-1",
  "0",
  "99999999999",
  "1e308",
  "NaN",
  "A1:",
  "XFE1048577",
  "s",
  "inlineStr",
  "zzz",
  "&#0;",
  "&bogus;",
  "\ufffe",
];

/** One of the parts with something in it changed. */
function spoiltPart(xml: string, random: Random): string {
  const at = random.below(xml.length);
  switch (random.below(8)) {
    case 0:
      return xml.slice(0, at);
    case 1:
      return (
        xml.slice(0, at) + random.one(["<", ">", "&", '"', "]]>", "<!--", "<![CDATA[", "</", "\u0000"]) + xml.slice(at)
      );
    case 2: {
      // Another value for some attribute.
      const open = xml.indexOf('="', at);
      const close = xml.indexOf('"', open + 2);
      return open < 0 || close < 0 ? xml : xml.slice(0, open + 2) + random.one(VALUES) + xml.slice(close);
    }
    case 3: {
      // Another value in some cell.
      const open = xml.indexOf("<v>", at);
      const close = xml.indexOf("</v>", open);
      return open < 0 ? xml : xml.slice(0, open + 3) + random.one(VALUES) + xml.slice(close);
    }
    case 4: {
      // An element taken out, or doubled.
      const found = /<(\w+)[^>]*?(?:\/>|>[^<]*<\/\1>)/.exec(xml.slice(at));
      if (!found) return xml;
      const end = at + found.index + found[0].length;
      return random.below(2) === 0
        ? xml.slice(0, at + found.index) + xml.slice(end)
        : xml.slice(0, end) + found[0].repeat(3) + xml.slice(end);
    }
    case 5:
      return xml.replaceAll(random.one(["main", "r:id", "xmlns", "sheet", 't="s"']), "other");
    case 6:
      return `${xml.slice(0, at)}${"<x>".repeat(random.one([10, 300, 5000]))}${xml.slice(at)}`;
    default:
      return xml.toUpperCase();
  }
}

/** A workbook with something wrong in it. */
export function hostileWorkbook(seed: number): Uint8Array {
  const random = new Random(seed);
  const bytes = readFileSync(TEMPLATE);
  if (random.below(4) === 0) {
    const copy = new Uint8Array(bytes);
    for (let i = 1 + random.below(8); i > 0; i--) copy[random.below(copy.length)] = random.below(256);
    return random.below(3) === 0 ? copy.subarray(0, random.below(copy.length)) : copy;
  }
  const parts = unzipSync(bytes);
  const names = Object.keys(parts);
  for (let i = random.below(3); i >= 0; i--) {
    const name = random.one(names);
    const part = parts[name];
    if (!part) continue;
    if (random.below(6) === 0) Reflect.deleteProperty(parts, name);
    else parts[name] = strToU8(spoiltPart(strFromU8(part), random));
  }
  return zipSync(parts, { level: 1 });
}

const NOW = ["--now", "2026-03-31T18:00"];

type CommandLine = (input: string, output: string) => readonly string[];

const PROCESS: CommandLine = (input, output) => ["process", input, "-o", output, ...NOW];

/** The ways of a workbook into the command: each reads it for itself, some only parts of it. */
const COMMAND_LINES: readonly CommandLine[] = [
  PROCESS,
  (input) => ["repair", input],
  (input) => ["today", input, ...NOW],
  (input) => ["fix-headers", input],
  (input) => ["verify", input],
  (input, output) => ["learn", input, "--pack", "general", "-o", `${output}.pack`],
  (input, output) => ["notices", input, "--month", "2026-03", "-o", `${output}.notices`, "--yes", ...NOW],
  (input) => ["statement", input, "--person", "张伟"],
  (input) => ["group", dirname(input), ...NOW],
];

/** Runs the command on a workbook. Throws where it is more than a refusal in a sentence, or takes too much. */
async function tryWorkbook(
  bytes: Uint8Array,
  what: string,
  lineOf = PROCESS,
): Promise<{ seconds: number; megabytes: number; done: boolean }> {
  // A folder of its own: `group` takes every workbook in it.
  const [input, output] = [join(folder, "in", "in.xlsx"), join(folder, "out.xlsx")];
  mkdirSync(dirname(input), { recursive: true });
  writeFileSync(input, bytes);
  const line = lineOf(input, output);
  const took = await tiaoli(line);
  const { code, seconds, megabytes, stderr } = took;
  if (!isSentence(took)) throw new Error(`${what}, ${line[0] ?? ""}: exit ${code}: ${stderr.slice(0, 600)}`);
  assertBounds(took, `${what}, ${line[0] ?? ""}`);
  return { seconds, megabytes, done: code !== 2 };
}

const IN_WORKBENCH = join(import.meta.dirname, "in-workbench.ts");

/** The same in the workbench. */
function tryInWorkbench(bytes: Uint8Array, what: string): { readonly seconds: number; readonly megabytes: number } {
  const input = join(folder, "bench.xlsx");
  writeFileSync(input, bytes);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", IN_WORKBENCH, input], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${what}, workbench: exit ${String(status)}: ${stderr.slice(0, 600)}`);
  const took = JSON.parse(stdout) as {
    readonly seconds: number;
    readonly megabytes: number;
    readonly sentence?: string;
  };
  if (took.sentence !== undefined && !isSentence({ code: 2, stdout: "", stderr: `${took.sentence}\n`, ...took }))
    throw new Error(`${what}, workbench: ${took.sentence.slice(0, 600)}`);
  assertBounds(took, `${what}, workbench`);
  return took;
}

function assertBounds(
  { seconds, megabytes }: { readonly seconds: number; readonly megabytes: number },
  what: string,
): void {
  if (seconds > MOST_SECONDS || megabytes > MOST_MEGABYTES)
    throw new Error(`${what}: ${seconds.toFixed(1)} s, ${Math.round(megabytes)} MB`);
}

export const workbooks: Fuzzer = {
  name: "workbooks",
  what: "hostile workbooks by the command: done or refused in one sentence, within 5 s and 1 GB",
  runs: 300,
  async play(runs, seed) {
    prepare();
    const figures = { workbooks: 0, done: 0, "slowest ms": 0, "most MB": 0 };
    const note = async (bytes: Uint8Array, what: string, lineOf?: CommandLine): Promise<void> => {
      const { seconds, megabytes, done } = await tryWorkbook(bytes, what, lineOf);
      figures.workbooks += 1;
      if (done) figures.done += 1;
      figures["slowest ms"] = Math.max(figures["slowest ms"], Math.round(seconds * 1000));
      figures["most MB"] = Math.max(figures["most MB"], Math.round(megabytes));
    };
    for (let i = 0; i < runs; i++) {
      const lineOf = COMMAND_LINES[(seed + i) % COMMAND_LINES.length];
      await note(hostileWorkbook(seed + i), `workbook ${seed + i}`, lineOf);
    }
    return figures;
  },
};

export const giants: Fuzzer = {
  name: "giants",
  what: "workbooks that are too much of something, by the command and in the workbench: the same bounds",
  runs: GIANTS.length,
  async play(runs) {
    prepare();
    const figures = {
      ...{ workbooks: 0, done: 0, "slowest ms": 0, "most MB": 0 },
      ...{ "slowest in the workbench ms": 0, "most MB in the workbench": 0 },
    };
    // A copy: a slice of a Buffer shares its bytes.
    const ledger = new Uint8Array(readFileSync(TEMPLATE));
    const found: string[] = [];
    for (const { name, make } of GIANTS.slice(0, runs)) {
      const bytes = make(ledger);
      try {
        const command = await tryWorkbook(bytes, name);
        const bench = tryInWorkbench(bytes, name);
        const shown = [command, bench].map((one) => `${one.seconds.toFixed(1)} s ${Math.round(one.megabytes)} MB`);
        console.log(`  ${name}: ${shown.join(", ")}${command.done ? ", done" : ""}`);
        figures.workbooks += 1;
        if (command.done) figures.done += 1;
        figures["slowest ms"] = Math.max(figures["slowest ms"], Math.round(command.seconds * 1000));
        figures["most MB"] = Math.max(figures["most MB"], Math.round(command.megabytes));
        const slowest = "slowest in the workbench ms";
        figures[slowest] = Math.max(figures[slowest], Math.round(bench.seconds * 1000));
        figures["most MB in the workbench"] = Math.max(
          figures["most MB in the workbench"],
          Math.round(bench.megabytes),
        );
      } catch (error) {
        found.push((error as Error).message);
        console.log(`  found: ${(error as Error).message}`);
      }
    }
    if (found.length > 0) throw new Error(found.join("\n"));
    return figures;
  },
};
