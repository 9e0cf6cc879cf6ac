import * as codec from "../codecs.js";
import type { Field } from "../fields.js";
import { AMOUNT_FORM, SUBJECT_FORM } from "../notation.js";
import { CONCERN_EVENTS, PENALTY_TYPES, type Concern, type EventType } from "../../rules/events/kinds.js";
import { EVENT_WORDS, LEVEL_WORDS, SETTLED_WORDS, STAGE_WORDS, Words } from "../vocabulary.js";
import { COLUMN_WORDS } from "../vocabulary.js";

/** What follows where the conditions of a rule hold: a column for each value of an event, shared by the events that have it. */

const OUTPUTS = new Words({
  category: COLUMN_WORDS.word("category"),
  subcategory: COLUMN_WORDS.word("subcategory"),
  nature: COLUMN_WORDS.word("nature"),
  level: COLUMN_WORDS.word("level"),
  department: COLUMN_WORDS.word("department"),
  handler: COLUMN_WORDS.word("handler"),
  approver: COLUMN_WORDS.word("approver"),
});
export const CLASSIFIED = new Words({
  category: COLUMN_WORDS.word("category"),
  subcategory: COLUMN_WORDS.word("subcategory"),
  nature: COLUMN_WORDS.word("nature"),
  level: COLUMN_WORDS.word("level"),
});
const PENALTY_WORDS = new Words(Object.fromEntries(PENALTY_TYPES.map((type) => [type, type])));

function params(header: string, path: readonly string[], kind: codec.Codec, width: number, note: Field["note"]): Field {
  return { header, path: ["event", "params", ...path], codec: kind, width, note };
}

const OUTPUT = params("输出", ["output"], codec.choice(OUTPUTS), 12, "note.output");
const VALUE = params("取值", ["value"], codec.text, 18, "note.value");
const TEXT = [
  params("文字", ["text", "zh"], codec.text, 40, "note.text"),
  params("文字（英文）", ["text", "en"], codec.text, 32, "note.text-en"),
];
const COLUMN = params("相关列", ["column"], codec.columnName, 14, "note.column");
const STAGE = params("环节", ["stage"], codec.choice(STAGE_WORDS), 10, "note.stage");
const ENDS_AT = params("止于", ["endsAt"], codec.columnNames, 16, "note.ends-at");
const REASON = params("事由", ["reason"], codec.text, 24, "note.reason");
const AMOUNT = params("金额", ["amount"], codec.form(AMOUNT_FORM), 34, "note.amount");

export const EVENT_FIELDS = {
  classify: [OUTPUT, VALUE],
  invalid: [COLUMN, ...TEXT],
  assign: [
    OUTPUT,
    VALUE,
    params("依据", ["by"], codec.factName, 18, "note.by"),
    params("档位表", ["tiers"], codec.parameterRef, 24, "note.tiers"),
  ],
  deadline: [
    STAGE,
    params("起算", ["from"], codec.columnNames, 18, "note.starts"),
    params("期限", ["limit"], codec.length, 26, "note.limit"),
    params("目标", ["target"], codec.length, 20, "note.target"),
    params("约定列", ["at"], codec.columnName, 14, "note.at"),
    ENDS_AT,
    params("重开天数", ["reopenedWithin"], codec.numberRef, 22, "note.reopened"),
    params("其中部分", ["part", "zh"], codec.text, 14, "note.part"),
    params("其中部分（英文）", ["part", "en"], codec.text, 14, "note.part-en"),
  ],
  escalate: [
    params("级别", ["ladder"], codec.texts, 22, "note.ladder"),
    params("暂缓级别", ["deferredLevel"], codec.text, 12, "note.deferred-level"),
  ],
  archive: [
    params("起算", ["from"], codec.columnName, 18, "note.starts"),
    params("年数", ["years"], codec.numberRef, 20, "note.years"),
  ],
  penalty: [
    params("类型", ["kind"], codec.choice(PENALTY_WORDS), 12, "note.kind"),
    REASON,
    params("对象", ["subject"], codec.form(SUBJECT_FORM), 18, "note.subject"),
    AMOUNT,
    params("行政处分", ["sanction"], codec.text, 12, "note.sanction"),
    params("何时确定", ["settledBy"], codec.choice(SETTLED_WORDS), 14, "note.settled"),
    params("所属日", ["day"], codec.day, 22, "note.day"),
    params("只扣当月", ["ownMonthOnly"], codec.yesNo(), 10, "note.own-month"),
  ],
  compensate: [REASON, AMOUNT],
  "split-cost": [],
  "post-return": [params("容差", ["tolerance"], codec.numberRef, 22, "note.tolerance")],
  form: [
    params("单据", ["name"], codec.text, 24, "note.form"),
    params("分送", ["copies"], codec.texts, 28, "note.copies"),
  ],
  "next-step": TEXT,
  advice: [
    params("步骤", ["steps", "*", "zh"], codec.lines, 48, "note.steps"),
    params("步骤（英文）", ["steps", "*", "en"], codec.lines, 40, "note.steps-en"),
  ],
  message: [params("程度", ["level"], codec.choice(LEVEL_WORDS), 8, "note.level"), ...TEXT, COLUMN],
} as const satisfies Readonly<Record<EventType, readonly Field[]>>;

/** The column that says which event it is. */
export function eventTypeField(concern: Concern): Field {
  const words = new Words(Object.fromEntries(CONCERN_EVENTS[concern].map((type) => [type, EVENT_WORDS.word(type)])));
  return {
    header: "结果",
    path: ["event", "type"],
    codec: codec.choice(words),
    width: 10,
    note: "note.event",
    required: true,
  };
}

/** The columns of the events that a concern may have; two events with a column of one header share it. */
export function eventFields(concern: Concern): Field[] {
  const fields = new Map<string, Field>();
  for (const type of CONCERN_EVENTS[concern])
    for (const field of EVENT_FIELDS[type]) if (!fields.has(field.header)) fields.set(field.header, field);
  return [...fields.values()];
}
