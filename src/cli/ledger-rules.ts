import { userInfo } from "node:os";
import { join } from "node:path";
import type { WallTime } from "../domain/wall-time.js";
import type { JudgeOptions } from "../jobs/judge-ledger.js";
import { packNamesIn } from "../ledger/run-ledger.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import { defaultPackName, findPack } from "../process/choose-pack.js";
import { withEnglish } from "../rules/json-source.js";
import type { PackHeader } from "../rules/pack-schema.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes-schema.js";
import { signatureText } from "../jobs/pack-signature.js";
import { packsInFile } from "../jobs/packs-in-file.js";
import type { PackPart } from "../jobs/workbook-packs.js";
import { nodeCodec } from "../ooxml/node-codec.js";
import { bookKey } from "./book-key.js";
import { builtPack, builtStatutes } from "./built-rules.js";
import { CliError } from "./cli-error.js";
import { BUILT_IN_RULES, packFolders, readPackFiles, readStatutesFile, type PackFolder } from "./pack-files.js";
import type { JudgeArguments } from "./command.js";
import { readPlain } from "./door/reading.js";
import { trustedKeys } from "./trusted-keys.js";
import type { Terminal } from "./terminal.js";
import type { OpenWorkbook } from "./workbook-file.js";

/** The packs a ledger is judged by, without their cases, and the law. */
export interface LedgerRules {
  readonly packs: ReadonlyMap<string, Pack>;
  readonly statutes: Statutes;
}

/** What a ledger is judged by, as the command was called. */
export function judgeOptions(
  rules: LedgerRules,
  { now, pack }: { readonly now: WallTime; readonly pack: string | undefined },
  terminal: Terminal,
): JudgeOptions {
  const { packs, statutes } = rules;
  const key = bookKey(undefined, terminal);
  const { language } = terminal;
  const operator = machineUser();
  return { packs, statutes, now, language, key, operator, ...(pack === undefined ? {} : { defaultPack: pack }) };
}

/** Who is logged in; undefined on machines that know nobody. */
function machineUser(): string | undefined {
  try {
    return userInfo().username || undefined;
  } catch {
    return undefined;
  }
}

/** Loads what judging needs. Refuses to go on if a pack has a problem, or if there is no such pack. */
export async function loadLedgerRules(
  {
    ledger: { snapshot },
    bytes,
  }: { readonly ledger: Pick<OpenWorkbook["ledger"], "snapshot"> } & Pick<OpenWorkbook, "bytes">,
  { rules: folder, pack, workbookRules }: JudgeArguments,
  terminal: Terminal,
): Promise<LedgerRules> {
  const own = await workbookPacks(packsInFile(bytes, nodeCodec), folder, workbookRules, terminal);
  const base = folder ?? BUILT_IN_RULES;
  const folders = packFolders(base, terminal).filter(({ name }) => !own.has(name));
  const named = folder === undefined ? namedIn(snapshot, pack, folders, own) : undefined;
  const packs = await load(named ?? folders, own, terminal);
  if (pack !== undefined && !findPack(pack, packs)) {
    throw new CliError(terminal.text("pack.unknown", { value: pack, known: [...packs.keys()].join("、") }));
  }
  saySignatures(packs, terminal);
  return { packs, statutes: await loadStatutes(base, terminal) };
}

/** Who stands for packs that somebody signed; that one was changed since, the ledger itself says. */
function saySignatures(packs: ReadonlyMap<string, Pack>, terminal: Terminal): void {
  for (const { header, signature } of packs.values()) {
    const text = signature?.holds === true ? signatureText(signature, trustedKeys(), terminal.language) : undefined;
    if (text !== undefined)
      terminal.say("packs.signature", { title: header.title[terminal.language], signature: text });
  }
}

/** All packs of a rules folder, or of the program, and the law: for tables that no workbook comes with. */
export async function loadAllRules(folder: string | undefined, terminal: Terminal): Promise<LedgerRules> {
  const base = folder ?? BUILT_IN_RULES;
  const packs = await load(packFolders(base, terminal), NONE, terminal);
  return { packs, statutes: await loadStatutes(base, terminal) };
}

const NONE: ReadonlyMap<string, Pack> = new Map();

/** The packs of the workbook that count: none beside a rules folder, which takes the place of all of them. */
async function workbookPacks(
  parts: readonly PackPart[],
  folder: string | undefined,
  option: string | undefined,
  terminal: Terminal,
): Promise<ReadonlyMap<string, Pack>> {
  if (option !== undefined && option !== "use" && option !== "ignore")
    throw new CliError(terminal.text("workbook-rules.unknown", { value: option }));
  if (parts.length === 0) return NONE;
  if (folder !== undefined) {
    const list = parts.map(({ name, found }) => (found === "unreadable" ? name : found.id)).join("、");
    terminal.say("workbook-rules.replaced", { folder, list });
    return NONE;
  }
  // The loader is needed for packs that somebody has edited; most workbooks carry none.
  const { packsInForce } = await import("./rules-folder.js");
  return packsInForce(parts, option === undefined ? undefined : option === "use", terminal);
}

/** The folders of the packs that a ledger names; undefined if a name is unknown, for then the message lists all packs. */
function namedIn(
  snapshot: LedgerSnapshot,
  pack: string | undefined,
  folders: readonly PackFolder[],
  own: ReadonlyMap<string, Pack>,
): PackFolder[] | undefined {
  const headers = new Map<string, { readonly header: PackHeader }>(own);
  for (const { name, path } of folders) {
    const header = readHeader(path);
    if (header?.id !== name) return undefined;
    headers.set(name, { header });
  }
  const found = new Set<string>();
  // By the ledger's own words as well: --pack may only say which complaint is meant.
  const asked = pack === undefined ? [] : [pack];
  for (const name of new Set([...packNamesIn(snapshot, pack), ...packNamesIn(snapshot, undefined), ...asked])) {
    const known = findPack(defaultPackName(name, headers), headers);
    if (!known) return undefined;
    found.add(known.header.id);
  }
  return folders.filter(({ name }) => found.has(name));
}

/** The header of a pack that has not been checked; undefined if it is not even that much. */
function readHeader(path: string): PackHeader | undefined {
  try {
    const json: unknown = JSON.parse(readPlain(join(path, "pack.json")).toString("utf8"));
    const header = withEnglish(json) as Partial<PackHeader> | null;
    return header && typeof header.title?.zh === "string" && typeof header.title.en === "string"
      ? (header as PackHeader)
      : undefined;
  } catch {
    return undefined;
  }
}

async function load(
  folders: readonly PackFolder[],
  own: ReadonlyMap<string, Pack>,
  terminal: Terminal,
): Promise<Map<string, Pack>> {
  const packs = new Map<string, Pack>(own);
  const edited: PackFolder[] = [];
  for (const folder of folders) {
    const pack = builtPack(folder.name, readPackFiles(folder, { cases: false }, terminal));
    if (pack) packs.set(folder.name, pack);
    else edited.push(folder);
  }
  if (edited.length > 0) {
    // The loader and its validator are a good part of the program, and most runs don't need them.
    const { loadPacks, refuseProblems } = await import("./rules-folder.js");
    const loaded = loadPacks(edited, { cases: false }, terminal);
    refuseProblems(loaded.problems, terminal);
    for (const [name, pack] of loaded.packs) packs.set(name, pack);
  }
  // In the order of the folder, in which messages list them.
  const names = [...new Set([...folders.map(({ name }) => name), ...own.keys()])].sort();
  return new Map(names.map((name) => [name, packs.get(name)!]));
}

async function loadStatutes(base: string, terminal: Terminal): Promise<Statutes> {
  const known = builtStatutes(readStatutesFile(base, terminal).text);
  if (known) return known;
  const { readStatutes } = await import("./rules-folder.js");
  return readStatutes(base, terminal);
}
