import { basename } from "node:path";
import { learnFromOpenLedger, type ChangedLabel, type Rejudged } from "../../jobs/learn-from-ledger.js";
import type { LearnedOutput } from "../../process/learn-ledger.js";
import type { WallTime } from "../../domain/wall-time.js";
import { loadPack } from "../../rules/load-pack.js";
import { CliError } from "../cli-error.js";
import { BUILT_IN_RULES, packFolders, readPackFiles } from "../pack-files.js";
import { refuseProblems } from "../rules-folder.js";
import type { Command } from "../command.js";
import type { CliKey, Terminal } from "../terminal.js";
import { openWorkbook } from "../workbook-file.js";
import { writePack } from "../write-pack.js";

interface LearnArguments {
  readonly input: string;
  readonly pack: string;
  readonly rules: string | undefined;
  readonly sheet: string | undefined;
  /** Folder the pack is written into; undefined: nothing is written. */
  readonly output: string | undefined;
  readonly now: WallTime;
}

export const command: Command = {
  usage: "learn <LEDGER.xlsx>",
  help: "help.learn",
  options: [
    { flags: "--pack <ID>", help: "help.learn-pack", required: true },
    { flags: "--rules <DIR>", help: "help.rules" },
    { flags: "--sheet <NAME>", help: "help.sheet" },
    { flags: "-o, --output <DIR>", help: "help.learn-output" },
  ],
  run: (call) =>
    learnCommand(
      {
        input: call.argument,
        pack: call.value("pack"),
        rules: call.option("rules"),
        sheet: call.option("sheet"),
        output: call.option("output"),
        now: call.now,
      },
      call.terminal,
    ),
};

/** `learn`: learns a pack's labels from a ledger people have filled in, says how well, and writes a pack that carries it. */
function learnCommand(args: LearnArguments, terminal: Terminal): number {
  const folder = packFolders(args.rules ?? BUILT_IN_RULES, terminal).find(({ name }) => name === args.pack);
  if (!folder) throw new CliError(terminal.text("learn.no-pack", { id: args.pack }));
  const files = readPackFiles(folder, { cases: true }, terminal);
  const result = loadPack(folder.name, files);
  if (!("pack" in result)) {
    refuseProblems(result.problems, terminal);
    return 2;
  }
  const { snapshot } = openWorkbook(args.input, terminal, args.sheet).ledger;
  const source = basename(args.input);
  const learned = learnFromOpenLedger(snapshot, { pack: result.pack, files, source, now: args.now });
  if (learned.kind === "too-few")
    throw new CliError(terminal.text("learn.too-few", { rows: learned.labelled, least: learned.least }));
  if (learned.kind === "problems") {
    refuseProblems(learned.problems, terminal);
    return 2;
  }
  terminal.document({
    learned: learned.outputs.map((one) => ({ ...one, model: undefined })),
    changes: learned.changes,
    rejudged: learned.rejudged,
  });
  for (const one of learned.outputs) show(one, terminal);
  showRejudged(learned.rejudged, terminal);
  showChanges(learned.changes, terminal);
  if (args.output !== undefined) write(args.output, folder.name, learned.files, terminal);
  return 0;
}

const SHOWN_WRONG = 20;

function show(one: LearnedOutput, terminal: Terminal): void {
  const output = terminal.text(`learn.output.${one.output}` as CliKey);
  terminal.line();
  terminal.say("learn.expected", { output, rows: one.rows, right: one.expected, share: share(one.expected, one.rows) });
  for (const { label, rows, expected, words, isNew } of one.labels) {
    if (rows === 0) terminal.line(`  ${terminal.text("learn.label-unseen", { label })}`);
    else {
      const key = isNew ? "learn.label-new" : "learn.label";
      terminal.line(`  ${terminal.text(key, { label, rows, share: share(expected, rows), words: words.join("、") })}`);
    }
  }
  for (const { label, rows } of one.rare) terminal.line(`  ${terminal.text("learn.label-rare", { label, rows })}`);
  if (one.wrong.length > 0) terminal.say("learn.wrong", { count: one.wrong.length });
  for (const { row, id, text, wanted, given } of one.wrong.slice(0, SHOWN_WRONG))
    terminal.line(`  ${terminal.text("learn.wrong-row", { row, id, wanted, given, text })}`);
  if (one.wrong.length > SHOWN_WRONG) terminal.say("learn.wrong-more", { more: one.wrong.length - SHOWN_WRONG });
}

/** What people re-judged is what they most want learned. */
function showRejudged({ labels, misjudged, mended }: Rejudged, terminal: Terminal): void {
  if (labels === 0) return;
  terminal.line();
  terminal.say("learn.rejudged", { rejudged: labels, misjudged, mended });
}

const SHOWN_CHANGES = 20;

/** What the taught pack would say otherwise of the rows of this ledger. */
function showChanges(changes: readonly ChangedLabel[], terminal: Terminal): void {
  terminal.line();
  terminal.say("learn.changes", { count: changes.length });
  const blank = terminal.text("explain.blank");
  for (const { row, id, text, before, after } of changes.slice(0, SHOWN_CHANGES))
    terminal.line(`  ${row}  ${id}  ${before ?? blank} → ${after ?? blank}  ${text}`);
}

function share(right: number, of: number): string {
  return of === 0 ? "—" : `${Math.round((right / of) * 100)}%`;
}

function write(folder: string, pack: string, files: ReadonlyMap<string, string>, terminal: Terminal): void {
  const result = loadPack(pack, files);
  if ("problems" in result) refuseProblems(result.problems, terminal);
  writePack(folder, pack, Object.fromEntries(files), terminal);
  terminal.line();
  terminal.say("learn.written", { folder, pack });
}
