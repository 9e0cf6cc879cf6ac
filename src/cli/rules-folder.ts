import { addAll } from "../domain/grouping.js";
import { problemText } from "../rules/pack-problem-text.js";
import { loadPack } from "../rules/load-pack.js";
import type { Pack } from "../rules/pack.js";
import { readJson } from "../rules/json-source.js";
import type { PackProblem } from "../rules/pack-problem.js";
import { shapeProblems } from "../rules/shape-check.js";
import { statutesSchema, type Statutes } from "../rules/statutes-schema.js";
import { CliError } from "./cli-error.js";
import { packFolders, readPackFiles, readStatutesFile, type PackFolder } from "./pack-files.js";
import type { Terminal } from "./terminal.js";

export { BUILT_IN_RULES } from "./pack-files.js";
export { packsInForce } from "./workbook-packs.js";

/** A rules folder as read: packs by id, in alphabetical order, and the problems of those that were refused. */
export interface RulesFolder {
  readonly folder: string;
  readonly packs: ReadonlyMap<string, Pack>;
  readonly problems: readonly PackProblem[];
  readonly statutes: Statutes;
}

/** Reads a rules folder, cases and all. A folder that is itself a pack counts as a folder with that one pack. */
export function readRulesFolder(folder: string, terminal: Terminal): RulesFolder {
  const { packs, problems } = loadPacks(packFolders(folder, terminal), { cases: true }, terminal);
  return { folder, packs, problems, statutes: readStatutes(folder, terminal) };
}

/** As `readRulesFolder`, and refuses to go on if any pack has a problem. */
export function loadRulesFolder(folder: string, terminal: Terminal): RulesFolder {
  const rules = readRulesFolder(folder, terminal);
  refuseProblems(rules.problems, terminal);
  return rules;
}

/** Loads packs, with every check. */
export function loadPacks(
  folders: readonly PackFolder[],
  options: { readonly cases: boolean },
  terminal: Terminal,
): { readonly packs: Map<string, Pack>; readonly problems: PackProblem[] } {
  const packs = new Map<string, Pack>();
  const problems: PackProblem[] = [];
  for (const folder of folders) {
    const result = loadPack(folder.name, readPackFiles(folder, options, terminal));
    if ("pack" in result) packs.set(result.pack.header.id, result.pack);
    else addAll(problems, result.problems);
  }
  return { packs, problems };
}

/** Refuses to go on with any problem: the first one is named, with file and line. */
export function refuseProblems(problems: readonly PackProblem[], terminal: Terminal): void {
  const [first] = problems;
  if (!first) return;
  const more = problems.length - 1;
  throw new CliError(problemText(first, terminal.language) + (more > 0 ? terminal.text("rules.more", { more }) : ""));
}

/** What the law says, held against its schema as packs are: file, line and what to write instead. */
export function readStatutes(folder: string, terminal: Terminal): Statutes {
  const { file, text } = readStatutesFile(folder, terminal);
  const source = readJson(file, text);
  if ("problems" in source) {
    refuseProblems(source.problems, terminal);
    throw new Error("a file that was not read has a problem");
  }
  refuseProblems(shapeProblems(source, statutesSchema), terminal);
  return statutesSchema.parse(source.value);
}
