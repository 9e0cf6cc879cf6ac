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
  return table.rows.flatMap(({ row, cells }) => {
    const raw = (header: string): RawCell => cells[indexOf(header)] ?? null;
    const maybe = (header: string): string | undefined => {
      const cell = raw(header);
      const text = cell === null || typeof cell === "object" ? "" : String(cell).trim();
      return text === "" ? undefined : text;
    };
    const unreadable = (header: string): void => {
      const cell = raw(header);
      const value = cell !== null && typeof cell === "object" ? cell.error : (maybe(header) ?? "");
      problems.push({ kind: "unreadable", sheet: table.sheet, row, header, value });
    };
    const maybeMoney = (header: string): Fen | undefined => {
      const cell = raw(header);
      if (cell === null || cell === "") return undefined;
      const amount =
        typeof cell === "number" || typeof cell === "string" ? parseYuan(cell, { negative: true }) : undefined;
      if (amount === undefined) unreadable(header);
      return amount;
    };
    const line: Line = {
      row,
      note: unreadable,
      maybe,
      maybeMoney,
      text: (header) => maybe(header) ?? "",
      month(header) {
        const cell = raw(header);
        // Excel makes a date of a month that somebody types anew.
        const text = typeof cell === "number" ? isoMonth(fromSerial(cell)) : (maybe(header) ?? "");
        if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)) unreadable(header);
        return text;
      },
      money(header) {
        const amount = maybeMoney(header);
        if (amount === undefined && raw(header) === null) unreadable(header);
        return amount ?? (0 as Fen);
      },
      time(header) {
        const cell = raw(header);
        return typeof cell === "number" ? fromSerial(cell) : undefined;
      },
    };
    // Rows on which only notes of the user's stand are not ours.
    return maybe("月份") === undefined && maybe("金额") === undefined ? [] : [line];
  });
}
