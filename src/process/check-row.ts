import { addAll } from "../domain/grouping.js";
import type { InputId } from "../domain/columns.js";
import { isBefore, type WallTime } from "../domain/wall-time.js";
import type { Pack } from "../rules/pack.js";
import { defaultPackName } from "./choose-pack.js";
import type { ProcessInput } from "./input.js";
import { shortTime } from "./fact-text.js";
import { STAGE_COLUMNS } from "./limits.js";
import type { Message } from "./outcome.js";
import { moneyInputsOf } from "./money-inputs.js";
import { personKey, personText, type PeopleIndex } from "./people-index.js";
import { cellPlace } from "./cell-place.js";
import { missingMessage, type ReadRow, type UnreadableCell } from "./read-row.js";
import { say } from "./sentences.js";

/** What is wrong with a row's own cells. */
export interface RowFindings {
  /** With any of these the row is 数据有误 and is not judged. */
  readonly problems: readonly Message[];
  readonly remarks: readonly Message[];
}

const NEEDED_BY_ALL = ["receivedAt", "description"] as const;
/** A cell that can be read in two ways is a question, no fault. */
const QUESTIONS: ReadonlySet<UnreadableCell["cause"]> = new Set([
  "cell.reason.share-unclear",
  "cell.reason.share-implausible",
  "cell.reason.ambiguous-date",
]);

/** Whether somebody has to say in which of two ways a cell is to be read: until then the row is 待确认. */
export function isQuestion({ cause }: UnreadableCell): boolean {
  return QUESTIONS.has(cause);
}
const NO_MESSAGES: readonly Message[] = [];
const FLAWLESS: RowFindings = { problems: NO_MESSAGES, remarks: NO_MESSAGES };

/** Checks the cells of rows before they are judged: needed ones missing, unreadable ones, times that can't be. */
export class RowCheck {
  /** Columns present in which people note that a stage is done. */
  private readonly done: readonly "closeAt"[];

  constructor(
    private readonly input: Omit<ProcessInput, "rows">,
    columns: readonly { readonly id: InputId }[],
    private readonly people: PeopleIndex,
  ) {
    const present = new Set(columns.map(({ id }) => id));
    this.done = Object.values(STAGE_COLUMNS).flatMap(({ done }) => (present.has(done) ? [done as "closeAt"] : []));
  }

  /** `pack` is the row's; undefined if there is none of that name. */
  row(read: ReadRow, pack: Pack | undefined): RowFindings {
    const { inputs, unreadable } = read;
    const readable = pack !== undefined && unreadable.length === 0;
    const complete = inputs.receivedAt !== undefined && inputs.description !== undefined;
    const odd = this.times(read, pack);
    const remarks = odd.filter(({ level }) => level !== "error");
    const persons = this.namesakes(read) ?? this.sameTwice(read, pack);
    if (readable && complete && persons === undefined && remarks.length === odd.length)
      return remarks.length === 0 ? FLAWLESS : { problems: NO_MESSAGES, remarks };
    const problems: Message[] = pack ? [] : [this.noPack(read)];
    const unreadRemarks = this.unreadable(read, pack, problems);
    this.missing(read, problems);
    if (persons?.level === "error") problems.push(persons);
    addAll(
      problems,
      odd.filter(({ level }) => level === "error"),
    );
    return { problems, remarks: [...unreadRemarks, ...(persons?.level === "warning" ? [persons] : []), ...remarks] };
  }

  private noPack({ raw: { row }, inputs }: ReadRow): Message {
    const { packs, settings, language, place } = this.input;
    const known = [...packs.values()].map(({ header }) => header.title[language]).join("、");
    const named = inputs.pack;
    const value = named ?? defaultPackName(settings.defaultPack, packs);
    const cause = named === undefined ? "pack.default-unknown" : "pack.unknown";
    const text = say(language, cause, { ...cellPlace(row, "pack", place), value, known });
    return { row, column: "pack", value, level: "error", cause, text };
  }

  /** A cell that can't be read spoils the row only if the row is nothing without it, or if money rests on it. */
  private unreadable({ raw: { row }, unreadable }: ReadRow, pack: Pack | undefined, problems: Message[]): Message[] {
    const remarks: Message[] = [];
    for (const cell of unreadable) {
      const { column, value, cause, text } = cell;
      const blocking = !isQuestion(cell) && (!pack || isNeeded(column, pack));
      (blocking ? problems : remarks).push({ row, column, value, level: blocking ? "error" : "warning", cause, text });
    }
    return remarks;
  }

  private missing({ raw: { row }, inputs, unreadable }: ReadRow, problems: Message[]): void {
    const { place, language } = this.input;
    for (const id of NEEDED_BY_ALL) {
      if (inputs[id] !== undefined || unreadable.some(({ column }) => column === id)) continue;
      problems.push(missingMessage(row, id, place, language));
    }
  }

  /** A name in 责任人 that fits several people of 人员: nobody can say who is meant. */
  private namesakes({ raw: { row }, inputs: { person } }: ReadRow): Message | undefined {
    if (person === undefined || this.people.empty) return undefined;
    const { language, place } = this.input;
    for (const named of person) {
      const who = this.people.find(named);
      if (who.kind !== "several") continue;
      const names = who.people.map(personText).join("、");
      const text = say(language, "person.namesakes-row", { ...cellPlace(row, "person", place), name: who.name, names });
      return { row, column: "person", value: who.name, level: "error", cause: "person.namesakes-row", text };
    }
    return undefined;
  }

  /** 张三 and A01 in one cell, where A01 is 张三: as bad as 张三、张三, which can't be read. */
  private sameTwice({ raw: { row }, inputs: { person } }: ReadRow, pack: Pack | undefined): Message | undefined {
    if (person === undefined || person.length < 2 || this.people.empty) return undefined;
    const { language, place } = this.input;
    const written = new Map<string, string>();
    for (const named of person) {
      const who = this.people.find(named);
      if (who.kind !== "person") continue;
      const key = personKey(who.person);
      const before = written.get(key);
      if (before === undefined) {
        written.set(key, named.name);
        continue;
      }
      const names = `${before}、${named.name}`;
      const params = { ...cellPlace(row, "person", place), names, person: personText(who.person) };
      const level = !pack || isNeeded("person", pack) ? "error" : "warning";
      const text = say(language, "person.same-twice-row", params);
      return { row, column: "person", value: names, level, cause: "person.same-twice-row", text };
    }
    return undefined;
  }

  /**
   * Times that can't be: a stage done before the complaint came in, anything done after `now`. They are errors where money
   * of the pack rests on them. A day alone is compared by days.
   */
  private times({ raw: { row }, inputs }: ReadRow, pack: Pack | undefined): readonly Message[] {
    const { receivedAt } = inputs;
    if (receivedAt === undefined) return NO_MESSAGES;
    const { now } = this.input;
    let remarks: Message[] | undefined;
    if (isBefore(now, receivedAt))
      (remarks ??= []).push(this.oddTime(row, "receivedAt", receivedAt, "time.in-future", undefined));
    for (const id of this.done) {
      const time = inputs[id];
      if (time === undefined) continue;
      if (isBefore(time, receivedAt)) (remarks ??= []).push(this.oddTime(row, id, time, "time.before-received", pack));
      else if (isBefore(now, time)) (remarks ??= []).push(this.oddTime(row, id, time, "time.in-future", pack));
    }
    return remarks ?? NO_MESSAGES;
  }

  private oddTime(
    row: number,
    id: InputId,
    time: WallTime,
    key: "time.before-received" | "time.in-future",
    pack: Pack | undefined,
  ): Message {
    const { place, language } = this.input;
    const value = shortTime(time);
    const text = say(language, key, { ...cellPlace(row, id, place), value });
    const level = pack && moneyInputsOf(pack).has(id) ? "error" : "warning";
    return { row, column: id, value, level, cause: key, text };
  }
}

/** Whether a row is nothing without a cell, or money of its pack rests on it. */
function isNeeded(column: InputId, pack: Pack): boolean {
  return NEEDED_BY_ALL.some((id) => id === column) || moneyInputsOf(pack).has(column);
}
