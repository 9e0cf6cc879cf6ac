import type { Fen } from "../domain/money.js";
import { nameKey } from "../domain/persons-text.js";
import type { Day, WallTime } from "../domain/wall-time.js";
import type { Cause, EntryKind } from "./kinds.js";

/** Entries of 扣款凭证 and what names persons, complaints and claims in them. */

export type ClaimType = "损失赔偿" | "绩效核减" | "罚款" | "行政处分";

export interface PersonRef {
  /** 工号; undefined where 人员 gives none. */
  readonly employeeNo: string | undefined;
  readonly name: string;
}

/** What names a complaint in the book. */
export interface ComplaintRef {
  readonly packId: string;
  readonly complaintId: string;
  /** 来源工作簿, where the book is that of a group whose shops number their complaints each for itself. */
  readonly source?: string | undefined;
}

/** What makes two claims the same one although sum, month or rule changed. */
export interface ClaimId extends ComplaintRef {
  readonly person: PersonRef;
  readonly type: ClaimType;
  /** 事由 */
  readonly reason: string;
}

/** What an entry says before it is posted. Texts are empty where a kind has nothing to say. */
export interface EntryDraft {
  /** yyyy-mm */
  readonly month: string;
  readonly kind: EntryKind;
  /** Both empty for an entry of the book as a whole. */
  readonly employeeNo: string | undefined;
  readonly name: string;
  readonly department: string;
  readonly packId: string;
  readonly complaintId: string;
  readonly type: ClaimType | "";
  readonly reason: string;
  /** Never negative: the kind gives the direction. */
  readonly amount: Fen;
  /** 对应: the entry it settles or corrects, `PZ202603-0007-2`. */
  readonly against: string;
  readonly settledOn: Day | undefined;
  readonly formula: string;
  readonly clause: string;
  readonly rule: string;
  /** 规则包校验值 */
  readonly packHash: string;
  /** 所据, as `rests.ts` joins it. */
  readonly rests: string;
  /** 来源行校验值: tells a renumbered row from a new one. */
  readonly origin: string;
  /** 来源工作簿 of a complaint in the book of a group. */
  readonly source?: string | undefined;
}

/** An entry as it stands in the book. */
export interface Entry extends EntryDraft {
  /** 凭证号 */
  readonly voucher: string;
  /** 行, from 1. */
  readonly line: number;
  readonly at: WallTime;
  readonly notice: string;
  readonly cause: Cause;
  /** 经办 */
  readonly by: string;
  /** The last 校验值 of 处理日志 when the voucher was made. */
  readonly logCheck: string;
  readonly salt: string;
  /** Of what is personal in it; stays when that is cleared. */
  readonly digest: string;
  readonly previous: string;
  readonly check: string;
}

export interface Book {
  /** 账套号: what the first entry's chain begins with. */
  readonly id: string;
  readonly entries: readonly Entry[];
}

/** Complaints and persons as keys of maps; a unit separator never stands in a cell. */
const SEPARATOR = "\u001f";

export function complaintKey({ packId, complaintId, source }: ComplaintRef): string {
  const own = `${packId}${SEPARATOR}${complaintId}`;
  return source === undefined ? own : `${own}${SEPARATOR}${source}`;
}

/** A key as it can be read in a text: the complaint's number alone. */
export function complaintOfKey(key: string): ComplaintRef {
  const [packId, complaintId, source] = key.split(SEPARATOR) as [string, string, string?];
  return source === undefined ? { packId, complaintId } : { packId, complaintId, source };
}

/** One key a person: 工号 where there is one, else the name; two ways of writing either are one person. */
export function personKey({ employeeNo, name }: PersonRef): string {
  return employeeNo === undefined ? `@${nameKey(name)}` : `#${nameKey(employeeNo)}`;
}

export function claimKey(complaint: string, person: string, type: string, reason: string): string {
  return [complaint, person, type, reason].join(SEPARATOR);
}

/** `PZ202603-0007-2` */
export function entryRef({ voucher, line }: Pick<Entry, "voucher" | "line">): string {
  return `${voucher}-${line}`;
}

const VOUCHER = /^PZ(\d{6})-(\d{4,})$/;

export function voucherNumber(month: string, n: number): string {
  return `PZ${month.replace("-", "")}-${String(n).padStart(4, "0")}`;
}

export function parseVoucher(text: string): { readonly month: string; readonly n: number } | undefined {
  const match = VOUCHER.exec(text);
  return match ? { month: `${match[1]!.slice(0, 4)}-${match[1]!.slice(4)}`, n: Number(match[2]) } : undefined;
}
