import { DELIVERY_METHODS, NOTICE_STATES, type NoticeRecord } from "../books/notice-life.js";
import { readCell } from "../domain/cell-reading.js";
import { headerKey } from "../domain/match-key.js";
import type { Day } from "../domain/wall-time.js";
import type { RawTable } from "./port.js";

/** The columns of 扣款通知 that people fill in: how far each notice has come. */

export interface WrittenNotices {
  readonly records: readonly NoticeRecord[];
  /** 状态 that is none of the list. */
  readonly unknown: readonly { readonly number: string; readonly value: string }[];
}

export function readNoticeRecords(table: RawTable | undefined): WrittenNotices {
  const records: NoticeRecord[] = [];
  const unknown: { number: string; value: string }[] = [];
  if (!table) return { records, unknown };
  const indexes = new Map(table.headers.map(({ header }, index) => [headerKey(header), index]));
  for (const { cells } of table.rows) {
    const cell = (header: string) => cells[indexes.get(headerKey(header)) ?? -1] ?? null;
    const text = (header: string): string => {
      const value = cell(header);
      return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
    };
    const day = (header: string): Day | undefined => {
      const reading = readCell("date", cell(header));
      return reading.ok && !reading.blank ? reading.value : undefined;
    };
    const number = text("通知编号");
    if (number === "") continue;
    const written = text("状态");
    const state = NOTICE_STATES.find((known) => known === written);
    if (state === undefined && written !== "") unknown.push({ number, value: written });
    records.push({
      number,
      state: state ?? "拟发",
      deliveredOn: day("送达日期"),
      method: DELIVERY_METHODS.find((known) => known === text("送达方式")),
      objectedOn: day("异议日期"),
      reviewedOn: day("复核日期"),
      voidReason: text("撤销原因") === "" ? undefined : text("撤销原因"),
    });
  }
  return { records, unknown };
}
