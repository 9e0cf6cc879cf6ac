import { unzipSync, zipSync, type Zippable } from "fflate";

/**
 * A package packed anew so that equal contents give equal bytes: exceljs stamps every entry with the time of writing. The
 * stamp here is 2026-01-01 00:00 on whatever clock the machine has (zip stamps know no time zone); folder entries, which
 * the package format has no use for, are left out, and the order of the parts is kept. `change` gives a part other contents.
 */
export function steadyZip(
  bytes: Uint8Array,
  change: (name: string, content: Uint8Array) => Uint8Array = (_, content) => content,
): Uint8Array {
  const mtime = new Date(2026, 0, 1);
  const parts: Zippable = {};
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    if (!name.endsWith("/")) parts[name] = [change(name, content), { mtime, level: 6 }];
  }
  return zipSync(parts);
}
