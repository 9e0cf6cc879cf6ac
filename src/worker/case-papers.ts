import type { Masker } from "../documents/masking/masker.js";
import type { RulesSource } from "../jobs/catalogue.js";
import { rowOfComplaint, type PlacedComplaint } from "../jobs/find-complaint.js";
import type { DocumentFile } from "../jobs/issue-notices.js";
import type { MayWrite } from "../jobs/judge-ledger.js";
import type { MadeForm } from "../jobs/make-forms.js";
import { LedgerRefused } from "../jobs/refused.js";
import { jobsText } from "../jobs/texts.js";
import type { Language } from "../locales/language.js";
import type { RowOutcome } from "../process/outcome.js";
import type { Jobs } from "./messages.js";

/** Papers on one complaint of the judged ledger. What makes them is loaded when it is asked for. */

export async function formsOfCase(
  leave: MayWrite,
  { complaint, form, mask, language }: Jobs["forms"]["input"],
  source: RulesSource,
): Promise<readonly MadeForm[]> {
  const { makeForms } = await import("../jobs/make-forms.js");
  const judged = judgedComplaint(leave, complaint, language);
  const folder = { forms: await source.forms(), template: (file: string) => source.template(file) };
  const masker = await maskerIf(mask, leave);
  return (await makeForms(leave, judged, { names: [form], masker }, folder)).made;
}

export async function explanationOfCase(
  leave: MayWrite,
  { complaint, mask, language }: Jobs["explanationFile"]["input"],
): Promise<DocumentFile> {
  const { explanationFileName, explanationPaper } = await import("../jobs/explanation-paper.js");
  const judged = judgedComplaint(leave, complaint, language);
  const bytes = await explanationPaper(leave, [judged], await maskerIf(mask, leave));
  return { name: explanationFileName(judged, language), bytes };
}

/** What hides names and numbers, where that was asked for. */
export async function maskerIf(mask: boolean, { ledger }: MayWrite): Promise<Masker | undefined> {
  if (!mask) return undefined;
  const { maskerOf } = await import("../jobs/masking.js");
  return maskerOf(ledger.snapshot);
}

/** Throws `LedgerRefused` where the complaint is no longer there. */
function judgedComplaint({ ledger }: MayWrite, complaint: PlacedComplaint, language: Language): RowOutcome {
  const judged = rowOfComplaint(ledger.outcome, complaint);
  if (!judged) throw new LedgerRefused(jobsText(language, "complaint.moved", { id: complaint.id ?? "—" }));
  return judged;
}
