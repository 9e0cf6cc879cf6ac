import ExcelJS from "exceljs";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { columnLetters, select, sheetNames, sheetValues, type } from "./support/host-calls.js";
import type { HostWindow } from "./support/host-page.js";
import { type OpenOptions, type OpenPane } from "./support/pane-browser.js";
import { paneSession } from "./support/pane-session.js";
import { chooseMonth, downloaded, LEDGER, process, showTab, violations } from "./support/pane-steps.js";
import { sampleModel } from "./support/sample-model.js";

/** Two packs of the sample have this number, so the file says which. */
const CASE = "20260107-001（连锁零售客户投诉处理办法）";

/** Forms, reports and notices made from the pane. */

const panes = paneSession();

async function start(options: Omit<OpenOptions, "model"> = {}): Promise<OpenPane> {
  const open = await panes.open({ model: await sampleModel(), ...options });
  await open.pane.locator("dl dt").first().waitFor();
  return open;
}

function wordText(bytes: Uint8Array): string {
  return strFromU8(unzipSync(bytes)["word/document.xml"]!).replace(/<[^>]+>/g, "");
}

describe("forms of the selected case", () => {
  test("are made from their templates as files, and what the ledger does not hold is named", async () => {
    const { page, pane, errors } = await start();
    const before = await sheetValues(page, LEDGER);
    await select(page, LEDGER, "A5");
    await showTab(pane, "case");
    const { name, bytes } = await downloaded(page, () =>
      pane.getByRole("button", { name: "生成“客户投诉记录卡”" }).click(),
    );
    expect(name).toBe(`${CASE} 客户投诉记录卡.docx`);
    expect(wordText(bytes)).toContain("20260107-001");
    expect(wordText(bytes)).not.toMatch(/[{}]/);
    await pane.getByText(`已存为文件“${CASE} 客户投诉记录卡.docx”`).waitFor();
    await expect.poll(() => pane.getByText("已留空待填").count()).toBe(1);
    expect(await sheetValues(page, LEDGER)).toEqual(before);
    expect(errors).toEqual([]);
  }, 60_000);

  test("that go to each person wait as one file for each", async () => {
    const { page, pane } = await start();
    await select(page, LEDGER, "A5");
    await showTab(pane, "case");
    await pane.getByRole("button", { name: "生成“奖罚通知单”" }).click();
    await pane.getByText("共 3 份").waitFor({ timeout: 30_000 });
    expect(await violations(pane)).toEqual([]);
    const { name, bytes } = await downloaded(page, () =>
      pane.getByRole("button", { name: `${CASE} 奖罚通知单 朱一.docx` }).click(),
    );
    expect(name).toBe(`${CASE} 奖罚通知单 朱一.docx`);
    expect(wordText(bytes)).toContain("朱一");
    expect(wordText(bytes)).not.toContain("朱二");
  }, 60_000);
});

describe("the selected case", () => {
  test("cites its regulation's clauses without the code of the source document", async () => {
    const { page, pane } = await start();
    await select(page, LEDGER, "A5");
    await showTab(pane, "case");
    const shown = (): Promise<string> => pane.locator("#panel").evaluate((panel) => panel.textContent ?? "");
    await expect.poll(shown, { timeout: 20_000 }).toContain("第二十六条");
    expect(await shown()).not.toMatch(/S\d+ (§|第)/);
  }, 60_000);
});

describe("a letter that no rule asks for", () => {
  test("is chosen by name and made all the same", async () => {
    const { page, pane } = await start();
    await select(page, LEDGER, "A5");
    await showTab(pane, "case");
    await pane.getByText("其他单据和信函").click();
    const choice = pane.getByRole("combobox", { name: "单据名称" });
    // Which letters there are is known once the case's regulation is.
    await choice.locator("option", { hasText: "致歉信" }).first().waitFor({ state: "attached" });
    const names = await choice.locator("option").allInnerTexts();
    const letter = names.find((name) => name.endsWith("致歉信"))!;
    await choice.selectOption(letter);
    const { name } = await downloaded(page, () => pane.getByRole("button", { name: `生成“${letter}”` }).click());
    expect(name).toBe(`${CASE} ${letter}.docx`);
  }, 60_000);
});

describe("reports that regulations ask for", () => {
  test("are shown on their own period and become sheets, one a period", async () => {
    const { page, pane, errors } = await start();
    await showTab(pane, "reports");
    const report = pane.getByRole("combobox", { name: "报表" });
    await report.selectOption({ label: "客诉统计与奖惩评议表" });
    await pane.getByRole("heading", { name: "客诉统计与奖惩评议表" }).waitFor();
    await report.selectOption({ label: "业务员周总结" });
    const week = pane.getByRole("combobox", { name: "周", exact: true });
    await expect.poll(() => week.inputValue()).toBe("2026-W14");
    const write = async (key: string): Promise<void> => {
      await week.selectOption(key);
      await pane.locator("#panel .fui-Spinner").first().waitFor({ state: "detached" });
      await pane.getByRole("button", { name: "写入工作簿" }).click();
      await pane.getByText("已写入工作表").waitFor();
    };
    await write("2026-W12");
    await write("2026-W11");
    await write("2026-W12");
    expect((await sheetNames(page)).filter((name) => name.startsWith("业务员周总结"))).toEqual([
      "业务员周总结 通用客户投诉处理",
      "业务员周总结 通用客户投诉处理 (2)",
    ]);
    const [title, , period, clause] = await sheetValues(page, "业务员周总结 通用客户投诉处理");
    expect([title?.[0], period?.[0], clause?.[0]]).toEqual([
      "业务员周总结",
      expect.stringContaining("2026-03-16"),
      expect.stringContaining("业务员周总结"),
    ]);
    await report.selectOption({ label: "客诉半年汇总" });
    await expect.poll(() => pane.getByRole("combobox", { name: "半年", exact: true }).inputValue()).toBe("2026H1");
    await pane.getByRole("heading", { name: "客诉半年汇总" }).waitFor();
    expect(errors).toEqual([]);
  }, 60_000);

  test("somebody else's sheet of that name is left alone", async () => {
    const model = await sampleModel();
    const open = await panes.open({ model });
    const { page, pane } = open;
    await page.evaluate(() => {
      const { host } = window as unknown as HostWindow;
      host.book.byAddin = false;
      const sheet = structuredClone(host.model.sheets[0]!);
      host.model.sheets.push({ ...sheet, id: "own", name: "月报 2026-03", tables: [] });
      host.book.byAddin = true;
    });
    const before = await sheetValues(page, "月报 2026-03");
    await showTab(pane, "reports");
    await chooseMonth(pane, "2026-03");
    await pane.getByRole("button", { name: "写入工作簿" }).click();
    await pane.getByText("已写入工作表“月报 2026-03 (2)”").waitFor();
    expect(await sheetValues(page, "月报 2026-03")).toEqual(before);
  }, 60_000);
});

describe("notices that were altered in the workbook", () => {
  test("stop everything: the reason is said, nothing more goes out, and nothing claims that it did", async () => {
    const { page, pane } = await start();
    await process(pane);
    await showTab(pane, "deductions");
    const issue = pane.getByRole("button", { name: /发出 [1-9]\d* 份/ });
    await pane.getByRole("combobox", { name: "月份" }).selectOption("2026-01");
    await issue.click();
    await pane.getByRole("button", { name: "确认发出并入账" }).click();
    await pane.getByText("已记入工作簿").waitFor();
    const [headers] = await sheetValues(page, "扣款通知明细");
    await type(page, "扣款通知明细", `${columnLetters(headers!.indexOf("金额"))}2`, "1");
    const recorded = await sheetValues(page, "扣款通知");
    await showTab(pane, "process");
    await pane.getByRole("button", { name: "重新读取" }).click();
    await showTab(pane, "deductions");
    await pane.getByRole("combobox", { name: "月份" }).selectOption("2026-02");
    await pane
      .getByText(/扣款通知.*(改|不符|一致)/)
      .first()
      .waitFor();
    // What the ledger says now takes the place of what stood there.
    await expect.poll(() => issue.count(), { timeout: 10_000 }).toBe(0);
    await expect.poll(() => pane.getByText("已记入工作簿").count()).toBe(0);
    expect(await sheetValues(page, "扣款通知")).toEqual(recorded);
  }, 60_000);
});

describe("deductions of a month", () => {
  test("name whom a ceiling held back, its basis and what is carried on", async () => {
    const { page, pane } = await start();
    await process(pane);
    await showTab(pane, "deductions");
    await chooseMonth(pane, "2026-03");
    const [headers, ...rows] = await sheetValues(page, "扣款台账");
    const at = (name: string): number => headers!.indexOf(name);
    const bound = rows.filter((row) => row[at("月份")] === "2026-03" && Number(row[at("结转下月")]) > 0);
    expect(bound.length).toBeGreaterThan(0);
    const list = pane.getByRole("list", { name: "受上限限制" });
    await list.getByRole("listitem").first().waitFor();
    await expect.poll(() => list.getByRole("listitem").count()).toBe(bound.length);
    const text = await list.innerText();
    for (const row of bound) {
      expect(text).toContain(String(row[at("姓名")]));
      expect(text).toContain(String(row[at("上限依据")]));
      expect(text).toContain(`结转下月 ${Number(row[at("结转下月")]).toFixed(2)} 元`);
    }
  }, 60_000);

  test("notices and the payroll list are workbooks; what went out is recorded once and for all", async () => {
    const { page, pane, errors } = await start();
    await process(pane);
    await showTab(pane, "deductions");
    await chooseMonth(pane, "2026-03");
    await pane.getByRole("button", { name: /发出 \d+ 份/ }).click();
    await pane.getByRole("button", { name: "确认发出并入账" }).click();
    await pane.getByText("已记入工作簿").waitFor();
    const recorded = await sheetValues(page, "扣款通知");
    // Only what is settled goes out.
    expect(recorded.length).toBeGreaterThan(5);
    const notices = await downloaded(page, () => pane.getByRole("button", { name: "下载通知单" }).click());
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(new Uint8Array(notices.bytes).buffer);
    expect(book.worksheets.length).toBeGreaterThanOrEqual(recorded.length - 1);
    const payroll = await downloaded(page, () => pane.getByRole("button", { name: "下载工资扣款清单" }).click());
    expect(payroll.name).toMatch(/2026-03.*\.xlsx$/);
    // Another look, another run, the tab opened anew: nothing goes out a second time.
    await showTab(pane, "process");
    await process(pane);
    await showTab(pane, "deductions");
    await expect
      .poll(() => pane.getByRole("button", { name: "发出 0 份，记入工作簿" }).getAttribute("aria-disabled"))
      .toBe("true");
    expect(await sheetValues(page, "扣款通知")).toEqual(recorded);
    expect(errors).toEqual([]);
  }, 90_000);
});
