import { formFileName, formNumber, formsOfCase, type WantedForm } from "../documents/forms/case-forms.js";
import { fillForm, type FilledForm } from "../documents/forms/fill-form.js";
import type { FormEntry } from "../documents/forms/registry.js";
import type { Masker } from "../documents/masking/masker.js";
import type { RowOutcome } from "../process/outcome.js";
import { BrokenTemplate } from "./broken-template.js";
import type { DocumentFile } from "./issue-notices.js";
import type { MayWrite } from "./judge-ledger.js";

/**
 * Fills the forms and letters of a judged row. The libraries that fill Word and Excel files are large: load this module
 * when somebody asks for a form.
 */

/** A form made for a case. */
export interface MadeForm extends DocumentFile {
  readonly form: string;
  /** The one whom it is for, of forms that go to each person or department with a penalty. */
  readonly subject: string | undefined;
  /** Placeholders that have no value for this complaint; a line to write on stands there. */
  readonly empty: readonly string[];
  /** Placeholders of the template that mean nothing. */
  readonly unknown: readonly string[];
  readonly template: string;
}

/** What forms are made from. */
export interface FormFolder {
  readonly forms: readonly FormEntry[];
  /** The bytes of a template by the name its form gives. */
  template(file: string): Promise<Uint8Array> | Uint8Array;
}

export interface WantedForms {
  /** Undefined: all forms that the case needs. */
  readonly names: readonly string[] | undefined;
  /** Tells apart what would bear the same file name. */
  readonly more?: string;
  /** Hides names and telephone numbers. */
  readonly masker?: Masker | undefined;
}

export interface MadeForms {
  readonly made: readonly MadeForm[];
  /** Forms that no template makes. */
  readonly withoutTemplate: readonly string[];
}

/** Makes the documents of a judged row. Throws `BrokenTemplate`. */
export async function makeForms(
  leave: MayWrite,
  row: RowOutcome,
  { names, more, masker }: WantedForms,
  folder: FormFolder,
): Promise<MadeForms> {
  const { snapshot, outcome, options } = leave.ledger;
  const { packs, now, language } = options;
  const source = { snapshot, outcome, packs, forms: folder.forms, now, language };
  const { wanted, withoutTemplate } = formsOfCase(row, names, source);
  const number = formNumber(row, source) ?? String(row.row);
  const made: MadeForm[] = [];
  for (const whole of wanted) {
    const one = masker ? { ...whole, ...masker.all({ subject: whole.subject, values: whole.values }) } : whole;
    const { entry, subject } = one;
    const { bytes, empty, unknown } = await filled(one, await folder.template(entry.file));
    const name = formFileName(number, one, more);
    made.push({ name, bytes, form: entry.name, subject, empty, unknown, template: entry.file });
  }
  return { made, withoutTemplate };
}

async function filled({ entry, values }: WantedForm, template: Uint8Array): Promise<FilledForm> {
  try {
    return await fillForm(template, entry.kind, values);
  } catch (error) {
    throw new BrokenTemplate(entry.file, (error as Error).message.replace(/\s*\n\s*/g, " "));
  }
}
