import { knownShops } from "../../ledger/group/known-shops.js";
import type { Membership } from "../../ledger/group/membership.js";
import { joinGroup } from "../../ledger/group/read-group.js";
import type { GroupMember, LedgerSnapshot, UnreadMember } from "../../ledger/port.js";
import type { When } from "../judge-ledger.js";
import { jobsText } from "../texts.js";
import { whyNotMember, type MemberReading } from "./member.js";
import { nameSources } from "./name-sources.js";

/** The workbooks of a group as one ledger: which of them can be used, by which names, and why the others can't. */

export interface GroupFile {
  /** Told from the others by it. */
  readonly file: string;
  /** As seen from the group's workbook. */
  readonly seen: string;
  /** The group's workbook, as seen from it. */
  readonly workbook: string;
  /** Or why it is not read, whatever it holds. */
  readonly reading: MemberReading;
}

export interface JoinOptions extends When {
  /** Rule packs that members carry are of no account: a folder of rules takes the place of all, or nobody wants them. */
  readonly packsReplaced: boolean;
  readonly numbersOverAll: boolean | undefined;
  /** Whether a file that says so belongs to another group, whose workbook is there. */
  readonly isAnother: (file: string, membership: Membership) => boolean;
  /** What has become of a workbook that was there the last time, and is not now. */
  readonly missing: "group.gone" | "group.not-chosen";
}

export interface JoinedGroup {
  readonly snapshot: LedgerSnapshot;
  /** `file` by 来源工作簿. */
  readonly files: ReadonlyMap<string, string>;
  readonly unread: readonly UnreadMember[];
}

export function joinMembers(own: LedgerSnapshot, files: readonly GroupFile[], options: JoinOptions): JoinedGroup {
  const { language, isAnother, numbersOverAll } = options;
  const known = knownShops(own);
  const refused = new Map<string, string>();
  const usable = files.flatMap((one) => {
    const { file, reading } = one;
    const why = whyNotMember(reading, options);
    if (why !== undefined) refused.set(file, why);
    return why === undefined && reading.kind === "read" ? [{ ...one, snapshot: reading.snapshot }] : [];
  });
  const named = nameSources(
    usable.map(({ file, seen, snapshot }) => ({ file, snapshot, known: known.get(seen) })),
    { language, isAnother },
  );
  for (const [file, why] of named.refused) refused.set(file, why);
  const members: GroupMember[] = [];
  const bySource = new Map<string, string>();
  for (const { file, seen, workbook, snapshot } of usable) {
    const source = named.sources.get(file);
    if (source === undefined || refused.has(file)) continue;
    bySource.set(source, file);
    members.push({ source, file: seen, workbook, snapshot });
  }
  const seenAll = new Set(files.map(({ seen }) => seen));
  const unread = [
    ...files.flatMap(({ file, seen }) => {
      const why = refused.get(file);
      return why === undefined ? [] : [{ source: known.get(seen) ?? "", file: seen, why }];
    }),
    // What was there the last time, and is not: neither its file nor one that bears its name.
    ...[...known].flatMap(([file, source]) =>
      seenAll.has(file) || bySource.has(source) || source === ""
        ? []
        : [{ source, file, why: jobsText(language, options.missing) }],
    ),
  ];
  return { snapshot: joinGroup(own, { members, unread, numbersOverAll }), files: bySource, unread };
}
