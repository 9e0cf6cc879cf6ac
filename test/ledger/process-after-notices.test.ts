import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ExaminedLedger } from "../../src/jobs/judge-ledger.js";
import { HOMES } from "./homes.js";
import { loss, Office, office, person } from "./office-year.js";

/** `process` right after `notices` is an identity: nothing to be written, nothing said or asked that was not before. */

const fixture = (...path: readonly string[]): Promise<Uint8Array> =>
  Promise.resolve(readFileSync(join(import.meta.dirname, "..", "..", ...path)));

const LOSSES = [
  loss("F1", "张三", 20_000, "2026-01-05"),
  loss("F2", "张三:60%;李四:40%", 900, "2026-02-06"),
  loss("F3", "王五", 300, "2026-03-07"),
  // Open, so that it stays proposed.
  { ...loss("F4", "李四", 700, "2026-03-08"), closeAt: "" },
];
const PEOPLE = [person("A01", "张三"), person("A02", "李四"), person(null, "王五")];

const LEDGERS: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
  ["one noticed by the version before the books", () => fixture("test", "fixtures", "noticed-before-the-books.xlsx")],
  ["one with sums that are carried on", () => office({ rows: LOSSES, people: PEOPLE })],
  [
    "one whose first month is locked",
    () => office({ rows: LOSSES, people: PEOPLE, settings: [["锁定至月份", "2026-01"]] }),
  ],
  ["one without 人员", () => office({ rows: LOSSES, people: [] })],
  ["one without rows", () => office({ rows: [], people: PEOPLE })],
];

const DAY = "2026-03-31";

/** What a run says and asks of the ledger; that a number was given, or old books were taken over, is said once. */
const told = ({ outcome, check }: ExaminedLedger): unknown => ({
  rows: outcome.rows.map(({ row, id, outputs }) => ({ row, id, outputs })),
  deductions: outcome.deductions,
  penalties: outcome.penalties,
  messages: outcome.messages.filter(({ row }) => row !== undefined),
  questions: check.questions,
});

describe.each(HOMES)("process after notices, in %s", (_, homeOf) => {
  async function staysAsItIs(shop: Office, month: string): Promise<void> {
    const noticed = await shop.notices(month, DAY);
    const before = await shop.read();
    const processed = await shop.look(DAY);
    expect(processed.unchanged).toBe(true);
    expect(processed.changedRows).toEqual([]);
    expect(told(processed)).toEqual(told(noticed));
    await shop.process(DAY);
    expect(await shop.read()).toEqual(before);
  }

  it("leaves the sample as it is", async () => {
    await staysAsItIs(new Office(homeOf(await fixture("templates", "sample-ledger.xlsx"))), "2026-03");
  });

  it.each(LEDGERS)("leaves %s as it is, whether it was processed before or not", async (__, bytesOf) => {
    const bytes = await bytesOf();
    const fresh = new Office(homeOf(bytes));
    await staysAsItIs(fresh, "2026-02");
    await staysAsItIs(fresh, "2026-03");
    const processed = new Office(homeOf(bytes));
    await processed.process(DAY);
    await staysAsItIs(processed, "2026-03");
  });

  it("leaves alone what refunds, gives up and goes on by hand", async () => {
    const shop = new Office(homeOf(await office({ rows: LOSSES, people: PEOPLE })));
    await shop.notices("2026-02", DAY);
    for (const act of [
      { kind: "撤销", of: "F2", reason: "查明非本人" },
      { kind: "核销", of: "A01", reason: "离职，无法追偿" },
      { kind: "重开", of: "F2", reason: "复查属实" },
    ] as const) {
      await shop.act(act, DAY);
      await staysAsItIs(shop, "2026-03");
    }
  });

  it("leaves the notices as people filled them in", async () => {
    const shop = new Office(homeOf(await office({ rows: LOSSES, people: PEOPLE })));
    await shop.notices("2026-02", DAY);
    shop.type("Notices", 0, "状态", "异议中");
    shop.type("Notices", 0, "异议日期", "2026-03-30");
    await staysAsItIs(shop, "2026-03");
  });
});
