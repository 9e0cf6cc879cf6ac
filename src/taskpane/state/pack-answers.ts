import type { PackAnswer } from "../../jobs/workbook-packs.js";

/**
 * What somebody said about packs of workbooks, kept on this computer: in the workbook it would be worth nothing, for
 * whoever sends a workbook would have answered for the one who opens it.
 */

const KEY = "tiaoli.pack-answers";

type Storage = Pick<globalThis.Storage, "getItem" | "setItem">;

/** What is stored, as far as it can be understood. Frames of other sites may have no storage at all. */
export function readAnswers(storage: () => Storage): PackAnswer[] {
  let stored: unknown;
  try {
    stored = JSON.parse(storage().getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(stored)) return [];
  return (stored as unknown[]).flatMap((item): PackAnswer[] => {
    if (typeof item !== "object" || item === null) return [];
    const { digest, use } = item as Record<string, unknown>;
    return typeof digest === "string" && typeof use === "boolean" ? [{ digest, use }] : [];
  });
}

/** Adds answers; the newest about a pack counts. */
export function keepAnswers(answers: readonly PackAnswer[], storage: () => Storage): void {
  const kept = new Map([...readAnswers(storage), ...answers].map((answer) => [answer.digest, answer]));
  try {
    storage().setItem(KEY, JSON.stringify([...kept.values()]));
  } catch {
    // Without storage it is asked again the next time.
  }
}
