import type { JudgedOutput } from "./sentences.js";

/** A label of some pack: `pack.output.label`. */
export type LabelName = `${string}.${JudgedOutput}.${string}`;

/**
 * Labels of different packs that mean the same, so that a sentence or a phrase of one can speak for the other. Only where
 * the definitions agree; an output whose labels cut differently takes no part.
 */
export const SAME_MEANING: readonly (readonly LabelName[])[] = [
  // Goods fall short or fail.
  [
    "general.category.产品质量",
    "franchise-retail.category.品质缺陷",
    "retail-promises.category.产品质量",
    "furniture-north.category.产品质量类",
    "hotel-supplies.category.质量投诉",
    "branch-stores.nature.品质异常",
    "claims-time-limits.nature.质量异常",
    "factory-claims.nature.质量异常",
    "distribution-centre.category.产品质量",
  ],
  // Goods come late.
  ["general.category.配送延迟", "franchise-retail.category.交期", "retail-promises.category.送货延迟"],
  // Staff behave badly.
  [
    "general.category.服务态度",
    "retail-promises.category.员工服务",
    "restaurant.category.服务态度",
    "health-centre.category.服务态度",
    "property-management.subcategory.服务态度",
  ],
  // Goods are damaged on the way.
  [
    "general.category.产品损坏",
    "franchise-retail.category.运输损害",
    "hotel-supplies.category.货运投诉",
    "furniture-north.category.外观包装类",
  ],
  // Goods are not what was promised.
  ["general.category.与宣传不符", "retail-promises.category.与描述不符"],
  // Too few or other goods than ordered.
  [
    "franchise-retail.category.规格数量不符",
    "retail-promises.category.缺货少发",
    "distribution-centre.category.仓储配送",
  ],
  // Human error: orders, shipping, papers, answers.
  ["branch-stores.nature.非品质异常", "claims-time-limits.nature.非质量异常", "factory-claims.nature.非质量异常"],
  // Grave by the clause's list, and what is not.
  ["dealer-group.level.重大", "auto-service.level.重大"],
  ["dealer-group.level.一般", "auto-service.level.一般"],
];

/** The labels that mean the same as this one, without itself. */
export function sistersOf(label: LabelName): LabelName[] {
  return SAME_MEANING.filter((group) => group.includes(label)).flatMap((group) => group.filter((one) => one !== label));
}
