import { z } from "zod";

/** templates/forms.json: which template fills which form. A new form is a line here and a file beside it. */

const entrySchema = z.strictObject({
  /** The form's name as packs and people write it. */
  name: z.string().min(1),
  /** The template, below the folder of templates. */
  file: z.string().regex(/^(?!.*\.\.)[^/\\].*\.(?:docx|xlsx)$/),
  kind: z.enum(["docx", "xlsx"]),
  /** Packs whose form it is; none: any pack. */
  packs: z.array(z.string()),
  clause: z.string().optional(),
  /** One document for each person or department with a penalty. */
  each: z.literal("subject").optional(),
  /** 事由 of the penalties that it is for, where a case may have others that another document tells of; none: all. */
  reasons: z.array(z.string().min(1)).min(1).optional(),
});

const registrySchema = z.strictObject({ forms: z.array(entrySchema).min(1) });

export type FormEntry = z.input<typeof entrySchema>;

/** Reads the register; throws with one line on what is wrong with it. */
export function readRegistry(text: string): readonly FormEntry[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Error((error as Error).message);
  }
  const result = registrySchema.safeParse(content);
  if (result.success) return result.data.forms;
  const [issue] = result.error.issues;
  throw new Error(`${issue!.path.join(".")}: ${issue!.message}`);
}

/** The template of a form for a pack: the pack's own before one for any pack; a form of other packs if there is no other. */
export function findForm(forms: readonly FormEntry[], name: string, packId: string | undefined): FormEntry | undefined {
  const wanted = formKey(name);
  const named = forms.filter((form) => formKey(form.name) === wanted);
  return (
    named.find(({ packs }) => packId !== undefined && packs.includes(packId)) ??
    named.find(({ packs }) => packs.length === 0) ??
    named[0]
  );
}

/** Names are compared without white space and in one width: 抱怨／投诉单 is 抱怨/投诉单. */
function formKey(name: string): string {
  return name.normalize("NFKC").replace(/\s+/g, "");
}
