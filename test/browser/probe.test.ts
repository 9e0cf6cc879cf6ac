import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replay } from "../../src/probe/replay.js";
import { parseTrace } from "../../src/probe/trace.js";
import { WORKBENCH_HARDNESS } from "../../src/workbench/page/bench.js";
import { makeWorkbook } from "../ooxml/support/ooxml.js";
import { fromSheets } from "../../src/workbench/host/workbook-model.js";
import type { HostWindow } from "./support/host-page.js";
import { launch, openPane, type OpenOptions } from "./support/pane-browser.js";
import { buildSiteIfNeeded } from "./support/site.js";
import { openWorkbench } from "./support/workbench-browser.js";

/** The probe's page as it stands in the site, in a frame on our own host. */

let browser: Browser;
beforeAll(async () => {
  buildSiteIfNeeded();
  browser = await launch();
}, 240_000);
afterAll(() => browser.close());

const open = (model: OpenOptions["model"], language: "zh-CN" | "en-US") =>
  openPane(browser, { model, language, content: { page: "probe.html", ready: "button" } });

describe("the probe's page", () => {
  test("shows what holds, carries the sample ledger through, and saves a trace that our host answers alike", async () => {
    const opened = await open(fromSheets([{ name: "工作表1" }]), "zh-CN");
    const { page, pane, errors } = opened;
    await pane.getByRole("button", { name: "开始" }).click();
    const save = pane.getByRole("button", { name: "保存记录" });
    await save.waitFor({ timeout: 120_000 });
    expect(await pane.locator("li.fails").allTextContents()).toEqual([]);
    await expect.poll(() => pane.locator("li.holds").count()).toBeGreaterThan(30);
    await expect.poll(() => pane.getByRole("status").textContent()).toContain("程序依靠的都成立");
    const [file] = await Promise.all([page.waitForEvent("download"), save.click()]);
    const text = readFileSync(await file.path(), "utf8");
    const trace = parseTrace(text);
    expect(trace.excel).toMatchObject({ platform: "OfficeOnline", language: "zh-CN", api: "1.17", recorded: true });
    const ids = trace.findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["sample-first", "sample-second", "sample-report", "sample-undo"]));
    expect(trace.findings.every(({ requests, verdict }) => verdict === "skipped" || requests.length > 0)).toBe(true);
    expect(await replay(trace)).toEqual([]);
    expect(errors).toEqual([]);
    await opened.close();
  }, 180_000);

  test("touches no workbook that holds anything", async () => {
    const opened = await open(fromSheets([{ name: "Data", values: [["mine"]] }]), "en-US");
    const { page, pane } = opened;
    await pane.getByRole("button", { name: "Start" }).click();
    await pane.getByText("The open workbook is not blank").waitFor();
    expect(await page.evaluate(() => (window as unknown as HostWindow).host.book.cellsWritten)).toBe(0);
    await opened.close();
  });
});

describe("the probe in the workbench", () => {
  test("goes through on the host that people without Excel work on, and leaves no trace that the host wouldn't answer", async () => {
    const { page, pane, errors, strangers, close } = await openWorkbench(browser, { probe: true });
    const blank = makeWorkbook({ sheets: [{ name: "工作表1", xml: "<sheetData/>" }] });
    await page.setInputFiles("input[type=file]", { name: "空白.xlsx", mimeType: "", buffer: Buffer.from(blank) });
    await page.getByRole("tab", { name: "工作表1" }).waitFor();
    const probe = await pane();
    await probe.getByRole("button", { name: "开始" }).click();
    const save = probe.getByRole("button", { name: "保存记录" });
    await save.waitFor({ timeout: 120_000 });
    expect(await probe.locator("li.fails").allTextContents()).toEqual([]);
    expect(await probe.locator("li.holds").count()).toBeGreaterThan(30);
    const [file] = await Promise.all([page.waitForEvent("download"), save.click()]);
    const trace = parseTrace(readFileSync(await file.path(), "utf8"));
    expect(trace.findings.map(({ id }) => id)).toContain("sample-undo");
    expect(await replay(trace, { hardness: WORKBENCH_HARDNESS })).toEqual([]);
    expect([errors, strangers]).toEqual([[], []]);
    await close();
  }, 180_000);
});
