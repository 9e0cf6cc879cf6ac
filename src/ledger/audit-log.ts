import { sha256Hex } from "../domain/sha256.js";
import { fromSerial, toSerial, type WallTime } from "../domain/wall-time.js";
import type { RawCell } from "../domain/complaint.js";
import type { Language } from "../locales/language.js";
import { say } from "../process/sentences.js";
import { AUDIT_LOG_HEADERS } from "./output-tables.js";
import type { OutputCell, OutputTable, RawTable } from "./port.js";

/** What one run changed, for 处理日志. */
export interface AuditRun {
  readonly at: WallTime;
  readonly programVersion: string;
  /** Who ran it, as the machine knows them; undefined where it doesn't (Excel tells an add-in no user). */
  readonly operator: string | undefined;
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
export function auditEntries(run: AuditRun, language: Language, log: RawTable | undefined): OutputTable {
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
    const check = checkOf(cells.map((cell) => cell as RawCell | undefined));
    rows.push([...cells, check]);
    previous = check;
  };
  const { operator, summary } = run;
  const text = operator === undefined ? summary : `${summary}${say(language, "audit.operator", { operator })}`;
  add(run.changedRows, undefined, text);
  for (const { id, text } of run.details) add(undefined, id, text);
  return { sheet: "处理日志", table: "AuditLog", columns: AUDIT_LOG_HEADERS, rows, mode: "append" };
}

function lastCheckValue(log: RawTable | undefined): string | undefined {
  return lastLogEntry(log)?.check;
}

/** The last entry that has a check value: when it was made, and that value. */
export function lastLogEntry(
  log: RawTable | undefined,
): { readonly at: WallTime | undefined; readonly check: string } | undefined {
  const index = headerAt(log, "校验值");
  const time = headerAt(log, "处理时间");
  for (let i = (log?.rows.length ?? 0) - 1; i >= 0; i--) {
    const { cells } = log!.rows[i]!;
    const check = cells[index];
    const at = cells[time];
    if (typeof check === "string" && check !== "")
      return { at: typeof at === "number" ? fromSerial(at) : undefined, check };
  }
  return undefined;
}

/** The first entry of 处理日志 that is not what its check value says, or does not follow the one before it. */
export function logFlaws(log: RawTable | undefined): { readonly row: number; readonly kind: "changed" | "removed" }[] {
  if (!log) return [];
  const columns = AUDIT_LOG_HEADERS.map(({ header }) => headerAt(log, header));
  const flaws: { row: number; kind: "changed" | "removed" }[] = [];
  let previous: RawCell | undefined;
  for (const [i, { row, cells }] of log.rows.entries()) {
    const own = columns.map((at) => cells[at] ?? undefined);
    const check = own.at(-1);
    if (own.every((cell) => cell === undefined || cell === "")) continue;
    const [time, ...rest] = own.slice(0, -1);
    // Excel keeps 15 digits of a time; the check value was made from the whole second.
    const exact = typeof time === "number" ? toSerial(fromSerial(time)) : time;
    const entry = [exact, ...rest].map((cell) => (cell === "" ? undefined : cell));
    // A run without rows used no pack: its entry was made of an empty text, which a cell does not hold.
    const withoutPacks = entry.map((cell, i) => (i === PACKS_AT && cell === undefined ? "" : cell));
    if (checkOf(entry) !== check && checkOf(withoutPacks) !== check) flaws.push({ row, kind: "changed" });
    // What stands before the end of a log, where only that was read, is not known.
    else if (!(i === 0 && log.isTail === true) && (own.at(-2) ?? "") !== (previous ?? ""))
      flaws.push({ row, kind: "removed" });
    previous = check;
  }
  return flaws;
}

/** The check values of a log's lines. */
export function logChecks(log: RawTable | undefined): string[] {
  if (!log) return [];
  const at = headerAt(log, AUDIT_LOG_HEADERS.at(-1)!.header);
  return log.rows.flatMap(({ cells }) => (typeof cells[at] === "string" ? [cells[at]] : []));
}

const PACKS_AT = AUDIT_LOG_HEADERS.findIndex(({ header }) => header === "规则版本");

function checkOf(cells: readonly (RawCell | undefined)[]): string {
  return sha256Hex(JSON.stringify(cells)).slice(0, DIGITS);
}

function headerAt(log: RawTable | undefined, header: string): number {
  return log?.headers.findIndex((column) => column.header === header) ?? -1;
}
