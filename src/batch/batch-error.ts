import type { Language } from "../locales/language.js";
import type { LikelyColumn } from "../jobs/likely-columns.js";
import { batchText, type BatchKey } from "./texts.js";

/** Why a batch can't run, as one sentence: what, where, how to mend it. */
export class BatchError extends Error {
  constructor(
    readonly key: BatchKey,
    readonly params: Readonly<Record<string, string | number>> = {},
    /** Headers that may be the columns that are missing. */
    readonly likely: readonly LikelyColumn[] = [],
  ) {
    super(key);
    this.name = "BatchError";
  }

  text(language: Language): string {
    return batchText(language, this.key, this.params);
  }
}
