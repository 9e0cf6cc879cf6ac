import { describe, expect, it } from "vitest";
import { Author } from "../../../src/workbench/host/author.js";
import { connect } from "../../support/office-client.js";
import { orders, valuesOf } from "./orders.js";

const failure = (code: string): unknown => expect.objectContaining({ code });

describe("a workbook in bad weather", () => {
  it("refuses locked cells of a protected sheet but takes unlocked ones", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Data");
      sheet.getRange("D2:D3").format.protection.locked = false;
      sheet.protection.protect();
      sheet.getRange("D2").values = [[5]];
      const locked = sheet.getRange("C2:D3").load("format/protection/locked");
      await context.sync();
      expect(locked.format.protection.locked).toBeNull();
      sheet.getRange("A2").values = [["x"]];
      await expect(context.sync()).rejects.toEqual(failure("AccessDenied"));
    });
    expect(valuesOf(host, "Data")[1]).toEqual(["apple", 3, 1.5, 5]);
  });

  it("refuses new sheets while the structure is protected", async () => {
    const { host, excel } = connect(orders());
    host.model.protection = { options: {} };
    const adding = excel.run(async (context) => {
      context.workbook.worksheets.add("New");
      await context.sync();
    });
    await expect(adding).rejects.toEqual(failure("AccessDenied"));
  });

  it("refuses requests and responses above the limit", async () => {
    const { host, excel } = connect(orders(), { payloadLimit: 20_000 });
    const big = Array.from({ length: 100 }, () => ["长".repeat(100)]);
    const write = (rows: number) =>
      excel.run(async (context) => {
        const range = context.workbook.worksheets.getItem("Log").getRangeByIndexes(0, 0, rows, 1);
        range.values = big.slice(0, rows);
        await context.sync();
      });
    await expect(write(100)).rejects.toEqual(failure("RequestPayloadSizeLimitExceeded"));
    await write(50);
    new Author(host.book).type("Log", "B1", "长".repeat(9000));
    const read = excel.run(async (context) => {
      context.workbook.worksheets.getItem("Log").getUsedRange().load("values");
      await context.sync();
    });
    await expect(read).rejects.toEqual(failure("ResponsePayloadSizeLimitExceeded"));
    expect(host.requests.map(({ error }) => error)).toEqual(
      expect.arrayContaining(["RequestPayloadSizeLimitExceeded", "ResponsePayloadSizeLimitExceeded", undefined]),
    );
  });

  it("fails while a cell is being edited, or waits if asked to", async () => {
    const { host, excel } = connect(orders());
    const rename = (delayForCellEdit: boolean) =>
      excel.run({ delayForCellEdit }, async (context) => {
        context.workbook.worksheets.getItem("Log").name = "Protokoll";
        await context.sync();
      });
    host.beginCellEdit();
    await expect(rename(false)).rejects.toEqual(failure("InvalidOperationInCellEditMode"));
    const waiting = rename(true);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(host.model.sheets[1]!.name).toBe("Log");
    host.endCellEdit();
    await waiting;
    expect(host.model.sheets[1]!.name).toBe("Protokoll");
  });

  it("lets another author act between two requests", async () => {
    const { host, excel } = connect(orders());
    host.beforeRequest(2, () => {
      new Author(host.book).sort("Orders", "Qty", false);
    });
    await excel.run(async (context) => {
      const body = context.workbook.tables.getItem("Orders").getDataBodyRange().untrack().load("values");
      await context.sync();
      const again = context.workbook.tables.getItem("Orders").getDataBodyRange().untrack().load("values");
      await context.sync();
      expect([body.values[0]![0], again.values[0]![0]]).toEqual(["apple", "fig"]);
    });
  });

  it("lacks what its API sets lack", async () => {
    const { excel } = connect(orders(), { apiSets: { ExcelApi: "1.9" } });
    const resizing = excel.run(async (context) => {
      context.workbook.tables.getItem("Orders").resize("A1:D5");
      await context.sync();
    });
    await expect(resizing).rejects.toEqual(failure("ApiNotFound"));
    await excel.run(async (context) => {
      const filter = context.workbook.tables.getItem("Orders").autoFilter.load("enabled");
      await context.sync();
      expect(filter.enabled).toBe(true);
    });
  });

  it("can be made to fail as a busy server does", async () => {
    const { host, excel } = connect(orders());
    host.failNextRequest("ServiceNotAvailable");
    const reading = excel.run(async (context) => {
      context.workbook.worksheets.load("items/name");
      await context.sync();
    });
    await expect(reading).rejects.toEqual(failure("ServiceNotAvailable"));
  });

  it("can be made to fail at an action, after which it goes on as before", async () => {
    const { host, excel } = connect(orders());
    host.failNextAction("MergedRangeConflict");
    const read = (): Promise<void> =>
      excel.run(async (context) => {
        context.workbook.worksheets.load("items/name");
        await context.sync();
      });
    await expect(read()).rejects.toEqual(failure("MergedRangeConflict"));
    await read();
    expect(host.requests.map(({ error }) => error)).toEqual(["MergedRangeConflict", undefined]);
  });

  it("records bytes, actions and cells of each request", async () => {
    const { host, excel } = connect(orders());
    await excel.run(async (context) => {
      context.workbook.worksheets.getItem("Log").getRange("A1:B1").untrack().values = [[1, 2]];
      await context.sync();
    });
    expect(host.requests).toEqual([
      {
        number: 1,
        bytes: expect.any(Number) as number,
        responseBytes: expect.any(Number) as number,
        actions: expect.any(Number) as number,
        cellsWritten: 2,
        error: undefined,
      },
    ]);
    expect(host.requests[0]!.bytes).toBeGreaterThan(300);
  });
});
