import type { Language } from "../locales/language.js";
import { shortClause, type CitedClause } from "../rules/clause.js";
import type { Pack } from "../rules/pack.js";
import type { ClauseInfo } from "./messages.js";

/** The clauses of a pack in the order of its source, each with the rules that carry it out. */
export function clausesOf(pack: Pack, language: Language): ClauseInfo[] {
  const clauses = new Map<string, { title: string; reason?: string; rules: ClauseInfo["rules"][number][] }>();
  const name = (clause: CitedClause): string => shortClause(clause, pack.header, language);
  for (const clause of pack.header.clauses ?? []) {
    clauses.set(name(clause), {
      title: clause.title[language],
      ...(clause.reason ? { reason: clause.reason[language] } : {}),
      rules: [],
    });
  }
  for (const { rule, file, line } of pack.rules) {
    const key = name(rule.clause);
    const entry = clauses.get(key) ?? { title: "", rules: [] };
    clauses.set(key, entry);
    entry.rules.push({ id: rule.id, title: rule.title[language], file, line });
  }
  return [...clauses].map(([clause, entry]) => ({ clause, ...entry }));
}
