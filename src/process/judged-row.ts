import type { Pack } from "../rules/pack.js";
import type { BookRow } from "./book-claims.js";
import type { DuePenalty } from "./due-penalty.js";
import type { Message, RowOutcome } from "./outcome.js";
import type { RepeatedBy } from "./repeats.js";

/** Where a row stands among the others of its ledger: all that judging it needs to know of them. */
export interface RowStanding {
  /** Undefined if there is none of the name the row gives. */
  readonly pack: Pack | undefined;
  /** 投诉编号, given or assigned. */
  readonly id: string | undefined;
  /** Set when it was assigned. */
  readonly newId: string | undefined;
  /** How many rows of the same customer came in before this one. */
  readonly earlierOfCustomer: number;
  /** Numbers of the rows of the same pack that name this one in 原投诉编号. */
  readonly followedBy: readonly string[];
  /** Complaints that people have said are this one over again. */
  readonly repeatedBy: readonly RepeatedBy[];
  /** Another row has the same number, or continues the same case beside this one. */
  readonly sharesCase: boolean;
  /** What is odd about it among the others. */
  readonly remarks: readonly Message[];
}

/** What a row gives on its own, before rows are held against each other and the books are kept. */
export interface PipelineRow {
  readonly outcome: RowOutcome;
  readonly messages: readonly Message[];
  readonly penalties: readonly DuePenalty[];
  readonly bookRow: BookRow;
}
