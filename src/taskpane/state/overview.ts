import type { ColumnId } from "../../domain/columns.js";
import { ownRow, rowOfSheet, sheetOfRow } from "../../domain/sheet-rows.js";
import type { LedgerColumn } from "../../ledger/port.js";

/** A sheet of the ledger and where its columns stand. */
export interface OverviewSheet {
  readonly name: string;
  /** Sheet row, from 1. */
  readonly headerRow: number;
  readonly columns: readonly (readonly [ColumnId, LedgerColumn])[];
}

/** What a run is going to read, told before it is started. */
export interface Overview {
  readonly sheet: string;
  readonly table: string | undefined;
  /** The sheets that are judged as one ledger, in their order; one where there is but one. */
  readonly sheets: readonly OverviewSheet[];
  /** Other ledgers of the workbook, not read: they can be chosen instead. */
  readonly otherSheets: readonly string[];
  /** Sheet row, from 1. */
  readonly headerRow: number;
  readonly rows: number;
  /** It is a group's workbook: its shops' rows are in workbooks of their own. */
  readonly isGroup: boolean;
  /** It belongs to a group, whose workbook keeps the book. */
  readonly isShop: boolean;
  /** Headers that were recognised, by column id. */
  readonly columns: readonly (readonly [ColumnId, LedgerColumn])[];
  readonly unrecognised: readonly LedgerColumn[];
  /** What the ledger calls its packs; undefined: rows that name none. */
  readonly packNames: readonly (string | undefined)[];
  readonly defaultPack: string | undefined;
  /** What 设置 says, as texts; an item without a value is left out. */
  readonly settings: Readonly<Partial<Record<SettingItem, string>>>;
  /** Persons known, and how many of them lack what deductions rest on; undefined without 人员. */
  readonly people:
    | {
        readonly sheet: string;
        readonly known: number;
        readonly withoutWage: number;
        /** What stands in the table, by name and header. */
        readonly lines: Readonly<Record<string, PersonLine>>;
      }
    | undefined;
  readonly holidays:
    | {
        readonly sheet: string;
        readonly days: readonly { readonly date: string; readonly kind: string; readonly name: string }[];
      }
    | undefined;
}

/** What the pane edits of a person beside the name, by the headers of 人员. */
export const PERSON_FIELDS = ["部门", "班组", "岗位", "上级", "基点数", "月绩效奖金", "月工资"] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];
export type PersonLine = Readonly<Record<PersonField, string>>;

/** The items of 设置 that the pane offers, by the names that stand in the table. */
export const SETTING_ITEMS = [
  "默认制度",
  "单位名称",
  "下班时间",
  "上班时间",
  "当地最低工资",
  "扣款地区",
  "提醒比例",
  "重复投诉天数",
  "锁定至月份",
] as const;
export type SettingItem = (typeof SETTING_ITEMS)[number];

/** A cell of a row, wherever the row's sheet is. Rows are numbered through all sheets of the ledger. */
export interface RowPlace {
  readonly sheet: OverviewSheet;
  /** On its own sheet, from 1. */
  readonly row: number;
}

export function placeOfRow({ sheets }: Pick<Overview, "sheets">, row: number): RowPlace | undefined {
  const sheet = sheets[sheetOfRow(row)];
  return sheet && { sheet, row: ownRow(row) };
}

/** The ledger's number of a row on a sheet; undefined if the sheet is none of the ledger's. */
export function rowAt({ sheets }: Pick<Overview, "sheets">, sheet: string, row: number): number | undefined {
  const index = sheets.findIndex(({ name }) => name === sheet);
  return index < 0 ? undefined : rowOfSheet(index, row);
}
