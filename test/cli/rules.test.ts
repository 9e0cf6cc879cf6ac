import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { readSheets } from "../../src/ledger/file/sheet-grids.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { patchCells } from "../../src/ooxml/patch-cells.js";
import { packFiles } from "../packs-folder.js";
import { contents, GOOD_ROWS, NOW, tiaoli, useFolder, writeLedger } from "./command.js";

/** A pack as sheets and back, by the command. */

const at = useFolder();

function setCell(path: string, sheet: string, row: number, column: number, value: string | number): void {
  const cells = [{ row, column, value, format: "general" as const }];
  const change = { sheets: [{ sheet, cells, tables: [], widths: new Map() }], replacedXml: new Map(), addedXml: [] };
  writeFileSync(path, patchCells(readFileSync(path), change, nodeCodec));
}

function cell(path: string, sheet: string, row: number, column: number): unknown {
  return readSheets(readFileSync(path), nodeCodec).find(({ name }) => name === sheet)?.rows[row - 1]?.[column - 1];
}

describe("rules export and import", () => {
  it("brings every file of the pack back, README too, byte for byte, and never writes over a file", () => {
    expect(tiaoli(["rules", "export", "general", "-o", at("g.xlsx")]).code).toBe(0);
    const { code, stdout } = tiaoli(["rules", "import", at("g.xlsx"), "-o", at("out"), "--json"]);
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 0,
      pack: "general",
      cases: { failed: 0 },
    });
    for (const [path, text] of packFiles("general")) expect(readFileSync(at(`out/general/${path}`), "utf8")).toBe(text);
    expect(tiaoli(["rules", "export", "general", "-o", at("g.xlsx")]).code).toBe(2);
  });

  it("a wrong cell: exit 2, one line with sheet, cell and value, nothing written; with --mark it stands beside the cell", () => {
    tiaoli(["rules", "export", "general", "-o", at("g.xlsx")]);
    setCell(at("g.xlsx"), "参数", 2, 3, "一天半");
    const before = contents(dirname(at("x")));
    const plain = tiaoli(["rules", "import", at("g.xlsx"), "-o", at("out")]);
    expect(plain).toMatchObject({ code: 2, stdout: "" });
    expect(plain.stderr).toMatch(/^g\.xlsx：工作表“参数” C2“一天半”：[^\n]+\n$/);
    expect(contents(dirname(at("x")))).toEqual(before);
    const marked = tiaoli(["rules", "import", at("g.xlsx"), "-o", at("out"), "--mark"]);
    expect(marked.code).toBe(1);
    const column = readSheets(readFileSync(at("g.xlsx")), nodeCodec)
      .find(({ name }) => name === "参数")!
      .rows[0]!.indexOf("错误");
    expect(cell(at("g.xlsx"), "参数", 2, column + 1)).toContain("值：");
    expect(cell(at("g.xlsx"), "检查", 2, 1)).toBe("参数");
    setCell(at("g.xlsx"), "参数", 2, 3, 24);
    expect(tiaoli(["rules", "import", at("g.xlsx"), "--mark"]).code).toBe(0);
    expect(cell(at("g.xlsx"), "参数", 2, column + 1)).toBeUndefined();
  });

  it("a changed figure: cases that no longer hold say so in 案例, and 影响 shows what it does to a ledger", async () => {
    await writeLedger(at("in.xlsx"), GOOD_ROWS, { packs: ["general", "furniture-north", "restaurant"] });
    tiaoli(["rules", "export", "general", "-o", at("g.xlsx")]);
    setCell(at("g.xlsx"), "参数", 2, 3, 2);
    const run = tiaoli(["rules", "import", at("g.xlsx"), "--mark", "--ledger", at("in.xlsx"), "--now", NOW]);
    expect(run.code).toBe(1);
    const results = readSheets(readFileSync(at("g.xlsx")), nodeCodec).find(({ name }) => name === "案例")!;
    const column = results.rows[0]!.indexOf("结果");
    const said = results.rows.slice(1).map((row) => row[column]);
    expect(said).toContain("通过");
    expect(said.some((text) => typeof text === "string" && text.startsWith("不符："))).toBe(true);
    expect(String(cell(at("g.xlsx"), "影响", 1, 1))).toMatch(/^台账 \d+ 行，其中 [1-9]\d* 行有变动$/);
  });
});

describe("rules set", () => {
  it("a figure from a day on: the old value ends there, the rest of the pack stays as it is", () => {
    const run = tiaoli([
      ...["rules", "set", "factory-claims", "--set", "returnTolerance=8", "--from", "2026-04-01"],
      ...["--clause", "第十三条 · （二）1", "-o", at("out"), "--json"],
    ]);
    expect({ code: run.code, ...(JSON.parse(run.stdout) as object) }).toMatchObject({ code: 0, cases: { failed: 0 } });
    for (const [path, text] of packFiles("factory-claims"))
      if (path !== "parameters.json") expect(readFileSync(at(`out/factory-claims/${path}`), "utf8")).toBe(text);
    expect(readFileSync(at("out/factory-claims/parameters.json"), "utf8")).toContain('"effectiveTo": "2026-04-01"');
    expect(tiaoli(["rules", "set", "factory-claims", "--set", "returnTolerance"])).toMatchObject({
      code: 2,
      stdout: "",
    });
  });
});
