import type { RawCell } from "../domain/complaint.js";
import { headerKey } from "../domain/match-key.js";
import { parseYuan, type Fen } from "../domain/money.js";
import { fromSerial, isoMonth, type WallTime } from "../domain/wall-time.js";
import type { RawTable } from "./port.js";

/** Reading back what stands in tables of ours, row by row and header by header. */

/** A cell of a table of ours that can't be read; nothing is written then. */
export interface UnreadableCell {
  readonly kind: "unreadable";
  readonly sheet: string;
  readonly row: number;
  readonly header: string;
  readonly value: string;
}

/** A row of a table of ours, read by header. */
export interface Line {
  readonly row: number;
  note(header: string): void;
  text(header: string): string;
  maybe(header: string): string | undefined;
  month(header: string): string;
  money(header: string): Fen;
  maybeMoney(header: string): Fen | undefined;
  time(header: string): WallTime | undefined;
}

export function linesOf(table: RawTable | undefined, problems: UnreadableCell[]): Line[] {
  if (!table) return [];
  const indexes = new Map(table.headers.map(({ header }, index) => [headerKey(header), index]));
  // By the names that are asked for: a key is worked out once for each, not for each cell.
  const asked = new Map<string, number>();
  const indexOf = (header: string): number => {
    let index = asked.get(header);
    if (index === undefined) asked.set(header, (index = indexes.get(headerKey(header)) ?? -1));
    return index;
  };
  const place: TablePlace = { sheet: table.sheet, indexOf, problems };
  const lines: Line[] = [];
  for (const { row, cells } of table.rows) {
    const line = new CellLine(row, cells, place);
    // Rows on which only notes of the user's stand are not ours.
    if (line.maybe("月份") !== undefined || line.maybe("金额") !== undefined) lines.push(line);
  }
  return lines;
}

interface TablePlace {
  readonly sheet: string;
  readonly indexOf: (header: string) => number;
  readonly problems: UnreadableCell[];
}

/** A class, not closures made for each row: 扣款凭证 may have a hundred thousand. */
class CellLine implements Line {
  constructor(
    readonly row: number,
    private readonly cells: RawTable["rows"][number]["cells"],
    private readonly place: TablePlace,
  ) {}

  private raw(header: string): RawCell {
    return this.cells[this.place.indexOf(header)] ?? null;
  }

  note(header: string): void {
    const cell = this.raw(header);
    const value = cell !== null && typeof cell === "object" ? cell.error : (this.maybe(header) ?? "");
    this.place.problems.push({ kind: "unreadable", sheet: this.place.sheet, row: this.row, header, value });
  }

  maybe(header: string): string | undefined {
    const cell = this.raw(header);
    const text = cell === null || typeof cell === "object" ? "" : String(cell).trim();
    return text === "" ? undefined : text;
  }

  text(header: string): string {
    return this.maybe(header) ?? "";
  }

  month(header: string): string {
    const cell = this.raw(header);
    // Excel makes a date of a month that somebody types anew.
    const text = typeof cell === "number" ? isoMonth(fromSerial(cell)) : (this.maybe(header) ?? "");
    if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) this.note(header);
    return text;
  }

  money(header: string): Fen {
    const amount = this.maybeMoney(header);
    if (amount === undefined && this.raw(header) === null) this.note(header);
    return amount ?? (0 as Fen);
  }

  maybeMoney(header: string): Fen | undefined {
    const cell = this.raw(header);
    if (cell === null || cell === "") return undefined;
    const amount =
      typeof cell === "number" || typeof cell === "string" ? parseYuan(cell, { negative: true }) : undefined;
    if (amount === undefined) this.note(header);
    return amount;
  }

  time(header: string): WallTime | undefined {
    const cell = this.raw(header);
    return typeof cell === "number" ? fromSerial(cell) : undefined;
  }
}
