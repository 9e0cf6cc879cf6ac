import { plainShare } from "../domain/cell-reading.js";
import { column, INPUT_COLUMNS, type InputId } from "../domain/columns.js";
import { DATE_ORDERS, readPartialDate } from "../domain/partial-date.js";
import { orderedDate } from "../domain/repair-text.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import { Problem, readValue } from "../domain/cell-reading.js";
import { ColumnSense } from "../process/column-sense.js";
import type { LedgerRow, LedgerSnapshot } from "./port.js";
import type { Question } from "./questions.js";

/** Cells that can be read in two ways whatever stands around them: asked about once for a column, never by a row. */

/** 1 and 0.5 in a column that holds 30 and 100 as well: a per cent, or the whole and half of it. */
export function shareQuestions(read: LedgerSnapshot, rows: readonly LedgerRow[]): readonly Question[] {
  return INPUT_COLUMNS.filter(({ id, kind }) => kind === "percent" && read.columns.has(id)).flatMap(({ id }) => {
    const plain = rows.map(({ row, cells }) => ({ row, share: plainShare(cells[id]) }));
    if (!plain.some(({ share = 0 }) => share > 1)) return [];
    const byShare = new Map<number, number[]>();
    for (const { row, share } of plain)
      if (share !== undefined && share > 0 && share <= 1) byShare.set(share, [...(byShare.get(share) ?? []), row]);
    return [...byShare].map(([share, found]): Question => {
      const choices = [`${share}%`, `${Number((share * 100).toPrecision(12))}%`];
      return { kind: "value", column: id, header: headerOf(read, id), word: String(share), rows: found, choices };
    });
  });
}

/** A text that may begin a date without telling which number is the month. */
const MAY_BE_UNCLEAR = /^[\s\p{Cf}]*[\d０-９]{1,2}\s?[-/.／．－]/u;

/** 3/4/2026 where neither the column nor its surroundings tell which number is the month. */
export function orderQuestions(
  read: LedgerSnapshot,
  rows: readonly LedgerRow[],
  { now, language }: { readonly now: WallTime; readonly language: Language },
): readonly Question[] {
  const dates = read.answers?.dates;
  const columns = INPUT_COLUMNS.filter(
    ({ id, kind }) => (kind === "date" || kind === "datetime") && read.columns.has(id) && dates?.has(id) !== true,
  );
  let sense: ColumnSense | undefined;
  const senseOf = (): ColumnSense =>
    (sense ??= new ColumnSense(columns, {
      ...{ rows, now, language },
      place: { sheet: read.sheet, columns: read.columns, ...(read.title === undefined ? {} : { title: read.title }) },
    }));
  return columns.flatMap(({ id, kind }) => {
    if (kind !== "date" && kind !== "datetime") return [];
    const unclear = rows.flatMap(({ row, cells }) => {
      const cell = cells[id];
      if (typeof cell !== "string" || !MAY_BE_UNCLEAR.test(cell)) return [];
      const several = DATE_ORDERS.filter((order) => orderedDate(kind, cell, order) !== undefined).length > 1;
      if (!several || readPartialDate(cell) === undefined || !(readValue(kind, cell) instanceof Problem)) return [];
      return senseOf().date(id, row) === undefined ? [{ row, cell: cell.trim() }] : [];
    });
    const [first] = unclear;
    if (!first) return [];
    const readings = DATE_ORDERS.flatMap((order) => {
      const text = orderedDate(kind, first.cell, order);
      return text === undefined ? [] : [{ order, text }];
    });
    const header = headerOf(read, id);
    return [{ kind: "dates", column: id, header, example: first.cell, rows: unclear.map(({ row }) => row), readings }];
  });
}

function headerOf({ columns }: LedgerSnapshot, id: InputId): string {
  return columns.get(id)?.header ?? column(id).header;
}
