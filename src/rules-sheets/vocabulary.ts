import { COLUMNS } from "../domain/columns.js";
import words from "../locales/process.zh-CN.json" with { type: "json" };
import type { FormulaName } from "../rules/events/amounts.js";
import type { Concern, EventType } from "../rules/events/kinds.js";
import type { SettledBy } from "../rules/events/settlement.js";
import type { PenaltySubject } from "../rules/events/subjects.js";
import { FACT_NAMES, type Stage } from "../rules/facts.js";
import type { PARAMETER_UNITS } from "../rules/pack-schema.js";
import type { Operator } from "../rules/schema-parts.js";

/**
 * The words that stand on the sheets for the names in a pack's files. The sheets are Chinese in either language of the
 * program, as the columns of a ledger are: one form, whoever exchanges it.
 */

/** Names of a closed set with their words, both ways. */
export class Words<Name extends string = string> {
  private readonly names = new Map<string, Name>();

  constructor(private readonly words: Readonly<Record<Name, string>>) {
    for (const [name, word] of Object.entries(words) as [Name, string][]) {
      this.names.set(word, name);
      this.names.set(name, name);
    }
  }

  /** The word of a name; the name itself where the set does not hold it, so that nothing is lost on the way. */
  word(name: string): string {
    return Object.hasOwn(this.words, name) ? this.words[name as Name] : name;
  }

  /** The name behind a word, or behind the name itself. */
  name(word: string): Name | undefined {
    return this.names.get(word.trim());
  }

  get all(): readonly string[] {
    return Object.values(this.words);
  }

  /** Words and names, the longest first: at a place of a text the longest that fits is meant. */
  get spellings(): readonly string[] {
    return [...this.names.keys()].sort((a, b) => b.length - a.length);
  }
}

export const UNITS = new Words<(typeof PARAMETER_UNITS)[number]>({
  days: "天",
  workingDays: "工作日",
  hours: "小时",
  minutes: "分钟",
  years: "年",
  yuan: "元",
  percent: "百分比",
  times: "倍数",
  count: "次数",
  tiers: "分档",
  words: "词语",
});

export const STAGE_WORDS = new Words<Stage>({
  report: "上报",
  handover: "移交",
  firstReply: "首次回复",
  investigate: "调查",
  approve: "核决",
  close: "结案",
  revisit: "回访",
  feedback: "反馈",
  discipline: "追责",
});

export const EVENT_WORDS = new Words<EventType>({
  classify: "归类",
  invalid: "数据有误",
  assign: "指定",
  deadline: "期限",
  escalate: "升级",
  archive: "归档",
  penalty: "处罚",
  compensate: "补偿",
  "split-cost": "分担返修费用",
  "post-return": "退货入账",
  form: "单据",
  "next-step": "下一步",
  advice: "建议",
  message: "提示",
});

export const CONCERN_WORDS = new Words<Concern>({
  classification: "分类",
  responsibility: "责任",
  deadlines: "期限",
  penalties: "处罚",
  compensation: "补偿",
  approvals: "核决",
  forms: "单据",
  advice: "建议",
});

export const SETTLED_WORDS = new Words<SettledBy>({
  closing: "结案",
  approval: "核决",
  "own-day": "按自己的日子",
});

export const LEVEL_WORDS = new Words<"info" | "warning" | "error">({ info: "提示", warning: "警告", error: "错误" });
export const YES_NO = new Words<"true" | "false">({ true: "是", false: "否" });
export const STATED_WORDS = new Words<"true" | "false">({ true: "原文", false: "样例" });
export const SIDE_WORDS = new Words<"phrases" | "counterPhrases">({ phrases: "支持", counterPhrases: "反对" });
export const PERIOD_WORDS = new Words<"day" | "month" | "year">({ day: "日", month: "月", year: "年" });
export const REPORT_PERIOD_WORDS = new Words<"month" | "week" | "half">({ month: "月", week: "周", half: "半年" });
export const OTHERS_WORDS = new Words<"ask" | "read" | "free">({
  ask: "不算，要问",
  read: "看字词，要问",
  free: "照收",
});
export const BASIS_WORDS = new Words<"received" | "closed">({ received: "受理", closed: "结案" });

export const OPERATOR_WORDS = new Words<Operator>({
  equal: "=",
  notEqual: "≠",
  in: "属于",
  notIn: "不属于",
  contains: "包含",
  doesNotContain: "不包含",
  lessThan: "<",
  lessThanInclusive: "≤",
  greaterThan: ">",
  greaterThanInclusive: "≥",
  mentions: "提到",
  doesNotMention: "未提到",
  tells: "说明",
  doesNotTell: "未说明",
  isPresent: "已填写",
});

export const FORMULA_WORDS = new Words<FormulaName>({
  fixed: "定额",
  "share-by-base-points": "按基点分摊",
  "equal-shares": "平均分摊",
  "percent-of-bonus": "绩效奖金比例",
  "tiered-percent-of-bonus": "绩效奖金分档比例",
  "fixed-per-month": "每月定额",
  "percent-of-price": "价款比例",
  "percent-of-base": "基数比例",
  "tiered-amount": "分档金额",
  "per-count": "按次数",
  "amount-per-point": "每基点金额",
  "price-times": "价款倍数",
});

export const SUBJECT_WORDS = new Words<PenaltySubject["who"]>({
  person: "责任人",
  post: "岗位",
  receiver: "接待人",
  superior: "责任人的上级",
  "receiver-and-superior": "接待人及其上级",
  unit: "责任单位",
  department: "责任部门",
});

/** Every fact by the header of its column, or by the word that explanations use for it. */
export const FACT_WORDS = new Words(factWords());

/** Columns of a ledger by their headers. */
export const COLUMN_WORDS = new Words(Object.fromEntries(COLUMNS.map(({ id, header }) => [id, header])));

function factWords(): Record<string, string> {
  const headers = new Map<string, string>(COLUMNS.map(({ id, header }) => [id, header]));
  const told: Readonly<Record<string, string>> = words;
  const taken = new Set<string>();
  const result: Record<string, string> = {};
  for (const name of FACT_NAMES) {
    const word = headers.get(name) ?? told[`fact.${name}`] ?? name;
    // The listed values of a column are told by the column's own word: here both have to be known apart.
    const own = taken.has(word) ? `${word}（取值）` : word;
    taken.add(own);
    result[name] = own;
  }
  return result;
}
