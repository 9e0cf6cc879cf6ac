import type { PackHeader, Rule } from "./pack-schema.js";

type Clause = Omit<Rule["clause"], "document"> & { readonly document?: string | undefined };

/** Article and paragraph as one name: 第二十一条 3, 4.2.3.3 2)②, 第九条（一）. */
export function clauseName({ article, paragraph }: Clause): string {
  if (paragraph === undefined) return article;
  // A paragraph that begins with a digit or letter would run into the article's own digits.
  return /^[\w]/.test(paragraph) ? `${article} ${paragraph}` : `${article}${paragraph}`;
}

/** The clause with its document first, as it stands on a notice: S0 §27 第二十一条 3. */
export function citedClause(clause: Rule["clause"]): string {
  return `${clause.document} ${clauseName(clause)}`;
}

/** The clause with its document only where that is not `own`, the pack's own document. */
export function shortClause(clause: Rule["clause"], own: string): string {
  return clause.document === own ? clauseName(clause) : citedClause(clause);
}

/**
 * The clause as finance and the person concerned read it: the regulation by its title, 《连锁零售客户投诉处理办法》第二十一条 3.
 * A clause of another document keeps that document's name.
 */
export function regulationClause(
  clause: Rule["clause"],
  { source, title }: Pick<PackHeader, "source" | "title">,
): string {
  return clause.document === source.document ? `《${title.zh}》${clauseName(clause)}` : citedClause(clause);
}
