import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Author } from "../../../src/workbench/host/author.js";
import { bodyArea } from "../../../src/workbench/host/workbook-model.js";
import { headers, ledgerModel, line, open, records, strangers, writeOf, type Line } from "./fixture.js";

/** Whatever other people do to the rows while a run is under way, no output ends up on another complaint's row. */

type Act =
  | { readonly kind: "insert"; readonly at: number; readonly numbered: boolean }
  | { readonly kind: "copy"; readonly at: number }
  | { readonly kind: "delete"; readonly at: number }
  | { readonly kind: "sort"; readonly by: number; readonly ascending: boolean }
  | { readonly kind: "shuffle"; readonly seed: number }
  | { readonly kind: "filter"; readonly customers: readonly number[] }
  | { readonly kind: "above"; readonly rows: number }
  | { readonly kind: "column" };

const place = fc.nat(30);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant("insert" as const), at: place, numbered: fc.boolean() }),
  fc.record({ kind: fc.constant("copy" as const), at: place }),
  fc.record({ kind: fc.constant("delete" as const), at: place }),
  fc.record({ kind: fc.constant("sort" as const), by: fc.nat(3), ascending: fc.boolean() }),
  fc.record({ kind: fc.constant("shuffle" as const), seed: fc.nat() }),
  fc.record({ kind: fc.constant("filter" as const), customers: fc.array(fc.nat(16), { minLength: 1, maxLength: 6 }) }),
  fc.record({ kind: fc.constant("above" as const), rows: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant("column" as const) }),
);

const scenario = fc.record({
  rows: fc.array(fc.record({ n: fc.integer({ min: 1, max: 12 }), numbered: fc.boolean(), closed: fc.nat(2) }), {
    minLength: 1,
    maxLength: 20,
  }),
  /** The second run writes fewer cells, in more places. */
  ranBefore: fc.boolean(),
  /** Between reading and writing. */
  between: fc.array(act, { maxLength: 4 }),
  /** While requests of the write are under way: one thing at most, since there is no transaction to rest on. */
  late: fc.option(fc.record({ before: fc.integer({ min: 2, max: 5 }), act })),
});

describe("rows that other people move while the ledger is written", () => {
  it("never carry another complaint's outputs afterwards, and keep their inputs", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ rows, ranBefore, between, late }) => {
        let number = 0;
        const body = rows.map(({ n, numbered, closed }): Line => {
          number += 1;
          const [id, ...rest] = line(n, numbered ? `C${number}` : "");
          return [id!, ...rest.slice(0, -1), closed === 0 ? "" : 46_010 + closed];
        });
        const { ledger, host, author } = open(ledgerModel({ lines: body }));
        const numbers = ({ row, cells }: { row: number; cells: { id?: unknown } }): string | undefined =>
          cells.id === undefined ? `N${row}` : undefined;
        if (ranBefore) {
          await ledger.write(writeOf(await ledger.read(), numbers));
          author.type("投诉台账", "F2", "");
        }
        const snapshot = await ledger.read();
        host.beforeRequest(1, () => {
          for (const one of between) perform(author, one);
        });
        if (late) {
          host.beforeRequest(late.before, () => {
            perform(author, late.act);
          });
        }
        await ledger.write(writeOf(snapshot, numbers));
        const top = author.table("Complaints").area.row;
        expect(strangers(host, "投诉台账", top)).toEqual([]);
        for (const record of bodyRecords(author, host, top)) {
          const n = Number(/^第(\d+)号/.exec(String(record.投诉内容))?.[1]);
          const [, received, customer, description] = line(n);
          expect([record.受理时间, record.客户名称, record.投诉内容]).toEqual([received, customer, description]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

function bodyRecords(author: Author, host: Parameters<typeof records>[0], top: number): ReturnType<typeof records> {
  const { rows } = bodyArea(author.table("Complaints"));
  return records(host, "投诉台账", top)
    .slice(0, rows)
    .filter((record) => record.投诉内容 !== "");
}

let inserted = 0;

function perform(author: Author, act: Act): void {
  const table = author.table("Complaints");
  const sheet = author.sheet("投诉台账");
  const body = bodyArea(table);
  const width = headers().length;
  switch (act.kind) {
    case "insert":
      inserted += 1;
      author.insertTableRows("Complaints", act.at % (body.rows + 1), [
        line(20 + (inserted % 5), act.numbered ? `X${inserted}` : ""),
      ]);
      break;
    case "copy": {
      const values = sheet.rows[body.row + (act.at % body.rows)]?.values.slice(body.column, body.column + width) ?? [];
      author.insertTableRows("Complaints", 0, [
        values.map((value) => (typeof value === "string" ? `'${value}` : value)),
      ]);
      break;
    }
    case "delete":
      if (body.rows > 1) author.deleteTableRows("Complaints", act.at % body.rows);
      break;
    case "sort":
      author.sort("Complaints", headers()[act.by]!, act.ascending);
      break;
    case "shuffle":
      author.reorder("Complaints", shuffled(body.rows, act.seed));
      break;
    case "filter":
      author.filter(
        "Complaints",
        "客户名称",
        act.customers.map((n) => `客户${n}`),
      );
      break;
    case "above":
      author.insertSheetRows("投诉台账", 0, act.rows);
      break;
    case "column":
      author.insertSheetColumns("投诉台账", 0, 1);
      break;
  }
}

function shuffled(count: number, seed: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  let state = seed + 1;
  for (let i = count - 1; i > 0; i -= 1) {
    state = (state * 48_271) % 2_147_483_647;
    const j = state % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
