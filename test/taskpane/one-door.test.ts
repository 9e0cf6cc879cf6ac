import { describe, expect, test } from "vitest";
import type { ReportSheet } from "../../src/documents/reports/blocks.js";
import { openExcelLedger, type ExcelLedger } from "../../src/ledger/excel/excel-ledger.js";
import { reading } from "../../src/ledger/excel/run.js";
import { PaneWorkbook } from "../../src/taskpane/excel/pane-workbook.js";
import type { PaneBook } from "../../src/taskpane/state/pane-book.js";
import type { HostOptions, WorkbookHost } from "../../src/workbench/host/host.js";
import { ledgerModel, lines, outputsFor, writeOf } from "../ledger/excel/fixture.js";
import { connect } from "../support/office-client.js";
import { oneDoorRun } from "../support/one-door.js";

/**
 * Every method with which the pane touches the workbook, by whether it changes anything: the compiler asks for each, so
 * that none can be added without a word. In a workbook that couldn't keep what is written, those that write refuse before
 * anything has changed, and those that read go on.
 */

interface Here {
  readonly host: WorkbookHost;
  readonly book: PaneBook;
  readonly ledger: ExcelLedger;
}

type Act = (here: Here) => Promise<unknown>;
interface Kinds<Methods extends string> {
  readonly reads: Partial<Record<Methods, Act>>;
  readonly writes: Partial<Record<Methods, Act>>;
}
type Named<K extends Kinds<string>> = keyof K["reads"] | keyof K["writes"];

const REPORT: ReportSheet = {
  key: "month",
  name: "月报 2026-03",
  organisation: "",
  title: "月报",
  meta: ["2026-03", ""],
  footer: "",
  blocks: [],
};
const NEW_LEDGER = {
  sheet: "新台账",
  table: "NewOne",
  columns: [{ header: "项目", format: "@", width: 12 }],
  rows: [],
};

const BOOK = {
  reads: {
    goTo: ({ book }) => book.goTo("投诉台账", "A2"),
    selected: ({ book }) => book.selected(),
    onSelection: async ({ book }) => (await book.onSelection(() => undefined))(),
    onEdit: async ({ book }) => (await book.onEdit(() => undefined))(),
    name: ({ book }) => book.name(),
    sheets: ({ book }) => book.sheets(),
    parts: ({ book }) => book.parts("urn:tiaoli"),
    packSheetNames: ({ book }) => book.packSheetNames(),
    readPackSheets: ({ book }) => book.readPackSheets(),
    formulaRows: ({ book }) => book.formulaRows("投诉台账", "A", 2, 2),
    likelyHeaders: ({ book }) => book.likelyHeaders(),
  },
  writes: {
    writeReport: ({ book }) => book.writeReport(REPORT, undefined),
    setParts: ({ book }) => book.setParts("urn:tiaoli", ['<a xmlns="urn:tiaoli"/>']),
    setCells: ({ book }) => book.setCells("投诉台账", [{ address: "C2", value: "x" }]),
    makeLedger: ({ book }) => book.makeLedger([NEW_LEDGER]),
    writePackSheets: ({ book }) => book.writePackSheets([], "zh"),
    markPackSheets: ({ book }) =>
      book.markPackSheets({ cells: [{ sheet: "投诉台账", row: 2, column: 9, value: "错误" }], pages: [] }),
    putLines: ({ book }) =>
      book.putLines({ table: "Settings", sheet: "设置", headers: ["项目", "值"] }, [["单位名称", "甲厂"]]),
  },
} as const satisfies Kinds<keyof PaneBook>;

const LEDGER = {
  reads: {
    read: ({ ledger }) => ledger.read(),
    readRow: ({ ledger }) => ledger.readRow(2),
  },
  writes: {
    write: async ({ ledger }) => ledger.write(writeOf(await ledger.read())),
    writeRow: async ({ ledger }) => {
      const { snapshot } = (await ledger.readRow(2))!;
      return ledger.writeRow({ row: 2, outputs: outputsFor(snapshot.rows[0]!) });
    },
    restore: ({ ledger }) => ledger.restore({ keys: [], rows: [], tables: [] }),
  },
} as const satisfies Kinds<keyof ExcelLedger>;

/** Fails to compile where a method is missing above. */
const ALL_NAMED: readonly [
  Exclude<keyof PaneBook, Named<typeof BOOK>>,
  Exclude<keyof ExcelLedger, Named<typeof LEDGER>>,
] extends readonly [never, never]
  ? true
  : false = true;

const READS: [string, Act][] = Object.entries({ ...BOOK.reads, ...LEDGER.reads });
const WRITES: [string, Act][] = Object.entries({ ...BOOK.writes, ...LEDGER.writes });

function open(name: string, options: HostOptions = {}): Here {
  const ids = ["id", "receivedAt", "customer", "description", "closeAt", "category"] as const;
  const model = ledgerModel({ ids, lines: lines(2).map((line) => [...line, ""]) });
  model.name = name;
  const { host, excel } = connect(model, options);
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  const run = oneDoorRun(excel, host);
  return { host, book: new PaneWorkbook({ run, supports }), ledger: openExcelLedger(run, { supports }) };
}

const state = ({ host }: Here): string =>
  JSON.stringify({ ...host.model, activeSheet: undefined, selection: undefined });

const UNFIT: [string, string, string, HostOptions][] = [
  ["an Excel 97–2003 workbook", "old-format", "投诉.xls", {}],
  ["a CSV file", "old-format", "export.CSV", {}],
  ["an OpenDocument file", "old-format", "台账.ods", {}],
  ["compatibility mode, whatever the file is called", "old-format", "投诉台账1", { compatibilityMode: true }],
  ["a workbook open read-only", "read-only", "台账.xlsx", { readOnly: true }],
];

test("every method of the workbook and of the ledger is named here", () => {
  expect(ALL_NAMED).toBe(true);
  expect(READS.length + WRITES.length).toBeGreaterThan(20);
});

describe.each(UNFIT)("in %s", (_, code, name, options) => {
  test.each(WRITES)("%s writes nothing and says why", async (__, act) => {
    const here = open(name, options);
    const before = state(here);
    await expect(act(here)).rejects.toMatchObject({ code, params: { name } });
    expect(state(here)).toBe(before);
  });

  test.each(READS)("%s goes on", async (__, act) => {
    const here = open(name, options);
    const before = state(here);
    await act(here);
    expect(state(here)).toBe(before);
  });
});

describe("in a workbook that keeps what is written", () => {
  test.each(WRITES.filter(([name]) => !["restore", "writePackSheets"].includes(name)))("%s writes", async (_, act) => {
    for (const name of ["台账.xlsx", "台账.xlsm", "台账.xlsb", "Book1"]) {
      const here = open(name);
      const before = state(here);
      await act(here);
      expect(state(here)).not.toBe(before);
    }
  });
});

test("what is written past the door is an error of the tests", async () => {
  const { host } = open("台账.xlsx");
  const { excel } = connect(host.model);
  const run = oneDoorRun(excel, host);
  const past = reading({ run, supports: () => true }, async (context) => {
    context.workbook.worksheets.add("x");
    await context.sync();
  });
  await expect(past).rejects.toThrow("past the door");
});
