import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import type { ColumnId } from "../../src/domain/columns.js";
import { parseIso } from "../../src/domain/wall-time.js";
import { newLedger } from "../../src/documents/new-ledger.js";
import { choicesOf } from "../../src/ledger/choices.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { runLedger, type RunOptions } from "../../src/ledger/run-ledger.js";
import type { Pack } from "../../src/rules/pack.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { ledgerModel, open, type Line } from "./excel/fixture.js";

const packs = loadAllPacks();
const some = (...ids: string[]): Pack[] => ids.map((id) => packs.get(id)!);
const options = (now: string): RunOptions => ({
  packs,
  statutes: STATUTES,
  now: parseIso(now)!,
  language: "zh",
  programVersion: "tiaoli test",
});

const HEADERS = ["投诉编号", "适用制度", "受理时间", "投诉内容", "违规行为", "行政处分", "改判责任部门"];
const ROWS = [
  ["A1", "branch-stores", "2026-03-02 09:00", "无人回复", null, null, null],
  ["A2", "franchise-retail", "2026-03-02 09:00", "尺寸不符", null, null, null],
] as const;

interface Rule {
  readonly type?: string;
  readonly formulae?: readonly string[];
  readonly errorStyle?: string;
  readonly showErrorMessage?: boolean;
}

async function ledger(own?: { at: string; rule: ExcelJS.DataValidation }, table = true): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("台账");
  const rows = ROWS.map((row) => [...row]);
  if (table) sheet.addTable({ name: "Complaints", ref: "A1", columns: HEADERS.map((name) => ({ name })), rows });
  else [HEADERS, ...rows].forEach((row) => sheet.addRow(row));
  if (own) sheet.getCell(own.at).dataValidation = own.rule;
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function processed(bytes: Uint8Array, now = "2026-03-31T18:00"): Uint8Array {
  const opened = openFileLedger(bytes);
  const { write } = runLedger(opened.snapshot, options(now));
  return write ? opened.write(write).bytes : bytes;
}

async function ruleAt(bytes: Uint8Array, address: string, sheet = "台账"): Promise<Rule | undefined> {
  const book = await new ExcelJS.Workbook().xlsx.load(bytes.slice().buffer);
  const validation = book.getWorksheet(sheet)!.getCell(address).dataValidation as Rule | undefined;
  return validation;
}

describe("drop-downs of listed columns", () => {
  test("a new ledger has them, and they warn", async () => {
    const bytes = await newLedger({ packs: some("franchise-retail"), language: "zh" });
    const book = await new ExcelJS.Workbook().xlsx.load(bytes.slice().buffer);
    const sheet = book.getWorksheet("投诉台账")!;
    const at = (sheet.getRow(1).values as unknown[]).indexOf("行政处分");
    expect(sheet.getCell(2, at).dataValidation).toMatchObject({
      type: "list",
      formulae: ['"警告,小过,大过,大过以上"'],
      errorStyle: "warning",
      showErrorMessage: true,
    });
  });

  test.each([true, false])("an existing ledger (a table: %s) gets them from the packs in use", async (table) => {
    const bytes = processed(await ledger(undefined, table));
    for (const [address, list] of [
      ["E2", '"置之不理,瞒报,漏报,谎报,二次投诉,情节严重"'],
      ["E3", '"置之不理,瞒报,漏报,谎报,二次投诉,情节严重"'],
      ["F2", '"警告,小过,大过,大过以上"'],
      ["F900", '"警告,小过,大过,大过以上"'],
    ] as const)
      expect(await ruleAt(bytes, address)).toMatchObject({
        type: "list",
        formulae: [list],
        errorStyle: "warning",
        showErrorMessage: true,
      });
    expect((await ruleAt(bytes, "G2"))!.formulae![0]).toContain("加工单位");
    expect(await ruleAt(bytes, "D2")).toBeUndefined();
  });

  test("somebody's own validation stays as it is, and so does the column it is in", async () => {
    const own = { type: "list" as const, allowBlank: true, formulae: ['"是,否"'] };
    const bytes = processed(await ledger({ at: "E3", rule: own }));
    expect(await ruleAt(bytes, "E3")).toMatchObject({ formulae: ['"是,否"'] });
    expect(await ruleAt(bytes, "E2")).toBeUndefined();
    expect(await ruleAt(bytes, "F2")).toMatchObject({ type: "list" });
  });

  test("a second run changes nothing, a later one adds none twice", async () => {
    const once = processed(await ledger(), "2026-03-03T18:00");
    expect(processed(once, "2026-03-03T18:00")).toBe(once);
    const later = processed(once, "2026-06-30T18:00");
    expect(later).not.toBe(once);
    const sheet = openFileLedger(later).snapshot.sheet;
    const xml = await rulesOf(later, sheet);
    expect(xml).toBe(3);
  });

  test("a ledger of several packs may choose from the lists of all of them", () => {
    const union = choicesOf(some("furniture-north", "branch-stores")).find(({ id }) => id === "misconduct")!;
    expect(union.values).toEqual(expect.arrayContaining(["未经审批发文", "瞒报"]));
  });

  test("through Excel: bare columns get them, one with a validation keeps it, a second run adds nothing", async () => {
    const ids: ColumnId[] = ["id", "pack", "receivedAt", "description", "misconduct", "sanction"];
    const lines: Line[] = [
      ["A1", "branch-stores", 46083, "无人回复", "", ""],
      ["A2", "franchise-retail", 46083, "尺寸不符", "", ""],
    ];
    const model = ledgerModel({ lines, ids });
    const rule = { list: { inCellDropDown: true, source: "是,否" } };
    const area = { row: 1, column: 5, rows: 1, columns: 1 };
    model.sheets[0]!.dataValidations.push({ area, settings: { rule } });
    const opened = open(model);
    const run = runLedger(await opened.ledger.read(), options("2026-03-31T18:00"));
    await opened.ledger.write(run.write!);
    const found = model.sheets[0]!.dataValidations;
    expect(found.map(({ settings }) => JSON.stringify(settings))).toEqual([
      JSON.stringify({ rule }),
      expect.stringContaining("置之不理,瞒报"),
    ]);
    expect(JSON.stringify(found[1])).toContain('"style":"Warning"');
    const again = runLedger(await opened.ledger.read(), options("2026-06-30T18:00"));
    if (again.write) await opened.ledger.write(again.write);
    expect(model.sheets[0]!.dataValidations).toHaveLength(2);
  });
});

async function rulesOf(bytes: Uint8Array, sheet: string): Promise<number> {
  const book = await new ExcelJS.Workbook().xlsx.load(bytes.slice().buffer);
  const found = book.getWorksheet(sheet)!.model as unknown as { dataValidations?: Record<string, Rule> };
  return new Set(Object.values(found.dataValidations ?? {}).map((rule) => JSON.stringify(rule.formulae))).size;
}
