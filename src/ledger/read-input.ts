import type { ProcessInput } from "../process/input.js";
import type { Message } from "../process/outcome.js";
import { readGroup, type PartRead } from "./group/read-group.js";
import type { GroupRoster } from "./group/people-table.js";
import { readStanding, type StandingTables } from "./notice-tables.js";
import type { LedgerSnapshot } from "./port.js";
import type { FirstCheck } from "./questions.js";
import { messagesOf, processInput, readOwn, readSides } from "./read-workbook.js";
import type { RunOptions } from "./run-options.js";
import { sideTableMessage } from "./side-table-message.js";

/** A workbook, or all those of a group, as an input of the pipeline. */

export interface ReadInput {
  /** As it is understood, without what is somebody's own work in output columns. */
  readonly snapshot: LedgerSnapshot;
  readonly check: FirstCheck;
  readonly input: ProcessInput;
  /** What is to be said before anything is judged. */
  readonly messages: readonly Message[];
  readonly standing: StandingTables;
  readonly lockUnreadable: string | undefined;
  /** Of a group: its own workbook and the members, each as it is understood. */
  readonly parts?: readonly PartRead[];
  /** Which of them each sheet is of, by `sheetOfRow`. */
  readonly owners?: readonly number[];
  readonly roster?: GroupRoster;
}

export function readInput(read: LedgerSnapshot, options: RunOptions): ReadInput {
  const sides = readSides(read);
  const standing = readStanding(read.sideTables, sides.settings?.lockedUntil);
  // A lock that can't be read must not be taken for none.
  const lock = sides.problems.find(({ reason }) => reason === "not-a-month");
  const lockUnreadable = lock && sideTableMessage(lock, options.language).text;
  if (read.group) return { ...readGroup({ ...read, group: read.group }, options), standing, lockUnreadable };
  const own = readOwn(read, sides, options);
  const { snapshot, check, asked, proposesOnly } = own;
  return {
    ...{ snapshot, check, standing, lockUnreadable },
    input: { ...processInput(snapshot, sides, options), asked, proposesOnly },
    messages: messagesOf(own, sides, options),
  };
}
