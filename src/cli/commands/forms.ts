import { formFileName, formsOfCase } from "../../documents/forms/case-forms.js";
import type { FilledForm } from "../../documents/forms/fill-form.js";
import { findForm, readRegistry, type FormEntry } from "../../documents/forms/registry.js";
import type { WallTime } from "../../domain/wall-time.js";
import { runLedger } from "../../ledger/run-ledger.js";
import { CliError } from "../cli-error.js";
import { prepareDocuments, type DocumentFile } from "../document-files.js";
import { loadLedgerRules } from "../ledger-rules.js";
import { PROGRAM_VERSION } from "../../program/version.js";
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
    const names = args.form === undefined ? undefined : [args.form];
    const source = { snapshot, outcome, packs, forms, now: args.now, language };
    const { wanted, withoutTemplate } = formsOfCase(row, names, source);
    if (wanted.length + withoutTemplate.length === 0) messages.push(terminal.text("forms.none", { id }));
    for (const form of withoutTemplate) messages.push(terminal.text("forms.no-template", { form }));
    for (const one of wanted) {
      const { entry, subject, values } = one;
      const template = readTemplate(entry.file, args.templates, terminal);
      const { bytes, empty, unknown } = await filledForm(() => fillForm(template, entry.kind, values), entry, terminal);
      const more = found.length > 1 ? terminal.text("forms.row", { row: row.row }) : undefined;
      const file = formFileName(id, one, more);
      files.push({ name: file, bytes });
      const form = entry.name;
      written.push({ form, ...(subject === undefined ? {} : { subject }), file, empty, unknown });
      if (empty.length > 0) messages.push(terminal.text("forms.empty", { form, list: empty.join("、") }));
      if (unknown.length > 0)
        messages.push(terminal.text("forms.unknown-placeholder", { form, file: entry.file, list: unknown.join("、") }));
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

/** A template that its users have broken is named, not a trace. */
async function filledForm(fill: () => Promise<FilledForm>, entry: FormEntry, terminal: Terminal): Promise<FilledForm> {
  try {
    return await fill();
  } catch (error) {
    const reason = (error as Error).message.replace(/\s*\n\s*/g, " ");
    throw new CliError(terminal.text("forms.broken", { file: entry.file, reason }));
  }
}
