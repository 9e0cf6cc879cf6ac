import { addToList } from "../domain/grouping.js";
import type { Day } from "../domain/wall-time.js";
import type { ClaimState, HoldReason } from "./accounts.js";

/** The life of a notice, as people write it into 扣款通知, and what of it holds or releases a sum. */

export const NOTICE_STATES = ["拟发", "已发", "已送达", "异议中", "维持", "变更", "撤销"] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

export const DELIVERY_METHODS = ["签收", "拒签", "邮寄"] as const;
export type DeliveryMethod = (typeof DELIVERY_METHODS)[number];

export interface NoticeRecord {
  readonly number: string;
  readonly state: NoticeState;
  readonly deliveredOn: Day | undefined;
  readonly method: DeliveryMethod | undefined;
  readonly objectedOn: Day | undefined;
  readonly reviewedOn: Day | undefined;
  readonly voidReason: string | undefined;
}

/** How far along a state is: only forward moves, and the last three end it. */
const STAGE = { 拟发: 0, 已发: 1, 已送达: 2, 异议中: 3, 维持: 4, 变更: 4, 撤销: 4 } as const satisfies Record<
  NoticeState,
  number
>;

export function mayMove(from: NoticeState, to: NoticeState): boolean {
  return from === to || STAGE[to] > STAGE[from];
}

export type NoticeProblem =
  | { readonly kind: "backwards"; readonly number: string; readonly from: NoticeState; readonly to: NoticeState }
  | {
      readonly kind: "date-missing";
      readonly number: string;
      readonly state: NoticeState;
      readonly what: "deliveredOn" | "objectedOn" | "reviewedOn";
    }
  | { readonly kind: "date-after-now"; readonly number: string; readonly state: NoticeState }
  | { readonly kind: "reason-missing"; readonly number: string };

/** What each state needs beside it before anything follows from it. */
const NEEDS = {
  拟发: undefined,
  已发: undefined,
  已送达: "deliveredOn",
  异议中: "objectedOn",
  维持: "reviewedOn",
  变更: "reviewedOn",
  撤销: undefined,
} as const satisfies Record<NoticeState, "deliveredOn" | "objectedOn" | "reviewedOn" | undefined>;

export interface NoticeReading {
  /** By number: the state that counts. */
  readonly notices: ReadonlyMap<string, NoticeRecord>;
  readonly problems: readonly NoticeProblem[];
}

/**
 * The notices as written now, beside what the book already followed: a state that goes back, lacks its date or lies after
 * today counts for nothing, and the one before it stays.
 */
export function readNotices(
  written: readonly NoticeRecord[],
  followed: ReadonlyMap<string, NoticeState>,
  today: Day,
): NoticeReading {
  const notices = new Map<string, NoticeRecord>();
  const problems: NoticeProblem[] = [];
  for (const record of written) {
    const { number, state } = record;
    const before = followed.get(number) ?? "拟发";
    const need = NEEDS[state];
    const day = need && record[need];
    // Withdrawn by a decision: what stands in its row is behind, and nothing is wrong with that.
    const withdrawn = before === "撤销";
    const problem: NoticeProblem | undefined = withdrawn
      ? undefined
      : !mayMove(before, state)
        ? { kind: "backwards", number, from: before, to: state }
        : need && day === undefined
          ? { kind: "date-missing", number, state, what: need }
          : day !== undefined && day > today
            ? { kind: "date-after-now", number, state }
            : state === "撤销" && record.voidReason === undefined
              ? { kind: "reason-missing", number }
              : undefined;
    if (problem) problems.push(problem);
    notices.set(number, problem || withdrawn ? { ...record, state: before } : record);
  }
  return { notices, problems };
}

/** How far the book has already followed a notice: a hold or its end is posted. */
export function followedStates(claims: Iterable<ClaimState>): Map<string, NoticeState> {
  const items = new Map<string, ClaimState[]>();
  for (const claim of claims) for (const notice of claim.notices) addToList(items, notice, claim);
  return new Map(
    [...items].map(([notice, list]): [string, NoticeState] => [
      notice,
      list.every(({ voided }) => voided)
        ? "撤销"
        : list.some(({ held, heldFor, objected }) => held > 0 && heldFor === "objection" && objected.has(notice))
          ? "异议中"
          : "拟发",
    ]),
  );
}

function delivered({ state, deliveredOn }: NoticeRecord, today: Day): boolean {
  return STAGE[state] >= STAGE["已送达"] && state !== "撤销" && deliveredOn !== undefined && deliveredOn <= today;
}

/**
 * Whether a claim's sums are to be held, and why. By law (written notice first) until one of its notices is delivered; by
 * an objection until that is decided. What is held already is let go only by what people wrote: a notice's row that is
 * missing, or a region that the settings no longer name, releases nothing.
 */
export function holdOf(
  claim: Pick<ClaimState, "type" | "notices" | "held" | "heldFor">,
  noticeFirst: boolean,
  notices: ReadonlyMap<string, NoticeRecord>,
  today: Day,
): HoldReason | undefined {
  const records = [...claim.notices].map((number) => notices.get(number));
  if (records.some((record) => record?.state === "异议中")) return "objection";
  if (claim.held > 0 && claim.heldFor === "objection")
    return records.some((r) => r !== undefined && STAGE[r.state] === STAGE["维持"]) ? undefined : "objection";
  const heldByLaw = claim.held > 0 && claim.heldFor === "law";
  if (!heldByLaw && !(noticeFirst && claim.type === "损失赔偿")) return undefined;
  return records.some((record) => record && delivered(record, today)) ? undefined : "law";
}
