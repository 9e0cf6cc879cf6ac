import type { IFlattenedRuleSet } from "dependency-cruiser";

/** Type of .dependency-cruiser.js, for tests. */
declare const layers: IFlattenedRuleSet;
export default layers;
