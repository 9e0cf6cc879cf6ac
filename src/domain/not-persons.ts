import { isBlankWord } from "./listed-values.js";
import { matchText } from "./match-key.js";

/**
 * What people write where a person's name belongs and what is none: departments, outside parties, telephone numbers,
 * 同上 and 见附件. Nobody may be charged under such a name.
 */
export type NotPerson =
  | "outside" // a supplier, a carrier, a customer, another company
  | "department" // a unit of ours: it belongs in 责任班组 or 改判责任部门
  | "elsewhere" // 同上, 见附件, 待定: the name stands somewhere else or nowhere
  | "phone"
  | "several"; // 张三等3人, 全体员工: more people than are named

const OUTSIDE =
  /供应商|供货商|供货方|承运|物流|快递|运输公司|货运|客户|顾客|业主|住户|消费者|买家|用户|经销商|代理商|加盟商|厂家|厂商|厂方|外协|外包|外部|委外|外加工|第三方|乙方|甲方|对方|公司|集团|有限|企业|商行|商场|事务所|保险|supplier|vendor|carrier|courier|customer|client|third[ -]party|company|\bltd\b|\binc\b|\bcorp\b|\bllc\b|\bgmbh\b/iu;
const UNIT_END =
  /(?:部|部门|科|科室|处|室|课|股|组|小组|班|班组|队|车间|中心|分部|门店|工段|产线|生产线|流水线|工厂|仓库|项目部|办公室|前台|总台|department|dept\.?|team|crew|workshop|office|division|group)$/iu;
const ELSEWHERE =
  /^(?:同上|同前|上同|见上|如上|见附件|详见附件|附件|见附表|附表|见备注|备注|另附|另行通知|待处理|待查实|待落实|待确定|查询中|调查中|核实中|处理中|不明|不清楚|不知道|本人|当事人|责任人|责任人员|相关人员|有关人员|当班人员|值班人员|操作工|操作员|司机|驾驶员|员工|职工|工人|领班|ditto|see attach.*|same as above|to be determined|operator|driver|employee|staff)$/iu;
const SEVERAL =
  /等(?:人|\s*[\d一二两三四五六七八九十]+\s*[人名位]?)?$|^\s*[\d一二两三四五六七八九十多数若干几]+\s*[人名位]$|^(?:全体|全员|所有|全部|大家|各|多人|数人|众人|每人|每个)|et al\.?$|\band others\b/iu;
const PHONE = /^(?:\+?86[- ]?)?(?:1\d{10}|0\d{2,3}[- ]?\d{7,8}|\d{7,8}|400[- ]?\d{3}[- ]?\d{4})(?:[-转]\d+)?$/u;

/** 张三60李四40 */
const RUN_TOGETHER = /^\p{Script=Han}{2,4}\d+(?:\.\d+)?\p{Script=Han}{2,4}(?:\d+(?:\.\d+)?)?$/u;

/** Why a text is no person's name; undefined if it may be one. Somebody whom 人员 knows by that name has been looked for before. */
export function notPerson(text: string): NotPerson | undefined {
  const plain = matchText(text)
    .replace(/\p{Cf}/gu, "")
    .trim();
  if (isBlankWord(plain) || ELSEWHERE.test(plain.replace(/\s+/gu, ""))) return "elsewhere";
  // 无责任人, 1, 张三6成李四4成: no name, or several run together so that nobody can part them for certain.
  if (/^(?:无|没有|未)|^\d{1,3}$/u.test(plain)) return "elsewhere";
  if (/[\d一二三四五六七八九]成/u.test(plain) || RUN_TOGETHER.test(plain)) return "several";
  if (PHONE.test(plain)) return "phone";
  if (SEVERAL.test(plain)) return "several";
  if (OUTSIDE.test(plain)) return "outside";
  return isUnitName(plain) ? "department" : undefined;
}

/** Whether a text names a unit of a company by its last word: 制造部, 一车间, 前台. */
export function isUnitName(text: string): boolean {
  return UNIT_END.test(text.trim());
}

/** Whether a text names somebody outside the company: 供应商, 承运商, 某某有限公司. */
export function isOutsideParty(text: string): boolean {
  return OUTSIDE.test(matchText(text));
}
