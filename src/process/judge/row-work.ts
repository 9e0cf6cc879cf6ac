import type { OutputId } from "../../domain/columns.js";
import type { ComplaintOutputs } from "../../domain/complaint.js";
import { yuanNumber, type Fen } from "../../domain/money.js";
import type { Day, WallTime } from "../../domain/wall-time.js";
import { fillWith } from "../../locales/language.js";
import type { Classification } from "../../rules/classify.js";
import { evaluateConcern } from "../../rules/evaluate.js";
import { FactRow, SLOT } from "../../rules/fact-row.js";
import type { FactName, Facts, Stage } from "../../rules/facts.js";
import type { ActiveRule } from "../../rules/in-force.js";
import type { Concern, ResolvedEvent } from "../../rules/events/kinds.js";
import { fillBaseFacts } from "../base-facts.js";
import { UNJUDGED, type Closing } from "../closing.js";
import type { DuePenalty } from "../due-penalty.js";
import { factText } from "../fact-text.js";
import { pauseOf, type Clock, type WorkedLimit } from "../limits.js";
import type { FurtherMonth, MissedLimit } from "../missed-limits.js";
import type { Message, MessageLevel } from "../outcome.js";
import { packPlan, type PackPlan } from "../pack-plan.js";
import type { SampleParameters } from "../sample-parameters.js";
import { say, type SentenceKey } from "../sentences.js";
import { RowGrounds } from "./grounds.js";
import type { Ground } from "./ground.js";
import type { JudgeContext } from "./judgement.js";
import type { ReadyRow } from "../ready-row.js";

const NO_STEPS: readonly string[] = [];
const MOST_TEXTS = 4096;

/**
 * The row at hand while it is judged: its facts, what has been decided so far and why, and the steps that every concern
 * takes. One serves all rows of a run, one after the other.
 */
export class RowWork {
  readonly facts = new FactRow();
  readonly grounds = new RowGrounds();
  row!: ReadyRow;
  plan!: PackPlan;
  clock!: Clock;
  outputs: ComplaintOutputs = {};
  messages: Message[] = [];
  penalties: DuePenalty[] = [];
  nextSteps: readonly string[] = NO_STEPS;
  classification: Classification = {};
  limits: WorkedLimit[] = [];
  /** Closing limits that were missed, so that the level rose and others took their place. */
  passedLimits: WorkedLimit[] = [];
  /** All limits of levels that the case had before; the clock may still pass them. */
  levelsBefore: WorkedLimit[] = [];
  /** Parameters the row rests on that are samples. */
  samples!: SampleParameters;
  /** 结案时间 is present and counts. */
  closed = false;
  faulty = false;
  /** A question about who bears it, or how grave it is, is open: penalties are proposals. */
  unsettled = false;
  /** 改判责任部门 names a unit that neither the pack nor 人员 knows. */
  unitUnknown = false;
  /** The first limit of closing, before any rise of the level. */
  firstCloseDue: WallTime | undefined;
  closing: Closing = UNJUDGED;
  /** Closing was deferred past a missed limit, and nobody wrote when that was asked for. */
  deferralUndated = false;
  /** Closing limits that passed while the case was open, in order. */
  missedLimits: readonly MissedLimit[] = [];
  /** The day on which the limit of each stage that is late turned out to be missed: the first limit it missed. */
  readonly missedStages = new Map<Stage, Day>();
  /** Full months the case stayed open after the first of them. */
  furtherMonths: readonly FurtherMonth[] = [];
  /** What is kept for whoever looks at the workings; undefined while nobody does. */
  kept: { readonly fired: Map<Concern, readonly ActiveRule[]>; readonly factsSeen: Map<Concern, Facts> } | undefined;
  private readonly texts = new Map<string, string>();
  private readonly lists = new Map<string, readonly string[]>();

  constructor(readonly context: JudgeContext) {}

  begin(row: ReadyRow): void {
    const { context, facts } = this;
    const plan = packPlan(row.inForce);
    this.row = row;
    this.plan = plan;
    this.clock = {
      calendar: context.calendar,
      closeOfBusiness: context.closeOfBusiness ?? plan.closeOfBusiness,
      pause: context.pauseAllowed ? pauseOf(row.inputs, context.now) : undefined,
    };
    facts.clear();
    fillBaseFacts(facts, row, plan, context.ledger);
    this.grounds.clear();
    this.closed = facts.slots[SLOT.closed] === true;
    this.samples = plan.noSamples;
    this.outputs = { ...plan.blankOutputs };
    this.messages = [];
    this.penalties = [];
    this.nextSteps = NO_STEPS;
    this.limits = [];
    this.passedLimits = [];
    this.levelsBefore = [];
    this.faulty = false;
    this.unsettled = false;
    this.unitUnknown = false;
    this.deferralUndated = false;
    this.firstCloseDue = undefined;
    this.closing = UNJUDGED;
    this.missedLimits = [];
    this.furtherMonths = [];
    this.missedStages.clear();
  }

  /** The case goes on under a new number (原投诉编号): this row's proposals are void. */
  get transferred(): boolean {
    const { inForce, followedBy } = this.row;
    return inForce.pack.header.followUp !== false && followedBy.length > 0;
  }

  /** The rules of a concern that fire on the facts as they are now. */
  evaluate(concern: Concern): readonly ActiveRule[] {
    const rules = evaluateConcern(this.row.inForce, concern, this.facts, this.row.scan);
    this.kept?.fired.set(concern, rules);
    this.kept?.factsSeen.set(concern, this.facts.toFacts());
    return rules;
  }

  /** The rule that decides a scalar output: the first by priority; an equal one that differs is pointed out. */
  winner<T>(
    rules: readonly ActiveRule[],
    valueOf: (event: ResolvedEvent) => T | undefined,
    output: OutputId,
  ): { rule: ActiveRule; value: T } | undefined {
    let best: { rule: ActiveRule; value: T } | undefined;
    for (const rule of rules) {
      const value = valueOf(rule.event);
      if (value === undefined) continue;
      if (!best) best = { rule, value };
      else if (rule.priority === best.rule.priority && differs(value, best.value)) {
        this.say("error", "rule.conflict", { rules: `${best.rule.id}、${rule.id}`, output });
      }
    }
    return best;
  }

  /** Sets an output, which later concerns see as a fact; with grounds, these are all it rests on. */
  set<Id extends OutputId>(output: Id, value: NonNullable<ComplaintOutputs[Id]>, grounds?: readonly Ground[]): void {
    this.outputs[output] = value;
    this.facts.set(output, isMoney(output) ? yuanNumber(value as Fen) : value);
    if (grounds) this.grounds.set(output, grounds);
  }

  /** Sets an output because a rule says so. */
  setBy<Id extends OutputId>(
    rule: ActiveRule,
    output: Id,
    value: NonNullable<ComplaintOutputs[Id]>,
    withoutParameters = false,
  ): void {
    this.set(output, value, this.plan.ruleNotes(rule).grounds);
    if (!withoutParameters) this.restOn(rule);
  }

  /** Notes that an output rests on a rule as well. */
  groundOn(output: OutputId, rule: ActiveRule): void {
    this.grounds.add(output, this.plan.ruleNotes(rule).grounds);
    this.restOn(rule);
  }

  /** Notes that the row rests on a rule, and so on its parameters. */
  restOn(rule: ActiveRule): void {
    if (rule.parameters.length === 0) return;
    this.samples = this.samples.and(this.plan.ruleNotes(rule).samples);
  }

  /** Says what rules of the kinds `message` and `next-step` say. */
  sendMessages(rules: readonly ActiveRule[]): void {
    for (const rule of rules) {
      if (rule.event.type === "message") {
        const { level, text, column } = rule.event.params;
        this.message(level, this.plan.ruleNotes(rule).cause, this.fillIn(text), column);
        this.restOn(rule);
      } else if (rule.event.type === "next-step") {
        const text = this.fillIn(rule.event.params.text);
        if (!this.nextSteps.includes(text)) this.nextSteps = [...this.nextSteps, text];
        this.restOn(rule);
      }
    }
  }

  /** A pack's text in the run's language with `{fact}` placeholders filled in; a blank fact shows as —. */
  fillIn(text: { readonly zh: string; readonly en: string }): string {
    return fillWith(text[this.context.language], (name) => this.factText(name as FactName));
  }

  factText(name: FactName): string {
    const value = this.facts.get(name);
    return value === undefined ? "—" : factText(name, value, this.context.language);
  }

  t(key: SentenceKey, params?: Readonly<Record<string, string | number>>): string {
    return say(this.context.language, key, params);
  }

  say(level: MessageLevel, key: SentenceKey, params?: Readonly<Record<string, string | number>>): void {
    this.message(level, key, this.t(key, params));
  }

  message(level: MessageLevel, cause: string, said: string, column?: Message["column"]): void {
    const { row } = this.row;
    const text = this.shared(said);
    this.messages.push(column === undefined ? { row, level, cause, text } : { row, level, cause, text, column });
  }

  /** The same text as an earlier row's, if there was one: a few dozen different ones are said on thousands of rows. */
  shared(text: string): string {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    // Texts that name a time are hardly ever the same again; remembering all of them would cost more than it saves.
    if (this.texts.size < MOST_TEXTS) this.texts.set(text, text);
    return text;
  }

  /** A list of one text; the same list whenever it is asked for. */
  alone(text: string): readonly string[] {
    let list = this.lists.get(text);
    if (list === undefined) this.lists.set(text, (list = [text]));
    return list;
  }
}

function differs(a: unknown, b: unknown): boolean {
  return a !== b && JSON.stringify(a) !== JSON.stringify(b);
}

function isMoney(output: OutputId): boolean {
  return output === "penalty" || output === "compensation" || output === "factoryCost" || output === "customerCost";
}
