import { describe, expect, test } from "vitest";
import { excelRun } from "../../../src/ledger/excel/excel-ledger.js";
import { HostProblem } from "../../../src/ledger/excel/host-problem.js";
import { fromSheets } from "../../../src/workbench/host/workbook-model.js";
import { connect } from "../../support/office-client.js";

/** One step to undo where Excel can do that; and never a write that fails for it. */

const OLD = (): boolean => false;
const NEW = (version: string): boolean => version === "1.20";

/** The batches here ask nothing of Excel. */
const NO_CONTEXT = undefined as unknown as Excel.RequestContext;

/** `Excel.run` that knows only these options, as a client knows those of its time. */
function client(known: readonly string[], refuses?: Error): { readonly asked: unknown[]; run: typeof Excel.run } {
  const asked: unknown[] = [];
  const run = async (options: Excel.RunOptions, batch: (context: Excel.RequestContext) => Promise<unknown>) => {
    asked.push(options);
    const odd = Object.keys(options).find((option) => !known.includes(option));
    if (odd !== undefined) throw new Error(`the client has never heard of ${odd}`);
    if (options.mergeUndoGroup === true && refuses !== undefined) throw refuses;
    return batch(NO_CONTEXT);
  };
  return { asked, run: run as unknown as typeof Excel.run };
}

const plain = { delayForCellEdit: true };
const grouped = { delayForCellEdit: true, mergeUndoGroup: true };
const officeError = (code: string): Error => Object.assign(new Error(code), { code });
const batch = (): Promise<string> => Promise.resolve("written");

describe("a write", () => {
  test("is grouped only where ExcelApi 1.20 is there; a client that doesn't know the option is never given it", async () => {
    const old = client(["delayForCellEdit"]);
    expect(await excelRun(old, OLD)(batch, { writes: true })).toBe("written");
    expect(old.asked).toEqual([plain]);
    const now = client(["delayForCellEdit", "mergeUndoGroup"]);
    expect(await excelRun(now, NEW)(batch, { writes: true })).toBe("written");
    expect(now.asked).toEqual([grouped]);
  });

  test.each(["UndoNotSupported", "GeneralException", "NotImplemented"])(
    "that can't be grouped after all (%s) is made once more without, and so are all that follow",
    async (code) => {
      const excel = client(["delayForCellEdit", "mergeUndoGroup"], officeError(code));
      const run = excelRun(excel, NEW);
      expect(await run(batch, { writes: true })).toBe("written");
      expect(await run(batch, { writes: true })).toBe("written");
      expect(excel.asked).toEqual([grouped, plain, plain]);
    },
  );

  test("that was broken off after rows were written is not made twice", async () => {
    const rows = [{ key: "1", cells: [] }];
    const broken = new HostProblem("host-error", { detail: "UndoNotSupported" }, { keys: [], rows, tables: [] });
    const excel = client(["delayForCellEdit", "mergeUndoGroup"], broken);
    await expect(excelRun(excel, NEW)(batch, { writes: true })).rejects.toBe(broken);
    expect(excel.asked).toEqual([grouped]);
  });

  test("that fails for any other reason is not made twice", async () => {
    const excel = client(["delayForCellEdit", "mergeUndoGroup"], officeError("AccessDenied"));
    await expect(excelRun(excel, NEW)(batch, { writes: true })).rejects.toThrow("AccessDenied");
    expect(excel.asked).toEqual([grouped]);
  });
});

test("reading is never grouped", async () => {
  const excel = client(["delayForCellEdit", "mergeUndoGroup"]);
  await excelRun(excel, NEW)(batch);
  expect(excel.asked).toEqual([plain]);
});

test("an option that the client of the tests doesn't know is an error, not overlooked", async () => {
  const { excel } = connect(fromSheets([{ name: "Data" }]));
  const grouped = { delayForCellEdit: true, mergeUndoGroup: true } as Excel.RunOptions;
  await expect(excel.run(grouped, async () => Promise.resolve())).rejects.toThrow("mergeUndoGroup");
  await excel.run({ delayForCellEdit: true }, async () => Promise.resolve());
});
