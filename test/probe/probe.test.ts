import { describe, expect, test } from "vitest";
import { excelRun } from "../../src/ledger/excel/run.js";
import { recording } from "../../src/probe/recorder.js";
import { replay } from "../../src/probe/replay.js";
import { blankSheets, runProbe, SCENARIOS } from "../../src/probe/run-probe.js";
import type { Scenario } from "../../src/probe/scenario.js";
import { parseTrace, TRACE_FORMAT, type Finding, type Trace } from "../../src/probe/trace.js";
import type { HostOptions } from "../../src/workbench/host/host.js";
import { fromSheets, type WorkbookModel } from "../../src/workbench/host/workbook-model.js";
import { connect } from "../support/office-client.js";

/** The probe on our own host: every scenario can be carried through, and a trace says in what another host differs. */

const blank = (): WorkbookModel => fromSheets([{ name: "工作表1" }]);

async function probe(options: HostOptions = {}, scenarios: readonly Scenario[] = SCENARIOS): Promise<Trace> {
  const { host, excel } = connect(blank(), options);
  const answer = host.answer.bind(host);
  host.answer = async (body, flags) => {
    const reply = await answer(body, flags);
    setTimeout(() => {
      host.book.events.flush();
    });
    return reply;
  };
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  const recorder = recording(excelRun(excel, supports));
  const { run } = recorder;
  const findings = await runProbe({ run, supports, recorder, found: () => undefined }, scenarios);
  expect(recorder.listens).toBe(true);
  const excelSays = { platform: "test", version: "0", language: "zh-CN", api: "1.17", recorded: true };
  return {
    format: TRACE_FORMAT,
    at: "2026-03-31T18:00:00",
    program: "test",
    excel: excelSays,
    sheets: ["工作表1"],
    findings,
  };
}

const only = (...ids: string[]): Scenario[] => SCENARIOS.filter(({ id }) => ids.includes(id));
const told = ({ findings }: Trace): Partial<Finding>[] =>
  findings.filter(({ verdict }) => verdict === "fails").map(({ id, seen, error }) => ({ id, seen, error }));

describe("the probe", () => {
  test("is carried through by the worst Excel, and everything that the program counts on holds there", async () => {
    const trace = await probe();
    expect(told(trace)).toEqual([]);
    expect(trace.findings.filter(({ error }) => error !== undefined)).toEqual([]);
    const ids = trace.findings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
    expect(trace.findings.filter(({ verdict }) => verdict === "skipped").map(({ id }) => id)).toEqual(["grouped-undo"]);
    expect(await replay(parseTrace(JSON.stringify(trace)))).toEqual([]);
  });

  test("leaves the workbook as blank as it was, and knows one that isn't", async () => {
    const { host, excel } = connect(blank());
    const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
    const run = excelRun(excel, supports);
    expect(await blankSheets(run)).toEqual(["工作表1"]);
    await runProbe(
      { run, supports, recorder: { take: () => [] }, found: () => undefined },
      only("table-made", "chart"),
    );
    expect(host.model.sheets.map(({ name }) => name)).toEqual(["工作表1"]);
    expect(await blankSheets(run)).toEqual(["工作表1"]);
    host.model.sheets[0]!.rows.push({ values: ["x"] });
    expect(await blankSheets(run)).toBeUndefined();
  });

  test("says what fails, and goes on with the next", async () => {
    const broken: Scenario = {
      id: "broken",
      zh: "坏的",
      en: "broken",
      run: async ({ context }) => {
        context.workbook.worksheets.getItem("nowhere").load("name");
        await context.sync();
        return null;
      },
      holds: () => true,
    };
    const trace = await probe({}, [broken, ...only("blank-sheet")]);
    expect(trace.findings.map(({ verdict }) => verdict)).toEqual(["fails", "holds"]);
    expect(trace.findings[0]!.error).toMatch(/^ItemNotFound: /);
  });
});

describe("a trace that is replayed", () => {
  test.each([
    ["table-grows-right", { hardness: { tablesGrow: false } }, /ColumnCount/],
    ["read-month", { hardness: { readsEnglish: false } }, /Values/],
    ["three-blank-rows", { hardness: { blankRowsAreLost: false } }, /RowCount/],
    ["special-cells-protected", { hardness: { protectionHidesSpecialCells: false } }, /how it ends/],
    ["across-hidden-rows", { hardness: { hiddenRowsSpill: false } }, /Values/],
    ["long-address", { hardness: { longAddressesAreCut: false } }, /Address/],
  ] as const)("names in what an Excel is kinder: %s", async (id, options, asked) => {
    const differences = await replay(await probe(options, only(id, "blank-sheet")));
    expect(differences.length).toBeGreaterThan(0);
    expect(new Set(differences.map(({ scenario }) => scenario))).toEqual(new Set([id]));
    expect(differences.some((one) => asked.test(one.asked))).toBe(true);
    expect(await replay(await probe(options, only(id)), options)).toEqual([]);
  });

  test("follows the names that Excel gives: sheets, tables, ranges", async () => {
    const trace = await probe({}, only("table-made", "change-events"));
    const foreign = JSON.stringify(trace)
      .replaceAll(/\{0000(\d{4})-0001/g, "{FFFF$1-0001")
      .replaceAll(/\bref(\d+)/g, "02F!$1");
    expect(await replay(parseTrace(foreign))).toEqual([]);
  });

  test("is refused where it is none", () => {
    expect(() => parseTrace("{")).toThrow("no JSON");
    expect(() => parseTrace("{}")).toThrow("no trace");
  });
});
