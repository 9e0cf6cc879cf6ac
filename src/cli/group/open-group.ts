import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import type { WallTime } from "../../domain/wall-time.js";
import { joinMembers } from "../../jobs/group/join-members.js";
import type { LedgerSnapshot, UnreadMember } from "../../ledger/port.js";
import type { Reading } from "../door/reading.js";
import type { Terminal } from "../terminal.js";
import type { Why } from "./member-file.js";
import type { MemberThreads } from "./member-threads.js";

/** The workbooks of a group read together from their files. */

export interface GroupFolder {
  /** The group's workbook, which may not be there yet. */
  readonly workbook: string;
  readonly folder: string;
  readonly sheet: string | undefined;
  /** Rule packs that members carry are of no account: a folder of rules takes the place of all, or nobody wants them. */
  readonly packsReplaced: boolean;
  readonly now: WallTime;
  readonly numbersOverAll: boolean | undefined;
}

export interface OpenMember {
  readonly path: string;
  readonly reading: Reading;
}

export interface OpenedGroup {
  readonly snapshot: LedgerSnapshot;
  /** By 来源工作簿. */
  readonly files: ReadonlyMap<string, OpenMember>;
  readonly unread: readonly UnreadMember[];
}

/** `files`: within the folder, with `/`; `refused`: of those that can't be used whatever they hold. */
export async function openMembers(
  own: LedgerSnapshot,
  group: GroupFolder,
  given: { readonly files: readonly string[]; readonly refused: ReadonlyMap<string, Why> },
  threads: MemberThreads,
  terminal: Terminal,
): Promise<OpenedGroup> {
  const { language } = terminal;
  const wanted = given.files.map((file) => ({ file, path: resolve(group.folder, file) }));
  const asked = wanted.filter(({ file }) => !given.refused.has(file));
  const readings = await threads.read(asked.map(({ path }) => ({ path, sheet: group.sheet, language })));
  const found = new Map(asked.map(({ file }, i) => [file, readings[i]!]));
  const open = new Map<string, OpenMember>();
  const joined = joinMembers(
    own,
    wanted.map(({ file, path }) => {
      const reading = found.get(file);
      if (reading?.kind === "read") open.set(file, { path, reading: reading.reading });
      const why = given.refused.get(file) ?? (reading?.kind === "unread" ? reading.why : undefined);
      return {
        file,
        seen: slashed(relative(dirname(group.workbook), path)) || basename(path),
        workbook: slashed(relative(dirname(path), group.workbook)),
        reading: reading?.kind === "read" ? reading : { kind: "unread", why: whyText(why!, terminal) },
      };
    }),
    {
      ...{ now: group.now, language, packsReplaced: group.packsReplaced, numbersOverAll: group.numbersOverAll },
      isAnother: (file, { workbook }) => isAnother(workbook, resolve(group.folder, file), group.workbook),
      missing: "group.gone",
    },
  );
  const files = [...joined.files].map(([source, file]) => [source, open.get(file)!] as const);
  return { snapshot: joined.snapshot, files: new Map(files), unread: joined.unread };
}

export function whyText(why: Why, terminal: Terminal): string {
  return "text" in why ? why.text : terminal.text(why.key, why.params);
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

function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
