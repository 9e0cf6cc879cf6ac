import { existsSync } from "node:fs";
import { findPack } from "../../process/choose-pack.js";
import { CliError } from "../cli-error.js";
import { BUILT_IN_RULES, loadRulesFolder } from "../rules-folder.js";
import type { Terminal } from "../terminal.js";
import { letOutFile } from "../workbook-file.js";
import { RULES, type Command } from "../command.js";

export const command: Command = {
  usage: "new <OUT.xlsx>",
  help: "help.new",
  options: [{ flags: "--pack <ID>", help: "help.new-pack", required: true }, RULES],
  run: (call) => newCommand(call.argument, call.value("pack"), call.option("rules") ?? BUILT_IN_RULES, call.terminal),
};

/** `new`: an empty ledger for a pack. Never writes over a file that is there. */
async function newCommand(output: string, packName: string, folder: string, terminal: Terminal): Promise<number> {
  const { packs } = loadRulesFolder(folder, terminal);
  const pack = findPack(packName, packs);
  if (!pack)
    throw new CliError(terminal.text("pack.unknown", { value: packName, known: [...packs.keys()].join("、") }));
  if (existsSync(output)) throw new CliError(terminal.text("file.exists", { file: output }));
  // exceljs is large; only the commands that make new workbooks load it.
  const { newLedger } = await import("../../documents/new-ledger.js");
  const bytes = await newLedger({ packs: [pack], language: terminal.language });
  letOutFile({ leave: "no-ledger", path: output, bytes, place: "new", read: [] }, terminal);
  terminal.document({ file: output, pack: pack.header.id });
  terminal.say("new.written", { file: output, title: pack.header.title[terminal.language] });
  return 0;
}
