import { describe, expect, it } from "vitest";
import { packWorkbook } from "../../src/documents/pack-workbook.js";
import { packFromSheets, packTables } from "../../src/jobs/pack-tables.js";
import { readSheets } from "../../src/ledger/file/sheet-grids.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { sameJson, type Json } from "../../src/rules-sheets/json.js";
import { gridOf, packOfSheets } from "../../src/rules-sheets/pack-sheets.js";
import { EXACT_HEADER } from "../../src/rules-sheets/table.js";
import { PACK_FOLDERS, packFiles } from "../packs-folder.js";

/** Every pack as a workbook of sheets and back: nothing is lost, down to the byte. */
describe("a pack as sheets", () => {
  it.each(PACK_FOLDERS)("%s comes back from its workbook byte for byte", async (id) => {
    const files = Object.fromEntries(packFiles(id));
    const bytes = await packWorkbook(packTables(files), "zh");
    const found = await packFromSheets(readSheets(bytes, nodeCodec));
    expect(found).toMatchObject({ kind: "read", id });
    if (found.kind === "read") expect(found.files).toEqual(files);
  });

  it.each(PACK_FOLDERS)("%s is all on the sheets that people see: the kept files lend their layout only", (id) => {
    const files = packFiles(id);
    const tables = packTables(Object.fromEntries(files)).filter(({ hidden }) => hidden !== true);
    const read = packOfSheets(tables.map(gridOf), new Map());
    if ("problems" in read) throw new Error(read.problems[0]?.text.en);
    for (const [path, text] of files) {
      if (!path.endsWith(".json") || path === "learned.json") continue;
      expect(sameJson(JSON.parse(read.texts.get(path)!) as Json, JSON.parse(text) as Json), path).toBe(true);
    }
  });

  it.each(PACK_FOLDERS)("%s has words for everything: no row needs its exact form beside it", (id) => {
    for (const { name, columns, rows } of packTables(Object.fromEntries(packFiles(id)))) {
      const at = columns.findIndex(({ header }) => header === EXACT_HEADER);
      expect(rows.flatMap((row) => (at >= 0 && row[at] !== null ? [`${name}: ${row[0]}`] : []))).toEqual([]);
    }
  });
});

describe("a changed cell", () => {
  it("changes its own line of the file and nothing else", async () => {
    const files = Object.fromEntries(packFiles("furniture-north"));
    const grids = packTables(files).map(gridOf);
    const parameters = grids.find(({ name }) => name === "参数")!;
    const [header] = parameters.rows;
    const row = parameters.rows.findIndex(([name]) => name === "fineUnknownPolicy" || name === "policyFine");
    const at = row > 0 ? row : 1;
    const value = header!.indexOf("值");
    const rows = parameters.rows.map((cells, i) =>
      i === at ? cells.map((cell, c) => (c === value ? 77 : cell)) : cells,
    );
    const found = await packFromSheets(grids.map((grid) => (grid === parameters ? { ...grid, rows } : grid)));
    if (found.kind !== "read") throw new Error(found.problems[0]?.text.en);
    const before = files["parameters.json"]!.split("\n");
    const after = found.files["parameters.json"]!.split("\n");
    expect(after.length).toBe(before.length);
    expect(after.filter((line, i) => line !== before[i])).toEqual([expect.stringContaining("77")]);
    expect({ ...found.files, "parameters.json": "" }).toEqual({ ...files, "parameters.json": "" });
  });
});
