import { clauseName } from "../../rules/clause.js";
import { problemText } from "../../locales/pack-problems.js";
import { checkPack, type PackCheck } from "../../process/check-packs.js";
import { readRulesFolder } from "../rules-folder.js";
import type { Terminal } from "../terminal.js";

/** `check`: validates packs, runs their cases and reports what they leave untouched. 1 if anything is wrong. */
export function checkCommand(folder: string, terminal: Terminal): number {
  const { packs, problems, statutes } = readRulesFolder(folder, terminal);
  const checks = [...packs.values()].map((pack) => checkPack(pack, packs, statutes));
  for (const problem of problems) terminal.line(`✗ ${problemText(problem, terminal.language)}`);
  for (const check of checks) report(check, terminal);
  const errors = problems.length + checks.reduce((sum, check) => sum + check.failures.length, 0);
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

function warningsOf(check: PackCheck): number {
  return (
    check.neverHit.length +
    check.neverSilent.length +
    check.unusedParameters.length +
    check.clausesWithoutRule.length +
    check.clausesWithoutCase.length
  );
}

function report(check: PackCheck, terminal: Terminal): void {
  const { id } = check.pack.header;
  const clean = check.failures.length === 0 && warningsOf(check) === 0;
  terminal.line(
    `${check.failures.length > 0 ? "✗" : clean ? "✓" : "!"} ${terminal.text("check.pack", { id, rules: check.rules, cases: check.cases })}`,
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

function checkJson(check: PackCheck): object {
  const { pack, failures, ...rest } = check;
  return {
    id: pack.header.id,
    ...rest,
    failures: failures.map(({ file, case: { name }, failure }) => ({ file, case: name, ...failure })),
  };
}
