import type { FilledForm } from "../../documents/forms/fill-form.js";
import { formValues } from "../../documents/forms/form-values.js";
import { findForm, readRegistry, type FormEntry } from "../../documents/forms/registry.js";
import type { ComplaintInputs } from "../../domain/complaint.js";
import { readSettings } from "../../domain/side-tables.js";
import { isoMonth, type WallTime } from "../../domain/wall-time.js";
import { runLedger } from "../../ledger/run-ledger.js";
import type { Penalty, RowOutcome } from "../../process/outcome.js";
import { readRow } from "../../process/read-row.js";
import { citedClause } from "../../rules/clause.js";
import type { Pack } from "../../rules/pack.js";
import { CliError } from "../cli-error.js";
import { fileNamePart, prepareDocuments, type DocumentFile } from "../document-files.js";
import { loadLedgerRules } from "../ledger-rules.js";
import { PROGRAM_VERSION } from "../program-version.js";
import { readTemplate } from "../template-files.js";
import type { Terminal } from "../terminal.js";
import { openWorkbook } from "../workbook-file.js";

export interface FormsArguments {
  readonly input: string;
  readonly id: string;
  /** Undefined: all forms that the case needs. */
  readonly form: string | undefined;
  readonly folder: string;
  readonly pack: string | undefined;
  readonly now: WallTime;
  readonly rules: string | undefined;
  readonly templates: string | undefined;
}

/**
 * `forms`: fills the forms or letters of one complaint; the workbook is only read. Says what a template asked for and the
 * complaint doesn't have. 1 if the row is 数据有误.
 */
export async function formsCommand(args: FormsArguments, terminal: Terminal): Promise<number> {
  const { input, id } = args;
  const forms = registry(args.templates, terminal);
  if (args.form !== undefined && !findForm(forms, args.form, undefined)) {
    const known = [...new Set(forms.map(({ name }) => name))].join("、");
    throw new CliError(terminal.text("forms.unknown", { value: args.form, known }));
  }
  const { ledger } = openWorkbook(input, terminal);
  const { snapshot } = ledger;
  const { packs, statutes } = await loadLedgerRules(snapshot, { folder: args.rules, pack: args.pack }, terminal);
  const { language } = terminal;
  const { outcome, refusal } = runLedger(snapshot, {
    packs,
    statutes,
    now: args.now,
    language,
    programVersion: PROGRAM_VERSION,
    ...(args.pack === undefined ? {} : { defaultPack: args.pack }),
  });
  if (refusal !== undefined) throw new CliError(refusal);
  const found = outcome.rows.filter((row) => row.id === id);
  if (found.length === 0) throw new CliError(terminal.text("explain.no-such-id", { file: input, id }));

  const raws = new Map(snapshot.rows.map((row) => [row.row, row]));
  const place = { sheet: snapshot.sheet, columns: snapshot.columns };
  const inputsOf = ({ row }: RowOutcome): ComplaintInputs => readRow(raws.get(row)!, place, language).inputs;
  const settingsTable = snapshot.sideTables.get("Settings");
  const organisation = settingsTable && readSettings(settingsTable).settings.organisation;
  const { fillForm } = await import("../../documents/forms/fill-form.js");

  const files: DocumentFile[] = [];
  const messages: string[] = [];
  const written: {
    form: string;
    subject?: string;
    file: string;
    empty: readonly string[];
    unknown: readonly string[];
  }[] = [];
  for (const row of found) {
    const inputs = inputsOf(row);
    const pack = row.packId === undefined ? undefined : packs.get(row.packId);
    const penalties = outcome.penalties.filter((penalty) => penalty.row === row.row);
    const month = inputs.receivedAt === undefined ? undefined : isoMonth(inputs.receivedAt);
    const sameMonth = outcome.rows
      .filter((other) => other.packId === row.packId)
      .map((other) => ({ id: other.id, inputs: inputsOf(other), outputs: other.outputs }))
      .filter(({ inputs: { receivedAt } }) => receivedAt !== undefined && isoMonth(receivedAt) === month);
    const names = args.form === undefined ? (row.outputs.forms ?? []) : [args.form];
    if (names.length === 0) messages.push(terminal.text("forms.none", { id }));
    for (const name of names) {
      const entry = findForm(forms, name, row.packId);
      if (!entry) {
        messages.push(terminal.text("forms.no-template", { form: name }));
        continue;
      }
      const template = readTemplate(entry.file, args.templates, terminal);
      for (const subject of subjectsOf(entry, penalties)) {
        const values = formValues({
          complaint: { id: row.id, inputs, outputs: row.outputs },
          form: { name: entry.name, ...saidByPack(entry, pack) },
          packTitle: pack?.header.title[language] ?? "",
          organisation,
          penalties,
          subject,
          sameMonth,
          now: args.now,
        });
        const filled = await filledForm(() => fillForm(template, entry.kind, values), entry, terminal);
        const { empty, unknown } = filled;
        const parts = [id, entry.name, ...(subject === undefined ? [] : [subject])];
        if (found.length > 1) parts.push(terminal.text("forms.row", { row: row.row }));
        const file = `${fileNamePart(parts.join(" "))}.${entry.kind}`;
        files.push({ name: file, bytes: filled.bytes });
        written.push({ form: entry.name, ...(subject === undefined ? {} : { subject }), file, empty, unknown });
        const form = entry.name;
        if (empty.length > 0) messages.push(terminal.text("forms.empty", { form, list: empty.join("、") }));
        if (unknown.length > 0)
          messages.push(
            terminal.text("forms.unknown-placeholder", { form, file: entry.file, list: unknown.join("、") }),
          );
      }
    }
  }
  const paths = prepareDocuments(args.folder, files, terminal).commit();
  terminal.document({
    id,
    forms: written.map((one, i) => ({ ...one, file: paths[i]! })),
    messages: [...new Set(messages)],
  });
  for (const path of paths) terminal.line(path);
  for (const message of new Set(messages)) terminal.line(`  ! ${message}`);
  return found.some(({ outputs }) => outputs.status === "数据有误") ? 1 : 0;
}

function registry(folder: string | undefined, terminal: Terminal): readonly FormEntry[] {
  const text = new TextDecoder().decode(readTemplate("forms.json", folder, terminal));
  try {
    return readRegistry(text);
  } catch (error) {
    throw new CliError(terminal.text("forms.registry", { reason: (error as Error).message.replace(/\s*\n\s*/g, " ") }));
  }
}

/** For whom a form is made out: each person or department with a penalty, or nobody in particular. */
function subjectsOf({ each }: FormEntry, penalties: readonly Penalty[]): (string | undefined)[] {
  const subjects = [...new Set(penalties.map(({ subject }) => subject))];
  return each === "subject" && subjects.length > 0 ? subjects : [undefined];
}

/** The clause and the copies that the pack states for a form. */
function saidByPack(
  entry: FormEntry,
  pack: Pack | undefined,
): { readonly clause: string | undefined; readonly copies: readonly string[] } {
  for (const { rule } of pack?.rules ?? [])
    if (rule.event.type === "form" && rule.event.params.name === entry.name)
      return { clause: citedClause(rule.clause), copies: rule.event.params.copies ?? [] };
  return { clause: entry.clause, copies: [] };
}

/** A template that its users have broken is named, not a trace. */
async function filledForm(fill: () => Promise<FilledForm>, entry: FormEntry, terminal: Terminal): Promise<FilledForm> {
  try {
    return await fill();
  } catch (error) {
    const reason = (error as Error).message.replace(/\s*\n\s*/g, " ");
    throw new CliError(terminal.text("forms.broken", { file: entry.file, reason }));
  }
}
