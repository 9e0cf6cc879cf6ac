import { describe, expect, it } from "vitest";
import { parseIso } from "../../../src/domain/wall-time.js";
import { examineNotices } from "../../../src/jobs/issue-notices.js";
import { mayWrite, type JudgeOptions } from "../../../src/jobs/judge-ledger.js";
import { excelRun, openExcelLedger, type ExcelLedger } from "../../../src/ledger/excel/excel-ledger.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { readBook } from "../../../src/workbench/file/read-book.js";
import { loadAllPacks, STATUTES } from "../../packs-folder.js";
import { connect } from "../../support/office-client.js";
import { firstWorkbook } from "../ledger-history.js";

/** Two people have one workbook open: who posts second must not post on a book that has moved. */

const packs = loadAllPacks();
const options = (day: string): JudgeOptions => ({
  ...{ packs, statutes: STATUTES, language: "zh" },
  now: parseIso(`${day}T18:00`)!,
});

/** Reads, and gives what writes the month's notices on what was read. */
async function notices(ledger: ExcelLedger, month: string, day: string): Promise<() => Promise<unknown>> {
  const { ledger: examined } = examineNotices(await ledger.read(), options(day), { month, issue: true });
  const { write } = mayWrite(await examined.judgement());
  return () => ledger.write(write!);
}

async function open(): Promise<{
  readonly first: ExcelLedger;
  readonly second: ExcelLedger;
  readonly seen: () => string;
}> {
  const { host, excel } = connect(readBook(await firstWorkbook(), "excel", nodeCodec));
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  const ledger = (): ExcelLedger => openExcelLedger(excelRun(excel, supports), { supports });
  return { first: ledger(), second: ledger(), seen: () => JSON.stringify(host.model) };
}

describe("two people at once", () => {
  it("the first voucher of a book is posted once", async () => {
    const { first, second, seen } = await open();
    const mine = await notices(first, "2024-01", "2024-01-31");
    const theirs = await notices(second, "2024-01", "2024-01-31");
    await theirs();
    const before = seen();
    await expect(mine()).rejects.toMatchObject({ code: "chain-moved" });
    expect(seen()).toBe(before);
  });

  it("a later one as well: nothing is written where the last 校验值 is another than the one that was read", async () => {
    const { first, second, seen } = await open();
    await (
      await notices(first, "2024-01", "2024-01-31")
    )();
    const mine = await notices(first, "2024-02", "2024-02-28");
    const theirs = await notices(second, "2024-02", "2024-02-28");
    await theirs();
    const before = seen();
    await expect(mine()).rejects.toMatchObject({ code: "chain-moved" });
    expect(seen()).toBe(before);
    // Read again, there is nothing left to post.
    await expect(notices(first, "2024-02", "2024-02-28").then((write) => write())).rejects.toThrow();
  });
});
