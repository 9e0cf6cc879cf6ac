import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import ExcelJS from "exceljs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { accountsOf } from "../../src/books/accounts.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import type { InputId } from "../../src/domain/columns.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { readBook } from "../../src/ledger/postings.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { withCell } from "./edit-cell.js";
import { countedIn, readLedger, useFolder, type Run } from "./command.js";
import { tiaoliHere } from "./here.js";

/** `group` on folders. */

const packs = loadAllPacks();
// As in the built command: packs that the build has passed are taken as they are.
vi.mock("../../src/cli/built-rules.js", () => ({
  builtPack: (name: string) => packs.get(name),
  builtStatutes: () => STATUTES,
}));

/** What happens right before a file is let out, by its path. */
const before = vi.hoisted(() => ({ act: (path: string): string => path }));
vi.mock(import("../../src/cli/door/door.js"), async (original) => {
  const real = await original();
  return {
    ...real,
    letOut: (departure) => {
      before.act(departure.path);
      return real.letOut(departure);
    },
  };
});
afterEach(() => {
  before.act = (path) => path;
});

const at = useFolder();
const NOW = "2026-03-31T18:00";

const loss = (amount: number, more: StoryCells = {}): StoryCells => ({
  id: "L1",
  pack: "franchise-retail",
  receivedAt: "2026-03-02T09:00",
  customer: "甲",
  description: `门店发错尺码，与订单不符，损失${amount}元`,
  upheld: "是",
  closeAt: "2026-03-06T10:00",
  loss: amount,
  person: "李四",
  ...more,
});
const LI = ["A1", "李四", "营运部", null, "店长", null, 2, 3000, 5000, null, null];

async function shop(file: string, rows: readonly StoryCells[], people: readonly (typeof LI)[] = [LI]): Promise<void> {
  const bytes = await newLedger({
    packs: [packs.get("franchise-retail")!],
    language: "zh",
    rows: rows.map(cellsOf),
    people,
    settings: [["默认制度", "franchise-retail"]],
  });
  mkdirSync(dirname(at(file)), { recursive: true });
  writeFileSync(at(file), bytes);
}

/** A shop whose ledger stands on a sheet a month, with a sheet of its own words between. */
async function shopOfMonths(
  file: string,
  months: Readonly<Record<string, readonly (readonly string[])[]>>,
): Promise<void> {
  const book = new ExcelJS.Workbook();
  const head = ["投诉编号", "受理时间", "客户名称", "投诉内容", "是否成立", "结案时间", "损失金额", "责任人"];
  for (const [sheet, rows] of Object.entries(months)) {
    book.addWorksheet(sheet).addRows([head, ...rows]);
    book.addWorksheet(`${sheet}说明`).addRows([["本月由前台登记"]]);
  }
  book.addWorksheet("设置").addRows([
    ["项目", "值"],
    ["默认制度", "franchise-retail"],
  ]);
  book.addWorksheet("人员").addRows([PEOPLE_HEAD, LI]);
  mkdirSync(dirname(at(file)), { recursive: true });
  await book.xlsx.writeFile(at(file));
}

const PEOPLE_HEAD = ["工号", "姓名", "部门", "班组", "岗位", "上级", "基点数", "月绩效奖金", "月工资"];
const lossLine = (id: string, month: string, amount: number, customer = "甲"): string[] => [
  ...[id, `${month}-02 09:00`, customer, "门店发错尺码，与订单不符", "是", `${month}-06 10:00`, String(amount), "李四"],
];

const group = (...args: string[]): Promise<Run> => tiaoliHere(["group", at("店"), "--now", NOW, ...args]);

interface Printed {
  readonly rows: readonly {
    readonly file: string;
    readonly row: number;
    readonly id: string;
    readonly status: string;
  }[];
  readonly deductions: readonly { readonly person: string; readonly deducted: string; readonly carriedOut: string }[];
  readonly messages: readonly { readonly file?: string; readonly text: string }[];
  readonly files: {
    readonly read: number;
    readonly written: number;
    readonly unchanged: number;
    readonly unread: readonly { readonly file: string; readonly why: string }[];
    readonly passedOver: readonly { readonly file: string; readonly why: string }[];
  };
}

async function printed(...args: string[]): Promise<Printed> {
  const { stdout, stderr } = await group("--json", ...args);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Printed;
}

const bytesOf = (...files: string[]): string[] => files.map((file) => readFileSync(at(file)).toString("base64"));
const OWN = "店/集团汇总.xlsx";
const postings = (): number => readLedger(at(OWN)).sideTables.get("Postings")?.rows.length ?? 0;

describe("a folder of workbooks", () => {
  it("is judged as one ledger, each workbook with its own rows, and one workbook of the group", async () => {
    await shop("店/东区/甲店.xlsx", [loss(1000)]);
    await shop("店/西区/乙店.xlsx", [loss(900)]);
    const { rows, deductions, files } = await printed();
    expect(rows.map(({ file, row, id }) => [file, row, id])).toEqual([
      ["东区/甲店.xlsx", 2, "L1"],
      ["西区/乙店.xlsx", 2, "L1"],
    ]);
    expect(deductions).toMatchObject([{ person: "李四", deducted: "1500.00", carriedOut: "400.00" }]);
    expect(files).toMatchObject({ read: 2, written: 2, unread: [] });
    const shops = readLedger(at(OWN)).sideTables.get("GroupShops")!;
    expect(shops.rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
      ["甲店", "东区/甲店.xlsx", 1],
      ["乙店", "西区/乙店.xlsx", 1],
    ]);
    expect(readLedger(at("店/东区/甲店.xlsx")).rows[0]!.outputs.status).toBe("已结案");
  });

  it("has one report, and one a shop at a word: each case in its own shop's file", async () => {
    await shop("店/东区/甲店.xlsx", [loss(1000), loss(300, { id: "L2" })]);
    await shop("店/西区/乙店.xlsx", [loss(900)]);
    await group();
    const report = ["report", at(OWN), "--now", NOW, "--month", "2026-03"];
    const split = await tiaoliHere([...report, "--split", "分店", "-o", at("分店")]);
    expect(split).toMatchObject({ code: 0, stderr: "" });
    const files = readdirSync(at("分店")).sort();
    expect(files).toEqual(["月报 2026-03 乙店.xlsx", "月报 2026-03 甲店.xlsx"]);
    expect(await countedIn(at("分店/月报 2026-03 甲店.xlsx"))).toEqual(["L1", "L2"]);
    expect(await countedIn(at("分店/月报 2026-03 乙店.xlsx"))).toEqual(["L1"]);
  });

  it("is left alone, to the byte, when nothing has changed", async () => {
    await shop("店/甲店.xlsx", [loss(1000)]);
    await shop("店/乙店.xlsx", [loss(900)]);
    await group();
    const stood = bytesOf("店/甲店.xlsx", "店/乙店.xlsx", OWN);
    const { files } = await printed();
    expect(files).toMatchObject({ read: 2, written: 0, unchanged: 2 });
    expect(bytesOf("店/甲店.xlsx", "店/乙店.xlsx", OWN)).toEqual(stood);
  });

  it("whose workbooks hold what they held is not written to, whatever their times say, and says how many", async () => {
    await shop("店/甲店.xlsx", [loss(1000)]);
    await shop("店/乙店.xlsx", [loss(900)]);
    await group();
    const files = ["店/甲店.xlsx", "店/乙店.xlsx", OWN];
    const state = (): unknown[] =>
      files.map((file) => {
        const { mtimeMs, ino } = statSync(at(file));
        return { mtimeMs, ino };
      });
    // One was opened and saved as it was: its time is another, its content is not.
    utimesSync(at("店/甲店.xlsx"), new Date(), new Date("2026-03-30T08:00:00Z"));
    const before = state();
    expect((await group()).stdout).toContain("写回 0 个工作簿，2 个没有变化");
    expect(state()).toEqual(before);
    // One that says something else is, and no other shop's with it.
    await shop("店/丙店.xlsx", [loss(10, { id: "C1", customer: "丙", person: "赵六" })]);
    expect((await group()).stdout).toContain("写回 1 个工作簿，2 个没有变化");
    expect(state().slice(0, 2)).toEqual(before.slice(0, 2));
    // Messages in another language are other cells, once.
    await group("--lang", "en");
    expect((await group("--lang", "en")).stdout).toContain("Wrote 0 workbooks back, 3 are unchanged");
  }, 60_000);

  it("may hold marks of open files, other programs' files and hidden folders; what is no ledger is listed", async () => {
    await shop("店/甲店.xlsx", [loss(1000)]);
    await shop("店/.旧/乙店.xlsx", [loss(900)]);
    for (const file of ["~$丙店.xlsx", ".~lock.丙店.xlsx#", "说明.docx", "图.png"])
      writeFileSync(at(`店/${file}`), "x");
    writeFileSync(at("店/坏.xlsx"), "x");
    writeFileSync(at("店/旧.xls"), "x");
    const { rows, files } = await printed();
    expect(rows).toHaveLength(1);
    expect(files.unread.map(({ file }) => file).sort()).toEqual(["坏.xlsx", "旧.xls"]);
    expect(files.unread[0]!.why).not.toBe("");
    expect(files.passedOver).toEqual([
      { file: "~$丙店.xlsx", why: expect.stringContaining("标记") as string },
      { file: "图.png", why: expect.stringContaining(".xlsx") as string },
      { file: "说明.docx", why: expect.stringContaining(".xlsx") as string },
    ]);
    expect((await group()).stdout).toMatch(/2 个文件没有读取[^]*3 个文件不是工作簿.*~\$丙店\.xlsx/);
  });

  it("that holds no workbook, or none that can be read, is no group: nothing is written", async () => {
    mkdirSync(at("店"));
    expect((await group()).code).toBe(2);
    writeFileSync(at("店/坏.xlsx"), "x");
    const { code, stderr } = await group();
    expect(code).toBe(2);
    expect(stderr).toContain("坏.xlsx");
    expect(statSync(at(OWN), { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe("a shop with a sheet a month", () => {
  const MONTHS = {
    "2月": [lossLine("F1", "2026-02", 600), lossLine("", "2026-02", 100, "丙")],
    "3月": [lossLine("M1", "2026-03", 900)],
  };
  const two = async (): Promise<void> => {
    await shopOfMonths("店/甲店.xlsx", MONTHS);
    await shop("店/乙店.xlsx", [loss(800, { customer: "乙" })]);
  };
  const statuses = (sheet: string): unknown[] =>
    openFileLedger(readFileSync(at("店/甲店.xlsx")), { codec: nodeCodec, sheet }).snapshot.rows.map(
      ({ outputs }) => outputs.status,
    );

  it("is asked about, and not read on a guess", async () => {
    await two();
    const { rows, files } = await printed();
    expect(rows.map(({ file }) => file)).toEqual(["乙店.xlsx"]);
    expect(files.unread).toMatchObject([{ file: "甲店.xlsx" }]);
    expect(files.unread[0]!.why).toMatch(/“2月”、“3月”.*--sheet 全部/);
  });

  it("is read as one ledger at a word, each sheet with its own rows, judged as it is alone", async () => {
    await two();
    mkdirSync(at("单"));
    writeFileSync(at("单/甲店.xlsx"), readFileSync(at("店/甲店.xlsx")));
    const alone = await tiaoliHere(["process", at("单/甲店.xlsx"), "--sheet", "全部", "--now", NOW, "--json"]);
    const judged = (JSON.parse(alone.stdout) as Pick<Printed, "rows">).rows;
    const { rows, deductions, files } = await printed("--sheet", "全部");
    expect(files).toMatchObject({ read: 2, written: 2, unread: [] });
    expect(rows.filter(({ file }) => file === "甲店.xlsx")).toEqual(
      judged.map((row) => ({ ...row, file: "甲店.xlsx" })),
    );
    expect(rows.map(({ file, row, id }) => [file, row, id])).toEqual([
      ["乙店.xlsx", 2, "L1"],
      ["甲店.xlsx", 2, "F1"],
      ["甲店.xlsx", 3, "20260202-001"],
      ["甲店.xlsx", 2, "M1"],
    ]);
    expect(deductions.map(({ deducted, carriedOut }) => [deducted, carriedOut])).toEqual([
      ["700.00", "0.00"],
      ["1500.00", "200.00"],
    ]);
    expect([statuses("2月"), statuses("3月")]).toEqual([["已结案", "已结案"], ["已结案"]]);
  });

  it("isn't asked about again: the next run leaves all to the byte, and notices rest on all of its sheets", async () => {
    await two();
    await group("--sheet", "全部");
    const stood = bytesOf("店/甲店.xlsx", "店/乙店.xlsx", OWN);
    expect((await printed()).files).toMatchObject({ read: 2, written: 0, unchanged: 2, unread: [] });
    expect(bytesOf("店/甲店.xlsx", "店/乙店.xlsx", OWN)).toEqual(stood);
    const notices = ["notices", at(OWN), "--month", "2026-03", "-o", at("单"), "--now", NOW, "--yes", "--json"];
    const issued = JSON.parse((await tiaoliHere(notices)).stdout) as { notices: { complaints: string[] }[] };
    expect(issued.notices.flatMap(({ complaints }) => complaints).sort()).toEqual(["20260202-001", "F1", "L1", "M1"]);
  });

  it("whose run ends right before or after it was written is ended by the next, to the same bytes", async () => {
    const files = ["店/甲店.xlsx", "店/乙店.xlsx"];
    await two();
    const old = bytesOf(...files);
    await group("--sheet", "全部");
    const whole = bytesOf(...files, OWN);
    for (const end of [0, 1, 2]) {
      files.forEach((file, i) => {
        writeFileSync(at(file), Buffer.from(old[i]!, "base64"));
      });
      rmSync(at(OWN));
      let passed = 0;
      before.act = (path) => {
        if (passed++ === end) throw new Error("killed");
        return path;
      };
      await expect(group("--sheet", "全部")).rejects.toThrow("killed");
      before.act = (path) => path;
      await group("--sheet", "全部");
      expect(bytesOf(...files, OWN)).toEqual(whole);
    }
  }, 120_000);
});

describe("a person in two shops with different wages", () => {
  const two = async (own: readonly (readonly (string | number | null)[])[] = []): Promise<Printed> => {
    await shop("店/甲店.xlsx", [loss(1000)]);
    await shop("店/乙店.xlsx", [loss(900, { customer: "乙" })], [LI.map((cell) => (cell === 5000 ? 6000 : cell))]);
    if (own.length > 0) await locked("2026-03", own);
    return printed();
  };

  it("is named with both, nothing is deducted over either, and no act posts it", async () => {
    const { deductions, messages } = await two();
    expect(deductions).toMatchObject([{ person: "李四", deducted: "0.00", carriedOut: "1900.00" }]);
    expect(messages.map(({ text }) => text).join("\n")).toMatch(
      /“李四”在“乙店”（月工资6000\.00.*“甲店”（月工资5000\.00/,
    );
    expect(postings()).toBe(0);
    const notices = ["notices", at(OWN), "--month", "2026-03", "-o", at("单"), "--now", NOW, "--yes", "--json"];
    expect((JSON.parse((await tiaoliHere(notices)).stdout) as { notices: unknown[] }).notices).toEqual([]);
    expect(postings()).toBe(0);
  });

  it("counts as the group's own 人员 says, once it does", async () => {
    const { deductions } = await two([LI]);
    expect(deductions).toMatchObject([{ person: "李四", deducted: "1500.00", carriedOut: "400.00" }]);
  });
});

describe("which shop a workbook is", () => {
  it("two of one name in different folders are two", async () => {
    await shop("店/东区/旗舰店.xlsx", [loss(1000)]);
    await shop("店/西区/旗舰店.xlsx", [loss(900, { customer: "乙" })]);
    await group();
    const shops = readLedger(at(OWN)).sideTables.get("GroupShops")!;
    expect(shops.rows.map(({ cells }) => cells[0])).toEqual(["东区/旗舰店", "西区/旗舰店"]);
  });

  it("a file that was renamed is the same shop: nothing is posted twice", async () => {
    await shop("店/甲店.xlsx", [loss(1000)]);
    await shop("店/乙店.xlsx", [loss(200, { id: "L2", customer: "乙" })]);
    await locked("2026-03");
    await group();
    const posted = postings();
    expect(posted).toBeGreaterThan(0);
    renameSync(at("店/甲店.xlsx"), at("店/甲店（新）.xlsx"));
    await group();
    expect(postings()).toBe(posted);
    expect(
      readLedger(at(OWN))
        .sideTables.get("GroupShops")!
        .rows.map(({ cells }) => cells[0]),
    ).toContain("甲店");
  });

  it("two copies of one workbook can't be told apart, and neither is read", async () => {
    await shop("店/甲店.xlsx", [loss(1000)]);
    await shop("店/乙店.xlsx", [loss(200, { id: "L2", customer: "乙" })]);
    await group();
    writeFileSync(at("店/甲店 - 副本.xlsx"), readFileSync(at("店/甲店.xlsx")));
    const { rows, files } = await printed();
    expect(rows.map(({ file }) => file)).toEqual(["乙店.xlsx"]);
    expect(files.unread.map(({ file }) => file).sort()).toEqual(["甲店 - 副本.xlsx", "甲店.xlsx"]);
  });
});

/** The group's workbook with a month that is locked from the first run on. */
async function locked(month: string, people: readonly (readonly (string | number | null)[])[] = []): Promise<void> {
  const bytes = await newLedger({
    packs: [packs.get("franchise-retail")!],
    language: "zh",
    people,
    settings: [["锁定至月份", month]],
  });
  mkdirSync(at("店"), { recursive: true });
  writeFileSync(at(OWN), bytes);
}

describe("the book", () => {
  it("a workbook that is missing or can't be read posts nothing new and takes nothing back", async () => {
    await shop("店/甲店.xlsx", [loss(1000)]);
    await shop("店/乙店.xlsx", [loss(200, { id: "L2", customer: "乙" })]);
    await locked("2026-03");
    await group();
    const posted = postings();
    renameSync(at("店/甲店.xlsx"), at("走了.xlsx"));
    const gone = await printed();
    expect(gone.files.unread).toMatchObject([{ file: "甲店.xlsx" }]);
    expect(gone.messages.map(({ text }) => text).join("\n")).toMatch(/已入账的投诉有1件/);
    expect(postings()).toBe(posted);
    expect(gone.deductions.map(({ deducted }) => deducted)).toEqual(["1200.00"]);
    writeFileSync(at("店/甲店.xlsx"), "x");
    await group();
    expect(postings()).toBe(posted);
  });

  it("notices come from the group's workbook: a shop's refuses and names it", async () => {
    await shop("店/东区/甲店.xlsx", [loss(1000)]);
    await shop("店/乙店.xlsx", [loss(200, { id: "L2", customer: "乙" })]);
    await group();
    const notices = (file: string): Promise<Run> =>
      tiaoliHere(["notices", at(file), "--month", "2026-03", "-o", at("单"), "--now", NOW, "--yes", "--json"]);
    const refused = await notices("店/东区/甲店.xlsx");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("../集团汇总.xlsx");
    const issued = JSON.parse((await notices(OWN)).stdout) as { notices: { amount: string; complaints: string[] }[] };
    expect(issued.notices).toMatchObject([{ amount: "1200.00", complaints: ["L1", "L2"] }]);
    expect(postings()).toBeGreaterThan(0);
    await group();
    const copy = readLedger(at("店/东区/甲店.xlsx")).sideTables.get("PostingsCopy")!;
    expect(copy.rows.map(({ cells }) => cells[8])).toContain("L1");
    expect(copy.rows.map(({ cells }) => cells[8])).not.toContain("L2");
    expect((await tiaoliHere(["verify", at(OWN)])).code).toBe(0);
    expect((await tiaoliHere(["process", at(OWN), "--now", NOW])).code).toBe(2);
  });
});

describe("a shop that has a book of its own", () => {
  const month = (month: string): string => `${month}-28T18:00`;
  const notices = (file: string, of: string): Promise<Run> =>
    tiaoliHere(["notices", at(file), "--month", of, "-o", at(`单 ${of}`), "--now", month(of), "--yes", "--json"]);
  const amounts = async (file: string, of: string): Promise<unknown> =>
    printedBy(await notices(file, of)).notices.map(({ complaints }) => complaints);
  const printedBy = ({ stdout, stderr }: Run): { readonly notices: readonly { readonly complaints: string[] }[] } => {
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as ReturnType<typeof printedBy>;
  };
  const taken = (file: string): number =>
    [...accountsOf(readBook(readLedger(at(file)).sideTables.get("Postings"), () => "").book.entries).claims.values()]
      .map((claim) => claim.taken)
      .reduce((sum, own) => sum + own, 0);
  const later = loss(200, { id: "L2", customer: "乙", receivedAt: "2026-05-02T09:00", closeAt: "2026-05-06T10:00" });
  const groupIn = (of: string): Promise<Run> => tiaoliHere(["group", at("店"), "--now", month(of), "--json"]);
  const whyNot = ({ stdout }: Run): string => (JSON.parse(stdout) as Printed).files.unread[0]?.why ?? "";

  it("is not read, and told what is open in it; joined as the sentence says, nothing is lost or taken twice", async () => {
    await shop("店/甲店.xlsx", [loss(1900), later]);
    await shop("店/乙店.xlsx", [loss(50, { id: "B1", customer: "丙" })], [["B1", "王五", ...LI.slice(2)]]);
    expect(await amounts("店/甲店.xlsx", "2026-03")).toEqual([["L1"]]);
    const stood = bytesOf("店/甲店.xlsx");
    expect(whyNot(await groupIn("2026-03"))).toMatch(/1件投诉已入账.*1人没扣完（李四400\.00元）.*先在它那里开通知扣完/);
    expect(bytesOf("店/甲店.xlsx")).toEqual(stood);

    // What is open is taken there first.
    await notices("店/甲店.xlsx", "2026-04");
    expect(taken("店/甲店.xlsx")).toBe(190_000);
    const told = whyNot(await groupIn("2026-04"));
    expect(told).toMatch(/1件投诉已入账.*移到本文件夹以外照原样保存.*其余投诉剪切到/);
    expect(told).not.toContain("没扣完");

    // Then it is kept elsewhere, without the complaints that are moved to the new ledger.
    renameSync(at("店/甲店.xlsx"), at("甲店 旧账.xlsx"));
    cutRow("甲店 旧账.xlsx", "L2");
    await shop("店/甲店.xlsx", [later]);
    await groupIn("2026-05");
    expect(await amounts(OWN, "2026-05")).toEqual([["L2"]]);
    expect(taken(OWN)).toBe(20_000);
    expect(await amounts("甲店 旧账.xlsx", "2026-05")).toEqual([]);
    expect(taken("甲店 旧账.xlsx")).toBe(190_000);
    for (const file of [OWN, "甲店 旧账.xlsx"]) expect((await tiaoliHere(["verify", at(file)])).code).toBe(0);
  }, 120_000);

  /** What was cut out leaves blank cells. */
  function cutRow(file: string, id: string): void {
    const { sheet, rows, columns } = readLedger(at(file));
    const { row, cells } = rows.find((one) => one.cells.id === id)!;
    let bytes: Uint8Array = readFileSync(at(file));
    for (const [column, { letter }] of columns)
      if ((cells[column as InputId] ?? null) !== null) bytes = withCell(bytes, sheet, `${letter}${row}`, ">");
    writeFileSync(at(file), bytes);
  }
});

describe("what happens meanwhile", () => {
  const three = async (): Promise<void> => {
    for (const [i, name] of ["甲", "乙", "丙"].entries())
      await shop(`店/${name}店.xlsx`, [loss(100 + i, { id: `L${i}`, customer: name })]);
  };
  const files = ["店/甲店.xlsx", "店/乙店.xlsx", "店/丙店.xlsx"];

  it("a run that ends anywhere leaves files that are old or new, and the next one ends the work", async () => {
    await three();
    const old = bytesOf(...files);
    // After the first member, and right before the group's own workbook.
    for (const end of [1, 3]) {
      files.forEach((file, i) => {
        writeFileSync(at(file), Buffer.from(old[i]!, "base64"));
      });
      rmSync(at(OWN), { force: true });
      let passed = 0;
      before.act = (path) => {
        if (passed++ === end) throw new Error("killed");
        return path;
      };
      await expect(group()).rejects.toThrow("killed");
      before.act = (path) => path;
      bytesOf(...files).forEach((bytes, i) => {
        const isOld = bytes === old[i];
        if (!isOld)
          expect(
            openFileLedger(readFileSync(at(files[i]!)), { codec: nodeCodec }).snapshot.rows[0]!.outputs.status,
          ).toBe("已结案");
      });
      const { deductions } = await printed();
      expect(deductions.map(({ deducted }) => deducted)).toEqual(["303.00"]);
      const stood = bytesOf(...files, OWN);
      expect((await printed()).files.written).toBe(0);
      expect(bytesOf(...files, OWN)).toEqual(stood);
    }
  }, 120_000);

  it("a workbook that somebody saves in between is judged anew, as it is now", async () => {
    await three();
    let saved = false;
    const bytes = await (async () => {
      await shop("别处.xlsx", [loss(900, { id: "L1", customer: "乙" })]);
      return readFileSync(at("别处.xlsx"));
    })();
    before.act = (path) => {
      if (saved || !path.endsWith("乙店.xlsx")) return path;
      saved = true;
      writeFileSync(at("店/乙店.xlsx"), bytes);
      utimesSync(at("店/乙店.xlsx"), new Date(), new Date(Date.now() + 5000));
      return path;
    };
    const { deductions, files: told } = await printed();
    expect(saved).toBe(true);
    expect(deductions.map(({ deducted }) => deducted)).toEqual(["1102.00"]);
    expect(told.unread).toEqual([]);
  }, 120_000);

  it("a workbook that is open in Excel is not read, and says who has it", async () => {
    await three();
    writeFileSync(at("店/~$乙店.xlsx"), "");
    const { rows, files: told } = await printed();
    expect(rows.map(({ file }) => file)).toEqual(["丙店.xlsx", "甲店.xlsx"]);
    expect(told.unread).toMatchObject([{ file: "乙店.xlsx" }]);
    expect(told.unread[0]!.why).toContain("~$乙店.xlsx");
  });
});
