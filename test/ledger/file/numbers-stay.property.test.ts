import fc from "fast-check";
import { expect, it } from "vitest";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import type { LedgerWrite } from "../../../src/ledger/port.js";
import { keyText } from "../../../src/ledger/output-cells.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { makeWorkbook, sheetData } from "../../ooxml/support/ooxml.js";

/** A ledger without 投诉编号 is numbered once; whatever people then do to its rows, each complaint keeps its number. */

type Row = readonly (string | number | undefined)[];

function workbook(headers: readonly string[], rows: readonly Row[], note: number | undefined): Uint8Array {
  const lines = rows.map((row, i) => {
    const line = [...row];
    if (i === 0 && note !== undefined) line[headers.length + note] = "备注";
    return line;
  });
  return makeWorkbook({ sheets: [{ name: "台账", xml: sheetData([[...headers], ...lines]) }] });
}

/** Gives numbers to rows without one, counting on, as a run does. */
function run(bytes: Uint8Array): Uint8Array {
  const ledger = openFileLedger(bytes, { codec: nodeCodec });
  const { rows } = ledger.snapshot;
  let next = Math.max(0, ...rows.map(({ cells }) => Number(keyText(cells.id).slice(1)))) + 1;
  const write: LedgerWrite = {
    outputColumns: ["category", "status"],
    rows: rows.map(({ row, cells }) => ({
      row,
      outputs: { category: "质量", status: "处理中" },
      ...(keyText(cells.id) === "" ? { newId: `N${next++}` } : {}),
    })),
    tables: [],
  };
  return ledger.write(write).bytes;
}

function numbers(bytes: Uint8Array): Map<string, string> {
  const { rows } = openFileLedger(bytes, { codec: nodeCodec }).snapshot;
  return new Map(rows.map(({ cells }) => [keyText(cells.description), keyText(cells.id)]));
}

const change = fc.record({
  order: fc.constantFrom("as it is", "sorted", "reversed"),
  deleted: fc.nat(4),
  inserted: fc.nat(2),
});

it("through sorting, inserting and deleting, with and without room for all outputs", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(undefined, 1, 9),
      fc.array(change, { maxLength: 3 }),
      (count, note, changes) => {
        const headers = ["受理时间", "投诉内容"];
        let fresh = count;
        let rows: Row[] = Array.from({ length: count }, (_, i) => [46_000 + ((i * 7) % 5), `第${i}件`]);
        let bytes = run(workbook(headers, rows, note));
        const given = numbers(bytes);
        expect([...given.values()]).not.toContain("");
        for (const { order, deleted, inserted } of changes) {
          // What people see after the run: the inputs with the numbers beside them.
          const known = numbers(bytes);
          rows = rows.filter((_, i) => i !== deleted || rows.length === 1);
          for (let n = 0; n < inserted; n++) rows.splice(n, 0, [46_010 + n, `第${fresh++}件`]);
          if (order === "sorted") rows.sort((a, b) => Number(a[0]) - Number(b[0]));
          if (order === "reversed") rows.reverse();
          const numbered = rows.map((row): Row => [...row, known.get(String(row[1]))]);
          bytes = run(workbook([...headers, "投诉编号"], numbered, note));
          for (const [complaint, number] of numbers(bytes)) {
            if (given.has(complaint)) expect([complaint, number]).toEqual([complaint, given.get(complaint)]);
            given.set(complaint, number);
          }
          expect(new Set(numbers(bytes).values()).size).toBe(rows.length);
        }
      },
    ),
    { numRuns: 60 },
  );
});
