import { describe, expect, test } from "vitest";
import { wallTime } from "../../../src/domain/wall-time.js";
import { auditEntries } from "../../../src/ledger/audit-log.js";
import { PENALTIES_HEADERS } from "../../../src/ledger/output-tables.js";
import type { LedgerSnapshot, LedgerWrite, OutputTable } from "../../../src/ledger/port.js";
import type { CellValue } from "../../../src/workbench/host/workbook-model.js";
import { ledgerModel, lines, open, outputsFor, OUTPUTS, records, strangers, type Opened } from "./fixture.js";

/**
 * A network that breaks off at any request of a write, before the request got through or after it was carried out: it is
 * said, no row holds another's outputs, and the next press leaves the workbook as an undisturbed one would have.
 */

const ROWS = 400;
/** Long enough that rows go in several requests. */
const LONG = "长".repeat(3_000);

const penalties: OutputTable = {
  sheet: "处罚明细",
  table: "Penalties",
  columns: PENALTIES_HEADERS,
  rows: Array.from({ length: 50 }, (_, n) =>
    PENALTIES_HEADERS.map(({ kind }, k) => (kind === "money" ? n : `栏${k}-${n}`)),
  ),
  mode: "replace",
};

/** One entry, chained to the last one that stands there, as a run makes it. */
function entry(snapshot: LedgerSnapshot): OutputTable {
  const run = { at: wallTime(2026, 4, 1), programVersion: "1", packVersions: [], changedRows: 1, summary: "处理" };
  return auditEntries({ ...run, operator: undefined, details: [] }, "zh", snapshot.sideTables.get("AuditLog"));
}

function writeOf(read: LedgerSnapshot): LedgerWrite {
  const { rows } = read;
  return {
    outputColumns: OUTPUTS,
    rows: rows.map((row) => ({ row: row.row, outputs: { ...outputsFor(row), messages: [LONG] } })),
    tables: [penalties, entry(read)],
  };
}

async function press({ ledger }: Opened): Promise<void> {
  await ledger.write(writeOf(await ledger.read()));
}

const stands = ({ host }: Opened): Record<string, CellValue>[][] => [records(host), records(host, "处罚明细")];
const entries = ({ host }: Opened): number => records(host, "处理日志").length;

const undisturbed = open(ledgerModel({ lines: lines(ROWS) }));
const snapshot = await undisturbed.ledger.read();
const before = undisturbed.host.requests.length;
await undisturbed.ledger.write(writeOf(snapshot));
const wanted = stands(undisturbed);
const requests = undisturbed.host.requests.length - before;

describe.each([
  ["does not get through", 1],
  ["is carried out, but its answer is lost", 2],
] as const)("a request that %s", (how, mostEntries) => {
  test("is one of several", () => {
    expect(requests).toBeGreaterThan(3);
  });

  test.each(Array.from({ length: requests }, (_, i) => i + 1))("(number %i of the write)", async (n) => {
    const opened = open(ledgerModel({ lines: lines(ROWS) }));
    const read = await opened.ledger.read();
    opened.host.beforeRequest(n, () => {
      if (how === "does not get through") opened.host.failNextRequest("ConnectionFailure");
      else opened.host.loseNextAnswer();
    });
    await expect(opened.ledger.write(writeOf(read))).rejects.toMatchObject({ code: "network" });
    expect(strangers(opened.host)).toEqual([]);
    await press(opened);
    expect(stands(opened)).toEqual(wanted);
    expect(entries(opened)).toBeGreaterThanOrEqual(1);
    // An entry whose answer got lost may stand twice; it is a log, and says when.
    expect(entries(opened)).toBeLessThanOrEqual(mostEntries);
  });
});

test("a slow network changes nothing but the time", async () => {
  const opened = open(ledgerModel({ lines: lines(20) }));
  const answer = opened.host.answer.bind(opened.host);
  opened.host.answer = async (body, flags) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const reply = await answer(body, flags);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return reply;
  };
  await press(opened);
  expect(strangers(opened.host)).toEqual([]);
  expect(entries(opened)).toBe(1);
});
