import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOTICES_HEADERS } from "../../../src/ledger/notice-tables.js";
import { AUDIT_LOG_HEADERS, DEDUCTIONS_HEADERS, PENALTIES_HEADERS } from "../../../src/ledger/output-tables.js";
import type { OutputCell, OutputTable } from "../../../src/ledger/port.js";
import { POSTINGS_HEADERS } from "../../../src/ledger/postings.js";
import { ledgerModel, lines, open, records } from "./fixture.js";

/** What a user has filtered or hidden is written, read, resized and put back as if it stood in sight. */
const TABLES: Record<string, Pick<OutputTable, "sheet" | "columns">> = {
  Penalties: { sheet: "处罚明细", columns: PENALTIES_HEADERS },
  Deductions: { sheet: "扣款台账", columns: DEDUCTIONS_HEADERS },
  Postings: { sheet: "扣款凭证", columns: POSTINGS_HEADERS },
  AuditLog: { sheet: "处理日志", columns: AUDIT_LOG_HEADERS },
  Notices: { sheet: "扣款通知", columns: NOTICES_HEADERS },
};

const firstText = ({ columns }: Pick<OutputTable, "columns">): number =>
  columns.findIndex(({ kind }) => kind === "text");

function tableOf(amounts: readonly number[], mode: OutputTable["mode"], table: string): OutputTable {
  const { sheet, columns } = TABLES[table]!;
  const id = firstText({ columns });
  const rows = amounts.map((amount, i) =>
    columns.map(({ kind }, k): OutputCell => (k === id ? `C${i % 5}` : kind === "text" ? `第${amount}行` : amount)),
  );
  return { sheet, table, columns, rows, mode };
}

type Opened = ReturnType<typeof open>;

async function write({ ledger }: Opened, table: OutputTable) {
  await ledger.read();
  return ledger.write({ outputColumns: [], rows: [], tables: [table] });
}

const standing = ({ host }: Opened, name: string): unknown[] =>
  records(host, TABLES[name]!.sheet)
    .map((record) => TABLES[name]!.columns.map(({ header }) => record[header]))
    .filter((line) => line.some((value) => value !== ""));
const wanted = ({ rows }: OutputTable): unknown[] => rows.map((line) => [...line]);
const sheetOf = ({ host }: Opened, name: string) =>
  host.model.sheets.find((sheet) => sheet.name === TABLES[name]!.sheet)!;

/** A filter of the user's, rows hidden by hand, and blank rows at the end that the filter hides as well. */
const looks = fc.record({
  shown: fc.subarray(["C0", "C1", "C2", "C3", "C4", "C9"], { minLength: 1, maxLength: 3 }),
  byHand: fc.uniqueArray(fc.nat(8), { maxLength: 3 }),
});
const amounts = fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 8 });

function hide(
  opened: Opened,
  name: string,
  { shown, byHand }: { shown: readonly string[]; byHand: readonly number[] },
) {
  const { columns } = TABLES[name]!;
  opened.author.filter(name, columns[firstText({ columns })]!.header, shown);
  const { rows } = sheetOf(opened, name);
  for (const row of byHand) {
    const model = rows[row + 1];
    if (model) model.hidden = true;
  }
}

describe("own tables of which the user has filtered and hidden rows", () => {
  it.each(["Penalties", "Deductions"])(
    "%s: rewritten, grown, shrunk and put back, each row in its place",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(amounts, amounts, looks, looks, async (first, second, before, after) => {
          const opened = open(ledgerModel({ lines: lines(1) }));
          const old = tableOf([7, ...first], "replace", name);
          await write(opened, old);
          hide(opened, name, before);
          const now = tableOf([8, ...second], "replace", name);
          const { backup } = await write(opened, now);
          expect(standing(opened, name)).toEqual(wanted(now));
          hide(opened, name, after);
          await opened.ledger.read();
          await opened.ledger.restore(backup);
          expect(standing(opened, name)).toEqual(wanted(old));
        }),
        { numRuns: 12 },
      );
    },
  );

  it.each(["Postings", "AuditLog", "Notices"])(
    "%s: added to at its end, blank rows that the filter hides filled first, the filter left as it is",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(amounts, amounts, looks, fc.nat(3), async (first, second, look, blanks) => {
          const opened = open(ledgerModel({ lines: lines(1) }));
          const old = tableOf([7, ...first], "append", name);
          await write(opened, old);
          const [table] = sheetOf(opened, name).tables;
          table!.area = { ...table!.area, rows: table!.area.rows + blanks };
          hide(opened, name, look);
          const added = tableOf([8, ...second], "append", name);
          await write(opened, added);
          expect(standing(opened, name)).toEqual([...wanted(old), ...wanted(added)]);
          expect(Object.keys(table!.filters)).toHaveLength(1);
        }),
        { numRuns: 12 },
      );
    },
  );
});
