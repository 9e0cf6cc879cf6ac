import type { Language } from "../locales/language.js";
import type { PackHeader, Rule } from "./pack-schema.js";

/** A clause by article and paragraph; without a document it is of the pack's own. */
export type CitedClause = Omit<Rule["clause"], "document"> & { readonly document?: string | undefined };

/** What is known of the documents a pack rests on. */
export type Sources = Pick<PackHeader, "source" | "title" | "otherSources">;

/** Article and paragraph as one name: 第二十一条 3, 4.2.3.3 2)②, 第九条（一）. */
export function clauseName({ article, paragraph }: CitedClause): string {
  if (paragraph === undefined) return article;
  // A paragraph that begins with a digit or letter would run into the article's own digits.
  return /^[\w]/.test(paragraph) ? `${article} ${paragraph}` : `${article}${paragraph}`;
}

/**
 * The clause as finance and the person concerned read it: the regulation by its title, 《连锁零售客户投诉处理办法》第二十一条 3.
 * A clause of another document is cited by that one's title; the law bears its name itself.
 */
export function regulationClause(clause: CitedClause, sources: Sources, language: Language = "zh"): string {
  const { document = sources.source.document } = clause;
  const title = titleOf(document, sources);
  const name = clauseName(clause);
  if (!title) return `${document} ${name}`;
  return language === "zh" ? `《${title.zh}》${name}` : `${title.en}, ${name}`;
}

/** The clause alone where it is the pack's own document's, else with that document's title. */
export function shortClause(clause: CitedClause, sources: Sources, language: Language = "zh"): string {
  const { document } = clause;
  const own = document === undefined || document === sources.source.document;
  return own ? clauseName(clause) : regulationClause(clause, sources, language);
}

function titleOf(document: string, { source, title, otherSources = [] }: Sources): PackHeader["title"] | undefined {
  return document === source.document ? title : otherSources.find((other) => other.document === document)?.title;
}
