import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { strFromU8, unzipSync } from "fflate";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { launch } from "./support/pane-browser.js";
import { buildSiteIfNeeded } from "./support/site.js";
import { openWorkbench, type OpenWorkbench, type WorkbenchOptions } from "./support/workbench-browser.js";

/** The workbench as somebody without Excel uses it: the built site in a headless browser, at an http address. */

const SAMPLE = new URL("../../templates/sample-ledger.xlsx", import.meta.url);
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function startBrowser(): Promise<Browser | undefined> {
  try {
    return await launch();
  } catch (error) {
    console.warn(`no browser here, so the workbench is not tested: ${String(error)}`);
    return undefined;
  }
}

const browser = await startBrowser();

describe.skipIf(browser === undefined)("the workbench", { timeout: 120_000 }, () => {
  let bench: OpenWorkbench | undefined;

  const open = async (options: WorkbenchOptions = {}): Promise<OpenWorkbench> => {
    bench = await openWorkbench(browser!, options);
    return bench;
  };
  afterEach(async () => {
    expect(bench?.errors).toEqual([]);
    expect(bench?.strangers).toEqual([]);
    await bench?.close();
    bench = undefined;
  });
  beforeAll(buildSiteIfNeeded, 240_000);
  afterAll(() => browser?.close());

  it("opens the sample ledger beside the pane, and says that it isn't Excel", async () => {
    const { page, pane } = await open();
    await expect.poll(() => page.getByText("这不是 Excel。").isVisible()).toBe(true);
    for (const name of ["投诉台账", "人员", "节假日", "设置"]) {
      await expect.poll(() => page.getByRole("tab", { name, exact: true }).count()).toBe(1);
    }
    const frame = await pane();
    expect(await frame.evaluate(() => Office.context.platform)).toBe("OfficeOnline");
    await expect.poll(() => frame.getByText("153 行").count()).toBe(1);
  });

  it("does the whole job: processes, saves, and the file holds outputs and untouched inputs", async () => {
    const { page, pane } = await open();
    await page.getByRole("button", { name: "一键处理" }).click();
    await (await pane()).getByText("已写入").waitFor({ timeout: 60_000 });
    await page.getByRole("tab", { name: "处罚明细" }).waitFor();
    const bytes = await saved(page);
    await page.getByText("逐字节相同").waitFor();
    const before = openFileLedger(readFileSync(SAMPLE), { codec: nodeCodec }).snapshot;
    const after = openFileLedger(bytes, { codec: nodeCodec }).snapshot;
    expect(after.columns.has("status")).toBe(true);
    expect(after.rows.filter(({ outputs }) => typeof outputs.status === "string").length).toBeGreaterThan(140);
    expect(after.rows.map(({ cells }) => ({ ...cells, id: "" }))).toEqual(
      before.rows.map(({ cells }) => ({ ...cells, id: "" })),
    );
    expect(after.sideTables.has("Penalties")).toBe(true);
  });

  it("saves the reports made from the pane with their charts and PivotTables, and replaces them the next time", async () => {
    const { page, pane } = await open();
    const frame = await pane();
    await page.getByRole("button", { name: "一键处理" }).click();
    await frame.getByText("已写入").waitFor({ timeout: 60_000 });
    const report = async (): Promise<Uint8Array> => {
      await page.getByRole("button", { name: "生成月报" }).click();
      await (await pane()).getByText("已写入工作表“月报 2026-02”").waitFor();
      return saved(page);
    };
    const first = await report();
    await page.getByText("月报 2026-02 连同图表和数据透视表一并写入").waitFor();
    await expect.poll(() => page.getByText(/没有保存/).count()).toBe(0);
    const parts = Object.keys(unzipSync(first));
    const count = (pattern: RegExp): number => parts.filter((part) => pattern.test(part)).length;
    expect([count(/\/charts\/chart\d*\.xml$/), count(/\/pivotTables\/pivotTable\d*\.xml$/)]).toEqual([2, 1]);
    const sheetNames = (bytes: Uint8Array): string[] =>
      [...strFromU8(unzipSync(bytes)["xl/workbook.xml"]!).matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(
        ([, name]) => name!,
      );
    // What was saved is opened, and the same month is written again.
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "再来.xlsx", mimeType: "", buffer: Buffer.from(first) });
    await page.getByText("已打开 再来.xlsx").waitFor();
    await (await pane()).getByText("Complaints").first().waitFor();
    const second = await report();
    expect(sheetNames(second)).toEqual(sheetNames(first));
    expect(sheetNames(first).filter((name) => name.startsWith("月报"))).toEqual(["月报 2026-02"]);
    expect(
      Object.keys(unzipSync(second))
        .filter((part) => /chart|pivot/.test(part))
        .sort(),
    ).toEqual(parts.filter((part) => /chart|pivot/.test(part)).sort());
  }, 120_000);

  it("edits cells by keyboard, in the grid and above it, and clears them", async () => {
    const { page } = await open();
    await cell(page, "江北机械").click();
    await expect.poll(() => page.getByLabel("单元格", { exact: true }).inputValue()).toBe("E2");
    await page.keyboard.type("North");
    await page.keyboard.press("Enter");
    await cell(page, "North").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("F2");
    await page.keyboard.press("End");
    await page.keyboard.type("2");
    await page.keyboard.press("Enter");
    await cell(page, "松原家居广场2").waitFor();
    const content = page.getByLabel("单元格内容");
    await content.fill("上方改的");
    await content.press("Enter");
    await cell(page, "上方改的").waitFor();
    await cell(page, "上方改的").click();
    await page.keyboard.press("Delete");
    await expect.poll(() => cell(page, "上方改的").count()).toBe(0);
    const after = openFileLedger(await saved(page), { codec: nodeCodec }).snapshot;
    expect(after.rows.slice(0, 2).map(({ cells }) => cells.customer ?? null)).toEqual(["North", null]);
  });

  it("keeps a text that is being typed while the pane is at work", async () => {
    const { page, pane } = await open();
    const frame = await pane();
    await frame.getByRole("tab", { name: "案件" }).click();
    await cell(page, "江北机械").click();
    await page.keyboard.type("Slowly ");
    await page.waitForTimeout(1000);
    await page.keyboard.type("typed");
    await page.keyboard.press("Enter");
    await cell(page, "Slowly typed").waitFor();
  });

  it("tells the pane which row is selected", async () => {
    const { page, pane } = await open();
    const frame = await pane();
    await frame.getByRole("tab", { name: "案件" }).click();
    await cell(page, "松原家居广场").click();
    await frame.getByText("第 3 行").first().waitFor();
    await cell(page, "江北机械").click();
    await frame.getByText("第 2 行").first().waitFor();
  });

  it("judges an edited row again at once in live mode", async () => {
    const { page, pane } = await open();
    const frame = await pane();
    await page.getByRole("button", { name: "一键处理" }).click();
    await frame.getByText("已写入").waitFor({ timeout: 60_000 });
    await frame.getByRole("switch").first().click();
    // A deadline in the past, and the case closed: the status of row 2 changes.
    await cell(page, "江北机械").click();
    await page.keyboard.press("Home");
    await page.keyboard.press("Delete");
    await expect.poll(() => page.locator("[aria-rowindex='3'] [role=gridcell]").nth(1).textContent()).not.toBe("");
  });

  it("sorts, filters, inserts and deletes rows", async () => {
    const { page } = await open();
    await cell(page, "江北机械").click();
    await page.getByRole("button", { name: "降序" }).click();
    await expect.poll(() => cell(page, "江北机械").count()).toBe(0);
    await page.getByRole("button", { name: "升序" }).click();
    await cell(page, "电话").first().click();
    await page.getByRole("button", { name: "只看此值" }).click();
    await page.getByText(/筛选隐藏了 \d+ 行/).waitFor();
    await page.getByRole("button", { name: "全部显示" }).click();
    await expect.poll(() => page.getByText(/筛选隐藏了/).count()).toBe(0);
    await page.getByRole("button", { name: "插入行" }).click();
    await page.getByRole("button", { name: "末尾加行" }).click();
    await expect.poll(() => page.getByLabel("单元格", { exact: true }).inputValue()).toBe("A156");
    await page.getByRole("button", { name: "删除行" }).click();
    const after = openFileLedger(await saved(page), { codec: nodeCodec }).snapshot;
    expect(after.rows).toHaveLength(153);
    await expect.poll(() => page.getByText("行移动过").count()).toBe(1);
  });

  it("opens a file of one's own and refuses what is none", async () => {
    const { page, pane } = await open();
    const input = page.locator("input[type=file]");
    await input.setInputFiles({ name: "坏.xlsx", mimeType: "", buffer: Buffer.from("no workbook") });
    await page.getByText("打不开 坏.xlsx").waitFor();
    await input.setInputFiles({ name: "我的台账.xlsx", mimeType: "", buffer: readFileSync(SAMPLE) });
    await page.getByText("已打开 我的台账.xlsx").waitFor();
    await (await pane()).getByText("Complaints").first().waitFor();
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("没有改动").waitFor();
  });

  it("speaks English, and the pane with it", async () => {
    const { page, pane } = await open({ language: "en" });
    await page.getByText("This is not Excel.").waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    expect(await (await pane()).evaluate(() => Office.context.displayLanguage)).toBe("en-US");
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByText("这不是 Excel。").waitFor();
    await (await pane()).getByRole("tab", { name: "处理" }).waitFor();
  });

  it.each(["light", "dark"] as const)("has no barrier that axe can find (%s)", async (colourScheme) => {
    const { page } = await open({ colourScheme });
    await page.evaluate(readFileSync(AXE, "utf8"));
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: {
          run(
            context: object,
            options: object,
          ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
        };
      };
      // The pane has its own tests; the dummies are how Fluent UI hands on the focus, and take it from nobody.
      const result = await axe.run({ exclude: ["iframe", "[data-tabster-dummy]"] }, { iframes: false });
      return result.violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)} ${nodes[0]!.failureSummary}`,
      );
    });
    expect(violations).toEqual([]);
  });
});

function cell(page: Page, text: string): Locator {
  return page.locator("[role=gridcell]", { hasText: new RegExp(`^${text}$`) });
}

async function saved(page: Page): Promise<Uint8Array> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "保存" }).click();
  return new Uint8Array(readFileSync(await (await download).path()));
}
