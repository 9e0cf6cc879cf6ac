import { isBlankWord } from "../domain/listed-values.js";
import type { InputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { Problem, readValue } from "../domain/cell-reading.js";
import { readZonedText } from "../domain/date-text.js";
import { headerWords, isDueHeader } from "../domain/columns/header-words.js";
import { matchText } from "../domain/match-text.js";
import { readPartialDate } from "../domain/partial-date.js";
import { nameKey } from "../domain/persons-text.js";
import { dayOfTime } from "../domain/wall-time.js";
import type { LedgerRow, Stranger } from "./port.js";
import type { Sampled } from "./questions.js";
import { shownSerial } from "./shown-cell.js";

/**
 * What columns nobody knows may be, by their values and by a word of their header. Proposed to a person, never taken: a
 * status or money rests on each of them.
 */

const SAMPLES = 3;
const MOST_CANDIDATES = 4;
/** Of the cells that hold something, so many must look like it. */
const MOSTLY = 0.8;
const OFTEN = 0.5;

/** A day under such a header is not when a case was closed. */
const OTHER_DAY =
  /修改|更新|变更|打印|下次|生日|出生|生产|制造|购|订货|下单|交货|发货|出货|到货|安装|保修|录入|登记|创建|填报|回访|召开|合同|入职|离职|modif|updat|chang|creat|birth|purchas|order|warrant|print|next|enter/iu;
/** Whom such a header names is no culprit. */
const OTHER_PERSON =
  /记录|登记|填|制表|录入|报|(?:^|[^被])投诉人|客户|顾客|业主|住户|联系|接待|受理|接单|接诉|审|批|核|回访|经理|主管|领导|客服|业务员|销售员|modif|creat|report|contact|owner|customer|enter/iu;
const PERSON_WORD =
  /责任|过错|过失|违规|违纪|当事|涉及|相关|被投诉|被诉|失误|失职|处罚|考核|fault|responsib|involved|liable|blame/iu;
const UNIT_WORD = /部门|单位|科室|处室|车间|归属|department|dept|division|unit/iu;
const MONEY_WORD = /损失|赔|罚|扣|费|金额|损|cost|loss|damage|compens|amount|fine/iu;
const OTHER_MONEY =
  /单价|订单|合同|货款|工资|奖金|应收|数量|运费|回款|销售额|采购|产值|price|order|contract|wage|salary|revenue|sales|number|qty|quantity/iu;

export function sampled({ header, letter, cells }: Stranger): Sampled {
  const show = DAY_HEADER.test(matchText(header)) ? shownDay : shown;
  const texts = [...new Set(cells.map(({ value }) => show(value)).filter((text) => text !== ""))];
  return { header, letter, samples: texts.slice(0, SAMPLES) };
}

/** Days stand in cells as Excel counts them; people see them as days. */
const DAY_HEADER =
  /[日时]|闭环|办结|完成|关闭|结案|date|time|(?:^| )(?:on|at)$|closed|opened|resolved|created|modified/iu;

function shownDay(cell: RawCell): string {
  if (typeof cell !== "number" || !looksLikeSerial(cell)) return shown(cell);
  return shownSerial(cell);
}

function shown(cell: RawCell): string {
  if (cell === null) return "";
  return (typeof cell === "object" ? cell.error : String(cell)).trim().slice(0, 40);
}

/** Columns that may be 结案时间: days at or after 受理时间 under a header that speaks of no other day. */
export function mayBeClosing(strangers: readonly Stranger[], rows: readonly LedgerRow[]): Sampled[] {
  const received = new Map(rows.map(({ row, cells }) => [row, dayIn(cells.receivedAt)]));
  return strangers
    .filter(({ header }) => !isDueHeader(header) && !OTHER_DAY.test(matchText(header)))
    .filter(({ cells }) => {
      const filled = cells.filter(({ value }) => !saysNothing(value));
      const dates = filled.filter(({ value }) => looksLikeDay(value));
      if (dates.length === 0 || dates.length < filled.length * MOSTLY) return false;
      const compared = dates.flatMap(({ row, value }) => {
        const [from, day] = [received.get(row), dayIn(value)];
        return from === undefined || day === undefined ? [] : [day >= from];
      });
      return compared.filter(Boolean).length >= compared.length * MOSTLY;
    })
    .map(sampled)
    .slice(0, MOST_CANDIDATES);
}

/** Whether days stand in a column, under a header that speaks of no other day: it may be 受理时间. */
export function holdsDays({ header, cells }: Stranger): boolean {
  if (isDueHeader(header) || OTHER_DAY.test(matchText(header))) return false;
  const filled = cells.filter(({ value }) => !saysNothing(value));
  return filled.length > 0 && filled.filter(({ value }) => looksLikeDay(value)).length >= filled.length * MOSTLY;
}

/** Shorter texts are names and words of a list. */
const SHORTEST_TEXT = 5;

/** The column of the longest texts: it may be 投诉内容. */
export function longestText(strangers: readonly Stranger[]): Stranger | undefined {
  const lengthOf = ({ cells }: Stranger): number => {
    const texts = cells.flatMap(({ value }) => (typeof value === "string" && !looksLikeDay(value) ? [value] : []));
    return texts.reduce((sum, text) => sum + text.trim().length, 0) / Math.max(1, cells.length);
  };
  const [longest] = strangers.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  return longest && lengthOf(longest) >= SHORTEST_TEXT ? longest : undefined;
}

/** A header that is nothing but a word of closing: 结案, 闭环否, Done. What stands under it may be a day or a mark. */
const JUST_CLOSING =
  /^(?:是否|已)?(?:结案|关闭|闭环|办结|销案|完结|完成|处理完毕|close|closed|done|finished|resolved|completed)(?:否|了|吗|标记|标识|打勾|y\/n)?[?？]?$/iu;

/** Columns whose header says closing and no more, whatever stands under them. */
export function saysJustClosing(strangers: readonly Stranger[]): Sampled[] {
  return strangers.filter(({ header }) => JUST_CLOSING.test(matchText(header).replace(/\s+/gu, ""))).map(sampled);
}

/** Columns that may be 责任人. `people`: names of 人员, as name keys. */
export function mayBePersons(strangers: readonly Stranger[], people: ReadonlySet<string>): Sampled[] {
  return strangers
    .filter(({ header }) => !OTHER_PERSON.test(matchText(header)))
    .filter(({ header, cells }) => {
      const filled = cells.filter(({ value }) => typeof value === "string" && !saysNothing(value));
      if (filled.length === 0) return false;
      const known = filled.filter(({ value }) => people.has(nameKey(shown(value))));
      if (known.length >= filled.length * OFTEN) return true;
      const words = headerWords(header);
      const names = words.some((word) =>
        /^(?:人|人员|员|者|姓名|员工|职工|师傅|技师|顾问|person|staff|employee)$/u.test(word),
      );
      return PERSON_WORD.test(matchText(header)) && names;
    })
    .map(sampled)
    .slice(0, MOST_CANDIDATES);
}

/** Columns that may be 损失金额: amounts under a header that speaks of a loss, a cost or a sum. */
export function mayBeLoss(strangers: readonly Stranger[]): Sampled[] {
  return strangers
    .filter(({ header }) => MONEY_WORD.test(matchText(header)) && !OTHER_MONEY.test(matchText(header)))
    .filter(({ cells }) => {
      const filled = cells.filter(({ value }) => !saysNothing(value));
      const sums = filled.filter(
        ({ value }) => !(readValue("money", value) instanceof Problem) && !looksLikeSerial(value),
      );
      return sums.length > 0 && sums.length >= filled.length * MOSTLY;
    })
    .map(sampled)
    .slice(0, MOST_CANDIDATES);
}

/** Columns that may be 改判责任部门: units that somebody names as the ones at fault. */
export function mayBeUnits(strangers: readonly Stranger[]): Sampled[] {
  return strangers
    .filter(({ header }) => PERSON_WORD.test(matchText(header)) && UNIT_WORD.test(matchText(header)))
    .filter(({ header }) => !/人|者|person|staff|employee/iu.test(matchText(header)))
    .filter(({ cells }) => cells.some(({ value }) => typeof value === "string" && !saysNothing(value)))
    .map(sampled)
    .slice(0, MOST_CANDIDATES);
}

/** The columns that are proposed where they are missing. */
export const PROPOSED = ["person", "loss"] as const satisfies readonly InputId[];

function saysNothing(value: RawCell): boolean {
  return value === null || (typeof value === "string" && isBlankWord(value));
}

function dayIn(cell: RawCell | undefined): number | undefined {
  const read = readValue("datetime", cell);
  return read === undefined || read instanceof Problem ? undefined : dayOfTime(read);
}

function looksLikeDay(value: RawCell): boolean {
  if (typeof value === "number") return looksLikeSerial(value) || /^20\d{6}$/u.test(String(value));
  if (typeof value !== "string") return false;
  return dayIn(value) !== undefined || readPartialDate(value) !== undefined || readZonedText(value) !== undefined;
}

/** A day of 2009 to 2036, as Excel counts: other columns of numbers seldom hold nothing else. */
function looksLikeSerial(value: RawCell): boolean {
  return typeof value === "number" && value >= 40_000 && value < 50_000;
}
