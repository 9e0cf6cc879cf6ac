import type { Row } from "../ledger/row.js";

/** A room that layers.js does not know. */
export type Forgotten = Row;
