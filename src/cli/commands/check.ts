import { clauseName } from "../../rules/clause.js";
import { problemText } from "../../rules/pack-problem-text.js";
import { checkPack, type PackCheck } from "../../process/check-packs.js";
import { factsText, type Finding } from "../../rules/analysis/analyse.js";
import { readRulesFolder } from "../rules-folder.js";
import type { Terminal } from "../terminal.js";

/** `check`: validates packs, runs their cases and reports what they leave untouched. 1 if anything is wrong. */
export function checkCommand(folder: string, terminal: Terminal): number {
  const { packs, problems, statutes } = readRulesFolder(folder, terminal);
  const checks = [...packs.values()].map((pack) => checkPack(pack, packs, statutes));
  for (const problem of problems) terminal.line(`✗ ${problemText(problem, terminal.language)}`);
  for (const check of checks) report(check, terminal);
  const errors = problems.length + checks.reduce((sum, check) => sum + errorsOf(check), 0);
  const warnings = checks.reduce((sum, check) => sum + warningsOf(check), 0);
  const cases = checks.reduce((sum, check) => sum + check.cases, 0);
  terminal.document({
    problems: problems.map((problem) => ({ ...problem, text: problemText(problem, terminal.language) })),
    packs: checks.map(checkJson),
    errors,
    warnings,
  });
  terminal.say("check.summary", { packs: checks.length, cases, errors, warnings });
  return errors > 0 ? 1 : 0;
}

/** Cases that fail, and rules that decide one output differently on the same row. */
function errorsOf({ failures, findings }: PackCheck): number {
  return failures.length + findings.filter(({ kind }) => kind === "overlap").length;
}

function warningsOf(check: PackCheck): number {
  return (
    check.findings.filter(({ kind }) => kind !== "overlap").length +
    check.neverHit.length +
    check.neverSilent.length +
    check.unusedParameters.length +
    check.clausesWithoutRule.length +
    check.clausesWithoutCase.length
  );
}

function report(check: PackCheck, terminal: Terminal): void {
  const { id } = check.pack.header;
  const clean = errorsOf(check) === 0 && warningsOf(check) === 0;
  terminal.line(
    `${errorsOf(check) > 0 ? "✗" : clean ? "✓" : "!"} ${terminal.text("check.pack", { id, rules: check.rules, cases: check.cases })}`,
  );
  for (const {
    file,
    case: { name, clause },
    failure,
  } of check.failures) {
    terminal.line(
      `  ✗ ${terminal.text("check.failure", {
        file,
        name,
        clause: clauseName(clause),
        where: failure.where,
        expected: JSON.stringify(failure.expected),
        actual: JSON.stringify(failure.actual),
      })}`,
    );
  }
  for (const finding of check.findings)
    terminal.line(`  ${finding.kind === "overlap" ? "✗" : "!"} ${findingText(finding, terminal)}`);
  const lists = [
    ["check.never-hit", check.neverHit],
    ["check.never-silent", check.neverSilent],
    ["check.unused-parameters", check.unusedParameters],
    ["check.clauses-without-rule", check.clausesWithoutRule],
    ["check.clauses-without-case", check.clausesWithoutCase],
  ] as const;
  for (const [key, list] of lists)
    if (list.length > 0) terminal.line(`  ! ${terminal.text(key, { list: list.join("、") })}`);
}

function findingText(finding: Finding, terminal: Terminal): string {
  switch (finding.kind) {
    case "overlap":
      return terminal.text("finding.overlap", {
        output: finding.output,
        a: finding.rules[0],
        b: finding.rules[1],
        where: finding.where,
      });
    case "gap": {
      const { fact, operator, value } = finding.closing.condition;
      return terminal.text("finding.gap", {
        output: finding.output,
        where: finding.where,
        a: finding.between[0],
        b: finding.between[1],
        example: factsText(finding.example),
        rule: finding.closing.rule,
        closing: `${fact} ${terminal.text(`operator.${operator}`)} ${JSON.stringify(value)}`,
      });
    }
    case "period-gap":
      return terminal.text("finding.period-gap", { output: finding.output, from: finding.from, to: finding.to });
    case "never-fires":
      return terminal.text("finding.never-fires", { rule: finding.rule });
    case "contradicting-phrase":
      return terminal.text("finding.contradicting-phrase", { label: finding.label, phrase: finding.phrase });
    case "empty-phrase":
      return terminal.text("finding.empty-phrase", { label: finding.label, phrase: finding.phrase });
  }
}

function checkJson(check: PackCheck): object {
  const { pack, failures, ...rest } = check;
  return {
    id: pack.header.id,
    ...rest,
    failures: failures.map(({ file, case: { name }, failure }) => ({ file, case: name, ...failure })),
  };
}
