import { capitalNumerals } from "../../domain/capital-numerals.js";
import { COLUMNS, column, type ColumnId, type ColumnKind } from "../../domain/columns.js";
import type { ComplaintInputs, ComplaintOutputs, NamedPerson } from "../../domain/complaint.js";
import { fen, sumOf, yuanNumber, type Fen } from "../../domain/money.js";
import {
  calendarDate,
  dayOfTime,
  isoDate,
  isoMonth,
  isoTime,
  type Day,
  type WallTime,
} from "../../domain/wall-time.js";
import type { Penalty } from "../../process/outcome.js";
import { moneyText } from "../money-text.js";

/** What the placeholders of forms and letters mean, and their values for one complaint. */

/** A value as it is printed, and the number it is in a cell of its own. */
export interface FormValue {
  readonly text: string;
  readonly number?: number;
}

export type FormRow = Readonly<Record<string, FormValue | undefined>>;

export interface FormValues {
  readonly fields: FormRow;
  readonly lists: Readonly<Record<ListName, readonly FormRow[]>>;
}

/** A judged complaint. */
export interface FormComplaint {
  readonly inputs: ComplaintInputs;
  readonly outputs: ComplaintOutputs;
}

export interface FormInput {
  readonly complaint: FormComplaint & { readonly id: string | undefined };
  readonly form: { readonly name: string; readonly clause: string | undefined; readonly copies: readonly string[] };
  readonly packTitle: string;
  readonly organisation: string | undefined;
  readonly penalties: readonly Penalty[];
  /** The one whom the document is for, of forms that go to each person or department. */
  readonly subject: string | undefined;
  /** Complaints of the same pack received in the same month, this one among them. */
  readonly sameMonth: readonly (FormComplaint & { readonly id: string | undefined })[];
  readonly now: WallTime;
}

export const LISTS = {
  处罚明细: ["序号", "对象", "对象类型", "部门", "类型", "事由", "依据", "计算式", "金额", "行政处分"],
  本月投诉: ["序号", ...COLUMNS.map(({ header }) => header)],
  类别统计: ["类别", "件数", "已结案", "未结案", "逾期", "成立", "不成立", "处罚金额", "补偿金额"],
} as const;
export type ListName = keyof typeof LISTS;

const TIMES = COLUMNS.filter(({ kind }) => kind === "datetime");
/** 受理日期 beside 受理时间, as letters write dates; a column of that name goes before. */
const LONG_DATES: ReadonlyMap<string, ColumnId> = new Map(
  TIMES.map(({ id, header }) => [header.replace(/时间$/, "日期"), id] as const).filter(
    ([name]) => !COLUMNS.some(({ header }) => header === name),
  ),
);
const MONEY = COLUMNS.filter(({ kind }) => kind === "money");
const MONTH_TOTALS = LISTS.类别统计.slice(1);
const EXTRAS = [
  "单位名称",
  "今天",
  "制度名称",
  "单据名称",
  "条款",
  "抄送",
  "受理月份",
  "对象",
  "对象部门",
  "金额",
  "金额大写",
];

/** Every placeholder a template may use outside lists. */
export const FIELDS: ReadonlySet<string> = new Set([
  ...COLUMNS.map(({ header }) => header),
  ...COLUMNS.map(({ id }) => id),
  ...LONG_DATES.keys(),
  ...MONEY.map(({ header }) => `${header}大写`),
  ...MONTH_TOTALS.map((name) => `本月${name}`),
  ...EXTRAS,
]);

const CLOSED = new Set(["已结案", "逾期结案", "待回访", "回访逾期", "已转新单", "不成立"]);

export function formValues(input: FormInput): FormValues {
  const { complaint, form, penalties, sameMonth, now, subject } = input;
  const fields: Record<string, FormValue | undefined> = { ...columnValues(complaint) };
  for (const { id, header } of COLUMNS) fields[id] = fields[header];
  for (const [name, id] of LONG_DATES) {
    const time = valueOf(complaint, id) as WallTime | undefined;
    fields[name] = time === undefined ? undefined : { text: longDate(dayOfTime(time)) };
  }
  for (const { id, header } of MONEY) {
    const amount = valueOf(complaint, id) as Fen | undefined;
    fields[`${header}大写`] = amount === undefined || amount < 0 ? undefined : { text: capitalNumerals(amount) };
  }
  const own = penalties.filter((penalty) => subject === undefined || penalty.subject === subject);
  const sum = sumOf(own.map(({ amount }) => amount));
  const statistics = categoryRows(sameMonth);
  const received = complaint.inputs.receivedAt;
  Object.assign(fields, {
    单位名称: textValue(input.organisation),
    今天: { text: longDate(dayOfTime(now)) },
    制度名称: { text: input.packTitle },
    单据名称: { text: form.name },
    条款: textValue(form.clause),
    抄送: textValue(form.copies.join("、")) ?? { text: "存档" },
    受理月份: received === undefined ? undefined : { text: longMonth(received) },
    对象: textValue(subject ?? [...new Set(own.map((penalty) => penalty.subject))].join("、")),
    对象部门: textValue([...new Set(own.flatMap((penalty) => penalty.department ?? []))].join("、")),
    金额: own.length === 0 ? undefined : moneyValue(sum),
    金额大写: own.length === 0 ? undefined : { text: `${sum < 0 ? "退还" : ""}${capitalNumerals(fen(Math.abs(sum)))}` },
  } satisfies Record<string, FormValue | undefined>);
  for (const name of MONTH_TOTALS) fields[`本月${name}`] = totalOf(statistics, name);
  return {
    fields,
    lists: {
      处罚明细: own.map((penalty, i) => ({
        序号: count(i + 1),
        对象: { text: penalty.subject },
        对象类型: { text: penalty.subjectType },
        部门: textValue(penalty.department),
        类型: { text: penalty.type },
        事由: { text: penalty.reason },
        依据: { text: penalty.basis },
        计算式: { text: penalty.formula },
        金额: moneyValue(penalty.amount),
        行政处分: textValue(penalty.sanction),
      })),
      本月投诉: sameMonth.map((one, i) => ({ ...columnValues(one), 序号: count(i + 1) })),
      类别统计: statistics,
    },
  };
}

function categoryRows(complaints: readonly FormComplaint[]): FormRow[] {
  const byCategory = new Map<string, FormComplaint[]>();
  for (const complaint of complaints) {
    const { category, nature } = complaint.outputs;
    const key = category ?? nature ?? "待分类";
    byCategory.set(key, [...(byCategory.get(key) ?? []), complaint]);
  }
  return [...byCategory].map(([category, list]) => {
    const number = (test: (complaint: FormComplaint) => boolean): FormValue => count(list.filter(test).length);
    const money = (id: "penalty" | "compensation"): FormValue =>
      moneyValue(sumOf(list.flatMap(({ outputs }) => outputs[id] ?? [])));
    const closed = ({ outputs }: FormComplaint): boolean => CLOSED.has(outputs.status ?? "");
    return {
      类别: { text: category },
      件数: count(list.length),
      已结案: number(closed),
      未结案: number((one) => !closed(one)),
      逾期: number(({ outputs }) => outputs.overdue === true),
      成立: number(({ inputs }) => inputs.upheld === true),
      不成立: number(({ inputs }) => inputs.upheld === false),
      处罚金额: money("penalty"),
      补偿金额: money("compensation"),
    };
  });
}

function totalOf(rows: readonly FormRow[], name: string): FormValue {
  const isMoney = name.endsWith("金额");
  const total = rows.reduce((sum, row) => sum + Math.round((row[name]?.number ?? 0) * (isMoney ? 100 : 1)), 0);
  return isMoney ? moneyValue(fen(total)) : count(total);
}

function columnValues(
  complaint: FormComplaint & { readonly id: string | undefined },
): Record<string, FormValue | undefined> {
  const values: Record<string, FormValue | undefined> = {};
  for (const { id, header, kind } of COLUMNS) values[header] = shown(kind, valueOf(complaint, id));
  values[column("id").header] = textValue(complaint.id);
  return values;
}

function valueOf({ inputs, outputs }: FormComplaint, id: ColumnId): unknown {
  return (inputs as Record<string, unknown>)[id] ?? (outputs as Record<string, unknown>)[id];
}

function shown(kind: ColumnKind, value: unknown): FormValue | undefined {
  if (value === undefined) return undefined;
  switch (kind) {
    case "datetime":
      return { text: shortTime(value as WallTime) };
    case "date":
      return { text: isoDate(value as Day) };
    case "money":
      return moneyValue(value as Fen);
    case "number":
    case "integer":
    case "percent":
      return { text: (value as number).toString(), number: value as number };
    case "boolean":
      return { text: value === true ? "是" : "否" };
    case "persons":
      return textValue(
        (value as readonly NamedPerson[])
          .map(({ name, percent }) => (percent === undefined ? name : `${name}${percent}%`))
          .join("、"),
      );
    case "list":
      return textValue((value as readonly string[]).join("、"));
    case "text":
      // The sentences of letters have their own full stops.
      return textValue((value as string).replace(/[。；，\s]+$/, ""));
  }
}

/** To the minute; a day alone without its midnight. */
function shortTime(time: WallTime): string {
  const text = isoTime(time).replace("T", " ").slice(0, 16);
  return text.endsWith(" 00:00") ? text.slice(0, 10) : text;
}

function longDate(day: Day): string {
  const { year, month, day: date } = calendarDate(day);
  return `${year}年${month}月${date}日`;
}

function longMonth(time: WallTime): string {
  const [year, month] = isoMonth(time).split("-");
  return `${year!}年${Number(month)}月`;
}

function moneyValue(amount: Fen): FormValue {
  return { text: moneyText(amount), number: yuanNumber(amount) };
}

function count(n: number): FormValue {
  return { text: String(n), number: n };
}

function textValue(text: string | undefined): FormValue | undefined {
  return text === undefined || text === "" ? undefined : { text };
}
