import { headerKey } from "../../domain/match-key.js";
import { readSettings } from "../../domain/side-tables/settings.js";
import type { LedgerSnapshot, OutputTable, RawTable } from "../port.js";
import { readIf } from "../read-if.js";

/** 集团归属: what says of a workbook that the book it belongs to is another's, and by which name that book knows it. */

export interface Membership {
  /** By which its complaints are known in the group's book, whatever the file is called later; empty if nobody gave one. */
  readonly source: string;
  /** The group's workbook, as seen from this one. */
  readonly workbook: string;
}

const HEADERS = [
  { header: "来源工作簿", kind: "text", width: 20 },
  { header: "集团工作簿", kind: "text", width: 30 },
  { header: "归属说明", kind: "text", width: 90 },
] as const satisfies OutputTable["columns"];

export function membershipTable({ source, workbook }: Membership, note: string): OutputTable {
  return {
    sheet: "集团归属",
    table: "GroupMembership",
    columns: HEADERS,
    rows: [[source, workbook, note]],
    mode: "replace",
  };
}

/** Undefined: the workbook keeps its own book. */
export function membershipOf({ sideTables, group }: LedgerSnapshot): Membership | undefined {
  if (group || sideTables.has("GroupShops")) return undefined;
  const [source = "", workbook = ""] = firstLine(sideTables.get("GroupMembership"), ["来源工作簿", "集团工作簿"]);
  if (workbook !== "") return { source, workbook };
  // Somebody may say so by hand, before the group is judged for the first time.
  const book = readIf(sideTables.get("Settings"), readSettings)?.settings.raw.get(headerKey("账套"));
  return typeof book === "string" && book.trim() !== "" ? { source: "", workbook: book.trim() } : undefined;
}

function firstLine(table: RawTable | undefined, headers: readonly string[]): readonly string[] {
  const [line] = table?.rows ?? [];
  if (!table || !line) return [];
  return headers.map((header) => {
    const cell = line.cells[table.headers.findIndex((found) => headerKey(found.header) === headerKey(header))];
    return typeof cell === "string" ? cell.trim() : typeof cell === "number" ? String(cell) : "";
  });
}
