import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { sheetNames, sheetValues } from "./support/host-calls.js";
import type { HostWindow } from "./support/host-page.js";
import { type OpenPane } from "./support/pane-browser.js";
import { paneSession } from "./support/pane-session.js";
import { showTab, violations, settled } from "./support/pane-steps.js";
import { sampleModel } from "./support/sample-model.js";

/** The tab 设置: what it edits stands in the workbook afterwards, where the command reads it too. */

const panes = paneSession();

async function startAtSettings(
  change: (model: Awaited<ReturnType<typeof sampleModel>>) => void = () => undefined,
): Promise<OpenPane> {
  const model = await sampleModel();
  change(model);
  const open = await panes.open({ model });
  await open.pane.locator("dl dt").first().waitFor();
  await showTab(open.pane, "settings");
  return open;
}

async function settingsOf(page: Page): Promise<Map<string, unknown>> {
  const [, ...rows] = await sheetValues(page, "设置");
  return new Map(rows.map(([item, value]) => [String(item), value]));
}

describe("settings of the ledger", () => {
  test("default pack, close of business and the like go into 设置; other items stay as they were", async () => {
    const { page, pane, errors } = await startAtSettings();
    const before = await settingsOf(page);
    await pane.getByRole("combobox", { name: "默认制度" }).selectOption("factory-claims");
    await pane.getByRole("textbox", { name: "下班时间" }).fill("17:30");
    await pane.getByRole("textbox", { name: "单位名称" }).fill("=1+1 公司");
    await pane.getByRole("button", { name: "保存", exact: true }).click();
    await settled(pane);
    const after = await settingsOf(page);
    expect(after.get("默认制度")).not.toBe("factory-claims");
    expect(after.get("默认制度")).toMatch(/\p{Script=Han}/u);
    expect(after.get("单位名称")).toBe("=1+1 公司");
    for (const [item, value] of before)
      if (!["默认制度", "下班时间", "单位名称"].includes(item)) expect([item, after.get(item)]).toEqual([item, value]);
    await showTab(pane, "process");
    await showTab(pane, "settings");
    await expect.poll(() => pane.getByRole("textbox", { name: "下班时间" }).inputValue()).toBe("17:30");
    await expect.poll(() => pane.getByRole("combobox", { name: "默认制度" }).inputValue()).toBe("factory-claims");
    expect(errors).toEqual([]);
  }, 60_000);

  test("a plain sheet 设置 without a table is edited where it stands", async () => {
    const { page, pane } = await startAtSettings((model) => {
      const sheet = model.sheets.find(({ name }) => name === "设置")!;
      sheet.tables = [];
    });
    const names = await sheetNames(page);
    const before = await settingsOf(page);
    await pane.getByRole("textbox", { name: "扣款地区" }).fill("上海");
    await pane.getByRole("button", { name: "保存", exact: true }).click();
    await settled(pane);
    await expect.poll(() => sheetNames(page)).toEqual(names);
    const after = await settingsOf(page);
    expect(after.get("扣款地区")).toBe("上海");
    expect(after.size).toBe(before.size);
  }, 60_000);
});

describe("people", () => {
  test("a known name brings what is known and changes only that person; a new one is added", async () => {
    const { page, pane, errors } = await startAtSettings();
    const [headers, ...before] = await sheetValues(page, "人员");
    const [name, wage, department] = ["姓名", "月工资", "部门"].map((header) => headers!.indexOf(header)) as [
      number,
      number,
      number,
    ];
    const known = before[0]!;
    await pane.getByText("添加或修改人员").click();
    const person = pane.getByRole("combobox", { name: "姓名" });
    await person.fill(String(known[name]));
    await expect
      .poll(() => pane.getByRole("textbox", { name: "部门", exact: true }).inputValue())
      .toBe(String(known[department]));
    await pane.getByRole("textbox", { name: "月工资（元）" }).fill("五千");
    await expect.poll(() => pane.getByText("请填数字").count()).toBe(1);
    expect(await violations(pane)).toEqual([]);
    await pane.getByRole("textbox", { name: "月工资（元）" }).fill("5000");
    await pane.getByRole("button", { name: "保存修改" }).click();
    await settled(pane);
    await person.fill("新来的人");
    await pane.getByRole("textbox", { name: "部门", exact: true }).fill("客服部");
    await pane.getByRole("button", { name: "添加人员" }).click();
    await settled(pane);
    const [, ...after] = await sheetValues(page, "人员");
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]![wage]).toBe(5000);
    expect(after.at(-1)![name]).toBe("新来的人");
    expect(after.slice(1, -1)).toEqual(before.slice(1));
    expect(errors).toEqual([]);
  }, 60_000);
});

describe("holidays and headers", () => {
  test("an exception of one's own stands in 节假日 as a date; the same day again replaces it", async () => {
    const { page, pane } = await startAtSettings();
    const [, ...before] = await sheetValues(page, "节假日");
    for (const [kind, name] of [
      ["休", "厂庆"],
      ["班", "厂庆取消"],
    ] as const) {
      await pane.locator("input[type=date]").fill("2026-05-08");
      await pane.getByRole("combobox", { name: "类型" }).selectOption(kind);
      await pane.getByRole("textbox", { name: "名称", exact: true }).fill(name);
      await pane.getByRole("button", { name: "添加", exact: true }).click();
      await pane.getByText(name, { exact: false }).first().waitFor();
      await settled(pane);
    }
    const [, ...after] = await sheetValues(page, "节假日");
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)).toEqual([46_150, "班", "厂庆取消"]);
  }, 60_000);

  test("the meaning of a header is kept in the workbook and read by it", async () => {
    const { page, pane } = await startAtSettings((model) => {
      const [header] = model.sheets.find(({ name }) => name === "投诉台账")!.rows;
      header!.values[header!.values.indexOf("客户名称")] = "对方单位全称";
    });
    const opener = pane.getByRole("button", { name: "指定含义" });
    await opener.click();
    await pane.getByRole("dialog").waitFor();
    for (let n = 0; n < 8; n += 1) {
      await page.keyboard.press("Tab");
      expect(await pane.evaluate(() => document.activeElement?.closest("[role=dialog]") !== null)).toBe(true);
    }
    await page.keyboard.press("Escape");
    await pane.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
    await opener.click();
    await pane.getByRole("combobox", { name: "对方单位全称" }).selectOption("customer");
    await pane.getByRole("button", { name: "保存并重新读取" }).click();
    await pane.getByRole("dialog").waitFor({ state: "detached" });
    await settled(pane);
    const parts = await page.evaluate(() =>
      (window as unknown as HostWindow).host.model.xmlParts.map(({ xml }) => xml),
    );
    expect(parts.some((xml) => xml.includes("对方单位全称") && xml.includes("customer"))).toBe(true);
    await expect.poll(() => pane.getByText("对方单位全称", { exact: true }).count()).toBe(1);
  }, 60_000);
});
