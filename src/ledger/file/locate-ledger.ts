import { matchHeaders, type HeaderMatch, type HeaderMeaning } from "../../domain/match-key.js";
import type { CellReader } from "../../ooxml/cell-values.js";
import type { Package } from "../../ooxml/package.js";
import { columnLetters, columnNumber, LAST_ROW, parseArea, type Area } from "../../ooxml/references.js";
import { peekFrame, scanTop } from "../../ooxml/sheet-index.js";
import type { TableInfo } from "../../ooxml/tables.js";
import { dataRows, tableNamed } from "../../ooxml/tables.js";
import type { SheetInfo, WorkbookInfo } from "../../ooxml/workbook-part.js";
import {
  chooseLedger,
  findHeaders,
  HEADER_ROWS,
  namesText,
  NEEDED,
  whatIsMissing,
  type BesideTable,
  type Candidate,
} from "../find-headers.js";
import { isTableOfOurs, LEDGER_TABLE } from "../tables-of-ours.js";
import { LedgerError } from "./ledger-error.js";
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
  /** What stands above the headers of a plain range. */
  readonly title?: string;
  /** Other tables beside a plain range, over the same rows. */
  readonly tablesBeside?: readonly BesideTable[];
  /** By which it is asked for: the table's, the sheet's, or sheet and cell where several ledgers stand side by side. */
  readonly name: string;
}

interface Search {
  readonly from: Package;
  readonly workbook: WorkbookInfo;
  readonly tables: readonly TableInfo[];
  readonly reader: CellReader;
  /** The user's choices, by header key. */
  readonly mapping: ReadonlyMap<string, HeaderMeaning>;
  /** The sheet on which the ledger is to be looked for (客诉), or a cell of its headers (客诉!E2); anywhere if undefined. */
  readonly sheet?: string | undefined;
  /** The column of that cell, from 1. */
  readonly column?: number | undefined;
}

/**
 * Finds the ledger: the table Complaints; else the one table, else the one range, that has both needed headers. Throws
 * `LedgerError` no-ledger, several-ledgers or no-sheet.
 */
export function locateLedger(everywhere: Search): LedgerPlace {
  const search = onSheet(everywhere);
  const named = tableNamed(search.tables, LEDGER_TABLE);
  const tables = (named ? [named] : candidateTables(search)).map((table) => tablePlace(table, search));
  const found = single(tables);
  if (found) return found;
  const ranges = named ? [] : rangePlaces(search);
  const range = single(ranges);
  if (!range) throw new LedgerError("no-ledger", whatIsMissing([...tables, ...ranges].map(candidate)));
  return range;
}

/** The search on the sheet that was asked for. Throws `LedgerError` no-sheet. */
function onSheet(search: Search): Search {
  const { sheet: wanted, workbook, tables } = search;
  if (wanted === undefined) return search;
  const named = (text: string): SheetInfo | undefined =>
    workbook.sheets.find(({ name }) => name.trim() === text.trim());
  const [, before = "", cell = ""] = /^(.+)!\$?([A-Za-z]{1,3})\$?\d*$/u.exec(wanted) ?? [];
  const exact = named(wanted);
  const sheet = exact ?? named(before);
  if (!sheet)
    throw new LedgerError("no-sheet", { sheet: wanted, names: namesText(workbook.sheets.map(({ name }) => name)) });
  return {
    ...search,
    workbook: { ...workbook, sheets: [sheet] },
    tables: tables.filter((table) => table.sheet === sheet),
    ...(exact ? {} : { column: columnNumber(cell.toUpperCase()) }),
  };
}

/** Every header row that might be a ledger's, for a person to map its headers by hand. */
export function headerRows(search: Search): LedgerPlace[] {
  return [...candidateTables(search).map((table) => tablePlace(table, search)), ...rangePlaces(search)];
}

/** What every ledger of the workbook is asked for by, in the workbook's order. */
export function ledgerNames(search: Search): string[] {
  const places = ledgerPlaces(search);
  return search.workbook.sheets.flatMap((sheet) => {
    const here = places.filter((place) => place.sheet === sheet);
    return here.length > 1 ? here.map((place) => place.name) : here.map(() => sheet.name);
  });
}

/** Where ledgers stand on visible sheets. */
export function ledgerPlaces(search: Search): LedgerPlace[] {
  return headerRows(search).filter(({ sheet, match }) => !sheet.hidden && NEEDED.every((id) => match.columns.has(id)));
}

function candidateTables({ tables }: Search): TableInfo[] {
  return tables.filter((table) => table.hasHeader && !isTableOfOurs(table, table.columns));
}

function candidate(place: LedgerPlace): Candidate & { readonly place: LedgerPlace } {
  const { sheet, match } = place;
  return { name: place.name, sheet: sheet.name, hidden: sheet.hidden, match, place };
}

function single(places: readonly LedgerPlace[]): LedgerPlace | undefined {
  const choice = chooseLedger(places.map(candidate));
  if (choice.kind === "several") throw new LedgerError("several-ledgers", { names: namesText(choice.names) });
  return choice.kind === "found" ? choice.candidate.place : undefined;
}

function tablePlace(table: TableInfo, search: Search): LedgerPlace {
  const { mapping } = search;
  const { first, last } = dataRows(table);
  const headers = shownHeaders(table, search);
  return {
    sheet: table.sheet,
    table,
    headerRow: table.area.top,
    firstRow: first,
    lastRow: last,
    left: table.area.left,
    right: table.area.right,
    headers,
    match: matchHeaders(headers, mapping),
    name: table.name,
  };
}

/** Headers as they are shown: some programs rename the cells and leave the table's own names as they were. */
function shownHeaders(table: TableInfo, { from, reader }: Search): readonly string[] {
  const { area, sheet, columns } = table;
  if (!table.hasHeader) return columns;
  const shown = [...columns];
  scanTop(from.bytes(sheet.part), sheet.part, area.top, {
    cell(scanner) {
      if (scanner.row !== area.top || scanner.column < area.left || scanner.column > area.right) return;
      const value = reader.value(scanner);
      if (typeof value === "string" && value.trim() !== "") shown[scanner.column - area.left] = value;
    },
  });
  return shown;
}

function rangePlaces(search: Search): LedgerPlace[] {
  const { column } = search;
  const places = search.workbook.sheets.flatMap((sheet) => rangePlacesOn(sheet, search));
  return column === undefined ? places : places.filter(({ left, right }) => left <= column && column <= right);
}

/** The likeliest header row of a sheet outside its tables, and further ledgers beside it. */
function rangePlacesOn(sheet: SheetInfo, search: Search): LedgerPlace[] {
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
  // Merged areas stand at the other end of the part.
  const found = findHeaders({ texts, merges: () => mergesOf(bytes, sheet.part) }, search.mapping);
  if (!found) return [];
  const ledgers = [found, ...found.ledgersBeside];
  return ledgers.map(({ row, left, right, headers, match, title, tablesBeside }) => {
    const below = tables
      .filter(({ area }) => area.top > row && area.left <= right && area.right >= left)
      .map(({ area }) => area.top - 1);
    const lastRow = Math.min(LAST_ROW, ...below);
    const name = ledgers.length === 1 ? sheet.name : `${sheet.name}!${columnLetters(left)}${row}`;
    const place = { headerRow: row, firstRow: row + 1, lastRow, left, right, headers, match, title };
    return { sheet, table: undefined, ...place, tablesBeside, name };
  });
}

/** Merged areas of a sheet. */
export function mergesOf(bytes: Uint8Array, part: string): Area[] {
  const { root } = peekFrame(bytes, part).document;
  return childrenNamed(child(root, "mergeCells"), "mergeCell").flatMap(
    (m) => parseArea(attribute(m, "ref") ?? "") ?? [],
  );
}
