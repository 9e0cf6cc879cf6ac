import { formatPackFile } from "../../jobs/pack-file.js";
import { CliError } from "../cli-error.js";
import type { Command } from "../command.js";
import { packFolders, readPackFiles } from "../pack-files.js";
import { loadPacks, refuseProblems } from "../rules-folder.js";
import type { Terminal } from "../terminal.js";
import { letOutFile } from "../workbook-file.js";

export const command: Command = {
  usage: "pack <DIR>",
  help: "help.pack-command",
  options: [{ flags: "-o, --output <FILE>", help: "help.pack-output", required: true }],
  run: (call) => packCommand(call.argument, call.value("output"), call.terminal),
};

/** `pack`: a pack's folder as the one file that the pane imports. */
function packCommand(folder: string, output: string, terminal: Terminal): number {
  const [found, ...others] = packFolders(folder, terminal);
  if (!found || others.length > 0) throw new CliError(terminal.text("pack.one-folder", { folder }));
  refuseProblems(loadPacks([found], { cases: true }, terminal).problems, terminal);
  const files = Object.fromEntries(readPackFiles(found, { cases: true }, terminal));
  const bytes = Buffer.from(formatPackFile({ id: found.name, files }));
  letOutFile({ leave: "no-ledger", path: output, bytes, place: "elsewhere", read: [] }, terminal);
  terminal.document({ file: output, pack: found.name, files: Object.keys(files) });
  terminal.say("pack.written", { file: output, id: found.name });
  return 0;
}
