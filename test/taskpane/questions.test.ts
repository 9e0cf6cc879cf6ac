import { afterEach, expect, test } from "vitest";
import { readBook } from "../../src/workbench/file/read-book.js";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { closePanes, openPaneHere } from "./pane-here.js";

afterEach(closePanes);

test("several sheets that look like the ledger are listed, a press chooses one, and it may be changed", async () => {
  const head = ["投诉编号", "受理时间", "投诉内容", "结案时间"];
  const sheet = (name: string, day: string) => ({
    name,
    xml: sheetData([head, [undefined, day, "态度差", day]]),
  });
  const bytes = makeWorkbook({ sheets: [sheet("1月", "2026-01-05"), sheet("2月", "2026-02-05")] });
  const here = await openPaneHere(readBook(bytes, "months.xlsx"));
  expect(here.state().problem).toMatchObject({ code: "several-ledgers", choices: ["1月", "2月"] });
  await here.pane.ledger.answer({ kind: "sheet", sheet: "2月" });
  expect(here.state().problem).toBeUndefined();
  expect(here.state().overview).toMatchObject({ sheet: "2月", otherSheets: ["1月"] });
  expect(here.state().report!.summary.byStatus).toEqual({ 已结案: 1 });
  await here.pane.ledger.answer({ kind: "sheet", sheet: "1月" });
  expect(here.state().overview).toMatchObject({ sheet: "1月", otherSheets: ["2月"] });
});

test("a ledger of somebody's own is asked about in the pane, and one press answers", async () => {
  const rows = [
    ["登记时间", "反映问题", "弄好那天"],
    ["2026-03-02 09:00", "椅子面料破损", "2026-03-02 10:00"],
    ["2026-03-03 09:00", "态度差", undefined],
  ];
  const bytes = makeWorkbook({ sheets: [{ name: "客诉", xml: sheetData(rows) }] });
  const here = await openPaneHere(readBook(bytes, "own.xlsx"));
  await here.pane.ledger.look();
  const { report } = here.state();
  expect(report!.summary.byStatus).toEqual({ 待确认: 2 });
  const [question] = report!.questions;
  expect(question!.text).toContain("没有结案时间列");
  expect(question!.answers[0]!.label).toBe("是“弄好那天”");
  await here.pane.ledger.answer(question!.answers[0]!.answer);
  expect(here.state().report!.questions).toEqual([]);
  expect(here.state().report!.summary.byStatus.待确认).toBeUndefined();
});

test("what is due shows once a ledger is there, without a further request to Excel and without a sign of it", async () => {
  const here = await openPaneHere();
  const requests = here.host.requests.length;
  const phases: string[] = [];
  const stop = here.pane.store.subscribe(() => phases.push(here.state().phase));
  await here.pane.ledger.firstLook();
  stop();
  expect(here.state().report!.summary.rows).toBeGreaterThan(100);
  expect(here.host.requests.length).toBe(requests);
  expect(new Set(phases)).toEqual(new Set(["idle"]));
  // Once only: what somebody undid or stopped does not begin anew.
  here.pane.store.set({ report: undefined });
  await here.pane.ledger.firstLook();
  expect(here.state().report).toBeUndefined();
});
