import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLUMNS, INPUT_COLUMNS, OUTPUT_COLUMNS, type OutputId } from "../../../src/domain/columns.js";
import type { ComplaintOutputs } from "../../../src/domain/complaint.js";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../../src/ooxml/node-codec.js";
import { outputCell } from "../../../src/ledger/output-cells.js";
import { escapeXstring } from "../../../src/ooxml/xml/escape.js";
import { makeWorkbook, letters, unzip } from "../../ooxml/support/ooxml.js";
import { read, written } from "./support/read.js";
import { whyNoSchemas, schemaErrors } from "../../ooxml/support/schema.js";

/** A cell as some program may have written it, and what a person reads in it. */
interface AnyCell {
  readonly markup: (reference: string) => string;
  readonly value: string | number | boolean | undefined;
}

const text = fc.string({ unit: "grapheme", maxLength: 12 });

const anyCell: fc.Arbitrary<AnyCell> = fc.oneof(
  text.map((value): AnyCell => ({
    value: value === "" ? undefined : value,
    markup: (r) => `<c${r} t="inlineStr"><is><t xml:space="preserve">${escapeXstring(value)}</t></is></c>`,
  })),
  text.map((value): AnyCell => ({
    value: value === "" ? undefined : value,
    markup: (r) => `<c${r} t='str'><f>A1&amp;"&lt;"</f><v>${escapeXstring(value)}</v></c>`,
  })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value): AnyCell => ({ value, markup: (r) => `<c${r} s="0"><v>${value}</v></c>` })),
  fc
    .integer({ min: -5, max: 60_000 })
    .map((value): AnyCell => ({ value, markup: (r) => `<c${r}><v>${value}</v></c>` })),
  fc.boolean().map((value): AnyCell => ({ value, markup: (r) => `<c${r} t="b"><v>${value ? 1 : 0}</v></c>` })),
  fc.constant<AnyCell>({ value: undefined, markup: (r) => `<c${r} s="0"/>` }),
  fc.constant<AnyCell>({ value: undefined, markup: () => "" }),
);

function outputFor(id: OutputId): fc.Arbitrary<ComplaintOutputs> {
  const { kind } = COLUMNS.find((column) => column.id === id)!;
  const day = fc.integer({ min: 40_000, max: 60_000 });
  const value: fc.Arbitrary<unknown> =
    kind === "money"
      ? fc.integer({ min: -1e9, max: 1e9 })
      : kind === "datetime"
        ? fc.tuple(day, fc.integer({ min: 0, max: 86_399 })).map(([d, s]) => d * 86_400 + s)
        : kind === "date"
          ? day
          : kind === "boolean"
            ? fc.boolean()
            : kind === "list"
              ? fc.array(text, { maxLength: 3 })
              : kind === "number"
                ? fc.double({ noNaN: true, noDefaultInfinity: true })
                : text;
  return fc.option(value, { nil: undefined }).map((v) => (v === undefined ? {} : { [id]: v }));
}

const workbook = fc
  .record({
    inputs: fc.subarray(
      INPUT_COLUMNS.map(({ id }) => id).filter((id) => id !== "receivedAt" && id !== "description"),
      { maxLength: 6 },
    ),
    present: fc.subarray(
      OUTPUT_COLUMNS.map(({ id }) => id),
      { maxLength: 4 },
    ),
    order: fc.integer(),
    gap: fc.integer({ min: 0, max: 3 }),
    references: fc.boolean(),
    date1904: fc.boolean(),
  })
  .chain((shape) => {
    const ids = [...shape.present, ...shape.inputs, "receivedAt" as const, "description" as const];
    const shuffled = ids
      .map((id, i) => ({ id, key: Math.sin(shape.order + i * 97) }))
      .sort((a, b) => a.key - b.key)
      .map(({ id }) => id);
    return fc.record({
      shape: fc.constant(shape),
      ids: fc.constant(shuffled),
      rows: fc.array(fc.tuple(...shuffled.map(() => anyCell)), { minLength: 1, maxLength: 6 }),
    });
  })
  .chain(({ shape, ids, rows }) =>
    fc
      .subarray(
        OUTPUT_COLUMNS.map(({ id }) => id),
        { minLength: 1, maxLength: 6 },
      )
      .chain((outputColumns) =>
        fc.record({
          shape: fc.constant(shape),
          ids: fc.constant(ids),
          rows: fc.constant(rows),
          outputColumns: fc.constant(outputColumns),
          outputs: fc.array(
            fc.tuple(...outputColumns.map(outputFor)).map((parts) => Object.assign({}, ...parts) as ComplaintOutputs),
            {
              minLength: rows.length,
              maxLength: rows.length,
            },
          ),
        }),
      ),
  );

describe("any sheet, read, patched and read again", () => {
  it("has the same inputs, the outputs as written where no formula stood, and nothing more to write", () => {
    fc.assert(
      fc.property(workbook, ({ shape, ids, rows, outputColumns, outputs }) => {
        const header = (id: string): string => COLUMNS.find((column) => column.id === id)!.header;
        const first = shape.gap + 1;
        const reference = (r: number, c: number): string => (shape.references ? ` r="${letters(c)}${r}"` : "");
        // Without references a cell's place is its position, so none may be left out.
        const markup = (cell: AnyCell, r: number, c: number): string =>
          cell.markup(reference(r, c)) || (shape.references ? "" : "<c/>");
        const xml =
          "<sheetData>" +
          `<row r="${first}">${ids.map((id, c) => `<c${reference(first, c)} t="inlineStr"><is><t>${header(id)}</t></is></c>`).join("")}</row>` +
          rows
            .map(
              (row, i) =>
                `<row${shape.references ? ` r="${first + 1 + i}" spans="1:${ids.length}"` : ""}>${row.map((cell, c) => markup(cell, first + 1 + i, c)).join("")}</row>`,
            )
            .join("\r\n") +
          "</sheetData>";
        const input = makeWorkbook({
          sheets: [{ name: "S", xml }],
          ...(shape.date1904 ? { before: '<workbookPr date1904="1"/>' } : {}),
        });
        const ledger = openFileLedger(input, { codec: nodeCodec });
        const before = read(input).rows;
        const write = {
          outputColumns,
          rows: before.map(({ row }) => ({ row, outputs: outputs[row - first - 1]! })),
          tables: [],
        };
        const { bytes, report } = ledger.write(write);
        const after = read(bytes).rows;
        expect(after.map((one) => ({ row: one.row, cells: written(one) }))).toEqual(
          before.map((one) => ({ row: one.row, cells: written(one) })),
        );
        const formula = (row: number, id: string): boolean =>
          rows[row - first - 1]?.[ids.indexOf(id as never)]?.markup("").includes("<f>") ?? false;
        for (const { row, outputs: read } of after)
          for (const id of outputColumns) {
            if (formula(row, id)) continue;
            const expected = outputCell(id, outputs[row - first - 1]![id]);
            const got = read[id];
            if (typeof expected === "number" && typeof got === "number") expect(got).toBeCloseTo(expected, 5);
            else expect(got).toEqual(expected);
          }
        if (before.length > 0) {
          const again = openFileLedger(bytes).write(write);
          expect(again.report.changedCells).toBe(0);
          expect(again.bytes).toBe(bytes);
        }
        if (report.changedCells === 0) expect(bytes).toBe(input);
        expect([...unzip(bytes).keys()].slice(0, 5)).toEqual([...unzip(input).keys()].slice(0, 5));
      }),
      { numRuns: 150 },
    );
  });

  it.skipIf(whyNoSchemas !== undefined)(
    `is valid against the schemas${whyNoSchemas ? ` (skipped: ${whyNoSchemas})` : ""}`,
    () => {
      fc.assert(
        fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
          const rows = texts.map((_, i) => `<row r="${i + 2}"><c r="A${i + 2}"><v>46000</v></c></row>`).join("");
          const head = ["受理时间", "投诉内容"]
            .map((t, c) => `<c r="${letters(c)}1" t="inlineStr"><is><t>${t}</t></is></c>`)
            .join("");
          const ledger = openFileLedger(
            makeWorkbook({ sheets: [{ name: "S", xml: `<sheetData><row r="1">${head}</row>${rows}</sheetData>` }] }),
          );
          const { bytes } = ledger.write({
            outputColumns: ["basis"],
            rows: texts.map((basis, i) => ({ row: i + 2, outputs: { basis } })),
            tables: [],
          });
          expect(schemaErrors(bytes)).toEqual([]);
        }),
        { numRuns: 5 },
      );
    },
  );
});
