import { addToList } from "../../domain/grouping.js";
import { capitalNumerals } from "../../domain/capital-numerals.js";
import type { ComplaintInputs, RawCell } from "../../domain/complaint.js";
import { headerKey } from "../../domain/match-key.js";
import { fen, sumOf, yuanText, type Fen } from "../../domain/money.js";
import { dayOfTime, isoDate, type WallTime } from "../../domain/wall-time.js";
import { itemsCheck, type IssuedNotice, type StandingTables } from "../../ledger/notice-tables.js";
import type { Language } from "../../locales/language.js";
import { claimKey, type Entry } from "../../books/entry.js";
import { complaintNames, type ComplaintName } from "../../process/complaint-name.js";
import type { Deduction } from "../../process/outcome.js";
import type { Run } from "../../process/process.js";
import { deductionsCovered, type DeductionOf } from "./covered-months.js";
import { draftedItems, freshOfDepartments, type NoticedLine } from "./noticed-lines.js";
import { penaltyKey, type StandingPenalty } from "../../process/due-penalty.js";
import type { Pack } from "../../rules/pack.js";
import { beginning, linesIn } from "../text-size.js";
import { noticeText, type NoticeKey } from "./texts.js";

/** What stands on a notice, worked out apart from how it is printed. */

export interface NoticeItem {
  /** With the title of its pack where the number stands in several. */
  readonly complaintId: string;
  readonly facts: string;
  readonly reason: string;
  readonly basis: string;
  readonly formula: string;
  readonly amount: Fen;
}

/** Items of one 事由 and clause, added up. */
export interface NoticeGroup {
  readonly reason: string;
  /** Clauses; none of what is left over after the largest groups. */
  readonly basis: string;
  readonly dates: string;
  readonly count: number;
  readonly amount: Fen;
}

export interface NoticePage {
  readonly notice: IssuedNotice;
  /** Goes out with this run. */
  readonly isNew: boolean;
  /** 更正/退款通知单: what is taken back is a paper of its own. */
  readonly isRefund: boolean;
  readonly penalties: readonly StandingPenalty[];
  readonly items: readonly NoticeItem[];
  /** What stands on the notice if it has more items than its page has room for; they follow one by one in an appendix. */
  readonly groups: readonly NoticeGroup[] | undefined;
  readonly department: string | undefined;
  /** 岗位 of a person. */
  readonly post: string | undefined;
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
  readonly run: Pick<Run, "outcome" | "books">;
  readonly standing: StandingTables;
  readonly packs: ReadonlyMap<string, Pack>;
  /** 岗位 by 人员. */
  readonly postOf: (notice: Pick<IssuedNotice, "employeeNo" | "subject">) => string | undefined;
  /** Whether what a row came to rests on sample parameters. */
  readonly restsOnSamples: (row: number) => boolean;
  /** Readable inputs of the complaint in a sheet row. */
  readonly inputsOf: (row: number) => ComplaintInputs | undefined;
  /** Settings as they stand, by header key. */
  readonly settings: ReadonlyMap<string, RawCell>;
  readonly now: WallTime;
  readonly language: Language;
}

/** Points that the page of a notice has for its items and remarks, once all that every notice bears is on it. */
const ROOM = 290;
/** What the month of a person takes; a department's notice has it for its items. */
const MONTH_HEIGHT = 75;
const TABLE_LINE = 13;
const REMARK_LINE = 13.8;
const LEAST_ROW = 19;
/** Half-width characters: of the columns of a notice that wrap, and of a line of remarks. */
const WIDTHS = { complaintId: 11, facts: 31, reason: 10, basis: 15, formula: 11 } as const;
const REMARK_WIDTH = 97;
/** Changes and messages that are told on paper; all of them stand in the ledger. */
const CHANGES_SHOWN = 3;
/** Characters: longer ones are cut, as a notice is one page and the whole text stands in the ledger. */
const CUSTOMER_SHOWN = 12;

/** Of a complaint's text. */
function charactersShown(items: number): number {
  return items === 1 ? 60 : items === 2 ? 35 : items === 3 ? 25 : 20;
}

/** Forms by which a pack says who gets a copy of a notice. */
const NOTICE_FORMS = new Set(["奖罚通知单", "处罚通知单"]);

/**
 * The notices of a month: those that went out, in the order of their numbers; one more for each person of whom something
 * is drafted up to the month, and another for what is taken back from them; and one for each department with penalties of
 * the month that no notice has told of. Numbers follow the highest one of the month.
 */
export function noticePages(given: NoticesInput): NoticePage[] {
  const input = indexed(given);
  const { month, standing } = input;
  const issued = standing.notices
    .filter((notice) => notice.month === month)
    .map((notice) => page(notice, false, input.itemsByNotice.get(notice.number) ?? [], input));
  let next = 1 + standing.numbers.reduce((most, number) => Math.max(most, runningNumber(number, month)), 0);
  const added = [
    ...draftedItems(input.run.books, month, input.rowsByKey),
    ...freshOfDepartments(input.run.outcome, month, standing.settled.noticed),
  ].map((penalties) => {
    const [{ subjectType, subject, employeeNo }] = penalties as [NoticedLine, ...NoticedLine[]];
    const deduction = input.deductionOf({ subjectType, subject, employeeNo });
    const notice: IssuedNotice = {
      number: `TZ-${month.replace("-", "")}-${String(next++).padStart(3, "0")}`,
      month,
      subjectType,
      subject,
      employeeNo,
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

/** The number within the month; 0 for numbers of other months or that somebody wrote by hand. */
function runningNumber(number: string, month: string): number {
  const match = /^TZ-(\d{6})-(\d+)$/.exec(number);
  return match?.[1] === month.replace("-", "") ? Number(match[2]) : 0;
}

interface Indexed extends NoticesInput {
  /** Items of earlier notices, with the rows where their complaints stand now. */
  readonly itemsByNotice: ReadonlyMap<string, readonly NoticedLine[]>;
  readonly deductionOf: DeductionOf;
  /** Sheet rows by what makes a penalty the same one. */
  readonly rowsByKey: ReadonlyMap<string, number>;
  readonly nameOf: ComplaintName;
}

/** What the pages look up, so that a thousand of them take no longer each than one. */
function indexed(input: NoticesInput): Indexed {
  const { standing, month, run } = input;
  const rowsByKey = new Map<string, number>();
  for (const penalty of run.outcome.penalties) if (penalty.row > 0) rowsByKey.set(penaltyKey(penalty), penalty.row);
  const itemsByNotice = new Map<string, NoticedLine[]>();
  for (const { notice, ...item } of standing.settled.noticed) {
    const row = rowsByKey.get(penaltyKey(item));
    const list = itemsByNotice.get(notice) ?? [];
    itemsByNotice.set(notice, list);
    list.push(row === undefined ? item : { ...item, row });
  }
  const nameOf = complaintNames(run.outcome.rows, input.packs, input.language);
  return { ...input, itemsByNotice, deductionOf: deductionsCovered(run, month), rowsByKey, nameOf };
}

function page(notice: IssuedNotice, isNew: boolean, penalties: readonly NoticedLine[], input: Indexed): NoticePage {
  const { language } = input;
  const t = (key: NoticeKey, params?: Record<string, string | number>): string => noticeText(language, key, params);
  const { subjectType, subject, employeeNo, number } = notice;
  const deduction = input.deductionOf({ subjectType, subject, employeeNo, ...(isNew ? {} : { number }) });
  const isRefund = penalties.length > 0 && penalties.every(({ amount }) => amount < 0);
  // What the law says to the employer is no matter for the employee's paper: it stands in the list for payroll.
  const what = isRefund ? "legal.refund" : subjectType === "个人" ? "legal.ceiling" : "department.note";
  const remarks = [t(what), t("legal.sum")];
  if (deduction?.state === "暂缓") remarks.push(t("legal.held"));
  if (rowsOf(penalties).some((row) => input.restsOnSamples(row))) remarks.push(t("legal.sample"));
  const changes = isNew ? [] : changesOf(notice, input);
  if (changes.length > 0) {
    const shown = changes.slice(0, CHANGES_SHOWN);
    if (shown.length < changes.length) shown.push(t("changed.more", { n: changes.length }));
    remarks.push(t("note.changed", { what: shown.join(language === "zh" ? "；" : "; ") }));
  }
  const inputs = penalties.map(({ row }) => (row === undefined ? undefined : input.inputsOf(row)));
  const items = penalties.map((penalty, i): NoticeItem => ({
    complaintId: input.nameOf({ id: penalty.complaintId, packId: penalty.packId }),
    facts: factsOf(inputs[i], penalties.length, language),
    reason: `${t("item.of-type", { type: penalty.type, reason: penalty.reason })}${
      penalty.sanction === undefined ? "" : `（${t("sanction", { sanction: penalty.sanction })}）`
    }`,
    basis: penalty.basis,
    formula: penalty.formula,
    amount: penalty.amount,
  }));
  const appeal = t("appeal", { term: appealTerm(input) });
  const sentences = remarks.map((remark) => sentence(remark, language));
  const most = ROOM + (deduction ? 0 : MONTH_HEIGHT);
  const room = most - sum([...sentences, appeal].map((remark) => linesIn(remark, REMARK_WIDTH) * REMARK_LINE));
  return {
    notice,
    isNew,
    isRefund,
    penalties,
    items,
    groups: sum(items.map(heightOf)) <= room ? undefined : groupsOf(penalties, inputs, room, language),
    department: deduction?.department ?? penalties[0]?.department,
    post: notice.subjectType === "个人" ? input.postOf(notice) : undefined,
    capitals: t(notice.amount < 0 ? "capitals.refund" : "capitals", {
      capitals: capitalNumerals(fen(Math.abs(notice.amount))),
    }),
    deduction,
    remarks: sentences,
    appeal,
    copies: copiesOf(notice.subjectType, penalties, input),
    changes,
  };
}

function factsOf(inputs: ComplaintInputs | undefined, items: number, language: Language): string {
  const t = (key: NoticeKey, params?: Record<string, string | number>): string => noticeText(language, key, params);
  if (!inputs) return t("facts.gone");
  const { receivedAt, closeAt, customer, description } = inputs;
  const date = (time: WallTime): string => isoDate(dayOfTime(time));
  const text = shortened(description ?? "", charactersShown(items));
  return [
    ...(receivedAt === undefined ? [] : [t("facts.received", { date: date(receivedAt) })]),
    ...(customer === undefined ? [] : [t("facts.customer", { customer: shortened(customer, CUSTOMER_SHOWN) })]),
    ...(text === "" ? [] : [`“${text}”`]),
    closeAt === undefined ? t("facts.open") : t("facts.closed", { date: date(closeAt) }),
  ].join(language === "zh" ? "，" : ", ");
}

function rowsOf(lines: readonly NoticedLine[]): number[] {
  return lines.flatMap(({ row }) => (row === undefined ? [] : [row]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** Points of a row with these texts. */
function heightOf(texts: Partial<Record<keyof typeof WIDTHS, string>>): number {
  const lines = Object.entries(WIDTHS).map(([key, width]) => linesIn(texts[key as keyof typeof WIDTHS] ?? "", width));
  return Math.max(LEAST_ROW, Math.max(...lines) * TABLE_LINE + 4);
}

function shortened(text: string, length: number): string {
  const whole = text.replace(/\s+/g, " ");
  const start = beginning(whole, length);
  return start === whole ? whole : `${start}……`;
}

/** A remark ends as sentences do, wherever it came from. */
function sentence(text: string, language: Language): string {
  return /[。.！!？?：:）)]$/.test(text) ? text : `${text}${language === "zh" ? "。" : "."}`;
}

/** The items by 事由 and clause, largest amount first; what is beyond the page's room goes together. */
function groupsOf(
  penalties: readonly StandingPenalty[],
  inputs: readonly (ComplaintInputs | undefined)[],
  room: number,
  language: Language,
): NoticeGroup[] {
  const t = (key: NoticeKey, params?: Record<string, string | number>): string => noticeText(language, key, params);
  const found = new Map<string, number[]>();
  penalties.forEach(({ reason, basis }, i) => {
    const key = `${reason}\n${basis}`;
    addToList(found, key, i);
  });
  const amountOf = (at: readonly number[]): Fen => sumOf(at.map((i) => penalties[i]!.amount));
  const group = (at: readonly number[], reason: string, basis: string): NoticeGroup => {
    const days = at.flatMap((i) => inputs[i]?.receivedAt ?? []).map((time) => isoDate(dayOfTime(time)));
    const [first, last] = [days.reduce((a, b) => (a < b ? a : b), "9"), days.reduce((a, b) => (a > b ? a : b), "")];
    const dates = days.length === 0 ? "" : first === last ? first : t("group.span", { first, last });
    return { reason, basis, dates, count: at.length, amount: amountOf(at) };
  };
  const groups = [...found.values()].sort((a, b) => Math.abs(amountOf(b)) - Math.abs(amountOf(a)));
  // A row takes two lines at most: clauses and 事由 have wide columns here. One more row points to the appendix.
  const rows = Math.max(1, Math.floor((room - LEAST_ROW) / (2 * TABLE_LINE + 4)));
  const shown = groups.length <= rows ? groups : groups.slice(0, rows - 1);
  const rest = groups.slice(shown.length);
  return [
    ...shown.map((at) => group(at, penalties[at[0]!]!.reason, penalties[at[0]!]!.basis)),
    ...(rest.length === 0 ? [] : [group(rest.flat(), t("group.others", { n: rest.length }), "")]),
  ];
}

/** What was added to its claims or taken back from them since it went out, posted or waiting. */
function changesOf(notice: IssuedNotice, { run, nameOf, language }: Indexed): string[] {
  const { book, draft } = run.books;
  const { accounts } = draft;
  const own = new Set([...accounts.claims.values()].flatMap((c) => (c.notices.has(notice.number) ? [c.key] : [])));
  const keyOf = (e: Entry): string => claimKey(accounts.complaintOf(e), accounts.personOf(e), e.type, e.reason);
  const later = [
    ...book.entries.filter((e) => e.complaintId !== "" && e.notice !== notice.number && own.has(keyOf(e))),
    ...draft.months.flatMap(({ lines }) => lines.flatMap((l) => (own.has(l.claim ?? "") ? [l.entry] : []))),
  ];
  return later.flatMap(({ kind, complaintId, packId, amount, month }) =>
    kind === "补扣" || kind === "冲回"
      ? [
          noticeText(language, "changed.adjusted", {
            id: nameOf({ id: complaintId, packId }),
            amount: yuanText(fen(kind === "冲回" ? 0 - amount : amount)),
            month,
          }),
        ]
      : [],
  );
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
