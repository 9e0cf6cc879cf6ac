import type { RawCell } from "../domain/complaint.js";
import { peopleFields } from "../domain/side-tables/people.js";
import { columnLetters } from "../ooxml/references.js";
import type { Answers } from "./answers.js";
import type { RawTable, SideTableName } from "./port.js";
import { OUTPUT_TABLES, RESULTS_SHEET, SIDE_SHEETS } from "./tables-of-ours.js";

/** 人员 under other names: 通讯录, 花名册, 员工名单. Proposed by its headers, and taken only once somebody says so. */

/** How far down the headers of such a list are looked for, and how long one may be. */
const HEADER_WITHIN = 10;
export const PEOPLE_ROWS = 5000;
export const PEOPLE_COLUMNS = 60;
/** Lists of people who are none of ours. */
const OTHERS = /客户|顾客|业主|住户|供应商|经销商|会员|车主|联系人|customer|client|supplier|vendor|contact/iu;

/** What stands on a sheet. */
export interface SheetGrid {
  readonly sheet: string;
  /** Sheet row and column of the first cell, from 1. */
  readonly row: number;
  readonly left: number;
  readonly cells: readonly (readonly (RawCell | undefined)[] | undefined)[];
}

/** A sheet as a list of people; undefined if its headers don't look like one. */
export function peopleTable({ sheet, row, left, cells }: SheetGrid): RawTable | undefined {
  if (OTHERS.test(sheet)) return undefined;
  let best: { at: number; fields: number } | undefined;
  for (let at = 0; at < Math.min(cells.length, HEADER_WITHIN); at++) {
    const fields = peopleFields(Array.from(cells[at] ?? [], (cell) => textOf(cell)));
    // A name alone is no list of people: what else a company notes of its own tells one.
    if (fields.has("name") && fields.size > 1 && fields.size > (best?.fields ?? 0)) best = { at, fields: fields.size };
  }
  if (!best) return undefined;
  const headers = Array.from(cells[best.at] ?? [], (cell) => textOf(cell));
  const kept = headers.flatMap((text, i) => (text === "" ? [] : [i]));
  const rows = cells.slice(best.at + 1).flatMap((line, i) => {
    const values = kept.map((at) => line?.[at] ?? null);
    return values.some((value) => value !== null && value !== "")
      ? [{ row: row + best.at + 1 + i, cells: values }]
      : [];
  });
  if (rows.length === 0) return undefined;
  return { sheet, headers: kept.map((i) => ({ header: headers[i]!, letter: columnLetters(left + i) })), rows };
}

function textOf(cell: RawCell | undefined): string {
  return cell === null || cell === undefined || typeof cell === "object" ? "" : String(cell).trim();
}

/** Whether 人员 names nobody, so that people may stand elsewhere. */
export function lacksPeople(sideTables: ReadonlyMap<SideTableName, RawTable>): boolean {
  return (sideTables.get("People")?.rows.length ?? 0) === 0;
}

/** Whether a sheet may hold people: it is neither the ledger's nor one of ours. */
export function mayHoldPeople(sheet: string, ledger: string): boolean {
  const ours = [
    ...OUTPUT_TABLES.flatMap((name) => (name in SIDE_SHEETS ? [SIDE_SHEETS[name as SideTableName]] : [])),
    RESULTS_SHEET,
  ];
  return sheet !== ledger && ![...ours, SIDE_SHEETS.Holidays, SIDE_SHEETS.Settings].includes(sheet.trim());
}

/** 人员 as somebody said, or the sheets that may be it. */
export function withPeople(
  sideTables: ReadonlyMap<SideTableName, RawTable>,
  found: readonly RawTable[],
  { people }: Pick<Answers, "people">,
): { readonly sideTables: ReadonlyMap<SideTableName, RawTable>; readonly peopleSheets: readonly RawTable[] } {
  if (people === undefined) return { sideTables, peopleSheets: found };
  const chosen = found.find(({ sheet }) => sheet.trim() === people.trim());
  return { sideTables: chosen ? new Map([...sideTables, ["People", chosen]]) : sideTables, peopleSheets: [] };
}
