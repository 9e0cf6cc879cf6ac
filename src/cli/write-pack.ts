import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "./cli-error.js";
import type { Terminal } from "./terminal.js";
import { letOutDocuments } from "./workbook-file.js";

/**
 * Writes all files of a pack into a folder of its own, all or nothing. A file of that folder that the pack does not have
 * would be read as part of it, so it is named and nothing is written: a program that takes files away goes too far.
 */
export function writePack(
  folder: string,
  id: string,
  files: Readonly<Record<string, string>>,
  terminal: Terminal,
): void {
  const place = join(folder, id);
  const stale = jsonFilesIn(place).filter((path) => files[path] === undefined);
  if (stale.length > 0) throw new CliError(terminal.text("pack.stale", { folder: place, list: stale.join("、") }));
  const documents = Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
  letOutDocuments({ leave: "no-ledger", folder: place, documents, alongside: undefined, read: [] }, terminal);
}

/** Rule files and cases that stand in a pack's folder. */
function jsonFilesIn(folder: string): string[] {
  const named = (path: string): string[] =>
    existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(".json")) : [];
  return [...named(folder), ...named(join(folder, "cases")).map((name) => `cases/${name}`)];
}
