import { INPUT_COLUMNS, type ColumnId } from "../../src/domain/columns.js";
import type { CalendarOverride, Person, RawRow } from "../../src/domain/complaint.js";
import { parseIso } from "../../src/domain/wall-time.js";
import type { ProcessInput } from "../../src/process/input.js";
import { run, type Run } from "../../src/process/process.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

const PACKS = loadAllPacks();
const COLUMNS: ReadonlyMap<ColumnId, { header: string; letter: string }> = new Map(
  INPUT_COLUMNS.slice(0, 26).map((c, i) => [c.id, { header: c.header, letter: String.fromCharCode(65 + i) }]),
);

export interface LedgerParts {
  readonly people?: readonly Person[];
  readonly holidays?: readonly CalendarOverride[];
  readonly settings?: ProcessInput["settings"];
  readonly now?: string;
  readonly language?: ProcessInput["language"];
}

/** Rows, in sheet rows 2, 3, …, as an input; those without 受理时间 or 投诉内容 of their own get harmless ones. */
export function inputOf(rows: readonly RawRow["cells"][], parts: LedgerParts = {}): ProcessInput {
  return {
    rows: rows.map((cells, i) => ({
      row: i + 2,
      cells: { receivedAt: "2026-03-02T09:00", description: "柜门开裂", ...cells },
    })),
    people: parts.people ?? [],
    holidays: parts.holidays ?? [],
    settings: parts.settings ?? {},
    packs: PACKS,
    statutes: STATUTES,
    now: parseIso(parts.now ?? "2026-03-31T18:00")!,
    language: parts.language ?? "zh",
    place: { sheet: "投诉台账", columns: COLUMNS },
  };
}

/** Judges rows by the real packs; see `inputOf`. */
export function judge(rows: readonly RawRow["cells"][], parts: LedgerParts = {}): Run {
  return run(inputOf(rows, parts));
}

/** The outputs of the n-th row. */
export function outputs(result: Run, n = 0): Run["outcome"]["rows"][number]["outputs"] {
  return result.outcome.rows[n]!.outputs;
}
