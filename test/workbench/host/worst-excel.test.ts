import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Author } from "../../../src/workbench/host/author.js";
import { formatArea } from "../../../src/workbench/host/address.js";
import type { HostOptions } from "../../../src/workbench/host/host.js";
import { WORST_EXCEL, type Hardness } from "../../../src/workbench/host/worst-excel.js";
import { formulaAt, fromSheets } from "../../../src/workbench/host/workbook-model.js";
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

describe("what is entered", () => {
  const entered = async (text: string, options: { readonly hardness?: Partial<Hardness> } = {}): Promise<unknown> => {
    const { host, excel } = connect(orders(), options);
    await excel.run(async (context) => {
      context.workbook.worksheets.getItem("Log").getRange("A1").values = [[text]];
      await context.sync();
    });
    return host.model.sheets[1]!.rows[0]!.values[0];
  };

  it.each([
    ["2025-04", 45_748],
    ["3/4/2026", 46_085],
    ["12:30 PM", 12.5 / 24],
    ["Apr-25", undefined],
  ])("is read as in the United States: %s", async (text, value) => {
    const read = await entered(text);
    expect(typeof read).toBe("number");
    if (value !== undefined) expect(read).toBeCloseTo(value, 9);
    expect(await entered(text, kind("readsEnglish"))).toBe(text);
    expect(await entered(`'${text}`)).toBe(text);
  });
});

describe("a calculated column", () => {
  const formulas = async (
    write: (table: Excel.Table, sheet: Excel.Worksheet) => void,
    options: { readonly hardness?: Partial<Hardness> } = {},
  ): Promise<unknown[]> => {
    const { host, excel } = connect(orders(), options);
    await excel.run(async (context) => {
      write(context.workbook.tables.getItem("Orders"), context.workbook.worksheets.getItem("Data"));
      await context.sync();
    });
    return [1, 2, 3].map((row) => formulaAt(host.model.sheets[0]!, row, 3));
  };
  const fill = (_: Excel.Table, sheet: Excel.Worksheet): void => {
    sheet.getRange("D2").formulas = [["=1+1"]];
  };

  it("fills itself from its first formula, and goes on in the rows that the table grows by", async () => {
    expect(await formulas(fill)).toEqual(["=1+1", "=1+1", undefined]);
    expect(await formulas(fill, kind("calculatedColumnsFill"))).toEqual(["=1+1", undefined, undefined]);
    const grow = (table: Excel.Table, sheet: Excel.Worksheet): void => {
      fill(table, sheet);
      table.resize("A1:D4");
    };
    expect(await formulas(grow)).toEqual(["=1+1", "=1+1", "=1+1"]);
  });
});

describe("areas", () => {
  const asked = async <Answer>(
    ask: (sheet: Excel.Worksheet) => () => Answer,
    options: { readonly hardness?: Partial<Hardness> } = {},
  ): Promise<Answer> => {
    const { host, excel } = connect(orders(), options);
    const sheet = host.model.sheets[1]!;
    sheet.merges.push({ row: 0, column: 1, rows: 2, columns: 2 });
    new Author(host.book).type("Log", "B1", "merged");
    for (let row = 4; row < 100; row += 2) new Author(host.book).type("Log", `A${row}`, "=1+1");
    return excel.run(async (context) => {
      const answer = ask(context.workbook.worksheets.getItem("Log"));
      await context.sync();
      return answer();
    });
  };

  it("that are merged are found by their first cell only", async () => {
    const ask = (sheet: Excel.Worksheet) => {
      const merged = sheet.getRange("C1:D4").getMergedAreasOrNullObject().load("address");
      return () => merged.isNullObject;
    };
    expect([await asked(ask), await asked(ask, kind("mergesByFirstCell"))]).toEqual([true, false]);
  });

  it("in great number have an address that is cut, without a word", async () => {
    const ask = (sheet: Excel.Worksheet) => {
      const found = sheet.getRange("A1:A200").getSpecialCellsOrNullObject("Formulas").load("address,areaCount");
      return () => [found.areaCount, found.address.split(",").length];
    };
    const [count, named] = await asked(ask);
    expect(count).toBe(48);
    expect(named).toBeLessThan(48);
    expect(await asked(ask, kind("longAddressesAreCut"))).toEqual([48, 48]);
  });

  it("that are whole rows have null for values", async () => {
    const ask = (sheet: Excel.Worksheet) => {
      const row = sheet.getRange("1:1").load("values,rowIndex");
      return () => (row.values as unknown) === null;
    };
    expect([await asked(ask), await asked(ask, kind("wholeRowsAreNull"))]).toEqual([true, false]);
  });

  it("whose formats are copied bring their merged cells along", async () => {
    const copied = async (options: { readonly hardness?: Partial<Hardness> }): Promise<number> => {
      const { host, excel } = connect(orders(), options);
      host.model.sheets[1]!.merges.push({ row: 0, column: 0, rows: 2, columns: 1 });
      await excel.run(async (context) => {
        const sheet = context.workbook.worksheets.getItem("Log");
        sheet.getRange("C1:C2").copyFrom("A1:A2", "Formats");
        await context.sync();
      });
      return host.model.sheets[1]!.merges.length;
    };
    expect([await copied({}), await copied(kind("copiesMerges"))]).toEqual([2, 1]);
  });
});

it("a request that fails gives nothing back of what it read", async () => {
  const read = async (options: { readonly hardness?: Partial<Hardness> }): Promise<number> => {
    const { host, excel } = connect(orders(), options);
    const answers: string[] = [];
    const answer = host.answer.bind(host);
    host.answer = async (body, flags) => {
      const reply = await answer(body, flags);
      answers.push(reply.ok ? reply.body : "");
      return reply;
    };
    await excel
      .run(async (context) => {
        context.workbook.worksheets.getItem("Data").getRange("A1").load("values");
        context.workbook.worksheets.getItem("nowhere").load("name");
        await context.sync();
      })
      .catch(() => undefined);
    const body = JSON.parse(answers[0]!) as { readonly Results: unknown[] };
    return body.Results.length;
  };
  expect(await read({})).toBe(0);
  expect(await read(kind("failedBatchesGiveNothing"))).toBeGreaterThan(0);
});

it("a table whose one row is blank has no rows", async () => {
  const count = async (options: { readonly hardness?: Partial<Hardness> }): Promise<number> => {
    const { excel } = connect(fromSheets([{ name: "Data", tables: [{ name: "T", values: [["A"], [""]] }] }]), options);
    return excel.run(async (context) => {
      const { rows } = context.workbook.tables.getItem("T");
      rows.load("count");
      await context.sync();
      return rows.count;
    });
  };
  expect([await count({}), await count(kind("emptyTablesHaveNoRows"))]).toEqual([0, 1]);
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

describe("a sheet view", () => {
  const written = async (
    whose: "the user's" | "another's",
    options: { readonly hardness?: Partial<Hardness> } = {},
  ): Promise<unknown[]> => {
    const { host, excel } = connect(orders(), options);
    new Author(host.book).filterInView("Orders", "Item", ["fig"], whose);
    return excel.run(async (context) => {
      const range = context.workbook.worksheets.getItem("Data").getRange("B2:B3").load("rowHidden");
      range.values = [[7], [8]];
      const after = context.workbook.worksheets.getItem("Data").getRange("B2:B3").load("values");
      await context.sync();
      return [range.rowHidden, ...(after.values as unknown[][]).flat()];
    });
  };

  it("of the user's own hides rows without a word, and arrays across them go astray", async () => {
    expect(await written("the user's")).toEqual([false, 3, 7]);
    expect((await written("the user's", kind("viewsOfEachUser")))[0]).not.toBe(false);
    expect(await written("the user's", kind("hiddenRowsSpill"))).toEqual([false, 7, 8]);
  });

  it("of another person's is nobody else's", async () => {
    expect(await written("another's")).toEqual([false, 7, 8]);
    expect((await written("another's", kind("viewsOfEachUser")))[0]).not.toBe(false);
  });
});

it("a request that writes in an undo group is refused before anything of it is done", async () => {
  const codes = async (options: HostOptions): Promise<unknown[]> => {
    const { host, excel } = connect(orders(), options);
    const act = (write: boolean): Promise<unknown> =>
      host
        .inUndoGroup(() =>
          excel.run(async (context) => {
            const cell = context.workbook.worksheets.getItem("Log").getRange("A1").load("values");
            if (write) cell.values = [[1]];
            await context.sync();
          }),
        )
        .then(
          () => "done",
          (error: unknown) => (error as { readonly code: string }).code,
        );
    return [await act(false), await act(true), host.book.cellsWritten];
  };
  expect(await codes({})).toEqual(["done", "UndoNotSupported", 0]);
  expect(await codes(kind("undoGroupsRefused"))).toEqual(["done", "done", 1]);
});

it("an answer comes late: in another task than the request", async () => {
  const isThereAtOnce = async (options: HostOptions): Promise<boolean> => {
    const { host } = connect(orders(), options);
    let isThere = false;
    const answer = host.answer('{"Actions":[],"ObjectPaths":{}}', 0).then(() => {
      isThere = true;
    });
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    const atOnce = isThere;
    await answer;
    return atOnce;
  };
  expect([await isThereAtOnce({}), await isThereAtOnce(kind("answersComeLate"))]).toEqual([false, true]);
});

/** The differences that were asked for, by the switch that makes them. */
const ASKED_FOR: Readonly<Record<string, keyof Hardness>> = {
  "undo grouping refused": "undoGroupsRefused",
  "tables that grow right and down": "tablesGrow",
  "calculated columns that fill": "calculatedColumnsFill",
  "several selections": "oneSelectionOnly",
  "en-US reading of values": "readsEnglish",
  "merged areas by top-left only": "mergesByFirstCell",
  "protected sheets refusing special cells": "protectionHidesSpecialCells",
  "copyFrom that merges": "copiesMerges",
  "rows.add that loses blanks": "blankRowsAreLost",
  "failed batches that give nothing back": "failedBatchesGiveNothing",
  "empty tables": "emptyTablesHaveNoRows",
  "nulls instead of big reads": "wholeRowsAreNull",
  "per-user sheet views": "viewsOfEachUser",
  "slow networks": "answersComeLate",
};

describe("the switches", () => {
  const names = Object.keys(WORST_EXCEL) as (keyof Hardness)[];
  const root = new URL("../../../", import.meta.url);
  const text = (path: string): string => readFileSync(new URL(path, root), "utf8");

  it("are all that were asked for, and more", () => {
    expect(Object.values(ASKED_FOR).filter((name) => !names.includes(name))).toEqual([]);
  });

  it("are each turned off by a test here", () => {
    const here = text("test/workbench/host/worst-excel.test.ts");
    expect(names.filter((name) => !here.includes(`kind("${name}")`))).toEqual([]);
  });

  it("stand in the page that says what is known of a real Excel, each once and no other", () => {
    const named = [...text("docs/excel-proof.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...names].sort());
  });
});
