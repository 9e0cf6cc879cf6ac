import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wallTime, type WallTime } from "../../../src/domain/wall-time.js";
import type { RunOptions } from "../../../src/ledger/run-ledger.js";
import { PROGRAM_VERSION } from "../../../src/program/version.js";
import { loadAllPacks, STATUTES } from "../../packs-folder.js";
import { differences, throughExcel, throughFile } from "./both-ways.js";
import { messyLedger, messyShape } from "./messy-ledger.js";

/** One ledger, two ways: what the command writes into the file and what the add-in writes into Excel is the same. */

const ROOT = join(import.meta.dirname, "..", "..", "..");
const packs = loadAllPacks();

function runAt(now: WallTime): RunOptions {
  return { packs, statutes: STATUTES, now, language: "zh", programVersion: PROGRAM_VERSION };
}

/** The second run finds the first one's outputs, and later states: rows change, tables grow and shrink. */
const RUNS = [runAt(wallTime(2026, 3, 31, 18)), runAt(wallTime(2026, 5, 20, 9)), runAt(wallTime(2026, 5, 20, 9))];

async function compare(bytes: Uint8Array): Promise<void> {
  const file = throughFile(bytes, RUNS);
  const excel = await throughExcel(bytes, RUNS);
  for (const [i, viaFile] of file.entries()) {
    const viaExcel = excel[i]!;
    expect(viaExcel.outcome).toEqual(viaFile.outcome);
    expect(differences(viaFile.book, viaExcel.book)).toEqual([]);
    expect(viaExcel.skipped).toEqual([]);
    expect(viaExcel.report).toEqual(viaFile.report);
  }
}

describe("a ledger processed through the file and through Excel", () => {
  it.each(["templates/sample-ledger.xlsx", "test/fixtures/from-the-sources.xlsx"])(
    "is the same, cell by cell: %s",
    async (file) => {
      await compare(readFileSync(join(ROOT, file)));
    },
  );

  it("is the same whatever stands in it: bad cells, formulas, hidden and filtered rows, merged titles", async () => {
    await fc.assert(
      fc.asyncProperty(messyShape, async (shape) => {
        await compare(messyLedger(shape));
      }),
      { numRuns: 80 },
    );
  });
});
