import { describe, expect, test } from "vitest";
import type { LedgerRow } from "../../src/ledger/port.js";
import { relevantOthers } from "../../src/worker/relevant-rows.js";

const row = (n: number, cells: LedgerRow["cells"]): LedgerRow => ({ row: n, cells, outputs: {} });

describe("the other rows beside a single one", () => {
  const edited = row(5, { id: "N3", pack: "甲", customer: "李女士" });

  test("of the same customer come whole, the others with their numbers only", () => {
    const others = [row(2, { id: "N1", pack: "甲" }), row(3, { id: "N2", pack: "甲" })];
    const lastRead = [
      row(2, { id: "N1", pack: "甲", customer: "李女士", description: "起球" }),
      row(9, { id: "N2", pack: "甲", customer: "王先生", description: "迟到" }),
    ];
    expect(relevantOthers(edited, others, lastRead)).toEqual([lastRead[0], others[1]]);
  });

  test("are not taken for a row of another pack that has the same number", () => {
    const others = [row(2, { id: "N1", pack: "甲" })];
    const lastRead = [
      row(2, { id: "N1", pack: "甲", customer: "王先生" }),
      row(3, { id: "N1", pack: "乙", customer: "李女士" }),
    ];
    expect(relevantOthers(edited, others, lastRead)).toEqual(others);
  });
});
