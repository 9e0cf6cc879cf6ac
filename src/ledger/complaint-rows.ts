import { addToList } from "../domain/grouping.js";
import type { ColumnId, InputId } from "../domain/columns.js";
import { readCell } from "../domain/cell-reading.js";
import type { RawCell } from "../domain/complaint.js";
import { headerKey } from "../domain/match-key.js";
import { isBlankText } from "./output-cells.js";
import type { LedgerRow, LeftOut, LeftOutKind } from "./port.js";

/**
 * Which rows of a ledger are complaints. Between and below them people keep totals, signatures, month headings, headers
 * once more, and rows made ready with a number, a formula or a default of a drop-down. None of these is a complaint with
 * faults: they are left alone, and said once.
 */

/** Labels of sums. */
const TOTAL =
  /^[\d年月季度周旬日页第一二三四上下半全本当每\s\-—~至]*(?:合\s*计|总\s*计|小\s*计|累\s*计|共\s*计|总\s*和|(?:合计|总)?(?:件|宗|笔|条)数|汇\s*总|平\s*均|过次页|承前页|(?:grand\s+|sub)?total(?:\s+(?:cases?|complaints?|amount|number|count|rows))?|sum|average)\s*[:：]?\s*[\d,.，]*\s*[元件笔起条宗单例次户个项]?$/i;
const SUM = /^[\d,.，\s]+[元件笔起条宗单例次户个项]?$/;
/** Whose hand it went through, and when. */
const SIGNATURE =
  /^(?:制\s*表|审\s*核|复\s*核|审\s*批|批\s*准|填\s*[表报]|统\s*计|经\s*办|编\s*制|签\s*[字名章]|主\s*管|负\s*责|盖\s*章|打\s*印|报\s*送|日\s*期|备\s*注|注)(?:人员|人|者|部门|单位|日期|时间|领导|经理)?\s*[:：]/;
/** What stands before a note below a table. */
const NOTE = /^[※*]?\s*(?:备注|说明|注|注意事项|填[写表]说明|notes?|remarks?)\s*[:：]?$/iu;
/** A month, a quarter or a year that stands over the rows below it. */
const HEADING =
  /^(?:(?:20)?\d{2}\s*年)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月份?(?:[投客]诉|台账|记录|登记|明细|汇总)*$|^(?:(?:20)?\d{2}\s*年)?\s*第?[一二三四1-4]\s*季度.{0,6}$|^(?:20)?\d{2}\s*年度?(?:[上下]半年)?.{0,6}$|^[—\-=_~·.\s]*以下(?:空白|无正文|为空)[—\-=_~·.\s]*$/;
/** A note beside a signature is short and no sentence. */
const SHORT = 12;
const LONGEST_NAME = 4;
/** So many blank rows with one and the same value in a column: nobody typed it. */
const PREFILLED = 3;

export interface ComplaintRows {
  readonly rows: readonly LedgerRow[];
  readonly leftOut: readonly LeftOut[];
}

/** `textsOf`: every text of a row, in columns that nobody knows as well; asked for only where a row lacks what it needs. */
export function complaintRows(
  rows: readonly LedgerRow[],
  headers: ReadonlyMap<ColumnId, string>,
  textsOf: (row: number) => readonly string[],
): ComplaintRows {
  const odd = rows.filter((row) => lacksSomething(row));
  if (odd.length === 0) return { rows, leftOut: [] };
  const isPrefilled = prefilledValues(odd);
  const kinds = new Map<number, LeftOutKind>();
  for (const row of odd) {
    const kind = kindOf(
      row,
      textsOf(row.row)
        .map((text) => text.trim())
        .filter((text) => text !== ""),
      headers,
      isPrefilled,
    );
    if (kind) kinds.set(row.row, kind);
  }
  const byKind = new Map<LeftOutKind, number[]>();
  for (const [row, kind] of kinds) addToList(byKind, kind, row);
  return {
    rows: rows.filter(({ row }) => !kinds.has(row)),
    leftOut: [...byKind].map(([kind, left]) => ({ kind, rows: left })),
  };
}

/** Whether a row has a day and a complaint: then it is one, whatever else it holds. */
export function isComplaint({ receivedAt, description }: LedgerRow["cells"]): boolean {
  return !isBlankText(description) && isReadableDay(receivedAt);
}

function lacksSomething({ cells }: LedgerRow): boolean {
  return !isComplaint(cells);
}

function isReadableDay(cell: RawCell | undefined): boolean {
  if (typeof cell === "number") return true;
  if (isBlankText(cell)) return false;
  const reading = readCell("datetime", cell ?? null);
  return reading.ok && !reading.blank;
}

function kindOf(
  { cells }: LedgerRow,
  texts: readonly string[],
  headers: ReadonlyMap<ColumnId, string>,
  isPrefilled: IsPrefilled,
): LeftOutKind | undefined {
  const description = textOf(cells.description);
  const hasDay = isReadableDay(cells.receivedAt);
  if (repeatsHeaders(cells, headers)) return "header";
  const said = (pattern: RegExp): boolean => description === "" || pattern.test(description);
  // A sum may stand under 投诉内容 too: a number is no complaint.
  if ((said(TOTAL) || SUM.test(description)) && texts.some((text) => TOTAL.test(text))) return "total";
  if (hasDay) return undefined;
  const signed = texts.every((text) => SIGNATURE.test(text) || text.length <= SHORT);
  // 审核：, the name beside it and the day may stand anywhere, under 投诉内容 as well.
  const isNote = description.length <= LONGEST_NAME || isReadableDay(description);
  if ((said(SIGNATURE) || isNote) && signed && texts.some((text) => SIGNATURE.test(text))) return "signature";
  if (description === "" && NOTE.test(texts[0] ?? "")) return "signature";
  if (said(HEADING) && texts.length === 1 && HEADING.test(texts[0]!)) return "heading";
  const isBlank = description === "" && isBlankText(cells.receivedAt);
  return isBlank && Object.entries(cells).every(([id, cell]) => isWeak(id as InputId, cell, isPrefilled))
    ? "blank"
    : undefined;
}

function textOf(cell: RawCell | undefined): string {
  return cell === undefined || cell === null || typeof cell === "object" ? "" : String(cell).trim();
}

function repeatsHeaders(cells: LedgerRow["cells"], headers: ReadonlyMap<ColumnId, string>): boolean {
  let alike = 0;
  for (const [id, cell] of Object.entries(cells)) {
    const header = headers.get(id as ColumnId);
    if (header !== undefined && typeof cell === "string" && headerKey(cell) === headerKey(header)) alike++;
  }
  return alike > 1;
}

type IsPrefilled = (id: InputId, cell: RawCell) => boolean;

/** Values that stand again and again in rows without a day and a complaint. */
function prefilledValues(rows: readonly LedgerRow[]): IsPrefilled {
  const times = new Map<string, number>();
  const keyOf = (id: InputId, cell: RawCell): string => JSON.stringify([id, cell]);
  for (const { cells } of rows) {
    if (!isBlankText(cells.description) || !isBlankText(cells.receivedAt)) continue;
    for (const [id, cell] of Object.entries(cells)) {
      const key = keyOf(id as InputId, cell);
      times.set(key, (times.get(key) ?? 0) + 1);
    }
  }
  return (id, cell) => (times.get(keyOf(id, cell)) ?? 0) >= PREFILLED;
}

/** Whether a cell says nothing of a complaint: its number, a formula's nought, a default. */
function isWeak(id: InputId, cell: RawCell | undefined, isPrefilled: IsPrefilled): boolean {
  if (id === "id" || cell === undefined || isBlankText(cell) || cell === 0 || cell === false) return true;
  return isPrefilled(id, cell);
}
