import type { ComplaintInputs, NamedPerson, Person } from "../domain/complaint.js";
import { INPUT_COLUMNS } from "../domain/columns.js";
import { matchText } from "../domain/match-key.js";
import { yuanNumber, type Fen } from "../domain/money.js";
import { isVagueMeasure } from "../domain/vague-measures.js";
import { dayOfTime, type WallTime } from "../domain/wall-time.js";
import type { FactValue, Facts } from "../rules/facts.js";
import type { PackHeader } from "../rules/pack-schema.js";

/** Words in 地区 that mean outside the mainland, for packs that give none of their own. */
const ABROAD_WORDS = (
  "国外 海外 境外 外国 出口 外贸 港澳台 香港 澳门 台湾 美国 加拿大 墨西哥 巴西 阿根廷 英国 法国 德国 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 " +
  "俄罗斯 乌克兰 土耳其 以色列 沙特 阿联酋 迪拜 埃及 南非 尼日利亚 印度 巴基斯坦 孟加拉 泰国 越南 缅甸 柬埔寨 老挝 马来西亚 新加坡 印尼 印度尼西亚 菲律宾 日本 韩国 朝鲜 " +
  "澳大利亚 澳洲 新西兰 欧洲 欧盟 北美 南美 非洲 东南亚 中东 overseas abroad foreign export international usa u.s. united states uk europe japan korea"
).split(" ");

/** What of the ledger as a whole a row's facts depend on. */
export interface LedgerFacts {
  readonly people: ReadonlyMap<string, Person>;
  readonly now: WallTime;
  readonly deductionRegion: string | undefined;
}

/**
 * The facts a row starts with: its inputs by column id (money in yuan) and the derived facts that need no rule.
 * `earlierOfCustomer` is the number of rows of the same customer before this one; `followedUp` is whether another row names
 * this one in 原投诉编号.
 */
export function baseFacts(
  inputs: ComplaintInputs,
  id: string | undefined,
  header: PackHeader,
  ledger: LedgerFacts,
  earlierOfCustomer: number,
  followedUp: boolean,
): Facts {
  const facts: Facts = {};
  for (const { id: column, kind } of INPUT_COLUMNS) {
    const value = inputs[column];
    if (value === undefined) continue;
    if (kind === "money") facts[column] = yuanNumber(value as Fen);
    else if (kind === "persons") facts[column] = (value as readonly NamedPerson[]).map((person) => person.name);
    else facts[column] = value as FactValue;
  }
  if (id !== undefined) facts.id = id;
  const persons = inputs.person ?? [];
  const { quantity, defectiveQuantity, claim, loss, agreedDeliveryAt, deliveredAt, receiver } = inputs;
  const vague = inputs.correctiveAction !== undefined && isVagueMeasure(inputs.correctiveAction);
  facts.always = true;
  facts.abroad = inputs.region !== undefined && isAbroad(inputs.region, header.abroadWords ?? ABROAD_WORDS);
  facts.measuresVague = vague;
  facts.closed = inputs.closeAt !== undefined && !(vague && header.vagueMeasures === "error");
  facts.personCount = persons.length;
  facts.personIsReceiver = receiver !== undefined && persons.some((person) => person.name === receiver);
  facts.personPosts = persons.flatMap((person) => ledger.people.get(person.name)?.post ?? []);
  facts.followedUp = followedUp;
  facts.customerComplaints = earlierOfCustomer;
  if (ledger.deductionRegion !== undefined) facts.deductionRegion = ledger.deductionRegion;
  if (agreedDeliveryAt !== undefined)
    facts.deliveryDelayDays = (deliveredAt ?? dayOfTime(ledger.now)) - agreedDeliveryAt;
  if (quantity !== undefined && quantity > 0 && defectiveQuantity !== undefined) {
    // Divided last: 3 of 100 must be 3 exactly, where 3 / 100 × 100 need not be.
    facts.defectPercent = (defectiveQuantity * 100) / quantity;
  }
  if (claim !== undefined || loss !== undefined)
    facts.amountAtStake = yuanNumber(Math.max(claim ?? 0, loss ?? 0) as Fen);
  return facts;
}

function isAbroad(region: string, words: readonly string[]): boolean {
  const key = matchText(region);
  // 国内 wins: 国内/国外 as a choice list never holds both, but 国内出口企业 is a home customer.
  return !key.includes("国内") && words.some((word) => key.includes(matchText(word)));
}
