import fc from "fast-check";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { addDays, dayOf, isoDate, startOfDay, toSerial, type Day, type WallTime } from "../../src/domain/wall-time.js";
import { firstDay, nextMonth } from "../../src/books/months.js";
import { examineNotices } from "../../src/jobs/issue-notices.js";
import { examineLedger, type ExaminedLedger, type JudgeOptions } from "../../src/jobs/judge-ledger.js";
import { verifyLedger } from "../../src/jobs/verify-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import type { LedgerSnapshot, RawTable, SideTableName } from "../../src/ledger/port.js";
import { loadPack } from "../../src/rules/load-pack.js";
import type { Pack } from "../../src/rules/pack.js";
import { bodyArea, valueAt, type CellValue } from "../../src/workbench/host/workbook-model.js";
import { columnLetters } from "../../src/ledger/excel/ranges.js";
import { loadAllPacks, packFiles, STATUTES } from "../packs-folder.js";
import { cellIn, typeInto, type Home } from "./homes.js";

/**
 * Random histories of a real workbook over two years and more: what people type into it, and the acts of the program upon
 * it, through the file or through Excel. After every run the promises of the book are checked from the workbook alone.
 */

// ------------------------------------------------------------ what may happen

export const LEDGER_ACTIONS = [
  "complaint",
  "close",
  "reopen",
  "loss",
  "upheld",
  "unreadable",
  "year-2062",
  "barcode",
  "delete",
  "twice",
  "renumber",
  "archive",
  "follow-up",
  "sort",
  "wage",
  "bonus",
  "crew",
  "left",
  "unlist",
  "join",
  "minimum-wage",
  "region",
  "cap",
  "pack-gone",
  "pack-back",
  "notices",
  "deliver",
  "object",
  "decide",
  "withdraw",
  "lock",
  "process",
  "clock-back",
] as const;
type LedgerAction = (typeof LEDGER_ACTIONS)[number];
const EVERYDAY: readonly LedgerAction[] = ["complaint", "complaint", "close", "notices", "lock", "loss"];

interface Step {
  readonly name: LedgerAction;
  readonly a: number;
  readonly b: number;
}
export type LedgerHistory = readonly (readonly Step[])[];

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.oneof(fc.constantFrom(...EVERYDAY), fc.constantFrom(...LEDGER_ACTIONS)),
  a: fc.nat({ max: 9999 }),
  b: fc.nat({ max: 9999 }),
});

/** Histories of at least 24 months. */
export const ledgerHistories: fc.Arbitrary<LedgerHistory> = fc.array(
  fc.array(step, { minLength: 1, maxLength: 4, size: "max" }),
  { minLength: 24, maxLength: 27 },
);

// ------------------------------------------------------------ playing one

const PACK_IDS = ["franchise-retail", "furniture-north"] as const;
const PACKS = loadAllPacks();
const LOWER = lowerCap();

/** The retail pack with 40 % in the place of 50 %, as somebody edits it. */
function lowerCap(): Pack {
  const files = new Map(packFiles("franchise-retail"));
  const text = files.get("parameters.json")!;
  files.set("parameters.json", text.replace('"value": 50', '"value": 40'));
  const result = loadPack("franchise-retail", files);
  if ("problems" in result || files.get("parameters.json") === text) throw new Error("the cap was not lowered");
  return result.pack;
}

const NAMES = ["张三", "李四", "王五", "赵六", "钱七"] as const;
type PersonRow = readonly (string | number | null)[];
const PEOPLE: readonly PersonRow[] = [
  ["1001", "张三", "营运部", null, "店长", null, 1, 3000, 6000, 45_000, null],
  ["1002", "李四", "营运部", null, "导购", null, 1, 1000, 4000, 45_000, null],
  [null, "王五", "营运部", null, "导购", null, 1, 2000, 3000, null, null],
  ["1004", "赵六", "营运部", null, "导购", null, 1, null, 5200, 45_000, null],
];

/** The workbook a history begins with. */
export async function firstWorkbook(): Promise<Uint8Array> {
  const row: StoryCells = { ...complaintCells("R0", dayOf(2024, 1, 3), 10), closeAt: "2024-01-10T10:00" };
  const bytes = await newLedger({
    packs: PACK_IDS.map((id) => PACKS.get(id)!),
    language: "zh",
    // With the column by which a complaint continues another.
    rows: [{ ...cellsOf(row), followsId: "" }],
    people: PEOPLE.map((line) => [...line]),
    settings: [
      ["默认制度", "franchise-retail"],
      ["当地最低工资", 2490],
    ],
  });
  const columns = ["投诉编号", "适用制度"].map((header) => ({ header, kind: "text" as const, width: 12 }));
  const archive = { sheet: "归档", table: "Archive", columns, rows: [], mode: "replace" as const };
  return openFileLedger(bytes, { codec: nodeCodec }).write({ outputColumns: [], rows: [], tables: [archive] }).bytes;
}

function complaintCells(id: string, day: Day, n: number): StoryCells {
  const at = `${isoDate(day)}T09:00`;
  const person = NAMES[n % NAMES.length]!;
  if (n % 3 === 2)
    return {
      ...{ id, pack: "furniture-north", receivedAt: at, customer: `客户${id}`, upheld: "是", person },
      ...{ description: `抱怨不知道促销政策变了${id}`, cause: "市场政策误解", answeredAt: `${isoDate(day)}T09:20` },
    };
  return {
    ...{ id, pack: "franchise-retail", receivedAt: at, customer: `客户${id}`, upheld: "是", person },
    ...{ description: `门店发错尺码，与订单不符${id}`, loss: 200 + ((n * 731) % 6000) },
  };
}

export interface PlayedLedger {
  readonly runs: number;
  readonly entries: number;
}

/** Plays a history; throws where a promise is broken. */
export async function playLedger(history: LedgerHistory, home: Home): Promise<PlayedLedger> {
  const player = new LedgerPlayer(home);
  for (const steps of history) await player.month(steps);
  return player.finish();
}

class LedgerPlayer {
  private month_ = "2024-01";
  private day: Day = dayOf(2024, 1, 4);
  private posted: readonly string[] = [];
  private runs = 0;
  private numbers = 0;
  private readonly packs = new Map<string, Pack>(PACK_IDS.map((id) => [id, PACKS.get(id)!]));
  private trail: string[] = [];

  constructor(private readonly home: Home) {}

  async month(steps: readonly Step[]): Promise<void> {
    const start = firstDay(this.month_);
    for (const [i, one] of steps.entries()) {
      const day = addDays(start, 3 + Math.floor((24 * (i + 1)) / (steps.length + 1)));
      if (day > this.day) this.day = day;
      this.trail.push(`${isoDate(this.day)} ${one.name}`);
      try {
        await this.steps[one.name](one);
      } catch (error) {
        const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
        throw new Error(`${said}\nafter: ${this.trail.slice(-25).join(", ")}`, { cause: error });
      }
    }
    this.month_ = nextMonth(this.month_);
    this.day = addDays(firstDay(this.month_), 2);
  }

  async finish(): Promise<PlayedLedger> {
    await this.process();
    return { runs: this.runs, entries: this.posted.length };
  }

  // ---------------------------------------------------------- acts

  private get now(): WallTime {
    return (startOfDay(this.day) + 18 * 3600) as WallTime;
  }

  private options(now = this.now): JudgeOptions {
    return { packs: this.packs, statutes: STATUTES, now, language: "zh" };
  }

  private async process(): Promise<void> {
    const snapshot = await this.home.read();
    await this.settle(snapshot, examineLedger(snapshot, this.options()));
    const again = await this.home.read();
    const second = examineLedger(again, this.options());
    await mustBeUnchanged("processing twice", second);
  }

  private async issue(month: string): Promise<void> {
    const snapshot = await this.home.read();
    const look = examineNotices(snapshot, this.options(), { month, issue: false });
    if (look.plan.posted === 0 && look.pages.every(({ isNew }) => !isNew)) return;
    const { ledger } = examineNotices(snapshot, this.options(), { month, issue: true });
    await this.settle(snapshot, ledger);
    const again = await this.home.read();
    const second = examineNotices(again, this.options(), { month, issue: true });
    if (second.pages.some(({ isNew }) => isNew)) throw new Error("noticing twice sends something twice");
    await mustBeUnchanged("noticing twice", second.ledger);
    await mustBeUnchanged("processing what was noticed", examineLedger(again, this.options()));
  }

  /** Writes what a run says, and checks what stands afterwards. */
  private async settle(before: LedgerSnapshot, examined: ExaminedLedger): Promise<void> {
    this.runs += 1;
    const judgement = await examined.judgement();
    if (judgement.kind !== "may-write") throw new Error(`refused: ${judgement.reason}`);
    if (judgement.write) await this.home.write(judgement.write);
    this.check(before, await this.home.read());
  }

  private check(before: LedgerSnapshot, after: LedgerSnapshot): void {
    const lines = postedLines(after);
    this.posted.forEach((line, i) => {
      if (lines[i] !== line) throw new Error(`a posted entry changed:\n${line}\n${lines[i] ?? "gone"}`);
    });
    const fresh = lines.slice(this.posted.length).map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const entry of fresh) this.checkEntry(entry, before);
    this.posted = lines;
    const { flaws } = verifyLedger(after, { language: "zh", key: undefined, anchors: [] });
    if (flaws.length > 0) throw new Error(`the books do not prove themselves: ${JSON.stringify(flaws.slice(0, 3))}`);
    this.checkWages(fresh, before);
  }

  /** Claims come from rows that were read, judged and closed, and from notices that people withdrew. */
  private checkEntry(entry: Record<string, unknown>, before: LedgerSnapshot): void {
    if (String(entry["月份"]) > this.month_) throw new Error(`posted after the clock: ${String(entry["月份"])}`);
    if (!["确定", "补扣", "冲回"].includes(String(entry["种类"])) || entry["起因"] === "撤销") return;
    const rows = before.rows.filter(({ cells }) => cells.id === entry["投诉编号"] && cells.pack === entry["适用制度"]);
    const [row] = rows;
    // Of a complaint that another row continues, that row speaks.
    const continued = before.rows.filter(
      ({ cells }) => cells.followsId === entry["投诉编号"] && cells.pack === entry["适用制度"],
    );
    if (continued.some(({ cells }) => typeof cells.closeAt === "number")) return;
    if (rows.length !== 1 || !row)
      throw new Error(`${String(entry["种类"])} for a row that stands ${rows.length} times`);
    if (typeof row.cells.closeAt !== "number") throw new Error(`${String(entry["种类"])} for an open complaint`);
    if (row.cells.pack === "franchise-retail" && typeof row.cells.loss !== "number")
      throw new Error(`${String(entry["种类"])} for a row whose loss can't be read`);
    if (typeof row.cells.pack !== "string" || !this.packs.has(row.cells.pack))
      throw new Error(`${String(entry["种类"])} without the pack`);
  }

  /** What is taken in a month leaves the minimum wage of the day it was posted, as 人员 and 设置 stand. */
  private checkWages(fresh: readonly Record<string, unknown>[], before: LedgerSnapshot): void {
    const minimum = settingOf(before, "当地最低工资");
    if (typeof minimum !== "number") return;
    const sums = new Map<string, number>();
    for (const entry of fresh)
      if (entry["种类"] === "扣款") {
        const key = `${String(entry["姓名"])}\n${String(entry["月份"])}`;
        sums.set(key, (sums.get(key) ?? 0) + Number(entry["金额"]));
      }
    const people = before.sideTables.get("People");
    for (const [key, sum] of sums) {
      const [name] = key.split("\n");
      const line = people?.rows.find(({ cells }) => cells[headerAt(people, "姓名")] === name);
      const wage = line?.cells[headerAt(people!, "月工资")];
      if (typeof wage !== "number") continue;
      if (sum > Math.max(0, wage - minimum) + 0.001) throw new Error(`${sum} taken of ${key} with a wage of ${wage}`);
    }
  }

  // ---------------------------------------------------------- what people do

  private type(table: string, index: number, header: string, value: CellValue): void {
    this.home.edit((author) => {
      typeInto(author, table, index, header, value);
    });
  }

  private rowsOf(table: string): number {
    let count = 0;
    this.home.edit((author) => {
      try {
        const { rows } = bodyArea(author.table(table));
        count = rows;
      } catch {
        // 扣款通知 is not there before the first notice.
      }
    });
    return count;
  }

  private cell(table: string, index: number, header: string): CellValue {
    let value: CellValue = "";
    this.home.edit((author) => {
      value = cellIn(author, table, index, header);
    });
    return value;
  }

  private onRow({ a }: Step, header: string, value: CellValue): void {
    const rows = this.rowsOf("Complaints");
    if (rows > 0) this.type("Complaints", a % rows, header, value);
  }

  private onPerson({ a }: Step, header: string, value: CellValue): void {
    const rows = this.rowsOf("People");
    if (rows > 0) this.type("People", a % rows, header, value);
  }

  private onNotice({ a }: Step, values: Readonly<Record<string, CellValue>>): void {
    const rows = this.rowsOf("Notices");
    if (rows === 0) return;
    for (const [header, value] of Object.entries(values)) this.type("Notices", a % rows, header, value);
  }

  private set(item: string, value: CellValue): void {
    this.home.edit((author) => {
      const table = author.table("Settings");
      const body = bodyArea(table);
      const sheet = author.sheet("设置");
      for (let i = 0; i < body.rows; i++)
        if (valueAt(sheet, body.row + i, body.column) === item) {
          author.type("设置", `${columnLetters(body.column + 1)}${body.row + i + 1}`, value);
          return;
        }
      author.insertTableRows("Settings", body.rows, [[item, value]]);
    });
  }

  private add(cells: StoryCells): void {
    this.home.edit((author) => {
      const rows = bodyArea(author.table("Complaints")).rows;
      author.insertTableRows("Complaints", rows, [[]]);
      for (const [header, value] of headersOf(cells)) typeInto(author, "Complaints", rows, header, value);
    });
  }

  private readonly steps: Record<LedgerAction, (step: Step) => Promise<void> | void> = {
    complaint: ({ a, b }) => {
      this.numbers += 1;
      const cells = complaintCells(`R${this.numbers}`, this.day, a);
      this.add(b % 3 === 0 ? cells : { ...cells, closeAt: `${isoDate(this.day)}T16:00` });
    },
    close: (step) => {
      this.onRow(step, "结案时间", toSerial((startOfDay(this.day) + 15 * 3600) as WallTime));
    },
    reopen: (step) => {
      this.onRow(step, "结案时间", "");
    },
    loss: (step) => {
      this.onRow(step, "损失金额", 100 + (step.b % 7000));
    },
    upheld: (step) => {
      this.onRow(step, "是否成立", step.b % 2 === 0 ? "否" : "是");
    },
    unreadable: (step) => {
      this.onRow(step, "损失金额", "五千左右");
    },
    "year-2062": (step) => {
      this.onRow(step, "结案时间", toSerial(startOfDay(dayOf(2062, 3, 1))));
    },
    barcode: (step) => {
      this.onRow(step, "损失金额", 6_901_234_567_892);
    },
    delete: ({ a }) => {
      const rows = this.rowsOf("Complaints");
      if (rows > 1)
        this.home.edit((author) => {
          author.deleteTableRows("Complaints", a % rows);
        });
    },
    twice: (step) => {
      const other = step.b % Math.max(1, this.numbers);
      this.onRow(step, "投诉编号", `R${other}`);
    },
    renumber: (step) => {
      this.onRow(step, "投诉编号", `X${step.b}`);
    },
    // Put away: named in 归档, and its row mostly moved to another file.
    archive: ({ a, b }) => {
      const rows = this.rowsOf("Complaints");
      if (rows <= 1) return;
      const [id, pack] = ["投诉编号", "适用制度"].map((header) => this.cell("Complaints", a % rows, header));
      if (typeof id !== "string" || typeof pack !== "string") return;
      this.home.edit((author) => {
        author.insertTableRows("Archive", bodyArea(author.table("Archive")).rows, [[id, pack]]);
        if (b % 3 > 0) author.deleteTableRows("Complaints", a % rows);
      });
    },
    "follow-up": ({ a, b }) => {
      const rows = this.rowsOf("Complaints");
      const [id, pack] = ["投诉编号", "适用制度"].map((header) => this.cell("Complaints", a % rows, header));
      if (typeof id !== "string" || typeof pack !== "string") return;
      this.numbers += 1;
      const n = pack === "furniture-north" ? 2 + 3 * (b % 5) : 3 * (b % 5);
      const cells = { ...complaintCells(`R${this.numbers}`, this.day, n), followsId: id };
      this.add(b % 3 === 0 ? cells : { ...cells, closeAt: `${isoDate(this.day)}T16:00` });
    },
    sort: async () => {
      const before = examineLedger(await this.home.read(), this.options()).outcome.deductions;
      this.home.edit((author) => {
        const rows = bodyArea(author.table("Complaints")).rows;
        author.reorder(
          "Complaints",
          Array.from({ length: rows }, (_, i) => rows - 1 - i),
        );
      });
      const after = examineLedger(await this.home.read(), this.options()).outcome.deductions;
      if (JSON.stringify(after) !== JSON.stringify(before)) throw new Error("the order of rows changes deductions");
    },
    wage: (step) => {
      this.onPerson(step, "月工资", step.b % 9 === 0 ? "" : 2000 + (step.b % 6000));
    },
    bonus: (step) => {
      this.onPerson(step, "月绩效奖金", step.b % 9 === 0 ? "" : step.b % 4000);
    },
    crew: (step) => {
      this.onPerson(step, "班组", `${step.b % 3}班`);
    },
    left: (step) => {
      this.onPerson(step, "离职日期", step.b % 3 === 0 ? "" : toSerial(startOfDay(this.day)));
    },
    unlist: ({ a }) => {
      const rows = this.rowsOf("People");
      if (rows > 1)
        this.home.edit((author) => {
          author.deleteTableRows("People", a % rows);
        });
    },
    join: ({ a, b }) => {
      const line =
        b % 2 === 0 ? PEOPLE[a % PEOPLE.length]! : ["1005", "钱七", "营运部", null, "导购", null, 1, b % 3000, 4000];
      this.home.edit((author) => {
        const rows = bodyArea(author.table("People")).rows;
        author.insertTableRows("People", rows, [line.map((cell) => cell ?? "")]);
      });
    },
    "minimum-wage": ({ b }) => {
      this.set("当地最低工资", b % 7 === 0 ? "" : 1500 + (b % 4000));
    },
    region: ({ b }) => {
      this.set("扣款地区", ["", "广东", "深圳"][b % 3]!);
    },
    cap: ({ b }) => {
      if (this.packs.has("franchise-retail"))
        this.packs.set("franchise-retail", b % 2 === 0 ? LOWER : PACKS.get("franchise-retail")!);
    },
    "pack-gone": ({ b }) => {
      this.packs.delete(PACK_IDS[b % 2]!);
    },
    "pack-back": () => {
      for (const id of PACK_IDS) if (!this.packs.has(id)) this.packs.set(id, PACKS.get(id)!);
    },
    notices: async ({ b }) => {
      await this.issue(b % 3 === 0 ? this.month_ : previous(this.month_));
    },
    deliver: (step) => {
      this.onNotice(step, {
        状态: "已送达",
        送达日期: step.b % 6 === 0 ? "" : toSerial(startOfDay(this.day)),
        送达方式: "签收",
      });
    },
    object: (step) => {
      this.onNotice(step, { 状态: "异议中", 异议日期: toSerial(startOfDay(this.day)) });
    },
    decide: (step) => {
      const state = ["维持", "变更", "拟发", "随便写的"][step.b % 4]!;
      this.onNotice(step, { 状态: state, 复核日期: toSerial(startOfDay(this.day)) });
    },
    withdraw: (step) => {
      this.onNotice(step, { 状态: "撤销", 撤销原因: step.b % 4 === 0 ? "" : "发错" });
    },
    lock: async ({ b }) => {
      const month = b % 3 === 0 ? this.month_ : previous(this.month_);
      this.set("锁定至月份", month);
      await this.process();
    },
    process: () => this.process(),
    "clock-back": async () => {
      if (this.posted.length === 0) return;
      const snapshot = await this.home.read();
      const last = Math.max(...snapshot.sideTables.get("Postings")!.rows.map(({ cells }) => Number(cells[2])));
      const now = (startOfDay((Math.floor(last) - 25_569) as Day) - 3600) as WallTime;
      const judgement = await examineLedger(snapshot, this.options(now)).judgement();
      if (judgement.kind !== "refused") throw new Error(`a clock before the last entry: ${judgement.kind}`);
    },
  };
}

/** A workbook that says what was judged has nothing more to be written. */
async function mustBeUnchanged(what: string, examined: ExaminedLedger): Promise<void> {
  if (examined.unchanged) return;
  const judgement = await examined.judgement();
  if (judgement.kind !== "may-write") throw new Error(`${what} is refused: ${judgement.reason}`);
  const tables = judgement.write?.tables.map(({ table, rows }) => `${table} ${JSON.stringify(rows.slice(-2))}`);
  throw new Error(`${what} changes rows ${examined.changedRows.join()} and ${tables?.join("; ") ?? ""}`);
}

/** Headers of the ledger by column id, as `newLedger` writes them. */
const HEADERS: Readonly<Partial<Record<keyof StoryCells, string>>> = {
  id: "投诉编号",
  pack: "适用制度",
  receivedAt: "受理时间",
  customer: "客户名称",
  description: "投诉内容",
  cause: "原因",
  loss: "损失金额",
  upheld: "是否成立",
  person: "责任人",
  answeredAt: "答复客户时间",
  closeAt: "结案时间",
  followsId: "原投诉编号",
};

function headersOf(cells: StoryCells): (readonly [string, CellValue])[] {
  return Object.entries(cellsOf(cells)).map(([id, value]) => [HEADERS[id as keyof StoryCells]!, value] as const);
}

/** Entries as they stand, each as one text, without what only places it. */
function postedLines({ sideTables }: LedgerSnapshot): string[] {
  const table = sideTables.get("Postings");
  return (table?.rows ?? []).map(({ cells }) =>
    JSON.stringify(Object.fromEntries(table!.headers.map(({ header }, i) => [header, cells[i]]))),
  );
}

function headerAt({ headers }: RawTable, name: string): number {
  return headers.findIndex(({ header }) => header === name);
}

function settingOf({ sideTables }: LedgerSnapshot, item: string): unknown {
  return sideTables.get("Settings" satisfies SideTableName)?.rows.find(({ cells }) => cells[0] === item)?.cells[1];
}

function previous(month: string): string {
  return isoDate(addDays(firstDay(month), -1)).slice(0, 7);
}
