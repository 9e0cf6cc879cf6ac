import { afterEach, expect, test } from "vitest";
import { closePanes, openPaneHere, type PaneHere } from "./pane-here.js";

/** The button 处理 right after the notices, in the running Excel: every cell stays, no sheet comes or goes. */

afterEach(closePanes);

const cells = ({ host }: PaneHere): string =>
  JSON.stringify(host.model.sheets.map(({ name, rows }) => [name, rows.map((row) => row?.values)]));

test("processing what was just noticed leaves every cell of the workbook, and asks nothing anew", async () => {
  const here = await openPaneHere();
  await here.pane.papers.issueNotices("2026-03");
  const before = cells(here);
  const { report } = here.state();
  await here.pane.ledger.process();
  expect(here.state().problem).toBeUndefined();
  expect(cells(here)).toBe(before);
  expect(report).toBeDefined();
  expect(here.state().report!.questions).toEqual(report!.questions);
  await here.pane.ledger.process();
  expect(cells(here)).toBe(before);
});
