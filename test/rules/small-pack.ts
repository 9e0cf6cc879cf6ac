import type { Day } from "../../src/domain/wall-time.js";
import { parseIso } from "../../src/domain/wall-time.js";
import { problemText } from "../../src/rules/pack-problem-text.js";
import { packInForce, type PackInForce } from "../../src/rules/in-force.js";
import { loadPack } from "../../src/rules/load-pack.js";
import type { Pack } from "../../src/rules/pack.js";
import type { PackProblem } from "../../src/rules/pack-problem.js";

/** A small pack with something of everything, as plain JSON, for tests to bend. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** Contents by path; a text stands for itself, so that it need not be JSON. */
export type PackFiles = Record<string, Json>;
/** A change to a pack's files. */
export type Spoil = (files: PackFiles) => void;

type Holder = Record<string, Json>;

/** What a path like `penalties.json/rules/0/id` leads to: the holder of its last step, and that step. */
function find(files: PackFiles, path: string): { holder: Holder; key: string } {
  const [, file, rest = ""] = /^(.*?\.\w+)(?:\/(.*))?$/.exec(path)!;
  const steps = [file!, ...rest.split("/").filter((step) => step !== "")];
  const key = steps.pop()!;
  const holder = steps.reduce((json: Holder, step) => json[step] as Holder, files);
  return { holder, key };
}

export const put =
  (path: string, value: unknown): Spoil =>
  (files) => {
    const { holder, key } = find(files, path);
    holder[key] = value as Json;
  };

export const drop =
  (path: string): Spoil =>
  (files) => {
    const { holder, key } = find(files, path);
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  };

export const add =
  (path: string, ...values: unknown[]): Spoil =>
  (files) => {
    const { holder, key } = find(files, path);
    (holder[key] as Json[]).push(...(values as Json[]));
  };

export const both =
  (...spoils: readonly Spoil[]): Spoil =>
  (files) => {
    for (const spoil of spoils) spoil(files);
  };

export function spoiled(...spoils: readonly Spoil[]): PackFiles {
  const files = smallPack();
  both(...spoils)(files);
  return files;
}

export const clause = { document: "S0 §7", article: "第一条" };
export const text = (zh: string): { zh: string; en: string } => ({ zh, en: zh });
const stated = { ...clause, stated: true };

export function smallPack(): PackFiles {
  const files = {
    "pack.json": {
      id: "small",
      title: text("小制度"),
      version: "1.0.0",
      source: { document: "S0 §7", title: text("小制度") },
      effectiveFrom: "2010-01-01",
      numbering: { pattern: "{YY}{MM}{DD}{N:3}", period: "year" },
      stages: ["investigate", "close"],
    },
    "parameters.json": {
      parameters: [
        { name: "closeDays", title: text("结案"), unit: "days", values: [{ value: 7, source: stated }] },
        {
          name: "fine",
          title: text("罚款"),
          unit: "yuan",
          values: [
            { effectiveTo: "2020-01-01", value: 50, source: stated },
            { effectiveFrom: "2020-01-01", effectiveTo: "2024-01-01", value: 80, source: { ...clause, stated: false } },
            { effectiveFrom: "2024-01-01", value: 100, source: stated },
          ],
        },
        { name: "bonusShare", title: text("比例"), unit: "percent", values: [{ value: 50, source: stated }] },
        {
          name: "approvers",
          title: text("核决"),
          unit: "tiers",
          values: [{ value: [{ upTo: 5000, value: "业务经理" }, { value: "总经理" }], source: stated }],
        },
        {
          name: "lossTiers",
          title: text("扣减"),
          unit: "tiers",
          values: [{ value: [{ upTo: 500, value: 5 }, { upTo: 5000, value: 10 }, { value: 20 }], source: stated }],
        },
        { name: "grave", title: text("重大"), unit: "words", values: [{ value: ["起火", "爆炸"], source: stated }] },
      ],
    },
    "classification.json": {
      conditions: { "big-claim": { all: [{ fact: "claim", operator: "greaterThan", value: { parameter: "fine" } }] } },
      texts: [
        { column: "description", factor: 1 },
        { column: "demand", factor: 0.5 },
      ],
      labels: [
        {
          output: "category",
          value: "产品质量",
          clause,
          phrases: [
            { text: "质量问题", weight: 3 },
            { text: "开裂", weight: 2 },
          ],
          counterPhrases: [{ text: "使用不当", weight: 2 }],
          context: [{ conditions: { condition: "big-claim" }, weight: 1 }],
        },
        { output: "category", value: "服务", clause, phrases: [{ text: "态度", weight: 2 }] },
        {
          output: "subcategory",
          value: "外观",
          clause,
          within: { output: "category", value: "产品质量" },
          phrases: [{ text: "划伤", weight: 2 }],
        },
      ],
      rules: [
        {
          id: "level-grave",
          clause,
          title: text("重大"),
          conditions: { any: [{ fact: "description", operator: "mentions", value: { parameter: "grave" } }] },
          event: { type: "classify", params: { output: "level", value: "重大" } },
        },
      ],
    },
    "approvals.json": {
      rules: [
        {
          id: "approver",
          clause,
          title: text("核决"),
          conditions: { all: [{ fact: "loss", operator: "greaterThan", value: 0 }] },
          event: { type: "assign", params: { output: "approver", by: "loss", tiers: { parameter: "approvers" } } },
        },
      ],
    },
    "deadlines.json": {
      rules: [
        {
          id: "close",
          clause,
          title: text("结案"),
          conditions: { all: [{ fact: "always", operator: "equal", value: true }] },
          event: {
            type: "deadline",
            params: { stage: "close", from: ["handoverAt", "receivedAt"], limit: { days: { parameter: "closeDays" } } },
          },
        },
      ],
    },
    "penalties.json": {
      conditions: {
        misread: { all: [{ fact: "cause", operator: "equal", value: "市场政策误解" }] },
        "misread-and-open": {
          all: [{ condition: "misread" }, { fact: "closeAt", operator: "isPresent", value: false }],
        },
      },
      rules: [
        {
          id: "policy",
          clause,
          title: text("政策"),
          effectiveFrom: "2015-01-01",
          priority: 2,
          conditions: { condition: "misread-and-open" },
          event: {
            type: "penalty",
            params: {
              kind: "绩效核减",
              reason: "误解",
              subject: { who: "person" },
              amount: { formula: "fixed", amount: { parameter: "fine" } },
            },
          },
        },
        {
          id: "loss-share",
          clause,
          title: text("损失"),
          effectiveTo: "2025-01-01",
          conditions: { all: [{ fact: "loss", operator: "greaterThan", value: 0 }] },
          event: {
            type: "penalty",
            params: {
              kind: "绩效核减",
              reason: "损失",
              subject: { who: "unit" },
              amount: { formula: "tiered-percent-of-bonus", by: "loss", tiers: { parameter: "lossTiers" } },
            },
          },
        },
        {
          id: "note",
          clause,
          title: text("提示"),
          conditions: { any: [{ fact: "person", operator: "contains", value: "张三" }] },
          event: { type: "message", params: { level: "info", text: text("损失 {loss} 元") } },
        },
      ],
      caps: [{ id: "cap", clause, title: text("上限"), covers: ["绩效核减"], rate: { parameter: "bonusShare" } }],
    },
    "cases/penalties.json": {
      cases: [
        {
          name: "误解政策",
          clause,
          now: "2026-03-31T18:00",
          rows: [{ description: "x" }],
          expect: { fires: ["policy"] },
        },
      ],
    },
  };
  return structuredClone(files);
}

export function textsOf(files: PackFiles): Map<string, string> {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === "string" ? content : JSON.stringify(content, null, 2),
    ]),
  );
}

export function loaded(files: PackFiles = smallPack()): Pack {
  const result = loadPack("small", textsOf(files));
  if ("problems" in result) throw new Error(result.problems.map((problem) => problemText(problem, "en")).join("\n"));
  return result.pack;
}

export function problemsOf(files: PackFiles, folder = "small"): PackProblem[] {
  const result = loadPack(folder, textsOf(files));
  return "problems" in result ? result.problems : [];
}

export function day(iso: string): Day {
  return Math.floor(parseIso(iso)! / 86_400) as Day;
}

export function inForceOn(iso: string, files: PackFiles = smallPack()): PackInForce {
  return packInForce(loaded(files), day(iso));
}
