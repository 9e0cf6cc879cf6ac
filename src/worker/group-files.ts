import { zipSync, type Zippable } from "fflate";
import { joinMembers, type JoinedGroup } from "../jobs/group/join-members.js";
import { readMember, writeMember, type MemberReading } from "../jobs/group/member.js";
import type { DocumentFile } from "../jobs/issue-notices.js";
import type { When } from "../jobs/judge-ledger.js";
import { knownShops } from "../ledger/group/known-shops.js";
import { groupSheets } from "../ledger/group/member-of-row.js";
import { membershipOf } from "../ledger/group/membership.js";
import { ALL_SHEETS } from "../ledger/joined-sheets.js";
import type { LedgerSnapshot, MemberWrite } from "../ledger/port.js";
import type { GatheredGroup } from "./messages.js";

/** The workbooks of a group's shops, as they were chosen in the pane: files that can be read, and never written to. */

interface ChosenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sheet: string | undefined;
  readonly reading: MemberReading;
}

export class GroupFiles {
  private readonly files: ChosenFile[] = [];
  private join: { readonly when: When; readonly workbook: string } | undefined;
  private joined: { readonly own: LedgerSnapshot; readonly group: JoinedGroup } | undefined;

  add(
    { name, bytes, allSheets }: { readonly name: string; readonly bytes: Uint8Array; readonly allSheets: boolean },
    when: When,
  ): void {
    const taken = new Set(this.files.map((file) => file.name));
    let own = name;
    for (let n = 2; taken.has(own); n++) own = `${name} (${n})`;
    const asked = readMember({ bytes, sheet: undefined }, when.language);
    // What the workbook itself says of its sheets goes before.
    const sheet = allSheets && isSeveral(asked) ? ALL_SHEETS : undefined;
    const reading = sheet === undefined ? asked : readMember({ bytes, sheet }, when.language);
    this.files.push({ name: own, bytes, sheet, reading });
  }

  /** `workbook`: the name of the group's. */
  gather(own: LedgerSnapshot, workbook: string, when: When): GatheredGroup {
    this.join = { when, workbook };
    const { snapshot, unread } = this.of(own);
    const members = (snapshot.group?.members ?? []).map(({ source, file, snapshot: { rows } }) => ({
      ...{ source, file, rows: rows.length },
    }));
    return {
      members,
      unread: unread.map(({ file, why }) => ({ file, why })),
      sheets: groupSheets(snapshot),
      severalSheets: this.files.some(({ reading }) => isSeveral(reading)),
    };
  }

  /** The group's workbook with the rows of its shops. */
  ledger(own: LedgerSnapshot): LedgerSnapshot {
    return this.of(own).snapshot;
  }

  /** The shops' workbooks with what is to be written; what says so already is left out. Several come as one archive. */
  copies(own: LedgerSnapshot, writes: readonly MemberWrite[], archive: string): DocumentFile | undefined {
    const { files } = this.of(own);
    const made = writes.flatMap(({ source, write }): DocumentFile[] => {
      const file = this.files.find(({ name }) => name === files.get(source))!;
      const { bytes, changedCells } = writeMember(file, write);
      return changedCells === 0 ? [] : [{ name: file.name, bytes }];
    });
    return made.length > 1 ? { name: archive, bytes: archiveOf(made) } : made[0];
  }

  private of(own: LedgerSnapshot): JoinedGroup {
    if (this.joined?.own === own) return this.joined.group;
    const { when, workbook } = this.join!;
    const known = knownShops(own);
    const files = this.files.map(({ name, reading }) => {
      const membership = reading.kind === "read" ? membershipOf(reading.snapshot) : undefined;
      return {
        file: name,
        seen: seenOf(name, membership?.source, known),
        workbook: groupSeenFrom(membership?.workbook, workbook),
        reading,
      };
    });
    const group = joinMembers(own, files, {
      ...when,
      packsReplaced: false,
      numbersOverAll: undefined,
      // A page can't look whether the other workbook is there: another name means another, unless this one lists the shop.
      isAnother: (_, { source, workbook: named }) =>
        workbook !== "" && baseOf(named) !== workbook && ![...known.values()].includes(source),
      missing: "group.not-chosen",
    });
    this.joined = { own, group };
    return group;
  }
}

function isSeveral(reading: MemberReading): boolean {
  return reading.kind === "unread" && reading.severalSheets === true;
}

/** Workbooks are deflated already. */
function archiveOf(files: readonly DocumentFile[]): Uint8Array {
  const parts: Zippable = {};
  for (const { name, bytes } of files) parts[name] = [bytes, { level: 0, mtime: ARCHIVED }];
  return zipSync(parts);
}

/** What a ZIP counts from: equal copies make equal archives. */
const ARCHIVED = new Date(1980, 0, 1);

/** The path by which the group's workbook lists a file: a page is told its name alone. */
function seenOf(name: string, source: string | undefined, known: ReadonlyMap<string, string>): string {
  const listed = [...known];
  const own = listed.find(([, known]) => source !== undefined && known === source);
  if (own) return own[0];
  const alike = listed.filter(([path]) => path === name || baseOf(path) === baseOf(name));
  return alike.length === 1 ? alike[0]![0] : name;
}

/** The group's workbook as a shop's calls it, if it means this one; a page isn't told where files lie. */
function groupSeenFrom(named: string | undefined, workbook: string): string {
  return named !== undefined && (workbook === "" || baseOf(named) === workbook) ? named : workbook;
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
