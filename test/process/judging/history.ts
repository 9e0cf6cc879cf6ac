import fc from "fast-check";
import type { Day } from "../../../src/domain/wall-time.js";
import type { BooksInput } from "../../../src/process/books-input.js";
import { outcomeJson } from "../../../src/process/outcome-json.js";
import type { Outcome, Penalty } from "../../../src/process/outcome.js";
import { run, type Run } from "../../../src/process/process.js";
import { inputOf } from "../process-rows.js";
import { Noticing } from "./noticing.js";
import { linesOf, type Line } from "./payer.js";
import { CREWS, DEPARTMENTS, LISTED, NAMES, OVERRIDES, PACK_IDS, ROOT_CAUSES, World, type Complaint } from "./world.js";

/** What happens in a company, one thing after the other; a choice is any number, and each act makes of it what it needs. */
type Act = (world: World, choose: (below: number) => number) => void;

const hire: Act = (world, choose) => {
  const name = NAMES[choose(NAMES.length)]!;
  world.members.push({
    no: `E${world.members.length + 1}`,
    name,
    department: DEPARTMENTS[choose(DEPARTMENTS.length)]!,
    crew: CREWS[choose(CREWS.length)]!,
    points: [1, 2, 3, 10, 0, undefined][choose(6)],
    bonus: [100_000, 123_450, 300_000][choose(3)]!,
    superior: choose(2) === 0 || world.members.length === 0 ? undefined : world.member(choose(9)).no,
    joinedOn: world.today,
    leftOn: undefined,
  });
};
const leave: Act = (world, choose) => (world.member(choose(99)).leftOn ??= world.today);
const move: Act = (world, choose) => {
  const member = world.member(choose(99));
  member.crew = CREWS[choose(CREWS.length)]!;
  member.department = DEPARTMENTS[choose(DEPARTMENTS.length)]!;
};
const rate: Act = (world, choose) => (world.member(choose(99)).points = [1, 2, 5, 0, undefined][choose(5)]);

const open: Act = (world, choose) => {
  const pack = PACK_IDS[choose(PACK_IDS.length)]!;
  const listed = LISTED[pack];
  world.complaints.push({
    id: world.nextNumber(),
    pack,
    receivedOn: world.today,
    // Of a single fen somebody's share is nothing, which the reference would still count as a share.
    loss: [10_000, 30_001, 99, 700_000, 250][choose(5)]!,
    persons: [],
    shares: [],
    crew: undefined,
    override: undefined,
    upheld: undefined,
    closedOn: undefined,
    approvedOn: undefined,
    follows: undefined,
    listed: listed.length === 0 ? undefined : listed[choose(listed.length)],
    rootCause: [undefined, ...ROOT_CAUSES][choose(ROOT_CAUSES.length + 1)],
  });
};

function on(act: (complaint: Complaint, world: World, choose: (below: number) => number) => void): Act {
  return (world, choose) => {
    const complaint = world.complaints[choose(Math.max(1, world.complaints.length))];
    if (complaint) act(complaint, world, choose);
  };
}

const STYLES = [
  "number",
  "number",
  "name",
  "name-department",
  "name-crew",
  "unknown",
  "outside",
  "department",
] as const;
const SHARES = [[], [], [], [60, 40], [100, 0], [60, 30]] as const;
const attribute = on((complaint, _, choose) => {
  complaint.persons = Array.from({ length: choose(3) }, () => ({
    member: choose(99),
    style: STYLES[choose(STYLES.length)]!,
  }));
  complaint.shares = complaint.persons.length === 2 ? SHARES[choose(SHARES.length)]! : [];
});
const toCrew = on((complaint, _, choose) => (complaint.crew = [undefined, ...CREWS, "九组"][choose(5)]));
const override = on((complaint, _, choose) => (complaint.override = [undefined, ...OVERRIDES][choose(8)]));
const approve = on((complaint, world) => (complaint.approvedOn = world.today));
const close = on((complaint, world, choose) => {
  complaint.closedOn = choose(20) === 0 ? ((world.today + 3) as Day) : world.today;
});
const reopen = on((complaint) => (complaint.closedOn = undefined));
const decide = on((complaint, _, choose) => (complaint.upheld = [true, true, false, undefined][choose(4)]));
const goOn = on((complaint, world) => {
  world.complaints.push({
    ...complaint,
    id: world.nextNumber(),
    follows: complaint.id,
    closedOn: undefined,
    receivedOn: world.today,
    approvedOn: undefined,
  });
});
const enterTwice = on((complaint, world, choose) => {
  world.complaints.push({ ...complaint, id: choose(2) === 0 ? complaint.id : world.nextNumber() });
});
const withdraw: Act = (world, choose) => {
  if (world.complaints.length > 0) world.complaints.splice(choose(world.complaints.length), 1);
};
const wait: Act = (world, choose) => {
  world.wait([1, 3, 10, 31, 90][choose(5)]!);
};

const openAttributed: Act = (world, choose) => {
  open(world, choose);
  const complaint = world.complaints.at(-1)!;
  complaint.persons = [{ member: choose(99), style: STYLES[choose(4)]! }];
  complaint.upheld = choose(2) === 0 ? true : undefined;
};

const openClosed: Act = (world, choose) => {
  openAttributed(world, choose);
  const complaint = world.complaints.at(-1)!;
  complaint.upheld = true;
  complaint.closedOn = world.today;
};

const ACTS: readonly Act[] = [
  ...[
    hire,
    hire,
    leave,
    move,
    rate,
    open,
    openAttributed,
    openAttributed,
    openClosed,
    openClosed,
    attribute,
    attribute,
    attribute,
    toCrew,
    override,
    approve,
  ],
  ...[close, close, close, reopen, decide, decide, goOn, enterTwice, withdraw, wait, wait],
];

/** Numbers that decide what happens, in groups: an act and its choices. */
export type History = readonly (readonly number[])[];

export function histories(longest: number): fc.Arbitrary<History> {
  const numbers = fc.noBias(fc.array(fc.nat(999_999), { minLength: 8, maxLength: 8 }));
  return fc.noBias(fc.array(numbers, { minLength: Math.floor(longest / 2), maxLength: longest }));
}

export interface Played {
  readonly world: World;
  readonly steps: number;
  readonly lines: number;
  /** Vouchers that notices posted. */
  readonly notices: number;
}

/** After every so many acts notices go out, or one is taken back. */
const NOTICE_EVERY = 3;

/** Somebody is hired before anything else. */
const FIRST = [0, 1, 2, 3, 4, 5, 6, 7];

/** Plays a history; after every act the ledger is judged, and `look` may look as well. */
export function play(history: History, look?: (world: World, outcome: Outcome) => void): Played {
  const world = new World();
  const noticing = new Noticing();
  let lines = 0;
  for (const [step, numbers] of [FIRST, ...history].entries()) {
    const [first = 0, ...rest] = numbers;
    let at = 0;
    const choose = (below: number): number => (rest[at++ % rest.length]! + at) % below;
    if (world.members.length === 0) hire(world, choose);
    else ACTS[first % ACTS.length]!(world, choose);
    const outcome = judged(world);
    lines += outcome.penalties.length;
    checkPayers(world, outcome);
    checkDeductions(world, outcome);
    // Twice the work again; every other act is enough to find what the order of rows does.
    if (step % 2 === 0) checkAgain(world, outcome);
    if (step % NOTICE_EVERY === 0) {
      checkBooks(world, noticing);
      if (choose(8) === 0) noticing.takeBack(choose);
      else noticing.issue(world, (books) => judgedRun(world, undefined, books), choose);
    }
    look?.(world, outcome);
  }
  return { world, steps: history.length + 1, lines, notices: noticing.posted };
}

function judged(world: World, order?: readonly number[]): Outcome {
  return judgedRun(world, order).outcome;
}

function judgedRun(world: World, order?: readonly number[], books?: BooksInput): Run {
  const rows = world.rows();
  const input = inputOf(order ? order.map((i) => rows[i]!) : rows, { people: world.people(), now: world.now });
  return run({ ...input, ...(books && { books }) });
}

/** Beside the book, too, the order of rows decides nothing of what the next notices would post. */
function checkBooks(world: World, { input }: Noticing): void {
  const last = world.complaints.length - 1;
  const turned = world.complaints.map((_, i) => last - i);
  const drafted = (order?: readonly number[]): string =>
    JSON.stringify(judgedRun(world, order, input).books.draft.months);
  if (drafted(turned) !== drafted()) throw new Error("the order of rows changes what would be posted");
}

function keyOf({ row, employeeNo, subject, reason, state }: Penalty): string {
  return [row, employeeNo ?? subject, reason, state].join(" ");
}

/** The program's lines are those of the second opinion: the same people, reasons and states, and sums to the fen. */
function checkPayers(world: World, { penalties }: Outcome): void {
  const rowOf = ({ complaint }: Line): number => world.complaints.indexOf(complaint) + 2;
  const expected = linesOf(world);
  const found = new Map(penalties.map((penalty) => [keyOf(penalty), penalty]));
  // A part of a fen may come to nothing, or to a whole one.
  for (const line of expected) {
    const key = [rowOf(line), line.who, line.reason, line.state].join(" ");
    const penalty = found.get(key);
    found.delete(key);
    if (penalty === undefined) {
      if (line.amount >= 1) throw new Error(`missing: ${key} ${line.amount}`);
    } else if (Math.abs(penalty.amount - line.amount) >= 1)
      throw new Error(`${key}: ${penalty.amount} ≠ ${line.amount}`);
  }
  const [more] = found.keys();
  if (more !== undefined) throw new Error(`nobody wrote it: ${more}`);
  checkShares(world, penalties, expected);
  for (const { row, state } of penalties) {
    const { persons, crew, override: decided, approvedOn, closedOn } = world.complaints[row - 2]!;
    const written = persons.length > 0 || [crew, decided, approvedOn].some((value) => value !== undefined);
    if (!written) throw new Error(`row ${row} is charged, and nobody wrote who bears it`);
    if (state === "确定" && closedOn === undefined) throw new Error(`row ${row} is settled and open`);
  }
}

/** Shares of one loss add up to it. */
function checkShares(world: World, penalties: readonly Penalty[], expected: readonly Line[]): void {
  for (const [i, complaint] of world.complaints.entries()) {
    const parts = penalties.filter(({ row, reason }) => row === i + 2 && reason === "客诉损失");
    const all = expected.filter((line) => line.complaint === complaint && line.reason === "客诉损失");
    if (all.length === 0) continue;
    const sum = parts.reduce((total, { amount }) => total + amount, 0);
    if (sum !== complaint.loss) throw new Error(`shares of ${complaint.id} make ${sum}, not ${complaint.loss}`);
  }
}

/** Only what is settled is deducted, from those it is settled against, and what is added is deducted or carried. */
function checkDeductions(world: World, { penalties, deductions }: Outcome): void {
  const settled = new Map<string, number>();
  // 大过 lapses with its month, and of cases that continue one another the books wait for the last.
  const lessMayBe = new Set<string>();
  for (const { row, state, employeeNo, subject, amount, ownMonthOnly } of penalties) {
    if (state !== "确定") continue;
    const who = employeeNo ?? subject;
    settled.set(who, (settled.get(who) ?? 0) + amount);
    if (ownMonthOnly || isContinued(world, row)) lessMayBe.add(who);
  }
  const seen = new Map<string, { added: number; deducted: number; carried: number }>();
  for (const { employeeNo, person, added, deducted, carriedOut } of deductions) {
    const who = employeeNo ?? person;
    const before = seen.get(who) ?? { added: 0, deducted: 0, carried: 0 };
    seen.set(who, { added: before.added + added, deducted: before.deducted + deducted, carried: carriedOut });
  }
  for (const who of settled.keys())
    if (!seen.has(who) && !lessMayBe.has(who)) throw new Error(`settled and not deducted: ${who}`);
  for (const [who, { added, deducted, carried }] of seen) {
    const sum = settled.get(who);
    if (sum === undefined) throw new Error(`deducted from ${who}, against whom nothing is settled`);
    if (added !== deducted + carried) throw new Error(`${who}: ${added} ≠ ${deducted} + ${carried}`);
    if (lessMayBe.has(who) ? added > sum : added !== sum) throw new Error(`${who}: ${sum} settled, ${added} added`);
  }
}

function isContinued(world: World, row: number): boolean {
  const { id, follows } = world.complaints[row - 2]!;
  return follows !== undefined || world.complaints.some((other) => other.follows === id);
}

/** Judging again says the same, and so does a ledger whose rows are turned round. */
function checkAgain(world: World, outcome: Outcome): void {
  if (JSON.stringify(outcomeJson(judged(world))) !== JSON.stringify(outcomeJson(outcome)))
    throw new Error("judged twice, the ledger says two things");
  const last = world.complaints.length - 1;
  const turned = judged(
    world,
    world.complaints.map((_, i) => last - i),
  );
  const charges = (penalties: readonly Penalty[], row: (at: number) => number): string =>
    penalties
      .map((penalty) => `${keyOf({ ...penalty, row: row(penalty.row) })} ${penalty.amount} ${penalty.month}`)
      .sort()
      .join("\n");
  if (charges(turned.penalties, (row) => last - (row - 2) + 2) !== charges(outcome.penalties, (row) => row))
    throw new Error("the order of rows changes who pays");
}
