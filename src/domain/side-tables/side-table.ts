import { readCell, type CellProblemCode } from "../cell-reading.js";
import type { ColumnKind } from "../columns.js";
import type { RawCell, ValueByKind } from "../complaint.js";
import { headerKey } from "../match-key.js";

/** Reading the workbook's side tables: 人员, 月度绩效, 节假日, 设置. What can't be read is reported and left out, never guessed. */

/** A side table as a ledger hands it over. */
export interface SideTable {
  readonly sheet: string;
  readonly headers: readonly { readonly header: string }[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly RawCell[] }[];
}

export type SideTableProblemCode =
  | CellProblemCode
  | "header-missing" // a column without which the table can't be read
  | "name-missing"
  | "date-missing"
  | "duplicate-name" // the very same line twice
  | "duplicate-number" // one 工号 for two names
  | "notice-read" // the State Council's notice pasted into 节假日: what was read of it
  | "notice-year-missing" // no year stands in it
  | "notice-no-such-day" // 2月30日, or a holiday longer than any has been
  | "notice-count-differs" // 共N天 is another number than the days that it names
  | "not-rest-or-work" // 类型 is neither 休 nor 班
  | "contradicts-earlier-row" // one day both 休 and 班, one setting with two values
  | "not-a-time" // 下班时间, 上班时间
  | "not-shares" // 提醒比例
  | "not-a-scope" // 编号范围
  | "month-missing" // 月度绩效
  | "month-unreadable" // 月度绩效
  | "not-a-month"; // 锁定至月份

export interface SideTableProblem {
  readonly sheet: string;
  /** The sheet's row number; 0 where the headers are at fault. */
  readonly row: number;
  readonly header: string;
  readonly value: string;
  readonly reason: SideTableProblemCode;
}

/** A table's columns by field, and a reader that notes problems with the place where they stand. */
export class SideTableReader<Field extends string> {
  readonly problems: SideTableProblem[] = [];
  private readonly indexes = new Map<Field, number>();

  /** `names`: readable headers of each field; the first is the one that messages use. */
  constructor(
    private readonly table: SideTable,
    private readonly names: Readonly<Record<Field, readonly string[]>>,
  ) {
    const keys = table.headers.map(({ header }) => headerKey(header));
    for (const field of Object.keys(names) as Field[]) {
      // The order of the names is the order of preference, so 姓名 beats 名称 wherever they stand.
      const index = names[field].map((name) => keys.indexOf(headerKey(name))).find((at) => at >= 0);
      if (index !== undefined) this.indexes.set(field, index);
    }
  }

  /** Whether the field has a column; reports it if not and the table holds anything. */
  requires(field: Field): boolean {
    if (this.indexes.has(field)) return true;
    if (this.table.rows.length > 0) this.note(0, field, "", "header-missing");
    return false;
  }

  raw(cells: readonly RawCell[], field: Field): RawCell {
    const index = this.indexes.get(field);
    return index === undefined ? null : (cells[index] ?? null);
  }

  /** The value of a cell; undefined if it is blank, or unreadable, which is noted. */
  read<Kind extends ColumnKind>(
    { row, cells }: SideTable["rows"][number],
    field: Field,
    kind: Kind,
  ): ValueByKind[Kind] | undefined {
    const reading = readCell(kind, this.raw(cells, field));
    if (!reading.ok) this.note(row, field, reading.reason.value, reading.reason.code);
    return reading.ok && !reading.blank ? reading.value : undefined;
  }

  isHeaderOf(field: Field, header: string): boolean {
    const index = this.indexes.get(field);
    return index !== undefined && this.table.headers[index]!.header === header;
  }

  note(row: number, field: Field, value: string, reason: SideTableProblemCode): void {
    const index = this.indexes.get(field);
    const header = index === undefined ? this.names[field][0]! : this.table.headers[index]!.header;
    this.problems.push({ sheet: this.table.sheet, row, header, value, reason });
  }
}

export const isBlankRow = (cells: readonly RawCell[]): boolean =>
  cells.every((cell) => cell === null || (typeof cell === "string" && cell.trim() === ""));

/** A property that is there only if it has a value. */
export function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value });
}
