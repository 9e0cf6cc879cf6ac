import type { Frame, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { MINIMUM } from "../../src/ledger/excel/requirements.js";
import { TABS } from "../../src/taskpane/state/pane-state.js";
import zh from "../../src/locales/pane.zh-CN.json" with { type: "json" };
import { CURRENT_API_SETS } from "../../src/workbench/host/api-level.js";
import { fromSheets } from "../../src/workbench/host/workbook-model.js";
import { columnLetters, requestCount, select, sheetValues, type } from "./support/host-calls.js";
import type { HostWindow } from "./support/host-page.js";
import { type OpenOptions, type OpenPane } from "./support/pane-browser.js";
import { paneSession } from "./support/pane-session.js";
import { chooseMonth, LEDGER, process, runCommand, showTab } from "./support/pane-steps.js";
import { sampleModel } from "./support/sample-model.js";

/** What the pane tells of its work: how far it has come, what it put back, what has changed since, and in which language. */

const panes = paneSession();

async function start(options: Omit<OpenOptions, "model"> & { readonly rows?: number } = {}): Promise<OpenPane> {
  const { rows, ...rest } = options;
  const open = await panes.open({ model: await sampleModel(rows), ...rest });
  await open.pane.locator("dl dt").first().waitFor();
  return open;
}

async function undo(pane: Frame): Promise<void> {
  await pane.getByRole("button", { name: "撤销本次处理" }).click();
  await pane.getByRole("button", { name: "撤销本次处理" }).waitFor({ state: "detached" });
}

const letters = async (page: Page, header: string): Promise<string> => {
  const [headers] = await sheetValues(page, LEDGER);
  return columnLetters(headers!.indexOf(header));
};

describe("undoing", () => {
  test("says how many cells and which tables are as before, and that nothing was left out", async () => {
    const { pane, errors } = await start();
    await process(pane);
    await undo(pane);
    await pane.getByText(/已撤销：\d{3,} 个单元格恢复了原值。/).waitFor();
    // The run had made the sheet.
    await expect.poll(() => pane.getByText(/新建的工作表处罚明细.*已去掉/).count()).toBe(1);
    await expect.poll(() => pane.getByText("没有恢复").count()).toBe(0);
    // The next run has something else to say.
    await process(pane);
    await expect.poll(() => pane.getByText("已撤销").count()).toBe(0);
    expect(errors).toEqual([]);
  }, 60_000);

  test("says how many cells stay because somebody has changed them since", async () => {
    const { page, pane } = await start();
    await process(pane);
    const status = await letters(page, "当前状态");
    for (const row of [3, 4]) await type(page, LEDGER, `${status}${row}`, "我改的");
    await undo(pane);
    await pane.getByText(/有 2 个单元格没有恢复：处理之后有人改过/).waitFor();
    expect((await sheetValues(page, LEDGER)).filter((row) => row.includes("我改的"))).toHaveLength(2);
  }, 60_000);
});

describe("a run", () => {
  test("tells rows while reading, judging and writing; screen readers hear only the phases", async () => {
    const { pane } = await start({ rows: 2000 });
    await pane.evaluate(() => {
      const told: [string, string, string][] = [];
      Object.assign(window, { told });
      new MutationObserver(() => {
        const bar = document.querySelector("[role=progressbar]");
        const statuses = [...document.querySelectorAll("[role=status]")].map((one) => one.textContent).join("|");
        told.push([bar?.getAttribute("aria-label") ?? "", bar?.getAttribute("aria-valuetext") ?? "", statuses]);
      }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await process(pane);
    const told = await pane.evaluate(() => (window as unknown as { told: [string, string, string][] }).told);
    for (const phase of ["正在读取台账…", "正在判定…", "正在写入，请稍候…"]) {
      const counts = told.flatMap(([label, text]) =>
        label === phase ? (/^(\d+) \/ 2000 行$/.exec(text) ?? []).slice(1) : [],
      );
      const rows = counts.map(Number);
      expect([phase, rows.length > 0]).toEqual([phase, true]);
      expect([phase, ...rows]).toEqual([phase, ...rows.toSorted((a, b) => a - b)]);
    }
    const heard = told.map(([, , status]) => status).filter((text, i, all) => text !== all[i - 1]);
    expect(heard.length).toBeLessThanOrEqual(8);
    for (const text of heard) expect(text).not.toMatch(/\d+ \/ \d+/);
  }, 60_000);

  test("that the host broke off half-way says so and can be undone", async () => {
    const { page, pane } = await start({ rows: 5000 });
    const before = await sheetValues(page, LEDGER);
    await page.evaluate(() => {
      const { host } = window as unknown as HostWindow;
      let failed = false;
      const failOnceWritten = (): void => {
        if (failed || !host.requests.some(({ cellsWritten }) => cellsWritten > 1000)) return;
        failed = true;
        host.failNextRequest("ServiceNotAvailable");
      };
      for (let n = 1; n <= 20; n += 1) host.beforeRequest(n, failOnceWritten);
    });
    await pane.getByRole("button", { name: "一键处理" }).click();
    await expect
      .poll(() => pane.getByRole("alert").first().textContent(), { timeout: 60_000 })
      .toMatch(/已写入的 ?\d+ ?行可以撤回/);
    const status = (await sheetValues(page, LEDGER))[0]!.indexOf("当前状态");
    const filled = async (): Promise<number> =>
      (await sheetValues(page, LEDGER)).slice(1).filter((row) => (row[status] ?? "") !== "").length;
    expect(await filled()).toBeGreaterThan(100);
    await undo(pane);
    await pane.getByText(/已撤销：\d{3,} 个单元格/).waitFor();
    // Everything that was written is taken back, and nothing is said to have stayed.
    expect(await filled()).toBe(0);
    await expect.poll(() => pane.getByText(/有 \d+ 个单元格没有恢复/).count()).toBe(0);
    expect((await sheetValues(page, LEDGER)).length).toBe(before.length);
  }, 150_000);
});

describe("扣款", () => {
  test("is judged again after a row was judged live, and says when", async () => {
    const { page, pane, errors } = await start();
    await process(pane);
    await pane.getByRole("switch").click();
    await pane.getByText("已开启").waitFor();
    await showTab(pane, "deductions");
    await chooseMonth(pane, "2026-03");
    const notices = pane.getByRole("list", { name: "扣款通知" });
    await notices.waitFor();
    await pane.getByText("按 2026-03-31 18:00 的台账判定").waitFor();
    const [headers, ...rows] = await sheetValues(page, LEDGER);
    const penalised = headers!.indexOf("处罚合计");
    const received = headers!.indexOf("受理时间");
    const before = await notices.innerText();
    // Without its day of receipt a complaint can't be judged, so its penalties go.
    const at = rows.findIndex((row) => Number(row[penalised]) > 0 && Number(row[received]) >= 46_082);
    expect(at).toBeGreaterThanOrEqual(0);
    await type(page, LEDGER, `${columnLetters(received)}${at + 2}`, "");
    await pane.getByText("台账有改动，正在重新判定…").waitFor();
    await pane.getByText("按 2026-03-31 18:00 的台账判定").waitFor();
    await expect.poll(() => notices.innerText(), { timeout: 10_000 }).not.toBe(before);
    expect(errors).toEqual([]);
  }, 60_000);

  test("follows the ribbon's command while it shows the same month", async () => {
    const { page, pane } = await start();
    await runCommand(pane, "deductionNotices");
    const issue = pane.getByRole("button", { name: /发出 [1-9]\d* 份/ });
    await issue.waitFor();
    const before = await issue.textContent();
    const [headers, ...rows] = await sheetValues(page, LEDGER);
    // Complaints of February that nobody can date any more.
    const received = headers!.indexOf("受理时间");
    for (const [i, row] of rows.entries()) {
      const day = Number(row[received]);
      if (day >= 46_054 && day < 46_082) await type(page, LEDGER, `${columnLetters(received)}${i + 2}`, "");
    }
    await runCommand(pane, "deductionNotices");
    await expect.poll(() => pane.locator("#panel").innerText(), { timeout: 10_000 }).not.toContain(before);
  }, 60_000);
});

describe("the language", () => {
  test("follows Excel's, changes at once in every tab and in results, and leaves 设置 alone", async () => {
    const { page, pane, errors } = await start();
    const settings = await sheetValues(page, "设置");
    await runCommand(pane, "process");
    await pane.getByText("已写入：").waitFor();
    await runCommand(pane, "monthlyReport");
    await pane.getByText("已写入工作表“月报 2026-02”").waitFor();
    await select(page, LEDGER, "A5");
    await showTab(pane, "settings");
    const requests = await requestCount(page);
    await pane.getByRole("radio", { name: "English" }).check();
    await pane.getByText("Language", { exact: true }).waitFor();
    await pane.waitForTimeout(1500);
    expect(await requestCount(page)).toBe(requests);
    expect(await pane.evaluate(() => document.documentElement.lang)).toBe("en");
    // Labels and old contents of cells stay Chinese; sentences of the pane do not.
    const own = Object.values(zh).filter((text) => text.length > 4 && !text.includes("{"));
    for (const tab of TABS) {
      await showTab(pane, tab);
      const text = await pane.evaluate(() => document.body.innerText);
      expect([tab, ...own.filter((sentence) => text.includes(sentence))]).toEqual([tab]);
    }
    await showTab(pane, "reports");
    await expect.poll(() => pane.getByText(/^Written to the sheet|written to/i).count()).toBe(1);
    expect(await sheetValues(page, "设置")).toEqual(settings);
    await showTab(pane, "settings");
    await pane.getByRole("radio", { name: /Excel/ }).check();
    await pane.getByText("语言", { exact: true }).waitFor();
    expect(errors).toEqual([]);
  }, 90_000);

  test("what went wrong is said in the other language too, and the way out of it stays", async () => {
    const open = await panes.open({ model: fromSheets([{ name: "客诉", values: [["单子", "说了什么"]] }]) });
    const { pane } = open;
    const alert = pane.getByRole("alert").first();
    await expect.poll(() => alert.textContent()).toMatch(/请/);
    await showTab(pane, "settings");
    await pane.getByRole("radio", { name: "English" }).check();
    await expect.poll(() => alert.textContent()).toMatch(/[A-Za-z]{4}.*/);
    await expect.poll(() => alert.textContent()).not.toMatch(/请/);
    await showTab(pane, "process");
    await pane.getByRole("button", { name: "Read again" }).waitFor();
  }, 60_000);
});

describe("an Excel that doesn't tell own writes from the user's", () => {
  test("judges no row again because a run gave it a number, nor because an undo took it back", async () => {
    const { page, pane } = await start({ host: { apiSets: { ...CURRENT_API_SETS, ExcelApi: MINIMUM } } });
    const id = await letters(page, "投诉编号");
    await pane.getByRole("switch").click();
    await pane.getByText("已开启").waitFor();
    await process(pane);
    await pane.waitForTimeout(2000);
    await expect.poll(() => pane.getByText(/（第 \d+ 行）|请点“一键处理”/).count()).toBe(0);
    await undo(pane);
    await pane.waitForTimeout(2000);
    await expect.poll(() => pane.getByText(/（第 \d+ 行）|请点“一键处理”/).count()).toBe(0);
    const column = await letters(page, "投诉编号");
    expect(column).toBe(id);
    // What the user types is judged all the same.
    await process(pane);
    await type(page, LEDGER, `${await letters(page, "改判类别")}3`, "服务态度");
    await pane.getByText("已重新判定").waitFor();
  }, 90_000);
});
