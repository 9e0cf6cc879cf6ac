import { ownRow, rowOfSheet, sheetOfRow } from "../../domain/sheet-rows.js";
import type { GroupMember, LedgerSnapshot } from "../port.js";

/**
 * Rows of a group are numbered through all sheets of all its workbooks: those of its own workbook first, then those of each
 * member in turn, one sheet or several.
 */

/** A workbook of the group; 0 is its own. */
type Owner = number;

/** Whose each sheet is, by `sheetOfRow`. */
export function sheetOwners(workbooks: readonly Pick<LedgerSnapshot, "sheets">[]): readonly Owner[] {
  return workbooks.flatMap(({ sheets }, owner) => (sheets ?? [undefined]).map(() => owner));
}

/** A row under the number it has within its own workbook. */
export function rowWithin(owners: readonly Owner[], row: number): number {
  return row - firstRow(owners, ownerOf(owners, row));
}

/** What rows of a workbook are numbered from, beyond their own numbers. */
export function firstRow(owners: readonly Owner[], owner: Owner): number {
  return rowOfSheet(owners.indexOf(owner), 0);
}

export function ownerOf(owners: readonly Owner[], row: number): Owner {
  return owners[sheetOfRow(row)] ?? 0;
}

/** Whose each sheet of a group is, by `sheetOfRow`; the sheet's name where the workbook has several. */
export function groupSheets({ group }: Pick<LedgerSnapshot, "group">): readonly {
  readonly source: string | undefined;
  readonly sheet: string | undefined;
}[] {
  const { members = [], sheetOwners: owners = [] } = group ?? {};
  return owners.map((owner, at) => {
    const member = members[owner - 1];
    return { source: member?.source, sheet: member?.snapshot.sheets?.[at - owners.indexOf(owner)]?.sheet };
  });
}

/** The workbook of a group on which a row stands; undefined for rows of the ledger's own workbook. */
export function memberOfRow({ group }: Pick<LedgerSnapshot, "group">, row: number): GroupMember | undefined {
  return group?.members[ownerOf(group.sheetOwners ?? [], row) - 1];
}

/** A member's row as people name it within its workbook: its number, with its sheet where there are several. */
export function rowInMember(snapshot: Pick<LedgerSnapshot, "group">, row: number): string {
  const { sheet } = groupSheets(snapshot)[sheetOfRow(row)] ?? {};
  return sheet === undefined ? String(ownRow(row)) : `${sheet}!${ownRow(row)}`;
}
