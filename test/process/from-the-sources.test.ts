import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cellsOf } from "../../scripts/sample/story-cells.js";
import { parseIso } from "../../src/domain/wall-time.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { runLedger } from "../../src/ledger/run-ledger.js";
import { outcomeJson } from "../../src/process/outcome-json.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { readSourcesFixture, SOURCES_WORKBOOK, type Expectation } from "./sources-fixture.js";

/** The whole way from a workbook file to its outcome, on the complaints that the source documents themselves tell of. */

interface Outputs {
  readonly rows: readonly (Readonly<Record<string, unknown>> & { readonly row: number; readonly id: string })[];
  readonly penalties: readonly (Readonly<Record<string, string>> & { readonly complaintId: string })[];
}

const fixture = readSourcesFixture();
const { snapshot } = openFileLedger(readFileSync(SOURCES_WORKBOOK), { codec: nodeCodec });
const { outcome } = runLedger(snapshot, {
  packs: loadAllPacks(),
  statutes: STATUTES,
  now: parseIso(fixture.now)!,
  language: "zh",
  programVersion: "test",
});
const outputs = outcomeJson(outcome) as Outputs;

function check(actual: unknown, expected: Expectation): void {
  if (expected === null) expect(actual).toBeUndefined();
  else if (typeof expected !== "object" || Array.isArray(expected)) expect(actual).toEqual(expected);
  else if ("oneOf" in expected) expect(expected.oneOf).toContain(actual);
  else if ("includes" in expected) expect(actual).toContain(expected.includes);
  else expect(String(actual)).toContain(expected.includesText);
}

describe("complaints told by the source documents", () => {
  it("stand in the workbook exactly as they are told beside it", () => {
    const filled = snapshot.rows.map(({ cells }) =>
      Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== null)),
    );
    expect(filled).toEqual(fixture.complaints.map(({ cells }) => cellsOf(cells)));
    expect(snapshot.rows.length).toBeGreaterThanOrEqual(25);
  });

  describe.each(fixture.complaints.map((complaint, i) => ({ ...complaint, row: i + 2 })))(
    "$source: $why",
    ({ row, expect: expected, penalties }) => {
      const found = outputs.rows.find((r) => r.row === row)!;

      it.each(Object.entries(expected))("%s", (output, expectation) => {
        check(found[output], expectation);
      });

      if (!penalties) return;
      it("penalties", () => {
        const own = outcome.penalties.filter((p) => p.row === row);
        expect(
          own.map(({ subjectType, subject, type, amount }) => ({
            subjectType,
            subject,
            type,
            amount: (amount / 100).toFixed(2),
          })),
        ).toEqual(penalties);
      });
    },
  );
});
