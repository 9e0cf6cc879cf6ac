import type { Frame } from "playwright-core";
import { describe, expect, test } from "vitest";
import { sheetValues } from "./support/host-calls.js";
import type { HostWindow } from "./support/host-page.js";
import { type OpenPane } from "./support/pane-browser.js";
import { paneSession } from "./support/pane-session.js";
import { downloaded, LEDGER, process, showTab } from "./support/pane-steps.js";
import { sampleModel } from "./support/sample-model.js";

/** The tab 规则: reading and editing packs, and packs that a workbook carries itself. */

const panes = paneSession();

async function startAtRules(pack: string): Promise<OpenPane> {
  const open = await panes.open({ model: await sampleModel() });
  await open.pane.locator("dl dt").first().waitFor();
  await showTab(open.pane, "rules");
  await open.pane.getByRole("combobox", { name: "规则包" }).selectOption(pack);
  await open.pane.getByText("条规则").first().waitFor();
  return open;
}

interface ExportedPack {
  readonly id: string;
  readonly files: Record<string, string>;
}

async function exported({ page, pane }: OpenPane): Promise<ExportedPack> {
  const { bytes } = await downloaded(page, () => pane.getByRole("button", { name: "导出" }).click());
  return JSON.parse(new TextDecoder().decode(bytes)) as ExportedPack;
}

async function importPack(pane: Frame, name: string, text: string): Promise<void> {
  await pane
    .locator("input[type=file]")
    .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

describe("the editor of a pack", () => {
  test("proposes what the schema allows, marks the line of an error, and goes to it", async () => {
    const { page, pane, errors } = await startAtRules("general");
    await pane.getByRole("button", { name: "查看和编辑" }).click();
    const editor = pane.locator(".cm-content");
    await editor.waitFor();
    await pane.getByRole("combobox", { name: /文件/ }).selectOption("deadlines.json");
    await editor.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(
      '{\n  "$schema": "../schema/rules.schema.json",\n  "rules": [\n    {\n      \n    }\n  ]\n}',
    );
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await page.keyboard.press("Control+Space");
    const proposals = pane.locator(".cm-tooltip-autocomplete");
    await proposals.waitFor();
    await expect.poll(() => proposals.innerText()).toContain("conditions");
    await page.keyboard.press("Escape");
    await page.keyboard.type('"misspelt": 1');
    const problems = pane.getByRole("list", { name: "错误" });
    await problems.getByText("misspelt").first().waitFor({ timeout: 8000 });
    const place = problems.getByRole("button", { name: /^deadlines\.json:\d+$/ }).first();
    await place.click();
    await pane.locator(".cm-lint-marker-error").first().waitFor();
    await expect
      .poll(() => pane.getByRole("button", { name: "保存到本工作簿" }).getAttribute("aria-disabled"))
      .toBe("true");
    expect(errors).toEqual([]);
  }, 60_000);

  test("runs the pack's cases as they stand in the editor", async () => {
    const { pane } = await startAtRules("general");
    await pane.getByRole("button", { name: "运行用例" }).click();
    await pane.getByText(/\d+ 个用例全部通过/).waitFor({ timeout: 20_000 });
    await pane.getByRole("button", { name: "查看和编辑" }).click();
    const files = pane.getByRole("combobox", { name: /文件/ });
    await files.waitFor();
    const caseFile = (await files.locator("option").allInnerTexts()).find((name) => name.startsWith("cases/"))!;
    await files.selectOption(caseFile);
    const editor = pane.locator(".cm-content");
    await editor.waitFor();
    const broken = (await exportedText(pane, caseFile)).replace('"fires"', '"silent"');
    await editor.click();
    await panes.current().page.keyboard.press("Control+a");
    await panes.current().page.keyboard.insertText(broken);
    await pane.getByText("格式无误").waitFor();
    await pane.getByRole("button", { name: "运行用例" }).click();
    await pane.getByText(/个用例中有 1 个未通过/).waitFor({ timeout: 20_000 });
  }, 120_000);
});

/** A file of the general pack as the site serves it. */
async function exportedText(pane: Frame, file: string): Promise<string> {
  return pane.evaluate(async (name) => {
    const catalogue = (await (await fetch("rules/catalogue.json")).json()) as {
      packs: { header: { id: string }; texts: string }[];
    };
    const { texts } = catalogue.packs.find(({ header }) => header.id === "general")!;
    return ((await (await fetch(`rules/${texts}`)).json()) as Record<string, string>)[name]!;
  }, file);
}

describe("packs of the workbook", () => {
  test("an exported pack, changed and imported, stands above the built-in one and is what rows are judged by", async () => {
    const opened = await startAtRules("general");
    const { page, pane, errors } = opened;
    const pack = await exported(opened);
    expect(pack.id).toBe("general");
    const header = JSON.parse(pack.files["pack.json"]!) as { title: { zh: string }; version: string };
    header.title.zh = "本单位投诉处理";
    header.version = "9.9.9";
    const changed = { ...pack, tiaoliPack: 1, files: { ...pack.files, "pack.json": JSON.stringify(header) } };
    await importPack(pane, "general.tiaoli.json", JSON.stringify(changed));
    await pane.getByRole("button", { name: "恢复内置" }).waitFor();
    await pane.getByText("9.9.9").first().waitFor();
    await expect.poll(() => pane.getByRole("combobox", { name: "规则包" }).innerText()).toContain("本单位投诉处理");
    const parts = await page.evaluate(() =>
      (window as unknown as HostWindow).host.model.xmlParts.map(({ xml }) => xml),
    );
    expect(parts.filter((xml) => xml.includes("urn:tiaoli:pack") && xml.includes("本单位投诉处理"))).toHaveLength(1);
    await showTab(pane, "process");
    await process(pane);
    const [headers, ...rows] = await sheetValues(page, LEDGER);
    const versions = rows.map((row) => String(row[headers!.indexOf("规则版本")] ?? ""));
    expect(versions.filter((version) => version.startsWith("general 9.9.9")).length).toBeGreaterThan(0);
    expect(versions.filter((version) => version.startsWith("general 1."))).toEqual([]);
    expect(errors).toEqual([]);
  }, 120_000);

  test("what is no pack, and a pack with errors, are refused in a sentence; nothing is kept", async () => {
    const opened = await startAtRules("general");
    const { page, pane } = opened;
    await importPack(pane, "坏.json", "{}");
    await pane.getByText("坏.json 不是导出的规则包。").waitFor();
    const pack = await exported(opened);
    const broken = { tiaoliPack: 1, id: "general", files: { ...pack.files, "parameters.json": '{"x": 1}' } };
    await importPack(pane, "错.json", JSON.stringify(broken));
    await pane.getByText(/错\.json.*处错误/).waitFor();
    const parts = await page.evaluate(() => (window as unknown as HostWindow).host.model.xmlParts.length);
    expect(parts).toBe(0);
  }, 60_000);

  test("a pack that stands in the workbook when it is opened is used from the start", async () => {
    const opened = await startAtRules("general");
    const pack = await exported(opened);
    await opened.close();
    const header = { ...(JSON.parse(pack.files["pack.json"]!) as object), version: "7.0.0" };
    const model = await sampleModel();
    const files = Object.entries({ ...pack.files, "pack.json": JSON.stringify(header) });
    const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    model.xmlParts.push({
      id: "{1}",
      xml: `<pack xmlns="urn:tiaoli:pack" id="general">${files.map(([path, text]) => `<file path="${path}">${escaped(text)}</file>`).join("")}</pack>`,
    });
    const open = await panes.open({ model });
    await showTab(open.pane, "rules");
    await open.pane.getByRole("combobox", { name: "规则包" }).selectOption("general");
    await open.pane.getByText("7.0.0").first().waitFor();
    await expect.poll(() => open.pane.getByText("本工作簿", { exact: true }).count()).toBe(1);
  }, 60_000);
});
