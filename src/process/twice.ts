import type { RawRow } from "../domain/complaint.js";
import { nameKey } from "../domain/persons-text.js";
import type { DuePenalty } from "./due-penalty.js";

/** One act punished on several rows: the same complaint was entered twice. */
export interface TwicePunished {
  /** Positions of the rows among all rows. */
  readonly rows: readonly number[];
  readonly subject: string;
  readonly reason: string;
}

/** A row with the penalties it gives. */
export interface PenalisedRow {
  readonly index: number;
  readonly raw: RawRow;
  readonly packId: string;
  readonly complaintId: string;
  /** 来源工作簿, where the number counts within it. */
  readonly source?: string | undefined;
  readonly penalties: readonly DuePenalty[];
}

/**
 * Penalties of one person for one 事由 that several rows of one complaint give. Rows are of one complaint if they bear one
 * number, or if every cell but the number is the same (a row that was entered twice and numbered twice).
 */
export function twicePunished(rows: readonly PenalisedRow[]): TwicePunished[] {
  const found = new Map<string, TwicePunished>();
  for (const complaints of [sharing(rows, byNumber), sharing(sharing(rows, byMoment).keys(), byContent)]) {
    const groups = new Map<string, { readonly indexes: Set<number>; readonly due: DuePenalty }>();
    for (const [row, complaint] of complaints) {
      for (const due of row.penalties) {
        const { subjectType, subject, employeeNo, reason, state } = due.penalty;
        if (state === "作废") continue;
        const key = JSON.stringify([complaint, subjectType, punishedKey(subject, employeeNo), reason]);
        const group = groups.get(key);
        if (group) group.indexes.add(row.index);
        else groups.set(key, { indexes: new Set([row.index]), due });
      }
    }
    for (const { indexes: members, due } of groups.values()) {
      if (members.size < 2) continue;
      const { subject, reason } = due.penalty;
      const list = [...members].sort((a, b) => a - b);
      found.set(JSON.stringify([list, subject, reason]), { rows: list, subject, reason });
    }
  }
  return [...found.values()];
}

/** By what a punished person or department is known again, in whatever form the name is written. */
export function punishedKey(subject: string, employeeNo: string | undefined): string {
  return JSON.stringify([nameKey(subject), employeeNo === undefined ? null : nameKey(employeeNo)]);
}

/** Rows that have a key in common with another, in their order, each with it. Nearly all are alone and need no more work. */
function sharing<Key>(rows: Iterable<PenalisedRow>, keyOf: (row: PenalisedRow) => Key): Map<PenalisedRow, Key> {
  const keys = new Map<PenalisedRow, Key>();
  const times = new Map<Key, number>();
  for (const row of rows) {
    const key = keyOf(row);
    keys.set(row, key);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  for (const [row, key] of keys) if (times.get(key) === 1) keys.delete(row);
  return keys;
}

/** Rows of one content say one thing in 受理时间. */
function byMoment({ raw }: PenalisedRow): unknown {
  const { receivedAt } = raw.cells;
  return typeof receivedAt === "object" || receivedAt === "" ? undefined : receivedAt;
}

function byNumber({ packId, complaintId, source }: PenalisedRow): string {
  return JSON.stringify([packId, complaintId, source]);
}

/** Every cell but the number, in the order of the columns' names. */
export function byContent({ packId, raw }: Pick<PenalisedRow, "packId" | "raw">): string {
  const cells = Object.entries(raw.cells)
    .filter(([id, cell]) => id !== "id" && cell !== undefined && cell !== null && cell !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([packId, cells]);
}
