import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { builtPackText, builtStatutesText } from "../src/cli/built-rules.js";
import { BUILT_IN_RULES, packFolders, readPackFiles, readStatutesFile } from "../src/cli/pack-files.js";
import { readStatutes } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";
import { loadPack } from "../src/rules/load-pack.js";

const OUT = "dist/cli";

/**
 * Bundles the command, libraries and all: a short start matters more than readable output, and Node reads one file much
 * faster than two hundred. What makes new workbooks is large, loaded by few commands, and stays outside.
 */
async function bundle(): Promise<void> {
  const { metafile } = await build({
    entryPoints: ["src/cli/main.ts"],
    outdir: OUT,
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // Modules where a library has them: its CommonJS form may ask for files by computed names.
    mainFields: ["module", "main"],
    external: ["exceljs", "easy-template-x"],
    // Libraries in CommonJS ask for Node's own modules by `require`, which an ES module doesn't have.
    banner: { js: 'import{createRequire as requireFrom}from"node:module";const require=requireFrom(import.meta.url);' },
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: true,
    metafile: true,
    logLevel: "warning",
  });
  const written = new Set(Object.keys(metafile.outputs).map((path) => resolve(path)));
  for (const name of readdirSync(OUT)) {
    const path = resolve(OUT, name);
    if (/\.js(\.map)?$/.test(name) && !written.has(path)) rmSync(path);
  }
}

/** Loads the packs that come with the program, so that runs need not check again what hasn't changed. */
function buildRules(): void {
  const folder = join(OUT, "built-rules");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const terminal = new Terminal("en", false);
  for (const pack of packFolders(BUILT_IN_RULES, terminal)) {
    const files = readPackFiles(pack, { cases: false });
    const result = loadPack(pack.name, files);
    // One with a problem is left to be refused, with a proper sentence, by the run that needs it.
    if ("pack" in result) writeFileSync(join(folder, `${pack.name}.json`), builtPackText(files, result.pack));
  }
  readStatutes(BUILT_IN_RULES, terminal);
  writeFileSync(join(folder, "statutes.json"), builtStatutesText(readStatutesFile(BUILT_IN_RULES).text));
}

await bundle();
buildRules();
