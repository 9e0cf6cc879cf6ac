import { loadPack } from "../rules/load-pack.js";
import { problemText } from "../rules/pack-problem-text.js";
import type { Pack } from "../rules/pack.js";
import {
  differenceText,
  packDifference,
  partDigest,
  unreadableText,
  type PackAnswer,
  type PackPart,
} from "../jobs/workbook-packs.js";
import { signatureText } from "../jobs/pack-signature.js";
import { CliError } from "./cli-error.js";
import { packFolders, readPackFiles, BUILT_IN_RULES } from "./pack-files.js";
import { rememberAnswers, rememberedAnswers } from "./pack-memory.js";
import { trustedKeys } from "./trusted-keys.js";
import type { Terminal } from "./terminal.js";

/**
 * Packs that a workbook carries, as the command takes them: one with other rules than the program's counts only once its
 * user has said so, here (`--workbook-rules`) or before on this machine.
 */

interface Standing {
  readonly part: PackPart;
  readonly use: boolean;
  readonly pack: Pack | undefined;
}

/** The packs of the workbook that count, by id, and says which do and which don't. Throws CliError where it isn't known. */
export function packsInForce(
  parts: readonly PackPart[],
  answer: boolean | undefined,
  terminal: Terminal,
): ReadonlyMap<string, Pack> {
  const memory = rememberedAnswers();
  const standing: Standing[] = [];
  const answers: PackAnswer[] = [];
  const open: string[] = [];
  for (const part of parts) {
    const found = look(part, terminal);
    if (found.same) continue;
    const use = answer ?? (found.digest === undefined ? undefined : memory.get(found.digest));
    if (use === undefined) open.push(found.difference);
    else if (use && !found.pack) throw new CliError(found.difference);
    else {
      standing.push({ part, use, pack: found.pack });
      if (found.digest !== undefined) answers.push({ digest: found.digest, use });
    }
  }
  if (open.length > 0) throw new CliError(terminal.text("workbook-rules.ask", { list: open.join("；") }));
  if (answer !== undefined && !rememberAnswers(answers)) terminal.say("workbook-rules.not-remembered");
  const packs = new Map<string, Pack>();
  for (const { part, use, pack } of standing) {
    const title = pack?.header.title[terminal.language] ?? part.name;
    terminal.say(use ? "workbook-rules.used" : "workbook-rules.ignored", { title, part: part.name });
    if (use && pack) packs.set(pack.header.id, pack);
  }
  return packs;
}

interface Looked {
  /** Undefined: there is nothing to know it again by. */
  readonly digest: string | undefined;
  /** Its rules are the program's own. */
  readonly same: boolean;
  readonly pack: Pack | undefined;
  /** What differs, or why it can't be read, in one line. */
  readonly difference: string;
}

function look(part: PackPart, terminal: Terminal): Looked {
  const { name, found } = part;
  const { language } = terminal;
  if (found === "unreadable") {
    const difference = unreadableText(name, language);
    return { digest: partDigest(part), same: false, pack: undefined, difference };
  }
  const result = loadPack(found.id, new Map(Object.entries(found.files)));
  const pack = "pack" in result ? result.pack : undefined;
  const own = packFolders(BUILT_IN_RULES, terminal).find((folder) => folder.name === found.id);
  const files = own && readPackFiles(own, { cases: true }, terminal);
  const builtIn = pack && own && files && loadPack(own.name, files);
  const same = builtIn !== undefined && "pack" in builtIn && builtIn.pack.hash === pack?.hash;
  const digest = partDigest(part);
  if ("problems" in result) {
    const problem = problemText(result.problems[0]!, language);
    const difference = terminal.text("workbook-rules.broken", { part: name, problem });
    return { digest, same: false, pack, difference };
  }
  const signature = signatureText(pack?.signature, trustedKeys(), language);
  const ownFiles = files && Object.fromEntries(files);
  const difference = packDifference(found, ownFiles, language, { problem: undefined, signature });
  return { digest, same, pack, difference: differenceText(difference, language) };
}
