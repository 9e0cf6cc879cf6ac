import { describe, expect, it } from "vitest";
import { CURRENT_API_SETS } from "../../../src/workbench/host/api-level.js";
import { Author } from "../../../src/workbench/host/author.js";
import { connect } from "../../support/office-client.js";
import { orders } from "./orders.js";

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe("events", () => {
  it("tell of own edits, of other authors' and of selections, and stop when removed", async () => {
    const { host, excel } = connect(orders());
    const author = new Author(host.book);
    const seen: string[] = [];
    const handler = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Data").load("id");
      const table = context.workbook.tables.getItem("Orders").load("id");
      await context.sync();
      const added = table.onChanged.add((args) => {
        seen.push(`table ${args.changeType} ${args.source} ${args.address}`);
        return Promise.resolve();
      });
      sheet.onSelectionChanged.add((args) => {
        seen.push(`selection ${args.address}`);
        return Promise.resolve();
      });
      context.workbook.worksheets.onChanged.add((args) => {
        seen.push(`sheets ${args.source} ${args.address}`);
        return Promise.resolve();
      });
      await context.sync();
      return added;
    });
    await excel.run(async (context) => {
      context.workbook.worksheets.getItem("Data").getRange("B2").values = [[99]];
      context.workbook.worksheets.getItem("Data").getRange("C3").select();
      await context.sync();
    });
    await tick();
    expect(seen).toEqual(["sheets Local B2", "table RangeEdited Local B2", "selection C3"]);
    seen.length = 0;
    host.beforeRequest(1, () => {
      author.type("Data", "B3", "8");
    });
    handler.remove();
    await handler.context.sync();
    await tick();
    expect(seen).toEqual(["sheets Remote B3", "table RangeEdited Remote B3"]);
    seen.length = 0;
    author.type("Data", "B3", "9");
    host.book.events.flush();
    await tick();
    expect(seen).toEqual(["sheets Local B3"]);
  });

  it("are silent while the runtime has them off", async () => {
    const { excel } = connect(orders());
    const seen: string[] = [];
    await excel.run(async (context) => {
      context.workbook.worksheets.onChanged.add((args) => {
        seen.push(args.address);
        return Promise.resolve();
      });
      await context.sync();
      const sheet = context.workbook.worksheets.getItem("Data");
      context.runtime.enableEvents = false;
      sheet.getRange("B2").values = [[1]];
      context.runtime.enableEvents = true;
      sheet.getRange("B3").values = [[1]];
      await context.sync();
    });
    await tick();
    expect(seen).toEqual(["B3"]);
  });

  it.each([
    ["1.14", "ThisLocalAddin"],
    ["1.13", undefined],
  ])("of ExcelApi %s tell the add-in of its own writes: %s", async (version, trigger) => {
    const { excel } = connect(orders(), { apiSets: { ...CURRENT_API_SETS, ExcelApi: version } });
    const seen: unknown[] = [];
    await excel.run(async (context) => {
      context.workbook.worksheets.onChanged.add(({ triggerSource }) => {
        seen.push(triggerSource);
        return Promise.resolve();
      });
      await context.sync();
      context.workbook.worksheets.getItem("Data").getRange("B2").values = [[99]];
      await context.sync();
    });
    await tick();
    expect(seen).toEqual([trigger]);
  });
});
