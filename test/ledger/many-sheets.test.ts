import { describe, expect, test } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { openFileLedger, sheetsWithLedgers } from "../../src/ledger/file/file-ledger.js";
import { openSheetsAsOne } from "../../src/ledger/file/many-sheets.js";
import { runLedger, type LedgerRun } from "../../src/ledger/run-ledger.js";
import { outcomeJson } from "../../src/process/outcome-json.js";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

const packs = loadAllPacks();
const HEAD = ["投诉编号", "受理时间", "投诉内容", "责任人", "违规行为", "结案时间"];
const TEXT = "经销商抱怨不知道促销政策";
const BYTES = makeWorkbook({
  sheets: [
    { name: "1月", xml: sheetData([HEAD, [undefined, "2026-01-05", TEXT, "李四", "未经审批发文", "2026-01-06"]]) },
    { name: "说明", xml: sheetData([["本台账按月记"]]) },
    { name: "2月", xml: sheetData([["2月台账"], HEAD, ["X", "2026-02-05", TEXT, "李四", "未经审批发文", "很快"]]) },
    { name: "3月", xml: sheetData([HEAD, [undefined, "2026-01-05", TEXT, "王五", "未经审批发文", "2026-03-06"]]) },
  ],
});
const SHEETS = ["1月", "2月", "3月"];

function judge(bytes: Uint8Array): LedgerRun & { readonly bytes: Uint8Array } {
  const ledger = openSheetsAsOne(bytes, SHEETS, {});
  const run = runLedger(ledger.snapshot, {
    packs,
    statutes: STATUTES,
    now: parseIso("2026-03-31T18:00")!,
    language: "zh",
    programVersion: "tiaoli test",
    defaultPack: "furniture-north",
  });
  return { ...run, bytes: run.write ? ledger.write(run.write).bytes : bytes };
}

describe("a sheet a month", () => {
  test("all of them are found, and one alone names the others", () => {
    expect(sheetsWithLedgers(BYTES)).toEqual(SHEETS);
    expect(() => openFileLedger(BYTES)).toThrow("several-ledgers");
    expect(openFileLedger(BYTES, { sheet: "2月" }).snapshot.otherSheets).toEqual(["1月", "3月"]);
  });

  test("are judged as one: numbers run through, penalties stand in one table, cells are named with their sheet", () => {
    const first = judge(BYTES);
    expect(first.outcome.rows).toHaveLength(3);
    const [one, , three] = first.outcome.rows;
    expect(one!.id).not.toBe(three!.id);
    expect(new Set(first.outcome.penalties.map(({ subject }) => subject))).toEqual(new Set(["李四", "王五"]));
    expect(first.outcome.messages.map(({ text }) => text).join("\n")).toContain("2月!F3");
    const { rows } = outcomeJson(first.outcome) as { rows: { row: number }[] };
    expect(rows.map(({ row }) => row)).toEqual([2, 3, 2]);
  });

  test("each is written back, and the next run has nothing to write", () => {
    const first = judge(BYTES);
    for (const sheet of SHEETS) {
      const { snapshot } = openFileLedger(first.bytes, { sheet });
      expect(snapshot.rows.every(({ outputs }) => outputs.status !== null && outputs.status !== undefined)).toBe(true);
    }
    const second = judge(first.bytes);
    expect(second.write).toBeUndefined();
  });
});

describe("closed years beside the sheet that is judged", () => {
  const FULL = ["投诉编号", "受理时间", "投诉内容", "客户名称", "联系电话", "结案时间"];
  const PHONE = "13800000001";
  const years = (more: readonly (readonly (string | undefined)[])[] = []): Uint8Array =>
    makeWorkbook({
      sheets: [
        {
          name: "2025年",
          xml: sheetData([
            ["2025年投诉台账"],
            FULL,
            ["260105007", "12月20日", "沙发扶手开裂掉漆", "王女士", PHONE, "2025-12-22"],
            [undefined, "2025-12-21", "床板断裂", "李女士", "13800000002", undefined],
          ]),
        },
        {
          name: "2026年",
          xml: sheetData([FULL, [undefined, "2026-01-05", "沙发扶手开裂掉漆了", "王女士", PHONE, undefined], ...more]),
        },
      ],
    });
  const press = (bytes: Uint8Array, alone = false): LedgerRun => {
    const { snapshot } = openFileLedger(bytes, { sheet: "2026年", alone });
    return runLedger(snapshot, {
      packs,
      statutes: STATUTES,
      now: parseIso("2026-03-31T18:00")!,
      language: "zh",
      programVersion: "tiaoli test",
      defaultPack: "furniture-north",
    });
  };

  test("are not judged, but their numbers are taken and what came in there may come again", () => {
    const { outcome } = press(years());
    expect(outcome.rows).toHaveLength(1);
    expect(outcome.rows[0]!.id).toBe("260105008");
    expect(outcome.rows[0]!.outputs.messages).toContainEqual(expect.stringContaining("可能是投诉260105007的重复投诉"));
    expect(press(years(), true).outcome.rows[0]!.id).toBe("260105001");
  });

  test("one without a number is named by its sheet and row", () => {
    const again = [undefined, "2026-01-06", "床板断裂", "李女士", "13800000002", undefined];
    const { outcome } = press(years([again]));
    expect(outcome.rows[1]!.outputs.messages).toContainEqual(expect.stringContaining("可能是投诉2025年!4的重复投诉"));
  });

  test("a copy of a row is no earlier complaint, and a follow-up may name one of them", () => {
    const copy = ["260120009", "2025-12-21", "床板断裂", "李女士", "13800000002", undefined];
    const texts = press(years([copy])).outcome.rows[1]!.outputs.messages ?? [];
    expect(texts.filter((text) => text.includes("重复投诉"))).toEqual([]);
  });
});
