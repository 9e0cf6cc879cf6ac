import { Problem, readValue } from "../domain/cell-reading.js";
import type { RawRow } from "../domain/complaint.js";
import { DEFAULT_NUMBERING, nextNumbers } from "../domain/numbering.js";
import { sheetOfRow } from "../domain/sheet-rows.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Pack } from "../rules/pack.js";
import { defaultPackName, findPack } from "./choose-pack.js";
import { textIn } from "./cell-texts.js";
import { earlierComplaints, type EarlierComplaint } from "./history.js";
import { sideBySide, type ChainRow } from "./one-case.js";
import type { ProcessInput } from "./input.js";
import type { Message } from "./outcome.js";
import type { CellSense } from "./read-row.js";
import { confirmedRepeats, repeatsIn, type RepeatedBy, type RepeatRow } from "./repeats.js";
import { StandingRemarks } from "./standing-remarks.js";

/** What has to be known of the ledger as a whole before any row of it is judged. Lists are in the order of the rows. */
export interface Survey {
  /** The pack of each row; undefined if there is none of that name. */
  readonly packs: readonly (Pack | undefined)[];
  /** 投诉编号, given or assigned. */
  readonly ids: readonly (string | undefined)[];
  /** Numbers given to rows whose 投诉编号 was blank, by the row's index. */
  readonly newIds: ReadonlyMap<number, string>;
  /** How many rows of the same customer came in before each row. */
  readonly earlierOfCustomer: readonly number[];
  /** Numbers of the rows of the same pack that name a row in 原投诉编号. */
  followedBy(index: number): readonly string[];
  /** Complaints that people have said are a row over again. */
  repeatedBy(index: number): readonly RepeatedBy[];
  /**
   * Another row has the same number, or continues the same case beside this one: the loss of a case is borne once, so
   * nothing is settled by either until people have said which of them it is.
   */
  sharesCase(index: number): boolean;
  /** What is odd about the row among the others: its number, the one it follows. */
  remarksOn(index: number): readonly Message[];
}

/** 重复投诉天数 where 设置 says nothing. */
export const REPEAT_DAYS = 90;
const NO_IDS: readonly string[] = [];
const NO_REPEATS: readonly RepeatedBy[] = [];
const NO_MESSAGES: readonly Message[] = [];

/** Within what a number is one of a kind: the rows of one pack, and in a group those of one workbook. */
interface Scope {
  readonly pack: Pack | undefined;
  /** 来源工作簿; undefined where numbers count over all. */
  readonly source: string | undefined;
}

/** Surveys a ledger: reads no more of its rows than that takes. */
export function survey(input: ProcessInput, sense: Pick<CellSense, "date">): Survey {
  const surveyor = new Surveyor(input, sense);
  surveyor.choosePacks();
  surveyor.number();
  surveyor.reportDuplicates();
  surveyor.followUps();
  surveyor.proposeRepeats();
  const { packs, scopes, ids, newIds, followers, remarks, sharing } = surveyor;
  const repeated = surveyor.confirmedRepeats();
  return {
    packs,
    ids,
    newIds,
    earlierOfCustomer: surveyor.earlierOfCustomer(),
    followedBy(index) {
      if (followers.size === 0) return NO_IDS;
      const id = ids[index];
      return (id === undefined ? undefined : followers.get(scopes[index]!)?.get(id)) ?? NO_IDS;
    },
    repeatedBy: (index) => repeated.get(index) ?? NO_REPEATS,
    sharesCase: (index) => sharing.size > 0 && sharing.has(index),
    remarksOn: (index) => (remarks.size === 0 ? undefined : remarks.get(index)) ?? NO_MESSAGES,
  };
}

class Surveyor {
  readonly packs: (Pack | undefined)[] = [];
  readonly scopes: Scope[] = [];
  readonly ids: (string | undefined)[];
  readonly newIds = new Map<number, string>();
  /** By scope and the number that is followed. */
  readonly followers = new Map<Scope, Map<string, string[]>>();
  readonly remarks = new Map<number, Message[]>();
  /** Rows whose number, or whose case, another row has as well. */
  readonly sharing = new Set<number>();
  private readonly rows: readonly RawRow[];
  /** Indexes of the rows whose 投诉编号 is blank. */
  private readonly blank: number[] = [];
  private readonly say: StandingRemarks;
  /** Complaints on sheets that are known and not judged. */
  private earlier: readonly EarlierComplaint[] = [];
  private earlierScopes: readonly Scope[] = [];

  constructor(
    private readonly input: ProcessInput,
    private readonly sense: Pick<CellSense, "date">,
  ) {
    this.rows = input.rows;
    this.say = new StandingRemarks(input);
    this.ids = this.rows.map(({ cells }, index) => {
      const id = readValue("text", cells.id);
      if (id === undefined) this.blank.push(index);
      return id instanceof Problem ? undefined : id;
    });
  }

  choosePacks(): void {
    const { packs, settings } = this.input;
    const byName = new Map<string, Pack | undefined>();
    const wanted = findPack(defaultPackName(settings.defaultPack, packs), packs);
    const scopes = new Map<Pack | undefined, Map<string | undefined, Scope>>();
    const scopeOf = (pack: Pack | undefined, source: string | undefined): Scope => {
      const ofPack = getOr(scopes, pack, () => new Map<string | undefined, Scope>());
      return getOr(ofPack, source, () => ({ pack, source }));
    };
    for (const { row, cells } of this.rows) {
      const name = textIn(cells.pack);
      if (name !== undefined && !byName.has(name)) byName.set(name, findPack(name, packs));
      const pack = name === undefined ? wanted : byName.get(name);
      this.packs.push(pack);
      this.scopes.push(scopeOf(pack, sourceOf(row, this.input)));
    }
    this.earlier = earlierComplaints(this.input, (name) => (name === undefined ? wanted : findPack(name, packs)));
    const over = this.input.numbersOverAll === true;
    this.earlierScopes = this.earlier.map(({ pack, source }) => scopeOf(pack, over ? undefined : source));
  }

  /** Gives blank 投诉编号 their numbers, following the highest one of the same pack and period. Never renumbers. */
  number(): void {
    const byScope = new Map<Scope, { readonly index: number; readonly receivedAt: WallTime }[]>();
    for (const index of this.blank) {
      const scope = this.scopes[index]!;
      const receivedAt = this.receivedAt(this.rows[index]!);
      if (!scope.pack || receivedAt === undefined) continue;
      getOr(byScope, scope, (): { index: number; receivedAt: WallTime }[] => []).push({ index, receivedAt });
    }
    if (byScope.size === 0) return;
    const standing = new Map<Scope, string[]>();
    const take = (scope: Scope, id: string | undefined): void => {
      if (id !== undefined) getOr(standing, scope, (): string[] => []).push(id);
    };
    this.ids.forEach((id, i) => {
      take(this.scopes[i]!, id);
    });
    this.earlier.forEach(({ id }, i) => {
      take(this.earlierScopes[i]!, id);
    });
    for (const [scope, list] of byScope) {
      const { pattern, period } = scope.pack!.header.numbering ?? DEFAULT_NUMBERING;
      const existing = standing.get(scope) ?? [];
      nextNumbers(pattern, period, existing, list).forEach(({ text, overflow }, i) => {
        const { index } = list[i]!;
        this.ids[index] = text;
        this.newIds.set(index, text);
        if (overflow) this.remark(index, this.say.overflow(this.rows[index]!.row, text));
      });
    }
  }

  reportDuplicates(): void {
    const groups = new Map<Scope, Map<string, number | number[]>>();
    const duplicates: number[][] = [];
    this.ids.forEach((id, index) => {
      if (id === undefined) return;
      const byId = getOr(groups, this.scopes[index]!, () => new Map<string, number | number[]>());
      const known = byId.get(id);
      if (known === undefined) byId.set(id, index);
      else if (typeof known === "object") known.push(index);
      else {
        const group = [known, index];
        byId.set(id, group);
        duplicates.push(group);
      }
    });
    for (const group of duplicates) {
      for (const index of group) {
        const id = this.ids[index]!;
        const rows = group.filter((other) => other !== index).map((other) => this.rows[other]!.row);
        this.remark(index, this.say.duplicate(this.rows[index]!.row, id, rows));
        this.sharing.add(index);
      }
    }
  }

  /** Who follows whom by 原投诉编号; one that stands on no row of the same pack is pointed out. */
  followUps(): void {
    if (this.rows.every(({ cells }) => textIn(cells.followsId) === undefined)) return;
    const known = new Map<Scope, Set<string | undefined>>();
    this.ids.forEach((id, i) => getOr(known, this.scopes[i]!, () => new Set<string | undefined>()).add(id));
    this.earlier.forEach(({ id }, i) => {
      getOr(known, this.earlierScopes[i]!, () => new Set<string | undefined>()).add(id);
    });
    this.rows.forEach(({ row, cells }, index) => {
      const value = textIn(cells.followsId);
      if (value === undefined) return;
      const scope = this.scopes[index]!;
      if (!known.get(scope)!.has(value)) this.remark(index, this.say.followsNobody(row, value));
      const byId = getOr(this.followers, scope, () => new Map<string, string[]>());
      getOr(byId, value, (): string[] => []).push(this.ids[index] ?? "");
    });
    this.casesShared();
  }

  /** A case that several rows continue side by side: its loss would be borne by each of them. */
  private casesShared(): void {
    const key = (index: number, id: string | undefined): string =>
      JSON.stringify([this.packs[index]?.header.id, this.scopes[index]!.source, id ?? `#${index}`]);
    const chain = this.rows.map(({ cells }, index): ChainRow => {
      const follows = textIn(cells.followsId);
      const rejected = readValue("boolean", cells.upheld) === false;
      return { index, key: key(index, this.ids[index]), follows: follows && key(index, follows), rejected };
    });
    for (const indexes of sideBySide(chain)) {
      for (const index of indexes) {
        this.sharing.add(index);
        const others = indexes.filter((other) => other !== index).map((other) => this.rows[other]!.row);
        const value = textIn(this.rows[index]!.cells.followsId);
        this.remark(index, this.say.sideBySide(this.rows[index]!.row, value, others));
      }
    }
  }

  /** Which rows may be earlier complaints over again: a person confirms it. */
  proposeRepeats(): void {
    const { repeatDays = REPEAT_DAYS } = this.input.settings;
    if (repeatDays <= 0) return;
    const rows = this.comparableRows();
    const copies = this.copiesAmongEarlier();
    const earlier = this.earlier.map((other, i) => {
      const { cells, receivedAt, id } = other;
      return { cells, receivedAt, group: copies.has(i) ? undefined : comparable(this.earlierScopes[i]), id };
    });
    const all = earlier.length === 0 ? rows : [...rows, ...earlier];
    for (const [index, { of, agreesIn, daysBetween }] of repeatsIn(all, repeatDays)) {
      const id = this.ids[of] ?? this.nameOfEarlier(of - this.rows.length);
      if (id === undefined || index >= this.rows.length) continue;
      this.remark(index, this.say.mayRepeat(this.rows[index]!.row, { id, agreesIn, days: daysBetween }));
    }
  }

  private comparableRows(): RepeatRow[] {
    return this.rows.map((row, index) => ({
      cells: row.cells,
      receivedAt: this.receivedAt(row),
      group: comparable(this.scopes[index]),
      id: this.newIds.has(index) ? undefined : this.ids[index],
    }));
  }

  /** Which complaints came again, as people have said. */
  confirmedRepeats(): ReadonlyMap<number, readonly RepeatedBy[]> {
    return confirmedRepeats(this.comparableRows(), (index) => this.ids[index]);
  }

  /** A sheet may be a copy of the ledger: nothing comes again that stands there twice. */
  private copiesAmongEarlier(): ReadonlySet<number> {
    if (this.earlier.length === 0) return new Set();
    const key = ({ receivedAt, description, customer }: RawRow["cells"]): string =>
      JSON.stringify([receivedAt, description, customer ?? null]);
    const own = new Set(this.rows.map(({ cells }) => key(cells)));
    return new Set(this.earlier.flatMap(({ cells }, i) => (own.has(key(cells)) ? [i] : [])));
  }

  private nameOfEarlier(index: number): string | undefined {
    const found = this.earlier[index];
    return found && (found.id ?? `${found.place.sheet}!${found.place.row}`);
  }

  private receivedAt({ row, cells }: RawRow): WallTime | undefined {
    const read = readValue("datetime", cells.receivedAt);
    return read instanceof Problem ? this.sense.date("receivedAt", row) : read;
  }

  /** By time, whatever the order of the rows; of what came in at one moment none is before the other. */
  earlierOfCustomer(): number[] {
    const times = new Map<string, WallTime[]>();
    const keyOf = (customer: string, source: string | undefined): string =>
      source === undefined ? customer : JSON.stringify([source, customer]);
    this.earlier.forEach(({ cells, receivedAt }, i) => {
      const customer = textIn(cells.customer);
      if (customer !== undefined && receivedAt !== undefined)
        getOr(times, keyOf(customer, this.earlierScopes[i]!.source), (): WallTime[] => []).push(receivedAt);
    });
    const known = this.rows.map((row, index) => {
      const name = textIn(row.cells.customer);
      const receivedAt = name === undefined ? undefined : this.receivedAt(row);
      if (name === undefined || receivedAt === undefined) return undefined;
      const customer = keyOf(name, this.scopes[index]!.source);
      getOr(times, customer, (): WallTime[] => []).push(receivedAt);
      return { customer, receivedAt };
    });
    const before = new Map<string, ReadonlyMap<WallTime, number>>();
    for (const [customer, list] of times) before.set(customer, firstPlaces(list.sort((a, b) => a - b)));
    return known.map((own) => (own ? before.get(own.customer)!.get(own.receivedAt)! : 0));
  }

  private remark(index: number, message: Message): void {
    getOr(this.remarks, index, (): Message[] => []).push(message);
  }
}

/** Rows of no known pack are compared with none. */
function comparable(scope: Scope | undefined): Scope | undefined {
  return scope?.pack === undefined ? undefined : scope;
}

/** The workbook within which the numbers of a row count; undefined: over all. */
export function sourceOf(
  row: number,
  { parts, numbersOverAll }: Pick<ProcessInput, "parts" | "numbersOverAll">,
): string | undefined {
  return parts === undefined || numbersOverAll === true ? undefined : parts[sheetOfRow(row)]?.source;
}

function getOr<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** How many stand before each value of a sorted list. */
function firstPlaces<T>(sorted: readonly T[]): ReadonlyMap<T, number> {
  const places = new Map<T, number>();
  sorted.forEach((value, place) => {
    if (!places.has(value)) places.set(value, place);
  });
  return places;
}
