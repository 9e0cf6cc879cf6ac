import type { JudgedClaim, JudgedComplaint } from "../books/judged.js";
import type { ComplaintInputs } from "../domain/complaint.js";
import { sha256Hex } from "../domain/sha256.js";
import type { Penalty } from "./outcome.js";

/** What rows say to the books: their settled penalties of persons, or why they say nothing. */

/** A row of the ledger as far as the books look at it. */
export interface BookRow {
  /** 来源工作簿, where it is part of the complaint's identity. */
  readonly source?: string | undefined;
  readonly packId: string | undefined;
  readonly id: string | undefined;
  readonly inputs: ComplaintInputs;
  /** Whether it could be judged at all. */
  readonly judged: boolean;
  readonly penalties: readonly Penalty[];
}

/**
 * The complaints of which the books hear. A row whose pack is not here says nothing of the complaints that the book knows
 * under its number (`packsOf`), and is no missing row.
 */
export function judgedComplaints(
  rows: readonly BookRow[],
  packsOf: ReadonlyMap<string, ReadonlySet<string>>,
): JudgedComplaint[] {
  return rows.flatMap((row): JudgedComplaint[] => {
    const { packId, id, inputs } = row;
    const { followsId } = inputs;
    const source = row.source === undefined ? {} : { source: row.source };
    if (id === undefined) return [];
    const origin = originOf(inputs);
    if (packId === undefined)
      return [...(packsOf.get(id) ?? [])].map((known) => ({
        ...{ packId: known, complaintId: id, origin, ...source },
        state: { kind: "silent", why: "pack-missing" },
      }));
    const follows = followsId === undefined ? {} : { follows: { packId, complaintId: followsId, ...source } };
    return [{ packId, complaintId: id, origin, ...source, ...follows, state: stateOf(row) }];
  });
}

/** Tells a row from others whatever number it bears. */
function originOf({ receivedAt, customer, description }: ComplaintInputs): string {
  const text = JSON.stringify([receivedAt ?? null, customer ?? "", description ?? ""]);
  return sha256Hex(text).slice(0, 8);
}

function stateOf({ judged, inputs, penalties }: BookRow): JudgedComplaint["state"] {
  if (!judged) return { kind: "silent", why: "faulty" };
  const own = penalties.filter(({ subjectType, state }) => subjectType === "个人" && state !== "作废");
  const settled = own.filter(({ state }) => state === "确定");
  // Some line is still 拟定: of an open case it waits for closing, of a closed one for whoever is meant.
  const partly = settled.length < own.length;
  if (partly && settled.length === 0)
    return { kind: "silent", why: inputs.closeAt === undefined ? "open" : "person-unknown" };
  if (inputs.closeAt === undefined && settled.length === 0) return { kind: "silent", why: "open" };
  const claims = settled.filter(({ amount }) => amount > 0).map(claimOf);
  return { kind: "settled", claims, ...(partly && { partly }) };
}

function claimOf(penalty: Penalty): JudgedClaim {
  const { packId, complaintId, source, type, reason, amount, formula, basis, rule, packVersion, department } = penalty;
  return {
    ...(source === undefined ? {} : { source }),
    ...{ packId, complaintId, type, reason, amount, formula, rule },
    person: { employeeNo: penalty.employeeNo, name: penalty.subject },
    department: department ?? "",
    // 确定 always has its day.
    settledOn: penalty.settledOn!,
    clause: basis,
    packHash: packVersion.split(" ").at(-1)!,
    ownMonthOnly: penalty.ownMonthOnly,
    remarks: penalty.sanction === undefined ? [] : [`行政处分：${penalty.sanction}`],
  };
}
