import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { OFFICE_CODES, problemOf } from "../../src/ledger/excel/host-problem.js";
import { HostProblem } from "../../src/ledger/excel/excel-ledger.js";
import { MINIMUM } from "../../src/ledger/excel/requirements.js";
import zh from "../../src/locales/host-problems.zh-CN.json" with { type: "json" };
import { PROGRAM_VERSION } from "../../src/program/version.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { CURRENT_API_SETS } from "../../src/workbench/host/api-level.js";
import type { WorkbookModel } from "../../src/workbench/host/workbook-model.js";
import { differences, throughFile } from "../ledger/excel/both-ways.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { columnLetters, failNextAction, requestCount, sheetValues, type } from "./support/host-calls.js";
import type { HostWindow } from "./support/host-page.js";
import { type OpenOptions, type OpenPane } from "./support/pane-browser.js";
import { paneSession } from "./support/pane-session.js";
import { chooseMonth, LEDGER, process, showTab } from "./support/pane-steps.js";
import { sampleModel } from "./support/sample-model.js";

/** The real pane on a ledger that other people work on as well, and in hosts of different ages and moods. */

const SAMPLE = readFileSync(join(import.meta.dirname, "..", "..", "templates", "sample-ledger.xlsx"));
const NOW = "2026-03-31T18:00";

const panes = paneSession();

async function start(options: Omit<OpenOptions, "model"> & { readonly model?: WorkbookModel } = {}): Promise<OpenPane> {
  const { model = await sampleModel(), ...rest } = options;
  const open = await panes.open({ model, now: NOW, ...rest });
  await open.pane.locator("dl dt").first().waitFor();
  return open;
}

/** The ledger's rows as records by header, by what the complaint says: numbers may be missing or shared. */
async function rowsByContent(page: Page): Promise<Map<string, Record<string, unknown>>> {
  const [headers, ...rows] = await sheetValues(page, LEDGER);
  return new Map(
    rows.map((row) => {
      const cells = headers!.map((header, i): [string, unknown] => [String(header), row[i] ?? ""]);
      const record = Object.fromEntries(cells);
      return [contentOf(record), record];
    }),
  );
}

const contentOf = (record: Record<string, unknown>): string =>
  JSON.stringify([record.受理时间, record.客户名称, record.投诉内容, record.投诉渠道]);

test("what the pane writes into Excel is what the command writes into the file, cell by cell", async () => {
  const { page, pane, errors } = await start({ model: readBook(SAMPLE, "sample.xlsx", nodeCodec) });
  await process(pane);
  const inExcel = JSON.parse(
    await page.evaluate(() => JSON.stringify((window as unknown as HostWindow).host.model)),
  ) as WorkbookModel;
  const now = parseIso(NOW)!;
  const options = {
    packs: loadAllPacks(),
    statutes: STATUTES,
    now,
    language: "zh",
    programVersion: PROGRAM_VERSION,
  } as const;
  const [inFile] = throughFile(SAMPLE, [options]);
  expect(differences(inFile!.book, inExcel)).toEqual([]);
  expect(errors).toEqual([]);
});

describe("somebody else at work on the same ledger", () => {
  test("sorts, inserts and deletes rows between reading and writing, and while it is written: no row gets another's outputs", async () => {
    const { page, pane } = await start();
    await process(pane);
    const expected = await rowsByContent(page);
    const count = async (): Promise<number> =>
      (await sheetValues(page, LEDGER)).filter((row) => row.some((value) => value !== "")).length;
    const rows = await count();
    await page.evaluate(() => {
      const { host, author } = window as unknown as HostWindow;
      const sheet = author.sheet("投诉台账");
      const headers = sheet.rows[0]!.values;
      const outputs = [headers.indexOf("投诉类别"), headers.indexOf("当前状态"), headers.indexOf("提示")];
      for (const row of sheet.rows.slice(1)) for (const at of outputs) if (row) row.values[at] = "?";
      const line = headers.map((header) =>
        header === "受理时间" ? 46_100 : header === "投诉内容" ? "别人刚登记的" : "",
      );
      // The second request of the run reads the rows; the ones after it belong to the write.
      host.beforeRequest(3, () => {
        author.sort("Complaints", "客户名称");
        author.insertTableRows("Complaints", 5, [line]);
        author.deleteTableRows("Complaints", 40);
      });
      host.beforeRequest(4, () => {
        author.sort("Complaints", "受理时间", false);
      });
    });
    await process(pane);
    const after = await rowsByContent(page);
    expect(after.get(JSON.stringify([46_100, "", "别人刚登记的", ""]))).toMatchObject({ 投诉编号: "", 当前状态: "" });
    // One came, one went.
    expect(await count()).toBe(rows);
    for (const [content, record] of after) {
      const before = expected.get(content);
      if (!before) continue;
      const { 投诉类别: category, 当前状态: status, 提示: messages } = record;
      expect([content, category, status, messages]).toEqual([content, before.投诉类别, before.当前状态, before.提示]);
    }
  });

  test("numbers are given to all rows with a date, and none twice within a pack", async () => {
    const { page, pane } = await start();
    const blank = [...(await rowsByContent(page))].filter(([, record]) => record.投诉编号 === "");
    await process(pane);
    const after = await rowsByContent(page);
    const numberOf = ({ 适用制度: pack, 投诉编号: id }: Record<string, unknown>): string => JSON.stringify([pack, id]);
    const numbers = [...after.values()].map(numberOf);
    const dated = blank.filter(([, record]) => typeof record.受理时间 === "number");
    expect(dated.length).toBeGreaterThan(5);
    for (const [content] of dated) {
      const record = after.get(content)!;
      const times = numbers.filter((number) => number === numberOf(record)).length;
      expect([content, record.投诉编号 === "", times]).toEqual([content, false, 1]);
    }
  });

  test("writes outputs and edits inputs of other rows while live mode is on: nothing is judged, nothing loops", async () => {
    const { page, pane } = await start();
    await process(pane);
    await pane.getByRole("switch").click();
    await pane.getByText("已开启").waitFor();
    const [headers] = await sheetValues(page, LEDGER);
    const [status, content] = [headers!.indexOf("当前状态"), headers!.indexOf("投诉内容")];
    const before = await requestCount(page);
    await page.evaluate(
      ([a, b]) => {
        const { host, author } = window as unknown as HostWindow;
        host.book.source = "Remote";
        author.type("投诉台账", `${a!}5`, "已结案");
        author.type("投诉台账", `${b!}6`, "对方改了内容");
        host.book.events.flush();
        host.book.source = "Local";
      },
      [columnLetters(status), columnLetters(content)],
    );
    await pane.waitForTimeout(1500);
    expect((await requestCount(page)) - before).toBe(0);
    // An edit of one's own is still judged, once.
    await type(page, LEDGER, `${columnLetters(content)}7`, "工作人员态度恶劣，辱骂客户");
    await pane.getByText("已重新判定").waitFor();
    await pane.waitForTimeout(1500);
    expect((await requestCount(page)) - before).toBeLessThanOrEqual(3);
  });
});

describe("an error of the host", () => {
  test("has a sentence for every code, and the next run is as good as ever", async () => {
    const { page, pane } = await start();
    const alert = pane.getByRole("alert").first();
    for (const code of [...OFFICE_CODES, "GeneralException"]) {
      const problem = problemOf({ code, message: code });
      if (!(problem instanceof HostProblem)) throw new Error(code);
      await failNextAction(page, code);
      await pane.getByRole("button", { name: "一键处理" }).click();
      // Parameters fill the gaps of a sentence; what stands between them is said as it is.
      const parts = zh[problem.code].split(/\{\w+\}/);
      const missing = async (): Promise<readonly string[]> => {
        const text = (await alert.textContent()) ?? "";
        const odd = /[{}]|([，。；：])\1|undefined/.exec(text)?.[0];
        const left = parts.filter((part) => !text.includes(part));
        return [...left, ...(odd === undefined ? [] : [odd]), ...(left.length > 0 ? [text] : [])];
      };
      await expect.poll(missing, { timeout: 10_000, message: code }).toEqual([]);
      await pane.getByRole("button", { name: "一键处理" }).waitFor();
    }
    await process(pane);
    await expect.poll(() => alert.textContent()).toBe("");
  }, 240_000);
});

describe("an older Excel", () => {
  const older = (version: string): Pick<OpenOptions, "host"> => ({
    host: { apiSets: { ...CURRENT_API_SETS, ExcelApi: version } },
  });

  test("with no more than the manifest asks for processes, judges single rows, reports and undoes", async () => {
    const { page, pane, errors } = await start(older(MINIMUM));
    const before = await sheetValues(page, LEDGER);
    await process(pane);
    await pane.getByRole("switch").click();
    await pane.getByText("已开启").waitFor();
    const [headers] = await sheetValues(page, LEDGER);
    const requests = await requestCount(page);
    // Events of this version don't tell one's own writes from the user's: they must not loop all the same.
    await type(page, LEDGER, `${columnLetters(headers!.indexOf("改判类别"))}3`, "服务态度");
    await pane.getByText("已重新判定").waitFor();
    await pane.waitForTimeout(1500);
    expect((await requestCount(page)) - requests).toBeLessThanOrEqual(3);
    expect((await sheetValues(page, LEDGER))[2]![headers!.indexOf("投诉类别")]).toBe("服务态度");
    await pane.getByRole("switch").click();
    await showTab(pane, "reports");
    await chooseMonth(pane, "2026-03");
    await pane.getByRole("button", { name: "写入工作簿" }).click();
    await pane.getByText("已写入工作表“月报 2026-03”").waitFor();
    await showTab(pane, "process");
    await pane.getByRole("button", { name: "撤销本次处理" }).click();
    await pane.getByRole("button", { name: "撤销本次处理" }).waitFor({ state: "detached" });
    await pane.getByText("正在恢复").waitFor({ state: "detached" });
    const id = before[0]!.indexOf("投诉编号");
    const numbers = (rows: readonly (readonly unknown[])[]): unknown[] => rows.slice(1).map((row) => row[id] ?? "");
    expect(numbers(await sheetValues(page, LEDGER))).toEqual(numbers(before));
    expect(errors).toEqual([]);
  }, 120_000);

  test("that has less says plainly what it lacks, and nothing is written", async () => {
    const open = await panes.open({ model: await sampleModel(), now: NOW, ...older("1.12") });
    const { page, pane, errors } = open;
    const alert = pane.getByRole("alert").first();
    await expect.poll(() => alert.textContent(), { timeout: 10_000 }).toContain(`ExcelApi ${MINIMUM}`);
    await expect.poll(() => alert.textContent()).toContain("Excel 2021");
    const cellsWritten = await page.evaluate(() =>
      (window as unknown as HostWindow).host.requests.reduce((sum, request) => sum + request.cellsWritten, 0),
    );
    expect(cellsWritten).toBe(0);
    expect(errors).toEqual([]);
  });
});
