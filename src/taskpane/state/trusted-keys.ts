import { trustedKeysIn, type TrustedKey } from "../../domain/public-key.js";

/** Public keys whose signatures on packs are believed, kept on this computer and never in a workbook. */

const KEY = "tiaoli.trusted-keys";

type Storage = Pick<globalThis.Storage, "getItem" | "setItem">;

/** What is stored, as far as it can be understood. Frames of other sites may have no storage at all. */
export function readTrustedKeys(storage: () => Storage): TrustedKey[] {
  try {
    return trustedKeysIn(JSON.parse(storage().getItem(KEY) ?? "[]"));
  } catch {
    return [];
  }
}

/** Keeps the list; false where this computer has no place for it. */
export function keepTrustedKeys(keys: readonly TrustedKey[], storage: () => Storage): boolean {
  try {
    storage().setItem(KEY, JSON.stringify(keys));
    return true;
  } catch {
    return false;
  }
}
