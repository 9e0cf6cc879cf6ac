import { personKey, type PersonRef } from "../../books/entry.js";
import type { CalendarOverride, MonthlyPay, Person } from "../../domain/complaint.js";
import { yuanText } from "../../domain/money.js";
import { isoDate } from "../../domain/wall-time.js";
import type { Language } from "../../locales/language.js";
import type { ProcessSettings } from "../../process/input.js";
import type { Message } from "../../process/outcome.js";
import { say } from "../../process/sentences.js";
import type { Sides } from "../read-workbook.js";

/**
 * 人员, 月度绩效, 节假日 and 设置 of a group as one. What the group's own workbook says counts; where only members say
 * something and agree, that does; where they differ, both are named, and nothing is taken that would rest on it.
 */

export interface NamedSides {
  /** 来源工作簿, to name it. */
  readonly source: string;
  readonly sides: Sides;
}

export interface GroupSides {
  readonly people: readonly Person[];
  readonly pay: readonly MonthlyPay[];
  readonly holidays: readonly CalendarOverride[];
  readonly settings: ProcessSettings;
  readonly unclear: (person: PersonRef) => string | undefined;
  readonly messages: readonly Message[];
}

export function joinSides(own: Sides, members: readonly NamedSides[], language: Language): GroupSides {
  const joining = new Joining(own, members, language);
  const people = joining.people();
  const pay = joining.pay();
  const holidays = joining.holidays();
  const settings = joining.settings();
  const { messages, persons } = joining;
  const everybody = joining.everybody;
  return {
    ...{ people, pay, holidays, settings, messages },
    unclear: (person) => persons.get(personKey(person)) ?? everybody,
  };
}

class Joining {
  readonly messages: Message[] = [];
  /** By person, why it isn't known whose wage counts. */
  readonly persons = new Map<string, string>();
  /** Why nothing is taken from anybody. */
  everybody: string | undefined;

  constructor(
    private readonly own: Sides,
    private readonly members: readonly NamedSides[],
    private readonly language: Language,
  ) {}

  /** Each person once: by 工号, or by name where there is none. */
  people(): readonly Person[] {
    const known = new Set(this.own.people.map((person) => personKey(refOf(person))));
    const first = new Map<string, { readonly person: Person; readonly source: string }>();
    const people = [...this.own.people];
    for (const { source, sides } of this.members)
      for (const person of sides.people) {
        const key = personKey(refOf(person));
        if (known.has(key)) continue;
        const before = first.get(key);
        if (before === undefined) {
          first.set(key, { person, source });
          people.push(person);
        } else if (before.source !== source) this.compare(key, before, { person, source });
      }
    return people;
  }

  private compare(
    key: string,
    one: { readonly person: Person; readonly source: string },
    other: { readonly person: Person; readonly source: string },
  ): void {
    const numbered = one.person.employeeNo !== undefined;
    if (numbered && one.person.name !== other.person.name)
      this.unclear(key, "group.number-twice", {
        no: one.person.employeeNo,
        ...{ one: one.person.name, other: other.person.name },
        ...{ first: one.source, second: other.source },
      });
    else if (numbered ? !samePay(one.person, other.person) : !sameLine(one.person, other.person))
      this.unclear(key, numbered ? "group.two-wages" : "group.two-of-a-name", {
        name: one.person.name,
        ...{ first: one.source, second: other.source },
        ...{ one: payText(one.person, this.language), other: payText(other.person, this.language) },
      });
  }

  pay(): readonly MonthlyPay[] {
    const keyOf = ({ month, employeeNo, name }: MonthlyPay): string =>
      `${month}\n${personKey({ employeeNo, name: name ?? "" })}`;
    const lines = [...(this.own.pay ?? [])];
    const known = new Set(lines.map(keyOf));
    const first = new Map<string, { readonly line: MonthlyPay; readonly source: string }>();
    for (const { source, sides } of this.members)
      for (const line of sides.pay ?? []) {
        const key = keyOf(line);
        if (known.has(key)) continue;
        const before = first.get(key);
        if (before === undefined) {
          first.set(key, { line, source });
          lines.push(line);
        } else if (before.source !== source && !samePay(before.line, line))
          this.unclear(personKey({ employeeNo: line.employeeNo, name: line.name ?? "" }), "group.two-wages", {
            name: `${line.name ?? line.employeeNo ?? ""} ${line.month}`,
            ...{ first: before.source, second: source },
            ...{ one: payText(before.line, this.language), other: payText(line, this.language) },
          });
      }
    return lines;
  }

  /** A day that members hold to be both counts as the calendar has it. */
  holidays(): readonly CalendarOverride[] {
    const own = new Set(this.own.holidays.map(({ day }) => day));
    const found = new Map<CalendarOverride["day"], { readonly line: CalendarOverride; readonly source: string }>();
    const odd = new Set<CalendarOverride["day"]>();
    for (const { source, sides } of this.members)
      for (const line of sides.holidays) {
        const before = found.get(line.day);
        if (before === undefined) found.set(line.day, { line, source });
        else if (before.line.kind !== line.kind && !own.has(line.day) && !odd.has(line.day)) {
          odd.add(line.day);
          this.tell("group.two-days", { day: isoDate(line.day), first: before.source, second: source });
        }
      }
    return [...this.own.holidays, ...[...found.values()].flatMap(({ line }) => (odd.has(line.day) ? [] : [line]))];
  }

  settings(): ProcessSettings {
    const { minimumWage, deductionRegion, repeatDays, ...own } = this.own.settings ?? {};
    const wages = this.said("minimumWage");
    const regions = this.said("deductionRegion");
    const days = this.said("repeatDays");
    // Of several the highest leaves everybody at least what their own asks for.
    const wage = minimumWage ?? wages.map(({ value }) => value).sort((a, b) => b - a)[0];
    if (minimumWage === undefined && wages.length > 1)
      this.tell("group.minimum-wages", {
        list: wages.map(({ value, source }) => `${source} ${yuanText(value)}`).join("、"),
        amount: yuanText(wage!),
      });
    if (deductionRegion === undefined && regions.length > 1) {
      const list = regions.map(({ value, source }) => `${source} ${value}`).join("、");
      this.everybody = say(this.language, "group.regions", { list });
      this.tell("group.regions", { list });
    }
    const region = deductionRegion ?? (regions.length === 1 ? regions[0]!.value : undefined);
    const repeat = repeatDays ?? days.map(({ value }) => value).sort((a, b) => a - b)[0];
    return {
      ...own,
      ...(wage === undefined ? {} : { minimumWage: wage }),
      ...(region === undefined ? {} : { deductionRegion: region }),
      ...(repeat === undefined ? {} : { repeatDays: repeat }),
    };
  }

  /** The different values that members give, each with the first that does. */
  private said<Key extends "minimumWage" | "deductionRegion" | "repeatDays">(
    key: Key,
  ): { readonly value: NonNullable<ProcessSettings[Key]>; readonly source: string }[] {
    const found = new Map<unknown, { value: NonNullable<ProcessSettings[Key]>; source: string }>();
    for (const { source, sides } of this.members) {
      const value: ProcessSettings[Key] | undefined = sides.settings?.[key];
      if (value !== undefined && !found.has(value)) found.set(value, { value, source });
    }
    return [...found.values()];
  }

  private unclear(key: string, cause: UnclearCause, params: Readonly<Record<string, string | number>>): void {
    if (!this.persons.has(key)) this.persons.set(key, say(this.language, cause, params));
    this.tell(cause, params);
  }

  private tell(
    cause: UnclearCause | "group.two-days" | "group.minimum-wages" | "group.regions",
    params: Readonly<Record<string, string | number>>,
  ): void {
    this.messages.push({ level: "warning", cause, text: say(this.language, cause, params) });
  }
}

type UnclearCause = "group.number-twice" | "group.two-wages" | "group.two-of-a-name";

function refOf({ employeeNo, name }: Person): PersonRef {
  return { employeeNo, name };
}

function samePay(
  one: Pick<Person, "monthlyWage" | "monthlyBonus" | "leftOn">,
  other: Pick<Person, "monthlyWage" | "monthlyBonus" | "leftOn">,
): boolean {
  return (
    one.monthlyWage === other.monthlyWage && one.monthlyBonus === other.monthlyBonus && one.leftOn === other.leftOn
  );
}

/** Without a 工号 only one and the same line is one and the same person. */
function sameLine(one: Person, other: Person): boolean {
  return (
    samePay(one, other) && one.department === other.department && one.crew === other.crew && one.post === other.post
  );
}

function payText(
  { monthlyWage, monthlyBonus }: Pick<Person, "monthlyWage" | "monthlyBonus">,
  language: Language,
): string {
  const text = (amount: typeof monthlyWage): string => (amount === undefined ? "—" : yuanText(amount));
  return say(language, "group.pay", { wage: text(monthlyWage), bonus: text(monthlyBonus) });
}
