import type { ExcelRun } from "../ledger/excel/run.js";
import type { Recorder } from "./recorder.js";
import type { Scenario } from "./scenario.js";
import { AREAS } from "./scenarios/areas.js";
import { ENTERING } from "./scenarios/entering.js";
import { HOST } from "./scenarios/host.js";
import { TABLES } from "./scenarios/tables.js";
import type { Finding, Verdict } from "./trace.js";

/** Goes through the scenarios on whatever Excel there is, each on a sheet of its own that is taken away again. */

export const SCENARIOS: readonly Scenario[] = [...ENTERING, ...TABLES, ...AREAS, ...HOST];

export interface ProbeOptions {
  readonly run: ExcelRun;
  readonly supports: (version: string) => boolean;
  readonly recorder: Pick<Recorder, "take">;
  /** Hears of each finding as it comes. */
  readonly found: (finding: Finding, scenario: Scenario) => void;
}

/** The sheets of the open workbook if it is a blank one; undefined if it isn't: the probe touches no other. */
export function blankSheets(run: ExcelRun): Promise<readonly string[] | undefined> {
  return run(async (context) => {
    const sheets = context.workbook.worksheets.load("items/name");
    await context.sync();
    const used = sheets.items.map((sheet) => sheet.getUsedRangeOrNullObject(true).load("rowIndex"));
    await context.sync();
    return used.every((range) => range.isNullObject) ? sheets.items.map(({ name }) => name) : undefined;
  });
}

export async function runProbe(options: ProbeOptions, scenarios = SCENARIOS): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [index, scenario] of scenarios.entries()) {
    options.recorder.take();
    const finding = await findingOf(scenario, index + 1, options);
    findings.push(finding);
    options.found(finding, scenario);
  }
  return findings;
}

async function findingOf(scenario: Scenario, number: number, options: ProbeOptions): Promise<Finding> {
  const { run, supports, recorder } = options;
  if (scenario.needs !== undefined && !supports(scenario.needs)) {
    return { id: scenario.id, verdict: "skipped", seen: null, error: undefined, requests: [] };
  }
  const sheetName = `tiaoli-probe-${number}`;
  const outcome = await seenBy(scenario, { run, sheetName, tableName: `TiaoliProbe${number}` });
  await takeAway(run, sheetName);
  return { id: scenario.id, ...outcome, requests: recorder.take() };
}

async function seenBy(
  scenario: Scenario,
  { run, sheetName, tableName }: Pick<ProbeOptions, "run"> & { readonly sheetName: string; readonly tableName: string },
): Promise<Pick<Finding, "verdict" | "seen" | "error">> {
  try {
    const seen = await run(async (context) => {
      const sheet = context.workbook.worksheets.add(sheetName);
      await context.sync();
      return scenario.run({ context, sheet, sheetName, tableName });
    });
    return { verdict: verdictOf(scenario, seen), seen, error: undefined };
  } catch (error) {
    return { verdict: scenario.holds ? "fails" : "noted", seen: null, error: errorText(error) };
  }
}

function verdictOf({ holds }: Scenario, seen: Finding["seen"]): Verdict {
  if (!holds) return "noted";
  return holds(seen) ? "holds" : "fails";
}

function errorText(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? `${String(error.code)}: ` : "";
  return `${code}${error instanceof Error ? error.message : String(error)}`;
}

async function takeAway(run: ExcelRun, sheetName: string): Promise<void> {
  try {
    await run(async (context) => {
      const sheet = context.workbook.worksheets.getItemOrNullObject(sheetName).load("name");
      await context.sync();
      if (!sheet.isNullObject) sheet.delete();
      await context.sync();
    });
  } catch {
    // A sheet that stays behind harms nobody: the workbook is a blank one, and not to be saved.
  }
}
