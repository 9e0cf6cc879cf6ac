import { isBlankWord, isDoubtful, listedKey, SEPARATORS } from "./listed-values.js";
import { isOutsideParty, isUnitName } from "./not-persons.js";

/**
 * What a cell of 改判 says: the whole value counts, as in every column that decides money. Words around a listed name
 * (建议改判业务部, 由一般改为强烈) decide nothing.
 */

export type UnitReading =
  /** The unit, as the list writes it. */
  | { readonly kind: "unit"; readonly name: string }
  /** A supplier, a carrier, a customer: nobody of ours. */
  | { readonly kind: "outside" }
  /** A listed unit, or an outside party, among words that doubt or propose it. */
  | { readonly kind: "within"; readonly word: string }
  | { readonly kind: "several" }
  /** On no list. */
  | { readonly kind: "unknown" };

/** Reads 改判责任部门; `known`: the units that the regulation and 人员 name. */
export function readUnit(value: string, known: readonly string[]): UnitReading {
  const key = listedKey(value);
  const listed = known.find((name) => listedKey(name) === key);
  if (listed !== undefined) return { kind: "unit", name: listed };
  const parts = value.split(SEPARATORS).filter((part) => !isBlankWord(part));
  if (parts.length > 1) return parts.every(isOutside) ? { kind: "outside" } : { kind: "several" };
  if (isDoubtful(value)) {
    const word = known.find((name) => key.includes(listedKey(name)));
    if (word !== undefined) return { kind: "within", word };
    return isOutsideParty(value) ? { kind: "within", word: value } : { kind: "unknown" };
  }
  return isOutside(value) ? { kind: "outside" } : { kind: "unknown" };
}

/** 物流公司 and 外部 are outside; 物流部 and 客户服务中心 may be units of ours that no list names. */
function isOutside(text: string): boolean {
  return isOutsideParty(text) && (!isUnitName(text) || text.trim().endsWith("外部"));
}

/** What people add to a label or leave out: 重大 is 重大投诉, 一般抱怨 is 一般. */
const KIND_WORDS = /(?:类|级|级别|投诉|抱怨|问题)+$/u;

/** The label that a value of 改判级别 or 改判类别 means as a whole; undefined if none, or more than one. */
export function labelMeant(value: string, labels: readonly string[]): string | undefined {
  const key = listedKey(value);
  const exact = labels.find((label) => listedKey(label) === key);
  if (exact !== undefined) return exact;
  const bare = (text: string): string => listedKey(text).replace(KIND_WORDS, "");
  const meant = bare(value);
  const found = meant === "" ? [] : labels.filter((label) => bare(label) === meant);
  return found.length === 1 ? found[0] : undefined;
}

/** The label that stands among other words of a value which is none itself; the longest, if several do. */
export function labelWithin(value: string, labels: readonly string[]): string | undefined {
  const key = listedKey(value);
  return labels
    .filter((label) => key.includes(listedKey(label)))
    .toSorted((a, b) => b.length - a.length)
    .at(0);
}
