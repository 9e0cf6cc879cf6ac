import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Writes src/workbench/host/api-sets.json: which API set brought each member of the classes that the host models, as
 * Microsoft's own type declarations say. Run it after a new version of @types/office-js.
 */

const HANDLERS = new URL("../src/workbench/host/handlers/", import.meta.url);
const TARGET = new URL("../src/workbench/host/api-sets.json", import.meta.url);

type Members = Record<string, string>;

/** The table of API sets by class and member; members of ExcelApi 1.1 are left out. */
export function collectApiSets(): Record<string, Members> {
  const declarations = excelDeclarations();
  const tables: Record<string, Members> = {};
  for (const name of modelledClasses()) {
    const members = membersOf(declarations, name);
    if (Object.keys(members).length > 0) tables[name] = members;
  }
  return tables;
}

export function apiSetsText(): string {
  return `${JSON.stringify(collectApiSets(), null, 2)}\n`;
}

function excelDeclarations(): string {
  const path = createRequire(import.meta.url).resolve("@types/office-js/index.d.ts");
  const text = readFileSync(path, "utf8");
  const from = text.indexOf("declare namespace Excel {");
  const to = text.indexOf("declare namespace", from + 1);
  return text.slice(from, to);
}

/** The classes that handlers declare with `name: "…"`. */
function modelledClasses(): string[] {
  const files = readdirSync(HANDLERS).filter((file) => file.endsWith(".ts"));
  const texts = files.map((file) => readFileSync(new URL(file, HANDLERS), "utf8"));
  const names = texts.flatMap((text) =>
    [...text.matchAll(/(?:name: |axis\(|, )"([A-Z]\w+)"/g)].map(([, name]) => name!),
  );
  return [...new Set(names)].sort();
}

const MEMBER = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:readonly )?(\w+)(?:\??:|\()/g;
const API_SET = /\[Api set: (\w+) (?:[A-Z_]+ )?(\d+\.\d+)/;

function membersOf(declarations: string, name: string): Members {
  const from = declarations.search(new RegExp(`^    class ${name} extends`, "m"));
  if (from < 0) return {};
  const body = declarations.slice(from, declarations.indexOf("\n    }", from));
  const members: Members = {};
  for (const [, comment, member] of body.matchAll(MEMBER)) {
    const set = API_SET.exec(comment!);
    if (!set || (set[1] === "ExcelApi" && set[2] === "1.1")) continue;
    members[member!] ??= set[1] === "ExcelApi" ? set[2]! : `${set[1]!} ${set[2]!}`;
  }
  return members;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, apiSetsText());
