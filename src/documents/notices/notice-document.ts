import type { Fen } from "../../domain/money.js";
import { dayOfTime, isoDate } from "../../domain/wall-time.js";
import type { Language } from "../../locales/language.js";
import { fillDocx, type DocumentData } from "../fill-docx.js";
import { moneyText } from "../money-text.js";
import type { NoticePage } from "./notice-pages.js";
import { monthName, noticeText, sectionNumber, type NoticeKey } from "./texts.js";

/** A notice as a Word file, filled into a template that its users may have changed. */
export function noticeDocument(
  template: Uint8Array,
  page: NoticePage,
  sender: NoticeSender,
  language: Language,
): Promise<Uint8Array> {
  return fillDocx(template, noticeData(page, sender, language));
}

/** Whose paper it is. */
export interface NoticeSender {
  readonly organisation: string | undefined;
  /** How far the book had come when the notice went out; empty before it does. */
  readonly anchor: string;
}

/** The placeholders of a notice and their values. */
export function noticeData(page: NoticePage, { organisation, anchor }: NoticeSender, language: Language): DocumentData {
  const t = (key: NoticeKey, params: Record<string, string | number> = {}): string => noticeText(language, key, params);
  const { notice, deduction, copies } = page;
  const person = notice.subjectType === "个人";
  const remarks = [...page.remarks, page.appeal];
  return {
    单位名称: organisation ?? "",
    标题: t(page.isRefund ? "title.refund" : "title"),
    编号: notice.number,
    编号行: t("number", { number: notice.number }),
    日期行: t("date", { date: notice.issuedAt === undefined ? "" : isoDate(dayOfTime(notice.issuedAt)) }),
    对象标签: t(person ? "subject.person" : "subject.department"),
    对象:
      notice.employeeNo === undefined
        ? notice.subject
        : t("subject.numbered", { name: notice.subject, no: notice.employeeNo }),
    部门: page.department ?? "",
    月份: monthName(language, notice.month),
    说明序号: sectionNumber(language, deduction ? 3 : 2),
    签署序号: sectionNumber(language, deduction ? 4 : 3),
    项数: String(page.items.length),
    明细: page.items.map((item, i) => ({
      序号: String(i + 1),
      投诉编号: item.complaintId,
      事实: item.facts,
      事由: item.reason,
      依据: item.basis,
      计算式: item.formula,
      金额: moneyText(item.amount),
    })),
    汇总: (page.groups ?? []).map((group, i) => ({
      序号: String(i + 1),
      事由: group.reason,
      依据: group.basis,
      受理日期: group.dates,
      项数: String(group.count),
      金额: moneyText(group.amount),
    })),
    金额大写: page.capitals,
    合计: moneyText(notice.amount),
    个人: deduction
      ? [
          {
            上月结转: moneyText(deduction.carriedIn),
            本月新增: moneyText(deduction.added),
            本月上限: optional(deduction.ceiling) ?? t("ceiling.none"),
            本月实扣: moneyText(deduction.deducted),
            结转下月: moneyText(deduction.carriedOut),
            上限依据: deduction.ceilingBasis ?? t(page.isRefund ? "basis.refund" : "basis.none"),
          },
        ]
      : [],
    说明: remarks.map((remark, i) => `${i + 1}. ${remark}`).join("\n"),
    // With the copies, which every template has: one that people made of ours bears the book's check as well.
    抄送行: [
      t("copies", { count: copies.length, list: copies.join(language === "zh" ? "、" : ", ") }),
      ...(anchor === "" ? [] : [t("anchor", { anchor })]),
    ].join("\n"),
  };
}

function optional(amount: Fen | undefined): string | undefined {
  return amount === undefined ? undefined : moneyText(amount);
}
