import ExcelJS from "exceljs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
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

describe("lists that change or are long", () => {
  const LONG = Array.from({ length: 40 }, (_, i) => `第${i + 1}种违规行为，详见制度`);
  const misconduct = (labels: readonly string[], note = "") =>
    new Map([...packs].map(([id, pack]) => [id, id === "branch-stores" ? changed(pack, labels, note) : pack]));
  /** A pack with another list for 违规行为; its version tells that it is another one. */
  const changed = (pack: Pack, labels: readonly string[], note: string): Pack => ({
    ...pack,
    header: { ...pack.header, version: `9.0.0${note}` },
    lists: { ...pack.lists, misconduct: { values: labels.map((label) => ({ label })) } },
  });
  const run = (bytes: Uint8Array, labels: readonly string[], note = ""): Uint8Array => {
    const opened = openFileLedger(bytes);
    const { write } = runLedger(opened.snapshot, { ...options("2026-03-31T18:00"), packs: misconduct(labels, note) });
    return write ? opened.write(write).bytes : bytes;
  };
  /** The choices of a drop-down, as Excel would offer them. */
  const offered = async (bytes: Uint8Array, address: string): Promise<readonly string[]> => {
    const [formula = ""] = (await ruleAt(bytes, address))?.formulae ?? [];
    if (!formula.startsWith("OFFSET(")) return formula.replace(/^"|"$/g, "").split(",");
    const [, sheet, key] = /^OFFSET\('(.+?)'!\$B\$1,MATCH\("(.+?)",'.+?'!\$A:\$A,0\)-1,0,COUNTIF/.exec(formula)!;
    const book = await new ExcelJS.Workbook().xlsx.load(bytes.slice().buffer);
    const lines = book.getWorksheet(sheet)!.getSheetValues() as unknown[][];
    return lines.flatMap((line) => (line?.[1] === key ? [String(line[2])] : []));
  };

  test("a list of more than 255 characters, or with commas in it, stands in a table that the drop-down points to", async () => {
    const bytes = run(await ledger(), LONG);
    expect(await ruleAt(bytes, "E900")).toMatchObject({ type: "list", errorStyle: "warning", showErrorMessage: true });
    expect(await offered(bytes, "E900")).toEqual(LONG);
    expect(run(bytes, LONG)).toBe(bytes);
    const commas = run(await ledger(), ["瞒报", "谎报,漏报"]);
    expect(await offered(commas, "E2")).toEqual(["瞒报", "谎报,漏报"]);
  });

  test("a list that changes is renewed, in the rule and in the table, and a table once made stays", async () => {
    const short = run(await ledger(), ["瞒报", "漏报"], "a");
    expect(await offered(short, "E2")).toEqual(["瞒报", "漏报"]);
    const other = run(short, ["瞒报", "迟报"], "b");
    expect(await offered(other, "E2")).toEqual(["瞒报", "迟报"]);
    const long = run(other, LONG, "c");
    expect(await offered(long, "E2")).toEqual(LONG);
    const longer = run(long, [...LONG, "瞒报"], "d");
    expect(await offered(longer, "E2")).toEqual([...LONG, "瞒报"]);
    const shortAgain = run(longer, ["瞒报"], "e");
    expect(await offered(shortAgain, "E2")).toEqual(["瞒报"]);
    expect(await rulesOf(shortAgain, "台账")).toBe(3);
  });

  test("a drop-down of ours that somebody changed stays as it was left", async () => {
    const parts = unzipSync(run(await ledger(), ["瞒报", "漏报"], "a"));
    for (const [name, part] of Object.entries(parts))
      if (name.includes("worksheets/")) parts[name] = strToU8(strFromU8(part).replace("瞒报,漏报", "瞒报,漏报,其他"));
    const bytes = zipSync(parts);
    expect(await offered(run(bytes, ["迟报"], "b"), "E2")).toEqual(["瞒报", "漏报", "其他"]);
  });

  test("a choice of a pack that no row uses yet stays in a new ledger's drop-down", async () => {
    const bytes = await newLedger({
      packs: some("furniture-north", "branch-stores"),
      language: "zh",
      rows: [{ id: "A1", pack: "branch-stores", receivedAt: 46083, description: "无人回复" }],
    });
    const after = processed(bytes);
    const at = openFileLedger(after).snapshot.columns.get("misconduct")!.letter;
    expect(await ruleAt(after, `${at}2`, "投诉台账")).toMatchObject({
      formulae: [expect.stringContaining("未经审批发文")],
    });
  });

  test("a new ledger has long lists as well", async () => {
    const bytes = await newLedger({ packs: [changed(packs.get("branch-stores")!, LONG, "")], language: "zh" });
    const at = openFileLedger(bytes).snapshot.columns.get("misconduct")!.letter;
    const [formula] = (await ruleAt(bytes, `${at}2`, "投诉台账"))!.formulae!;
    expect(formula).toContain("OFFSET('取值'!$B$1");
    expect(openFileLedger(bytes).snapshot.sideTables.get("Choices")!.rows).toHaveLength(LONG.length);
  });

  test("through Excel the same: long lists, renewal, a deleted sheet", async () => {
    const ids: ColumnId[] = ["id", "pack", "receivedAt", "description", "misconduct"];
    const model = ledgerModel({ lines: [["A1", "branch-stores", 46083, "无人回复", ""]], ids });
    const opened = open(model);
    const write = async (labels: readonly string[], note: string): Promise<string> => {
      const given = { ...options("2026-03-31T18:00"), packs: misconduct(labels, note) };
      const { write: wanted } = runLedger(await opened.ledger.read(), given);
      if (wanted) await opened.ledger.write(wanted);
      return JSON.stringify(model.sheets[0]!.dataValidations.map(({ settings }) => settings));
    };
    const listed = () => model.sheets.find(({ name }) => name === "取值");
    expect(await write(["瞒报"], "a")).toContain('"source":"瞒报"');
    expect(await write(["瞒报", "迟报"], "b")).toContain('"source":"瞒报,迟报"');
    expect(listed()).toBeUndefined();
    expect(await write(LONG, "c")).toContain("=OFFSET('取值'!$B$1,MATCH(\\\"违规行为\\\",'取值'!$A:$A,0)-1,0");
    expect(listed()).toBeDefined();
    model.sheets.splice(model.sheets.indexOf(listed()!), 1);
    const rule = model.sheets[0]!.dataValidations[0]!.settings["rule"] as { list: { source: string } };
    rule.list.source = rule.list.source.replaceAll("'取值'!", "#REF!");
    expect(await write(LONG, "d")).toContain("=OFFSET('取值'!$B$1");
    expect(model.sheets[0]!.dataValidations).toHaveLength(1);
  });
});

async function rulesOf(bytes: Uint8Array, sheet: string): Promise<number> {
  const book = await new ExcelJS.Workbook().xlsx.load(bytes.slice().buffer);
  const found = book.getWorksheet(sheet)!.model as unknown as { dataValidations?: Record<string, Rule> };
  return new Set(Object.values(found.dataValidations ?? {}).map((rule) => JSON.stringify(rule.formulae))).size;
}
