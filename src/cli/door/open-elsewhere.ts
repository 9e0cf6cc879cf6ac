import { basename, dirname, join } from "node:path";
import { readPlain } from "./reading.js";

/** Who has a workbook open, as Excel (`~$name.xlsx`) and LibreOffice (`.~lock.name.xlsx#`) leave it beside the file. */
export interface Opened {
  readonly who: string;
  /** The file that says so. */
  readonly mark: string;
}

/** Undefined: nobody, as far as the folder tells. */
export function openElsewhere(path: string): Opened | undefined {
  const [folder, name] = [dirname(path), basename(path)];
  for (const [mark, read] of [
    [`~$${name}`, excelOwner],
    [`.~lock.${name}#`, officeOwner],
  ] as const) {
    const bytes = readIfThere(join(folder, mark));
    if (bytes) return { who: read(bytes) || "—", mark };
  }
  return undefined;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readPlain(path);
  } catch {
    return undefined;
  }
}

/** Excel's owner file: the name once in the local code page, and from byte 55 in UTF-16 behind its length. */
function excelOwner(bytes: Buffer): string {
  if (bytes.length < 57) return "";
  const length = bytes.readUInt16LE(55);
  if (length > 0 && 57 + 2 * length <= bytes.length) return bytes.toString("utf16le", 57, 57 + 2 * length).trim();
  return bytes.toString("latin1", 1, 1 + bytes[0]!).trim();
}

/** `name,login,machine,date,folder;` */
function officeOwner(bytes: Buffer): string {
  const [name = "", login = "", machine = ""] = bytes.toString("utf8").split(",");
  const who = name.trim() || login.trim();
  return machine.trim() === "" ? who : `${who}@${machine.trim()}`;
}
