import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { WallTime } from "../domain/wall-time.js";
import type { JudgeOptions } from "../jobs/judge-ledger.js";
import { packNamesIn } from "../ledger/run-ledger.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import { defaultPackName, findPack } from "../process/choose-pack.js";
import type { PackHeader } from "../rules/pack-schema.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes-schema.js";
import { builtPack, builtStatutes } from "./built-rules.js";
import { CliError } from "./cli-error.js";
import { BUILT_IN_RULES, packFolders, readPackFiles, readStatutesFile, type PackFolder } from "./pack-files.js";
import type { Terminal } from "./terminal.js";

/** The packs a ledger is judged by, without their cases, and the law. */
export interface LedgerRules {
  readonly packs: ReadonlyMap<string, Pack>;
  readonly statutes: Statutes;
}

export interface LedgerRulesOptions {
  /** The user's own rules folder: all of it is checked. Without it the packs that the ledger names are enough. */
  readonly folder: string | undefined;
  /** The pack for rows that name none. */
  readonly pack: string | undefined;
}

/** What a ledger is judged by, as the command was called. */
export function judgeOptions(
  rules: LedgerRules,
  { now, pack }: { readonly now: WallTime; readonly pack: string | undefined },
  { language }: Terminal,
): JudgeOptions {
  const { packs, statutes } = rules;
  return { packs, statutes, now, language, ...(pack === undefined ? {} : { defaultPack: pack }) };
}

/** Loads what judging a ledger needs. Refuses to go on if a pack has a problem, or if there is no such pack. */
export async function loadLedgerRules(
  snapshot: LedgerSnapshot,
  { folder, pack }: LedgerRulesOptions,
  terminal: Terminal,
): Promise<LedgerRules> {
  const base = folder ?? BUILT_IN_RULES;
  const folders = packFolders(base, terminal);
  const named = folder === undefined ? namedIn(snapshot, pack, folders) : undefined;
  const packs = await load(named ?? folders, terminal);
  if (pack !== undefined && !findPack(pack, packs)) {
    throw new CliError(terminal.text("pack.unknown", { value: pack, known: [...packs.keys()].join("、") }));
  }
  return { packs, statutes: await loadStatutes(base, terminal) };
}

/** The folders of the packs that a ledger names; undefined if a name is unknown, for then the message lists all packs. */
function namedIn(
  snapshot: LedgerSnapshot,
  pack: string | undefined,
  folders: readonly PackFolder[],
): PackFolder[] | undefined {
  const headers = new Map<string, { readonly header: PackHeader }>();
  for (const { name, path } of folders) {
    const header = readHeader(path);
    if (header?.id !== name) return undefined;
    headers.set(name, { header });
  }
  const found = new Set<string>();
  for (const name of packNamesIn(snapshot, pack)) {
    const known = findPack(defaultPackName(name, headers), headers);
    if (!known) return undefined;
    found.add(known.header.id);
  }
  return folders.filter(({ name }) => found.has(name));
}

/** The header of a pack that has not been checked; undefined if it is not even that much. */
function readHeader(path: string): PackHeader | undefined {
  try {
    const header = JSON.parse(readFileSync(join(path, "pack.json"), "utf8")) as Partial<PackHeader> | null;
    return header && typeof header.title?.zh === "string" && typeof header.title.en === "string"
      ? (header as PackHeader)
      : undefined;
  } catch {
    return undefined;
  }
}

async function load(folders: readonly PackFolder[], terminal: Terminal): Promise<Map<string, Pack>> {
  const packs = new Map<string, Pack>();
  const edited: PackFolder[] = [];
  for (const folder of folders) {
    const pack = builtPack(folder.name, readPackFiles(folder, { cases: false }));
    if (pack) packs.set(folder.name, pack);
    else edited.push(folder);
  }
  if (edited.length > 0) {
    // The loader and its validator are a good part of the program, and most runs don't need them.
    const { loadPacks, refuseProblems } = await import("./rules-folder.js");
    const loaded = loadPacks(edited, { cases: false });
    refuseProblems(loaded.problems, terminal);
    for (const [name, pack] of loaded.packs) packs.set(name, pack);
  }
  // In the order of the folder, in which messages list them.
  return new Map(folders.map(({ name }) => [name, packs.get(name)!]));
}

async function loadStatutes(base: string, terminal: Terminal): Promise<Statutes> {
  const known = builtStatutes(readStatutesFile(base).text);
  if (known) return known;
  const { readStatutes } = await import("./rules-folder.js");
  return readStatutes(base, terminal);
}
