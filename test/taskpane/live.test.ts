import { afterEach, describe, expect, test } from "vitest";
import { cellOf, closePanes, LEDGER, openPaneHere, OWN_SHEETS, type PaneHere } from "./pane-here.js";

/** Live mode from the keystroke to the cell, and what it leaves to a whole run. */

afterEach(closePanes);

async function processed(): Promise<PaneHere> {
  const here = await openPaneHere();
  await here.pane.ledger.process();
  expect(here.state().problem).toBeUndefined();
  await here.pane.live.set(true);
  return here;
}

const charged = (cells: Readonly<Record<string, unknown>>): boolean =>
  Number(cells.处罚合计) > 0 && cells.当前状态 !== "数据有误";

describe("an edited row", () => {
  test("is judged and written; 处罚明细, 扣款台账, 处理日志 and the pane's totals stay, and 需重新处理 is said until a run has renewed them", async () => {
    const here = await processed();
    const row = here.rowWhere(charged);
    const before = OWN_SHEETS.map((name) => here.values(name));
    const { report } = here.state();
    expect(here.state().behind).toBe(false);

    here.type("受理时间", row, "");
    await here.until(({ live }) => live.last?.row === row);
    // Nothing comes after it.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await here.pane.work.whenIdle();
    expect(cellOf(here, LEDGER, "当前状态", row)).toBe("数据有误");
    expect(cellOf(here, LEDGER, "处罚合计", row)).toBe("");
    expect(OWN_SHEETS.map((name) => here.values(name))).toEqual(before);
    expect(here.state()).toMatchObject({ behind: true, stale: true });
    expect(here.state().report).toBe(report);

    await here.pane.ledger.process();
    expect(here.state()).toMatchObject({ behind: false, problem: undefined });
    const lines = (rows: readonly (readonly unknown[])[]): number =>
      rows.filter((cells) => cells.some((cell) => cell !== "")).length;
    expect(lines(here.values("处罚明细"))).toBeLessThan(lines(before[0]!));
    expect(here.state().report!.summary.penalties).toBeLessThan(report!.summary.penalties);
  });

  test("that says the same as before leaves nothing to renew", async () => {
    const here = await processed();
    const row = here.rowWhere(({ 当前状态: status }) => status === "已结案");
    here.type("客户要求", row, "请尽快答复");
    const { live, behind } = await here.until((state) => state.live.last?.row === row);
    expect([live.last?.changed, behind]).toEqual([false, false]);
  });

  test("is judged with the others: a number that another row bears is told, and it is told of the other row as well", async () => {
    const here = await processed();
    const [one, other] = [2, 3].map((row) => cellOf(here, LEDGER, "投诉编号", row));
    const pack = cellOf(here, LEDGER, "适用制度", 2);
    here.type("适用制度", 3, pack);
    here.type("投诉编号", 3, one!);
    await here.until(({ live }) => live.last?.row === 3);
    expect(other).not.toBe(one);
    expect(String(cellOf(here, LEDGER, "提示", 3))).toContain(String(one));
  });

  test("while a run is going on waits for its turn, and is judged then", async () => {
    const here = await processed();
    const row = here.rowWhere(charged);
    // Somebody is in a cell, so that the run has to wait: longer than an edit waits to be judged.
    here.host.beginCellEdit();
    const run = here.pane.ledger.process();
    here.type("改判类别", row, "服务态度");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(here.state().live.last).toBeUndefined();
    here.host.endCellEdit();
    await run;
    await here.until(({ live }) => live.last?.row === row);
    expect(cellOf(here, LEDGER, "投诉类别", row)).toBe("服务态度");
  });

  test("and a button pressed while it is judged: the run waits for the row, none is lost", async () => {
    const here = await processed();
    const row = here.rowWhere(charged);
    here.type("改判类别", row, "服务态度");
    const from = here.host.requests.length;
    await new Promise<void>((resolve) => {
      here.host.beforeRequest(1, resolve);
    });
    await here.pane.ledger.process();
    // Read by itself, written by itself: only then is the whole read.
    expect(here.host.requests.slice(from, from + 3).map(({ cellsWritten }) => cellsWritten > 0)).toEqual([
      false,
      true,
      false,
    ]);
    expect(here.state()).toMatchObject({ behind: false, problem: undefined });
    expect(here.state().report).toBeDefined();
    expect(cellOf(here, LEDGER, "投诉类别", row)).toBe("服务态度");
  });
});

describe("more than is judged live", () => {
  test("rows inserted or deleted: 需重新处理, and no row is touched", async () => {
    const here = await processed();
    here.host.book.byAddin = false;
    here.author.deleteTableRows("Complaints", 4);
    here.host.book.byAddin = true;
    here.host.book.events.flush();
    await here.until(({ behind }) => behind);
    expect(here.state().live.last).toBeUndefined();
  });
});

describe("a pane that is opened on a ledger where rows were judged one by one", () => {
  test("says 需重新处理 as soon as it has looked: the rows are right, 处罚明细 is not", async () => {
    const here = await processed();
    const row = here.rowWhere(charged);
    here.type("受理时间", row, "");
    await here.until(({ behind }) => behind);
    const again = await openPaneHere(here.host.model);
    expect(again.state().behind).toBe(false);
    await again.pane.ledger.look();
    expect(again.state().report?.changedCount).toBe(0);
    expect(again.state().behind).toBe(true);
  });
});

describe("a row judged by itself", () => {
  test("says what the whole run says, whatever it has to do with others", async () => {
    const here = await processed();
    const [headers = [], ...lines] = here.values(LEDGER);
    const status = headers.indexOf("当前状态");
    const numbers = lines.map((cells) => cells[headers.indexOf("投诉编号")]);
    const rows = lines.flatMap((cells, i) => {
      const twice = numbers.filter((number) => number === numbers[i]).length > 1;
      return cells[status] === "已转新单" || twice || i % 15 === 0 ? [i + 2] : [];
    });
    expect(rows.length).toBeGreaterThan(12);
    const odd: unknown[] = [];
    for (const row of rows) {
      const found = await here.pane.ledger.readRow(row);
      const judged = found && (await here.pane.ledger.judgeRow(found));
      if (judged?.differs !== false) odd.push([row, judged?.explanation.id, judged?.explanation.messages]);
    }
    expect(odd).toEqual([]);
  });
});

describe("a number that stands in two packs", () => {
  test("is known as such, so that lists name the pack beside it; a number of one pack is not", async () => {
    const here = await processed();
    const [headers = [], ...rows] = here.values(LEDGER);
    const packs = new Map<string, Set<unknown>>();
    for (const cells of rows) {
      const [id, version] = ["投诉编号", "规则版本"].map((header) => String(cells[headers.indexOf(header)] ?? ""));
      if (version !== "") packs.set(id!, (packs.get(id!) ?? new Set()).add(version));
    }
    const twice = [...packs].filter(([, versions]) => versions.size > 1).map(([id]) => id);
    expect(twice.length).toBeGreaterThan(10);
    const { numbersTwice, overdue } = here.state().report!;
    expect([...numbersTwice].sort()).toEqual(twice.sort());
    for (const { packId } of overdue) expect(packId).toBeDefined();
  });
});
