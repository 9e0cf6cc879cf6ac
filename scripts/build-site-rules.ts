import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { BUILT_IN_RULES, packFolders, readPackFiles } from "../src/cli/pack-files.js";
import { readStatutes, refuseProblems } from "../src/cli/rules-folder.js";
import { TEMPLATES } from "../src/cli/template-files.js";
import { Terminal } from "../src/cli/terminal.js";
import { readRegistry } from "../src/documents/forms/registry.js";
import { loadPack } from "../src/rules/load-pack.js";
import { builtPackOf } from "../src/jobs/built-pack.js";
import type { Catalogue, FormsCatalogue, PackEntry } from "../src/jobs/catalogue.js";

/** The rules as the pane's site serves them: packs already checked, their texts for the editor, the schemas. */

const OUT = "dist/site/rules";
const SCHEMAS = join(BUILT_IN_RULES, "schema");

/** Writes a file whose name changes with its content, so that no cache ever serves an old one; returns its name. */
function write(name: string, content: string | Uint8Array, ending = ".json"): string {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const file = `${name}.${digest}${ending}`;
  writeFileSync(join(OUT, file), content);
  return file;
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const terminal = new Terminal("en", false);
const packs = packFolders(BUILT_IN_RULES, terminal).map((folder): PackEntry => {
  const files = readPackFiles(folder, { cases: true }, terminal);
  const result = loadPack(folder.name, files);
  if (!("pack" in result)) {
    refuseProblems(result.problems, terminal);
    throw new Error(`${folder.name} has problems`);
  }
  const { pack } = result;
  files.delete("README.md");
  return {
    header: pack.header,
    rules: pack.rules.length,
    cases: pack.cases.reduce((sum, { content }) => sum + content.cases.length, 0),
    hash: pack.hash,
    built: write(folder.name, JSON.stringify(builtPackOf(pack))),
    texts: write(`${folder.name}.texts`, JSON.stringify(Object.fromEntries(files))),
  };
});
const schemas = readdirSync(SCHEMAS).map((name) => [
  name,
  write(name.replace(/\.json$/, ""), JSON.stringify(JSON.parse(readFileSync(join(SCHEMAS, name), "utf8")))),
]);
const forms = readRegistry(readFileSync(join(TEMPLATES, "forms.json"), "utf8"));
const formsCatalogue: FormsCatalogue = {
  forms,
  // Served under plain names: not every web server copes with Chinese ones.
  templates: Object.fromEntries(
    forms.map(({ file }) => [file, write("template", readFileSync(join(TEMPLATES, file)), extname(file))]),
  ),
};
const catalogue: Catalogue = {
  packs,
  statutes: readStatutes(BUILT_IN_RULES, terminal),
  schemas: Object.fromEntries(schemas) as Catalogue["schemas"],
  forms: write("forms", JSON.stringify(formsCatalogue)),
};
writeFileSync(join(OUT, "catalogue.json"), JSON.stringify(catalogue));
