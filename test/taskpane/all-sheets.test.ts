import ExcelJS from "exceljs";
import { afterEach, describe, expect, test } from "vitest";
import { rowOfSheet } from "../../src/domain/sheet-rows.js";
import { NOW, closePanes, openPaneHere, type PaneHere } from "./pane-here.js";
import { openSheetsAsOne } from "../../src/ledger/file/many-sheets.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { runLedger } from "../../src/ledger/run-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { saveBook } from "../../src/workbench/file/save-book.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

/** A sheet a month, judged as one ledger: in the open workbook as in the file. */

afterEach(closePanes);

const SHEETS = ["1月", "2月"];
const HEAD = ["投诉编号", "受理时间", "投诉内容", "责任人", "违规行为", "结案时间"];
const TEXT = "经销商抱怨不知道促销政策";

async function bytesOf(head: readonly string[], more: readonly string[] = []): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const line = (id: string | null, at: string, closed: string | null): unknown[] => [
    ...[id, at, TEXT, "李四", "未经审批发文", closed],
    ...more,
  ];
  book
    .addWorksheet("1月")
    .addRows([head, line(null, "2026-01-05 09:00", "2026-01-06 09:00"), line("A2", "2026-01-07 09:00", null)]);
  book.addWorksheet("说明").addRows([["本台账按月记"]]);
  book
    .addWorksheet("2月")
    .addRows([
      ["2月台账"],
      head,
      line(null, "2026-02-05 09:00", "2026-02-06 09:00"),
      line("B2", "2026-02-07 09:00", null),
    ]);
  book.addWorksheet("设置").addRows([
    ["项目", "值"],
    ["默认制度", "furniture-north"],
  ]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function opened(bytes: Uint8Array): Promise<PaneHere> {
  const here = await openPaneHere(readBook(bytes, "months.xlsx", nodeCodec));
  expect(here.state().problem).toMatchObject({ code: "several-ledgers", choices: SHEETS });
  await here.pane.ledger.answer({ kind: "sheet", sheet: "全部" });
  expect(here.state()).toMatchObject({ problem: undefined, overview: { rows: 4 } });
  expect(here.state().overview!.sheets.map(({ name }) => name)).toEqual(SHEETS);
  return here;
}

/** What the file's way makes of the same workbook. */
function byFile(bytes: Uint8Array): Uint8Array {
  const ledger = openSheetsAsOne(bytes, SHEETS, { codec: nodeCodec });
  const options = { packs: loadAllPacks(), statutes: STATUTES, now: NOW, language: "zh", programVersion: "1" } as const;
  const { write } = runLedger(ledger.snapshot, options);
  return write ? ledger.write(write).bytes : bytes;
}

function saved(here: PaneHere, original: Uint8Array): Uint8Array {
  return saveBook(original, here.host.model, { newItemId: () => "{0}", codec: nodeCodec }).bytes;
}

const outputsOf = (bytes: Uint8Array): unknown[] =>
  SHEETS.map((sheet) =>
    openFileLedger(bytes, { sheet, codec: nodeCodec }).snapshot.rows.map(({ row, cells: { id }, outputs }) => ({
      ...{ row, id },
      ...outputs,
      rulesVersion: undefined,
    })),
  );

describe("all sheets together in the open workbook", () => {
  test("are written as the file's way writes them, and once more changes nothing", async () => {
    const bytes = await bytesOf(HEAD);
    const here = await opened(bytes);
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, report: { summary: { rows: 4 } } });
    expect(outputsOf(saved(here, bytes))).toEqual(outputsOf(byFile(bytes)));
    const written = SHEETS.map((sheet) => here.values(sheet));
    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ problem: undefined, report: { unchanged: true } });
    expect(SHEETS.map((sheet) => here.values(sheet))).toEqual(written);
  });

  test("an undo takes back what was written on each", async () => {
    const bytes = await bytesOf(HEAD);
    const here = await opened(bytes);
    const before = SHEETS.map((sheet) => here.values(sheet));
    await here.pane.ledger.process();
    expect(SHEETS.map((sheet) => here.values(sheet))).not.toEqual(before);
    await here.pane.ledger.undo();
    expect(SHEETS.map((sheet) => here.values(sheet).map((line) => line.filter((value) => value !== "")))).toEqual(
      before.map((lines) => lines.map((line) => line.filter((value) => value !== ""))),
    );
  });
});

describe("a case on one of the sheets", () => {
  test("is shown and written where it stands, and named with its sheet", async () => {
    const here = await opened(await bytesOf(HEAD));
    await here.pane.ledger.process();
    here.author.select("2月", "C4");
    await here.pane.selected.show();
    const { selected } = here.state();
    if (selected.kind !== "judged") throw new Error(selected.kind);
    expect(selected.judged.explanation.id).toBe("B2");
    const before = here.values("1月");
    await here.pane.selected.setInputs({ closeAt: "2026-02-08 09:00" });
    expect(here.state().problem).toBeUndefined();
    expect(here.values("2月")[3]).toEqual(expect.arrayContaining(["2026-02-08 09:00", "已结案"]));
    expect(here.values("1月")).toEqual(before);
  });

  test("is judged as it is edited", async () => {
    const here = await opened(await bytesOf(HEAD));
    await here.pane.ledger.process();
    await here.pane.live.set(true);
    const row = rowOfSheet(1, 4);
    const status = here.values("2月")[1]!.indexOf("当前状态");
    here.host.book.byAddin = false;
    here.author.type("2月", "F4", "2026-02-08 09:00");
    here.host.book.byAddin = true;
    here.host.book.events.flush();
    await here.until(({ live }) => live.last?.row === row);
    expect(here.values("2月")[3]![status]).toBe("已结案");
  });

  test("is asked about with its sheet", async () => {
    const unread = [...HEAD.slice(0, 5), "结案时间"];
    const here = await opened(await bytesOf(unread));
    here.author.type("2月", "B4", "哪天");
    await here.pane.ledger.process();
    const texts = here.values("问题汇总").map((line) => line.join(" "));
    expect(texts.join("\n")).toContain("2月 4");
  });
});

describe("sheets beside whose columns somebody's own work stands", () => {
  const OWN = [...HEAD, "责任部门"];

  test("have all their results in 处理结果, from the file as from the pane", async () => {
    const bytes = await bytesOf(OWN, ["客服部"]);
    const numbers = (lines: readonly (readonly unknown[])[]): unknown[] => lines.slice(1).map(([id]) => id);
    const here = await opened(bytes);
    await here.pane.ledger.process();
    const inPane = numbers(here.values("处理结果"));
    const onSheets = SHEETS.flatMap((sheet) => here.values(sheet).map(([id]) => id));
    expect(inPane).toHaveLength(4);
    expect(onSheets).toEqual(expect.arrayContaining(inPane));
    const file = readBook(byFile(bytes), "file.xlsx", nodeCodec);
    const results = file.sheets.find(({ name }) => name === "处理结果")!;
    expect(numbers(results.rows.map((row) => (row?.values ?? []) as unknown[]))).toEqual(inPane);
    await here.pane.ledger.process();
    expect(numbers(here.values("处理结果"))).toEqual(inPane);
  });
});
