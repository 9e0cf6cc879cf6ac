import { afterEach, describe, expect, test } from "vitest";
import { columnLetters } from "../../src/ooxml/references.js";
import { PACK_NAMESPACE } from "../../src/jobs/pack-namespace.js";
import type { CellValue } from "../../src/workbench/host/workbook-model.js";
import { packWorkbook } from "../../src/documents/pack-workbook.js";
import { packTables } from "../../src/jobs/pack-tables.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { addTable, numberFormatAt, type SheetModel } from "../../src/workbench/host/workbook-model.js";
import { packFiles } from "../packs-folder.js";
import { closePanes, LEDGER, openPaneHere, sampleBook, type PaneHere } from "./pane-here.js";

/** A pack as sheets of the open workbook: made, changed, read back with cases and effect, saved. */

afterEach(closePanes);

/** Types into a cell of a sheet by its header, in the first row whose first cell is such. */
function change(here: PaneHere, sheet: string, name: string, header: string, entry: CellValue): void {
  const rows = here.values(sheet);
  const row = rows.findIndex(([first]) => first === name);
  here.author.type(sheet, `${columnLetters(rows[0]!.indexOf(header) + 1)}${row + 1}`, entry);
}

describe("the sheets of a pack in the open workbook", () => {
  test("read back as they are: nothing differs from the pack, and nothing can be saved", async () => {
    const here = await openPaneHere();
    expect(await here.pane.sheets.open("furniture-north")).toBe("made");
    expect(await here.pane.sheets.open("furniture-north")).toBe("there");
    const reading = await here.pane.sheets.read();
    expect(here.state().problem).toBeUndefined();
    expect(reading).toMatchObject({ kind: "read", id: "furniture-north", changed: false, cases: { failed: 0 } });
    if (reading?.kind === "read") expect(reading.files).toEqual(Object.fromEntries(packFiles("furniture-north")));
    const results = here.values("规则·案例").slice(1);
    expect(new Set(results.flatMap((row) => row[4] ?? []))).toEqual(new Set(["通过"]));
  });

  test("a changed fine: cases that no longer hold say so, the effect is shown, and saving makes it count", async () => {
    const here = await openPaneHere();
    await here.pane.sheets.open("furniture-north");
    change(here, "规则·参数", "policyComplaintFine", "值", 80);
    const reading = await here.pane.sheets.read();
    if (reading?.kind !== "read") throw new Error(JSON.stringify(reading));
    expect(reading.changed).toBe(true);
    expect(reading.cases.failed).toBeGreaterThan(0);
    expect(reading.comparison!.changedRows).toBeGreaterThan(0);
    expect(here.values("规则·影响")[0]![0]).toMatch(/^台账 \d+ 行，其中 [1-9]\d* 行有变动$/);
    expect(here.values("规则·案例").some((row) => String(row[4]).startsWith("不符："))).toBe(true);
    expect(await here.pane.sheets.save(reading)).toBe(true);
    expect(here.host.model.xmlParts.filter(({ xml }) => xml.includes(PACK_NAMESPACE))).toHaveLength(1);
    await here.pane.ledger.process();
    expect(here.values("处罚明细").some((cells) => cells.includes(80))).toBe(true);
  });

  test("nonsense: the row says what is wrong, nothing is imported, and the mark goes when it is mended", async () => {
    const here = await openPaneHere();
    await here.pane.sheets.open("general");
    const name = String(here.values("规则·参数")[1]![0]);
    const before = here.values("规则·参数")[1]![2]!;
    change(here, "规则·参数", name, "值", "一天半");
    const reading = await here.pane.sheets.read();
    expect(reading).toMatchObject({
      kind: "problems",
      lines: [expect.stringMatching(/^工作表“规则·参数” C2“一天半”：/)],
    });
    const column = here.values("规则·参数")[0]!.indexOf("错误");
    expect(here.values("规则·参数")[1]![column]).toMatch(/^值：/);
    change(here, "规则·参数", name, "值", before);
    expect(await here.pane.sheets.read()).toMatchObject({ kind: "read", changed: false });
    expect(here.values("规则·参数")[1]![column]).toBe("");
  });
});

describe("what the sheets are made of", () => {
  async function general(): Promise<PaneHere> {
    const here = await openPaneHere();
    await here.pane.sheets.open("general");
    return here;
  }

  function sheetOf({ host }: PaneHere, name: string): SheetModel {
    return host.model.sheets.find((sheet) => sheet.name === `规则·${name}`)!;
  }

  test("tables, drop-downs, notes and formats are those of the file that rules export makes", async () => {
    const here = await general();
    const tables = packTables(Object.fromEntries(packFiles("general")));
    const file = readBook(await packWorkbook(tables, "zh"), "general.xlsx", nodeCodec);
    for (const { name, columns, rows, hidden, about } of tables) {
      const sheet = sheetOf(here, name);
      const saved = file.sheets.find((one) => one.name === name)!;
      expect(
        sheet.tables.map(({ name: table, area, style }) => ({ table, area, style })),
        name,
      ).toEqual(saved.tables.map(({ name: table, area, style }) => ({ table, area, style })));
      expect(sheet.tables, name).toHaveLength(hidden === true ? 0 : 1);
      if (hidden === true) {
        expect(sheet.visibility).toBe("VeryHidden");
        continue;
      }
      columns.forEach(({ header, choices, format, note }, column) => {
        const rules = sheet.dataValidations.filter(({ area }) => area.column === column && area.columns === 1);
        const list = rules.find(({ area }) => area.row === 1);
        expect(list !== undefined, `${name} ${header}`).toBe(choices !== undefined && choices.length > 0);
        if (list) expect(list.area.rows).toBeGreaterThan(rows.length);
        expect(JSON.stringify(rules.find(({ area }) => area.row === 0)?.settings["prompt"])).toContain(
          JSON.stringify(column === 0 ? `${about.zh}\n${note.zh}` : note.zh).slice(1, -1),
        );
        for (const at of [1, rows.length + 5])
          expect(numberFormatAt(sheet, at, column), `${name} ${header}`).toBe(format === "number" ? "General" : "@");
      });
      expect(sheet.conditionalFormats.map(({ type }) => type)).toEqual(
        columns.some(({ header }) => header === "错误") ? ["Custom"] : [],
      );
    }
  });

  test("names of tables that the workbook has already are left alone", async () => {
    const model = sampleBook();
    const users = model.sheets.find(({ tables }) => tables.length > 0)!;
    addTable(model, users, "tiaolipack1", { row: 900, column: 0, rows: 2, columns: 1 });
    const here = await openPaneHere(model);
    expect(await here.pane.sheets.open("general")).toBe("made");
    expect(sheetOf(here, "制度").tables.map(({ name }) => name)).toEqual(["TiaoliPack1_"]);
    expect(await here.pane.sheets.read()).toMatchObject({ kind: "read", changed: false });
  });

  test("a table sorted and filtered: read as they stand, errors at their cells", async () => {
    const here = await general();
    const table = sheetOf(here, "参数").tables[0]!.name;
    here.author.sort(table, "标题");
    const first = String(here.values("规则·参数")[1]![0]);
    here.author.filter(table, String(here.values("规则·参数")[0]![0]), [first]);
    expect(await here.pane.sheets.read()).toMatchObject({ kind: "read" });
    change(here, "规则·参数", first, "单位", "光年");
    change(here, "规则·参数", first, "来源", "大概");
    const second = String(here.values("规则·参数")[2]![0]);
    change(here, "规则·参数", second, "自何日起", "三月某日");
    const reading = await here.pane.sheets.read();
    if (reading?.kind !== "problems") throw new Error("nonsense was read");
    expect(reading.lines).toHaveLength(3);
    const column = here.values("规则·参数")[0]!.indexOf("错误");
    const marks = here.values("规则·参数").map((cells) => String(cells[column] ?? ""));
    // Two of one row stand a line each, the hidden row's own beside it.
    expect(marks[1]!.split("\n").map((line) => line.split("：")[0])).toEqual(expect.arrayContaining(["单位", "来源"]));
    expect(marks[2]).toMatch(/^自何日起：/);
    expect(marks.slice(3).join("")).toBe("");
    expect(here.host.model.xmlParts.filter(({ xml }) => xml.includes(PACK_NAMESPACE))).toEqual([]);
  });
});

describe("a figure set in the pane", () => {
  test("a sample settled: the effect is shown first, and then no row says that it rests on a sample", async () => {
    const here = await openPaneHere();
    await here.pane.ledger.process();
    const id = "auto-sales";
    const { parameters } = await here.pane.worker.call("pack", { id, language: "zh" });
    const samples = parameters.filter(({ stated }) => !stated);
    expect(samples.length).toBeGreaterThan(0);
    const saysSample = (): number =>
      here
        .values(LEDGER)
        .filter(
          (cells) =>
            cells.some((cell) => String(cell).includes("样例参数")) &&
            cells.some((cell) => String(cell).startsWith(`${id} `)),
        ).length;
    expect(saysSample()).toBeGreaterThan(0);
    const changes = samples.map(({ name, value, clause }) => ({ name, value, from: "", clause, stated: true }));
    await here.pane.ledger.handOver();
    const tried = await here.pane.worker.call("tryParameters", { ...here.pane.ledger.when(), id, changes });
    if (tried.kind !== "tried") throw new Error(tried.text);
    expect(tried.comparison!.changedRows).toBeGreaterThan(0);
    expect(tried.comparison!.subjects).toEqual([]);
    expect(await here.pane.packs.save(id, tried.files)).toBe(true);
    await here.pane.ledger.process();
    expect(saysSample()).toBe(0);
  });
});
