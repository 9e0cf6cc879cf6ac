import { describe, expect, it } from "vitest";
import { Author } from "../../../src/workbench/host/author.js";
import { formatArea } from "../../../src/workbench/host/address.js";
import { connect } from "../../support/office-client.js";
import { orders, valuesOf } from "./orders.js";

describe("tables", () => {
  it("grow by rows and columns and shrink again", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const table = context.workbook.tables.getItem("Orders");
      const row = table.rows.add(undefined, [["pear", 5, 2, 10]]).load("index,values");
      const column = table.columns.add(undefined, undefined, "Note").load("name,index");
      await context.sync();
      expect([row.index, row.values[0]]).toEqual([2, ["pear", 5, 2, 10, ""].slice(0, row.values[0]!.length)]);
      expect([column.name, column.index]).toEqual(["Note", 4]);
      table.rows.getItemAt(0).delete();
      table.columns.getItem("Price").delete();
      await context.sync();
    });
    expect(valuesOf(host, "Data")).toEqual([
      ["Item", "Qty", "Total", "Note"],
      ["fig", 4, "", ""],
      ["pear", 5, 10, ""],
    ]);
    expect(formatArea(host.model.sheets[0]!.tables[0]!.area)).toBe("A1:D3");
  });

  it("move what stands below them, and refuse to tear another table", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Data");
      sheet.getRange("A5").values = [["below"]];
      context.workbook.tables.getItem("Orders").rows.add(0, [["kiwi", 1, 1, 1]]);
      await context.sync();
    });
    expect(valuesOf(host, "Data")[5]![0]).toBe("below");
    await expect(
      excel.run(async (context) => {
        context.workbook.worksheets.getItem("Data").getRange("A1:B1").insert("Down");
        await context.sync();
      }),
    ).rejects.toMatchObject({ code: "InsertDeleteConflict" });
  });

  it("resize over free cells and name blank headers", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      context.workbook.worksheets.getItem("Data").getRange("E1").values = [["Status"]];
      context.workbook.tables.getItem("Orders").resize("A1:F4");
      await context.sync();
    });
    expect(valuesOf(host, "Data")[0]).toEqual(["Item", "Qty", "Price", "Total", "Status", "列6"]);
  });

  it("filter rows away without losing them, and don't delete rows then", async () => {
    const { excel } = connect(orders());
    await excel.run(async (context) => {
      const table = context.workbook.tables.getItem("Orders");
      table.columns.getItem("Item").filter.applyValuesFilter(["fig"]);
      const body = table.getDataBodyRange().load("values,rowHidden");
      const rows = table.getDataBodyRange().getRowProperties({ rowHidden: true });
      const filtered = table.autoFilter.load("isDataFiltered");
      await context.sync();
      expect(body.values).toHaveLength(2);
      expect(body.rowHidden).toBeNull();
      expect(rows.value.map(({ rowHidden }) => rowHidden)).toEqual([true, false]);
      expect(filtered.isDataFiltered).toBe(true);
      table.rows.getItemAt(0).delete();
      await expect(context.sync()).rejects.toMatchObject({ code: "InsertDeleteConflict" });
    });
  });

  it("sort whole rows with their formulas", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const table = context.workbook.tables.getItem("Orders");
      table.columns.getItem("Total").getDataBodyRange().formulas = [["=[@Qty]*2"], ["=[@Qty]*3"]];
      table.sort.apply([{ key: 1, ascending: false }]);
      const formulas = table.columns.getItem("Total").getDataBodyRange().load("formulas");
      await context.sync();
      expect(formulas.formulas).toEqual([["=[@Qty]*3"], ["=[@Qty]*2"]]);
    });
    expect(valuesOf(host, "Data").map(([item]) => item)).toEqual(["Item", "fig", "apple"]);
  });

  it("keep their id under another name; a deleted one is not found", async () => {
    const { host, excel } = connect(orders());
    const author = new Author(host.book);
    await excel.run(async (context) => {
      const table = context.workbook.tables.getItem("Orders").load("id");
      await context.sync();
      author.renameTable("Orders", "Bestellungen");
      const again = context.workbook.tables.getItem(table.id).load("name");
      await context.sync();
      expect(again.name).toBe("Bestellungen");
      author.deleteSheet("Data");
      const gone = context.workbook.tables.getItemOrNullObject(table.id);
      await context.sync();
      expect(gone.isNullObject).toBe(true);
      context.workbook.tables.getItem(table.id).load("name");
      await expect(context.sync()).rejects.toMatchObject({ code: "ItemNotFound" });
    });
  });

  it("let a kept range move with its cells", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const range = context.workbook.worksheets.getItem("Data").getRange("A3:D3").load("values");
      await context.sync();
      host.beforeRequest(1, () => {
        new Author(host.book).insertTableRows("Orders", 0, [["kiwi", 1, 1, 1]]);
      });
      range.load("address,values");
      await context.sync();
      expect([range.address, range.values[0]![0]]).toEqual(["Data!A4:D4", "fig"]);
    });
  });
});
