import { BatchError } from "./batch-error.js";

const CODES: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
/** The database hands on the system's sentence, without its code. */
const SENTENCE = /No space left on device|Disk quota exceeded|File too large|not enough space on the disk/i;

/** A full disk or a used-up quota, as one sentence, wherever in a batch it shows; anything else as it is. */
export function unlessDiskIsFull(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof BatchError) return error;
  const isFull = CODES.has((error as NodeJS.ErrnoException).code) || SENTENCE.test(error.message);
  return isFull ? new BatchError("disk.full", { folder }) : error;
}
