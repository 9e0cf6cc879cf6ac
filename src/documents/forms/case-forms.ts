import type { ComplaintInputs } from "../../domain/complaint.js";
import { readSettings } from "../../domain/side-tables/settings.js";
import { isoMonth, type WallTime } from "../../domain/wall-time.js";
import type { LedgerSnapshot } from "../../ledger/port.js";
import type { Language } from "../../locales/language.js";
import { complaintNames } from "../../process/complaint-name.js";
import type { Outcome, Penalty, RowOutcome } from "../../process/outcome.js";
import { readRow } from "../../process/read-row.js";
import { ruleReason } from "../../process/due-penalty.js";
import { settledOnly } from "../../process/penalty-state.js";
import { regulationClause } from "../../rules/clause.js";
import type { Pack } from "../../rules/pack.js";
import { fileNamePart } from "../file-name.js";
import { formValues, type FormValues } from "./form-values.js";
import { findForm, type FormEntry } from "./registry.js";

/** A judged ledger and the forms there are, as far as forms of a case need them. */
export interface FormSource {
  readonly snapshot: LedgerSnapshot;
  readonly outcome: Outcome;
  readonly packs: ReadonlyMap<string, Pack>;
  readonly forms: readonly FormEntry[];
  readonly now: WallTime;
  readonly language: Language;
}

/** A document to make: its template and what goes into it. */
export interface WantedForm {
  readonly entry: FormEntry;
  /** The one whom it is for, of forms that go to each person or department with a penalty. */
  readonly subject: string | undefined;
  readonly values: FormValues;
}

export interface FormsOfCase {
  readonly wanted: readonly WantedForm[];
  /** Forms that no template makes. */
  readonly withoutTemplate: readonly string[];
}

/** The documents of a judged row: those of these names, else all that the case needs. */
export function formsOfCase(row: RowOutcome, names: readonly string[] | undefined, source: FormSource): FormsOfCase {
  const { snapshot, outcome, packs, forms, now, language } = source;
  const raws = new Map(snapshot.rows.map((raw) => [raw.row, raw]));
  const place = { sheet: snapshot.sheet, columns: snapshot.columns };
  const inputsOf = (one: RowOutcome): ComplaintInputs => readRow(raws.get(one.row)!, place, language).inputs;
  const settingsTable = snapshot.sideTables.get("Settings");
  const organisation = settingsTable && readSettings(settingsTable).settings.organisation;

  const inputs = inputsOf(row);
  const pack = row.packId === undefined ? undefined : packs.get(row.packId);
  // What is only proposed goes on no paper.
  const penalties = settledOnly(outcome.penalties).filter((penalty) => penalty.row === row.row);
  const month = inputs.receivedAt === undefined ? undefined : isoMonth(inputs.receivedAt);
  const sameMonth = outcome.rows
    .filter((other) => other.packId === row.packId)
    .map((other) => ({ id: other.id, inputs: inputsOf(other), outputs: other.outputs }))
    .filter(({ inputs: { receivedAt } }) => receivedAt !== undefined && isoMonth(receivedAt) === month);

  const numberOnPaper = formNumber(row, source);
  const wanted: WantedForm[] = [];
  const withoutTemplate: string[] = [];
  for (const name of names ?? row.outputs.forms ?? []) {
    const entry = findForm(forms, name, row.packId);
    if (!entry) {
      withoutTemplate.push(name);
      continue;
    }
    const own = entry.reasons
      ? penalties.filter(({ reason }) => entry.reasons!.includes(ruleReason(reason)))
      : penalties;
    for (const subject of subjectsOf(entry, own)) {
      const values = formValues({
        complaint: { id: numberOnPaper, inputs, outputs: row.outputs },
        form: { name: entry.name, ...saidByPack(entry, pack) },
        packTitle: pack?.header.title[language] ?? "",
        organisation,
        penalties: own,
        subject,
        sameMonth,
        now,
      });
      wanted.push({ entry, subject, values });
    }
  }
  return { wanted, withoutTemplate };
}

/** A complaint's number as its papers bear it; undefined where the row could not be numbered. */
export function formNumber(
  { id, packId }: RowOutcome,
  { outcome, packs, language }: Pick<FormSource, "outcome" | "packs" | "language">,
): string | undefined {
  return id === undefined ? undefined : complaintNames(outcome.rows, packs, language)({ id, packId });
}

/** `20260107-001 奖罚通知单 朱一.docx`; `more` tells apart what would bear the same name. */
export function formFileName(id: string, { entry, subject }: WantedForm, more?: string): string {
  const parts = [id, entry.name, ...(subject === undefined ? [] : [subject]), ...(more === undefined ? [] : [more])];
  return `${fileNamePart(parts.join(" "))}.${entry.kind}`;
}

/** For whom a form is made out: each person or department with a penalty, or nobody in particular. */
function subjectsOf({ each }: FormEntry, penalties: readonly Penalty[]): (string | undefined)[] {
  const subjects = [...new Set(penalties.map(({ subject }) => subject))];
  return each === "subject" && subjects.length > 0 ? subjects : [undefined];
}

/** The clause and the copies that the pack states for a form; several of its rules may name one, on intake and on closing. */
function saidByPack(
  entry: FormEntry,
  pack: Pack | undefined,
): { readonly clause: string | undefined; readonly copies: readonly string[] } {
  if (!pack) return { clause: entry.clause, copies: [] };
  let clause: string | undefined;
  const copies = new Set<string>();
  for (const { rule } of pack.rules) {
    if (rule.event.type !== "form" || rule.event.params.name !== entry.name) continue;
    clause ??= regulationClause(rule.clause, pack.header);
    for (const copy of rule.event.params.copies ?? []) copies.add(copy);
  }
  return { clause: clause ?? entry.clause, copies: [...copies] };
}
