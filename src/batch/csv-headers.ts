import type { HeaderMeaning } from "../domain/match-key.js";
import { findHeaders, HEADER_ROWS, type FoundHeaders } from "../ledger/find-headers.js";
import { topOf } from "./encoding.js";

/**
 * Where the headers of a CSV table stand. People who save a sheet as CSV save its title, its notes and its blank lines with
 * it; the database takes the first line for the headers. They are looked for here as in a sheet.
 */
export interface CsvHeaders {
  readonly delimiter: string;
  /** The row of the headers as a spreadsheet program counts it, from 1. */
  readonly row: number;
  /** Lines of the file above it: a quoted text may hold several. */
  readonly linesAbove: number;
}

const DELIMITERS = [",", "\t", ";", "|"] as const;
/** Enough for the first records of any table; a longer one is read as far as this. */
const TOP_BYTES = 1 << 18;
/** One word alone may stand in a title too. */
const FEWEST_NAMED = 2;

/** Undefined where nothing in the first records of a file in UTF-8 looks like headers. */
export async function csvHeaders(
  path: string,
  mapping: ReadonlyMap<string, HeaderMeaning>,
): Promise<CsvHeaders | undefined> {
  const text = await topOf(path, TOP_BYTES);
  let best: { headers: CsvHeaders; found: FoundHeaders } | undefined;
  for (const delimiter of DELIMITERS) {
    const records = firstRecords(text, delimiter);
    const texts = [undefined, ...records.map(({ cells }) => [undefined, ...cells.map(shown)])];
    const found = findHeaders({ texts, merges: () => [] }, mapping);
    if (!found || found.match.columns.size < FEWEST_NAMED) continue;
    if (best && found.match.columns.size <= best.found.match.columns.size) continue;
    best = { found, headers: { delimiter, row: found.row, linesAbove: records[found.row - 1]!.line } };
  }
  return best?.headers;
}

function shown(cell: string): string | undefined {
  return cell.trim() === "" ? undefined : cell;
}

interface CsvRecord {
  readonly cells: readonly string[];
  /** The line on which it begins, from 0. */
  readonly line: number;
}

/** A field with what ends it: a delimiter, the end of a line, or the end of the text. */
const QUOTED = /"((?:[^"]|"")*)"/y;

/** The records among which headers are looked for; a blank line is one, as it is a row in a spreadsheet program. */
function firstRecords(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let [at, line] = [0, 0];
  while (at < text.length && records.length < HEADER_ROWS) {
    const first = line;
    const cells: string[] = [];
    for (let ended = false; !ended;) {
      const field = fieldAt(text, at, delimiter);
      cells.push(field.text);
      line += field.lines;
      at = field.next;
      ended = field.endsRecord;
    }
    records.push({ cells, line: first });
  }
  return records;
}

interface Field {
  readonly text: string;
  /** Ends of lines in it, its own included. */
  readonly lines: number;
  readonly next: number;
  readonly endsRecord: boolean;
}

function fieldAt(text: string, from: number, delimiter: string): Field {
  QUOTED.lastIndex = from;
  const quoted = QUOTED.exec(text)?.[1];
  const start = quoted === undefined ? from : QUOTED.lastIndex;
  let end = start;
  while (end < text.length && !text.startsWith(delimiter, end) && text[end] !== "\n" && text[end] !== "\r") end++;
  const own = quoted === undefined ? text.slice(from, end) : quoted.replaceAll('""', '"');
  const inner = own.split(/\r\n|\r|\n/).length - 1;
  if (text.startsWith(delimiter, end))
    return { text: own, lines: inner, next: end + delimiter.length, endsRecord: false };
  const ending = text.startsWith("\r\n", end) ? 2 : 1;
  return { text: own, lines: inner + 1, next: end + ending, endsRecord: true };
}
