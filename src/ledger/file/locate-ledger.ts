import { column, type ColumnId } from "../../domain/columns.js";
import { matchHeaders, type HeaderMatch } from "../../domain/match-key.js";
import type { CellReader } from "../../ooxml/cell-values.js";
import type { Package } from "../../ooxml/package.js";
import { LAST_ROW, parseArea, type Area } from "../../ooxml/references.js";
import { peekFrame, scanTop } from "../../ooxml/sheet-index.js";
import type { TableInfo } from "../../ooxml/tables.js";
import { dataRows, tableNamed } from "../../ooxml/tables.js";
import type { SheetInfo, WorkbookInfo } from "../../ooxml/workbook-part.js";
import { WorkbookError } from "../../ooxml/workbook-error.js";
import { attribute, child, childrenNamed } from "../../ooxml/xml/tree.js";

/** Where the ledger stands: an Excel table, or a plain range under a row of headers. */
export interface LedgerPlace {
  readonly sheet: SheetInfo;
  readonly table: TableInfo | undefined;
  readonly headerRow: number;
  readonly firstRow: number;
  /** Last row that may belong to it; of a plain range the sheet's last unless another table stands below. */
  readonly lastRow: number;
  readonly left: number;
  readonly right: number;
  /** Header texts from `left` to `right`, blank ones empty. */
  readonly headers: readonly string[];
  readonly match: HeaderMatch;
}

export const LEDGER_TABLE = "Complaints";
/** Tables that are ours and can't be the ledger. */
const OWN_TABLES = [
  "People",
  "Holidays",
  "Settings",
  "Penalties",
  "Deductions",
  "Notices",
  "NoticeItems",
  "AuditLog",
  "Results",
];
/** Without these two there is nothing to judge. */
const NEEDED: readonly ColumnId[] = ["receivedAt", "description"];
/** How far down the headers of a plain range are looked for. */
const HEADER_ROWS = 30;

interface Search {
  readonly from: Package;
  readonly workbook: WorkbookInfo;
  readonly tables: readonly TableInfo[];
  readonly reader: CellReader;
  /** The user's choices, by header key. */
  readonly mapping: ReadonlyMap<string, ColumnId>;
}

/**
 * Finds the ledger: the table Complaints; else the one table, else the one range, that has both needed headers. Where a
 * visible and a hidden sheet have one, the visible one counts. Throws `WorkbookError` no-ledger or several-ledgers.
 */
export function locateLedger(search: Search): LedgerPlace {
  const named = tableNamed(search.tables, LEDGER_TABLE);
  if (named) {
    const place = tablePlace(named, search);
    if (!isLedger(place)) throw noLedger([place]);
    return place;
  }
  const tables = candidateTables(search).map((table) => tablePlace(table, search));
  const found = single(tables.filter(isLedger));
  if (found) return found;
  const ranges = search.workbook.sheets.flatMap((sheet) => rangePlace(sheet, search) ?? []);
  const range = single(ranges.filter(isLedger));
  if (range) return range;
  throw noLedger([...tables, ...ranges]);
}

/** Every header row that might be a ledger's, for a person to map its headers by hand. */
export function headerRows(search: Search): LedgerPlace[] {
  const tables = candidateTables(search).map((table) => tablePlace(table, search));
  const ranges = search.workbook.sheets.flatMap((sheet) => rangePlace(sheet, search) ?? []);
  return [...tables, ...ranges];
}

function candidateTables({ tables }: Search): TableInfo[] {
  return tables.filter((table) => table.hasHeader && !OWN_TABLES.some((own) => tableNamed([table], own)));
}

function isLedger(place: LedgerPlace): boolean {
  return NEEDED.every((id) => place.match.columns.has(id));
}

function single(places: readonly LedgerPlace[]): LedgerPlace | undefined {
  const visible = places.filter((place) => !place.sheet.hidden);
  const [first, second] = visible.length > 0 ? visible : places;
  if (first && second)
    throw new WorkbookError("several-ledgers", {
      first: first.table?.name ?? first.sheet.name,
      second: second.table?.name ?? second.sheet.name,
    });
  return first;
}

function noLedger(places: readonly LedgerPlace[]): WorkbookError {
  const best = [...places]
    .sort((a, b) => b.match.columns.size - a.match.columns.size)
    .find((p) => NEEDED.some((id) => p.match.columns.has(id)));
  const missing = NEEDED.filter((id) => !best?.match.columns.has(id)).map((id) => column(id).header);
  return new WorkbookError("no-ledger", { missing: missing.join("、"), sheet: best?.sheet.name ?? "" });
}

function tablePlace(table: TableInfo, { mapping }: Search): LedgerPlace {
  const { first, last } = dataRows(table);
  return {
    sheet: table.sheet,
    table,
    headerRow: table.area.top,
    firstRow: first,
    lastRow: last,
    left: table.area.left,
    right: table.area.right,
    headers: table.columns,
    match: matchHeaders(table.columns, mapping),
  };
}

/** The likeliest header row of a sheet outside its tables: the one that names most columns, then the fullest. */
function rangePlace(sheet: SheetInfo, search: Search): LedgerPlace | undefined {
  const bytes = search.from.bytes(sheet.part);
  const tables = search.tables.filter((table) => table.sheet === sheet);
  const inTable = (row: number, col: number): boolean =>
    tables.some(({ area }) => row >= area.top && row <= area.bottom && col >= area.left && col <= area.right);
  const texts: string[][] = [];
  scanTop(bytes, sheet.part, HEADER_ROWS, {
    cell(scanner) {
      if (inTable(scanner.row, scanner.column)) return;
      const value = search.reader.value(scanner);
      if (typeof value === "string" || typeof value === "number")
        (texts[scanner.row] ??= [])[scanner.column] = String(value);
    },
  });
  const any = new Set(texts.flat().filter((text) => text !== undefined));
  if (any.size === 0) return undefined;
  // Merged areas stand at the other end of the part; most sheets need not be read that far.
  const everything = matchHeaders([...any], search.mapping);
  const merges = NEEDED.every((id) => everything.columns.has(id)) ? mergesOf(bytes, sheet.part) : [];

  let best: { row: number; headers: string[]; named: number; filled: number } | undefined;
  for (let row = 1; row <= HEADER_ROWS; row++) {
    if (!texts[row]) continue;
    const headers = headerTexts(texts, row, merges);
    const filled = headers.filter((text) => text !== "").length;
    // It names at most as many columns as it has texts; rows of data need not be compared with all headers.
    if (best && filled <= best.named) continue;
    const named = matchHeaders(headers, search.mapping).columns.size;
    const better = !best || named > best.named || (named === best.named && filled > best.filled);
    if (better) best = { row, headers, named, filled };
  }
  if (!best) return undefined;
  const { left, right } = block(best.headers, matchHeaders(best.headers, search.mapping));
  const headers = best.headers.slice(left - 1, right);
  const below = tables
    .filter(({ area }) => area.top > best.row && area.left <= right && area.right >= left)
    .map(({ area }) => area.top - 1);
  return {
    sheet,
    table: undefined,
    headerRow: best.row,
    firstRow: best.row + 1,
    lastRow: Math.min(LAST_ROW, ...below),
    left,
    right,
    headers,
    match: matchHeaders(headers, search.mapping),
  };
}

function mergesOf(bytes: Uint8Array, part: string): Area[] {
  const { root } = peekFrame(bytes, part).document;
  return childrenNamed(child(root, "mergeCells"), "mergeCell").flatMap(
    (m) => parseArea(attribute(m, "ref") ?? "") ?? [],
  );
}

/** Texts of a row from column 1 on; under a cell merged downwards, its text counts for the rows it covers. */
function headerTexts(texts: readonly (readonly string[])[], row: number, merges: readonly Area[]): string[] {
  const headers: string[] = [];
  const width = texts.reduce((widest, line) => Math.max(widest, line.length), 0);
  for (let col = 1; col < width; col++) {
    const merged = merges.find((m) => m.left === col && m.top < row && m.bottom >= row);
    headers.push(texts[row]?.[col] ?? (merged ? texts[merged.top]?.[col] : undefined) ?? "");
  }
  return headers;
}

/**
 * The run of headers around the two needed ones, or around everything if they are missing. One blank header is stepped
 * over if a recognised column follows, for headers merged across; two blank ones end the ledger.
 */
function block(headers: readonly string[], match: HeaderMatch): { left: number; right: number } {
  const needed = NEEDED.flatMap((id) => match.columns.get(id) ?? []);
  const filled = headers.flatMap((text, i) => (text === "" ? [] : [i]));
  const start = needed.length === NEEDED.length ? needed : filled;
  let left = Math.min(...start);
  let right = Math.max(...start);
  const recognised = new Set(match.columns.values());
  const reaches = (at: number, step: number): boolean =>
    (headers[at + step] ?? "") !== "" || ((headers[at + 2 * step] ?? "") !== "" && recognised.has(at + 2 * step));
  while (reaches(left, -1)) left -= (headers[left - 1] ?? "") !== "" ? 1 : 2;
  while (reaches(right, 1)) right += (headers[right + 1] ?? "") !== "" ? 1 : 2;
  return { left: left + 1, right: right + 1 };
}
