import { matchText } from "../domain/match-key.js";
import { isBlankWord } from "../domain/listed-values.js";
import type { InputId } from "../domain/columns.js";
import type { RawCell, RawRow } from "../domain/complaint.js";
import { dayOfTime, type WallTime } from "../domain/wall-time.js";
import { readValue } from "../domain/cell-reading.js";
import { textIn } from "./cell-texts.js";

/**
 * Which complaints may be earlier ones over again: the same customer, phone, order, product and matter within a span. It is
 * only proposed; a person confirms it in 重复投诉, and the clauses on repeated complaints look at that column alone. What is
 * proposed depends on what the rows say, never on their order.
 */

/** What two complaints may agree in, in the order in which it is said. */
const AGREEMENTS = ["customer", "phone", "orderNo", "product", "description"] as const satisfies readonly InputId[];
type Agreement = (typeof AGREEMENTS)[number];

/** A complaint that may be an earlier one over again. */
export interface Repeat {
  /** Index of the earlier row. */
  readonly of: number;
  readonly agreesIn: readonly Agreement[];
  readonly daysBetween: number;
}

/** A row as far as it matters here. */
export interface RepeatRow {
  readonly cells: RawRow["cells"];
  readonly receivedAt: WallTime | undefined;
  /** Rows of one group only are compared: those of one pack. */
  readonly group: object | undefined;
  /** By which rows received at one time are told apart, whatever their order. */
  readonly id: string | undefined;
}

/** How many earlier rows of one customer, phone or order are looked at: the nearest in time. */
const LOOKED_AT = 12;
/** From here on two texts speak of one matter: of the pairs of characters of the shorter one, so many stand in the other. */
const ALIKE = 0.6;
/** A text shorter than this says too little to be half alike; it has to be the same. */
const SHORT = 6;
const FEWEST_DIGITS = 7;
/** 匿名 and the like are many customers. */
const NOBODY =
  /^(?:匿名|匿名客户|不愿透露|未留名|某(?:客户|先生|女士)|客户|顾客|业主|用户|散客|anonymous|customer|walk-?in)$/u;
/** A surname with a title names no one person. */
const TITLE = /^\p{Script=Han}{1,2}(?:先生|女士|小姐|太太|师傅|老师|经理|总|某|某某)$/u;

/** A complaint that people have said is an earlier one over again. */
export interface RepeatedBy {
  readonly id: string;
  readonly receivedAt: WallTime;
}

/** How far back what a confirmed repeat repeats is looked for. */
const CONFIRMED_DAYS = 366;

/** By the earlier row, the rows in which people have confirmed (重复投诉 = 是) that they are it over again, by time. */
export function confirmedRepeats(
  rows: readonly RepeatRow[],
  idOf: (index: number) => string | undefined,
): ReadonlyMap<number, readonly RepeatedBy[]> {
  const found = new Map<number, RepeatedBy[]>();
  // Nothing but an 8D begins anew with a repeat.
  const has8D = rows.some(({ cells }) => (cells.eightDAt ?? "") !== "");
  if (!has8D || !rows.some(isConfirmed)) return found;
  for (const [index, { of }] of repeatsIn(rows, CONFIRMED_DAYS, isConfirmed)) {
    const { receivedAt } = rows[index]!;
    const id = idOf(index);
    if (id !== undefined && receivedAt !== undefined) found.set(of, [...(found.get(of) ?? []), { id, receivedAt }]);
  }
  for (const list of found.values()) list.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  return found;
}

function isConfirmed({ cells }: RepeatRow): boolean {
  return readValue("boolean", cells.repeated) === true;
}

/** For each row the nearest earlier complaint that it may repeat; `days` 0: none is looked for. */
export function repeatsIn(
  rows: readonly RepeatRow[],
  days: number,
  isAsked: (row: RepeatRow) => boolean = ({ cells }) => !isAnswered(cells),
): ReadonlyMap<number, Repeat> {
  const found = new Map<number, Repeat>();
  if (days <= 0) return found;
  const read = new TraitReader();
  const known = rows.map((row) => read.traits(row));
  const groups = new Map<object, Buckets>();
  for (const index of inTimeOrder(known, read.times)) {
    const own = known[index]!;
    const buckets = bucketsOf(groups, own.row.group!);
    const lists = read.lists(own, buckets);
    if (lists.length === 0) continue;
    const repeat = isAsked(own.row) ? nearest(own, lists, days) : undefined;
    if (repeat) found.set(index, repeat);
    for (const list of lists) list.push({ index, traits: own });
  }
  return found;
}

/** Somebody has said already whether it is one, or which complaint it follows. */
function isAnswered({ repeated, followsId }: RawRow["cells"]): boolean {
  return (repeated ?? "") !== "" || (followsId ?? "") !== "";
}

interface Traits {
  readonly row: RepeatRow;
  readonly values: {
    readonly customer: string;
    readonly phone: string;
    readonly orderNo: string;
    readonly product: string;
  };
  /** Read only where two rows are compared: texts are long. */
  description?: string;
  pairs?: ReadonlySet<string>;
}

/** Who complained: what of it two rows may have in common. */
type Key = "customer" | "phone" | "orderNo";
const KEYS = ["phone", "orderNo", "customer"] as const satisfies readonly Key[];
type Entry = { readonly index: number; readonly traits: Traits };
type Buckets = Readonly<Record<Key, Map<string, Entry[]>>>;

function bucketsOf(groups: Map<object, Buckets>, group: object): Buckets {
  let buckets = groups.get(group);
  if (!buckets) groups.set(group, (buckets = { customer: new Map(), phone: new Map(), orderNo: new Map() }));
  return buckets;
}

/** Reads the short cells of rows, the same text once, and counts how often each key comes. */
class TraitReader {
  /** How many rows have a key: one that comes once tells nothing. */
  readonly times: Readonly<Record<Key, Map<string, number>>> = {
    customer: new Map(),
    phone: new Map(),
    orderNo: new Map(),
  };
  private readonly plain = new Map<string, string>();

  traits(row: RepeatRow): Traits {
    const { customer, phone, orderNo, product } = row.cells;
    const values = {
      customer: this.repeated(customer),
      phone: phone === undefined ? "" : digitsOf(phone),
      orderNo: orderNo === undefined ? "" : codeOf(orderNo),
      product: this.repeated(product),
    };
    for (const key of KEYS) {
      const value = values[key];
      if (value !== "") this.times[key].set(value, (this.times[key].get(value) ?? 0) + 1);
    }
    return { row, values };
  }

  /** The lists of rows with a key of this one, of those keys that come more than once. */
  lists({ values }: Traits, buckets: Buckets): Entry[][] {
    return KEYS.flatMap((key) => {
      const value = values[key];
      if (value === "" || this.times[key].get(value) === 1 || (key === "customer" && NOBODY.test(value))) return [];
      let list = buckets[key].get(value);
      if (!list) buckets[key].set(value, (list = []));
      return [list];
    });
  }

  /** Names of customers and products come again and again. */
  private repeated(cell: RawCell | undefined): string {
    if (typeof cell !== "string") return cell === undefined ? "" : plainOf(cell);
    let value = this.plain.get(cell);
    if (value === undefined) this.plain.set(cell, (value = plainOf(cell)));
    return value;
  }
}

const PLAIN_CODE = /^[0-9A-Z]{3,}$/;

function codeOf(cell: RawCell): string {
  return typeof cell === "string" && PLAIN_CODE.test(cell) ? cell.toLowerCase() : plainOf(cell);
}

/** A text without case, width, spaces and marks; blank where it says nothing. */
function plainOf(cell: RawCell): string {
  const text = textIn(cell);
  if (text === undefined || isBlankWord(text)) return "";
  return matchText(text).replace(/[\s\p{P}]+/gu, "");
}

function digitsOf(cell: RawCell): string {
  const text = typeof cell === "string" ? cell : textIn(cell);
  // 138****1003 may be anybody's.
  if (text === undefined || text.includes("*")) return "";
  const digits = PLAIN_PHONE.test(text) ? text : text.normalize("NFKC").replace(/\D/g, "");
  return digits.length < FEWEST_DIGITS ? "" : digits.replace(/^(?:0086|86)(?=1\d{10}$)/, "");
}

const PLAIN_PHONE = /^\d+$/;

/** By time; what came in at one moment by number and words, so that the order of the rows says nothing. */
function inTimeOrder(known: readonly Traits[], times: TraitReader["times"]): number[] {
  const order: number[] = [];
  known.forEach(({ row, values }, index) => {
    if (row.receivedAt === undefined || row.group === undefined) return;
    if (KEYS.some((key) => (times[key].get(values[key]) ?? 0) > 1)) order.push(index);
  });
  const tie = (index: number): string => {
    const { row, values } = known[index]!;
    return JSON.stringify([row.id, values, descriptionOf(known[index]!)]);
  };
  const at = (index: number): number => known[index]!.row.receivedAt!;
  // Most ledgers are kept in the order in which complaints came in.
  if (order.every((index, i) => i === 0 || at(order[i - 1]!) < at(index))) return order;
  return order.sort((a, b) => at(a) - at(b) || (tie(a) < tie(b) ? -1 : 1));
}

/** The nearest earlier row in any of the lists that agrees. */
function nearest(own: Traits, lists: readonly (readonly Entry[])[], days: number): Repeat | undefined {
  const day = dayOfTime(own.row.receivedAt!);
  let best: { readonly of: number; readonly at: WallTime; readonly agreesIn: readonly Agreement[] } | undefined;
  for (const list of lists) {
    for (let i = list.length - 1, left = LOOKED_AT; i >= 0 && left > 0; i--, left--) {
      const { index, traits } = list[i]!;
      const at = traits.row.receivedAt!;
      if (day - dayOfTime(at) > days || (best && at <= best.at)) break;
      const agreesIn = agreement(own, traits);
      if (!agreesIn) continue;
      best = { of: index, at, agreesIn };
      break;
    }
  }
  return best && { of: best.of, agreesIn: best.agreesIn, daysBetween: day - dayOfTime(best.at) };
}

/** What two complaints agree in, if they may be one matter of one customer; undefined otherwise. */
function agreement(a: Traits, b: Traits): readonly Agreement[] | undefined {
  const [one, other] = [a.values, b.values];
  // Another order and another product are another matter; another number is another person of the same name.
  if (differ(one.orderNo, other.orderNo) || differ(one.product, other.product)) return undefined;
  const same = (id: keyof Traits["values"]): boolean => one[id] !== "" && one[id] === other[id];
  if (differ(one.phone, other.phone) && !same("orderNo")) return undefined;
  if (!same("phone") && !same("orderNo") && TITLE.test(a.values.customer)) return undefined;
  if (!isOneMatter(a, b)) return undefined;
  return AGREEMENTS.filter((id) => id === "description" || same(id));
}

/** Both are known, and they are not one. */
function differ(a: string, b: string): boolean {
  return a !== b && a !== "" && b !== "";
}

function descriptionOf(traits: Traits): string {
  return (traits.description ??= plainOf(traits.row.cells.description ?? ""));
}

function isOneMatter(a: Traits, b: Traits): boolean {
  const [one, other] = [descriptionOf(a), descriptionOf(b)];
  if (one === "" || other === "") return false;
  if (one === other) return true;
  if (one.length < SHORT || other.length < SHORT) return false;
  const [few, many] = one.length <= other.length ? [pairsOf(a), pairsOf(b)] : [pairsOf(b), pairsOf(a)];
  const wanted = Math.ceil(few.size * ALIKE);
  let found = 0;
  let left = few.size;
  for (const pair of few) {
    if (many.has(pair)) found++;
    left--;
    if (found >= wanted) return true;
    if (found + left < wanted) return false;
  }
  return false;
}

const LONGEST = 200;

function pairsOf(traits: Traits): ReadonlySet<string> {
  if (traits.pairs) return traits.pairs;
  const text = descriptionOf(traits).slice(0, LONGEST);
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) pairs.add(text.slice(i, i + 2));
  traits.pairs = pairs;
  return pairs;
}
