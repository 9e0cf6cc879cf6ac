import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { newPack } from "../../jobs/new-pack/new-pack.js";
import { blankQuestionnaire } from "../../jobs/new-pack/questionnaire.js";
import { checkPack } from "../../process/check-packs.js";
import { looseEnds } from "../../jobs/check-pack.js";
import { CliError } from "../cli-error.js";
import { askQuestionnaire } from "../ask-questionnaire.js";
import { RULES, type Command } from "../command.js";
import { readRuleText } from "../rule-text.js";
import { BUILT_IN_RULES, loadRulesFolder } from "../rules-folder.js";
import type { Terminal } from "../terminal.js";
import { letOutFile } from "../workbook-file.js";
import { writePack } from "../write-pack.js";

export const command: Command = {
  usage: "new-pack <DIR>",
  help: "help.new-pack-command",
  options: [
    { flags: "--answers <FILE.txt>", help: "help.new-pack-answers" },
    { flags: "--blank <FILE.txt>", help: "help.new-pack-blank" },
    RULES,
  ],
  async run(call) {
    const { terminal } = call;
    const blank = call.option("blank");
    if (blank !== undefined) return writeBlank(blank, terminal);
    const answers = call.option("answers");
    const place = newPlace(call.argument, terminal);
    const text = answers === undefined ? await askedText(terminal) : readRuleText(answers, terminal);
    const questions = { text, file: answers };
    return newPackCommand(place, questions, call.option("rules") ?? BUILT_IN_RULES, terminal);
  },
};

function writeBlank(path: string, terminal: Terminal): number {
  const bytes = Buffer.from(blankQuestionnaire(terminal.language));
  letOutFile({ leave: "no-ledger", path, bytes, place: "new", read: [] }, terminal);
  terminal.document({ file: path });
  terminal.say("new-pack.blank-written", { file: path });
  return 0;
}

async function askedText(terminal: Terminal): Promise<string> {
  if (!process.stdin.isTTY) throw new CliError(terminal.text("new-pack.no-answers"));
  return askQuestionnaire(terminal);
}

interface NewPlace {
  /** As it was given. */
  readonly folder: string;
  readonly path: string;
  readonly id: string;
}

/** Where the pack goes; looked at before anything is asked. Never over a pack that is there. */
function newPlace(folder: string, terminal: Terminal): NewPlace {
  const path = resolve(folder);
  const id = basename(path);
  if (!/^[a-z][a-z0-9-]*$/.test(id)) throw new CliError(terminal.text("new-pack.bad-id", { id }));
  if (existsSync(path)) throw new CliError(terminal.text("file.exists", { file: folder }));
  return { folder, path, id };
}

/** Keeps what was answered at a terminal: nobody answers twenty lines twice. */
function keepAnswers(text: string, { path, folder }: NewPlace, terminal: Terminal): string {
  if (existsSync(`${path}.txt`)) return text;
  letOutFile({ leave: "no-ledger", path: `${path}.txt`, bytes: Buffer.from(text), place: "new", read: [] }, terminal);
  return terminal.text("new-pack.answers-kept", { file: `${folder}.txt` });
}

/** `new-pack`: a pack from a questionnaire, with a case for each rule. `file`: undefined where it was asked at a terminal. */
async function newPackCommand(
  target: NewPlace,
  { text, file }: { readonly text: string; readonly file: string | undefined },
  rules: string,
  terminal: Terminal,
): Promise<number> {
  const { folder, path: place, id } = target;
  const { packs, statutes } = loadRulesFolder(rules, terminal);
  const made = await newPack(id, text, { packs, statutes }, terminal.language);
  if (made.kind === "problems") {
    const lines = made.problems.map(({ line, text: sentence }) =>
      line === 0 ? sentence : terminal.text("new-pack.line", { file: file ?? `${folder}.txt`, line, sentence }),
    );
    if (file === undefined) lines.push(keepAnswers(text, target, terminal));
    throw new CliError(lines.join("\n"));
  }
  writePack(dirname(place), id, made.files, terminal);
  const check = checkPack(made.pack, new Map([...packs, [id, made.pack]]), statutes);
  terminal.document({
    pack: id,
    files: Object.keys(made.files),
    rules: check.rules,
    cases: check.cases,
    failed: check.failures.length,
    categories: made.categories,
  });
  for (const { label, concepts, words } of made.categories)
    terminal.say("new-pack.category", { label, concepts: concepts.join("、") || "—", words: words.join("、") || "—" });
  terminal.say("new-pack.made", { folder, rules: check.rules, cases: check.cases });
  for (const line of looseEnds(check, terminal.language)) terminal.line(`  ! ${line}`);
  terminal.say("new-pack.next", { folder, id });
  return check.failures.length > 0 ? 1 : 0;
}
