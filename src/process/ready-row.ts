import type { RepeatedBy } from "./repeats.js";
import type { ColumnKind, InputId } from "../domain/columns.js";
import type { ComplaintInputs, Person } from "../domain/complaint.js";
import type { WallTime } from "../domain/wall-time.js";
import type { PackInForce } from "../rules/in-force.js";
import type { RowScan } from "../rules/phrase-scan.js";

/** A readable row, ready to be judged. */
export interface ReadyRow {
  readonly row: number;
  readonly id: string;
  readonly inputs: ComplaintInputs & { readonly receivedAt: WallTime; readonly description: string };
  readonly inForce: PackInForce;
  /** The run's scan of this pack in force. */
  readonly scan: RowScan;
  readonly packVersion: string;
  /** How many rows of the same customer came in before this one. */
  readonly earlierOfCustomer: number;
  /** Columns whose cell can't be read in this row, or that a question is open about: their values are not known. */
  readonly unread: ReadonlySet<InputId>;
  /** A question about one of its own cells is open on which money rests. */
  readonly asksMoney: boolean;
  /** Numbers of the rows that name this one in 原投诉编号. */
  readonly followedBy: readonly string[];
  /** Complaints that people have said are this one over again, by time. */
  readonly repeatedBy: readonly RepeatedBy[];
  /** Another row has the same number, or continues the same case beside this one. */
  readonly sharesCase: boolean;
}

/** What of the ledger as a whole a row's facts depend on. */
export interface LedgerFacts {
  /** The input columns that rows have cells in. */
  readonly inputs: readonly InputSlot[];
  /** The input columns that the ledger has, where its headers are known: what has no column is recorded nowhere. */
  readonly recorded: ReadonlySet<InputId> | undefined;
  readonly people: ReadonlyMap<string, Person>;
  readonly now: WallTime;
  readonly deductionRegion: string | undefined;
}

/** An input column and where its fact is kept. */
export interface InputSlot {
  readonly id: InputId;
  readonly kind: ColumnKind;
  readonly slot: number;
}
