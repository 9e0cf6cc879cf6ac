import { describe, expect, test } from "vitest";
import { checkPack } from "../../src/process/check-packs.js";
import { runCase } from "../../src/process/run-case.js";
import { regulationClause, shortClause } from "../../src/rules/clause.js";
import { loadAllPacks, PACK_FOLDERS, STATUTES } from "../packs-folder.js";

const packs = loadAllPacks();

describe.each(PACK_FOLDERS)("pack %s", (folder) => {
  const pack = packs.get(folder)!;
  const cases = pack.cases.flatMap(({ file, content }) =>
    content.cases.map((c) => ({ name: `${c.name} (${file})`, case: c })),
  );

  test.each(cases)("$name", ({ case: packCase }) => {
    expect(runCase(pack, packCase, packs, STATUTES).failures).toEqual([]);
  });

  test("cites every clause by the name of its document, never by a mark of ours", () => {
    const { header, rules, caps, labels, parameters } = pack;
    const cited = [
      ...(header.clauses ?? []),
      ...rules.map(({ rule }) => rule.clause),
      ...caps.map(({ clause }) => clause),
      ...labels.map(({ clause }) => clause),
      ...[...parameters.values()].flatMap(({ values }) => values.map(({ source }) => source)),
    ];
    const named = cited.flatMap((clause) => [shortClause(clause, header), regulationClause(clause, header)]);
    expect(named.filter((name) => /\bS\d/.test(name))).toEqual([]);
  });

  test("has at least 20 cases, every rule fires in one and is silent in another, every parameter is used, every clause has both rule and case, every boundary a case on both sides", () => {
    const { failures, rules, cases: count, coverage, ...found } = checkPack(pack, packs, STATUTES);
    const { pack: checked, clauses, ...untouched } = found;
    expect(clauses.length).toBeGreaterThan(0);
    // The last second of a limit and the next one; a figure and one just beyond it.
    expect(clauses.filter((clause) => clause.boundariesShown < clause.boundaries)).toEqual([]);
    expect(checked).toBe(pack);
    expect(failures).toEqual([]);
    expect(rules).toBeGreaterThan(0);
    expect(count).toBeGreaterThanOrEqual(20);
    expect(coverage).toBe(1);
    expect(untouched).toEqual({
      findings: [],
      neverHit: [],
      neverSilent: [],
      unusedParameters: [],
      unlistedClauses: [],
      needlessReasons: [],
      clausesWithoutRule: [],
      clausesWithoutCase: [],
    });
  });
});
