import type { InputId } from "../../../src/domain/columns.js";
import { INPUT_COLUMNS } from "../../../src/domain/columns.js";
import type { RawCell } from "../../../src/domain/complaint.js";
import { parseIso } from "../../../src/domain/wall-time.js";
import { joinGroup } from "../../../src/ledger/group/read-group.js";
import type { GroupSnapshot, LedgerSnapshot, RawTable, SideTableName } from "../../../src/ledger/port.js";
import { runLedger, type LedgerRun, type RunOptions } from "../../../src/ledger/run-ledger.js";
import { columnLetters } from "../../../src/ooxml/references.js";
import { loadAllPacks, STATUTES } from "../../packs-folder.js";

/** Workbooks of a group as snapshots, without files. */

export type Cells = Readonly<Partial<Record<InputId, RawCell>>>;

export const PACKS = loadAllPacks();
export const OPTIONS: RunOptions = {
  packs: PACKS,
  statutes: STATUTES,
  now: parseIso("2026-03-31T18:00")!,
  language: "zh",
  programVersion: "test",
};

export interface Workbook {
  readonly rows: readonly Cells[];
  /** Headers by column; a column's own where none is given. */
  readonly headers?: Readonly<Partial<Record<InputId, string>>>;
  readonly people?: readonly (readonly RawCell[])[];
  readonly settings?: readonly (readonly [string, RawCell])[];
  readonly tables?: ReadonlyMap<SideTableName, RawTable>;
}

const PEOPLE = ["工号", "姓名", "部门", "班组", "岗位", "上级", "基点数", "月绩效奖金", "月工资"];

function table(sheet: string, headers: readonly string[], rows: readonly (readonly RawCell[])[]): RawTable {
  return {
    sheet,
    headers: headers.map((header, i) => ({ header, letter: columnLetters(i + 1) })),
    rows: rows.map((cells, i) => ({ row: i + 2, cells })),
  };
}

export function snapshot({ rows, headers = {}, people, settings, tables = new Map() }: Workbook): LedgerSnapshot {
  const used = INPUT_COLUMNS.filter(({ id }) => rows.some((row) => row[id] !== undefined));
  const sideTables = new Map<SideTableName, RawTable>(tables);
  if (people) sideTables.set("People", table("人员", PEOPLE, people));
  if (settings) sideTables.set("Settings", table("设置", ["项目", "值"], settings));
  return {
    sheet: "投诉台账",
    table: "Complaints",
    headerRow: 1,
    columns: new Map(
      used.map(({ id, header }, i) => [id, { header: headers[id] ?? header, letter: columnLetters(i + 1) }]),
    ),
    unrecognised: [],
    rows: rows.map((cells, i) => ({ row: i + 2, cells, outputs: {} })),
    foreign: [],
    sideTables,
  };
}

export function group(
  own: Workbook,
  shops: Readonly<Record<string, Workbook>>,
  more: Partial<GroupSnapshot> = {},
): LedgerSnapshot {
  return joinGroup(snapshot(own), {
    members: Object.entries(shops).map(([source, workbook]) => ({
      source,
      file: `${source}.xlsx`,
      workbook: "集团汇总.xlsx",
      snapshot: snapshot(workbook),
    })),
    unread: [],
    ...more,
  });
}

export function judge(read: LedgerSnapshot, options: Partial<RunOptions> = {}): LedgerRun {
  return runLedger(read, { ...OPTIONS, ...options });
}

/** A closed complaint by which somebody bears a loss. */
export function loss(person: string, amount: number, more: Cells = {}): Cells {
  return {
    id: "L1",
    pack: "franchise-retail",
    receivedAt: "2026-03-02 09:00",
    customer: "甲",
    description: `门店发错尺码，与订单不符，损失${amount}元`,
    upheld: "是",
    closeAt: "2026-03-06 10:00",
    loss: amount,
    person,
    ...more,
  };
}

/** Somebody with 工号 A1, 月绩效奖金 3000, 月工资 5000. */
export const LI: readonly RawCell[] = ["A1", "李四", "营运部", null, "店长", null, 2, 3000, 5000];
