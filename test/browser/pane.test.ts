import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Frame } from "playwright-core";
import { describe, expect, test } from "vitest";
import { fromSheets } from "../../src/workbench/host/workbook-model.js";
import { parseAreas } from "../../src/ledger/excel/ranges.js";
import { TABS } from "../../src/taskpane/state/pane-state.js";
import { columnLetters, failNext, requestCount, select, sheetNames, sheetValues, type } from "./support/host-calls.js";
import type { HostWindow } from "./support/host-page.js";
import { SITE, type OpenPane, type OpenOptions } from "./support/pane-browser.js";
import { paneSession } from "./support/pane-session.js";
import { chooseMonth, LEDGER, process, runCommand, showTab, violations } from "./support/pane-steps.js";
import { sampleModel } from "./support/sample-model.js";

const FIRST_LOAD = 350 * 1024;
const MOST_SYNCS = 12;

const panes = paneSession();

async function start(options: Omit<OpenOptions, "model"> & { readonly rows?: number } = {}): Promise<OpenPane> {
  const { rows, ...rest } = options;
  const open = await panes.open({ model: await sampleModel(rows), ...rest });
  await open.pane.locator("dl dt").first().waitFor();
  return open;
}

describe("every tab", () => {
  test.each([
    ["zh-CN", "light"],
    ["en-US", "dark"],
  ] as const)(
    "in %s, %s, after processing: accessible, fits 320 px, says nothing to the console",
    async (language, colourScheme) => {
      const { page, pane, errors } = await start({ language, colourScheme, width: 320 });
      await process(pane);
      await select(page, LEDGER, "A5");
      for (const tab of TABS) {
        await showTab(pane, tab);
        const widths = await pane.evaluate(() => {
          const main = document.querySelector("main")!;
          return [main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth];
        });
        expect([tab, ...widths]).toEqual([tab, 0, 0]);
        expect([tab, ...(await violations(pane))]).toEqual([tab]);
      }
      const text = await pane.evaluate(() => document.body.innerText);
      expect(text).not.toMatch(/\{\w+\}/);
      expect(errors).toEqual([]);
    },
    120_000,
  );

  test("can be reached with the keyboard alone", async () => {
    const { page, pane } = await start();
    await pane.locator("#tab-process").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect.poll(() => pane.locator("#tab-case").getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await pane.evaluate(() => document.activeElement?.textContent)).toContain("一键处理");
  });
});

describe("processing", () => {
  test("2,000 rows in at most 12 syncs; a second run changes nothing", async () => {
    const { page, pane, errors } = await start({ rows: 2000 });
    const before = await requestCount(page);
    await process(pane);
    expect((await requestCount(page)) - before).toBeLessThanOrEqual(MOST_SYNCS);
    expect(await pane.evaluate(() => document.body.innerText)).toMatch(/投诉\s*2000/);
    const [headers, ...rows] = await sheetValues(page, LEDGER);
    const status = headers!.indexOf("当前状态");
    expect(rows.filter((row) => (row[status] ?? "") === "").length).toBeLessThan(10);
    await expect.poll(() => sheetNames(page)).toEqual(expect.arrayContaining(["处罚明细", "扣款台账", "处理日志"]));
    await process(pane);
    expect(errors).toEqual([]);
  }, 120_000);

  test("a click on a note goes to its cell", async () => {
    const { page, pane } = await start();
    await process(pane);
    const note = pane.getByRole("list", { name: "需要更正和留意" }).getByRole("button").first();
    const address = await note.textContent();
    await note.click();
    await expect
      .poll(() =>
        page.evaluate(() => {
          const { row, column } = (window as unknown as HostWindow).host.model.selection;
          return [row, column];
        }),
      )
      .toEqual(cellOf(address!));
  });

  test("can be undone: the ledger's cells are as they were", async () => {
    const { page, pane } = await start();
    const before = await sheetValues(page, LEDGER);
    await process(pane);
    await pane.getByRole("button", { name: "撤销本次处理" }).click();
    await pane.getByRole("button", { name: "撤销本次处理" }).waitFor({ state: "detached" });
    await pane.getByText("正在恢复").waitFor({ state: "detached" });
    const after = await sheetValues(page, LEDGER);
    const width = before[0]!.length;
    const blank = (row: readonly unknown[]): unknown[] => Array.from({ length: width }, (_, i) => row[i] ?? "");
    expect(after.map(blank)).toEqual(before.map(blank));
  });

  test("rows sorted by somebody else between reading and writing get their own outputs", async () => {
    const { page, pane } = await start();
    await process(pane);
    const [headers, ...rows] = await sheetValues(page, LEDGER);
    const [id, category] = [headers!.indexOf("投诉编号"), headers!.indexOf("投诉类别")];
    const expected = new Map(rows.map((row) => [row[id], row[category] ?? ""]));
    const twice = rows.map((row) => row[id]).filter((value, i, all) => all.indexOf(value) !== i);
    await page.evaluate((column) => {
      const { host, author } = window as unknown as HostWindow;
      const table = author.table("Complaints");
      const sheet = author.sheet("投诉台账");
      for (const row of sheet.rows.slice(1)) if (row) row.values[column] = "?";
      // The third request of a run is its first after reading.
      for (const n of [3, 4])
        host.beforeRequest(n, () => {
          author.sort(table.name, "客户名称", n === 3);
        });
    }, category);
    await pane.getByRole("button", { name: "一键处理" }).click();
    await pane.getByText("已写入：").waitFor();
    for (const row of (await sheetValues(page, LEDGER)).slice(1)) {
      if (row[id] === "" || twice.includes(row[id])) continue;
      expect([row[id], row[category]]).toEqual([row[id], expected.get(row[id])]);
    }
  });

  test.each([
    ["InvalidOperationInCellEditMode", /编辑/],
    ["ActivityLimitReached", /忙|稍/],
    ["InvalidOrTimedOutSession", /会话|重新打开/],
    ["GeneralException", /Excel/],
  ])("%s is told in a sentence, and the next run is as good as ever", async (code, sentence) => {
    const { page, pane } = await start();
    await failNext(page, code);
    await pane.getByRole("button", { name: "一键处理" }).click();
    const alert = pane.getByRole("alert").first();
    await expect.poll(() => alert.textContent(), { timeout: 10_000 }).toMatch(sentence);
    await process(pane);
    await expect.poll(() => alert.textContent()).toBe("");
  });

  test("a protected sheet is told in a sentence that names it, and nothing is written", async () => {
    const { page, pane } = await start();
    await page.evaluate((sheet) => {
      (window as unknown as HostWindow).author.protect(sheet);
    }, LEDGER);
    const before = await sheetValues(page, LEDGER);
    await pane.getByRole("button", { name: "一键处理" }).click();
    await expect
      .poll(() => pane.getByRole("alert").first().textContent(), { timeout: 10_000 })
      .toMatch(/投诉台账.*保护/);
    expect(await sheetValues(page, LEDGER)).toEqual(before);
  });

  test("a workbook without a ledger asks for the meaning of its headers", async () => {
    const open = await panes.open({
      model: fromSheets([
        {
          name: "客诉",
          values: [
            ["单子", "来电日", "说了什么"],
            ["A1", 46_000, "门板开裂"],
          ],
        },
      ]),
    });
    const { pane } = open;
    await pane.getByRole("button", { name: "指定含义" }).click();
    await pane.getByRole("combobox", { name: "来电日" }).selectOption("receivedAt");
    await pane.getByRole("combobox", { name: "说了什么" }).selectOption("description");
    await pane.getByRole("button", { name: "保存并重新读取" }).click();
    await pane.getByText("1 行，识别 2 列").waitFor();
  });
});

function cellOf(address: string): [number, number] {
  const { row, column } = parseAreas(address)[0]!;
  return [row, column];
}

describe("live mode", () => {
  test("judges an edited row in at most 3 syncs, and its own write starts nothing", async () => {
    const { page, pane } = await start({ rows: 2000 });
    await process(pane);
    await pane.getByRole("switch").click();
    await pane.getByText("已开启").waitFor();
    const [headers, , row] = await sheetValues(page, LEDGER);
    const column = headers!.indexOf("改判类别");
    const before = await requestCount(page);
    await type(page, LEDGER, `${columnLetters(column)}3`, "服务态度");
    await pane.getByText("已重新判定").waitFor();
    await pane.waitForTimeout(1500);
    expect((await requestCount(page)) - before).toBeLessThanOrEqual(3);
    const category = headers!.indexOf("投诉类别");
    expect(row![category]).not.toBe("服务态度");
    expect((await sheetValues(page, LEDGER))[2]![category]).toBe("服务态度");
  }, 120_000);
});

describe("the ribbon's commands", () => {
  test("process; report on the last finished month; show that month's notices; open the pane", async () => {
    const { page, pane, errors } = await start();
    await runCommand(pane, "process");
    await pane.getByText("已写入：").waitFor();
    await runCommand(pane, "monthlyReport");
    await expect.poll(() => pane.locator("#tab-reports").getAttribute("aria-selected")).toBe("true");
    await pane.getByText("已写入工作表“月报 2026-02”").waitFor();
    await expect.poll(() => sheetNames(page)).toContain("月报 2026-02");
    await runCommand(pane, "deductionNotices");
    await expect.poll(() => pane.locator("#tab-deductions").getAttribute("aria-selected")).toBe("true");
    await expect.poll(() => pane.getByRole("combobox", { name: "月份" }).inputValue()).toBe("2026-02");
    await pane.getByRole("button", { name: /发出 \d+ 份/ }).waitFor();
    await runCommand(pane, "showPane");
    expect(errors).toEqual([]);
  });

  test("given while the pane is still starting are done once it has started", async () => {
    const open = await panes.open({ model: await sampleModel() });
    await runCommand(open.pane, "process");
    await open.pane.getByText("已写入：").waitFor();
  });
});

describe("reports and notices", () => {
  test("the monthly report becomes a sheet with charts and a PivotTable, and a second one replaces it", async () => {
    const { page, pane } = await start();
    await process(pane);
    await showTab(pane, "reports");
    await chooseMonth(pane, "2026-03");
    for (let n = 0; n < 2; n += 1) {
      await pane.getByRole("button", { name: "写入工作簿" }).click();
      await pane.getByText("已写入工作表“月报 2026-03”").waitFor();
    }
    const sheets = await page.evaluate(() =>
      (window as unknown as HostWindow).host.model.sheets
        .filter(({ name }) => name.startsWith("月报"))
        .map(({ name, charts, pivots }) => [name, charts.length, pivots.length]),
    );
    expect(sheets).toEqual([["月报 2026-03", 2, 1]]);
    // Charts draw what is counted, not the line of sums below.
    const lastLabels = await page.evaluate(() => {
      const { host } = window as unknown as HostWindow;
      const sheet = host.model.sheets.find(({ name }) => name === "月报 2026-03")!;
      return sheet.charts.map(({ source }) => {
        const [, letters, row] = /([A-Z]+)(\d+)$/.exec(source)!;
        const first = /!?\$?([A-Z]+)\$?\d+:/.exec(source)![1]!;
        return [letters, first, sheet.rows[Number(row) - 1]?.values[first.charCodeAt(0) - 65]];
      });
    });
    for (const [, , label] of lastLabels) expect(label).not.toBe("合计");
  });

  test("a figure shows its rows: pressed in the pane, or selected on the report's sheet", async () => {
    const { page, pane } = await start();
    await process(pane);
    await showTab(pane, "reports");
    await chooseMonth(pane, "2026-03");
    const received = pane.getByRole("button", { name: /^\d+，受理：看对应的行$/ });
    const n = (await received.textContent())!;
    await received.click();
    const list = pane.getByRole("status").filter({ hasText: `受理：${n} 行` });
    await list
      .getByRole("listitem")
      .nth(Number(n) - 1)
      .waitFor();
    await list.getByRole("listitem").first().getByRole("button").click();
    await pane.getByText("收起").click();
    await pane.getByRole("button", { name: "写入工作簿" }).click();
    await pane.getByText("已写入工作表“月报 2026-03”").waitFor();
    // 受理 is the first figure of the sheet, its number in the second column.
    const values = await sheetValues(page, "月报 2026-03");
    const row = values.findIndex(([label]) => label === "受理") + 1;
    await select(page, "月报 2026-03", `B${row}`);
    await pane.getByText(`受理：${n} 行`).waitFor();
  });

  test("issued notices are recorded and are not issued again", async () => {
    const { page, pane } = await start();
    await process(pane);
    await showTab(pane, "deductions");
    await chooseMonth(pane, "2026-03");
    await pane.getByRole("button", { name: /发出 \d+ 份/ }).click();
    await pane.getByRole("button", { name: "确认发出并入账" }).click();
    await pane.getByText("已记入工作簿").waitFor();
    await expect.poll(() => sheetNames(page)).toEqual(expect.arrayContaining(["扣款通知"]));
    await expect.poll(() => pane.getByRole("button", { name: "发出 0 份，记入工作簿" }).count()).toBe(1);
  });
});

describe("packs", () => {
  test("an edit is checked while typing, tried on the ledger, kept in the workbook and taken back", async () => {
    const { page, pane, errors } = await start();
    await showTab(pane, "rules");
    await pane.getByRole("combobox", { name: "规则包" }).selectOption("general");
    await pane.getByRole("button", { name: "查看和编辑" }).click();
    const editor = pane.locator(".cm-content");
    await editor.waitFor();
    await editor.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" x");
    await pane.getByRole("list", { name: "错误" }).waitFor();
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await pane.getByRole("list", { name: "错误" }).waitFor({ state: "detached" });
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText((await generalParameters(pane)).replaceAll(/"value": (\d+)/g, '"value": 1'));
    await pane.getByText("格式无误").waitFor();
    await pane.getByRole("button", { name: "试算对本台账的影响" }).click();
    await pane.getByText(/行中有 \d+ 行结果会变/).waitFor();
    await pane.getByRole("button", { name: "保存到本工作簿" }).click();
    await pane.getByRole("button", { name: "恢复内置" }).waitFor();
    const parts = await page.evaluate(() => (window as unknown as HostWindow).host.model.xmlParts.length);
    expect(parts).toBe(1);
    await pane.getByRole("button", { name: "恢复内置" }).click();
    await pane.getByRole("button", { name: "恢复内置" }).waitFor({ state: "detached" });
    expect(errors).toEqual([]);
  }, 120_000);
});

async function generalParameters(pane: Frame): Promise<string> {
  return pane.evaluate(async () => {
    const catalogue = (await (await fetch("rules/catalogue.json")).json()) as {
      packs: { header: { id: string }; texts: string }[];
    };
    const { texts } = catalogue.packs.find(({ header }) => header.id === "general")!;
    const files = (await (await fetch(`rules/${texts}`)).json()) as Record<string, string>;
    return files["parameters.json"]!;
  });
}

describe("the first load", () => {
  test("is at most 350 KB of gzipped script", () => {
    const html = readFileSync(join(SITE, "taskpane.html"), "utf8");
    const scripts = [...html.matchAll(/<script[^>]*src="([^":]+)"/g)].map(([, src]) => src!);
    const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(SITE, name))).length, 0);
    console.log(`first load: ${(bytes / 1024).toFixed(0)} KB gzipped in ${scripts.length} script(s)`);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD);
  });
});
