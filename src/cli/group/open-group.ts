import { basename, dirname, relative, resolve, sep } from "node:path";
import type { WallTime } from "../../domain/wall-time.js";
import { memberProblem } from "../../ledger/group/member-problem.js";
import { joinGroup } from "../../ledger/group/read-group.js";
import { knownShops } from "../../ledger/group/known-shops.js";
import type { GroupMember, LedgerSnapshot, UnreadMember } from "../../ledger/port.js";
import type { Reading } from "../door/reading.js";
import type { Terminal } from "../terminal.js";
import type { MemberReading, Why } from "./member-file.js";
import type { MemberThreads } from "./member-threads.js";
import { nameSources } from "./sources.js";

/** The workbooks of a group read together: which of them can be used, by which names, and why the others can't. */

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
  const refused = new Map(given.refused);
  const read = asked.flatMap(({ file, path }, i) => {
    const reading = readings[i]!;
    const why = whyNot(reading, group, terminal);
    if (why) refused.set(file, why);
    return why === undefined && reading.kind === "read" ? [{ file, path, ...reading }] : [];
  });
  const known = knownShops(own);
  const seen = (path: string): string => fromGroup(group, path);
  const named = nameSources(read, group.workbook, byFile(known, wanted, seen));
  for (const [file, why] of named.refused) refused.set(file, why);
  const members: GroupMember[] = [];
  const files = new Map<string, OpenMember>();
  for (const { file, path, snapshot, reading } of read) {
    const source = named.sources.get(file);
    if (source === undefined || refused.has(file)) continue;
    files.set(source, { path, reading });
    members.push({ source, file: seen(path), workbook: slashed(relative(dirname(path), group.workbook)), snapshot });
  }
  const unread = [
    ...[...refused].map(([file, why]) =>
      unreadMember(known, seen(resolve(group.folder, file)), whyText(why, terminal)),
    ),
    ...goneMembers(
      known,
      new Set([...members.map(({ source }) => source)]),
      new Set(wanted.map(({ path }) => seen(path))),
      terminal,
    ),
  ];
  return { snapshot: joinGroup(own, { members, unread, numbersOverAll: group.numbersOverAll }), files, unread };
}

export function whyText(why: Why, terminal: Terminal): string {
  return "text" in why ? why.text : terminal.text(why.key, why.params);
}

function whyNot(reading: MemberReading, { packsReplaced, now }: GroupFolder, { language }: Terminal): Why | undefined {
  if (reading.kind === "unread") return reading.why;
  const problem = memberProblem(reading.snapshot, { now, language });
  if (problem !== undefined) return { text: problem };
  if (reading.packs.length === 0 || packsReplaced) return undefined;
  return { key: "group.has-packs", params: { list: reading.packs.join("、") } };
}

function unreadMember(known: ReadonlyMap<string, string>, file: string, why: string): UnreadMember {
  return { source: known.get(file) ?? "", file, why };
}

/** What was there the last time, and is not: neither its file nor one that bears its name. */
function goneMembers(
  known: ReadonlyMap<string, string>,
  sources: ReadonlySet<string>,
  files: ReadonlySet<string>,
  terminal: Terminal,
): UnreadMember[] {
  return [...known].flatMap(([file, source]) =>
    files.has(file) || sources.has(source) || source === "" ? [] : [{ source, file, why: terminal.text("group.gone") }],
  );
}

function byFile(
  known: ReadonlyMap<string, string>,
  wanted: readonly { readonly file: string; readonly path: string }[],
  seen: (path: string) => string,
): ReadonlyMap<string, string> {
  return new Map(wanted.flatMap(({ file, path }) => (known.has(seen(path)) ? [[file, known.get(seen(path))!]] : [])));
}

/** A path as it stands in the group's workbook. */
function fromGroup({ workbook }: GroupFolder, path: string): string {
  return slashed(relative(dirname(workbook), path)) || basename(path);
}

function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
