import { unzipSync } from "fflate";
import { afterEach, describe, expect, test } from "vitest";
import { readBook } from "../../src/workbench/file/read-book.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { GENERAL_REPORTS } from "../../src/documents/reports/report-ids.js";
import type { DocumentFile } from "../../src/jobs/issue-notices.js";
import { closePanes, LEDGER, openPaneHere } from "./pane-here.js";

/** 拆分成几个文件 in the pane: a workbook for each value of a column, all of them in one go. */

afterEach(closePanes);

/** A column of the judged rows that a report's workbook was counted from: its last sheet. */
function judgedRows({ name, bytes }: DocumentFile, header: string): string[] {
  const [headers, ...rows] = readBook(bytes, name, nodeCodec).sheets.at(-1)!.rows;
  const at = headers!.values.indexOf(header);
  return rows.map((row) => String(row?.values[at] ?? ""));
}

describe("a report taken apart in the pane", () => {
  test("has a workbook for each department, every case in one of them, and all in one file besides", async () => {
    const here = await openPaneHere();
    await here.pane.ledger.process();
    here.pane.papers.chooseReport(GENERAL_REPORTS.month, "2026-03");
    const sheets = here.host.model.sheets.map(({ name }) => name);
    const made = (await here.pane.papers.splitReport("department"))!;
    expect(here.state().problem).toBeUndefined();
    expect(made.files.length).toBeGreaterThan(3);
    const inAll = unzipSync(made.archive.bytes);
    expect(Object.keys(inAll)).toEqual(made.files.map(({ name }) => name));
    for (const { name, bytes } of made.files) expect(Buffer.from(inAll[name]!).equals(Buffer.from(bytes))).toBe(true);
    for (const file of made.files)
      for (const department of judgedRows(file, "责任部门"))
        expect(file.name).toBe(`月报 2026-03 ${(department || "未填").replaceAll("/", "_")}.xlsx`);
    const all = made.files.flatMap((file) => judgedRows(file, "投诉编号"));
    const ledger = here.values(LEDGER);
    const numbers = ledger.slice(1).map((row) => String(row[ledger[0]!.indexOf("投诉编号")]));
    expect(all.sort()).toEqual(numbers.sort());
    // Files are handed over, the open workbook stays as it was.
    expect(here.host.model.sheets.map(({ name }) => name)).toEqual(sheets);
  }, 60_000);

  test("by 分店 is refused on a ledger of one sheet, with the way on", async () => {
    const here = await openPaneHere();
    await here.pane.ledger.process();
    here.pane.papers.chooseReport(GENERAL_REPORTS.month, "2026-03");
    expect(await here.pane.papers.splitReport("part")).toBeUndefined();
    expect(here.state().problem).toMatchObject({
      code: "refused",
      text: expect.stringContaining("没有可按分店拆开的") as string,
    });
  }, 60_000);
});
