import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INPUT_COLUMNS, type InputId } from "../../src/domain/columns.js";
import type { RawCell } from "../../src/domain/complaint.js";
import { wallTime, type WallTime } from "../../src/domain/wall-time.js";
import type { LedgerRow } from "../../src/ledger/port.js";
import { runLedger, type LedgerRun } from "../../src/ledger/run-ledger.js";
import { RowMemory } from "../../src/process/row-memory.js";
import { selfCheck } from "../../src/process/self-check.js";
import { STATUTES } from "../packs-folder.js";
import { packs, sampleLedger } from "../worker/session-source.js";

/** Judged again after an edit, a ledger is what a run that remembers nothing makes of it: whatever the edit, and however late it is. */

const all = sampleLedger();
/** Every third row: all packs are among them. */
const sample = { ...all, rows: all.rows.filter((_, i) => i % 3 === 0) };
const filled = INPUT_COLUMNS.map(({ id }) => id).filter((id) =>
  sample.rows.some(({ cells }) => (cells[id] ?? null) !== null),
);
/** What other rows have in a column, nothing, and what can't be read. */
const valuesOf = (id: InputId): RawCell[] => [
  ...new Set<RawCell>([
    ...sample.rows.map(({ cells }) => cells[id] ?? null),
    null,
    "？？",
    46_100.75,
    "2026-03-31 17:59",
  ]),
];

interface Step {
  readonly row: number;
  readonly cells: readonly (readonly [InputId, RawCell])[];
  /** Seconds that pass before it. */
  readonly later: number;
}

const cell = fc
  .constantFrom(...filled)
  .chain((id) => fc.constantFrom(...valuesOf(id)).map((value) => [id, value] as const));
const step: fc.Arbitrary<Step> = fc.record({
  row: fc.nat({ max: sample.rows.length - 1 }),
  cells: fc.array(cell, { minLength: 1, maxLength: 3 }),
  later: fc.oneof(fc.constant(0), fc.nat({ max: 600 }), fc.nat({ max: 90_000 }), fc.nat({ max: 40 * 86_400 })),
});

function judge(rows: readonly LedgerRow[], now: WallTime, memory?: RowMemory): LedgerRun {
  const options = { packs, statutes: STATUTES, now, language: "zh", programVersion: "1", memory } as const;
  return runLedger({ ...sample, rows }, options);
}

function edited(rows: readonly LedgerRow[], { row, cells }: Step): LedgerRow[] {
  return rows.map((line, i) =>
    i === row ? { ...line, cells: { ...line.cells, ...Object.fromEntries(cells) } } : line,
  );
}

/** The row that two runs judge differently, or what else of them differs. As texts: comparing deeply takes far longer. */
function firstDifference(again: LedgerRun, whole: LedgerRun): unknown {
  const row = again.outcome.rows.find((one, i) => JSON.stringify(one) !== JSON.stringify(whole.outcome.rows[i]));
  if (row) return row;
  if (JSON.stringify(again.outcome) !== JSON.stringify(whole.outcome)) return "outcome";
  return JSON.stringify(again.write) === JSON.stringify(whole.write) ? undefined : "write";
}

describe("a ledger judged again after an edit", () => {
  it("is what a whole run makes of it", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        const memory = new RowMemory();
        let rows: readonly LedgerRow[] = sample.rows;
        let now: number = wallTime(2026, 2, 10, 9);
        judge(rows, now as WallTime, memory);
        for (const one of steps) {
          rows = edited(rows, one);
          now += one.later;
          const again = judge(rows, now as WallTime, memory);
          const whole = judge(rows, now as WallTime);
          expect(firstDifference(again, whole)).toBeUndefined();
        }
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  it.each([
    ["has taken its number", "id", 12, 13],
    ["names it as the complaint it follows", "followsId", 12, 13],
  ] as const)("judges a row anew when another %s", (_, id, of, by) => {
    const memory = new RowMemory();
    const now = wallTime(2026, 3, 31, 18);
    const own = { id: "N-1", pack: "general" };
    const numbered = edited(sample.rows, { row: of, cells: Object.entries(own) as [InputId, RawCell][], later: 0 });
    judge(numbered, now, memory);
    const cells: [InputId, RawCell][] = [
      ["pack", "general"],
      [id, own.id],
      ["receivedAt", 46_030.5],
    ];
    const rows = edited(numbered, { row: by, cells, later: 0 });
    expect(firstDifference(judge(rows, now, memory), judge(rows, now))).toBeUndefined();
  });

  it("judges a row anew when an earlier complaint of its customer is found to have come in before it", () => {
    const memory = new RowMemory();
    const now = wallTime(2026, 3, 31, 18);
    const blank = Object.fromEntries(filled.map((id) => [id, null]));
    // Its pack has whoever settles a small claim look at what the customer complained of before.
    const open = { ...blank, pack: "health-centre", customer: "某某公司", description: "检查等了两小时", claim: 100 };
    const written = (row: number, cells: object): Step => ({
      row,
      cells: Object.entries(cells) as [InputId, RawCell][],
      later: 0,
    });
    const first = edited(sample.rows, written(12, { ...open, id: "H-1", receivedAt: 46_100.5 }));
    const alone = edited(
      first,
      written(13, { ...open, id: "H-2", description: "发票上的名字写错了", receivedAt: 46_101.5 }),
    );
    const saidOf = ({ outcome: { rows } }: LedgerRun): string => (rows[12]!.outputs.messages ?? []).join();
    expect(saidOf(judge(alone, now, memory))).not.toContain("该客户此前有");
    const earlier = edited(alone, written(13, { receivedAt: 46_099.5 }));
    const again = judge(earlier, now, memory);
    expect(saidOf(again)).toContain("该客户此前有1条");
    expect(firstDifference(again, judge(earlier, now))).toBeUndefined();
  });

  it("remembers the rows nothing has happened to, and judges the edited one", () => {
    const memory = new RowMemory();
    const now = wallTime(2026, 3, 31, 18);
    const before = judge(sample.rows, now, memory);
    const rows = edited(sample.rows, { row: 3, cells: [["description", "昨晚厨房着火了"]], later: 0 });
    const after = judge(rows, now, memory);
    const same = after.run.outcome.rows.filter((row, i) => row === before.run.outcome.rows[i]);
    expect(after.run.outcome.rows[3]).not.toBe(before.run.outcome.rows[3]);
    // Rows whose dates or shares the other rows explain are read again every time.
    expect(same.length).toBeGreaterThan(sample.rows.length * 0.9);
    const later = judge(sample.rows, (now + 1) as WallTime, memory);
    expect(later.run.outcome.rows[0]).toBe(before.run.outcome.rows[0]);
  });

  it("asks the reference engine once about a row that stays what it was", async () => {
    const memory = new RowMemory();
    const now = wallTime(2026, 3, 31, 18);
    const { run } = judge(sample.rows, now, memory);
    expect(await selfCheck(run, sample.rows.length)).toEqual([]);
    const again = judge(sample.rows, now, memory).run;
    let asked = 0;
    await selfCheck({ ...again, inspect: (row) => ((asked += 1), again.inspect(row)) }, sample.rows.length);
    expect(asked).toBe(sample.rows.filter(({ row }) => !memory.isChecked(row)).length);
    expect(asked).toBeLessThan(sample.rows.length / 4);
  });
});
