import type { WallTime } from "../../domain/wall-time.js";
import type { Language } from "../../locales/language.js";
import { say } from "../../process/sentences.js";
import { logRefusal } from "../book-run.js";
import { readStanding } from "../notice-tables.js";
import type { LedgerSnapshot } from "../port.js";
import { readSides } from "../read-workbook.js";
import { sideTableMessage } from "../side-table-message.js";
import { standingRefusal } from "../standing-refusal.js";
import { linesOf } from "../table-lines.js";

/**
 * Why a workbook can't be one of a group; undefined if it can. What keeps a ledger of its own from being judged keeps it
 * out as well, and so does a book of its own: what was posted there would be charged once more.
 */
export function memberProblem(
  snapshot: LedgerSnapshot,
  { now, language }: { readonly now: WallTime; readonly language: Language },
): string | undefined {
  const { sideTables, numbersLost } = snapshot;
  if (sideTables.has("GroupShops")) return say(language, "group.is-group");
  if (numbersLost === true) return say(language, "group.numbers-lost");
  const lock = readSides(snapshot).problems.find(({ reason }) => reason === "not-a-month");
  if (lock) return sideTableMessage(lock, language).text;
  const behind = logRefusal(snapshot, now, language);
  if (behind !== undefined) return behind;
  const standing = readStanding(sideTables, undefined);
  const altered = standingRefusal(standing, language);
  if (altered !== undefined) return altered;
  const last = linesOf(sideTables.get("Postings"), []).at(-1)?.text("凭证号") ?? standing.notices.at(-1)?.number;
  return last === undefined ? undefined : say(language, "group.own-book", { last });
}
