import { capitalNumerals } from "../../domain/capital-numerals.js";
import type { ComplaintInputs, RawCell } from "../../domain/complaint.js";
import { headerKey } from "../../domain/match-key.js";
import { fen, sumOf, yuanText, type Fen } from "../../domain/money.js";
import { dayOfTime, isoDate, type WallTime } from "../../domain/wall-time.js";
import { itemsCheck, type IssuedNotice, type StandingTables } from "../../ledger/notice-tables.js";
import type { Language } from "../../locales/language.js";
import type { Deduction, Outcome, Penalty } from "../../process/outcome.js";
import { penaltyKey, type StandingPenalty } from "../../process/settled.js";
import type { Pack } from "../../rules/pack.js";
import type { Statutes } from "../../rules/statutes.js";
import { beginning } from "../text-size.js";
import { noticeText, type NoticeKey } from "./texts.js";

/** What stands on a notice, worked out apart from how it is printed. */

export interface NoticeItem {
  readonly complaintId: string;
  readonly facts: string;
  readonly reason: string;
  readonly basis: string;
  readonly formula: string;
  readonly amount: Fen;
}

export interface NoticePage {
  readonly notice: IssuedNotice;
  /** Goes out with this run. */
  readonly isNew: boolean;
  readonly penalties: readonly StandingPenalty[];
  readonly items: readonly NoticeItem[];
  readonly department: string | undefined;
  readonly capitals: string;
  /** The person's month; undefined for departments. */
  readonly deduction: Deduction | undefined;
  readonly remarks: readonly string[];
  readonly appeal: string;
  readonly copies: readonly string[];
  /** What differs from the notice as it went out; empty if nothing does. */
  readonly changes: readonly string[];
}

export interface NoticesInput {
  readonly month: string;
  readonly outcome: Outcome;
  readonly standing: StandingTables;
  readonly packs: ReadonlyMap<string, Pack>;
  readonly statutes: Statutes;
  /** Readable inputs of the complaint in a sheet row. */
  readonly inputsOf: (row: number) => ComplaintInputs | undefined;
  /** Settings as they stand, by header key. */
  readonly settings: ReadonlyMap<string, RawCell>;
  readonly now: WallTime;
  readonly language: Language;
}

/** Longer complaints are cut, the more the more there are: a notice is one page, and the whole text stands in the ledger. */
function charactersShown(items: number): number {
  return items <= 4 ? 60 : items <= 8 ? 30 : 10;
}
/** Forms by which a pack says who gets a copy of a notice. */
const NOTICE_FORMS = new Set(["奖罚通知单", "处罚通知单"]);

/**
 * The notices of a month: those that went out, in the order of their numbers, and one more for each person or department
 * with penalties of that month that no notice has told of yet. Numbers follow the highest one of the month.
 */
export function noticePages(given: NoticesInput): NoticePage[] {
  const input = indexed(given);
  const { month, outcome, standing } = input;
  const issued = standing.notices
    .filter((notice) => notice.month === month)
    .map((notice) => page(notice, false, input.itemsByNotice.get(notice.number) ?? [], input));
  let next = 1 + Math.max(0, ...standing.notices.map(({ number }) => runningNumber(number, month)));

  const noticed = new Map<string, number>();
  for (const item of standing.settled.noticed) noticed.set(identity(item), (noticed.get(identity(item)) ?? 0) + 1);
  const fresh = new Map<string, Penalty[]>();
  for (const penalty of outcome.penalties) {
    if (penalty.month !== month) continue;
    const told = noticed.get(identity(penalty)) ?? 0;
    if (told > 0) {
      noticed.set(identity(penalty), told - 1);
      continue;
    }
    const key = `${penalty.subjectType}\n${penalty.subject}`;
    fresh.set(key, [...(fresh.get(key) ?? []), penalty]);
  }
  const added = [...fresh.values()].map((penalties) => {
    const { subjectType, subject } = penalties[0]!;
    const deduction = deductionOf(subjectType, subject, input);
    const notice: IssuedNotice = {
      number: `TZ-${month.replace("-", "")}-${String(next++).padStart(3, "0")}`,
      month,
      subjectType,
      subject,
      amount: sumOf(penalties.map(({ amount }) => amount)),
      deducted: deduction?.deducted,
      carriedOut: deduction?.carriedOut,
      check: itemsCheck(penalties),
      issuedAt: input.now,
    };
    return page(notice, true, penalties, input);
  });
  return [...issued, ...added];
}

function identity(penalty: StandingPenalty): string {
  return `${penaltyKey(penalty)}\n${penalty.month}\n${penalty.amount}`;
}

/** The number within the month; 0 for numbers of other months or that somebody wrote by hand. */
function runningNumber(number: string, month: string): number {
  const match = /^TZ-(\d{6})-(\d+)$/.exec(number);
  return match?.[1] === month.replace("-", "") ? Number(match[2]) : 0;
}

interface Indexed extends NoticesInput {
  /** Items of earlier notices, with the rows where their complaints stand now. */
  readonly itemsByNotice: ReadonlyMap<string, readonly (StandingPenalty & { readonly row?: number })[]>;
  /** The month's deductions by person. */
  readonly deductions: ReadonlyMap<string, Deduction>;
  readonly penaltiesByKey: ReadonlyMap<string, readonly Penalty[]>;
}

/** What the pages look up, so that a thousand of them take no longer each than one. */
function indexed(input: NoticesInput): Indexed {
  const { outcome, standing, month } = input;
  const rows = new Map<string, number>();
  const penaltiesByKey = new Map<string, Penalty[]>();
  for (const penalty of outcome.penalties) {
    rows.set(identity(penalty), penalty.row);
    const key = penaltyKey(penalty);
    const list = penaltiesByKey.get(key);
    if (list) list.push(penalty);
    else penaltiesByKey.set(key, [penalty]);
  }
  const itemsByNotice = new Map<string, (StandingPenalty & { row?: number })[]>();
  for (const { notice, ...item } of standing.settled.noticed) {
    const row = rows.get(identity(item));
    const list = itemsByNotice.get(notice) ?? [];
    itemsByNotice.set(notice, list);
    list.push({ ...item, ...(row === undefined ? {} : { row }) });
  }
  const deductions = new Map(outcome.deductions.flatMap((d) => (d.month === month ? [[d.person, d] as const] : [])));
  return { ...input, itemsByNotice, deductions, penaltiesByKey };
}

function deductionOf(subjectType: IssuedNotice["subjectType"], subject: string, input: Indexed): Deduction | undefined {
  return subjectType === "个人" ? input.deductions.get(subject) : undefined;
}

function page(
  notice: IssuedNotice,
  isNew: boolean,
  penalties: readonly (StandingPenalty & { readonly row?: number })[],
  input: Indexed,
): NoticePage {
  const { language, statutes } = input;
  const t = (key: NoticeKey, params?: Record<string, string | number>): string => noticeText(language, key, params);
  const deduction = deductionOf(notice.subjectType, notice.subject, input);
  const remarks = [
    ...(deduction ? [t("legal.ceiling")] : [t("department.note")]),
    t("legal.sum"),
    ...(deduction?.messages ?? []),
  ];
  const fined = penalties.some(({ type }) => type === "罚款");
  if (!deduction && fined && notice.month >= statutes.fines.repealedOn.slice(0, 7))
    remarks.push(statutes.fines.warning[language]);
  const changes = isNew ? [] : changesOf(notice, penalties, deduction, input);
  if (changes.length > 0) remarks.push(t("note.changed", { what: changes.join(language === "zh" ? "；" : "; ") }));
  return {
    notice,
    isNew,
    penalties,
    items: penalties.map((penalty) => ({
      complaintId: penalty.complaintId,
      facts: factsOf(penalty.row === undefined ? undefined : input.inputsOf(penalty.row), penalties.length, language),
      reason:
        penalty.sanction === undefined
          ? penalty.reason
          : `${penalty.reason}（${t("sanction", { sanction: penalty.sanction })}）`,
      basis: penalty.basis,
      formula: penalty.formula,
      amount: penalty.amount,
    })),
    department: deduction?.department ?? penalties[0]?.department,
    capitals: t(notice.amount < 0 ? "capitals.refund" : "capitals", {
      capitals: capitalNumerals(fen(Math.abs(notice.amount))),
    }),
    deduction,
    remarks,
    appeal: t("appeal", { term: appealTerm(input) }),
    copies: copiesOf(notice.subjectType, penalties, input),
    changes,
  };
}

function factsOf(inputs: ComplaintInputs | undefined, items: number, language: Language): string {
  const t = (key: NoticeKey, params?: Record<string, string | number>): string => noticeText(language, key, params);
  if (!inputs) return t("facts.gone");
  const { receivedAt, closeAt, customer, description } = inputs;
  const date = (time: WallTime): string => isoDate(dayOfTime(time));
  const whole = (description ?? "").replace(/\s+/g, " ");
  const start = beginning(whole, charactersShown(items));
  const text = start === whole ? whole : `${start}……`;
  return [
    ...(receivedAt === undefined ? [] : [t("facts.received", { date: date(receivedAt) })]),
    ...(customer === undefined ? [] : [t("facts.customer", { customer })]),
    ...(text === "" ? [] : [`“${text}”`]),
    closeAt === undefined ? t("facts.open") : t("facts.closed", { date: date(closeAt) }),
  ].join(language === "zh" ? "，" : ", ");
}

function changesOf(
  notice: IssuedNotice,
  penalties: readonly StandingPenalty[],
  deduction: Deduction | undefined,
  { penaltiesByKey, language }: Indexed,
): string[] {
  const t = (key: NoticeKey, params: Record<string, string | number>): string => noticeText(language, key, params);
  const changes: string[] = [];
  const compare = (key: NoticeKey, before: Fen | undefined, after: Fen | undefined): void => {
    if (before === undefined || before === (after ?? 0)) return;
    changes.push(t(key, { before: yuanText(before), after: yuanText(after ?? fen(0)) }));
  };
  compare("changed.deducted", notice.deducted, deduction?.deducted);
  compare("changed.carried", notice.carriedOut, deduction?.carriedOut);
  for (const penalty of [...new Set(penalties.map(penaltyKey))].flatMap((key) => penaltiesByKey.get(key) ?? [])) {
    if (penalty.month <= notice.month) continue;
    const { complaintId: id, amount, month } = penalty;
    changes.push(t("changed.adjusted", { id, amount: yuanText(amount), month }));
  }
  return changes;
}

/** 申诉期限 of 设置, in days or in words; else five working days. */
function appealTerm({ settings, language }: NoticesInput): string {
  const cell = settings.get(headerKey("申诉期限")) ?? settings.get(headerKey("Appeal term"));
  if (typeof cell === "number") return noticeText(language, "appeal.term", { days: cell });
  if (typeof cell === "string" && /^\d+$/.test(cell.trim()))
    return noticeText(language, "appeal.term", { days: cell.trim() });
  return typeof cell === "string" && cell.trim() !== "" ? cell.trim() : noticeText(language, "appeal.default");
}

/** Who gets a copy: as the packs' notice forms say, the person or department noticed last; else the usual three. */
function copiesOf(
  subjectType: IssuedNotice["subjectType"],
  penalties: readonly StandingPenalty[],
  { packs, language }: NoticesInput,
): string[] {
  const own = noticeText(language, subjectType === "个人" ? "copies.subject" : "copies.department");
  const stated = new Set<string>();
  for (const packId of new Set(penalties.map((penalty) => penalty.packId)))
    for (const { rule } of packs.get(packId)?.rules ?? [])
      if (rule.event.type === "form" && NOTICE_FORMS.has(rule.event.params.name))
        for (const copy of rule.event.params.copies ?? []) if (!/^(?:受|被)?处罚/.test(copy)) stated.add(copy);
  if (stated.size === 0) return [noticeText(language, "copies.hr"), noticeText(language, "copies.accounts"), own];
  return [...stated, own];
}
