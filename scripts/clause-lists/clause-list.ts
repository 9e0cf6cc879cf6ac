import type { PackHeader } from "../../src/rules/pack-schema.js";

const BEGIN = "<!-- clauses:begin -->";
const END = "<!-- clauses:end -->";

/** A pack's README with the list of its clauses that are no rules in place of the list that stood there, or at its end. */
export function withClauseList(readme: string, header: PackHeader): string {
  const block = `${BEGIN}\n\n${clauseList(header)}\n\n${END}`;
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) return `${readme.trimEnd()}\n\n${block}\n`;
  return readme.slice(0, from) + block + readme.slice(to + END.length);
}

function clauseList({ clauses = [] }: PackHeader): string {
  const rows = clauses.flatMap(({ document, article, paragraph, title, reason }) =>
    reason === undefined
      ? []
      : [`| ${[document, article, paragraph].filter(Boolean).join(" ")} | ${title.zh} | ${reason.zh} | ${reason.en} |`],
  );
  const heading = "## 没有成为规则的条文 · Clauses that are no rules";
  if (rows.length === 0) return `${heading}\n\n没有：每一条都有规则。None: every clause has its rule.`;
  return [heading, "", "| 条文 | 内容 | 理由 | Why |", "|---|---|---|---|", ...rows].join("\n");
}
