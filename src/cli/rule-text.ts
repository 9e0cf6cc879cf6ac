import { readdirSync, statSync, type Dirent, type Stats } from "node:fs";
import { join } from "node:path";
import { CliError } from "./cli-error.js";
import { readPlain } from "./door/reading.js";
import type { Terminal } from "./terminal.js";

/** Reading rule files and folders as text; whatever is wrong with them becomes one line that names the file. */

/** A pack has at most five million characters, which are at most three bytes each: no rule file is larger. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A rule file's text. Rule files are UTF-8; another encoding is named, so that its writer knows what to save it as. */
export function readRuleText(path: string, terminal: Terminal): string {
  let bytes: Buffer;
  try {
    bytes = readPlain(path, MOST_BYTES);
  } catch (error) {
    throw unreadable(path, error, terminal);
  }
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) throw new CliError(terminal.text("rules.encoding", { file: path, encoding }));
  return bytes.toString("utf8");
}

/** What stands in a rules folder; links are followed. */
export function entriesOf(folder: string, terminal: Terminal): { readonly name: string; readonly isFolder: boolean }[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error, terminal);
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => ({ name: entry.name, isFolder: isFolder(join(folder, entry.name), terminal) }));
}

function isFolder(path: string, terminal: Terminal): boolean {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    throw unreadable(path, error, terminal);
  }
  // A device or a pipe would be waited for without end.
  if (!stats.isDirectory() && !stats.isFile()) throw new CliError(terminal.text("rules.no-file", { file: path }));
  return stats.isDirectory();
}

const WHY = {
  ENOENT: "rules.dead-link",
  ELOOP: "rules.link-loop",
  ENOTFILE: "rules.no-file",
  ETOOLARGE: "rules.too-large",
} as const;

function unreadable(path: string, error: unknown, terminal: Terminal): CliError {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const key = Object.hasOwn(WHY, code) ? WHY[code as keyof typeof WHY] : "rules.file-unreadable";
  return new CliError(terminal.text(key, { file: path, code }));
}

/** The encoding of a text that is not UTF-8; undefined if it is. */
export function otherEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "UTF-16 LE";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "UTF-16 BE";
  const unmarked = unmarkedUtf16(bytes);
  if (unmarked !== undefined) return unmarked;
  if (isText(bytes, "utf-8")) return undefined;
  return isText(bytes, "gb18030") ? "GB18030（GBK）" : "?";
}

/** JSON begins with characters of ASCII: in UTF-16 every other byte of its beginning is 0. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, 4);
  if (head.length < 4) return undefined;
  if (head[1] === 0 && head[3] === 0 && head[0] !== 0) return "UTF-16 LE";
  return head[0] === 0 && head[2] === 0 && head[1] !== 0 ? "UTF-16 BE" : undefined;
}

function isText(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
