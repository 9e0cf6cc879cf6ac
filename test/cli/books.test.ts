import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import type { SideTableName } from "../../src/ledger/port.js";
import { patchCells } from "../../src/ooxml/patch-cells.js";
import { loadAllPacks } from "../packs-folder.js";
import { contents, readLedger, ROOT, tiaoli, useFolder } from "./command.js";

/** Histories of a ledger over months, through the command on files: what is posted stands, whatever changes afterwards. */

const at = useFolder();

type Setting = readonly [string, string | number];
type PersonRow = readonly (string | number | null)[];

interface Ledger {
  readonly rows?: readonly StoryCells[];
  readonly people?: readonly PersonRow[];
  readonly settings?: readonly Setting[];
}

const ROW: StoryCells = {
  id: "F1",
  pack: "franchise-retail",
  receivedAt: "2026-01-05T09:00",
  customer: "丙",
  description: "门店发错尺码，与订单不符",
  loss: 5000,
  upheld: "是",
  person: "李四",
  closeAt: "2026-01-16T10:00",
};
const PEOPLE: readonly PersonRow[] = [["李四", "营运部", null, "店长", null, 2, 3000, 6000]];

const openRow: StoryCells = Object.fromEntries(Object.entries(ROW).filter(([id]) => id !== "closeAt"));

/** Writes the ledger anew as somebody changed it, with the books of the file that stands: what our tables hold is kept. */
async function change({ rows = [ROW], people = PEOPLE, settings = [] }: Ledger): Promise<void> {
  const packs = loadAllPacks();
  const bytes = await newLedger({
    packs: [packs.get("franchise-retail")!],
    language: "zh",
    rows: rows.map(cellsOf),
    people: people.map((line) => [...line]),
    settings: [
      ["默认制度", "franchise-retail"],
      ["当地最低工资", 2490],
      ...settings.map((s) => [...s] as [string, string | number]),
    ],
  });
  const kept = keptTables();
  writeFileSync(at("in.xlsx"), bytes);
  if (kept.length === 0) return;
  const ledger = openFileLedger(bytes, { codec: nodeCodec });
  const { bytes: written } = ledger.write({ outputColumns: [], rows: [], tables: kept });
  writeFileSync(at("in.xlsx"), written);
}

const KEPT: readonly SideTableName[] = ["Postings", "Notices", "NoticeItems", "AuditLog"];

function keptTables(): Parameters<ReturnType<typeof openFileLedger>["write"]>[0]["tables"] {
  let snapshot;
  try {
    snapshot = readLedger(at("in.xlsx"));
  } catch {
    return [];
  }
  return KEPT.flatMap((table) => {
    const found = snapshot.sideTables.get(table);
    if (!found) return [];
    const kindOf = (header: string): "money" | "datetime" | "date" | "integer" | "text" =>
      /^(?:金额|本月扣款|结转下月|复核金额)$/.test(header)
        ? "money"
        : /时间$/.test(header)
          ? "datetime"
          : /日期$|^结清日$/.test(header)
            ? "date"
            : /^(?:行|变动行数)$/.test(header)
              ? "integer"
              : "text";
    return [
      {
        sheet: found.sheet,
        table,
        columns: found.headers.map(({ header }) => ({ header, kind: kindOf(header), width: 10 })),
        rows: found.rows.map(({ cells }) =>
          cells.map((cell) => (cell === null || typeof cell === "object" ? undefined : cell)),
        ),
        mode: "append" as const,
      },
    ];
  });
}

function run(command: string, now: string, ...args: string[]) {
  return tiaoli([command, at("in.xlsx"), "--now", now, ...args]);
}

function issue(month: string, now: string) {
  const result = run("notices", now, "--month", month, "-o", at("out"), "--yes");
  expect(result.code, result.stderr).toBe(0);
}

function column(table: SideTableName, headers: readonly string[]): unknown[][] {
  const found = readLedger(at("in.xlsx")).sideTables.get(table);
  if (!found) return [];
  const places = headers.map((name) => found.headers.findIndex(({ header }) => header === name));
  return found.rows.map(({ cells }) => places.map((c) => cells[c]));
}

const postings = (): unknown[][] =>
  column("Postings", ["月份", "种类", "金额"]).filter(([, kind]) => kind !== "结转" && kind !== "备注");
const deductions = (): unknown[][] => column("Deductions", ["月份", "本月扣款", "结转下月", "状态"]);

/** January noticed: 1,500 of a bonus of 3,000 taken, 3,500 carried on. */
async function january(over: Ledger = {}): Promise<void> {
  await change(over);
  issue("2026-01", "2026-01-31T18:00");
}

const JANUARY = [
  ["2026-01", "确定", 5000],
  ["2026-01", "扣款", 1500],
];

describe("what is posted stands", () => {
  it("a draft is no entry: process posts nothing, notices and locks do", async () => {
    await change({});
    expect(run("process", "2026-01-31T18:00").code).toBe(0);
    expect(postings()).toEqual([]);
    expect(deductions()).toEqual([["2026-01", 1500, 3500, "试算"]]);
    issue("2026-01", "2026-01-31T18:00");
    expect(postings()).toEqual(JANUARY);
    expect(deductions()).toEqual([["2026-01", 1500, 3500, "已入账"]]);
    expect(tiaoli(["verify", at("in.xlsx")]).code).toBe(0);
  });

  it.each<[string, Ledger]>([
    ["当地最低工资 is raised", { settings: [["当地最低工资", 5900]] }],
    ["the wage is raised", { people: [["李四", "营运部", null, "店长", null, 2, 3000, 9000]] }],
    ["the bonus is lowered", { people: [["李四", "营运部", null, "店长", null, 2, 200, 6000]] }],
    ["a cell of the row can't be read", { rows: [{ ...ROW, loss: "五千左右" }] }],
    ["the row is gone", { rows: [] }],
    ["the row is open again", { rows: [openRow] }],
    ["the row stands twice", { rows: [ROW, ROW] }],
    ["人员 is empty", { people: [] }],
    ["the row bears another number", { rows: [{ ...ROW, id: "F9" }] }],
  ])("when %s, January stays as it is and nothing is given back", async (_, over) => {
    await january();
    const before = column("Postings", ["凭证号", "行", "月份", "种类", "金额", "所据", "校验值"]);
    await change(over);
    const { code } = run("process", "2026-02-28T18:00");
    expect(code === 0 || code === 1).toBe(true);
    issueAny("2026-02", "2026-02-28T18:00");
    expect(
      column("Postings", ["凭证号", "行", "月份", "种类", "金额", "所据", "校验值"]).slice(0, before.length),
    ).toEqual(before);
    expect(postings().filter(([month]) => month === "2026-01")).toEqual(JANUARY);
    expect(postings().filter(([, kind]) => kind === "冲回" || kind === "退还" || kind === "确定")).toEqual([
      JANUARY[0],
    ]);
    expect(deductions()[0]).toEqual(["2026-01", 1500, 3500, "已入账"]);
    const verified = tiaoli(["verify", at("in.xlsx")]);
    expect(verified.code, verified.stdout).toBe(0);
  });

  it("a sum that was judged less is given back in the first open month, on a paper of its own", async () => {
    await january();
    await change({ rows: [{ ...ROW, loss: 1000 }] });
    issue("2026-02", "2026-02-28T18:00");
    expect(postings().slice(2)).toEqual([
      ["2026-02", "退还", 500],
      ["2026-02", "冲回", 4000],
    ]);
    expect(column("Notices", ["对象", "金额", "状态"])).toEqual([
      ["李四", 5000, "拟发"],
      ["李四", -4000, "拟发"],
    ]);
  });

  it("a lock posts everybody up to it, once", async () => {
    await change({ settings: [["锁定至月份", "2026-01"]] });
    run("process", "2026-02-10T18:00");
    expect(postings()).toEqual(JANUARY);
    const book = readFileSync(at("in.xlsx"));
    run("process", "2026-02-10T18:00");
    expect(readFileSync(at("in.xlsx")).equals(book)).toBe(true);
  });

  it("2062 typed for 2026 books nothing", async () => {
    await change({ rows: [{ ...ROW, closeAt: "2062-01-16T10:00" }] });
    run("process", "2026-02-28T18:00");
    expect(deductions()).toEqual([]);
    expect(postings()).toEqual([]);
  });

  it("an earlier clock writes nothing in place, and elsewhere says so", async () => {
    await january();
    const before = contents(dirname(at("x")));
    const { code, stderr } = run("process", "2026-01-30T18:00");
    expect(code).toBe(2);
    expect(stderr).toMatch(/2026-01-30.*2026-01-31/);
    expect(contents(dirname(at("x")))).toEqual(before);
    expect(run("process", "2026-01-30T18:00", "-o", at("elsewhere.xlsx")).code).toBe(0);
  });

  it("a notice delivered, objected to and upheld: held in between, told in the list", async () => {
    await january();
    fillIn({ 状态: "异议中", 异议日期: 46_058 });
    issueAny("2026-02", "2026-02-28T18:00");
    expect(postings().slice(2)).toEqual([["2026-02", "暂缓", 3500]]);
    expect(deductions()[1]).toEqual(["2026-02", 0, 3500, "暂缓"]);
    fillIn({ 状态: "维持", 复核日期: 46_082 });
    issueAny("2026-03", "2026-03-31T18:00");
    expect(postings().slice(3)).toEqual([
      ["2026-03", "恢复", 3500],
      ["2026-03", "扣款", 1500],
    ]);
  });

  it("a notice withdrawn with a reason is taken back, whatever the row says", async () => {
    await january();
    fillIn({ 状态: "撤销", 撤销原因: "查明非本人" });
    issueAny("2026-02", "2026-02-28T18:00");
    expect(postings().slice(2)).toEqual([
      ["2026-02", "退还", 1500],
      ["2026-02", "冲回", 5000],
    ]);
    issueAny("2026-03", "2026-03-31T18:00");
    expect(postings()).toHaveLength(4);
  });
});

describe("rules that change behind what is posted", () => {
  it("a pack that is left out of --rules refunds nothing; what is owed is taken on within the ceilings that were posted", async () => {
    await january();
    const rules = at("rules");
    cpSync(join(ROOT, "rules"), rules, { recursive: true });
    rmSync(join(rules, "franchise-retail"), { recursive: true });
    const result = run("process", "2026-02-28T18:00", "--rules", rules, "--pack", "general");
    expect(result.code === 0 || result.code === 1, result.stderr).toBe(true);
    expect(deductions()).toEqual([
      ["2026-01", 1500, 3500, "已入账"],
      ["2026-02", 1500, 2000, "试算"],
    ]);
    const args = ["--month", "2026-02", "-o", at("out"), "--yes", "--rules", rules, "--pack", "general"];
    const issued = run("notices", "2026-02-28T18:00", ...args);
    expect(issued.code === 0 || issued.code === 1, issued.stderr).toBe(true);
    expect(postings()).toEqual([...JANUARY, ["2026-02", "扣款", 1500]]);
    expect(column("Notices", ["对象", "金额"])).toEqual([["李四", 5000]]);
    expect(tiaoli(["verify", at("in.xlsx")]).code).toBe(0);
  });

  it("a cap lowered from 50 % to 40 % leaves a posted January, and February is taken by the new one", async () => {
    await january();
    const rules = at("rules");
    cpSync(join(ROOT, "rules"), rules, { recursive: true });
    const file = join(rules, "franchise-retail", "parameters.json");
    const lowered = readFileSync(file, "utf8").replace('{ "value": 50,', '{ "value": 40,');
    expect(lowered).not.toBe(readFileSync(file, "utf8"));
    writeFileSync(file, lowered);
    const args = ["--month", "2026-02", "-o", at("out"), "--yes", "--rules", rules];
    const issued = run("notices", "2026-02-28T18:00", ...args);
    expect(issued.code === 0 || issued.code === 1, issued.stderr).toBe(true);
    expect(postings()).toEqual([...JANUARY, ["2026-02", "扣款", 1200]]);
    expect(tiaoli(["verify", at("in.xlsx")]).code).toBe(0);
  });
});

describe("proof", () => {
  it("a changed sum is named, and nothing but verify runs", async () => {
    await january();
    alter("Postings", 1, "金额", 1);
    const { code, stdout } = tiaoli(["verify", at("in.xlsx")]);
    expect(code).toBe(1);
    expect(stdout).toContain("PZ202601-0001-2 被改动");
    for (const result of [
      run("process", "2026-02-28T18:00"),
      run("notices", "2026-02-28T18:00", "--month", "2026-02", "-o", at("out")),
    ])
      expect(result.code).toBe(2);
  });

  it("an anchor from paper shows a chain that was made anew", async () => {
    await january();
    const { anchor } = JSON.parse(tiaoli(["verify", at("in.xlsx"), "--json"]).stdout) as { anchor: string };
    expect(tiaoli(["verify", at("in.xlsx"), "--anchor", anchor]).code).toBe(0);
    expect(
      tiaoli(["verify", at("in.xlsx"), "--anchor", anchor.replace(/.$/, (d) => (d === "0" ? "1" : "0"))]).code,
    ).toBe(1);
    expect(tiaoli(["verify", at("in.xlsx"), "--anchor", "x"]).code).toBe(2);
  });

  it("a year is closed once, the books go on and prove themselves", async () => {
    await change({});
    // Its months are open.
    expect(run("book", "2027-01-05T09:00", "--close-year", "2026", "--yes").code).toBe(2);
    await change({ settings: [["锁定至月份", "2026-12"]] });
    run("process", "2027-01-05T09:00");
    const shown = run("book", "2027-01-05T09:00", "--close-year", "2026");
    expect(shown.code, shown.stderr).toBe(0);
    const before = column("Postings", ["校验值"]);
    expect(run("book", "2027-01-05T09:00", "--close-year", "2026", "--yes").code).toBe(0);
    expect(column("Postings", ["校验值"]).slice(0, before.length)).toEqual(before);
    const closing = column("Postings", ["起因", "姓名", "月份", "计算式"]).filter(([cause]) => cause === "年结");
    expect(closing.map(([, name, month]) => [name, month])).toEqual([
      ["李四", "2026-12"],
      [null, "2026-12"],
    ]);
    expect(closing[0]![3]).toBe(closing[1]![3]);
    expect(tiaoli(["verify", at("in.xlsx")]).code).toBe(0);
    expect(run("book", "2027-01-06T09:00", "--close-year", "2026", "--yes").code).toBe(2);
    expect(run("process", "2027-01-31T18:00").code).toBe(0);
    expect(tiaoli(["verify", at("in.xlsx")]).code).toBe(0);
    alter("Postings", before.length, "计算式", "应扣 1.00");
    expect(tiaoli(["verify", at("in.xlsx")]).code).toBe(1);
  });

  it("a tail cut off together with its log shows by the anchor on paper alone", async () => {
    await january();
    const whole = readFileSync(at("in.xlsx"));
    issueAny("2026-02", "2026-02-28T18:00");
    const { anchor } = JSON.parse(tiaoli(["verify", at("in.xlsx"), "--json"]).stdout) as { anchor: string };
    writeFileSync(at("in.xlsx"), whole);
    expect(tiaoli(["verify", at("in.xlsx")]).code).toBe(0);
    const { code, stdout } = tiaoli(["verify", at("in.xlsx"), "--anchor", anchor]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/PZ202602-0001/);
  });

  it("with a key, a run without it writes nothing", async () => {
    await change({});
    const key = { TIAOLI_BOOK_KEY: "钥匙" };
    tiaoli(
      ["notices", at("in.xlsx"), "--month", "2026-01", "-o", at("out"), "--now", "2026-01-31T18:00", "--yes"],
      key,
    );
    expect(tiaoli(["verify", at("in.xlsx")], key).code).toBe(0);
    expect(tiaoli(["verify", at("in.xlsx")]).code).toBe(1);
    expect(run("process", "2026-02-28T18:00").code).toBe(2);
  });
});

describe("statement", () => {
  it("a person's account with posted months and drafts", async () => {
    await january();
    const { code, stdout, stderr } = run(
      "statement",
      "2026-02-28T18:00",
      "--person",
      "李四",
      "-o",
      at("out"),
      "--json",
    );
    expect(code, stderr).toBe(0);
    const printed = JSON.parse(stdout) as {
      settled: string;
      deducted: string;
      closing: object;
      lines: { state: string }[];
    };
    expect([printed.settled, printed.deducted]).toEqual(["5000.00", "3000.00"]);
    expect(printed.closing).toEqual({ owed: "2000.00", deducted: "3000.00", held: "0.00" });
    expect(new Set(printed.lines.map(({ state }) => state))).toEqual(new Set(["已入账", "试算"]));
    expect(run("statement", "2026-02-28T18:00", "--person", "王五", "-o", at("out")).code).toBe(2);
  });
});

/** As `issue`, where rows may be faulty. */
function issueAny(month: string, now: string): void {
  const result = run("notices", now, "--month", month, "-o", at("out"), "--yes");
  expect(result.code === 0 || result.code === 1, result.stderr).toBe(true);
}

/** Writes into the columns of 扣款通知 that people fill in. */
function fillIn(values: Readonly<Record<string, string | number>>): void {
  for (const [header, value] of Object.entries(values)) alter("Notices", 0, header, value);
}

/** What somebody types into a cell of a table of ours. */
function alter(table: SideTableName, index: number, header: string, value: string | number): void {
  const bytes = readFileSync(at("in.xlsx"));
  const found = openFileLedger(bytes, { codec: nodeCodec }).snapshot.sideTables.get(table)!;
  const { letter } = found.headers.find((column) => column.header === header)!;
  const { row } = found.rows[index]!;
  const column = Array.from(letter).reduce((n, sign) => n * 26 + sign.charCodeAt(0) - 64, 0);
  const cells = [{ row, column, value, format: "text" as const }];
  const sheets = [{ sheet: found.sheet, cells, tables: [], widths: new Map<number, number>() }];
  writeFileSync(at("in.xlsx"), patchCells(bytes, { sheets, replacedXml: new Map(), addedXml: [] }, nodeCodec));
}
