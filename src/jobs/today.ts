import { addToList } from "../domain/grouping.js";
import { createCalendar, type WorkingCalendar } from "../domain/calendar.js";
import { plainName } from "../domain/persons-text.js";
import { readHolidays } from "../domain/side-tables/holidays.js";
import { readPeople } from "../domain/side-tables/people.js";
import type { Person } from "../domain/complaint.js";
import { dayOfTime, type Day, type WallTime } from "../domain/wall-time.js";
import { lastAtWork, workingMoment, type WorkingHours } from "../domain/working-moment.js";
import { shownCell } from "../ledger/shown-cell.js";
import type { LedgerRow } from "../ledger/port.js";
import type { WorkedLimit } from "../process/limits.js";
import type { RowOutcome } from "../process/outcome.js";
import { say } from "../process/sentences.js";
import { beginsAtClosing, type Status } from "../process/status.js";
import type { Stage } from "../rules/facts.js";
import { settingsOf, type MayWrite } from "./judge-ledger.js";
import { numbersTwice } from "../process/complaint-name.js";

/** What is due, for whom, and what to do about it: taken from the judged rows, never worked out again. */

/** How a step stands to its limit: past it, due today, due within the next three working days, or later. */
export type Urgency = "overdue" | "today" | "next" | "later";

/** A step of a complaint that is open, or was done lately. */
export interface Step {
  readonly row: number;
  readonly id: string;
  readonly packId: string;
  /** The title of its regulation. */
  readonly pack: string;
  /** A complaint of another regulation has the same number. */
  readonly sharesNumber: boolean;
  readonly stage: Stage;
  /** Whose part of the stage it is, by its words; undefined: the whole stage. */
  readonly part: string | undefined;
  /** The stage in words: 结案, 调查（生产部）. */
  readonly what: string;
  readonly customer: string;
  readonly about: string;
  readonly status: Status;
  readonly nextStep: string;
  readonly due: WallTime;
  /** The last moment before it at which people are at work. */
  readonly end: WallTime;
  readonly urgency: Urgency;
  /** The highest of the set parts of the limit (50, 75) that has passed; undefined: none yet. */
  readonly used: number | undefined;
  /** When people are to be told of it, inside working hours, with the part of the limit that has passed by then. */
  readonly reminders: readonly { readonly at: WallTime; readonly percent: number }[];
  /** Posts or departments that have the case in hand. */
  readonly handlers: readonly string[];
  /** The case's 应办单据 name a 催办单. */
  readonly reminderForm: boolean;
}

/** What one handler has before them. */
export interface HandlerDay {
  /** 承办岗位, else the responsible department; blank where the case has neither. */
  readonly handler: string;
  /** Who holds the post by 人员. */
  readonly people: readonly Pick<Person, "name" | "email">[];
  /** Overdue, today, next, and later ones of whose limit a set part has passed; the most urgent first. */
  readonly steps: readonly Step[];
}

export interface Today {
  readonly now: WallTime;
  readonly organisation: string | undefined;
  readonly hours: WorkingHours;
  readonly counts: Readonly<Record<Exclude<Urgency, "later">, number>>;
  /** Rows of which nothing can be said before somebody answers or mends. */
  readonly unsure: number;
  readonly faulty: number;
  readonly handlers: readonly HandlerDay[];
  /** Every open step, the most urgent first. */
  readonly open: readonly Step[];
  /** Steps done whose limit lies within a month of now: calendars that were told of them take them out. */
  readonly done: readonly Step[];
}

const REMIND_AT = [50, 75];
const START_OF_WORK = 9 * 3600;
const CLOSE_OF_BUSINESS = 18 * 3600;
/** The next working days that are looked ahead to. */
const AHEAD = 3;
const MONTH = 31;
const ORDER: Readonly<Record<Urgency, number>> = { overdue: 0, today: 1, next: 2, later: 3 };
/** Statuses in which somebody waits for the steps of a case. */
const WAITING: ReadonlySet<Status> = new Set<Status>([
  "处理中",
  "即将到期",
  "已逾期",
  "待回访",
  "回访逾期",
  "待反馈",
  "反馈逾期",
]);
const AFTER_CLOSING: ReadonlySet<Status> = new Set<Status>(["待回访", "回访逾期", "待反馈", "反馈逾期"]);
export const REMINDER_FORM = "催办单";

/** What is due on a ledger that was judged. */
export function todayOf({ ledger }: MayWrite): Today {
  const { outcome, run, snapshot, options } = ledger;
  const settings = settingsOf(snapshot);
  const [holidays, people] = [snapshot.sideTables.get("Holidays"), snapshot.sideTables.get("People")];
  const clock = new Clock(
    options.now,
    createCalendar(holidays ? readHolidays(holidays).overrides : []),
    { from: settings?.startOfWork ?? START_OF_WORK, to: settings?.closeOfBusiness ?? CLOSE_OF_BUSINESS },
    settings?.remindAt ?? REMIND_AT,
  );
  const open: Step[] = [];
  const done: Step[] = [];
  const before = new Map(snapshot.rows.map((row) => [row.row, row]));
  const shared = numbersTwice(outcome.rows);
  for (const row of outcome.rows) {
    const pack = row.packId === undefined ? undefined : options.packs.get(row.packId);
    if (!pack || row.id === undefined || !clock.mayMatter(row)) continue;
    const inspected = run.inspect(row.row);
    for (const worked of inspected?.judgement.workings.limits ?? []) {
      // A limit that a column names has run since the complaint came in.
      const limit = worked.length === undefined ? { ...worked, start: inspected!.ready.inputs.receivedAt } : worked;
      if (limit.unsure === true) continue;
      const isOpen = limit.done === undefined && isWaitedFor(limit, row);
      if (!isOpen && !(limit.done !== undefined && clock.isLately(limit))) continue;
      const title = pack.header.title[options.language];
      const sharesNumber = shared.has(row.id);
      const texts = { title, language: options.language, before: before.get(row.row)!, sharesNumber };
      const step = stepOf(limit, row, texts, clock);
      (isOpen ? open : done).push(step);
    }
  }
  open.sort(byUrgency);
  const count = (urgency: Urgency): number => open.filter((step) => step.urgency === urgency).length;
  return {
    now: options.now,
    organisation: settings?.organisation,
    hours: clock.hours,
    counts: { overdue: count("overdue"), today: count("today"), next: count("next") },
    unsure: outcome.summary.byStatus["待确认"] ?? 0,
    faulty: outcome.summary.faultyRows,
    handlers: byHandler(open, people ? readPeople(people).people : [], dayOfTime(options.now)),
    open,
    done,
  };
}

/** What the time has to do with it. */
class Clock {
  private readonly today: Day;
  private readonly ahead: Day;

  constructor(
    readonly now: WallTime,
    private readonly calendar: WorkingCalendar,
    readonly hours: WorkingHours,
    private readonly remindAt: readonly number[],
  ) {
    this.today = dayOfTime(now);
    let ahead = this.today;
    for (let i = 0; i < AHEAD; i++) ahead = calendar.nextWorkingDay(ahead);
    this.ahead = ahead;
  }

  urgency(due: WallTime): Urgency {
    if (due < this.now) return "overdue";
    const day = dayOfTime(due);
    return day === this.today ? "today" : day <= this.ahead ? "next" : "later";
  }

  used(start: WallTime, due: WallTime): number | undefined {
    const percent = due > start ? ((this.now - start) / (due - start)) * 100 : 100;
    return this.remindAt.filter((part) => percent >= part).at(-1);
  }

  reminders(start: WallTime, due: WallTime): Step["reminders"] {
    const moments = this.remindAt.map((percent) => {
      const passed = (start + Math.round(((due - start) * percent) / 100)) as WallTime;
      return { at: workingMoment(passed, due, this.calendar, this.hours), percent };
    });
    // Two parts that fall on one moment are one reminder.
    return moments.filter(({ at }, i) => at >= start && at !== moments[i + 1]?.at);
  }

  end(due: WallTime): WallTime {
    return lastAtWork(due, this.calendar, this.hours);
  }

  isLately({ due }: WorkedLimit): boolean {
    return Math.abs(dayOfTime(due) - this.today) <= MONTH;
  }

  /** Whether a row can have a step to tell of: a case closed long ago is not looked into again. */
  mayMatter({ outputs, closing }: RowOutcome): boolean {
    const status = outputs.status as Status | undefined;
    if (status === undefined || status === "数据有误" || status === "待确认") return false;
    return WAITING.has(status) || closing.endedAt === undefined || this.today - dayOfTime(closing.endedAt) <= 2 * MONTH;
  }
}

/** Whether somebody still waits for a stage: of a closed case only for what begins at closing. */
function isWaitedFor(limit: WorkedLimit, { outputs }: RowOutcome): boolean {
  const status = outputs.status as Status;
  return WAITING.has(status) && (!AFTER_CLOSING.has(status) || beginsAtClosing(limit));
}

interface RowTexts {
  readonly title: string;
  readonly language: "zh" | "en";
  readonly before: LedgerRow;
  readonly sharesNumber: boolean;
}

function stepOf(
  limit: WorkedLimit,
  row: RowOutcome,
  { title, language, before, sharesNumber }: RowTexts,
  clock: Clock,
): Step {
  const { outputs } = row;
  const { stage, start, due } = limit;
  const part = limit.part?.[language];
  const name = say(language, `stage.${stage}`);
  const handlers = outputs.handler ?? (outputs.department === undefined ? [] : [outputs.department]);
  return {
    row: row.row,
    id: row.id!,
    packId: row.packId!,
    pack: title,
    sharesNumber,
    stage,
    part: limit.part?.zh,
    what: part === undefined ? name : say(language, "today.part", { stage: name, part }),
    customer: shownCell(before.cells.customer),
    about: shownCell(before.cells.description).slice(0, 60),
    status: outputs.status as Status,
    nextStep: outputs.nextStep ?? "",
    due,
    end: clock.end(due),
    urgency: clock.urgency(due),
    used: clock.used(start, due),
    reminders: clock.reminders(start, due),
    handlers,
    reminderForm: outputs.forms?.includes(REMINDER_FORM) === true,
  };
}

function byUrgency(a: Step, b: Step): number {
  return ORDER[a.urgency] - ORDER[b.urgency] || a.due - b.due || a.row - b.row;
}

/** By whoever has the case in hand; whoever has the most urgent step comes first. */
function byHandler(open: readonly Step[], people: readonly Person[], today: Day): HandlerDay[] {
  const steps = new Map<string, Step[]>();
  for (const step of open) {
    if (step.urgency === "later" && step.used === undefined) continue;
    for (const handler of step.handlers.length > 0 ? step.handlers : [""]) {
      addToList(steps, handler, step);
    }
  }
  return [...steps].map(([handler, own]) => ({ handler, people: holdersOf(handler, people, today), steps: own }));
}

/** Those of 人员 who hold a post, or bear the name, and have not left. */
function holdersOf(handler: string, people: readonly Person[], today: Day): HandlerDay["people"] {
  const key = plainName(handler);
  return people
    .filter(({ post, name, leftOn }) => (post === key || name === key) && (leftOn === undefined || leftOn >= today))
    .map(({ name, email }) => (email === undefined ? { name } : { name, email }));
}
