import { afterEach, describe, expect, test } from "vitest";
import { CURRENT_API_SETS } from "../../src/workbench/host/api-level.js";
import type { HostOptions } from "../../src/workbench/host/host.js";
import { WORST_EXCEL, type Hardness } from "../../src/workbench/host/worst-excel.js";
import type { CellValue } from "../../src/workbench/host/workbook-model.js";
import { closePanes, LEDGER, OWN_SHEETS, openPaneHere, type PaneHere } from "./pane-here.js";

/**
 * One full cycle of a clerk's work (judge and write, report, live edit, notices, judge again, undo) in the worst Excel there
 * could be, where every act is broken off once by the network: nothing may differ from the same cycle in the kindest.
 */

afterEach(closePanes);

const KINDEST = Object.fromEntries(Object.keys(WORST_EXCEL).map((name) => [name, false])) as unknown as Hardness;

interface Weather {
  readonly options: HostOptions;
  readonly breaksOff: boolean;
  /** Filters in sheet views, of the user's own and of another person. */
  readonly views: boolean;
}

/** The sheets without blanks at their ends, after each act. */
type Course = Readonly<Record<string, readonly (readonly CellValue[][])[]>>;

async function cycle({ options, breaksOff, views }: Weather): Promise<Course> {
  const here = await openPaneHere(undefined, options);
  const course: Record<string, CellValue[][][]> = {};
  const act = async (name: string, press: () => Promise<unknown>): Promise<void> => {
    if (breaksOff) {
      here.host.failNextRequest("ConnectionFailure");
      await press();
      expect([name, here.state().problem?.code]).toEqual([name, "network"]);
    }
    await press();
    expect([name, here.state().problem]).toEqual([name, undefined]);
    course[name] = sheets(here);
  };
  if (views) {
    here.author.filterInView("Complaints", "适用制度", ["franchise-retail"], "another's");
    here.author.filterInView("Complaints", "投诉渠道", ["电话"], "the user's");
  }
  await act("process", () => here.pane.ledger.process());
  await act("report", () => here.pane.papers.writeReport());
  course.live = await liveEdit(here);
  await act("again", () => here.pane.ledger.process());
  await act("undo", () => here.pane.ledger.undo());
  await act("once more", () => here.pane.ledger.process());
  await act("notices", () => here.pane.papers.issueNotices("2026-02"));
  return course;
}

async function liveEdit(here: PaneHere): Promise<CellValue[][][]> {
  await here.pane.live.set(true);
  const row = here.rowWhere((cells) => cells.当前状态 === "已逾期");
  here.type("结案时间", row, 46_112.5);
  await here.until(({ live, phase }) => phase === "idle" && live.last !== undefined);
  await here.pane.live.set(false);
  expect(here.state().problem).toBeUndefined();
  return sheets(here);
}

function sheets(here: PaneHere): CellValue[][][] {
  return [LEDGER, ...OWN_SHEETS, "扣款凭证", "扣款通知"].map((name) =>
    here
      .values(name)
      .map((line) => line.slice(0, line.findLastIndex((value) => value !== "") + 1))
      .filter((line) => line.length > 0),
  );
}

const kindest = await cycle({ options: { hardness: KINDEST }, breaksOff: false, views: false });
await closePanes();

describe("a full cycle in the worst Excel", () => {
  test("does something at every step", () => {
    const [ledger, penalties, , log] = kindest.process!;
    expect(ledger![0]).toContain("当前状态");
    expect(penalties!.length).toBeGreaterThan(20);
    expect(kindest.live).not.toEqual(kindest.report);
    expect(kindest.again![3]!.length).toBeGreaterThan(log!.length);
    expect(kindest.notices![5]!.length).toBeGreaterThan(1);
  });

  test.each([
    ["every switch on", { options: {}, breaksOff: false, views: true }],
    ["and every act broken off once", { options: {}, breaksOff: true, views: true }],
    [
      "an Excel that says it can group for undo, and then refuses",
      { options: { apiSets: { ...CURRENT_API_SETS, ExcelApi: "1.20" } }, breaksOff: false, views: true },
    ],
    [
      "the oldest Excel that the manifest lets in",
      { options: { apiSets: { ...CURRENT_API_SETS, ExcelApi: "1.13" } }, breaksOff: false, views: false },
    ],
  ] as const)("leaves what the kindest leaves: %s", async (_, weather) => {
    const course = await cycle(weather);
    for (const [name, state] of Object.entries(kindest)) expect([name, course[name]]).toEqual([name, state]);
  });
});
