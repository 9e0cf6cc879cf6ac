import type { Fen } from "../domain/money.js";
import type { Day } from "../domain/wall-time.js";
import type { HoldReason } from "./accounts.js";
import type { MissingInput } from "./ceilings.js";
import type { ClaimId, PersonRef } from "./entry.js";
import type { Silence } from "./judged.js";

/** Why a complaint in the book is not compared with what the rows say. */
export type NotCompared =
  | Silence
  /** No row bears its number. */
  | "missing"
  /** Its row seems to bear another number now. */
  | "renumbered"
  /** The row names a person whom the book knows by another 工号. */
  | "person-unclear"
  /** The complaint that continues it is not settled. */
  | "continued";

/** Something a person should know; its words belong to the room that says them. */
export type Finding =
  | { readonly kind: "not-compared"; readonly why: NotCompared; readonly complaints: readonly string[] }
  | {
      readonly kind: "unlisted" | "no-sheet" | "unproven";
      readonly person: PersonRef;
      readonly month: string;
      readonly figuresPosted: boolean;
    }
  | { readonly kind: "unclear-person"; readonly person: PersonRef; readonly month: string; readonly why: string }
  | { readonly kind: "left"; readonly person: PersonRef; readonly lastMonth: string; readonly owed: Fen }
  | { readonly kind: "input-missing"; readonly person: PersonRef; readonly month: string; readonly what: MissingInput }
  | { readonly kind: "pack-terms-posted"; readonly packId: string }
  | { readonly kind: "settled-later"; readonly claim: ClaimId; readonly settledOn: Day }
  | { readonly kind: "waits"; readonly person: PersonRef; readonly month: string }
  | {
      readonly kind: "held";
      readonly person: PersonRef;
      readonly month: string;
      readonly amount: Fen;
      readonly why: HoldReason;
    }
  | { readonly kind: "lock-after-clock"; readonly month: string };
