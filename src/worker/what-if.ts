import { examineLedger, type JudgeOptions } from "../jobs/judge-ledger.js";
import { checked } from "../jobs/loaded-packs.js";
import type { WorkbookPack } from "../jobs/workbook-packs.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import { compareRuns, type Comparison } from "../process/compare.js";

/** What would change on the ledger at hand if a pack were as it is being edited. Throws Error where it has problems. */
export async function whatIf(
  snapshot: LedgerSnapshot,
  options: JudgeOptions,
  { id, files }: WorkbookPack,
): Promise<Comparison> {
  const result = await checked(id, files);
  if (!("pack" in result)) throw new Error("the pack has problems");
  const before = examineLedger(snapshot, options);
  const after = examineLedger(snapshot, { ...options, packs: new Map([...options.packs, [id, result.pack]]) });
  return compareRuns(before.run, after.run);
}
