import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { builtPackText, builtStatutesText } from "../src/cli/built-rules.js";
import { BUILT_IN_RULES, packFolders, readPackFiles, readStatutesFile } from "../src/cli/pack-files.js";
import { readStatutes } from "../src/cli/rules-folder.js";
import { Terminal } from "../src/cli/terminal.js";
import { loadPack } from "../src/rules/load-pack.js";

const OUT = "dist/cli";
const CODE_CACHE = resolve(OUT, "process.cjs.cache");

const COMMON: BuildOptions = {
  outdir: OUT,
  bundle: true,
  platform: "node",
  target: "node20",
  // Modules where a library has them: its CommonJS form may ask for files by computed names.
  mainFields: ["module", "main"],
  // What makes new workbooks is large and loaded by few commands, the database has a part in C++: they stay outside.
  external: ["exceljs", "easy-template-x", "@duckdb/node-api"],
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: true,
  logLevel: "warning",
};

/** Hashes by Node's own, eight times as fast as those that run anywhere: the books are proved on each run. */
const NODE_HASHES: Plugin = {
  name: "hashes by Node",
  setup(builder) {
    builder.onResolve({ filter: /\/domain\/sha256\.js$/ }, () => ({ path: resolve("src/cli/node-sha256.ts") }));
  },
};

/** A module that is imported when it is needed is found under another path. */
function redirect(from: RegExp, to: { readonly path: string; readonly external: boolean }): Plugin {
  return {
    name: `redirect ${to.path}`,
    setup(builder) {
      builder.onResolve({ filter: from }, ({ kind }) => (kind === "dynamic-import" ? to : undefined));
    },
  };
}

/**
 * Bundles the command, libraries and all: a short start matters more than readable output, and Node reads one file much
 * faster than two hundred. `process`, which people wait for all day, is a script of its own that is compiled in advance
 * (src/cli/compiled-process.ts); so is the loader of rules, which most runs don't need.
 */
async function bundle(): Promise<void> {
  const program = await build({
    ...COMMON,
    entryPoints: {
      main: "src/cli/main.ts",
      "judge-thread": "src/batch/judge-thread.ts",
      "group-thread": "src/cli/group/group-thread.ts",
    },
    splitting: true,
    format: "esm",
    // Libraries in CommonJS ask for Node's own modules by `require`, which an ES module doesn't have.
    banner: { js: 'import{createRequire as requireFrom}from"node:module";const require=requireFrom(import.meta.url);' },
    plugins: [
      NODE_HASHES,
      redirect(/\/commands\/process\.js$/, { path: resolve("src/cli/compiled-process.ts"), external: false }),
    ],
    metafile: true,
  });
  const scripts = await build({
    ...COMMON,
    entryPoints: ["src/cli/commands/process.ts", "src/cli/rules-folder.ts"],
    entryNames: "[name]",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    // A script can't import; and what is loaded later must not be part of it, or nothing in it could be called directly.
    supported: { "dynamic-import": false },
    plugins: [NODE_HASHES, redirect(/\/rules-folder\.js$/, { path: "./rules-folder.cjs", external: true })],
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: 'const importMetaUrl=require("node:url").pathToFileURL(__filename).href;' },
    metafile: true,
  });
  const outputs = [...Object.keys(program.metafile.outputs), ...Object.keys(scripts.metafile.outputs)];
  const written = new Set(outputs.map((path) => resolve(path)));
  for (const name of readdirSync(OUT)) {
    const path = resolve(OUT, name);
    if (/\.c?js(\.map)?$/.test(name) && !written.has(path)) rmSync(path);
  }
}

/** Runs `process` once and keeps what the engine compiled; the ledger has rows for every pack. */
function compileProcess(): void {
  const output = join(tmpdir(), `tiaoli-build-${process.pid}.xlsx`);
  const call = ["bin/tiaoli.js", "process", "templates/sample-ledger.xlsx", "-o", output, "--now", "2026-03-31T18:00"];
  try {
    execFileSync(process.execPath, call, {
      env: { ...process.env, TIAOLI_CODE_CACHE: CODE_CACHE },
      stdio: ["ignore", "ignore", "pipe"],
    });
  } catch (error) {
    // 1: rows of the sample are 数据有误, as they should be.
    if (!(error instanceof Error && "status" in error && error.status === 1)) throw error;
  } finally {
    rmSync(output, { force: true });
  }
}

/** Loads the packs that come with the program, so that runs need not check again what hasn't changed. */
function buildRules(): void {
  const folder = join(OUT, "built-rules");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const terminal = new Terminal("en", false);
  for (const pack of packFolders(BUILT_IN_RULES, terminal)) {
    const files = readPackFiles(pack, { cases: false }, terminal);
    const result = loadPack(pack.name, files);
    // One with a problem is left to be refused, with a proper sentence, by the run that needs it.
    if ("pack" in result) writeFileSync(join(folder, `${pack.name}.json`), builtPackText(files, result.pack));
  }
  readStatutes(BUILT_IN_RULES, terminal);
  writeFileSync(join(folder, "statutes.json"), builtStatutesText(readStatutesFile(BUILT_IN_RULES, terminal).text));
}

// The engine takes a cache for that of any source of the same length: an old one must be gone before the source changes.
rmSync(CODE_CACHE, { force: true });
await bundle();
buildRules();
compileProcess();
