import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readCell } from "../../src/domain/cell-reading.js";
import type { LedgerCells } from "../../src/documents/new-ledger-sheets.js";
import { asTyped, cellsOf, sideRowSchema, storyCellsSchema, type SideRow } from "./story-cells.js";

/** `story` is for whoever reads the file; the rest are the cells. */
const storiesSchema = z.array(z.looseObject({ story: z.string() }));
const peopleSchema = z.strictObject({ note: z.string(), people: z.array(sideRowSchema) });
const settingsSchema = z.strictObject({ settings: z.array(sideRowSchema), holidays: z.array(sideRowSchema) });

/** The made-up complaints and side tables of the sample ledger, as cells. */
export interface SampleData {
  /** In the order in which they came in. */
  readonly rows: readonly LedgerCells[];
  readonly people: readonly SideRow[];
  readonly settings: readonly SideRow[];
  readonly holidays: readonly SideRow[];
  /** Story files left out because their pack is not there. */
  readonly skipped: readonly string[];
}

/** Reads the stories of the packs that exist. Throws where a story names a column that does not exist. */
export function readSampleData(folder: string, packIds: ReadonlySet<string>): SampleData {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const files = readdirSync(join(folder, "complaints")).sort();
  const packOf = (file: string): string => file.replace(/\.json$/, "");
  const used = files.filter((file) => packIds.has(packOf(file)));
  const { settings, holidays } = settingsSchema.parse(json("settings.json"));
  const rows = used.flatMap((file) =>
    storiesSchema.parse(json(join("complaints", file))).map((story) => {
      const cells = Object.entries(story).filter(([id]) => id !== "story");
      return cellsOf(storyCellsSchema.parse(Object.fromEntries(cells)));
    }),
  );
  return {
    rows: inOrderOfArrival(rows),
    people: peopleSchema.parse(json("people.json")).people,
    settings,
    holidays: holidays.map((row) => row.map((cell, i) => (i === 0 && cell !== null ? asTyped("date", cell) : cell))),
    skipped: files.filter((file) => !used.includes(file)).map(packOf),
  };
}

/** By 受理时间; a row whose time can't be read stays behind the row it was written after. */
function inOrderOfArrival(rows: readonly LedgerCells[]): LedgerCells[] {
  let last = 0;
  return rows
    .map((row) => {
      const reading = readCell("datetime", row.receivedAt);
      if (reading.ok && !reading.blank) last = reading.value;
      return { row, at: last };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}
