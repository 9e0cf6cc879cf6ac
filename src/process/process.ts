import { createCalendar } from "../domain/calendar.js";
import type { InputId } from "../domain/columns.js";
import type { ComplaintInputs, RawRow } from "../domain/complaint.js";
import { sumOf } from "../domain/money.js";
import { DEFAULT_NUMBERING, nextNumbers } from "../domain/numbering.js";
import { dayOfTime, isoMonth, parseIso, type WallTime } from "../domain/wall-time.js";
import { rowScan } from "../rules/evaluate.js";
import { packInForce, type PackInForce } from "../rules/in-force.js";
import type { Pack } from "../rules/pack.js";
import type { RowScan } from "../rules/phrase-scan.js";
import { defaultPackName, findPack } from "./choose-pack.js";
import { deductions, packCap, type DuePenalty } from "./deductions.js";
import type { ProcessInput } from "./input.js";
import { RowJudge, shortTime, type JudgeContext, type Judgement, type ReadyRow } from "./judge-row.js";
import { STAGE_COLUMNS } from "./limits.js";
import type { Message, Outcome, RowOutcome, Summary } from "./outcome.js";
import { inputsOf, outputColumnsOf } from "./pack-columns.js";
import { indexPeople } from "./people-index.js";
import { cellPlace, missingMessage, readRow, type ReadRow } from "./read-row.js";
import { say } from "./sentences.js";
import { settle, type Adjustment } from "./settled.js";

/** A row on its way: read, with its pack and number, and what stands against judging it. */
interface Draft extends ReadRow {
  readonly pack: Pack | undefined;
  readonly problems: Message[];
  readonly remarks: Message[];
  id: string | undefined;
  newId: string | undefined;
}

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

/** As `process`, and able to show the workings of single rows afterwards. */
export function run(input: ProcessInput): Run {
  const { language, now } = input;
  const drafts = input.rows.map((raw) => draft(raw, input));
  number(drafts, input);
  reportDuplicates(drafts, input);
  reportUnknownOriginals(drafts, input);
  const followers = followersOf(drafts);
  const earlier = earlierOfCustomer(drafts);
  const people = indexPeople(input.people);
  const context: JudgeContext = {
    people,
    statutes: input.statutes,
    calendar: createCalendar(input.holidays),
    closeOfBusiness: input.settings.closeOfBusiness,
    now,
    language,
    ledger: {
      people: people.byName,
      now,
      deductionRegion: input.settings.deductionRegion,
    },
  };
  const scans = new Map<PackInForce, RowScan>();
  const versions = new Map<Pack, string>();
  const ready = (d: Draft, index: number): ReadyRow | undefined => {
    const { pack, inputs, id } = d;
    if (!pack || id === undefined || d.problems.length > 0 || !isComplete(inputs)) return undefined;
    const inForce = packInForce(pack, dayOfTime(inputs.receivedAt));
    let scan = scans.get(inForce);
    if (!scan) scans.set(inForce, (scan = rowScan(inForce)));
    return {
      row: d.raw.row,
      id,
      inputs,
      inForce,
      scan,
      packVersion: versionOf(pack, versions),
      earlierOfCustomer: earlier[index]!,
      followedBy: followers.get(pack.header.id)?.get(id) ?? [],
    };
  };

  const judge = new RowJudge(context);
  const rows: RowOutcome[] = [];
  const due: DuePenalty[] = [];
  const messages: Message[] = [];
  const indexByRow = new Map<number, number>();
  drafts.forEach((d, index) => {
    indexByRow.set(d.raw.row, index);
    const row = ready(d, index);
    const judgement = row && judge.judge(row);
    const own = [...d.problems, ...d.remarks, ...(judgement?.messages ?? [])];
    messages.push(...own);
    if (judgement) due.push(...judgement.penalties);
    const outputs = judgement ? judgement.outputs : faultyOutputs(d, input, versions);
    const texts = [...new Set(own.map((message) => message.text))];
    if (texts.length > 0) outputs.messages = texts;
    rows.push({
      row: d.raw.row,
      id: d.id,
      packId: d.pack?.header.id,
      outputs,
      ...(d.newId === undefined ? {} : { newId: d.newId }),
    });
  });

  const { due: settled, adjustments } = settlePenalties(due, drafts, input);
  reportAdjustments(adjustments, rows, messages);
  const taken = deductions(settled, {
    people: people.byName,
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
  const used = new Set(drafts.flatMap((d) => d.pack ?? []));
  const outcome: Outcome = {
    rows,
    penalties: settled.map(({ penalty }) => penalty),
    deductions: taken,
    messages,
    outputColumns: outputColumnsOf(used),
    summary: summarise(rows, settled, taken),
  };
  return {
    outcome,
    inspect(rowNumber) {
      const index = indexByRow.get(rowNumber);
      const row = index === undefined ? undefined : ready(drafts[index]!, index);
      return row && { ready: row, judgement: judge.inspect(row), context };
    },
  };
}

function isComplete(inputs: ComplaintInputs): inputs is ReadyRow["inputs"] {
  return inputs.receivedAt !== undefined && inputs.description !== undefined;
}

// ------------------------------------------------------------ reading

const needed = new WeakMap<Pack, ReadonlySet<InputId>>();

function neededInputs(pack: Pack): ReadonlySet<InputId> {
  let found = needed.get(pack);
  if (!found) needed.set(pack, (found = inputsOf(pack)));
  return found;
}

function draft(raw: RawRow, input: ProcessInput): Draft {
  const { place, language } = input;
  const read = readRow(raw, place, language);
  const problems: Message[] = [];
  const remarks: Message[] = [];
  const pack = choosePack(read, input, problems);
  for (const { column, value, text } of read.unreadable) {
    const blocking = !pack || neededInputs(pack).has(column);
    (blocking ? problems : remarks).push({ row: raw.row, column, value, level: blocking ? "error" : "warning", text });
  }
  for (const id of ["receivedAt", "description"] as const) {
    const unreadable = read.unreadable.some(({ column }) => column === id);
    if (read.inputs[id] === undefined && !unreadable) problems.push(missingMessage(raw.row, id, place, language));
  }
  checkTimes(read, input, remarks);
  return { ...read, pack, problems, remarks, id: read.inputs.id, newId: undefined };
}

function choosePack({ raw, inputs }: ReadRow, input: ProcessInput, problems: Message[]): Pack | undefined {
  const { packs, settings, language, place } = input;
  const known = [...packs.keys()].join("、");
  if (inputs.pack !== undefined) {
    const found = findPack(inputs.pack, packs);
    if (!found) {
      const text = say(language, "pack.unknown", { ...cellPlace(raw.row, "pack", place), value: inputs.pack, known });
      problems.push({ row: raw.row, column: "pack", value: inputs.pack, level: "error", text });
    }
    return found;
  }
  const wanted = defaultPackName(settings.defaultPack, packs);
  const found = findPack(wanted, packs);
  if (!found) {
    const text = say(language, "pack.default-unknown", { value: wanted, known });
    problems.push({ row: raw.row, column: "pack", value: wanted, level: "error", text });
  }
  return found;
}

/** Times that can't be: a stage done before the complaint came in, anything done after `now`. A day alone is compared by days. */
function checkTimes({ raw, inputs }: ReadRow, { now, place, language }: ProcessInput, remarks: Message[]): void {
  const { receivedAt } = inputs;
  if (receivedAt === undefined) return;
  const warn = (id: InputId, time: WallTime, key: "time.before-received" | "time.in-future"): void => {
    const value = shortTime(time);
    remarks.push({
      row: raw.row,
      column: id,
      value,
      level: "warning",
      text: say(language, key, { ...cellPlace(raw.row, id, place), value }),
    });
  };
  if (dayOfTime(receivedAt) > dayOfTime(now)) warn("receivedAt", receivedAt, "time.in-future");
  for (const { done } of Object.values(STAGE_COLUMNS)) {
    const time = inputs[done as "closeAt"];
    if (time === undefined) continue;
    if (dayOfTime(time) < dayOfTime(receivedAt)) warn(done, time, "time.before-received");
    else if (dayOfTime(time) > dayOfTime(now)) warn(done, time, "time.in-future");
  }
}

// ------------------------------------------------------------ numbers

/** Gives blank 投诉编号 their numbers, following the highest one of the same pack and period. Never renumbers. */
function number(drafts: readonly Draft[], input: ProcessInput): void {
  const byPack = new Map<Pack, Draft[]>();
  for (const d of drafts) {
    if (!d.pack) continue;
    const list = byPack.get(d.pack);
    if (list) list.push(d);
    else byPack.set(d.pack, [d]);
  }
  for (const [pack, list] of byPack) {
    const existing = list.flatMap((d) => d.id ?? []);
    const blank = list.filter(
      (d) =>
        d.id === undefined && d.inputs.receivedAt !== undefined && !d.unreadable.some(({ column }) => column === "id"),
    );
    if (blank.length === 0) continue;
    const { pattern, period } = pack.header.numbering ?? DEFAULT_NUMBERING;
    const issued = nextNumbers(
      pattern,
      period,
      existing,
      blank.map((d) => ({ receivedAt: d.inputs.receivedAt! })),
    );
    blank.forEach((d, i) => {
      const { text, overflow } = issued[i]!;
      d.id = text;
      d.newId = text;
      if (overflow)
        d.remarks.push({
          row: d.raw.row,
          column: "id",
          level: "warning",
          text: say(input.language, "id.overflow", { id: text }),
        });
    });
  }
}

function reportDuplicates(drafts: readonly Draft[], { language }: ProcessInput): void {
  const groups = new Map<string, Draft[]>();
  for (const d of drafts) {
    if (d.id === undefined) continue;
    const key = `${d.pack?.header.id ?? ""}\n${d.id}`;
    const group = groups.get(key);
    if (group) group.push(d);
    else groups.set(key, [d]);
  }
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const d of group) {
      const others = group.filter((other) => other !== d).map((other) => other.raw.row);
      d.remarks.push({
        row: d.raw.row,
        column: "id",
        value: d.id!,
        level: "warning",
        text: say(language, "id.duplicate", { id: d.id!, rows: others.join("、") }),
      });
    }
  }
}

/** 原投诉编号 that stands on no row of the same pack. */
function reportUnknownOriginals(drafts: readonly Draft[], { language, place }: ProcessInput): void {
  const known = new Set(drafts.map((d) => `${d.pack?.header.id ?? ""}\n${d.id ?? ""}`));
  for (const d of drafts) {
    const value = d.inputs.followsId;
    if (value === undefined || known.has(`${d.pack?.header.id ?? ""}\n${value}`)) continue;
    const text = say(language, "follow.unknown", { ...cellPlace(d.raw.row, "followsId", place), value });
    d.remarks.push({ row: d.raw.row, column: "followsId", value, level: "warning", text });
  }
}

/** By pack and number, the numbers of the rows that name it in 原投诉编号. */
function followersOf(drafts: readonly Draft[]): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const packs = new Map<string, Map<string, string[]>>();
  for (const { pack, inputs, id } of drafts) {
    if (!pack || inputs.followsId === undefined) continue;
    const byId = packs.get(pack.header.id) ?? new Map<string, string[]>();
    packs.set(pack.header.id, byId);
    byId.set(inputs.followsId, [...(byId.get(inputs.followsId) ?? []), id ?? ""]);
  }
  return packs;
}

function earlierOfCustomer(drafts: readonly Draft[]): readonly number[] {
  const seen = new Map<string, number>();
  return drafts.map(({ inputs: { customer } }) => {
    if (customer === undefined) return 0;
    const before = seen.get(customer) ?? 0;
    seen.set(customer, before + 1);
    return before;
  });
}

// ------------------------------------------------------------ notices that went out, locked months

/** Puts what is fixed in the place of what the rules give now, and the differences into the first open month. */
function settlePenalties(
  due: readonly DuePenalty[],
  drafts: readonly Draft[],
  { settled, packs, language }: ProcessInput,
): ReturnType<typeof settle> {
  if (settled === undefined) return { due, adjustments: [] };
  const places = new Map<string, { index: number; row: number }>();
  drafts.forEach(({ pack, id, raw }, index) => {
    const key = `${pack?.header.id ?? ""}\n${id ?? ""}`;
    if (!places.has(key)) places.set(key, { index, row: raw.row });
  });
  return settle(due, settled, {
    language,
    capsOf(packId, month) {
      const pack = packs.get(packId);
      if (!pack) return [];
      const { caps } = packInForce(pack, dayOfTime(parseIso(`${month}-01`)!));
      return caps.map(({ cap, rate }) => packCap(packId, cap, rate));
    },
    placeOf: (packId, complaintId) => places.get(`${packId}\n${complaintId}`),
  });
}

/** Each difference is said on the complaint's row, where it still stands. */
function reportAdjustments(adjustments: readonly Adjustment[], rows: RowOutcome[], messages: Message[]): void {
  for (const { penalty, text } of adjustments) {
    messages.push({ ...(penalty.row === 0 ? {} : { row: penalty.row }), level: "warning", text });
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

function faultyOutputs(d: Draft, { language }: ProcessInput, versions: Map<Pack, string>): RowOutcome["outputs"] {
  return {
    status: "数据有误",
    nextStep: say(language, "next.fix-data"),
    ...(d.pack ? { packVersion: versionOf(d.pack, versions) } : {}),
  };
}

function summarise(rows: readonly RowOutcome[], due: readonly DuePenalty[], taken: Outcome["deductions"]): Summary {
  const byStatus: Record<string, number> = {};
  const byPack: Record<string, number> = {};
  for (const { outputs, packId } of rows) {
    const status = outputs.status!;
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    if (packId !== undefined) byPack[packId] = (byPack[packId] ?? 0) + 1;
  }
  // What is still owed is what the last month of each person carries out.
  const carried = new Map(taken.map((deduction) => [deduction.person, deduction.carriedOut]));
  return {
    rows: rows.length,
    faultyRows: byStatus["数据有误"] ?? 0,
    byStatus,
    byPack,
    penalties: sumOf(due.map(({ penalty }) => penalty.amount)),
    deducted: sumOf(taken.map((deduction) => deduction.deducted)),
    carriedOut: sumOf(carried.values()),
    compensation: sumOf(rows.flatMap(({ outputs }) => outputs.compensation ?? [])),
  };
}
