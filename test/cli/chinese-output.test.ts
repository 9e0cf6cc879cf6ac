import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSheets } from "../../src/ledger/file/sheet-grids.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { patchCells } from "../../src/ooxml/patch-cells.js";
import { FACT_NAMES } from "../../src/rules/facts.js";
import * as vocabulary from "../../src/rules-sheets/vocabulary.js";
import { ALL_PACKS, row } from "../documents/reports/random-ledger.js";
import { loadAllPacks } from "../packs-folder.js";
import { latinRuns } from "../support/latin-runs.js";
import { NOW, ROOT, tiaoli, useFolder, writeLedger } from "./command.js";

/** What commands say and write in Chinese holds no Latin word that is neither in the ledger nor one to be typed. */

const at = useFolder();

/** Milliseconds for some ten runs of the command: 33 s on a machine with a load of 10. */
const A_DOZEN_RUNS = 240_000;

/** Products, files, commands, a system that a regulation names, who runs the test, and ids of rules, which stand in 规则. */
const ALLOWED = new Set([
  ...`Excel WPS tiaoli process npx fix-headers xlsx csv pdf docx ics eml json README.md Z D D1 D2 D3 D4 D5 D6 D7 D8 OMS`.split(
    " ",
  ),
  ...[...loadAllPacks().values()].flatMap(({ rules }) => rules.map(({ rule: { id } }) => id)),
  userInfo().username,
]);
const OF_A_FORM = [
  /^[A-Z]{1,3}\d+$/,
  /^[0-9a-f]{6,}$/,
  /^W\d\d$/,
  /^H[12]$/,
  /^PZ[\d-]+$/,
  /^ZT-[0-9a-f]+$/,
  /^TZ-\d+-\d+$/,
  /^T[\d:]+$/,
];

/** A pack as the log and 规则版本 name it, for an auditor: its id, version and hash. */
const VERSION = /[a-z-]+ \d+\.\d+\.\d+ [0-9a-f]{8}/g;

/** Where in the pack's files a rule stands, for whoever wants to read it. */
const RULE_PLACE = /[a-z-]+\/[a-z]+\.json:\d+(?:，表 [a-z-]+ 第\d+行)?/g;
/** A file of the test's own folder. */
const WRITTEN = /\/tmp\/tiaoli-[^ （]*/g;

/** All texts of a workbook: names of sheets and cells. */
function textsOf(path: string): string[] {
  return readSheets(readFileSync(path), nodeCodec).flatMap(({ name, rows }) => [
    name,
    ...rows.flatMap((cells) => cells.flatMap((cell) => (typeof cell === "string" ? [cell] : []))),
  ]);
}

function asText(cell: unknown): string {
  return typeof cell === "string" ? cell : "";
}

/** Workbooks of a folder, however deep. */
function workbooksIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return path.endsWith(".xlsx") ? [path] : [];
  return readdirSync(path).flatMap((name) => workbooksIn(join(path, name)));
}

/** What stands in a text in Latin letters, and neither in what was given nor on the list. A text cut short by … may end within a word. */
function strangers(texts: readonly string[], given: string): string[] {
  const found = texts.flatMap((text) =>
    latinRuns(text.replaceAll(WRITTEN, "").replaceAll(VERSION, "").replaceAll(RULE_PLACE, ""))
      .filter((run) => !ALLOWED.has(run) && !given.includes(run) && !OF_A_FORM.some((form) => form.test(run)))
      .map((run) => `${run}: ${text.slice(0, 120)}`),
  );
  return [...new Set(found)];
}

/** Runs a command of a ledger and gives all it said and wrote. */
function all(args: readonly string[], ...outputs: readonly string[]): string[] {
  const { code, stdout, stderr } = tiaoli(args);
  expect(code, `${args.join(" ")}\n${stderr}`).not.toBe(2);
  return [...`${stdout}\n${stderr}`.split("\n"), ...outputs.flatMap(workbooksIn).flatMap(textsOf)];
}

/** What a run, two reports and the list of the day say and write. */
function ledgerTexts(ledger: string, second: readonly string[]): string[] {
  const now = ["--now", NOW];
  return [
    ...all(["process", ledger, "-o", at("p.xlsx"), ...now], at("p.xlsx")),
    ...all(["report", ledger, "--month", "2026-03", "-o", at("m.xlsx"), ...now], at("m.xlsx")),
    ...all(["report", ledger, ...second, "-o", at("s.xlsx"), ...now], at("s.xlsx")),
    ...all(["today", ledger, ...now]),
    ...all(["repair", ledger, ...now]),
  ];
}

describe("commands in Chinese", () => {
  it(
    "the sample ledger: what is said and written has only the ledger's own Latin words",
    () => {
      const ledger = at("in.xlsx");
      copyFileSync(join(ROOT, "templates/sample-ledger.xlsx"), ledger);
      const given = `${textsOf(ledger).join("\n")} 260302`;
      const [id, now] = [
        ["--id", "260302", "--pack", "factory-claims"],
        ["--now", NOW],
      ] as const;
      const texts = [
        ...ledgerTexts(ledger, ["--week", "2026-W13"]),
        ...all(["explain", ledger, ...id, ...now]),
        ...all(["forms", ledger, ...id, "-o", at("f"), ...now], at("f")),
      ];
      expect(strangers(texts, given)).toEqual([]);
      const notices = all(["notices", ledger, "--month", "2026-03", "--yes", "-o", at("n"), "--now", NOW], at("n"));
      expect(strangers([...notices, ...textsOf(ledger)], given)).toEqual([]);
    },
    A_DOZEN_RUNS,
  );

  it(
    "a random ledger of all packs: the same",
    async () => {
      const cells = fc.sample(row(ALL_PACKS), { numRuns: 48, seed: 17 });
      const rows = cells.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null)));
      await writeLedger(at("in.xlsx"), rows, { packs: ALL_PACKS });
      const texts = ledgerTexts(at("in.xlsx"), ["--half", "2026H1"]);
      expect(strangers(texts, textsOf(at("in.xlsx")).join("\n"))).toEqual([]);
    },
    A_DOZEN_RUNS,
  );

  it("help: its headings and defaults are Chinese too", () => {
    const texts = ["", "rules", "notices", "judge"].flatMap((name) => {
      const { stdout } = tiaoli(name === "" ? ["--help"] : [name, "--help"]);
      // What is typed stands left of the words, and after 用法.
      return stdout.split("\n").filter((line) => /^(?:Usage|Options|Commands|Arguments)\b|\(default/.test(line));
    });
    expect(texts).toEqual([]);
  });

  it("packs and their check: documents by their titles, regulations by theirs", () => {
    const ids = new Set(ALL_PACKS);
    const { stdout } = tiaoli(["packs"]);
    expect(stdout).not.toMatch(/\bS\d\b/);
    const strange = stdout.split("\n").flatMap((line) => latinRuns(line).filter((run) => !ids.has(run)));
    expect(strange).toEqual([]);
  });
});

/** Names of closed sets in a pack's files, which have words on the sheets. */
const NAMES_WITH_WORDS = new Set<string>([
  ...FACT_NAMES,
  ...Object.values(vocabulary).flatMap((words) =>
    words instanceof vocabulary.Words ? words.spellings.filter((name) => /^[a-z]/i.test(name)) : [],
  ),
  "true",
  "false",
]);

/** Columns of a pack's sheets that hold the pack's own names, English texts, or what is said to be JSON. */
// 逾期环节 in a decision table is asked by the name of a stage, as in the file.
const OWN_NAMES = /英文|编号|JSON|名称|文件|案例组|内容|原样|取值列|触发|逾期环节|^则 |^参数$|^文字$|^台账行$/;

describe("packs as sheets", () => {
  it("names in a pack's files that have words are not on its sheets as names", () => {
    const found = ["auto-sales", "factory-claims", "general"].flatMap((pack) => {
      tiaoli(["rules", "export", pack, "-o", at(`${pack}.xlsx`)]);
      return readSheets(readFileSync(at(`${pack}.xlsx`)), nodeCodec).flatMap(({ name, rows: [heads = [], ...rows] }) =>
        name === "README" || name === "其他" || name === "制度"
          ? []
          : rows.flatMap((cells) =>
              cells.flatMap((cell, i) => {
                const head = asText(heads[i]);
                if (typeof cell !== "string" || OWN_NAMES.test(head) || cell.startsWith("{")) return [];
                // What stands in brackets names a parameter or a rule, quoted text is the pack's own.
                const own = cell.replaceAll(/【[^】]*】|「[^」]*」|“[^”]*”/g, "");
                const names = latinRuns(own).filter((run) => NAMES_WITH_WORDS.has(run));
                return names.map((run) => `${pack} ${name} ${head}: ${run}`);
              }),
            ),
      );
    });
    expect([...new Set(found)]).toEqual([]);
  });

  it("a case that fails says yes and no, columns and times in words", () => {
    tiaoli(["rules", "export", "general", "-o", at("g.xlsx")]);
    const sheets = readSheets(readFileSync(at("g.xlsx")), nodeCodec);
    const cases = sheets.find(({ name }) => name === "案例")!;
    const column = cases.rows[0]!.indexOf("应得");
    const line = cases.rows.findIndex((cells) => /^逾期：[是否]$/m.test(asText(cells[column])));
    const text = asText(cases.rows[line]![column]);
    const value = text.replace(/^逾期：(.)$/m, (_, said: string) => `逾期：${said === "是" ? "否" : "是"}`);
    const cells = [{ row: line + 1, column: column + 1, value, format: "general" as const }];
    const change = {
      sheets: [{ sheet: "案例", cells, tables: [], widths: new Map() }],
      replacedXml: new Map(),
      addedXml: [],
    };
    writeFileSync(at("g.xlsx"), patchCells(readFileSync(at("g.xlsx")), change, nodeCodec));
    tiaoli(["rules", "import", at("g.xlsx"), "--mark"]);
    const marked = readSheets(readFileSync(at("g.xlsx")), nodeCodec).find(({ name }) => name === "案例")!;
    const result = asText(marked.rows[line]![marked.rows[0]!.indexOf("结果")]);
    expect(result).toMatch(/^不符：第1行的“逾期”应为 [是否]，实为 [是否]$/);
  });
});
