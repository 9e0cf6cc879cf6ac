import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { toSerial, type WallTime } from "../domain/wall-time.js";
import { AUDIT_LOG_HEADERS } from "./output-tables.js";
import type { OutputCell, OutputTable, RawTable } from "./port.js";

/** What one run changed, for 处理日志. */
export interface AuditRun {
  readonly at: WallTime;
  readonly programVersion: string;
  /** 规则版本 of the packs used. */
  readonly packVersions: readonly string[];
  readonly changedRows: number;
  /** What happened as a whole, e.g. how many rows were filled for the first time. */
  readonly summary: string;
  /** Rows whose earlier outputs changed: before → after. */
  readonly details: readonly { readonly id: string; readonly text: string }[];
}

/** Sixteen hex digits: enough to show that an entry was altered, short enough to be read aloud. */
const DIGITS = 16;

/**
 * The entries of a run, to be appended: one for the run and one for each row whose earlier outputs changed. Each carries
 * the check value of the entry before it, so that a removed or altered entry shows.
 */
export function auditEntries(run: AuditRun, log: RawTable | undefined): OutputTable {
  let previous = lastCheckValue(log);
  const rows: OutputCell[][] = [];
  const add = (changedRows: number | undefined, id: string | undefined, text: string): void => {
    const cells: OutputCell[] = [
      toSerial(run.at),
      run.programVersion,
      run.packVersions.join("；"),
      changedRows,
      id,
      text,
      previous,
    ];
    const check = bytesToHex(sha256(utf8ToBytes(JSON.stringify(cells)))).slice(0, DIGITS);
    rows.push([...cells, check]);
    previous = check;
  };
  add(run.changedRows, undefined, run.summary);
  for (const { id, text } of run.details) add(undefined, id, text);
  return { sheet: "处理日志", table: "AuditLog", columns: AUDIT_LOG_HEADERS, rows, mode: "append" };
}

function lastCheckValue(log: RawTable | undefined): string | undefined {
  const index = log?.headers.findIndex(({ header }) => header === "校验值") ?? -1;
  for (let i = (log?.rows.length ?? 0) - 1; i >= 0; i--) {
    const value = log!.rows[i]!.cells[index];
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}
