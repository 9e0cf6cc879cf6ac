import { createCalendar } from "../domain/calendar.js";
import type { InputId } from "../domain/columns.js";
import type { ComplaintInputs, Person } from "../domain/complaint.js";
import { fen, sumOf } from "../domain/money.js";
import { dayOfTime, isoMonth, parseIso } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import { rowScan } from "../rules/evaluate.js";
import { packInForce, type PackInForce } from "../rules/in-force.js";
import type { Pack } from "../rules/pack.js";
import type { RowScan } from "../rules/phrase-scan.js";
import { inputSlot } from "./base-facts.js";
import { RowCheck } from "./check-row.js";
import { UNJUDGED } from "./closing.js";
import { ColumnSense } from "./column-sense.js";
import { deductionKey, deductions } from "./deductions.js";
import { packCap, type DuePenalty, type StandingPenalty } from "./due-penalty.js";
import type { ProcessInput } from "./input.js";
import type { JudgeContext, Judgement } from "./judge/judgement.js";
import type { ReadyRow } from "./ready-row.js";
import { RowJudge } from "./judge/row-judge.js";
import type { Message, Outcome, Penalty, RowOutcome, Summary } from "./outcome.js";
import { proposedOnly, settledOnly } from "./penalty-state.js";
import { twicePunished, type PenalisedRow, type TwicePunished } from "./twice.js";
import { outputColumnsOf } from "./pack-columns.js";
import { indexPeople } from "./people-index.js";
import { columnsIn, RowReader, type ReadRow } from "./read-row.js";
import { say } from "./sentences.js";
import { settle, type Adjustment } from "./settled.js";
import { survey, type Survey } from "./survey.js";

/** A judged ledger together with a way to look into single rows. */
export interface Run {
  readonly outcome: Outcome;
  /** Judges one row again and keeps its workings; undefined for a row that could not be judged. */
  inspect(
    row: number,
  ): { readonly ready: ReadyRow; readonly judgement: Judgement; readonly context: JudgeContext } | undefined;
}

/** Judges a whole ledger. Pure: equal inputs give equal outcomes. */
export function process(input: ProcessInput): Outcome {
  return run(input).outcome;
}

/**
 * As `process`, and able to show the workings of single rows afterwards. `onRow` hears how many rows are judged, for
 * whoever waits; it changes nothing.
 */
export function run(given: ProcessInput, onRow?: (done: number) => void): Run {
  const input = withEmployeeNumbers(given);
  const { language, now, place } = input;
  const columns = input.inputs ?? columnsIn(input.rows);
  const sense = new ColumnSense(columns, input);
  const ledger = survey(input, sense);
  const reader = new RowReader(columns, place, language, sense);
  const people = indexPeople(input.people);
  const context: JudgeContext = {
    people,
    statutes: input.statutes,
    calendar: createCalendar(input.holidays),
    closeOfBusiness: input.settings.closeOfBusiness,
    pauseAllowed: input.settings.pauseAllowed === true,
    now,
    language,
    place,
    ledger: {
      inputs: columns.map(inputSlot),
      people: people.byName,
      now,
      deductionRegion: input.settings.deductionRegion,
    },
  };
  const scans = new Map<PackInForce, RowScan>();
  const versions = new Map<Pack, string>();
  /** A row that can be judged, from what was read of it. */
  const ready = (index: number, { raw, inputs, unreadable }: ReadRow): ReadyRow | undefined => {
    const pack = ledger.packs[index];
    const id = ledger.ids[index];
    if (!pack || id === undefined || !isComplete(inputs)) return undefined;
    const inForce = packInForce(pack, dayOfTime(inputs.receivedAt));
    let scan = scans.get(inForce);
    if (!scan) scans.set(inForce, (scan = rowScan(inForce)));
    return {
      row: raw.row,
      id,
      inputs,
      inForce,
      scan,
      packVersion: versionOf(pack, versions),
      earlierOfCustomer: ledger.earlierOfCustomer[index]!,
      unread: unreadColumns(unreadable, input.asked),
      followedBy: ledger.followedBy(index),
    };
  };

  const judge = new RowJudge(context);
  const check = new RowCheck(input, columns, people);
  const rows: RowOutcome[] = [];
  const penalised: PenalisedRow[] = [];
  const messages: Message[] = [];
  input.rows.forEach((raw, index) => {
    const read = reader.read(raw);
    const pack = ledger.packs[index];
    const { problems, remarks } = check.row(read, pack);
    const row = problems.length === 0 ? ready(index, read) : undefined;
    const judgement = row && judge.judge(row);
    const outputs = judgement ? judgement.outputs : faultyOutputs(pack, language, versions);
    let texts: string[] | undefined;
    for (const list of [problems, remarks, ledger.remarksOn(index), judgement?.messages]) {
      if (list === undefined) continue;
      for (const message of list) {
        messages.push(message);
        if (texts === undefined) texts = [message.text];
        else if (!texts.includes(message.text)) texts.push(message.text);
      }
    }
    if (texts) outputs.messages = texts;
    if (row && judgement && judgement.penalties.length > 0) {
      const packId = row.inForce.pack.header.id;
      penalised.push({ index, raw, packId, complaintId: row.id, penalties: judgement.penalties });
    }
    const outcome = {
      row: raw.row,
      id: ledger.ids[index],
      packId: pack?.header.id,
      outputs,
      closing: judgement?.closing ?? UNJUDGED,
    };
    const newId = ledger.newIds.get(index);
    rows.push(newId === undefined ? outcome : { ...outcome, newId });
    onRow?.(index + 1);
  });

  messages.push(...sense.messages());
  const twice = twicePunished(penalised);
  const spoilt = spoilTwice(twice, rows, messages, {
    language,
    blank: (index) => faultyOutputs(ledger.packs[index], language, versions),
  });
  const due = penalised.flatMap(({ index, penalties }) => (spoilt.has(index) ? [] : penalties));
  const open = due.filter(({ penalty }) => penalty.state !== "确定");
  const { due: settled, adjustments } = settlePenalties(
    due.filter(({ penalty }) => penalty.state === "确定"),
    ledger,
    input,
  );
  reportAdjustments(adjustments, rows, messages);
  const taken = deductions(settled, {
    people: byPersonKey(input.people),
    minimumWage: input.settings.minimumWage,
    region: input.settings.deductionRegion,
    statutes: input.statutes,
    untilMonth: isoMonth(now),
    language,
    ...(input.settled === undefined
      ? {}
      : {
          ...(input.settled.lockedUntil === undefined
            ? {}
            : { locked: { until: input.settled.lockedUntil, rows: input.settled.deductions } }),
          lastNoticed: lastNoticed(input.settled.noticed),
        }),
  });
  const penalties = inRowOrder(
    [...settled, ...open].map(({ penalty }) => penalty),
    rows,
  );
  const used = new Set<Pack>();
  for (const pack of ledger.packs) if (pack) used.add(pack);
  const outcome: Outcome = {
    rows,
    penalties,
    deductions: taken,
    messages,
    outputColumns: outputColumnsOf(used),
    summary: summarise(rows, penalties, taken),
  };
  let indexes: Map<number, number> | undefined;
  return {
    outcome,
    inspect(rowNumber) {
      indexes ??= new Map(input.rows.map(({ row }, index) => [row, index]));
      const index = indexes.get(rowNumber);
      if (index === undefined) return undefined;
      const read = reader.read(input.rows[index]!);
      if (check.row(read, ledger.packs[index]).problems.length > 0) return undefined;
      const row = ready(index, read);
      return row && { ready: row, judgement: judge.inspect(row), context };
    },
  };
}

const NOTHING_UNREAD: ReadonlySet<InputId> = new Set();

function unreadColumns(
  unreadable: ReadRow["unreadable"],
  asked: ProcessInput["asked"] = NOTHING_UNREAD,
): ReadonlySet<InputId> {
  return unreadable.length === 0 ? asked : new Set([...asked, ...unreadable.map(({ column }) => column)]);
}

/** Rows by which somebody would be punished twice for one act are 数据有误, and nobody is charged by them. */
function spoilTwice(
  twice: readonly TwicePunished[],
  rows: RowOutcome[],
  messages: Message[],
  { language, blank }: { readonly language: Language; readonly blank: (index: number) => RowOutcome["outputs"] },
): ReadonlySet<number> {
  const spoilt = new Set<number>();
  for (const { rows: indexes, subject, reason } of twice) {
    for (const index of indexes) {
      const { row, outputs } = rows[index]!;
      const others = indexes.filter((other) => other !== index).map((other) => rows[other]!.row);
      const text = say(language, "penalty.twice-rows", { rows: others.join("、"), subject, reason });
      messages.push({ row, level: "error", cause: "penalty.twice-rows", text });
      rows[index] = { ...rows[index]!, outputs: { ...blank(index), messages: [...(outputs.messages ?? []), text] } };
      spoilt.add(index);
    }
  }
  return spoilt;
}

/** Penalties in the order of the ledger's rows; those of rows that are gone come last. */
function inRowOrder(penalties: readonly Penalty[], rows: readonly RowOutcome[]): readonly Penalty[] {
  const order = new Map(rows.map(({ row }, index) => [row, index]));
  const at = ({ row }: Penalty): number => order.get(row) ?? rows.length;
  return [...penalties].sort((a, b) => at(a) - at(b));
}

/** What stands from before 人员 had 工号 belongs to the one person of that name who has one now. */
function withEmployeeNumbers(input: ProcessInput): ProcessInput {
  const { settled, people } = input;
  if (settled === undefined) return input;
  const byName = new Map<string, Person | undefined>();
  for (const person of people) byName.set(person.name, byName.has(person.name) ? undefined : person);
  const number = (name: string): string | undefined => byName.get(name)?.employeeNo;
  const penalty = <Item extends StandingPenalty>(item: Item): Item =>
    item.subjectType === "个人" ? { ...item, employeeNo: item.employeeNo ?? number(item.subject) } : item;
  return {
    ...input,
    settled: {
      ...settled,
      noticed: settled.noticed.map(penalty),
      penalties: settled.penalties.map(penalty),
      deductions: settled.deductions.map((row) => ({ ...row, employeeNo: row.employeeNo ?? number(row.person) })),
    },
  };
}

/** 人员 by 工号 and by name, as penalties name them. */
function byPersonKey(people: readonly Person[]): ReadonlyMap<string, Person> {
  const found = new Map<string, Person>();
  for (const person of people) {
    if (!found.has(person.name)) found.set(person.name, person);
    if (person.employeeNo !== undefined) found.set(person.employeeNo, person);
  }
  return found;
}

function isComplete(inputs: ComplaintInputs): inputs is ReadyRow["inputs"] {
  return inputs.receivedAt !== undefined && inputs.description !== undefined;
}

// ------------------------------------------------------------ notices that went out, locked months

/** Puts what is fixed in the place of what the rules give now, and the differences into the first open month. */
function settlePenalties(
  due: readonly DuePenalty[],
  ledger: Survey,
  { rows, settled, packs, language }: ProcessInput,
): ReturnType<typeof settle> {
  if (settled === undefined) return { due, adjustments: [] };
  const places = new Map<string, { index: number; row: number }>();
  rows.forEach(({ row }, index) => {
    const key = `${ledger.packs[index]?.header.id ?? ""}\n${ledger.ids[index] ?? ""}`;
    if (!places.has(key)) places.set(key, { index, row });
  });
  return settle(due, settled, {
    language,
    capsOf(packId, month) {
      const pack = packs.get(packId);
      if (!pack) return [];
      const { caps } = packInForce(pack, dayOfTime(parseIso(`${month}-01`)!));
      return caps.map(({ cap, rate }) => packCap(pack.header, cap, rate));
    },
    placeOf: (packId, complaintId) => places.get(`${packId}\n${complaintId}`),
  });
}

/** Each difference is said on the complaint's row, where it still stands. */
function reportAdjustments(adjustments: readonly Adjustment[], rows: RowOutcome[], messages: Message[]): void {
  for (const { penalty, text } of adjustments) {
    messages.push({
      ...(penalty.row === 0 ? {} : { row: penalty.row }),
      level: "warning",
      cause: "settled.adjusted",
      text,
    });
    const index = rows.findIndex(({ row }) => row === penalty.row);
    const found = rows[index];
    if (found)
      rows[index] = { ...found, outputs: { ...found.outputs, messages: [...(found.outputs.messages ?? []), text] } };
  }
}

/** By person, the last month of a notice. */
function lastNoticed(noticed: readonly { subjectType: string; subject: string; month: string }[]): Map<string, string> {
  const months = new Map<string, string>();
  for (const { subjectType, subject, month } of noticed)
    if (subjectType === "个人" && month > (months.get(subject) ?? "")) months.set(subject, month);
  return months;
}

// ------------------------------------------------------------ outcome

function versionOf(pack: Pack, versions: Map<Pack, string>): string {
  let version = versions.get(pack);
  if (version === undefined) versions.set(pack, (version = packVersion(pack)));
  return version;
}

/** 规则版本: id, version, and the beginning of the hash over the pack's rule files. */
export function packVersion({ header, hash }: Pack): string {
  return `${header.id} ${header.version} ${hash.slice(0, 8)}`;
}

function faultyOutputs(pack: Pack | undefined, language: Language, versions: Map<Pack, string>): RowOutcome["outputs"] {
  return {
    status: "数据有误",
    nextStep: say(language, "next.fix-data"),
    ...(pack ? { packVersion: versionOf(pack, versions) } : {}),
  };
}

const NOTHING = fen(0);

function summarise(rows: readonly RowOutcome[], penalties: readonly Penalty[], taken: Outcome["deductions"]): Summary {
  const byStatus: Record<string, number> = {};
  const byPack: Record<string, number> = {};
  for (const { outputs, packId } of rows) {
    const status = outputs.status!;
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    if (packId !== undefined) byPack[packId] = (byPack[packId] ?? 0) + 1;
  }
  const proposed = proposedOnly(penalties);
  const settled = settledOnly(penalties);
  // What is still owed is what the last month of each person carries out.
  const carried = new Map(taken.map((deduction) => [deductionKey(deduction), deduction.carriedOut]));
  return {
    rows: rows.length,
    faultyRows: byStatus["数据有误"] ?? 0,
    byStatus,
    byPack,
    penalties: sumOf([...proposed, ...settled].map(({ amount }) => amount)),
    proposedPenalties: sumOf(proposed.map(({ amount }) => amount)),
    settledPenalties: sumOf(settled.map(({ amount }) => amount)),
    deducted: sumOf(taken.map((deduction) => deduction.deducted)),
    carriedOut: sumOf(carried.values()),
    compensation: sumOf(rows.map(({ outputs }) => outputs.compensation ?? NOTHING)),
  };
}
