import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { parseIso, toSerial } from "../../src/domain/wall-time.js";
import { examineBookAct, type BookAct, type ExaminedAct } from "../../src/jobs/book-act.js";
import { clearPersonData } from "../../src/jobs/clear-person-data.js";
import { examineNotices } from "../../src/jobs/issue-notices.js";
import { examineLedger, mayWrite, type ExaminedLedger, type JudgeOptions } from "../../src/jobs/judge-ledger.js";
import { verifyLedger } from "../../src/jobs/verify-ledger.js";
import type { LedgerSnapshot, SideTableName } from "../../src/ledger/port.js";
import { bodyArea, type CellValue } from "../../src/workbench/host/workbook-model.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { typeInto, type Home } from "./homes.js";

/** A year in an office: a small ledger of one shop in either home, and what finance does with it month by month. */

const PACKS = loadAllPacks();

export type PersonLine = readonly (string | number | null)[];

/** 工号, 姓名, wage and bonus; 入职日期 where it is said. */
export function person(no: string | null, name: string, over: { joined?: string; left?: string } = {}): PersonLine {
  const day = (text: string | undefined): number | null => (text === undefined ? null : toSerial(parseIso(text)!));
  return [no, name, "营运部", null, "店长", null, 1, 3000, 6000, day(over.joined), day(over.left)];
}

/** A closed loss of a shop, laid on somebody. */
export function loss(id: string, who: string, amount: number, day: string, over: StoryCells = {}): StoryCells {
  return {
    ...{ id, pack: "franchise-retail", receivedAt: `${day}T09:00`, customer: `客户${id}`, upheld: "是", person: who },
    ...{ description: `门店发错尺码，与订单不符${id}`, loss: amount, closeAt: `${day}T16:00` },
    ...over,
  };
}

export interface OfficeParts {
  readonly rows: readonly StoryCells[];
  readonly people: readonly PersonLine[];
  readonly settings?: readonly (readonly [string, string | number])[];
}

export function office({ rows, people, settings = [] }: OfficeParts): Promise<Uint8Array> {
  return newLedger({
    packs: [PACKS.get("franchise-retail")!],
    language: "zh",
    rows: rows.map(cellsOf),
    people: people.map((line) => [...line]),
    settings: [
      ["默认制度", "franchise-retail"],
      ["当地最低工资", 2490],
      ...settings.map((line) => [...line] as const),
    ].map(([item, value]) => [item, value] as [string, string | number]),
  });
}

export function optionsAt(day: string, over: Partial<JudgeOptions> = {}): JudgeOptions {
  return { packs: PACKS, statutes: STATUTES, language: "zh", now: parseIso(`${day}T18:00`)!, ...over };
}

/** An office in one of the homes. */
export class Office {
  constructor(readonly home: Home) {}

  read(): Promise<LedgerSnapshot> {
    return this.home.read();
  }

  async look(day: string): Promise<ExaminedLedger> {
    return examineLedger(await this.read(), optionsAt(day));
  }

  async process(day: string): Promise<ExaminedLedger> {
    return this.settle(await this.look(day));
  }

  async notices(month: string, day: string): Promise<ExaminedLedger> {
    return this.settle(examineNotices(await this.read(), optionsAt(day), { month, issue: true }).ledger);
  }

  /** A decision about the books, carried out; fails with what stands in its way. */
  async act(act: BookAct, day: string): Promise<ExaminedAct> {
    const done = examineBookAct(await this.read(), optionsAt(day), { act, post: true });
    if (done.problem !== undefined) throw new Error(done.problem);
    await this.settle(done.ledger);
    return done;
  }

  async clear(who: string, day: string): Promise<void> {
    const cleared = clearPersonData(mayWrite(await (await this.look(day)).judgement()), who);
    if (cleared.kind === "refused") throw new Error(cleared.reason);
    await this.home.write(cleared.write);
    await this.process(day);
  }

  async settle(examined: ExaminedLedger): Promise<ExaminedLedger> {
    const { write } = mayWrite(await examined.judgement());
    if (write) await this.home.write(write);
    return examined;
  }

  type(table: string, row: number, header: string, value: CellValue): void {
    this.home.edit((author) => {
      typeInto(author, table, row, header, value);
    });
  }

  /** A new line at the end of a table. */
  add(table: string, line: readonly (CellValue | null)[]): void {
    this.home.edit((author) => {
      author.insertTableRows(table, bodyArea(author.table(table)).rows, [line.map((cell) => cell ?? "")]);
    });
  }

  /** Columns of a table of ours, as they stand. */
  async lines(table: SideTableName, headers: readonly string[]): Promise<unknown[][]> {
    const found = (await this.read()).sideTables.get(table);
    if (!found) return [];
    const places = headers.map((name) => found.headers.findIndex(({ header }) => header === name));
    return found.rows.map(({ cells }) => places.map((at) => cells[at] ?? null));
  }

  /** What is posted, without 结转 and notes. */
  async postings(): Promise<unknown[][]> {
    const lines = await this.lines("Postings", ["月份", "种类", "工号", "姓名", "金额"]);
    return lines.filter(([, kind]) => kind !== "结转" && kind !== "备注");
  }

  async flaws(): Promise<readonly string[]> {
    const { flaws } = verifyLedger(await this.read(), { language: "zh", key: undefined, anchors: [] });
    return flaws.map(({ kind }) => kind);
  }
}

/** What a run says of the ledger and its rows. */
export function said({ outcome }: ExaminedLedger): string {
  return outcome.messages.map(({ text }) => text).join("\n");
}
