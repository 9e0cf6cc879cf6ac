import type { PipelineRow, RowStanding } from "./judged-row.js";
import { createCalendar, type WorkingCalendar } from "../domain/calendar.js";
import type { InputColumn, InputId } from "../domain/columns.js";
import type { ComplaintInputs, RawRow } from "../domain/complaint.js";
import { dayOfTime } from "../domain/wall-time.js";
import { rowScan } from "../rules/evaluate.js";
import { packInForce, type PackInForce } from "../rules/in-force.js";
import type { Pack } from "../rules/pack.js";
import type { RowScan } from "../rules/phrase-scan.js";
import { inputSlot } from "./base-facts.js";
import { isQuestion, RowCheck } from "./check-row.js";
import { UNJUDGED } from "./closing.js";
import type { DuePenalty } from "./due-penalty.js";
import type { ProcessInput } from "./input.js";
import type { JudgeContext, Judgement } from "./judge/judgement.js";
import { restsOnQuestion, RowJudge } from "./judge/row-judge.js";
import type { Message, RowOutcome } from "./outcome.js";
import { moneyInputsOf } from "./money-inputs.js";
import { indexPeople } from "./people-index.js";
import { RowReader, type CellSense, type ReadRow } from "./read-row.js";
import type { ReadyRow } from "./ready-row.js";
import { steadyUntil, type RowMemory } from "./row-memory.js";
import { say } from "./sentences.js";
import { packVersion } from "./pack-version.js";

const NOTHING_UNREAD: ReadonlySet<InputId> = new Set();
const NO_PENALTIES: readonly DuePenalty[] = [];
const NO_MESSAGES: readonly Message[] = [];

/**
 * The way of a single row: read, checked, judged. It knows the ledger's surroundings (人员, 节假日, 设置, packs) but no other
 * row; what it must know of those is handed to it (`RowStanding`). So rows can be judged anywhere, in any portions.
 */
export class RowPipeline {
  private readonly reader: RowReader;
  private readonly check: RowCheck;
  private readonly judgeOf: RowJudge;
  private readonly context: JudgeContext;
  private readonly scans = new Map<PackInForce, RowScan>();
  private readonly versions = new Map<Pack, string>();

  constructor(
    private readonly input: Omit<ProcessInput, "rows">,
    columns: readonly InputColumn[],
    sense: CellSense,
    calendar: WorkingCalendar = createCalendar(input.holidays),
  ) {
    const { language, now, place, settings } = input;
    const people = indexPeople(input.people);
    this.reader = new RowReader(columns, place, language, sense);
    this.check = new RowCheck(input, columns, people);
    this.context = {
      people,
      statutes: input.statutes,
      calendar,
      closeOfBusiness: settings.closeOfBusiness,
      pauseAllowed: settings.pauseAllowed === true,
      proposesOnly: input.proposesOnly === true,
      now,
      language,
      place,
      ledger: {
        inputs: columns.map(inputSlot),
        recorded:
          input.inputs === undefined && input.parts === undefined ? undefined : new Set(columns.map(({ id }) => id)),
        people: people.byName,
        now,
        deductionRegion: settings.deductionRegion,
      },
    };
    this.judgeOf = new RowJudge(this.context);
  }

  /** As `judge`, for a row that was judged before: if nothing it rests on has changed, it is what it was. */
  judgeAgain(raw: RawRow, standing: RowStanding, memory: RowMemory): PipelineRow {
    const { now } = this.input;
    const known = memory.find(raw, standing, now);
    if (known) return known;
    const result = this.judge(raw, standing);
    // What other cells of a column said of one of its own cells may change with them.
    if (!this.reader.sensedLast) {
      const { inputs } = result.bookRow;
      const until = steadyUntil(now, { inputs, outputs: result.outcome.outputs, ...this.judgeOf.timesOfLast() });
      memory.keep({ raw, standing, result, from: now, until });
    }
    return result;
  }

  judge(raw: RawRow, standing: RowStanding): PipelineRow {
    const read = this.reader.read(raw);
    const { pack, id, newId } = standing;
    const { problems, remarks } = this.check.row(read, pack);
    const row = problems.length === 0 ? this.ready(read, standing) : undefined;
    const judgement = row && this.judgeOf.judge(row);
    const outputs = judgement ? judgement.outputs : problems.length > 0 ? this.faulty(pack) : this.unanswered(pack);
    const messages = joined([problems, doubtMessages(raw), remarks, standing.remarks, judgement?.messages]);
    if (messages.length > 0) outputs.messages = textsOf(messages);
    const packId = pack?.header.id;
    const penalties = judgement?.penalties ?? NO_PENALTIES;
    const closing = judgement?.closing ?? UNJUDGED;
    const outcome = { row: raw.row, id, packId, outputs, closing };
    return {
      outcome: newId === undefined ? outcome : { ...outcome, newId },
      messages,
      penalties,
      bookRow: {
        packId,
        id,
        inputs: read.inputs,
        // What is faulty or asked about takes nothing back.
        judged: judgement !== undefined && !judgement.faulty && row !== undefined && !this.restsOnQuestion(row),
        penalties: penalties.map(({ penalty }) => penalty),
      },
    };
  }

  /** Judges a row again and keeps its workings; undefined for one that can't be judged. */
  inspect(
    raw: RawRow,
    standing: RowStanding,
  ): { readonly ready: ReadyRow; readonly judgement: Judgement; readonly context: JudgeContext } | undefined {
    const read = this.reader.read(raw);
    if (this.check.row(read, standing.pack).problems.length > 0) return undefined;
    const ready = this.ready(read, standing);
    return ready && { ready, judgement: this.judgeOf.inspect(ready), context: this.context };
  }

  /** The outputs of a row of which nothing can be said. */
  faulty(pack: Pack | undefined): RowOutcome["outputs"] {
    return {
      status: "数据有误",
      nextStep: say(this.input.language, "next.fix-data"),
      ...(pack ? { packVersion: this.versionOf(pack) } : {}),
    };
  }

  /** The outputs of a row of which nothing can be said before somebody has said how its 受理时间 is to be read. */
  private unanswered(pack: Pack | undefined): RowOutcome["outputs"] {
    return { ...this.faulty(pack), status: "待确认", nextStep: say(this.input.language, "next.confirm") };
  }

  private ready({ raw, inputs, unreadable }: ReadRow, standing: RowStanding): ReadyRow | undefined {
    const { pack, id, earlierOfCustomer, followedBy, repeatedBy, sharesCase } = standing;
    if (!pack || id === undefined || !isComplete(inputs)) return undefined;
    const inForce = packInForce(pack, dayOfTime(inputs.receivedAt));
    let scan = this.scans.get(inForce);
    if (!scan) this.scans.set(inForce, (scan = rowScan(inForce)));
    return {
      row: raw.row,
      id,
      inputs,
      inForce,
      scan,
      packVersion: this.versionOf(pack),
      earlierOfCustomer,
      unread: unreadColumns(unreadable, raw, this.input.asked),
      asksMoney: asksMoney(unreadable, raw, pack),
      // By number: where their rows stand says nothing.
      followedBy: followedBy.length > 1 ? [...followedBy].sort() : followedBy,
      repeatedBy,
      sharesCase,
    };
  }

  private restsOnQuestion(row: ReadyRow): boolean {
    return this.context.proposesOnly || restsOnQuestion(row);
  }

  private versionOf(pack: Pack): string {
    let version = this.versions.get(pack);
    if (version === undefined) this.versions.set(pack, (version = packVersion(pack)));
    return version;
  }
}

/** Most rows have nothing to say: no list is made for them. */
function joined(lists: readonly (readonly Message[] | undefined)[]): readonly Message[] {
  let all: readonly Message[] = NO_MESSAGES;
  for (const list of lists)
    if (list !== undefined && list.length > 0) all = all.length === 0 ? list : [...all, ...list];
  return all;
}

function textsOf(messages: readonly Message[]): string[] {
  const texts: string[] = [];
  for (const { text } of messages) if (!texts.includes(text)) texts.push(text);
  return texts;
}

function unreadColumns(
  unreadable: ReadRow["unreadable"],
  { doubts = [] }: RawRow,
  asked: ProcessInput["asked"] = NOTHING_UNREAD,
): ReadonlySet<InputId> {
  return unreadable.length === 0 && doubts.length === 0 ? asked : withColumns(asked, unreadable, doubts);
}

function withColumns(
  asked: ReadonlySet<InputId>,
  unreadable: ReadRow["unreadable"],
  doubts: NonNullable<RawRow["doubts"]>,
): ReadonlySet<InputId> {
  return new Set([...asked, ...unreadable.map(({ column }) => column), ...doubts.map(({ column }) => column)]);
}

/** Whether a question about one of the row's own cells is open on which money of its pack rests. */
function asksMoney(unreadable: ReadRow["unreadable"], { doubts = [] }: RawRow, pack: Pack): boolean {
  return unreadable.length > 0 || doubts.length > 0
    ? moneyIsAmong(
        pack,
        unreadable.filter(isQuestion),
        doubts.filter(({ moneyOnly }) => !moneyOnly),
      )
    : false;
}

function moneyIsAmong(pack: Pack, ...cells: readonly (readonly { readonly column: InputId }[])[]): boolean {
  const money = moneyInputsOf(pack);
  return cells.some((some) => some.some(({ column }) => money.has(column)));
}

/** What of a row has to be answered first. */
function doubtMessages({ row, doubts }: RawRow): readonly Message[] {
  if (doubts === undefined) return NO_MESSAGES;
  return doubts.flatMap(({ column, text }): Message[] =>
    text === undefined ? [] : [{ row, column, level: "warning", cause: `ask.${column}`, text }],
  );
}

function isComplete(inputs: ComplaintInputs): inputs is ReadyRow["inputs"] {
  return inputs.receivedAt !== undefined && inputs.description !== undefined;
}
