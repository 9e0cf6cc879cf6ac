import type { LedgerBackup } from "./backup.js";
import { MINIMUM } from "./requirements.js";

/** Everything that can stop a ledger in Excel; the sentences for people live in the locale files, keyed by these codes. */
export const HOST_PROBLEM_CODES = [
  /** The host lacks an API set. params: needed */
  "not-supported",
  /** The workbook is a .xls, CSV or the like, which keeps no tables. params: name */
  "old-format",
  /** The workbook can't be saved under its name. params: name */
  "read-only",
  /** A sheet, table or range is gone. params: item, or kind (`MissingKind`) where Excel doesn't say which */
  "item-not-found",
  /** The ledger was renamed away, deleted or turned into something else since it was read. params: item */
  "ledger-gone",
  /** A header that was read has gone. params: header, sheet */
  "header-gone",
  /** Rows kept moving while they were read or written. params: sheet */
  "changed-meanwhile",
  /** Somebody else has posted since the ledger was read. params: table */
  "chain-moved",
  /** The sheet is protected and cells to be written are locked. params: sheet */
  "protected-sheet",
  /** The workbook's structure is protected and a sheet has to be added. params: sheet */
  "protected-workbook",
  /** The host refuses for any other reason of rights (read-only, label, policy). params: detail */
  "access-denied",
  /** Merged cells lie where outputs go. params: sheet, address */
  "merged-cells",
  /** Excel itself ran into merged cells. params: detail */
  "merged-range",
  /** A filter stands in the way of an insertion or deletion. params: detail */
  "filtered",
  /** Something stands in the way of a table that must grow. params: table, sheet, address */
  "table-blocked",
  /** The ledger has no column 投诉编号, and the cells right of it are taken. params: sheet */
  "no-room-for-numbers",
  /** Excel itself found something in the way of cells that must move or grow. params: detail */
  "range-blocked",
  /** A cell is being edited. */
  "cell-edit-mode",
  /** A request or response was too large even after it was split. */
  "payload-too-large",
  /** The host is busy with something else. */
  "busy",
  /** A dialog is open in the host. */
  "dialog-open",
  /** The host or its server could not be reached. */
  "network",
  /** The session has ended; the workbook must be opened anew. */
  "session-ended",
  /** No table or range has both needed headers. params: missing */
  "no-ledger",
  /** More than one table or range has both needed headers. params: names (all of them) */
  "several-ledgers",
  /** Anything else the host says. params: detail */
  "host-error",
] as const;

/** What is gone, where its name isn't known. */
export const MISSING_KINDS = ["sheet", "table", "cells", "other"] as const;
export type MissingKind = (typeof MISSING_KINDS)[number];

export type HostProblemCode = (typeof HOST_PROBLEM_CODES)[number];

/** A ledger in Excel that cannot be read or written. `code` is stable; `params` fill the sentence of that code. */
export class HostProblem extends Error {
  override readonly name = "HostProblem";

  constructor(
    readonly code: HostProblemCode,
    readonly params: Readonly<Record<string, string>> = {},
    /** What had been overwritten by then; undefined if nothing. */
    readonly written?: LedgerBackup,
    /** What a person may choose from. */
    readonly choices: readonly string[] = [],
  ) {
    super(`${code} ${JSON.stringify(params)}`);
  }
}

/** Codes of Office.js (`Excel.ErrorCodes` and those of the client's core) and what they come to. */
const CODES: Readonly<Record<string, HostProblemCode>> = {
  AccessDenied: "access-denied",
  ApiNotFound: "not-supported",
  NotImplemented: "not-supported",
  UnsupportedOperation: "not-supported",
  UnsupportedFeature: "not-supported",
  UnsupportedSheet: "not-supported",
  ItemNotFound: "item-not-found",
  InvalidReference: "item-not-found",
  InvalidBinding: "item-not-found",
  InvalidOperationInCellEditMode: "cell-edit-mode",
  RequestPayloadSizeLimitExceeded: "payload-too-large",
  ResponsePayloadSizeLimitExceeded: "payload-too-large",
  RangeExceedsLimit: "payload-too-large",
  OperationCellsExceedLimit: "payload-too-large",
  MergedRangeConflict: "merged-range",
  FilteredRangeConflict: "filtered",
  InsertDeleteConflict: "filtered",
  NonBlankCellOffSheet: "range-blocked",
  PivotTableRangeConflict: "range-blocked",
  ActivityLimitReached: "busy",
  Conflict: "busy",
  RequestAborted: "busy",
  HostRestartNeeded: "busy",
  ServiceNotAvailable: "busy",
  InactiveWorkbook: "busy",
  WriteNotSupportedWhenModalDialogOpen: "dialog-open",
  ConnectionFailure: "network",
  ConnectionError: "network",
  OfflineError: "network",
  NetworkError: "network",
  InvalidOrTimedOutSession: "session-ended",
  Unauthenticated: "session-ended",
  SessionExpired: "session-ended",
};

/** Codes of Office.js that come to a problem of their own; any other comes to `host-error`. */
export const OFFICE_CODES: readonly string[] = Object.keys(CODES);

interface OfficeError {
  readonly code: string;
  readonly message: string;
  readonly location: string;
}

/** Reads an error of the Office.js client; undefined for any other error. */
export function officeError(error: unknown): OfficeError | undefined {
  if (typeof error !== "object" || error === null || !("code" in error) || typeof error.code !== "string") {
    return undefined;
  }
  const message = "message" in error && typeof error.message === "string" ? error.message : "";
  const debug = "debugInfo" in error ? error.debugInfo : undefined;
  const location =
    typeof debug === "object" && debug !== null && "errorLocation" in debug && typeof debug.errorLocation === "string"
      ? debug.errorLocation
      : "";
  return { code: error.code, message, location };
}

/** An error of the client as a problem of ours; other errors, which are faults of the program, come back as they are. */
export function problemOf(error: unknown): unknown {
  if (error instanceof HostProblem) return error;
  const office = officeError(error);
  if (!office) return error;
  const code = CODES[office.code] ?? "host-error";
  // Where in the object model it happened is told to the console (`message`), never to a clerk.
  const detail = [office.code, office.message].filter((part) => part !== "").join(": ");
  const where = office.location === "" ? {} : { location: office.location };
  if (code === "not-supported") return new HostProblem(code, { needed: `ExcelApi ${MINIMUM}+`, detail, ...where });
  if (code === "item-not-found") return new HostProblem(code, { kind: kindAt(office.location), detail, ...where });
  return new HostProblem(code, { detail, ...where });
}

/** What was looked for, by the place in the object model that Excel names. */
function kindAt(location: string): MissingKind {
  if (location.startsWith("Worksheet")) return "sheet";
  if (location.startsWith("Table")) return "table";
  return location.startsWith("Range") ? "cells" : "other";
}

export function isPayloadProblem(error: unknown): boolean {
  return isRequestTooLarge(error) || officeError(error)?.code === "ResponsePayloadSizeLimitExceeded";
}

/** A request that the host refused unseen: nothing of it was carried out. */
export function isRequestTooLarge(error: unknown): boolean {
  return officeError(error)?.code === "RequestPayloadSizeLimitExceeded";
}
