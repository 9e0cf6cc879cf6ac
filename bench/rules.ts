/**
 * Speed of the rules: the same 100 rules over the same rows as hand-written if/else, as compiled closures with the phrase
 * scan (ours), and on plain json-rules-engine. Every way must give the same result for every row.
 *
 *   npx tsx bench/rules.ts [--rows 100000] [--rounds 9]
 *
 * The ratios are medians over alternating rounds of one process, so a busy machine slows all ways alike.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { matchText } from "../src/domain/match-key.js";
import type { Day } from "../src/domain/wall-time.js";
import { phrasesOf, type ResolvedCondition, type ResolvedLeaf } from "../src/rules/conditions.js";
import { evaluateConcern, rowScan } from "../src/rules/evaluate.js";
import type { FactName, Facts } from "../src/rules/facts.js";
import { packInForce, type PackInForce } from "../src/rules/in-force.js";
import { CONCERNS, type Concern } from "../src/rules/events/kinds.js";
import type { LeafCondition, TopCondition } from "../src/rules/schema-parts.js";
import type { Pack, PlacedRule } from "../src/rules/pack.js";
import { referenceEngine, referenceRule, runReference } from "../src/rules/reference.js";

const { values: options } = parseArgs({
  options: { rows: { type: "string", default: "100000" }, rounds: { type: "string", default: "9" } },
});
const ROWS = Number(options.rows);
const ROUNDS = Number(options.rounds);
const REFERENCE_ROWS = 1000;
const DAY = 46_000 as Day;

// ---------------------------------------------------------------- made-up rules and rows, from one seed

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

const random = generator(20_260_331);
const below = (n: number): number => Math.floor(random() * n);
const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
const some = <T>(items: readonly T[], least: number, most: number): T[] => {
  const chosen = new Set<T>();
  const count = least + below(most - least + 1);
  while (chosen.size < count) chosen.add(pick(items));
  return [...chosen];
};

const OBJECTS = [
  "沙发",
  "床垫",
  "衣柜",
  "红烧肉",
  "电梯",
  "空调",
  "发动机",
  "变速箱",
  "订单",
  "发票",
  "包装",
  "油漆",
  "毛巾",
  "体检报告",
  "刹车",
  "水管",
  "快递",
  "餐具",
  "茶几",
  "门锁",
];
const FAULTS = [
  "开裂",
  "掉漆",
  "异响",
  "漏水",
  "发霉",
  "有异物",
  "没熟",
  "变形",
  "破损",
  "少件",
  "发错",
  "色差",
  "断裂",
  "松动",
  "失灵",
  "起火",
  "被困",
  "停电",
  "被盗",
  "划伤",
  "脱线",
  "生锈",
  "漏油",
  "抖动",
  "褪色",
];
const CONDUCT = [
  "态度恶劣",
  "推诿",
  "置之不理",
  "迟迟不回复",
  "不接电话",
  "未按时送货",
  "拖延",
  "骂人",
  "收费不合理",
  "多收钱",
  "退款",
  "换货",
  "要求赔偿",
  "曝光",
  "媒体",
  "消协",
  "集体投诉",
  "堵门",
  "再次投诉",
  "隐瞒",
];
const FILLER = [
  "客户来电反映",
  "上月购买的",
  "使用不到一周就",
  "已经联系过两次",
  "希望尽快处理",
  "并提供了照片",
  "现场人员核实",
  "家里有老人和孩子",
  "影响正常使用",
  "要求当天答复",
  "，",
  "。",
  "，",
  "表示",
  "同时",
  "在安装过程中",
];
const PHRASES = [
  ...OBJECTS,
  ...FAULTS,
  ...CONDUCT,
  ...OBJECTS.flatMap((object) => FAULTS.slice(0, 6).map((fault) => object + fault)),
];
const CATEGORIES = ["产品质量类", "外观包装类", "服务质量类", "抱怨类", "建议类", "交期", "运输损害", "规格数量不符"];
const LEVELS = ["一般", "中级", "强烈", "重大"];
const CAUSES = ["市场政策误解", "操作失误", "设计缺陷", "运输不当", "客户原因", "来料不良"];
const CHANNELS = ["电话", "现场", "400热线", "媒体", "电邮", "12345"];

const TEXT_VALUES: Partial<Record<FactName, readonly string[]>> = {
  category: CATEGORIES,
  level: LEVELS,
  cause: CAUSES,
  channel: CHANNELS,
  madeAt: ["总部", "北方", "外协"],
  misconduct: ["未经审批发文", "置之不理", "瞒报", "漏报"],
  remedy: ["折让", "退货", "换货", "返修"],
  sanction: ["警告", "小过", "大过"],
};
const NUMBER_LIMITS: Partial<Record<FactName, readonly number[]>> = {
  loss: [500, 5000, 20_000],
  claim: [1000, 2000, 10_000],
  quantity: [10, 100],
  defectPercent: [3, 10],
  deliveryDelayDays: [0, 3],
  households: [3],
  amountAtStake: [1000, 10_000],
  compensationTimes: [2, 5],
};
const FLAGS: readonly FactName[] = [
  "upheld",
  "lossCaused",
  "abroad",
  "repeated",
  "closed",
  "plantInvolved",
  "acceptsExchange",
  "measuresVague",
];
const keys = <T extends object>(of: T): (keyof T & string)[] => Object.keys(of) as (keyof T & string)[];

function makeLeaf(): LeafCondition {
  const kind = random();
  if (kind < 0.35) {
    const fact = random() < 0.8 ? "description" : "demand";
    return { fact, operator: random() < 0.92 ? "mentions" : "doesNotMention", value: some(PHRASES, 2, 8) };
  }
  if (kind < 0.6) {
    const fact = pick(keys(TEXT_VALUES));
    const known = TEXT_VALUES[fact]!;
    if (random() < 0.35) return { fact, operator: random() < 0.8 ? "in" : "notIn", value: some(known, 2, 2) };
    return { fact, operator: random() < 0.85 ? "equal" : "notEqual", value: pick(known) };
  }
  if (kind < 0.8) {
    const fact = pick(keys(NUMBER_LIMITS));
    const operator = pick(["greaterThan", "greaterThanInclusive", "lessThan", "lessThanInclusive"] as const);
    return { fact, operator, value: pick(NUMBER_LIMITS[fact]!) };
  }
  if (kind < 0.95) return { fact: pick(FLAGS), operator: "equal", value: random() < 0.7 };
  return { fact: pick(["closeAt", "handoverAt", "person"]), operator: "isPresent", value: random() < 0.5 };
}

function makeConditions(): TopCondition {
  const all: TopCondition = { all: Array.from({ length: 2 + below(3) }, makeLeaf) };
  const shape = random();
  if (shape < 0.2) all.all.push({ any: Array.from({ length: 2 + below(2) }, makeLeaf) });
  if (shape > 0.9) all.all.push({ not: { all: [makeLeaf(), makeLeaf()] } });
  if (shape > 0.6 && shape < 0.7) return { any: [all, { all: [makeLeaf(), makeLeaf(), makeLeaf()] }] };
  return all;
}

const clause = { document: "S0 §7", article: "第一条" };
const text = { zh: "条", en: "clause" };
/** How the rules of a real pack spread over its files. */
const SHARE: Partial<Record<Concern, number>> = {
  classification: 15,
  responsibility: 20,
  deadlines: 20,
  penalties: 20,
  compensation: 5,
  approvals: 8,
  forms: 12,
};

function makePack(): Pack {
  const rules: PlacedRule[] = CONCERNS.flatMap((concern) =>
    Array.from({ length: SHARE[concern] ?? 0 }, (_, i) => ({
      concern,
      rule: {
        id: `${concern}-${i}`,
        clause,
        title: text,
        conditions: makeConditions(),
        event: { type: "message" as const, params: { level: "info" as const, text } },
      },
      file: `bench/${concern}.json`,
      line: 1,
    })),
  );
  return {
    header: {
      id: "bench",
      title: text,
      version: "1.0.0",
      source: { document: "bench", title: text },
      stages: ["close"],
    },
    parameters: new Map(),
    lists: {},
    rules,
    labels: [],
    classification: {},
    learned: [],
    caps: [],
    reports: [],
    cases: [],
    hash: "",
  };
}

function makeRow(): Facts {
  const facts: Facts = { receivedAt: 46_000 * 86_400 + below(86_400), always: true };
  const words = Array.from({ length: 9 + below(8) }, () => pick(FILLER));
  for (let i = below(3); i >= 0; i--) words.splice(below(words.length), 0, pick(OBJECTS), pick(FAULTS));
  if (random() < 0.4) words.push(pick(CONDUCT));
  facts.description = words.join("");
  if (random() < 0.5) facts.demand = pick(FILLER) + pick(CONDUCT);
  for (const fact of keys(TEXT_VALUES)) if (random() < 0.6) facts[fact] = pick(TEXT_VALUES[fact]!);
  for (const fact of keys(NUMBER_LIMITS))
    if (random() < 0.6) facts[fact] = below(2 * Math.max(...NUMBER_LIMITS[fact]!));
  for (const fact of FLAGS) if (random() < 0.7) facts[fact] = random() < 0.5;
  if (random() < 0.5) facts.closeAt = 46_010 * 86_400;
  if (random() < 0.5) facts.person = ["甲"];
  return facts;
}

// ---------------------------------------------------------------- the three ways

type Judge = (facts: Facts) => readonly string[];

/** What a programmer would write by hand: one if a rule, texts made comparable once a row, `includes` a phrase. */
async function ifElse(inForce: PackInForce, folder: string): Promise<Judge> {
  const rules = CONCERNS.flatMap((concern) => inForce.rules[concern]);
  const source = [
    `import { matchText } from ${JSON.stringify(new URL("../src/domain/match-key.ts", import.meta.url).href)};`,
    `import { tellsAny } from ${JSON.stringify(new URL("../src/rules/text-facts.ts", import.meta.url).href)};`,
    "export function judge(facts) {",
    "  const fired = [];",
    '  const description = facts.description === undefined ? "" : matchText(facts.description);',
    '  const demand = facts.demand === undefined ? "" : matchText(facts.demand);',
    ...rules.map(({ id, conditions }) => `  if (${asSource(conditions)}) fired.push(${JSON.stringify(id)});`),
    "  return fired;",
    "}",
  ].join("\n");
  const file = join(folder, "if-else.mjs");
  writeFileSync(file, source);
  return ((await import(pathToFileURL(file).href)) as { judge: Judge }).judge;
}

function asSource(condition: ResolvedCondition): string {
  if ("all" in condition) return `(${condition.all.map(asSource).join(" && ")})`;
  if ("any" in condition) return `(${condition.any.map(asSource).join(" || ")})`;
  if ("not" in condition) return `!${asSource(condition.not)}`;
  return leafSource(condition);
}

function leafSource({ fact, operator, value }: ResolvedLeaf): string {
  const held = `facts.${fact}`;
  const includes = phrasesOf(value).map((phrase) => `${fact}.includes(${JSON.stringify(matchText(phrase))})`);
  const among = (sign: string, joint: string): string =>
    `(${(value as readonly string[]).map((member) => `${held} ${sign} ${JSON.stringify(member)}`).join(joint)})`;
  switch (operator) {
    case "mentions":
      return `(${includes.join(" || ")})`;
    case "doesNotMention":
      return `!(${includes.join(" || ")})`;
    case "tells":
      return `tellsAny(${held} ?? "", ${JSON.stringify(phrasesOf(value))})`;
    case "doesNotTell":
      return `!tellsAny(${held} ?? "", ${JSON.stringify(phrasesOf(value))})`;
    case "in":
      return among("===", " || ");
    case "notIn":
      return among("!==", " && ");
    case "isPresent":
      return `${held} ${value === true ? "!==" : "==="} undefined`;
    case "contains":
      return `${held}?.includes(${JSON.stringify(value)}) === true`;
    case "doesNotContain":
      return `${held}?.includes(${JSON.stringify(value)}) === false`;
    default: {
      const signs = {
        equal: "===",
        notEqual: "!==",
        lessThan: "<",
        lessThanInclusive: "<=",
        greaterThan: ">",
        greaterThanInclusive: ">=",
      };
      return `${held} ${signs[operator]} ${JSON.stringify(value)}`;
    }
  }
}

function ours(inForce: PackInForce): Judge {
  const scan = rowScan(inForce);
  return (facts) => {
    const fired: string[] = [];
    for (const concern of CONCERNS)
      for (const rule of evaluateConcern(inForce, concern, facts, scan)) fired.push(rule.id);
    return fired;
  };
}

function reference(inForce: PackInForce): (facts: Facts) => Promise<readonly string[]> {
  const rules = CONCERNS.flatMap((concern) => inForce.rules[concern]);
  const engine = referenceEngine();
  for (const { id, conditions } of rules) engine.addRule(referenceRule(id, conditions));
  return async (facts) => {
    const fired = await runReference(engine, facts);
    return rules.filter(({ id }) => fired.has(id)).map(({ id }) => id);
  };
}

// ---------------------------------------------------------------- measuring

interface Measured {
  readonly rowsPerSecond: number;
  readonly hash: number;
  readonly fired: number;
}

const HASH_START = 0x811c9dc5;

function mix(hash: number, fired: readonly string[], codes: ReadonlyMap<string, number>): number {
  let mixed = hash;
  for (const id of fired) mixed = Math.imul(mixed ^ codes.get(id)!, 0x01000193);
  return Math.imul(mixed ^ 0xff, 0x01000193) >>> 0;
}

function measure(judge: Judge, rows: readonly Facts[], codes: ReadonlyMap<string, number>): Measured {
  const start = performance.now();
  const results = rows.map(judge);
  const seconds = (performance.now() - start) / 1000;
  const hash = results.reduce((sum, fired) => mix(sum, fired, codes), HASH_START);
  return { rowsPerSecond: rows.length / seconds, hash, fired: results.reduce((sum, fired) => sum + fired.length, 0) };
}

async function measureReference(
  judge: (facts: Facts) => Promise<readonly string[]>,
  rows: readonly Facts[],
  codes: ReadonlyMap<string, number>,
): Promise<Measured> {
  const start = performance.now();
  const results: (readonly string[])[] = [];
  for (const row of rows) results.push(await judge(row));
  const seconds = (performance.now() - start) / 1000;
  const hash = results.reduce((sum, fired) => mix(sum, fired, codes), HASH_START);
  return { rowsPerSecond: rows.length / seconds, hash, fired: results.reduce((sum, fired) => sum + fired.length, 0) };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const folder = mkdtempSync(join(tmpdir(), "tiaoli-bench-"));
try {
  const inForce = packInForce(makePack(), DAY);
  const codes = new Map(CONCERNS.flatMap((concern) => inForce.rules[concern]).map(({ id }, i) => [id, i + 1]));
  const rows = Array.from({ length: ROWS }, makeRow);
  const sample = rows.slice(0, REFERENCE_ROWS);
  const byHand = await ifElse(inForce, folder);
  const compiled = ours(inForce);
  const plain = reference(inForce);

  const speeds = { byHand: [] as number[], compiled: [] as number[], plain: [] as number[] };
  let fired = 0;
  for (let round = -1; round < ROUNDS; round++) {
    const a = measure(byHand, rows, codes);
    const b = measure(compiled, rows, codes);
    const c = await measureReference(plain, sample, codes);
    if (a.hash !== b.hash) throw new Error("if/else and the compiled rules differ");
    if (c.hash !== measure(compiled, sample, codes).hash)
      throw new Error("json-rules-engine and the compiled rules differ");
    fired = b.fired;
    if (round < 0) continue; // warming up
    speeds.byHand.push(a.rowsPerSecond);
    speeds.compiled.push(b.rowsPerSecond);
    speeds.plain.push(c.rowsPerSecond);
  }
  const ratios = (of: readonly number[]): string =>
    median(speeds.compiled.map((speed, i) => speed / of[i]!)).toFixed(2);
  const speed = (of: readonly number[]): string => Math.round(median(of)).toLocaleString("en").padStart(12);
  console.log(`${codes.size} rules, ${ROWS} rows, ${fired} rules fired, results equal; medians of ${ROUNDS} rounds`);
  console.log(`if/else by hand          ${speed(speeds.byHand)} rows/s`);
  console.log(`compiled (ours)          ${speed(speeds.compiled)} rows/s`);
  console.log(`json-rules-engine        ${speed(speeds.plain)} rows/s (${REFERENCE_ROWS} rows a round)`);
  console.log(`ours ÷ if/else           ${ratios(speeds.byHand)} (required: at least 0.8)`);
  console.log(`ours ÷ json-rules-engine ${ratios(speeds.plain)} (required: at least 50)`);
} finally {
  rmSync(folder, { recursive: true });
}
