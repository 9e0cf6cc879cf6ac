import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readCell } from "../../src/domain/cell-reading.js";
import { INPUT_COLUMNS, type ColumnKind, type InputId } from "../../src/domain/columns.js";
import { parseIso, toSerial } from "../../src/domain/wall-time.js";
import type { LedgerCells } from "../../src/documents/new-ledger.js";

/** A row of a story file: `story` for whoever reads the file, everything else a cell by column id. */
const storySchema = z
  .object({
    story: z.string(),
    ...Object.fromEntries(INPUT_COLUMNS.map(({ id }) => [id, z.union([z.string(), z.number()]).optional()])),
  })
  .strict();

const sideRow = z.array(z.union([z.string(), z.number(), z.null()]));
const peopleSchema = z.object({ note: z.string(), people: z.array(sideRow) });
const settingsSchema = z.object({ settings: z.array(sideRow), holidays: z.array(sideRow) });

export type SideRow = readonly (string | number | null)[];

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
  const rows = used.flatMap((file) => readStories(join(folder, "complaints", file)));
  return {
    rows: inOrderOfArrival(rows),
    people: peopleSchema.parse(json("people.json")).people,
    settings,
    holidays: holidays.map((row) => row.map((cell, i) => (i === 0 ? asTyped("date", cell!) : cell))),
    skipped: files.filter((file) => !used.includes(file)).map(packOf),
  };
}

/** One story file as rows of cells. */
export function readStories(file: string): LedgerCells[] {
  if (!existsSync(file)) throw new Error(`no story file ${file}`);
  const stories = z.array(storySchema).parse(JSON.parse(readFileSync(file, "utf8")));
  return stories.map((story) => {
    const cells: { [Id in InputId]?: string | number | boolean } = {};
    for (const { id, kind } of INPUT_COLUMNS) {
      const value = (story as Readonly<Record<string, string | number | undefined>>)[id];
      if (value !== undefined) cells[id] = asTyped(kind, value);
    }
    return cells;
  });
}

/**
 * ISO texts (2026-01-05T09:20, or 2026-01-05) stand for real Excel dates in columns of dates and times; anything else is
 * typed into the cell as it stands, as clerks do.
 */
function asTyped(kind: ColumnKind, value: string | number): string | number {
  if (typeof value === "number" || (kind !== "datetime" && kind !== "date")) return value;
  const time = parseIso(value);
  return time === undefined ? value : toSerial(time);
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
