import type { SideTableProblem } from "../domain/side-tables/side-table.js";
import type { Language } from "../locales/language.js";
import type { Message } from "../process/outcome.js";
import { say, type SentenceKey } from "../process/sentences.js";

/** What people are told of a cell of 人员, 月度绩效, 节假日 or 设置. */
export function sideTableMessage({ sheet, row, header, value, reason }: SideTableProblem, language: Language): Message {
  const own: Partial<Record<SideTableProblem["reason"], SentenceKey>> = {
    "header-missing": "side.header-missing",
    "name-missing": "side.name-missing",
    "date-missing": "side.date-missing",
    "duplicate-name": "side.duplicate-name",
    "duplicate-number": "side.duplicate-number",
    "notice-read": "side.notice-read",
    "notice-year-missing": "side.notice-year-missing",
    "notice-count-differs": "side.notice-count-differs",
    "notice-no-such-day": "side.notice-no-such-day",
    "not-rest-or-work": "side.not-rest-or-work",
    "contradicts-earlier-row": "side.contradicts-earlier-row",
    "not-a-time": "side.not-a-time",
    "not-shares": "side.not-shares",
    "not-a-scope": "side.not-a-scope",
    "not-a-month": "side.not-a-month",
    "month-missing": "side.month-missing",
    "month-unreadable": "side.month-unreadable",
  };
  const key = own[reason];
  const params = { sheet, row, header, value };
  const text = key
    ? say(language, key, params)
    : say(language, "side.unreadable", { ...params, reason: say(language, `cell.reason.${reason}` as SentenceKey) });
  return { level: reason === "notice-read" ? "info" : "warning", value, cause: `${sheet}/${reason}`, text };
}
