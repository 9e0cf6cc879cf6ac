import type { CliKey } from "../terminal.js";

/** Nothing went through the door; the command says why in one line. */
export class DoorError extends Error {
  override readonly name = "DoorError";

  constructor(
    readonly key: CliKey,
    readonly params: Readonly<Record<string, string | number>>,
  ) {
    super(key);
  }
}

const BY_CODE: Readonly<Record<string, CliKey>> = {
  ENOSPC: "file.full",
  EDQUOT: "file.full",
  EFBIG: "file.full",
  ENAMETOOLONG: "file.name-too-long",
  ENOTDIR: "file.no-folder",
  EEXIST: "file.no-folder",
  EBUSY: "file.busy",
  EPERM: "file.busy",
};

/** What the system said about a file. A fault of the program is none of the disk's and is thrown on. */
export function systemError(error: unknown, file: string): DoorError {
  if (error instanceof DoorError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return new DoorError(BY_CODE[code] ?? "file.unwritable", { file, code });
}
