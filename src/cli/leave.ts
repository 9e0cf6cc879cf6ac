import type { MayWrite } from "../jobs/judge-ledger.js";

/**
 * By what right a file leaves: a ledger that may be written from, or a reason why none is judged. Whatever rests on a
 * judged ledger has the first; a command that has neither can't call the door.
 */
export type Leave = MayWrite | "mends-inputs" | "no-ledger";
