import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FormEntry } from "../src/documents/forms/registry.js";
import { loadRulesFolder } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";
import { regulationClause } from "../src/rules/clause.js";
import { FORMS, type FormTemplate } from "./templates/forms.js";
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

type Clause = Parameters<typeof regulationClause>[0];

/** Why a pack has a form: the clause that names it, and what its rule or report says of it. */
interface Reason {
  readonly clause: string;
  readonly when: string;
}

/** What the packs say of forms, by pack and name; the statistics are forms that a report's clause names. */
function reasons(): Map<string, Reason[]> {
  const found = new Map<string, Reason[]>();
  const { packs } = loadRulesFolder(join(ROOT, "rules"), new Terminal("zh", false));
  for (const { header, rules, reports } of packs.values()) {
    const add = (name: string, clause: Clause, when: string): void => {
      const key = `${header.id}\n${name}`;
      found.set(key, [...(found.get(key) ?? []), { clause: regulationClause(clause, header), when }]);
    };
    for (const { rule } of rules)
      if (rule.event.type === "form") add(rule.event.params.name, rule.clause, rule.title.zh);
    for (const { title, clause } of reports) add(title.zh, clause, "月报一并编制，也可单独填");
  }
  return found;
}

const byPack = reasons();
const used = new Map<string, number>();
function reasonsOf({ name, packs, belongsTo }: Named): Reason[] {
  return packs.flatMap((pack) => byPack.get(`${pack}\n${belongsTo ?? name}`) ?? []);
}

type Named = Omit<FormTemplate, "bytes">;

function entry(form: Named, kind: "docx" | "xlsx"): FormEntry {
  const times = (used.get(form.name) ?? 0) + 1;
  used.set(form.name, times);
  const base = form.name.replace("/", "");
  const clauses = [...new Set(reasonsOf(form).map(({ clause }) => clause))];
  return {
    name: form.name,
    file: `forms/${base}${times > 1 ? `（${form.packs[0]!}）` : ""}.${kind}`,
    kind,
    packs: [...form.packs],
    ...(clauses.length === 0 ? {} : { clause: clauses.join("；") }),
    ...(form.each === undefined ? {} : { each: form.each }),
    ...(form.reasons === undefined ? {} : { reasons: [...form.reasons] }),
  };
}

/** docs/forms.md: which clause each form belongs to, and when a case needs it. */
function formsPage(forms: readonly { readonly entry: FormEntry; readonly named: Named }[]): string {
  const lines = forms.map(({ entry: { name, file, clause, packs }, named }) => {
    const when = [...new Set(reasonsOf(named).map((reason) => reason.when))].join("；");
    const whose = clause ?? (packs.length === 0 ? "各制度通用" : "");
    return `| ${name} | \`${file}\` | ${whose} | ${named.belongsTo === undefined ? when || "按名称填" : `随${named.belongsTo}，按名称填`} |`;
  });
  return [
    "# 单据与信函 Forms and letters",
    "",
    "Made by `npm run templates` from the packs' rules. The forms that a case needs stand in its 应办单据; any other is filled by name (`tiaoli forms IN.xlsx --id NO --form NAME`, or in the pane). A template is changed in Word or Excel; a new one is a file and a line in `templates/forms.json`.",
    "",
    "| 单据 form | 模板 template | 制度与条款 regulation and clause | 何时需要 needed when |",
    "|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}

rmSync(join(TEMPLATES, "forms"), { recursive: true, force: true });
const made: { readonly entry: FormEntry; readonly named: Named }[] = [];
for (const [kind, forms] of [
  ["docx", FORMS],
  ["xlsx", await registers()],
] as const)
  for (const named of forms) {
    const line = entry(named, kind);
    made.push({ entry: line, named });
    write(line.file, named.bytes);
  }
write("forms.json", `${JSON.stringify({ forms: made.map((one) => one.entry) }, null, 2)}\n`);
writeFileSync(join(ROOT, "docs", "forms.md"), formsPage(made));
write("notices/扣款通知单.docx", noticeTemplate("zh"));
write("notices/扣款通知单（多项）.docx", noticeTemplate("zh", true));
write("notices/notice-of-deduction-many.docx", noticeTemplate("en", true));
write("notices/notice-of-deduction.docx", noticeTemplate("en"));
