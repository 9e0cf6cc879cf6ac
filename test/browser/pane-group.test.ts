import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { cellsOf } from "../../scripts/sample/story-cells.js";
import { newGroupLedger, newLedger } from "../../src/documents/new-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { loadAllPacks } from "../packs-folder.js";
import { sheetValues } from "./support/host-calls.js";
import { paneSession } from "./support/pane-session.js";
import { downloaded, process, violations } from "./support/pane-steps.js";

/** Several workbooks judged together from the pane. */

const panes = paneSession();
const packs = loadAllPacks();

function shop(amount: number): Promise<Uint8Array> {
  const row = cellsOf({
    ...{ id: "L1", pack: "franchise-retail", receivedAt: "2026-03-02T09:00", customer: "甲", upheld: "是" },
    ...{ description: "门店发错尺码，与订单不符", closeAt: "2026-03-06T10:00", loss: amount, person: "李四" },
  });
  const people = [["A1", "李四", "营运部", null, "店长", null, 2, 3000, 5000, null, null]];
  return newLedger({ packs: [packs.get("franchise-retail")!], language: "zh", rows: [row], people });
}

describe("汇总多个工作簿", () => {
  test("takes chosen files, tells what was not read, and hands the shops' copies over", async () => {
    const model = readBook(await newGroupLedger([...packs.values()], "zh"), "集团汇总.xlsx", nodeCodec);
    const { page, pane, errors } = await panes.open({ model });
    await pane.locator("dl dt").first().waitFor();
    await pane.getByText("汇总多个工作簿").click();
    const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    await pane.locator('input[type="file"]').setInputFiles([
      { name: "甲店.xlsx", mimeType, buffer: Buffer.from(await shop(1000)) },
      { name: "乙店.xlsx", mimeType, buffer: Buffer.from(await shop(900)) },
      { name: "坏.xlsx", mimeType, buffer: Buffer.from("x") },
    ]);
    await pane.getByText("已读 2 个工作簿，共 2 行").waitFor();
    await pane.getByText(/^坏\.xlsx：/).waitFor();
    expect(await violations(pane)).toEqual([]);
    await process(pane);
    const { name, bytes } = await downloaded(page, () =>
      pane.getByRole("button", { name: "下载全部（2 个）" }).click(),
    );
    expect(name).toBe("各店副本.zip");
    expect(Object.keys(unzipSync(bytes))).toEqual(["甲店.xlsx", "乙店.xlsx"]);
    const shops = await sheetValues(page, "分店");
    expect(shops.map((row) => row[0])).toEqual(["来源工作簿", "甲店", "乙店", ""]);
    expect(errors).toEqual([]);
  }, 90_000);
});
