import type { Language } from "../locales/language.js";
import { problemText } from "../rules/pack-problem-text.js";
import { checkPack, type PackCheck } from "../process/check-packs.js";
import type { Finding } from "../rules/analysis/analyse.js";
import { clauseName } from "../rules/clause.js";
import type { Facts } from "../rules/facts.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { PackTexts } from "./catalogue.js";
import { checked } from "./loaded-packs.js";
import { columnWord, factWord, failureWords, valueWords } from "./check-words.js";
import { jobsText } from "./texts.js";

/** Checking packs: problems placed in their files, failing cases, loose ends, and the sentences for them. */

/** A problem of an edited pack, placed in its file for the editor (line and column from 1). */
export interface PlacedProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export interface CaseResult {
  readonly file: string;
  readonly name: string;
  readonly failures: readonly string[];
}

export interface CheckReport {
  readonly problems: readonly PlacedProblem[];
  /** Absent if the pack could not be loaded. */
  readonly cases?: {
    readonly total: number;
    readonly failed: readonly CaseResult[];
    readonly warnings: readonly string[];
    readonly coverage: number | undefined;
  };
}

interface EditedPack {
  readonly id: string;
  readonly files: PackTexts;
  readonly language: Language;
  /** Whether its cases are run as well. */
  readonly cases: boolean;
  readonly statutes: Statutes;
  readonly others: () => Promise<ReadonlyMap<string, Pack>>;
}

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
  for (const failed of check.failures) {
    const { file, case: packCase } = failed;
    const key = `${file}\n${packCase.name}`;
    const inside = file.slice(file.indexOf("/") + 1);
    const entry = byCase.get(key) ?? { file: inside, name: packCase.name, failures: [] };
    byCase.set(key, entry);
    entry.failures.push(failureText({ ...failed, file: inside }, language));
  }
  return [...byCase.values()];
}

function warningsOf(check: PackCheck, language: Language): string[] {
  return [
    ...check.findings.map((finding) => findingText(finding, language)),
    ...unlistedClauses(check, language),
    ...looseEnds(check, language),
  ];
}

/** The sentence for a case that fails. */
export function failureText(
  { file, case: { name, clause }, failure }: PackCheck["failures"][number],
  language: Language,
): string {
  return jobsText(language, "check.failure", {
    file,
    name,
    clause: clauseName(clause),
    ...failureWords(failure, language),
  });
}

/** What cites a clause that pack.json does not list: an error, since nobody could tell what it rests on. */
export function unlistedClauses({ unlistedClauses: list }: PackCheck, language: Language): string[] {
  return list.length > 0 ? [jobsText(language, "check.unlisted-clauses", { list: list.join("、") })] : [];
}

/** Rules, parameters and clauses that the pack or its cases leave untouched, a sentence for each kind. */
export function looseEnds(check: PackCheck, language: Language): string[] {
  const lists = [
    ["check.never-hit", check.neverHit],
    ["check.never-silent", check.neverSilent],
    ["check.unused-parameters", check.unusedParameters],
    ["check.needless-reasons", check.needlessReasons],
    ["check.clauses-without-rule", check.clausesWithoutRule],
    ["check.clauses-without-case", check.clausesWithoutCase],
  ] as const;
  return lists.flatMap(([key, list]) => (list.length > 0 ? [jobsText(language, key, { list: list.join("、") })] : []));
}

/** The sentence for what the analysis of a pack's conditions has found. */
export function findingText(finding: Finding, language: Language): string {
  switch (finding.kind) {
    case "overlap": {
      const [a, b] = finding.rules;
      const where = exampleText(finding.example, language);
      return jobsText(language, "finding.overlap", { output: columnWord(finding.output, language), a, b, where });
    }
    case "gap": {
      const { fact, operator, value } = finding.closing.condition;
      return jobsText(language, "finding.gap", {
        output: columnWord(finding.output, language),
        where: finding.where.replace(finding.fact, () => factWord(finding.fact, language)),
        a: finding.between[0],
        b: finding.between[1],
        example: exampleText(finding.example, language),
        rule: finding.closing.rule,
        closing: `${factWord(fact, language)} ${jobsText(language, `operator.${operator}`)} ${JSON.stringify(value)}`,
      });
    }
    case "period-gap":
      return jobsText(language, "finding.period-gap", {
        output: columnWord(finding.output, language),
        from: finding.from,
        to: finding.to,
      });
    case "never-fires":
      return jobsText(language, "finding.never-fires", { rule: finding.rule });
    case "contradicting-phrase":
      return jobsText(language, "finding.contradicting-phrase", { label: finding.label, phrase: finding.phrase });
    case "empty-phrase":
      return jobsText(language, "finding.empty-phrase", { label: finding.label, phrase: finding.phrase });
  }
}

/** A row on which the finding shows: 损失金额 = 1000，投诉类别 = 产品质量类. */
function exampleText(example: Facts, language: Language): string {
  return Object.entries(example)
    .filter(([name]) => name !== "always")
    .map(([name, value]) => `${factWord(name, language)} = ${valueWords(value, language)}`)
    .join(language === "zh" ? "，" : ", ");
}
