import { columnLetters } from "../references.js";
import { escapeXml } from "../xml/escape.js";
import type { PageArea, PageLink } from "./page.js";

/** How places on sheets are written. */

export function quotedName(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`;
}

export function absolute({ top, left, bottom, right }: PageArea): string {
  return `$${columnLetters(left)}$${top}:$${columnLetters(right)}$${bottom}`;
}

/** The links of a page; `names`: of the sheets by the keys of their pages. */
export function linksMarkup(links: readonly PageLink[], names: ReadonlyMap<string, string>): string {
  if (links.length === 0) return "";
  const markup = links.map(({ row, column, to, tip }) => {
    const sheet = "page" in to ? names.get(to.page) : to.sheet;
    if (sheet === undefined) throw new Error("a link leads to a page that is not added");
    const location = `${quotedName(sheet)}!${columnLetters(to.column)}${to.row}`;
    const tooltip = tip === undefined ? "" : ` tooltip="${escapeXml(tip)}"`;
    return `<hyperlink ref="${columnLetters(column)}${row}" location="${escapeXml(location)}"${tooltip}/>`;
  });
  return `<hyperlinks>${markup.join("")}</hyperlinks>`;
}
