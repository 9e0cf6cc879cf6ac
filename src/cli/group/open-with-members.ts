import { dirname, resolve } from "node:path";
import { knownShops } from "../../ledger/group/known-shops.js";
import type { JudgeArguments } from "../command.js";
import type { Terminal } from "../terminal.js";
import { openWorkbook, type OpenWorkbook } from "../workbook-file.js";
import { MemberThreads } from "./member-threads.js";
import { openMembers } from "./open-group.js";

/**
 * A workbook's ledger; of a group's workbook with the rows of all its members, so that what is said of the group rests on
 * what the shops hold now, and not on what they held at the last run. What is written goes to the group's workbook alone.
 */
export async function openWithMembers(
  path: string,
  terminal: Terminal,
  { sheet, rules, workbookRules, now }: JudgeArguments,
): Promise<OpenWorkbook> {
  const workbook = openWorkbook(path, terminal, sheet);
  const own = workbook.ledger.snapshot;
  if (!isGroup(workbook)) return workbook;
  const files = [...knownShops(own).keys()];
  const threads = new MemberThreads(files.length, undefined, terminal);
  try {
    const folder = {
      workbook: resolve(path),
      folder: dirname(resolve(path)),
      sheet: undefined,
      packsReplaced: rules !== undefined || workbookRules === "ignore",
      now,
      numbersOverAll: undefined,
    };
    const { snapshot } = await openMembers(own, folder, { files, refused: new Map() }, threads, terminal);
    return { ...workbook, ledger: { ...workbook.ledger, snapshot } };
  } finally {
    await threads.close();
  }
}

/** Whether a workbook is that of a group. */
export function isGroup({ ledger }: Pick<OpenWorkbook, "ledger">): boolean {
  return ledger.snapshot.sideTables.has("GroupShops");
}
