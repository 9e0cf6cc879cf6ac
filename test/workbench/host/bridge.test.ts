import { describe, expect, it } from "vitest";
import { connect } from "../../support/office-client.js";
import { orders, valuesOf } from "./orders.js";

describe("the client over the bridge", () => {
  it("reads a table's header and body in one request and keeps no references afterwards", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const table = context.workbook.worksheets.getItem("Data").tables.getItem("Orders");
      const head = table.getHeaderRowRange().load("values");
      const body = table.getDataBodyRange().load("values,address,rowIndex");
      expect(() => body.values).toThrow(expect.objectContaining({ code: "PropertyNotLoaded" }));
      await context.sync();
      expect(head.values).toEqual([["Item", "Qty", "Price", "Total"]]);
      expect(body.values).toEqual([
        ["apple", 3, 1.5, ""],
        ["fig", 4, 2, ""],
      ]);
      expect(body.address).toBe("Data!A2:D3");
      expect(host.requests).toHaveLength(1);
      expect(host.liveReferences).toBe(2);
    });
    await settled();
    expect(host.liveReferences).toBe(0);
  });

  it("needs no tidying request for untracked ranges", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const range = context.workbook.worksheets.getItem("Data").getRange("A1").untrack().load("values");
      await context.sync();
      expect(range.values).toEqual([["Item"]]);
    });
    await settled();
    expect(host.requests).toHaveLength(1);
  });

  it("knows null objects from objects", async () => {
    const { excel } = connect(orders());
    await excel.run(async (context) => {
      const missing = context.workbook.worksheets.getItemOrNullObject("Nope");
      const chained = missing.tables.getItemOrNullObject("Orders").getDataBodyRange().load("values");
      const there = context.workbook.worksheets.getItemOrNullObject("data").load("name");
      await context.sync();
      expect([missing.isNullObject, chained.isNullObject, there.isNullObject, there.name]).toEqual([
        true,
        true,
        false,
        "Data",
      ]);
    });
  });

  it("loads collections with nested properties and counts", async () => {
    const { excel } = connect(orders());
    await excel.run(async (context) => {
      const tables = context.workbook.tables.load(
        "items/name,items/worksheet/name,items/columns/items/name,items/rows/count",
      );
      const sheets = context.workbook.worksheets.load("items/name,items/visibility,items/position");
      const count = context.workbook.worksheets.getCount();
      await context.sync();
      const [table] = tables.items;
      expect(table!.worksheet.name).toBe("Data");
      expect(table!.columns.items.map(({ name }) => name)).toEqual(["Item", "Qty", "Price", "Total"]);
      expect(table!.rows.count).toBe(2);
      expect(sheets.items.map(({ name, position }) => `${position}:${name}`)).toEqual(["0:Data", "1:Log"]);
      expect(count.value).toBe(2);
      expect(() => sheets.items[0]!.tabColor).toThrow(expect.objectContaining({ code: "PropertyNotLoaded" }));
    });
  });

  it("tells which statement failed, and keeps what was done before it", async () => {
    const { host, excel } = connect(orders());
    const failure = await excel
      .run(async (context) => {
        const sheet = context.workbook.worksheets.getItem("Data");
        sheet.getRange("B2").values = [[9]];
        sheet.getRange("A1:B2").values = [[1]];
        await context.sync();
      })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "InvalidArgument", debugInfo: { statement: "range1.values = ...;" } });
    expect(valuesOf(host, "Data")[1]).toEqual(["apple", 9, 1.5, ""]);
  });

  it("takes large arrays in the slices the client makes of them", async () => {
    const { host, excel } = connect(orders());
    const values = Array.from({ length: 1000 }, (_, i) => [i, `t${i}`, i % 2 === 0, ""]);
    await excel.run(async (context) => {
      const range = context.workbook.worksheets.getItem("Log").getRange("H1:K1000");
      range.values = values;
      await context.sync();
      range.load("values");
      await context.sync();
      expect(range.values).toEqual(values);
    });
    expect(host.requests[0]!.cellsWritten).toBe(4000);
  });

  it("reports a call that the host doesn't know as ApiNotFound", async () => {
    const { excel } = connect(orders());
    await expect(
      excel.run(async (context) => {
        context.workbook.worksheets.getItem("Data").comments.load("items");
        await context.sync();
      }),
    ).rejects.toMatchObject({ code: "ApiNotFound" });
  });
});

/** The client frees references after `run` has resolved. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
}
