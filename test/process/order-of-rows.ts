import fc from "fast-check";
import { expect } from "vitest";
import type { RawRow } from "../../src/domain/complaint.js";
import { run } from "../../src/process/process.js";
import { ALL_PACKS, NOW, PEOPLE, row } from "../documents/reports/random-ledger.js";
import { inputOf } from "./process-rows.js";

/** What is said of a complaint, of a person's month and of the whole doesn't depend on where its row stands. */

type Cells = RawRow["cells"];

/** Numbered complaints of a few customers, some of which follow others. */
const complaints = (packs: readonly string[], most: number): fc.Arbitrary<Cells[]> =>
  fc
    .array(
      fc.record({
        cells: row(packs),
        customer: fc.constantFrom(null, "甲公司", "乙公司", "匿名"),
        orderNo: fc.constantFrom(null, "A1001", "A1002"),
        follows: fc.option(fc.nat(most), { nil: null, freq: 4 }),
        // Now and then two rows bear one number.
        sameNumber: fc.nat(30).map((n) => n === 0),
      }),
      { minLength: 2, maxLength: most, size: "max" },
    )
    .map((list) =>
      list.map(({ cells, customer, orderNo, follows, sameNumber }, i) => ({
        ...cells,
        ...{ customer, orderNo },
        id: sameNumber && i > 0 ? `T${i - 1}` : `T${i}`,
        followsId: follows !== null && follows < i ? `T${follows}` : null,
      })),
    );

export const shuffled = fc
  .oneof(
    complaints(ALL_PACKS, 30),
    // The ones that count earlier complaints, and those that have persons and departments with ceilings.
    complaints(["health-centre"], 20),
    complaints(["furniture-north", "franchise-retail", "auto-sales"], 25),
  )
  .chain((list) =>
    fc.record({
      list: fc.constant(list),
      order: fc.shuffledSubarray(
        list.map((_, i) => i),
        { minLength: list.length },
      ),
    }),
  );

/** Everything that a run says, in an order of its own; rows are named by where they stood at first. */
function said(list: readonly Cells[], order: readonly number[]): Readonly<Record<string, readonly string[]>> {
  const input = inputOf(
    order.map((i) => list[i]!),
    { now: NOW, people: PEOPLE, settings: { minimumWage: 249_000 as never } },
  );
  const rows = input.rows.map((raw, place) => ({ ...raw, row: order[place]! + 2 }));
  const { outcome } = run({ ...input, rows });
  // Other rows are named from the top of the sheet down.
  const fromTheTop = (text: string): string =>
    text.replace(/(?<=第)\d+(?:、\d+)+(?=行)/g, (rows) =>
      rows
        .split("、")
        .sort((a, b) => Number(a) - Number(b))
        .join("、"),
    );
  const sorted = (values: readonly unknown[]): string[] =>
    values.map((value) => fromTheTop(JSON.stringify(value))).sort();
  return {
    rows: sorted(outcome.rows),
    penalties: sorted(outcome.penalties),
    deductions: sorted(outcome.deductions),
    messages: sorted(outcome.messages),
    summary: sorted(Object.entries(outcome.summary).filter(([, value]) => typeof value !== "object")),
  };
}

/** Holds what is said of shuffled rows against what is said of them as they were. */
export function sayAlike({
  list,
  order,
}: {
  readonly list: readonly Cells[];
  readonly order: readonly number[];
}): void {
  expect(said(list, order)).toEqual(
    said(
      list,
      list.map((_, i) => i),
    ),
  );
}
