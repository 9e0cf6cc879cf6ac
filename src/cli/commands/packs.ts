import { signatureText } from "../../jobs/pack-signature.js";
import { checkPack } from "../../process/check-packs.js";
import { columnsText } from "../columns-text.js";
import { BUILT_IN_RULES, loadRulesFolder } from "../rules-folder.js";
import { trustedKeys } from "../trusted-keys.js";
import type { Terminal } from "../terminal.js";
import { RULES, type Command } from "../command.js";

export const command: Command = {
  usage: "packs",
  help: "help.packs",
  options: [RULES],
  run: (call) => packsCommand(call.option("rules") ?? BUILT_IN_RULES, call.terminal),
};

/** `packs`: every pack with its source, its period in force and the number of its rules and cases. */
function packsCommand(folder: string, terminal: Terminal): number {
  const { packs, statutes } = loadRulesFolder(folder, terminal);
  const trusted = trustedKeys();
  const list = [...packs.values()].map((pack) => {
    const check = checkPack(pack, packs, statutes);
    const { id, title, version, source, effectiveFrom } = pack.header;
    const signature = signatureText(pack.signature, trusted, terminal.language);
    return {
      id,
      title: title[terminal.language],
      version,
      source: source.document,
      sourceTitle: source.title?.[terminal.language],
      inForceFrom: effectiveFrom,
      rules: check.rules,
      cases: check.cases,
      coverage: check.coverage,
      ...(signature !== undefined && { signature }),
    };
  });
  terminal.document({ packs: list });
  const header = [
    "packs.id",
    "packs.title",
    "packs.version",
    "packs.source",
    "packs.from",
    "packs.rules",
    "packs.cases",
    "packs.coverage",
  ] as const;
  const rows = list.map((p) => [
    p.id,
    p.title,
    p.version,
    // The document's short name means nothing to who has not the list of documents.
    p.sourceTitle ?? p.source,
    p.inForceFrom ?? terminal.text("packs.always"),
    String(p.rules),
    String(p.cases),
    p.coverage === undefined ? "—" : `${Math.round(p.coverage * 100)}%`,
  ]);
  for (const line of columnsText([header.map((key) => terminal.text(key)), ...rows])) terminal.line(line);
  for (const { title, signature } of list)
    if (signature !== undefined) terminal.line(terminal.text("packs.signature", { title, signature }));
  return 0;
}
