import { afterEach, describe, expect, test } from "vitest";
import { closePanes, LEDGER, openPaneHere } from "./pane-here.js";

/** The one wrapper behind every button: one thing at a time, stopping, taking back, and what went wrong. */

afterEach(closePanes);

/** What stands in a sheet, without blanks. */
const filled = (rows: readonly (readonly unknown[])[]): unknown[][] =>
  rows.map((cells) => cells.filter((cell) => cell !== "")).filter((cells) => cells.length > 0);

describe("while something is going on", () => {
  test("a second click does nothing, and the first is finished", async () => {
    const here = await openPaneHere();
    const requests = here.host.requests.length;
    const first = here.pane.ledger.process();
    await Promise.all([here.pane.ledger.process(), here.pane.ledger.look(), here.pane.papers.issueNotices("2026-03")]);
    expect(here.state().phase).not.toBe("idle");
    await first;
    const used = here.host.requests.length - requests;
    expect(here.state()).toMatchObject({ phase: "idle", problem: undefined });
    expect(here.state().written!.changedCells).toBeGreaterThan(1000);
    expect(used).toBeLessThanOrEqual(12);
    expect(here.values("扣款通知")).toEqual([]);
  });

  test("a selection is answered as soon as it is over, with what is selected by then", async () => {
    const here = await openPaneHere();
    here.author.select(LEDGER, "A5");
    const run = here.pane.ledger.process();
    const first = here.pane.selected.show();
    expect(here.state().selected.kind).toBe("none");
    here.author.select(LEDGER, "A6");
    const requests: string[] = [];
    const stop = here.pane.store.subscribe(() => {
      const { selected } = here.state();
      if (selected.kind === "judged") requests.push(String(selected.row));
    });
    const second = here.pane.selected.show();
    await Promise.all([run, first, second]);
    stop();
    expect(here.state().selected).toMatchObject({ kind: "judged", row: 6 });
    expect(new Set(requests)).toEqual(new Set(["6"]));
  });
});

describe("stopping a run before it writes", () => {
  test("leaves the workbook as it was, and the next run is as good as ever: a new worker knows packs and ledger", async () => {
    const here = await openPaneHere();
    const before = here.values(LEDGER);
    const run = here.pane.ledger.process();
    await here.until(({ phase }) => phase === "judging");
    here.pane.ledger.cancel();
    await run;
    expect(here.state()).toMatchObject({ phase: "idle", problem: undefined, report: undefined, written: undefined });
    expect(here.values(LEDGER)).toEqual(before);
    await here.pane.ledger.process();
    expect(here.state().problem).toBeUndefined();
    expect(here.state().written!.changedCells).toBeGreaterThan(1000);
  });

  test("leaves a worker that knows nothing: it is given the ledger again before anything is asked of it", async () => {
    const here = await openPaneHere();
    await here.pane.ledger.look();
    here.pane.worker.stop();
    await here.pane.ledger.handOver();
    const ask = { ...here.pane.ledger.when(), month: "2026-03", issue: false };
    expect((await here.pane.worker.call("notices", ask)).notices.length).toBeGreaterThan(0);
  });

  test("can't be done any more once it writes", async () => {
    const here = await openPaneHere();
    const run = here.pane.ledger.process();
    await here.until(({ phase }) => phase === "writing");
    here.pane.ledger.cancel();
    await run;
    expect(here.state().written).toBeDefined();
  });
});

describe("what went wrong", () => {
  test("is shown, frees the way, and is gone after the next thing that goes well", async () => {
    const here = await openPaneHere();
    here.host.failNextRequest("ServiceNotAvailable");
    await here.pane.ledger.process();
    expect(here.state().phase).toBe("idle");
    expect(here.state().problem?.text).toMatch(/[一-鿿]/);
    expect(here.values(LEDGER)[0]).not.toContain("当前状态");
    await here.pane.ledger.process();
    expect(here.state().problem).toBeUndefined();
  });
});

describe("taking back", () => {
  test("puts back cells and tables, and 需重新处理 is as it was before the run", async () => {
    const here = await openPaneHere();
    await here.pane.ledger.process();
    await here.pane.live.set(true);
    const row = here.rowWhere((cells) => Number(cells.处罚合计) > 0);
    here.type("受理时间", row, "");
    await here.until(({ behind }) => behind);
    // 处理日志 is append only: what happened, happened.
    const sheets = [LEDGER, "处罚明细", "扣款台账"];
    const before = sheets.map((name) => filled(here.values(name)));
    await here.pane.ledger.process();
    expect(here.state().behind).toBe(false);
    await here.pane.ledger.undo();
    expect(here.state()).toMatchObject({ behind: true, backup: undefined, problem: undefined });
    expect(sheets.map((name) => filled(here.values(name)))).toEqual(before);
  });

  test("is no longer offered once notices went out", async () => {
    const here = await openPaneHere();
    await here.pane.ledger.process();
    expect(here.state().backup).toBeDefined();
    const issued = await here.pane.papers.issueNotices("2026-03");
    expect(issued!.notices.length).toBeGreaterThan(0);
    expect(issued!.notices.filter(({ isNew }) => isNew)).toEqual([]);
    expect(here.state()).toMatchObject({ backup: undefined, problem: undefined });
  });
});

describe("another language", () => {
  test("says again what was found and what went wrong, without asking the workbook", async () => {
    const here = await openPaneHere();
    await here.pane.ledger.process();
    const requests = here.host.requests.length;
    const chinese = here.state().report!.causes[0]!.text;
    here.pane.setPreferences({ language: "en" });
    await here.until(({ report, phase }) => phase === "idle" && report?.causes[0]?.text !== chinese);
    expect(here.state().report!.causes[0]!.text).toMatch(/[a-z]{3}/);
    expect(here.state().written).toBeDefined();
    expect(here.host.requests.length).toBe(requests);
  });
});

describe("the case on which the user stands", () => {
  test.each([
    ["other ranges", "judged"],
    ["a chart", "outside"],
  ] as const)("with %s selected is no error, and no other case stays shown", async (beside, kind) => {
    const here = await openPaneHere();
    here.author.select(LEDGER, "A5");
    await here.pane.selected.show();
    expect(here.state().selected).toMatchObject({ kind: "judged", row: 5 });
    here.author.selectMore(LEDGER, "A7", beside);
    await here.pane.selected.show();
    expect(here.state()).toMatchObject({ problem: undefined, selected: { kind } });
  });
});
