import cliEn from "../locales/cli.en-US.json" with { type: "json" };
import cliZh from "../locales/cli.zh-CN.json" with { type: "json" };
import { fill, type Language } from "../locales/language.js";
import { problemText } from "../rules/pack-problem-text.js";
import { checkPack, type PackCheck } from "../process/check-packs.js";
import { factsText, type Finding } from "../rules/analysis/analyse.js";
import { clauseName } from "../rules/clause.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { PackTexts } from "../jobs/catalogue.js";
import { checked } from "../jobs/loaded-packs.js";
import type { CaseResult, CheckReport } from "./messages.js";

/** Checking an edited pack, as the command `check` does: problems placed in their files, failing cases, loose ends. */

interface EditedPack {
  readonly id: string;
  readonly files: PackTexts;
  readonly language: Language;
  /** Whether its cases are run as well. */
  readonly cases: boolean;
  readonly statutes: Statutes;
  readonly others: () => Promise<ReadonlyMap<string, Pack>>;
}

const TEXTS = { zh: cliZh, en: cliEn } as const;

export async function checkEdited({ id, files, language, cases, statutes, others }: EditedPack): Promise<CheckReport> {
  const result = await checked(id, files);
  if (!("pack" in result)) {
    return {
      problems: result.problems.map((problem) => ({
        file: problem.file.slice(id.length + 1),
        line: problem.line ?? 1,
        column: problem.column ?? 1,
        text: withoutPlace(problemText(problem, language), language),
      })),
    };
  }
  if (!cases) return { problems: [] };
  const packs = new Map([...(await others()), [id, result.pack]]);
  const check = checkPack(result.pack, packs, statutes);
  return {
    problems: [],
    cases: {
      total: check.cases,
      failed: failuresOf(check, language),
      warnings: warningsOf(check, language),
      coverage: check.coverage,
    },
  };
}

/** The editor shows the place itself. */
function withoutPlace(sentence: string, language: Language): string {
  const colon = language === "zh" ? "：" : ": ";
  const at = sentence.indexOf(colon);
  return at < 0 ? sentence : sentence.slice(at + colon.length);
}

function failuresOf(check: PackCheck, language: Language): CaseResult[] {
  const byCase = new Map<string, { file: string; name: string; failures: string[] }>();
  for (const { file, case: packCase, failure } of check.failures) {
    const key = `${file}\n${packCase.name}`;
    const entry = byCase.get(key) ?? { file: file.slice(file.indexOf("/") + 1), name: packCase.name, failures: [] };
    byCase.set(key, entry);
    entry.failures.push(
      fill(TEXTS[language]["check.failure"], {
        file: entry.file,
        name: packCase.name,
        clause: clauseName(packCase.clause),
        where: failure.where,
        expected: JSON.stringify(failure.expected) ?? "—",
        actual: JSON.stringify(failure.actual) ?? "—",
      }),
    );
  }
  return [...byCase.values()];
}

function warningsOf(check: PackCheck, language: Language): string[] {
  const texts = TEXTS[language];
  const lists = [
    ["check.never-hit", check.neverHit],
    ["check.never-silent", check.neverSilent],
    ["check.unused-parameters", check.unusedParameters],
    ["check.clauses-without-rule", check.clausesWithoutRule],
    ["check.clauses-without-case", check.clausesWithoutCase],
  ] as const;
  return [
    ...check.findings.map((finding) => findingText(finding, language)),
    ...lists.flatMap(([key, list]) => (list.length > 0 ? [fill(texts[key], { list: list.join("、") })] : [])),
  ];
}

function findingText(finding: Finding, language: Language): string {
  const texts = TEXTS[language];
  switch (finding.kind) {
    case "overlap": {
      const [a, b] = finding.rules;
      return fill(texts["finding.overlap"], { output: finding.output, a, b, where: finding.where });
    }
    case "gap": {
      const { fact, operator, value } = finding.closing.condition;
      const word = texts[`operator.${operator}` as keyof typeof texts];
      return fill(texts["finding.gap"], {
        output: finding.output,
        where: finding.where,
        a: finding.between[0],
        b: finding.between[1],
        example: factsText(finding.example),
        rule: finding.closing.rule,
        closing: `${fact} ${word} ${JSON.stringify(value)}`,
      });
    }
    case "period-gap":
      return fill(texts["finding.period-gap"], { output: finding.output, from: finding.from, to: finding.to });
    case "never-fires":
      return fill(texts["finding.never-fires"], { rule: finding.rule });
    case "contradicting-phrase":
      return fill(texts["finding.contradicting-phrase"], { label: finding.label, phrase: finding.phrase });
    case "empty-phrase":
      return fill(texts["finding.empty-phrase"], { label: finding.label, phrase: finding.phrase });
  }
}
