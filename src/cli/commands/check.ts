import { failureText, findingText, looseEnds, unlistedClauses } from "../../jobs/check-pack.js";
import { signatureText } from "../../jobs/pack-signature.js";
import { problemText } from "../../rules/pack-problem-text.js";
import { checkPack, type PackCheck } from "../../process/check-packs.js";
import { rivalPhrases, textsOfCases, unhitPhrases } from "../../process/phrase-check.js";
import { LexiconLines } from "../lexicon-lines.js";
import { trustedKeys } from "../trusted-keys.js";
import { BUILT_IN_RULES, readRulesFolder } from "../rules-folder.js";
import type { Pack } from "../../rules/pack.js";
import type { Terminal } from "../terminal.js";
import type { Command } from "../command.js";

export const command: Command = {
  usage: "check [DIR]",
  help: "help.check",
  options: [{ flags: "--phrases", help: "help.check-phrases" }],
  run: (call) => checkCommand(call.optionalArgument ?? BUILT_IN_RULES, call.isSet("phrases"), call.terminal),
};

/** `check`: validates packs, runs their cases and reports what they leave untouched. 1 if anything is wrong. */
function checkCommand(folder: string, listsPhrases: boolean, terminal: Terminal): number {
  const { packs, problems, statutes } = readRulesFolder(folder, terminal);
  const checks = [...packs.values()].map((pack) => checkPack(pack, packs, statutes));
  // Before anything is said: a word list that can't be read ends the run.
  const phrases = listsPhrases ? phraseFindings([...packs.values()], folder, terminal) : undefined;
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
    ...(phrases && { phrases }),
  });
  if (phrases) reportPhrases(phrases, terminal);
  terminal.say("check.summary", { packs: checks.length, cases, errors, warnings });
  return errors > 0 ? 1 : 0;
}

interface PhraseFindings {
  readonly rivals: readonly {
    readonly pack: string;
    readonly phrase: string;
    readonly sides: readonly { readonly place: string; readonly label: string }[];
  }[];
  /** Phrases that no text of a case holds. */
  readonly unhit: readonly { readonly place: string; readonly phrase: string }[];
}

function phraseFindings(packs: readonly Pack[], folder: string, terminal: Terminal): PhraseFindings {
  const lines = new LexiconLines(folder, terminal);
  return {
    rivals: packs.flatMap(rivalPhrases).map(({ pack, phrase, sides }) => ({
      pack,
      phrase,
      sides: sides.map(({ concept, label }) => ({ place: lines.placeOf(concept, phrase), label })),
    })),
    unhit: unhitPhrases(packs.flatMap(textsOfCases)).map(({ concept, phrase }) => ({
      place: lines.placeOf(concept, phrase),
      phrase,
    })),
  };
}

function reportPhrases({ rivals, unhit }: PhraseFindings, terminal: Terminal): void {
  terminal.say("check.rivals", { count: rivals.length });
  for (const { pack, phrase, sides } of rivals) {
    const list = sides.map(({ place, label }) => `${label} (${place})`).join(terminal.text("check.and"));
    terminal.line(`  ${terminal.text("check.rival", { pack, phrase, sides: list })}`);
  }
  terminal.say("check.unhit", { count: unhit.length });
  for (const { place, phrase } of unhit) terminal.line(`  ${place}  ${phrase}`);
}

/** A pack that is not what was signed, cases that fail, rules that decide one output differently on the same row, and what cites a clause nobody listed. */
function errorsOf({ failures, findings, unlistedClauses, pack: { signature } }: PackCheck): number {
  const changed = signature?.holds === false ? 1 : 0;
  return failures.length + findings.filter(({ kind }) => kind === "overlap").length + unlistedClauses.length + changed;
}

function warningsOf(check: PackCheck): number {
  return (
    check.findings.filter(({ kind }) => kind !== "overlap").length +
    check.neverHit.length +
    check.neverSilent.length +
    check.unusedParameters.length +
    check.needlessReasons.length +
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
  const { language } = terminal;
  const { signature } = check.pack;
  const signed = signature && signatureText(signature, trustedKeys(), language);
  if (signed !== undefined) terminal.line(`  ${signature?.holds === false ? "✗" : "·"} ${signed}`);
  for (const failed of check.failures) terminal.line(`  ✗ ${failureText(failed, language)}`);
  for (const finding of check.findings)
    terminal.line(`  ${finding.kind === "overlap" ? "✗" : "!"} ${findingText(finding, language)}`);
  for (const text of unlistedClauses(check, language)) terminal.line(`  ✗ ${text}`);
  for (const text of looseEnds(check, language)) terminal.line(`  ! ${text}`);
}

function checkJson(check: PackCheck): object {
  const { pack, failures, clauses, ...rest } = check;
  return {
    id: pack.header.id,
    ...rest,
    clauses: clauses.map(({ carriers, ...clause }) => ({ ...clause, carriers: [...carriers] })),
    failures: failures.map(({ file, case: { name }, failure: { where, expected, actual } }) => ({
      file,
      case: name,
      where,
      expected,
      actual,
    })),
  };
}
