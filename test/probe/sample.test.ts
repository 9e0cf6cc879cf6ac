import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { excelRun, openExcelLedger } from "../../src/ledger/excel/excel-ledger.js";
import { recording } from "../../src/probe/recorder.js";
import { probeSample, SAMPLE_STEPS } from "../../src/probe/sample.js";
import { fromSheets } from "../../src/workbench/host/workbook-model.js";
import { closePanes, openPaneHere } from "../taskpane/pane-here.js";
import { officeClient } from "../support/office-client.js";

/** The sample ledger as the probe puts it into a blank workbook: read, processed, reported on and taken back. */

const SAMPLE = readFileSync(join(import.meta.dirname, "..", "..", "templates", "sample-ledger.xlsx"));

afterEach(closePanes);

test("the probe carries the sample ledger through on the worst Excel", async () => {
  const { pane, host } = await openPaneHere(fromSheets([{ name: "工作表1" }]));
  const supports = (version: string): boolean => host.isSetSupported("ExcelApi", version);
  const recorder = recording(excelRun(officeClient(), supports));
  const ledger = openExcelLedger(recorder.run, { supports });
  const parts = { bytes: SAMPLE, run: recorder.run, ledger, pane, recorder, found: () => undefined };
  const findings = await probeSample(parts);
  expect(
    findings.filter(({ verdict }) => verdict !== "holds").map(({ id, seen, error }) => ({ id, seen, error })),
  ).toEqual([]);
  expect(findings).toHaveLength(SAMPLE_STEPS.length);
});
