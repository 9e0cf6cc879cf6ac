import ExcelJS from "exceljs";
import { unzipSync } from "fflate";
import { afterEach, describe, expect, test } from "vitest";
import { cellsOf, type StoryCells } from "../../scripts/sample/story-cells.js";
import { newGroupLedger, newLedger } from "../../src/documents/new-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import type { LedgerSnapshot } from "../../src/ledger/port.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import type { ChosenFile } from "../../src/taskpane/state/group-desk.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { loadAllPacks } from "../packs-folder.js";
import { closePanes, openPaneHere, type PaneHere } from "./pane-here.js";

/** 汇总多个工作簿 in the open workbook: the shops come from files, which a page can read and never write to. */

afterEach(closePanes);

const packs = loadAllPacks();
const pack = packs.get("franchise-retail")!;
const LI = ["A1", "李四", "营运部", null, "店长", null, 2, 3000, 5000, null, null];

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

function shop(amount: number, more: StoryCells = {}): Promise<Uint8Array> {
  return newLedger({ packs: [pack], language: "zh", rows: [cellsOf(loss(amount, more))], people: [LI] });
}

/** A shop whose ledger stands on a sheet a month. */
async function monthsShop(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const [sheet, month] of Object.entries({ "2月": "2026-02", "3月": "2026-03" }))
    book.addWorksheet(sheet).addRows([
      ["投诉编号", "受理时间", "投诉内容", "是否成立", "结案时间", "损失金额", "责任人"],
      [`S${month}`, `${month}-02 09:00`, "门店发错尺码，与订单不符", "是", `${month}-06 10:00`, 500, "李四"],
    ]);
  book.addWorksheet("设置").addRows([
    ["项目", "值"],
    ["默认制度", "franchise-retail"],
  ]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** As a browser gives it; `isThere` says whether the file is still as it was chosen. */
function file(name: string, bytes: Uint8Array, isThere = (): boolean => true): ChosenFile {
  const own = (): Promise<ArrayBuffer> =>
    isThere() ? Promise.resolve(new Uint8Array(bytes).buffer) : Promise.reject(new Error("NotReadableError"));
  return { name, arrayBuffer: own, slice: () => ({ arrayBuffer: own }) };
}

async function groupBook(): Promise<PaneHere> {
  const bytes = await newGroupLedger([...packs.values()], "zh");
  return openPaneHere(readBook(bytes, "集团汇总.xlsx", nodeCodec));
}

const snapshotOf = (bytes: Uint8Array): LedgerSnapshot => openFileLedger(bytes, { codec: nodeCodec }).snapshot;

async function copiesOf({ pane }: PaneHere): Promise<Readonly<Record<string, Uint8Array>>> {
  const made = (await pane.group.copies())!;
  expect(made.name).toBe("各店副本.zip");
  return unzipSync(made.bytes);
}

describe("the shops' workbooks", () => {
  test("are judged as one ledger: one book in the open workbook, and copies to be put in their places", async () => {
    const here = await groupBook();
    await here.pane.group.gather(here.pane.ledger, [
      file("甲店.xlsx", await shop(1000)),
      file("乙店.xlsx", await shop(900)),
      file("坏.xlsx", new Uint8Array([1, 2, 3])),
      file("~$甲店.xlsx", new Uint8Array()),
      file("说明.docx", new Uint8Array()),
    ]);
    expect(here.state().problem).toBeUndefined();
    const { group } = here.state();
    expect(group!.members).toEqual([
      { source: "甲店", file: "甲店.xlsx", rows: 1 },
      { source: "乙店", file: "乙店.xlsx", rows: 1 },
    ]);
    expect(group!.unread).toMatchObject([{ file: "坏.xlsx" }]);
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, report: { summary: { rows: 2 } }, group: { behind: 2 } });
    const [headers = [], line = []] = here.values("扣款台账");
    const cell = (header: string): unknown => line[headers.indexOf(header)];
    // Half of the bonus of 3000 a month, over both.
    expect([cell("姓名"), cell("本月扣款"), cell("结转下月")]).toEqual(["李四", 1500, 400]);
    expect(here.values("分店").map((row) => row.slice(0, 3))).toEqual([
      ["来源工作簿", "文件", "行数"],
      ["甲店", "甲店.xlsx", 1],
      ["乙店", "乙店.xlsx", 1],
      ["", "坏.xlsx", ""],
    ]);

    // A look meanwhile takes nothing from what waits for the shops.
    const split = await here.pane.papers.splitReport("part");
    expect(split!.files.map(({ name }) => name.split(" ").at(-1))).toEqual(["乙店.xlsx", "甲店.xlsx"]);
    const copies = await copiesOf(here);
    expect(Object.keys(copies)).toEqual(["甲店.xlsx", "乙店.xlsx"]);
    const copy = snapshotOf(copies["甲店.xlsx"]!);
    expect(copy.rows[0]!.outputs.status).toBe("已结案");
    expect(copy.sideTables.get("GroupMembership")!.rows[0]!.cells.slice(0, 2)).toEqual(["甲店", "集团汇总.xlsx"]);

    // Once they lie in their places, nothing is left to be put back; who is left out is named.
    const placed = Object.entries(copies).map(([name, bytes]) => file(name, bytes));
    await here.pane.group.gather(here.pane.ledger, placed.slice(1));
    expect(here.state().group!.unread).toMatchObject([
      { file: "甲店.xlsx", why: expect.stringContaining("没有选") as string },
    ]);
    await here.pane.group.gather(here.pane.ledger, placed);
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, group: { behind: 0 } });
    expect(await here.pane.group.copies()).toBeUndefined();
  }, 60_000);

  test("with a sheet a month are asked about, and read as one ledger at a word", async () => {
    const here = await groupBook();
    const files = [file("甲店.xlsx", await monthsShop()), file("乙店.xlsx", await shop(900))];
    await here.pane.group.gather(here.pane.ledger, files);
    expect(here.state().group).toMatchObject({ members: [{ source: "乙店" }], severalSheets: true });
    await here.pane.group.gatherAllSheets(here.pane.ledger);
    expect(here.state().group).toMatchObject({
      members: [
        { source: "甲店", rows: 2 },
        { source: "乙店", rows: 1 },
      ],
      unread: [],
      severalSheets: false,
    });
    expect(here.state().group!.sheets.slice(1)).toEqual([
      { source: "甲店", sheet: "2月" },
      { source: "甲店", sheet: "3月" },
      { source: "乙店", sheet: undefined },
    ]);
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, report: { summary: { rows: 3 } }, group: { behind: 2 } });
    const copies = await copiesOf(here);
    const statusOn = (sheet: string): unknown =>
      openFileLedger(copies["甲店.xlsx"]!, { codec: nodeCodec, sheet }).snapshot.rows.map(
        ({ outputs }) => outputs.status,
      );
    expect([statusOn("2月"), statusOn("3月")]).toEqual([["已结案"], ["已结案"]]);

    // What was answered stands in the copies.
    const placed = Object.entries(copies).map(([name, bytes]) => file(name, bytes));
    await here.pane.group.gather(here.pane.ledger, placed);
    expect(here.state().group).toMatchObject({ unread: [], severalSheets: false });
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, group: { behind: 0 } });
  }, 60_000);

  test("that were changed after they were chosen end the run before anything is written", async () => {
    const here = await groupBook();
    let there = true;
    await here.pane.group.gather(here.pane.ledger, [file("甲店.xlsx", await shop(1000), () => there)]);
    there = false;
    const sheets = here.host.model.sheets.map(({ name }) => name);
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: { code: "refused" }, group: undefined });
    expect(here.state().problem!.text).toContain("甲店.xlsx");
    expect(here.host.model.sheets.map(({ name }) => name)).toEqual(sheets);
  }, 60_000);

  test("have to be chosen again after the group's workbook was opened anew, and notices wait for their numbers", async () => {
    const here = await groupBook();
    const unnumbered = await shop(1000, { id: undefined as never });
    await here.pane.group.gather(here.pane.ledger, [file("甲店.xlsx", unnumbered)]);
    await here.pane.ledger.process();
    expect(await here.pane.papers.issueNotices("2026-03")).toBeUndefined();
    expect(here.state().problem!.text).toContain("编号");
    const before = here.values("处罚明细");
    await here.pane.group.leave();
    await here.pane.ledger.process();
    expect(here.state().report!.refusal).toContain("汇总多个工作簿");
    expect(here.values("处罚明细")).toEqual(before);
  }, 60_000);
});
