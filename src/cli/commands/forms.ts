import { findForm, readRegistry, type FormEntry } from "../../documents/forms/registry.js";
import type { WallTime } from "../../domain/wall-time.js";
import { judgeLedger, mayWrite } from "../../jobs/judge-ledger.js";
import { BrokenTemplate } from "../../jobs/broken-template.js";
import type { MadeForm } from "../../jobs/make-forms.js";
import { CliError } from "../cli-error.js";
import { prepareDocuments } from "../document-files.js";
import { judgeOptions, loadLedgerRules } from "../ledger-rules.js";
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
  /** The sheet of the ledger, where several have one. */
  readonly sheet?: string | undefined;
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
  const { ledger } = openWorkbook(input, terminal, args.sheet);
  const { snapshot } = ledger;
  const rules = await loadLedgerRules(snapshot, { folder: args.rules, pack: args.pack }, terminal);
  const leave = mayWrite(await judgeLedger(snapshot, judgeOptions(rules, args, terminal)));
  const found = leave.ledger.outcome.rows.filter((row) => row.id === id);
  if (found.length === 0) throw new CliError(terminal.text("explain.no-such-id", { file: input, id }));

  const { makeForms } = await import("../../jobs/make-forms.js");
  const names = args.form === undefined ? undefined : [args.form];
  const template = (file: string): Uint8Array => readTemplate(file, args.templates, terminal);
  const made: MadeForm[] = [];
  const messages: string[] = [];
  for (const row of found) {
    const more = found.length > 1 ? { more: terminal.text("forms.row", { row: row.row }) } : {};
    const filled = await named(() => makeForms(leave, row, { names, ...more }, { forms, template }), terminal);
    if (filled.made.length + filled.withoutTemplate.length === 0) messages.push(terminal.text("forms.none", { id }));
    for (const form of filled.withoutTemplate) messages.push(terminal.text("forms.no-template", { form }));
    for (const one of filled.made) messages.push(...remarksOn(one, terminal));
    made.push(...filled.made);
  }
  const paths = prepareDocuments(leave, args.folder, made, terminal).commit();
  terminal.document({
    id,
    forms: made.map(({ form, subject, empty, unknown }, i) => ({
      form,
      ...(subject === undefined ? {} : { subject }),
      file: paths[i]!,
      empty,
      unknown,
    })),
    messages: [...new Set(messages)],
  });
  for (const path of paths) terminal.line(path);
  for (const message of new Set(messages)) terminal.line(`  ! ${message}`);
  return found.some(({ outputs }) => outputs.status === "数据有误") ? 1 : 0;
}

/** What a template asked for and the complaint doesn't have, or nobody knows. */
function remarksOn({ form, template, empty, unknown }: MadeForm, terminal: Terminal): string[] {
  return [
    ...(empty.length > 0 ? [terminal.text("forms.empty", { form, list: empty.join("、") })] : []),
    ...(unknown.length > 0
      ? [terminal.text("forms.unknown-placeholder", { form, file: template, list: unknown.join("、") })]
      : []),
  ];
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
async function named<T>(make: () => Promise<T>, terminal: Terminal): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof BrokenTemplate)) throw error;
    const { file, reason } = error;
    throw new CliError(terminal.text("forms.broken", { file, reason }));
  }
}
