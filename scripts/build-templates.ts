import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FormEntry } from "../src/documents/forms/registry.js";
import { FORMS } from "./templates/forms.js";
import { noticeTemplate } from "./templates/notice.js";
import { registers } from "./templates/registers.js";

/**
 * Writes the first version of the templates and their register templates/forms.json. Users change the templates in Word
 * and Excel and add lines to the register afterwards; running this again gives the program's own ones back.
 */
const ROOT = join(import.meta.dirname, "..");
const TEMPLATES = join(ROOT, "templates");

function write(path: string, bytes: Uint8Array | string): void {
  const target = join(TEMPLATES, path);
  mkdirSync(join(target, ".."), { recursive: true });
  writeFileSync(target, bytes);
}

interface Rule {
  readonly clause: { readonly document: string; readonly article: string; readonly paragraph?: string };
  readonly event: { readonly type: string; readonly params: { readonly name?: string } };
}

/** The clause of each form, by pack and name, as the packs have it. */
function clauses(): Map<string, string> {
  const found = new Map<string, string>();
  for (const pack of readdirSync(join(ROOT, "rules"))) {
    let rules: readonly Rule[];
    try {
      ({ rules } = JSON.parse(readFileSync(join(ROOT, "rules", pack, "forms.json"), "utf8")) as { rules: Rule[] });
    } catch {
      continue;
    }
    for (const { clause, event } of rules) {
      const key = `${pack}\n${event.params.name ?? ""}`;
      if (event.type === "form" && !found.has(key))
        found.set(key, `${clause.document} ${clause.article}${clause.paragraph ?? ""}`);
    }
  }
  return found;
}

const byPack = clauses();
const used = new Map<string, number>();
function entry(form: { name: string; packs: readonly string[]; each?: "subject" }, kind: "docx" | "xlsx"): FormEntry {
  const times = (used.get(form.name) ?? 0) + 1;
  used.set(form.name, times);
  const base = form.name.replace("/", "");
  const clause = form.packs.flatMap((pack) => byPack.get(`${pack}\n${form.name}`) ?? []);
  return {
    name: form.name,
    file: `forms/${base}${times > 1 ? `（${form.packs[0]!}）` : ""}.${kind}`,
    kind,
    packs: [...form.packs],
    ...(clause.length === 0 ? {} : { clause: clause.join("；") }),
    ...(form.each === undefined ? {} : { each: form.each }),
  };
}

rmSync(join(TEMPLATES, "forms"), { recursive: true, force: true });
const entries: FormEntry[] = [];
for (const form of FORMS) {
  const line = entry(form, "docx");
  entries.push(line);
  write(line.file, form.bytes);
}
for (const register of await registers()) {
  const line = entry(register, "xlsx");
  entries.push(line);
  write(line.file, register.bytes);
}
write("forms.json", `${JSON.stringify({ forms: entries }, null, 2)}\n`);
write("notices/扣款通知单.docx", noticeTemplate("zh"));
write("notices/扣款通知单（多项）.docx", noticeTemplate("zh", true));
write("notices/notice-of-deduction-many.docx", noticeTemplate("en", true));
write("notices/notice-of-deduction.docx", noticeTemplate("en"));
