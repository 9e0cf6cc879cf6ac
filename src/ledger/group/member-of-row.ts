import { sheetOfRow } from "../../domain/sheet-rows.js";
import type { GroupMember, LedgerSnapshot } from "../port.js";

/** The workbook of a group on which a row stands; undefined for rows of the ledger's own workbook, which are numbered first. */
export function memberOfRow({ group }: Pick<LedgerSnapshot, "group">, row: number): GroupMember | undefined {
  return group?.members[sheetOfRow(row) - 1];
}
