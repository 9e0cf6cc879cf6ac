import type { Fen } from "../domain/money.js";
import type { Day } from "../domain/wall-time.js";
import type { ClaimId, ComplaintRef, PersonRef } from "./entry.js";
import type { CapTerm } from "./rests.js";

/** What the books are told of a run: complaints as judged now, and the terms of ceilings by day. */

/** A settled penalty of a person, as the rules give it now. */
export interface JudgedClaim extends ClaimId {
  readonly department: string;
  readonly amount: Fen;
  /** 结清日: latest of 结案时间 and the approval the pack asks for; a clause's own day for dated fines. */
  readonly settledOn: Day;
  readonly formula: string;
  readonly clause: string;
  readonly rule: string;
  readonly packHash: string;
  /** 大过: takes of its own month alone, before all else; its rest lapses. */
  readonly ownMonthOnly: boolean;
  /** Shares, base points, sample marks. */
  readonly remarks: readonly string[];
}

/** Why a complaint's claims can't be compared with what the row says. */
export type Silence =
  "unreadable" | "faulty" | "duplicated" | "pack-missing" | "unconfirmed" | "open" | "person-unknown";

export interface JudgedComplaint extends ComplaintRef {
  /** Tells the row from others whatever number it bears: of 受理时间, 客户 and 投诉内容. */
  readonly origin: string;
  /** The complaint it continues: that one is 已转新单. */
  readonly follows?: ComplaintRef;
  /**
   * `claims` of a closed complaint, none where it was not upheld; or why nothing can be said. `partly`: another line of
   * the row is a proposal still, so what is posted and not among the claims is no more than not said.
   */
  readonly state:
    | { readonly kind: "settled"; readonly claims: readonly JudgedClaim[]; readonly partly?: true }
    | { readonly kind: "silent"; readonly why: Silence };
}

/** Wage and bonus of a person in a month. */
export interface PersonTerms {
  readonly wage?: Fen;
  readonly bonus?: Fen;
  /** yyyy-mm of 离职日期: nothing is taken after it. */
  readonly lastMonth?: string;
}

export interface Share {
  readonly percent: number;
  readonly source: string;
}

/** What the law says on a day, where the workbook's region is known. */
export interface LawTerms {
  /** 损失赔偿: per cent of 月工资. */
  readonly loss?: Share;
  /** A region's own limit: per cent of 月工资, for all together. */
  readonly region?: Share;
  readonly minimumWage?: Fen;
  /** The article that asks for written notice before 损失赔偿 is taken. */
  readonly noticeFirst?: string;
}

/** Why it isn't known whose wage counts: nothing is taken and nothing posted before somebody says. */
export interface UnclearPerson {
  readonly unclear: string;
}

export interface Terms {
  /** Caps of a pack on a day; undefined where the pack is not here. */
  caps(packId: string, day: Day): readonly CapTerm[] | undefined;
  law(day: Day): LawTerms;
  /**
   * `unlisted`: 人员 has rows and this person is in none; `no-sheet`: there is no 人员. `unproven`: a person without 工号,
   * whom 人员 does not list without it, but it has somebody of that name with one, who may be another.
   */
  person(person: PersonRef, month: string): PersonTerms | UnclearPerson | "unlisted" | "no-sheet" | "unproven";
  /**
   * 工号 of the only person who bears or bore this name, if they were there on that day by their 入职日期; a name that is a
   * 工号 itself is that one's.
   */
  employeeNoOf(name: string, day: Day): string | undefined;
}
