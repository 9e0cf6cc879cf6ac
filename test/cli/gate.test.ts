import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { COMMANDS } from "../../src/cli/commands.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { formatPackPart, PACK_NAMESPACE } from "../../src/jobs/workbook-packs.js";
import { columnLetters } from "../../src/ooxml/references.js";
import { addCustomXml } from "../../src/ooxml/custom-xml.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { Package, PackageDraft } from "../../src/ooxml/package.js";
import { readWorkbook } from "../../src/ooxml/workbook-part.js";
import type { Mismatch } from "../../src/process/self-check.js";
import { loadAllPacks, packFiles, STATUTES } from "../packs-folder.js";
import { contents, NOW, readLedger, ROOT, useFolder, type Run } from "./command.js";
import { withCell } from "./edit-cell.js";
import { tiaoliHere } from "./here.js";

/** Where the ledger may not be judged, no command writes anything; every command says here what it does. */

const found = vi.hoisted((): { mismatches: Mismatch[] } => ({ mismatches: [] }));
vi.mock("../../src/process/self-check.js", () => ({ selfCheck: () => Promise.resolve(found.mismatches) }));
const packs = loadAllPacks();
// As in the built command: packs that the build has passed are taken as they are.
vi.mock("../../src/cli/built-rules.js", () => ({
  builtPack: (name: string) => packs.get(name),
  builtStatutes: () => STATUTES,
}));

const at = useFolder();

type Case =
  | readonly string[]
  | "reads only"
  | "no ledger"
  | "mends inputs"
  | "learns from people's labels"
  // Needs a notice or a year to decide about.
  | "decides about what is posted";

/** How each command is called so that it would write; a new one has to be added here. */
const CALLS: Readonly<Record<string, (input: string, out: string) => Case>> = {
  process: (input) => [input],
  repair: () => "mends inputs",
  today: (input, out) => [input, "--ics", `${out}/t.ics`, "--drafts", out],
  notices: (input, out) => [input, "--month", "2026-03", "-o", out, "--yes"],
  verify: () => "reads only",
  book: () => "decides about what is posted",
  statement: (input, out) => [input, "--person", "张三", "-o", out],
  forms: (input, out) => [input, "--id", "N1", "--form", "投诉受理单", "-o", out],
  report: (input) => [input, "--month", "2026-03"],
  explain: () => "reads only",
  check: () => "no ledger",
  compare: (input, out) => [input, "--with", at("rules"), "-o", `${out}/c.xlsx`],
  learn: () => "learns from people's labels",
  rules: () => "no ledger",
  "new-pack": () => "no ledger",
  pack: () => "no ledger",
  "fix-headers": () => "mends inputs",
  group: (input, out) => [dirname(input), "-o", `${out}/g.xlsx`],
  batch: () => "no ledger",
  judge: () => "no ledger",
  packs: () => "no ledger",
  sign: () => "no ledger",
  trust: () => "no ledger",
  new: () => "no ledger",
};
const writers = Object.keys(COMMANDS).filter((name) => typeof CALLS[name]!("", "") === "object");

function call(name: string, now = NOW): Promise<Run> {
  const args = CALLS[name]!(at("in.xlsx"), at("out"));
  if (typeof args === "string") throw new Error(`${name}: ${args}`);
  return tiaoliHere([name, ...args, "--now", now], { TIAOLI_CONFIG_DIR: at("config") });
}

const FINED: StoryCells = {
  id: "N1",
  receivedAt: "2026-03-09T09:00",
  customer: "乙",
  description: "抱怨不知道促销政策变了",
  cause: "市场政策误解",
  person: "张三",
  upheld: "是",
  closeAt: "2026-03-09T09:25",
};
const LATER: StoryCells = { ...FINED, id: "N2", person: "李四" };
const PEOPLE = [
  ["张三", "销售部", null, "销售经理", "李四", 1, 1500, 7000],
  ["李四", "销售部", null, "销售副总经理", null, 2, 3000, 12000],
];

function ledger(
  rows: readonly StoryCells[],
  settings: readonly (readonly [string, string | number])[] = [],
): Promise<Uint8Array> {
  return newLedger({
    packs: [packs.get("furniture-north")!],
    language: "zh",
    rows: rows.map(cellsOf),
    people: PEOPLE,
    settings: [["默认制度", "furniture-north"], ["当地最低工资", 2490], ...settings],
  });
}

/** A ledger of which notices went out, with a complaint that came after them. */
async function noticed(): Promise<Uint8Array> {
  writeFileSync(at("in.xlsx"), await ledger([FINED]));
  mkdirSync(at("out"));
  const { code, stderr } = await call("notices");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return readFileSync(at("in.xlsx"));
}

/** A cell of a table of ours by its header. */
function altered(workbook: Uint8Array, sheet: string, table: "Postings" | "NoticeItems", header: string): Uint8Array {
  writeFileSync(at("in.xlsx"), workbook);
  const { headers, rows } = readLedger(at("in.xlsx")).sideTables.get(table)!;
  const index = headers.findIndex((one) => one.header === header);
  return withCell(workbook, sheet, `${columnLetters(index + 1)}${rows[0]!.row}`, "><v>40</v>");
}

function carrying(workbook: Uint8Array, xml: string): Uint8Array {
  const from = new Package(workbook, nodeCodec);
  const draft = new PackageDraft(from);
  const itemId = "{00000000-0000-0000-0000-000000000001}";
  addCustomXml(draft, readWorkbook(from), { xml, namespace: PACK_NAMESPACE, itemId });
  return draft.finish();
}

/** `furniture-north` with other sums. */
function costly(): Record<string, string> {
  const files = Object.fromEntries(packFiles("furniture-north"));
  return { ...files, "parameters.json": files["parameters.json"]!.replace('"value": 50', '"value": 777') };
}

interface Situation {
  readonly what: string;
  /** In one line: where and what. */
  readonly says: RegExp;
  readonly make: () => Promise<Uint8Array> | Uint8Array;
  readonly now?: string;
  /** Commands that are free to go on: what they make is no matter of this situation. */
  readonly free?: readonly string[];
}

const SITUATIONS: readonly Situation[] = [
  {
    what: "a lock that can't be read",
    says: /设置.*三月/,
    make: () => ledger([FINED], [["锁定至月份", "三月"]]),
  },
  {
    what: "a notice altered after it went out",
    says: /TZ-202603-001/,
    make: async () => altered(await noticed(), "扣款通知明细", "NoticeItems", "金额"),
  },
  {
    what: "books that don't prove themselves",
    says: /PZ/,
    make: async () => altered(await noticed(), "扣款凭证", "Postings", "金额"),
  },
  {
    what: "a clock before the books' last day",
    says: /2026-03-31/,
    make: noticed,
    now: "2026-03-20T09:00",
    // A statement of the posted months is a file of its own: the clock is no hindrance to it.
    free: ["statement"],
  },
  {
    what: "a reference engine of another opinion",
    says: /自检未通过.*2/,
    make: () => {
      found.mismatches = [{ row: 2, concern: "level", compiled: ["a"], reference: [] }];
      return ledger([FINED]);
    },
  },
  {
    what: "a pack of the workbook that nobody has confirmed",
    says: /furniture-north.*--workbook-rules/,
    make: async () => carrying(await ledger([FINED]), formatPackPart({ id: "furniture-north", files: costly() })),
  },
  {
    what: "a pack of the workbook that nobody can read",
    says: /customXml\/item\d+\.xml/,
    make: async () => carrying(await ledger([FINED]), `<pack xmlns="${PACK_NAMESPACE}"/>`),
  },
];

beforeEach(() => {
  found.mismatches = [];
  cpSync(`${ROOT}/rules/furniture-north`, at("rules/furniture-north"), { recursive: true });
  cpSync(`${ROOT}/rules/statutes`, at("rules/statutes"), { recursive: true });
});

const files = (): unknown[] => [contents(dirname(at("x"))), contents(at("out"))];

it("every command is told of here", () => {
  expect(Object.keys(CALLS)).toEqual(Object.keys(COMMANDS));
});

describe.each(SITUATIONS)("$what", ({ says, make, now, free = [] }) => {
  beforeEach(async () => {
    const bytes = await make();
    mkdirSync(at("out"), { recursive: true });
    writeFileSync(at("in.xlsx"), bytes);
  });

  it.each(writers.filter((name) => !free.includes(name)))("%s writes nothing and says where and what", async (name) => {
    const before = files();
    const { code, stdout, stderr } = await call(name, now);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(files()).toEqual(before);
  });

  it("report into a workbook of its own is refused as well", async () => {
    if (free.includes("report")) return;
    const before = files();
    const args = ["report", at("in.xlsx"), "--month", "2026-03", "-o", at("out/r.xlsx"), "--now", now ?? NOW];
    expect((await tiaoliHere(args, { TIAOLI_CONFIG_DIR: at("config") })).code).toBe(2);
    expect(files()).toEqual(before);
  });
});

describe("a ledger that may be written", () => {
  it.each(writers)("%s does its work", async (name) => {
    writeFileSync(at("in.xlsx"), await ledger([FINED, LATER]));
    mkdirSync(at("out"));
    const before = files();
    const { code, stderr } = await call(name);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(files()).not.toEqual(before);
  });
});
