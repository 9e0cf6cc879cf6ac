import { examineBookAct, type ExaminedAct } from "../jobs/book-act.js";
import { clearPersonData } from "../jobs/clear-person-data.js";
import { noticesWorkbook } from "../jobs/issue-notices.js";
import { examineLedger, mayWrite, type JudgeOptions, type MayWrite } from "../jobs/judge-ledger.js";
import type { LedgerSnapshot, LedgerWrite } from "../ledger/port.js";
import type { BookActReport, Jobs } from "./messages.js";

/** Decisions of people about what is posted, as the pane shows and hands them over. Throws `LedgerRefused`. */

type Told = Omit<BookActReport, "write"> & Pick<ExaminedAct, "ledger"> & { readonly leave: MayWrite };

export async function bookAct(
  snapshot: LedgerSnapshot,
  options: JudgeOptions,
  { act, post }: Pick<Jobs["bookAct"]["input"], "act" | "post">,
): Promise<Told> {
  const examined = examineBookAct(snapshot, options, { act, post });
  const { ledger, lines, pages, problem } = examined;
  const leave = mayWrite(await ledger.judgement());
  const goesOut = post && problem === undefined && pages.length > 0;
  return { ledger, leave, lines, problem, papers: goesOut ? await noticesWorkbook(leave, examined) : undefined };
}

export async function clearPerson(
  snapshot: LedgerSnapshot,
  options: JudgeOptions,
  person: Jobs["clearPerson"]["input"]["person"],
): Promise<{ readonly problem: string | undefined; readonly write: LedgerWrite | undefined }> {
  const leave = mayWrite(await examineLedger(snapshot, options).judgement());
  const cleared = clearPersonData(leave, person);
  return cleared.kind === "refused"
    ? { problem: cleared.reason, write: undefined }
    : { problem: undefined, write: cleared.write };
}
