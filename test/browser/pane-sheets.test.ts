import type { Frame, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { sheetNames, sheetValues, type } from "./support/host-calls.js";
import type { OpenPane, OpenOptions } from "./support/pane-browser.js";
import { paneSession } from "./support/pane-session.js";
import { showTab, violations } from "./support/pane-steps.js";
import { sampleModel } from "./support/sample-model.js";

/** The tab 规则 for auditors: figures as a form, a pack as sheets, a pack from a questionnaire. */

const panes = paneSession();

async function startAtRules(pack: string, options: Omit<OpenOptions, "model"> = {}): Promise<OpenPane> {
  const open = await panes.open({ model: await sampleModel(), ...options });
  await open.pane.locator("dl dt").first().waitFor();
  await showTab(open.pane, "rules");
  await open.pane.getByRole("combobox").first().selectOption(pack);
  await open.pane
    .getByText(/条规则|rules,/)
    .first()
    .waitFor();
  return open;
}

/** Nothing is wider than the pane, and axe finds no barrier. */
async function assertSound(pane: Frame): Promise<void> {
  const wider = await pane.evaluate(() => {
    const main = document.querySelector("main")!;
    return [main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth];
  });
  expect(wider).toEqual([0, 0]);
  expect(await violations(pane)).toEqual([]);
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["TIAOLI_PICTURES"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

describe("figures of a pack", () => {
  test("a sample is set from a day on: its effect on the ledger is shown before it is saved", async () => {
    const { page, pane, errors } = await startAtRules("furniture-north");
    await pane.getByRole("button", { name: /^改定 政策误解类抱怨每次处罚/ }).click();
    await pane.getByRole("textbox", { name: /新值/ }).fill("80");
    const save = pane.getByRole("button", { name: "保存到本工作簿" });
    await expect.poll(() => save.getAttribute("aria-disabled")).toBe("true");
    await pane.getByRole("button", { name: "看影响" }).click();
    await pane
      .getByText(/行中|有变动|变化/)
      .first()
      .waitFor({ timeout: 20_000 });
    await picture(page, "figures-effect");
    await save.click();
    await pane.getByRole("button", { name: "恢复内置" }).waitFor({ timeout: 20_000 });
    expect(errors).toEqual([]);
  }, 90_000);

  test.each([
    ["zh-CN", "light"],
    ["en-US", "dark"],
  ] as const)(
    "the samples left are counted, and the form fits 320 px (%s, %s)",
    async (language, colourScheme) => {
      const { page, pane, errors } = await startAtRules("auto-sales", {
        language,
        colourScheme,
        width: 320,
        height: 900,
      });
      await pane.getByText(/还有 \d+ 个样例参数|\d+ sample figures are left/).waitFor();
      await picture(page, `figures-${language}`);
      await pane
        .getByRole("button", { name: /^(改定|Set) / })
        .first()
        .click();
      await assertSound(pane);
      await picture(page, `form-${language}`);
      expect(errors).toEqual([]);
    },
    90_000,
  );
});

describe("a pack as sheets", () => {
  test("在工作表中编辑, a wrong cell, mended, 读回 and saved", async () => {
    const { page, pane, errors } = await startAtRules("general", { width: 320, height: 900 });
    await pane.getByRole("button", { name: "在工作表中编辑" }).click();
    await pane.getByText("已建好以“规则·”开头的工作表").waitFor({ timeout: 20_000 });
    await expect.poll(() => sheetNames(page)).toEqual(expect.arrayContaining(["规则·参数", "规则·条款", "规则·案例"]));
    await type(page, "规则·参数", "C2", "一天半");
    await pane.getByRole("button", { name: "读回" }).click();
    await pane.getByText(/工作表“规则·参数” C2“一天半”/).waitFor({ timeout: 20_000 });
    await assertSound(pane);
    await picture(page, "sheets-problem");
    const [headers, first] = await sheetValues(page, "规则·参数");
    expect(first![headers!.indexOf("错误")]).toMatch(/^值：/);
    await type(page, "规则·参数", "C2", "12");
    await pane.getByRole("button", { name: "读回" }).click();
    await pane.getByRole("button", { name: "保存到本工作簿" }).waitFor({ timeout: 20_000 });
    await picture(page, "sheets-read");
    await pane.getByRole("button", { name: "保存到本工作簿" }).click();
    await pane.getByText("已保存到本工作簿。").waitFor({ timeout: 20_000 });
    expect(errors).toEqual([]);
  }, 120_000);
});

describe("新建制度", () => {
  test("a questionnaire filled in becomes a pack of the workbook; a line that can't be read is named", async () => {
    const { page, pane, errors } = await startAtRules("general", { width: 320, height: 900 });
    await pane.getByRole("button", { name: "新建制度" }).click();
    const text = pane.getByRole("textbox", { name: "问卷" });
    await text.waitFor();
    await assertSound(pane);
    const filled = (limit: string): string =>
      `名称：河西门店规定\n文件：河西店规\n【条款】\n第一条｜七天办结\n【期限】\n结案｜${limit}｜第一条\n`;
    await pane.getByRole("textbox", { name: /编号/ }).fill("hexi-shop");
    await text.fill(filled("很快"));
    await pane.getByRole("button", { name: "建立" }).click();
    await pane.getByText(/^第6行：/).waitFor({ timeout: 20_000 });
    await picture(page, "new-rules");
    await text.fill(filled("7 天"));
    await pane.getByRole("button", { name: "建立" }).click();
    await pane.getByText(/已建立：1 条规则/).waitFor({ timeout: 20_000 });
    await expect.poll(() => pane.getByRole("combobox").first().innerText()).toContain("河西门店规定");
    expect(errors).toEqual([]);
  }, 90_000);
});
