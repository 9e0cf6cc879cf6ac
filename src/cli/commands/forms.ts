import { addAll } from "../../domain/grouping.js";
import { findForm, readRegistry, type FormEntry } from "../../documents/forms/registry.js";
import { mayWrite } from "../../jobs/judge-ledger.js";
import { BrokenTemplate } from "../../jobs/broken-template.js";
import type { MadeForm } from "../../jobs/make-forms.js";
import { judgedComplaint } from "../one-complaint.js";
import { CliError } from "../cli-error.js";
import { maskerFor } from "../mask.js";
import { readTemplate } from "../template-files.js";
import { openWithMembers } from "../group/open-with-members.js";
import type { Terminal } from "../terminal.js";
import { letOutDocuments } from "../workbook-file.js";
import { JUDGE_OPTIONS, judgeArguments, MASK, TEMPLATES, type Command, type JudgeArguments } from "../command.js";

interface FormsArguments extends JudgeArguments {
  readonly input: string;
  readonly id: string;
  /** Undefined: all forms that the case needs. */
  readonly form: string | undefined;
  readonly folder: string;
  readonly templates: string | undefined;
  readonly mask: boolean;
}

export const command: Command = {
  usage: "forms <IN.xlsx>",
  help: "help.forms",
  options: [
    { flags: "--id <NO>", help: "help.id", required: true },
    { flags: "-o, --output <DIR>", help: "help.folder", required: true },
    { flags: "--form <NAME>", help: "help.form" },
    TEMPLATES,
    MASK,
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    formsCommand(
      {
        input: call.argument,
        id: call.value("id"),
        form: call.option("form"),
        folder: call.value("output"),
        templates: call.option("templates"),
        mask: call.isSet("mask"),
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

/**
 * `forms`: fills the forms or letters of one complaint; the workbook is only read. Says what a template asked for and the
 * complaint doesn't have. 1 if the row is 数据有误.
 */
async function formsCommand(args: FormsArguments, terminal: Terminal): Promise<number> {
  const { input, id } = args;
  const forms = registry(args.templates, terminal);
  if (args.form !== undefined && !findForm(forms, args.form, undefined)) {
    const known = [...new Set(forms.map(({ name }) => name))].join("、");
    throw new CliError(terminal.text("forms.unknown", { value: args.form, known }));
  }
  const workbook = await openWithMembers(input, terminal, args);
  const { ledger, rows: found } = await judgedComplaint(workbook, args, terminal);
  const leave = mayWrite(await ledger.judgement());

  const { makeForms } = await import("../../jobs/make-forms.js");
  const masker = args.mask ? await maskerFor(workbook.ledger.snapshot) : undefined;
  const names = args.form === undefined ? undefined : [args.form];
  const template = (file: string): Uint8Array => readTemplate(file, args.templates, terminal);
  const made: MadeForm[] = [];
  const messages: string[] = [];
  for (const row of found) {
    const more = found.length > 1 ? { more: terminal.text("forms.row", { row: row.row }) } : {};
    const filled = await named(() => makeForms(leave, row, { names, masker, ...more }, { forms, template }), terminal);
    if (filled.made.length + filled.withoutTemplate.length === 0) messages.push(terminal.text("forms.none", { id }));
    for (const form of filled.withoutTemplate) messages.push(terminal.text("forms.no-template", { form }));
    for (const one of filled.made) addAll(messages, remarksOn(one, terminal));
    addAll(made, filled.made);
  }
  const paths = letOutDocuments(
    { leave, folder: args.folder, documents: made, alongside: undefined, read: [workbook.reading] },
    terminal,
  );
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
