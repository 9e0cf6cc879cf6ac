import { expect, test } from "vitest";
import { parseIso } from "../../../src/domain/wall-time.js";
import { examineLedger } from "../../../src/jobs/judge-ledger.js";
import { openExcelLedger, excelRun, type ExcelLedger } from "../../../src/ledger/excel/excel-ledger.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { readBook } from "../../../src/workbench/file/read-book.js";
import type { WorkbookHost } from "../../../src/workbench/host/host.js";
import { smallLedger } from "../../../scripts/fuzz/small-ledger.js";
import { loadAllPacks, STATUTES } from "../../packs-folder.js";
import { connect } from "../../support/office-client.js";

/** An answer that gets lost on the way back: what was carried out is not written again, and 处理日志 has it once. */

const packs = new Map([...loadAllPacks()].filter(([id]) => id === "furniture-north"));
const bytes = await smallLedger();

function open(): { readonly host: WorkbookHost; readonly ledger: ExcelLedger } {
  const { host, excel } = connect(readBook(bytes, "in.xlsx", nodeCodec));
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  return { host, ledger: openExcelLedger(excelRun(excel, supports), { supports }) };
}

/** A press of 处理台账, an hour after the other. Gives whether there was anything to write. */
async function press(ledger: ExcelLedger, hour: number): Promise<boolean> {
  const snapshot = await ledger.read();
  const now = parseIso(`2026-03-31T${hour}:00`)!;
  const judgement = await examineLedger(snapshot, { packs, statutes: STATUTES, now, language: "zh" }).judgement();
  if (judgement.kind !== "may-write") throw new Error(judgement.reason);
  if (judgement.write) await ledger.write(judgement.write);
  return judgement.write !== undefined;
}

async function runs(ledger: ExcelLedger): Promise<number> {
  const log = (await ledger.read()).sideTables.get("AuditLog")!;
  const times = log.headers.findIndex(({ header }) => header === "处理时间");
  expect(times).toBeGreaterThanOrEqual(0);
  return new Set(log.rows.map(({ cells }) => cells[times])).size;
}

test("whichever answer of a run gets lost, its entry stands once and the next press finds nothing left over", async () => {
  const plain = open();
  const before = plain.host.requests.length;
  await plain.ledger.read();
  const reading = plain.host.requests.length - before;
  await press(plain.ledger, 18);
  const writing = plain.host.requests.length - before - 2 * reading;
  expect(writing).toBeGreaterThan(1);
  expect(await runs(plain.ledger)).toBe(1);

  for (let n = 1; n <= writing; n++) {
    const { host, ledger } = open();
    host.beforeRequest(reading + n, () => {
      host.loseNextAnswer();
    });
    await expect(press(ledger, 18), `request ${n}`).rejects.toMatchObject({ code: "network" });
    await press(ledger, 19);
    expect(await press(ledger, 20), `after request ${n}`).toBe(false);
    expect(await runs(ledger), `request ${n}`).toBe(1);
  }
}, 120_000);
