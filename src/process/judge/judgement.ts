import type { OutputId } from "../../domain/columns.js";
import type { ComplaintOutputs } from "../../domain/complaint.js";
import type { WallTime } from "../../domain/wall-time.js";
import type { Language } from "../../locales/language.js";
import type { Classification } from "../../rules/classify.js";
import type { Facts } from "../../rules/facts.js";
import type { ActiveRule } from "../../rules/in-force.js";
import type { Concern } from "../../rules/events/kinds.js";
import type { Statutes } from "../../rules/statutes.js";
import type { DuePenalty } from "../due-penalty.js";
import type { ProcessInput } from "../input.js";
import type { Closing } from "../closing.js";
import type { Clock, WorkedLimit } from "../limits.js";
import type { Message } from "../outcome.js";
import type { PeopleIndex } from "../people-index.js";
import type { LedgerFacts } from "../ready-row.js";
import type { Ground } from "./ground.js";

/** What all rows of a run share. */
export interface JudgeContext {
  readonly ledger: LedgerFacts;
  readonly people: PeopleIndex;
  readonly statutes: Statutes;
  readonly calendar: Clock["calendar"];
  /** 下班时间 of the settings, seconds of the day; the packs' own if undefined. */
  readonly closeOfBusiness: number | undefined;
  /** The settings let 暂停自/暂停至 stop the clocks of days. */
  readonly pauseAllowed: boolean;
  /** Nothing is settled before somebody has looked at how the headers were read. */
  readonly proposesOnly: boolean;
  readonly now: WallTime;
  readonly language: Language;
  /** Where the ledger's columns stand, for messages about a cell. */
  readonly place: ProcessInput["place"];
}

/** How a row came to its outputs, for `explain` and the case pane. */
export interface Workings {
  readonly facts: Facts;
  readonly classification: Classification;
  /** Rules that fired, by concern, in the order they count. */
  readonly fired: ReadonlyMap<Concern, readonly ActiveRule[]>;
  /** Facts as each concern saw them. */
  readonly factsSeen: ReadonlyMap<Concern, Facts>;
  /** The rules (or 改判, or labels) each output rests on. */
  readonly grounds: ReadonlyMap<OutputId, readonly Ground[]>;
  readonly limits: readonly WorkedLimit[];
  /** Closing limits that were missed, so that the level rose and others took their place. */
  readonly passedLimits: readonly WorkedLimit[];
  readonly clock: Clock;
}

/** What the rules say of a row. */
export interface JudgedRow {
  readonly outputs: ComplaintOutputs;
  readonly penalties: readonly DuePenalty[];
  readonly messages: readonly Message[];
  readonly faulty: boolean;
  readonly closing: Closing;
}

/** The same with its workings. */
export interface Judgement extends JudgedRow {
  readonly workings: Workings;
}
