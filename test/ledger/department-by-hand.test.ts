import { describe, expect, test } from "vitest";
import { parseIso } from "../../src/domain/wall-time.js";
import { NO_ANSWERS, withAnswer, type Answer } from "../../src/ledger/answers.js";
import { answersTo } from "../../src/ledger/questions.js";
import { runLedger, type LedgerRun } from "../../src/ledger/run-ledger.js";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { excelHome, fileHome, type Home } from "./homes.js";

const packs = loadAllPacks();
type Line = readonly (string | number | undefined)[];
const HEAD = ["投诉编号", "受理时间", "投诉内容", "原因分析", "损失金额", "核决时间", "结案时间", "责任部门"];
const COMPLAINT = "板材尺寸超差，开裂，质量不合格";
const line = (id: string, department: string | undefined): Line => [
  ...[id, "2026-03-02 09:00", `${COMPLAINT}，单号${id}`, COMPLAINT, 600],
  ...["2026-03-04 09:00", "2026-03-05 09:00", department],
];
const PEOPLE: readonly Line[] = [
  ["姓名", "部门", "基点数", "月绩效奖金", "月工资"],
  ["鲁大川", "制造部", 1, 5000, 9000],
  ["万小溪", "物流部", 1, 5000, 9000],
];

const book = (lines: readonly Line[], head: Line = HEAD): Uint8Array =>
  makeWorkbook({
    sheets: [
      { name: "台账", xml: sheetData([head, ...lines]) },
      { name: "人员", xml: sheetData(PEOPLE) },
    ],
  });

/** Judges what stands there, by these answers, and writes it. */
async function processed(home: Home, given: readonly Answer[] = []): Promise<LedgerRun> {
  const snapshot = await home.read();
  const run = runLedger(
    { ...snapshot, answers: given.reduce(withAnswer, NO_ANSWERS) },
    {
      ...{ packs, statutes: STATUTES, language: "zh", programVersion: "t", defaultPack: "claims-time-limits" },
      now: parseIso("2026-03-31T18:00")!,
    },
  );
  if (run.write) await home.write(run.write);
  return run;
}

const settled = ({ outcome }: LedgerRun): string[] =>
  outcome.penalties.filter(({ state }) => state === "确定").map(({ complaintId }) => complaintId);
const asked = ({ check }: LedgerRun): string[] => check.questions.map(({ kind }) => kind);

describe.each([
  ["a file", fileHome],
  ["Excel", excelHome],
] as const)("责任部门 filled in by hand, in %s", (_, home) => {
  test("is asked about, and only its rows are charged nothing, in every run until it is answered", async () => {
    const ledger = home(book([line("A1", "物流部"), line("A2", undefined)]));
    for (let i = 0; i < 3; i += 1) {
      const run = await processed(ledger);
      expect(asked(run)).toContain("department");
      expect(settled(run)).toEqual(["A2"]);
      expect(run.outcome.rows[0]!.outputs.status, "the status does not rest on it").toBe("已结案");
      expect(run.outcome.messages.some(({ text }) => text.includes("“物流部”，请说明"))).toBe(true);
    }
  });

  test("that nobody can be charged by is not asked about where the cells say nothing", async () => {
    const run = await processed(home(book([line("A1", "/"), line("A2", "待定")])));
    expect(asked(run)).not.toContain("department");
    expect(settled(run)).toEqual(["A1", "A2"]);
  });

  test("said not to be 改判责任部门: the rules' own department pays", async () => {
    const run = await processed(home(book([line("A1", "物流部")])), [{ kind: "absent", column: "departmentOverride" }]);
    expect(asked(run)).not.toContain("department");
    expect(run.outcome.penalties.map(({ subject }) => subject)).toEqual(["鲁大川"]);
  });
});

test("each answer to the question is one press, and 改判责任部门 beside it is kept", async () => {
  const head = [...HEAD, "改判责任部门"];
  const run = await processed(
    fileHome(
      book(
        [
          [...line("A1", "物流部"), ""],
          [...line("A2", "物流部"), "制造部"],
        ],
        head,
      ),
    ),
  );
  const question = run.check.questions.find(({ kind }) => kind === "department")!;
  expect(settled(run), "A2 is decided").toEqual(["A2"]);
  expect(answersTo(question)).toEqual([
    {
      kind: "confirm",
      columns: [
        { header: "责任部门", column: "departmentOverride" },
        { header: "改判责任部门", column: "departmentOverride" },
      ],
    },
    { kind: "absent", column: "departmentOverride" },
  ]);
});

test("a column of units under another name is asked about as well, and all rows wait", async () => {
  const head = [...HEAD.slice(0, -1), "责任归属单位"];
  const run = await processed(fileHome(book([line("A1", "物流部"), line("A2", undefined)], head)));
  expect(asked(run)).toContain("department");
  expect(settled(run)).toEqual([]);
});
