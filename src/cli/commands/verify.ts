import { addAll } from "../../domain/grouping.js";
import { parseAnchor } from "../../books/anchors.js";
import { anchorsOfPaper } from "../../jobs/paper-anchors.js";
import { verifyLedger } from "../../jobs/verify-ledger.js";
import { bookKey } from "../book-key.js";
import { CliError } from "../cli-error.js";
import type { Command } from "../command.js";
import type { Terminal } from "../terminal.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { explained, openWorkbook, readBytes } from "../workbook-file.js";

interface VerifyArguments {
  readonly input: string;
  /** Book checks copied from paper. */
  readonly anchors: readonly string[];
  /** Papers of ours whose book checks are to hold. */
  readonly papers: readonly string[];
  readonly keyFile: string | undefined;
}

export const command: Command = {
  usage: "verify <IN.xlsx>",
  help: "help.verify",
  options: [
    { flags: "--anchor <TEXT>", help: "help.anchor", many: true },
    { flags: "--paper <FILE>", help: "help.paper", many: true },
    { flags: "--key-file <F>", help: "help.key-file" },
  ],
  run: (call) =>
    verifyCommand(
      {
        input: call.argument,
        anchors: call.list("anchor"),
        papers: call.list("paper"),
        keyFile: call.option("keyFile"),
      },
      call.terminal,
    ),
};

/** Flaws that people see before the rest is only counted. */
const SHOWN = 10;

/** `verify`: whether the books prove themselves. 0 whole, 1 broken, 2 unreadable. Writes nothing. */
function verifyCommand({ input, anchors, papers, keyFile }: VerifyArguments, terminal: Terminal): number {
  const read = anchors.map((value) => {
    const anchor = parseAnchor(value);
    if (!anchor) throw new CliError(terminal.text("verify.bad-anchor", { value }));
    return anchor;
  });
  for (const paper of papers) {
    const { bytes } = readBytes(paper, terminal);
    const own = explained(paper, terminal, () => anchorsOfPaper(bytes, nodeCodec));
    if (own.length === 0) throw new CliError(terminal.text("verify.no-anchor", { file: paper }));
    addAll(read, own);
  }
  const { ledger } = openWorkbook(input, terminal);
  const key = bookKey(keyFile, terminal);
  const { flaws, anchor, ...counts } = verifyLedger(ledger.snapshot, {
    language: terminal.language,
    key,
    anchors: read,
  });
  const { entries, logEntries: log, notices } = counts;
  terminal.document({ whole: flaws.length === 0, ...counts, anchor, flaws });
  const [first, ...others] = flaws;
  if (!first) {
    terminal.say("verify.whole", { entries, log, notices, anchor: anchor === "" ? "—" : anchor });
    return 0;
  }
  terminal.say("verify.broken", { first: first.text });
  for (const { text } of others.slice(0, SHOWN)) terminal.line(`  ! ${text}`);
  if (others.length > SHOWN) terminal.say("verify.more", { more: others.length - SHOWN });
  return 1;
}
