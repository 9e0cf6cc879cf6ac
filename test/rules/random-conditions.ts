import fc from "fast-check";
import { Compiler, Reads } from "../../src/rules/compile.js";
import { emptySlots } from "../../src/rules/fact-row.js";
import type { ResolvedCondition, ResolvedLeaf } from "../../src/rules/conditions.js";
import type { FactName, Facts, FactValue } from "../../src/rules/facts.js";
import type { Operator } from "../../src/rules/schema-parts.js";
import { PhraseIndex, RowScan } from "../../src/rules/phrase-scan.js";

/** Random conditions of the forms a pack may hold, and rows that answer them, also with what a row should not hold. */

const TEXTS = ["description", "demand", "cause"] as const satisfies readonly FactName[];
const NUMBERS = ["loss", "claim", "quantity", "defectPercent"] as const satisfies readonly FactName[];
const FLAGS = ["upheld", "closed"] as const satisfies readonly FactName[];
const LISTS = ["person", "lateStages"] as const satisfies readonly FactName[];
const TIMES = ["receivedAt", "closeAt", "handoverAt"] as const satisfies readonly FactName[];
const DATES = ["agreedDeliveryAt", "deliveredAt"] as const satisfies readonly FactName[];

/** Pieces whose joints make phrases overlap, in wide, narrow, composed and compatibility forms. */
const PIECES = [
  "质",
  "量",
  "质量",
  "问题",
  "没有",
  "起火",
  "担心",
  "电梯",
  "困",
  "昨晚",
  "退车",
  "开裂",
  "裂",
  "ab",
  "Ab",
  "ＡＢ",
  "b",
  "c",
  "é",
  "é",
  "①",
  "㎏",
  "ﬁ",
  "…",
  "，",
  " ",
  "5",
  "５",
];

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(""));
const phrase = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(""))
  .filter((words) => words.trim() !== "");
const concept = fc.constantFrom("fire", "theft", "lift-trapped", "return-car");
const smallNumber = fc.constantFrom(-1, -0, 0, 0.1, 0.3, 1, 2, 2.5, 3, 5000, 1e21);
const oddNumber = fc.constantFrom(NaN, Infinity, -Infinity, 5e-324, Number.MAX_SAFE_INTEGER, 0.1 + 0.2);
const time = fc.integer({ min: 100, max: 103 });
const list = fc.array(fc.constantFrom("张三", "李四", "close", "report", ""), { maxLength: 3 });

const leaf = (
  facts: readonly FactName[],
  operators: readonly Operator[],
  value: fc.Arbitrary<ResolvedLeaf["value"]>,
): fc.Arbitrary<ResolvedLeaf> =>
  fc.record({ fact: fc.constantFrom(...facts), operator: fc.constantFrom(...operators), value });
const otherOf = (facts: readonly FactName[]): fc.Arbitrary<{ fact: FactName }> =>
  fc.record({ fact: fc.constantFrom(...facts) });

const ORDERING = ["lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"] as const;
const ALL_FACTS = [...TEXTS, ...NUMBERS, ...FLAGS, ...LISTS, ...TIMES, ...DATES];

export const randomLeaf: fc.Arbitrary<ResolvedLeaf> = fc.oneof(
  leaf(TEXTS, ["equal", "notEqual"], fc.oneof(text, otherOf(TEXTS))),
  leaf(TEXTS, ["in", "notIn"], fc.array(text, { minLength: 1, maxLength: 12 })),
  leaf(TEXTS, ["mentions", "doesNotMention"], fc.oneof(phrase, fc.array(phrase, { minLength: 1, maxLength: 4 }))),
  leaf(TEXTS, ["tells", "doesNotTell"], fc.oneof(concept, fc.array(concept, { minLength: 1, maxLength: 3 }))),
  leaf(NUMBERS, ["equal", "notEqual", ...ORDERING], fc.oneof(smallNumber, otherOf(NUMBERS))),
  leaf(NUMBERS, ["in", "notIn"], fc.array(smallNumber, { minLength: 1, maxLength: 12 })),
  leaf(FLAGS, ["equal", "notEqual"], fc.oneof(fc.boolean(), otherOf(FLAGS))),
  leaf(LISTS, ["contains", "doesNotContain"], fc.oneof(fc.constantFrom("张三", "close", ""), otherOf(TEXTS))),
  leaf(TIMES, ["equal", "notEqual", ...ORDERING], otherOf(TIMES)),
  leaf(DATES, ["equal", "notEqual", ...ORDERING], otherOf(DATES)),
  leaf(ALL_FACTS, ["isPresent"], fc.boolean()),
);

const { group } = fc.letrec<{ node: ResolvedCondition; group: ResolvedCondition }>((tie) => ({
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, randomLeaf, tie("group")),
  group: fc.oneof(
    fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 4 }) }),
    fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 4 }) }),
    fc.record({ not: tie("node") }),
  ),
}));

/** A rule's conditions: a group at the root. */
export const randomConditions: fc.Arbitrary<ResolvedCondition> = group;

const odd: fc.Arbitrary<FactValue> = fc.oneof(
  oddNumber,
  smallNumber,
  text,
  fc.constantFrom("12abc", " 7", "1e3", "-"),
  fc.boolean(),
  list,
);
const present = (value: fc.Arbitrary<FactValue>): fc.Arbitrary<FactValue | undefined> =>
  fc.oneof(
    { weight: 6, arbitrary: value },
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: odd },
  );

/** A row: blanks, odd numbers, empty texts, and now and then a value of the wrong kind. */
export const randomFacts: fc.Arbitrary<Facts> = fc
  .record({
    ...Object.fromEntries(TEXTS.map((name) => [name, present(text)])),
    ...Object.fromEntries(NUMBERS.map((name) => [name, present(fc.oneof(smallNumber, oddNumber))])),
    ...Object.fromEntries(FLAGS.map((name) => [name, present(fc.boolean())])),
    ...Object.fromEntries(LISTS.map((name) => [name, present(list)])),
    ...Object.fromEntries(TIMES.map((name) => [name, present(time)])),
    ...Object.fromEntries(DATES.map((name) => [name, present(time)])),
  })
  .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Facts);

/** The compiled form of some conditions, judged on one row after another. */
export function compiledForm(conditions: readonly ResolvedCondition[]): (facts: Facts) => boolean[] {
  const phrases = new PhraseIndex();
  const compiler = new Compiler(phrases);
  const tests = conditions.map((condition) => compiler.test(condition));
  const reads = new Reads(conditions);
  const scan = new RowScan(phrases);
  const slots = emptySlots();
  return (facts) => {
    reads.fill(slots, facts);
    for (const column of reads.texts) scan.read(column, facts[column]);
    return tests.map((test) => test(slots, scan.bits));
  };
}
