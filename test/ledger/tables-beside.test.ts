import { describe, expect, test } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { NO_ANSWERS, withAnswer, type Answer } from "../../src/ledger/answers.js";
import { openFileLedger, sheetsWithLedgers } from "../../src/ledger/file/file-ledger.js";
import { openSheetsAsOne } from "../../src/ledger/file/many-sheets.js";
import { runLedger, type LedgerRun } from "../../src/ledger/run-ledger.js";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

const packs = loadAllPacks();
type Line = readonly (string | number | undefined)[];
const OPTIONS = {
  packs,
  statutes: STATUTES,
  now: parseIso("2026-03-31T18:00")!,
  language: "zh",
  programVersion: "tiaoli test",
  defaultPack: "general",
} as const;

const workbook = (lines: readonly Line[]): Uint8Array =>
  makeWorkbook({ sheets: [{ name: "客诉", xml: sheetData(lines) }] });

function press(lines: readonly Line[], given: readonly Answer[] = [], sheet?: string): LedgerRun {
  const answers = given.reduce(withAnswer, NO_ANSWERS);
  const { snapshot } = openFileLedger(workbook(lines), { answers, sheet });
  return runLedger(snapshot, OPTIONS);
}

const said = ({ outcome }: LedgerRun): string => outcome.messages.map(({ text }) => text).join("\n");
const HEAD = ["受理时间", "投诉内容", "结案时间"];
const row = (day: number, text = "面料破损"): Line => [`2026-03-0${day}`, `${text}，第${day}件`, `2026-03-0${day}`];

describe("two ledgers side by side on one sheet", () => {
  const side = (gap: Line): readonly Line[] => [
    ["2026年客诉", undefined, undefined, ...gap],
    [...HEAD, ...gap, ...HEAD],
    [...row(2), ...gap, ...row(3, "态度差")],
    [...row(4), ...gap, ...row(5, "态度差")],
  ];

  test.each([
    ["a blank column", [undefined]],
    ["two blank columns", [undefined, undefined]],
    ["nothing", []],
  ] as const)("with %s between them are both named, and none is taken before somebody says which", (_, gap) => {
    const lines = side(gap);
    const second = `客诉!${"DEF"[gap.length]!}2`;
    expect(() => openFileLedger(workbook(lines))).toThrow("several-ledgers");
    expect(sheetsWithLedgers(workbook(lines))).toEqual(["客诉!A2", second]);
    const one = press(lines, [], "客诉!A2");
    expect(one.outcome.rows).toHaveLength(2);
    expect(said(one)).toContain(second);
    const other = openFileLedger(workbook(lines), { sheet: second }).snapshot;
    expect(other.rows.map(({ cells }) => cells.description)).toEqual(["态度差，第3件", "态度差，第5件"]);
  });

  test("are judged as one ledger, each written back to its own columns or to 处理结果", () => {
    const bytes = workbook(side([undefined]));
    const ledger = openSheetsAsOne(bytes, sheetsWithLedgers(bytes), {});
    const run = runLedger(ledger.snapshot, OPTIONS);
    expect(run.outcome.rows.map(({ outputs }) => outputs.status)).toEqual(Array(4).fill("已结案"));
    const written = ledger.write(run.write!).bytes;
    const again = openSheetsAsOne(written, sheetsWithLedgers(written), {});
    expect(again.snapshot.rows.map(({ cells }) => cells.description)).toEqual(
      ledger.snapshot.rows.map(({ cells }) => cells.description),
    );
  });
});

describe("another table beside the ledger", () => {
  const legend: readonly Line[] = [
    [...HEAD, undefined, "责任人", "部门"],
    [...row(1), undefined, "张三", "质检部"],
    [...row(2), undefined, "李四", "业务部"],
    ...[3, 4, 5, 6, 7].map((day) => row(day)),
  ];

  test("is not swallowed: its columns are none of the ledger's, and somebody is asked", () => {
    const run = press(legend);
    expect(run.check.recognised.map(({ column }) => column)).not.toContain("person");
    expect(run.check.questions).toMatchObject([{ kind: "beside", header: "责任人", column: "person" }]);
    expect(said(run)).toContain("E–F列");
    const apart = press(legend, [{ kind: "not", header: "责任人" }]);
    expect(apart.check.questions).toEqual([]);
    const part = press(legend, [{ kind: "map", header: "责任人", column: "person" }]);
    expect(part.check.questions).toEqual([]);
    expect(part.check.recognised.map(({ column }) => column)).toContain("person");
  });

  test("columns beyond a blank one that run along with the rows are the ledger's", () => {
    const lines: Line[] = [
      ["受理时间", "投诉内容", undefined, "结案时间"],
      ...[1, 2, 3].map((day): Line => [...row(day).slice(0, 2), undefined, `2026-03-0${day}`]),
    ];
    const run = press(lines);
    expect(run.check.questions).toEqual([]);
    expect(run.outcome.rows.map(({ outputs }) => outputs.status)).toEqual(["已结案", "已结案", "已结案"]);
  });

  test("a count by month of columns nobody knows is named and left alone", () => {
    const lines: Line[] = [
      [...HEAD, undefined, "月别", "宗数"],
      [...row(1), undefined, "1月", 12],
      ...[2, 3, 4, 5].map((day) => row(day)),
    ];
    const run = press(lines);
    expect(run.check.questions).toEqual([]);
    expect(said(run)).toContain("月别、宗数");
  });
});
