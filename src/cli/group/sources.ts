import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import { membershipOf } from "../../ledger/group/membership.js";
import type { LedgerSnapshot } from "../../ledger/port.js";
import type { Why } from "./member-file.js";

/**
 * By which name the group's book knows each workbook. It is given once and kept in the workbook itself, so that a file that
 * is renamed or moved stays the same shop: under a new name all that was ever charged would be charged again.
 */

export interface ToName {
  /** Within the folder, with `/`. */
  readonly file: string;
  readonly path: string;
  readonly snapshot: LedgerSnapshot;
}

export interface Named {
  readonly sources: ReadonlyMap<string, string>;
  /** Files that can't be told apart, or are another group's. */
  readonly refused: ReadonlyMap<string, Why>;
}

/** `known`: names by file as the group's workbook lists them, where a workbook has lost its own. */
export function nameSources(files: readonly ToName[], group: string, known: ReadonlyMap<string, string>): Named {
  const sources = new Map<string, string>();
  const refused = new Map<string, Why>();
  const marked = new Map<string, string[]>();
  for (const { file, path, snapshot } of files) {
    const membership = membershipOf(snapshot);
    if (membership === undefined || membership.source === "") continue;
    if (isAnother(membership.workbook, path, group))
      refused.set(file, { key: "group.of-another", params: { workbook: membership.workbook } });
    else marked.set(membership.source, [...(marked.get(membership.source) ?? []), file]);
  }
  for (const [source, own] of marked) {
    if (own.length === 1) sources.set(own[0]!, source);
    else
      for (const file of own)
        refused.set(file, { key: "group.copied", params: { source, other: own.find((other) => other !== file)! } });
  }
  const fresh = files.filter(({ file }) => !sources.has(file) && !refused.has(file));
  const taken = new Set(marked.keys());
  const names = fresh.map(({ file }) => basename(file, extname(file)));
  fresh.forEach(({ file }, i) => {
    const name = names[i]!;
    const alone = names.filter((other) => other === name).length === 1;
    const source = free([known.get(file) ?? "", ...(alone ? [name] : []), withoutExtension(file)], taken);
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

/** Marked by a group whose workbook is still there, and not this one. */
function isAnother(workbook: string, path: string, group: string): boolean {
  const named = resolve(dirname(path), workbook);
  return existsSync(named) && realPath(named) !== realPath(group);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function withoutExtension(file: string): string {
  return file.slice(0, file.length - extname(file).length);
}
