import { describe, expect, it } from "vitest";
import { Author } from "../../../src/workbench/host/author.js";
import { formatArea } from "../../../src/workbench/host/address.js";
import { WORST_EXCEL, type Hardness } from "../../../src/workbench/host/worst-excel.js";
import { connect } from "../../support/office-client.js";
import { orders } from "./orders.js";

/** In what the host is as hard as Excel; each test turns its switch off as well. */

const kind = (name: keyof Hardness): { readonly hardness: Partial<Hardness> } => ({ hardness: { [name]: false } });

async function tableAfter(
  write: (sheet: Excel.Worksheet, table: Excel.Table) => void,
  options: { readonly hardness?: Partial<Hardness> } = {},
): Promise<string> {
  const { host, excel } = connect(orders(), options);
  await excel.run(async (context) => {
    const sheet = context.workbook.worksheets.getItem("Data");
    write(sheet, context.workbook.tables.getItem("Orders"));
    await context.sync();
  });
  return formatArea(host.model.sheets[0]!.tables[0]!.area);
}

const enter =
  (address: string, values: string[][]) =>
  (sheet: Excel.Worksheet): void => {
    sheet.getRange(address).values = values;
  };

it("every switch is on unless it is turned off", () => {
  expect(Object.values(WORST_EXCEL)).not.toContain(false);
});

describe("a table", () => {
  it("takes in what is written right beside it or right below it", async () => {
    expect(await tableAfter(enter("E1:F1", [["状态", "期限"]]))).toBe("A1:F3");
    expect(await tableAfter(enter("A4:B4", [["kiwi", "1"]]))).toBe("A1:D4");
    expect(await tableAfter(enter("E1:F1", [["状态", "期限"]]), kind("tablesGrow"))).toBe("A1:D3");
  });

  it("leaves alone what is written further off, blank, or below its totals", async () => {
    expect(await tableAfter(enter("F1", [["x"]]))).toBe("A1:D3");
    expect(await tableAfter(enter("E1", [[""]]))).toBe("A1:D3");
    const withTotals = await tableAfter((sheet, table) => {
      table.showTotals = true;
      sheet.getRange("A5").values = [["x"]];
    });
    expect(withTotals).toBe("A1:D4");
  });

  it("loses all but one of several blank rows that are added at once", async () => {
    const blank = ["", "", "", ""];
    const add = (_: Excel.Worksheet, table: Excel.Table): void => {
      table.rows.add(undefined, [blank, blank, blank]);
    };
    expect(await tableAfter(add)).toBe("A1:D4");
    expect(await tableAfter(add, kind("blankRowsAreLost"))).toBe("A1:D6");
  });
});

describe("a selection", () => {
  const codeOf = (act: () => Promise<unknown>): Promise<string> =>
    act().then(
      () => "none",
      (error: unknown) => (error as { readonly code: string }).code,
    );

  it.each([
    ["other ranges", "InvalidSelection", "none"],
    ["a chart", "InvalidSelection", "InvalidSelection"],
  ] as const)("with %s beside it is no single range", async (beside, range, cell) => {
    for (const options of [{}, kind("oneSelectionOnly")]) {
      const { host, excel } = connect(orders(), options);
      new Author(host.book).selectMore("Data", "B2", beside);
      const ask = (what: "getSelectedRange" | "getActiveCell"): Promise<string> =>
        codeOf(() =>
          excel.run(async (context) => {
            context.workbook[what]().load("rowIndex");
            await context.sync();
          }),
        );
      const asked = [await ask("getSelectedRange"), await ask("getActiveCell")];
      expect(asked).toEqual("hardness" in options ? ["none", "none"] : [range, cell]);
    }
  });
});

it("special cells of a protected sheet are refused", async () => {
  const ask = async (options: { readonly hardness?: Partial<Hardness> }): Promise<unknown> => {
    const { host, excel } = connect(orders(), options);
    new Author(host.book).protect("Data");
    return excel
      .run(async (context) => {
        context.workbook.tables.getItem("Orders").getDataBodyRange().getSpecialCellsOrNullObject("Formulas");
        await context.sync();
      })
      .then(
        () => "answered",
        (error: unknown) => (error as { readonly code: string }).code,
      );
  };
  expect([await ask({}), await ask(kind("protectionHidesSpecialCells"))]).toEqual(["AccessDenied", "answered"]);
});
