import type { Seen } from "./scenario.js";

/** What a probe saves: every request with its answer, and what was seen. Nothing of a user's own workbook. */

export const TRACE_FORMAT = "tiaoli-probe-1";

/** A request to Excel and what came back. */
export interface RecordedRequest {
  /** The request's JSON, as the client sends it, and the flags beside it. */
  readonly body: string;
  readonly flags: number;
  /** The answer's JSON; undefined where the whole request was refused. */
  readonly answer: string | undefined;
  /** Why it was refused, as far as Excel says. */
  readonly refused: string | undefined;
  readonly milliseconds: number;
}

/** `noted`: the program gets along with either. `skipped`: this Excel lacks what is asked about. */
export type Verdict = "holds" | "fails" | "noted" | "skipped";

export interface Finding {
  readonly id: string;
  readonly verdict: Verdict;
  readonly seen: Seen;
  /** Why it could not be carried through. */
  readonly error: string | undefined;
  readonly requests: readonly RecordedRequest[];
}

export interface Trace {
  readonly format: typeof TRACE_FORMAT;
  readonly at: string;
  readonly program: string;
  readonly excel: {
    readonly platform: string;
    readonly version: string;
    readonly language: string;
    /** The newest ExcelApi that it says it has. */
    readonly api: string;
    /** Whether requests could be recorded. */
    readonly recorded: boolean;
  };
  /** Names of the sheets of the blank workbook that it began with. */
  readonly sheets: readonly string[];
  readonly findings: readonly Finding[];
}

/** Reads a saved trace. Throws an Error with a sentence if it is none. */
export function parseTrace(text: string): Trace {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error("the file is no JSON");
  }
  const isTrace =
    typeof parsed === "object" &&
    parsed !== null &&
    "format" in parsed &&
    parsed.format === TRACE_FORMAT &&
    "findings" in parsed &&
    Array.isArray(parsed.findings) &&
    "sheets" in parsed &&
    Array.isArray(parsed.sheets);
  if (!isTrace) throw new Error(`the file is no trace of the probe (${TRACE_FORMAT})`);
  return parsed as Trace;
}
