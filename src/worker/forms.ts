import { formFileName, formsOfCase, type FormSource } from "../documents/forms/case-forms.js";
import { fillForm } from "../documents/forms/fill-form.js";
import type { MadeForm } from "./messages.js";

/**
 * Makes the documents of one form for a judged row, as the command `forms` does; none if no template makes it. The
 * libraries that fill Word and Excel files are large: this module is loaded when somebody asks for a form.
 */
export async function madeForms(
  { row, form }: { readonly row: number; readonly form: string },
  source: FormSource,
  template: (file: string) => Promise<Uint8Array>,
): Promise<readonly MadeForm[]> {
  const judged = source.outcome.rows.find((other) => other.row === row);
  if (!judged) throw new Error(`no row ${row}`);
  const made: MadeForm[] = [];
  for (const wanted of formsOfCase(judged, [form], source).wanted) {
    const { entry, subject, values } = wanted;
    const { bytes, empty, unknown } = await fillForm(await template(entry.file), entry.kind, values);
    made.push({
      name: formFileName(judged.id ?? String(row), wanted),
      bytes,
      form: entry.name,
      subject,
      empty,
      unknown,
    });
  }
  return made;
}
