import { membershipOf, type Membership } from "../../ledger/group/membership.js";
import type { LedgerSnapshot } from "../../ledger/port.js";
import { jobsText, type JobsKey } from "../texts.js";
import type { Language } from "../../locales/language.js";

/**
 * By which name the group's book knows each workbook. It is given once and kept in the workbook itself, so that a file that
 * is renamed or moved stays the same shop: under a new name all that was ever charged would be charged again.
 */

export interface ToName {
  /** Within the folder, with `/`. */
  readonly file: string;
  readonly snapshot: LedgerSnapshot;
  /** By which name the group's workbook lists this file, where the workbook has lost its own. */
  readonly known: string | undefined;
}

export interface Named {
  readonly sources: ReadonlyMap<string, string>;
  /** Files that can't be told apart, or are another group's, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
}

export interface NamingOptions {
  readonly language: Language;
  /** Whether a file that says so belongs to another group, whose workbook is there. */
  readonly isAnother: (file: string, membership: Membership) => boolean;
}

export function nameSources(files: readonly ToName[], { language, isAnother }: NamingOptions): Named {
  const sources = new Map<string, string>();
  const refused = new Map<string, string>();
  const refuse = (file: string, key: JobsKey, params: Readonly<Record<string, string>>): void => {
    refused.set(file, jobsText(language, key, params));
  };
  const marked = new Map<string, string[]>();
  for (const { file, snapshot } of files) {
    const membership = membershipOf(snapshot);
    if (membership === undefined || membership.source === "") continue;
    if (isAnother(file, membership)) refuse(file, "group.of-another", { workbook: membership.workbook });
    else marked.set(membership.source, [...(marked.get(membership.source) ?? []), file]);
  }
  for (const [source, own] of marked) {
    if (own.length === 1) sources.set(own[0]!, source);
    else for (const file of own) refuse(file, "group.copied", { source, other: own.find((other) => other !== file)! });
  }
  const fresh = files.filter(({ file }) => !sources.has(file) && !refused.has(file));
  const taken = new Set(marked.keys());
  const names = fresh.map(({ file }) => withoutExtension(file.slice(file.lastIndexOf("/") + 1)));
  fresh.forEach(({ file, known }, i) => {
    const name = names[i]!;
    const alone = names.filter((other) => other === name).length === 1;
    const source = free([known ?? "", ...(alone ? [name] : []), withoutExtension(file)], taken);
    taken.add(source);
    sources.set(file, source);
  });
  return { sources, refused };
}

function free(wishes: readonly string[], taken: ReadonlySet<string>): string {
  const found = wishes.find((name) => name !== "" && !taken.has(name));
  if (found !== undefined) return found;
  let n = 2;
  while (taken.has(`${wishes.at(-1)!} (${n})`)) n += 1;
  return `${wishes.at(-1)!} (${n})`;
}

function withoutExtension(file: string): string {
  return file.replace(/\.[^./]+$/, "");
}
