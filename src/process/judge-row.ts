import { regulationClause } from "../rules/clause.js";
import type { OutputId } from "../domain/columns.js";
import { addYears } from "../domain/clocks.js";
import type { ComplaintInputs, ComplaintOutputs } from "../domain/complaint.js";
import { fen, sumOf, yuanNumber, yuanText, type Fen } from "../domain/money.js";
import { calendarDate, dayOfTime, isoDate, isoMonth, startOfDay, type WallTime } from "../domain/wall-time.js";
import { fillWith, type Language } from "../locales/language.js";
import { classify, type Classification } from "../rules/classify.js";
import { evaluateConcern } from "../rules/evaluate.js";
import { FactRow, SLOT } from "../rules/fact-row.js";
import { STAGES, type FactName, type Facts } from "../rules/facts.js";
import type { ActiveRule, PackInForce, ParameterInForce, ResolvedEvent } from "../rules/in-force.js";
import type { ClassifiedOutput, Concern, PenaltyType } from "../rules/pack-schema.js";
import type { RowScan } from "../rules/phrase-scan.js";
import type { Statutes } from "../rules/statutes.js";
import { priceBearers, returnLimit, singleAmount, splitCost, tierOf } from "./amounts.js";
import { fillBaseFacts, type LedgerFacts } from "./base-facts.js";
import { findBearers } from "./bearers.js";
import type { DuePenalty } from "./deductions.js";
import { factText, shortTime } from "./fact-text.js";
import type { ProcessInput } from "./input.js";
import { STAGE_COLUMNS, timeIn, workOutLimit, type Clock, type WorkedLimit } from "./limits.js";
import type { Message, MessageLevel, Penalty } from "./outcome.js";
import { packPlan, type PackPlan } from "./pack-plan.js";
import type { PeopleIndex } from "./people-index.js";
import { cellPlace } from "./read-row.js";
import { say, type SentenceKey } from "./sentences.js";
import { isLate, isOverdueStatus, isPast, statusOf, type Status } from "./status.js";

/** A readable row, ready to be judged. */
export interface ReadyRow {
  readonly row: number;
  readonly id: string;
  readonly inputs: ComplaintInputs & { readonly receivedAt: WallTime; readonly description: string };
  readonly inForce: PackInForce;
  /** The run's scan of this pack in force. */
  readonly scan: RowScan;
  readonly packVersion: string;
  /** Rows of the same customer before this one. */
  readonly earlierOfCustomer: number;
  /** Numbers of the rows that name this one in 原投诉编号. */
  readonly followedBy: readonly string[];
}

/** What all rows of a run share. */
export interface JudgeContext {
  readonly ledger: LedgerFacts;
  readonly people: PeopleIndex;
  readonly statutes: Statutes;
  readonly calendar: Clock["calendar"];
  /** 下班时间 of the settings, seconds of the day; the packs' own if undefined. */
  readonly closeOfBusiness: number | undefined;
  readonly now: WallTime;
  readonly language: Language;
  /** Where the ledger's columns stand, for messages about a cell. */
  readonly place: ProcessInput["place"];
}

/** How a row came to its outputs, for `explain` and the case pane. */
export interface Workings {
  readonly facts: Facts;
  readonly classification: Classification;
  /** Rules that fired, by concern, in the order they count. */
  readonly fired: ReadonlyMap<Concern, readonly ActiveRule[]>;
  /** Facts as each concern saw them. */
  readonly factsSeen: ReadonlyMap<Concern, Facts>;
  /** The rules (or 改判, or labels) each output rests on. */
  readonly grounds: ReadonlyMap<OutputId, readonly Ground[]>;
  readonly limits: readonly WorkedLimit[];
  readonly clock: Clock;
}

/** What an output rests on. */
export type Ground =
  | { readonly kind: "rule"; readonly rule: ActiveRule }
  | { readonly kind: "label"; readonly output: ClassifiedOutput }
  | { readonly kind: "human" }
  | { readonly kind: "people" };

/** What the rules say of a row. */
export interface JudgedRow {
  readonly outputs: ComplaintOutputs;
  readonly penalties: readonly DuePenalty[];
  readonly messages: readonly Message[];
  readonly faulty: boolean;
}

/** The same with its workings. */
export interface Judgement extends JudgedRow {
  readonly workings: Workings;
}

const UNCLASSIFIED = "待分类";
/** Labels are found in this order; a later group may depend on an earlier one (`within`). */
const LABEL_ORDER: readonly ClassifiedOutput[] = ["category", "nature", "level", "subcategory"];

type EventOf<Type extends ResolvedEvent["type"]> = Extract<ResolvedEvent, { type: Type }>["params"];

/**
 * Judges rows by the rules in force at their 受理时间: classification, responsibility, limits, penalties, compensation,
 * approvals, forms, status. Each concern sees the outputs of those before it as facts.
 *
 * One judge serves all rows of a run, one after the other, and keeps nothing of a row but what it hands out: what it
 * works with (the facts above all) is used again for the next row.
 */
export class RowJudge {
  private readonly facts = new FactRow();
  private readonly sampleParameters = new Map<string, ParameterInForce>();
  private row!: ReadyRow;
  private plan!: PackPlan;
  private clock!: Clock;
  private outputs: ComplaintOutputs = {};
  private messages: Message[] = [];
  private penalties: DuePenalty[] = [];
  private nextSteps: string[] = [];
  private grounds = new Map<OutputId, Ground[]>();
  private classification: Classification = {};
  private limits: WorkedLimit[] = [];
  /** 结案时间 is present and counts. */
  private closed = false;
  private faulty = false;
  /** What is kept for whoever looks at the workings; undefined while nobody does. */
  private kept:
    { readonly fired: Map<Concern, readonly ActiveRule[]>; readonly factsSeen: Map<Concern, Facts> } | undefined;

  constructor(private readonly context: JudgeContext) {}

  judge(row: ReadyRow): JudgedRow {
    this.kept = undefined;
    this.grounds.clear();
    return this.run(row);
  }

  /** As `judge`, and keeps the workings. */
  inspect(row: ReadyRow): Judgement {
    const kept = { fired: new Map<Concern, readonly ActiveRule[]>(), factsSeen: new Map<Concern, Facts>() };
    this.kept = kept;
    this.grounds = new Map();
    const judged = this.run(row);
    const { classification, grounds, limits, clock } = this;
    this.grounds = new Map();
    return { ...judged, workings: { facts: this.facts.toFacts(), classification, ...kept, grounds, limits, clock } };
  }

  private run(row: ReadyRow): JudgedRow {
    this.begin(row);
    this.classify();
    if (!this.faulty) {
      this.assign();
      this.workOutLimits();
      this.penalise();
      this.compensate();
      this.approve();
      this.listForms();
    }
    this.conclude();
    const { outputs, messages, faulty } = this;
    return { outputs, penalties: faulty ? [] : this.penalties, messages, faulty };
  }

  private begin(row: ReadyRow): void {
    const { context, facts } = this;
    const plan = packPlan(row.inForce);
    this.row = row;
    this.plan = plan;
    this.clock = {
      calendar: context.calendar,
      closeOfBusiness: context.closeOfBusiness ?? plan.closeOfBusiness,
    };
    facts.clear();
    fillBaseFacts(facts, row, plan, context.ledger);
    this.closed = facts.slots[SLOT.closed] === true;
    this.sampleParameters.clear();
    this.outputs = { ...plan.blankOutputs };
    this.messages = [];
    this.penalties = [];
    this.nextSteps = [];
    this.limits = [];
    this.faulty = false;
  }

  /** None of the pack's rules apply to a complaint received before its first day; that is said, not left to be guessed. */
  private sayNotStarted(): void {
    const { inForce, inputs, row } = this.row;
    const { header } = inForce.pack;
    const text = this.t("pack.not-started", {
      ...cellPlace(row, "receivedAt", this.context.place),
      value: shortTime(inputs.receivedAt),
      title: header.title[this.context.language],
      from: header.effectiveFrom!,
    });
    this.messages.push({ row, column: "receivedAt", value: shortTime(inputs.receivedAt), level: "warning", text });
  }

  // ------------------------------------------------------------ classification

  private classify(): void {
    const { inForce, inputs } = this.row;
    if (!inForce.started) this.sayNotStarted();
    const overrides: Partial<Record<ClassifiedOutput, string | undefined>> = {
      category: inputs.categoryOverride,
      level: inputs.levelOverride,
    };
    const given: { [Output in ClassifiedOutput]?: string } = {};
    for (const output of LABEL_ORDER) {
      const override = overrides[output];
      if (override === undefined) continue;
      given[output] = override;
      this.set(output, override, HUMAN);
      this.checkOverride(output, override);
    }
    this.classification = classify(inForce, this.facts, this.row.scan, given, this.kept !== undefined);
    for (const output of LABEL_ORDER) {
      if (given[output] !== undefined || !this.plan.labelled.has(output)) continue;
      const verdict = this.classification[output];
      if (verdict) this.set(output, verdict.value, LABEL_GROUNDS[output]);
      else if (output !== "subcategory") this.set(output, UNCLASSIFIED, LABEL_GROUNDS[output]);
    }
    const rules = this.evaluate("classification");
    for (const rule of rules) {
      if (rule.event.type !== "invalid") continue;
      const { column, text } = rule.event.params;
      this.faulty = true;
      const value = this.factText(column);
      const what = { ...cellPlace(this.row.row, column, this.context.place), value, reason: this.fillIn(text) };
      this.messages.push({
        row: this.row.row,
        level: "error",
        text: this.t("cell.invalid", what),
        column,
        value,
      });
      this.restOn(rule);
    }
    for (const output of LABEL_ORDER) {
      if (overrides[output] !== undefined) continue;
      const winner = this.winner(rules, CLASSIFIED_AS[output], output);
      if (winner) this.setBy(winner.rule, output, winner.value);
      else this.confirmLabel(output);
    }
    this.sendMessages(rules);
  }

  /** 改判 to something that is no label of the pack is kept, but pointed out. */
  private checkOverride(output: ClassifiedOutput, value: string): void {
    const { labels, rules } = this.row.inForce;
    const known = new Set(labels.filter((l) => l.label.output === output).map((l) => l.label.value));
    for (const { event } of rules.classification) {
      if (event.type === "classify" && event.params.output === output) known.add(event.params.value);
    }
    if (known.size > 0 && !known.has(value)) {
      this.say("warning", "override.unknown", {
        output: this.t(`what.${output}`),
        value,
        known: [...known].join("、"),
      });
    }
  }

  /** Asks a person where the evidence for a label that stands is thin, or there is none. */
  private confirmLabel(output: ClassifiedOutput): void {
    if (!this.plan.labelled.has(output)) return;
    const verdict = this.classification[output];
    if (verdict === undefined) {
      if (output !== "subcategory") this.say("warning", "category.unclear", { output: this.t(WHAT[output]) });
    } else if (verdict.thin && verdict.runnerUp) {
      this.say("info", "category.thin", {
        output: this.t(`what.${output}`),
        value: verdict.value,
        runnerUp: verdict.runnerUp.value,
      });
    }
  }

  // ------------------------------------------------------------ responsibility

  private assign(): void {
    const rules = this.evaluate("responsibility");
    let handlers: string[] | undefined;
    for (const rule of rules) {
      if (rule.event.type !== "assign" || rule.event.params.output !== "handler") continue;
      const { value } = rule.event.params;
      if (handlers === undefined) handlers = [value];
      else if (handlers.includes(value)) continue;
      else handlers.push(value);
      this.groundOn("handler", rule);
    }
    if (handlers) this.set("handler", handlers);

    const { departmentOverride, crew, person } = this.row.inputs;
    const winner = this.winner(rules, departmentAssigned, "department");
    if (departmentOverride !== undefined) this.set("department", departmentOverride, HUMAN);
    else if (winner) this.setBy(winner.rule, "department", winner.value);
    else {
      const { people } = this.context;
      const own =
        (crew === undefined ? undefined : people.byCrew(crew)[0]?.department) ??
        (person?.[0] && people.byName.get(person[0].name)?.department);
      if (own !== undefined) this.set("department", own, PEOPLE);
    }
    this.sendMessages(rules);
  }

  // ------------------------------------------------------------ limits

  private workOutLimits(): void {
    const { inputs } = this.row;
    const { closed } = this;
    const { slots } = this.facts;
    slots[SLOT.originalLevel] = this.outputs.level;
    let escalations = 0;
    let firstClose: WorkedLimit | undefined;
    let rules = this.judgeLimits();
    for (;;) {
      const close = this.closeLimit();
      firstClose ??= close;
      const ladder = ladderOf(rules);
      const at = closed ? inputs.closeAt! : this.context.now;
      if (!ladder || !close || inputs.deferred === true || inputs.upheld === false || at <= close.due) break;
      const step = ladder.indexOf(this.outputs.level ?? "");
      const next = ladder[step + 1];
      if (step < 0 || next === undefined) break;
      escalations += 1;
      this.say("warning", "level.escalated", { due: shortTime(close.due), from: this.outputs.level!, to: next });
      for (const rule of rules) if (rule.event.type === "escalate") this.groundOn("level", rule);
      this.set("level", next);
      rules = this.judgeLimits();
    }
    this.kept?.fired.set("deadlines", rules);
    slots[SLOT.escalations] = escalations;
    const closeDue = this.closeLimit();
    const end = closed ? inputs.closeAt! : this.context.now;
    slots[SLOT.closedOnTime] = closed && (firstClose === undefined || inputs.closeAt! <= firstClose.due);
    slots[SLOT.closeOverdue] =
      !closed &&
      inputs.deferred !== true &&
      inputs.upheld !== false &&
      closeDue !== undefined &&
      this.context.now > closeDue.due;
    if (firstClose) slots[SLOT.monthsPastClose] = wholeMonths(firstClose.due, end);
    const late: string[] = [];
    let years: Set<number> | undefined;
    for (const limit of this.limits) {
      if (this.isLate(limit)) late.push(limit.stage);
      for (const year of limit.unknownYears) (years ??= new Set()).add(year);
      const { due } = STAGE_COLUMNS[limit.stage];
      this.outputs[due as "closeDue"] = limit.due;
      slots[SLOT[due]] = limit.due;
      this.groundOn(due, limit.rule);
    }
    slots[SLOT.lateStages] = late;
    if (years) this.say("warning", "horizon", { years: [...years].sort().join("、") });

    const archive = this.winner(rules, archiveParams, "archiveUntil");
    if (archive) {
      const from = timeIn(inputs, archive.value.from);
      const counts = archive.value.from !== "closeAt" || closed;
      if (from !== undefined && counts) {
        this.outputs.archiveUntil = addYears(dayOfTime(from), archive.value.years);
        this.groundOn("archiveUntil", archive.rule);
      }
    }
    this.sendMessages(rules);
  }

  /** The deadline rules by the level as it now is. */
  private judgeLimits(): readonly ActiveRule[] {
    const rules = this.evaluate("deadlines");
    this.limits = [];
    for (const stage of this.row.inForce.pack.header.stages) {
      const winner = this.winner(rules, DEADLINE_OF[stage], STAGE_COLUMNS[stage].due);
      const limit = winner && workOutLimit(winner.rule, winner.value, this.row.inputs, this.clock);
      if (limit) this.limits.push(stage === "close" && !this.closed ? { ...limit, done: undefined } : limit);
    }
    return rules;
  }

  private closeLimit(): WorkedLimit | undefined {
    for (const limit of this.limits) if (limit.stage === "close") return limit;
    return undefined;
  }

  /** Late as far as it still matters: on a closed or rejected case an open stage is no longer waited for. */
  private isLate(limit: WorkedLimit): boolean {
    const over = this.closed || this.row.inputs.upheld === false;
    return limit.done === undefined && over && limit.stage !== "revisit" ? false : isLate(limit, this.context.now);
  }

  // ------------------------------------------------------------ penalties

  private penalise(): void {
    const rules = this.evaluate("penalties");
    if (this.row.inputs.upheld !== false) {
      for (const rule of rules) if (rule.event.type === "penalty") this.addPenalty(rule, rule.event.params);
    }
    if (this.penalties.length > 0) {
      this.set("penalty", sumOf(this.penalties.map(({ penalty }) => penalty.amount)));
    }
    if (this.penalties.some(({ penalty }) => penalty.type === "罚款")) {
      const { repealedOn, warning } = this.context.statutes.fines;
      if (isoDate(dayOfTime(this.row.inputs.receivedAt)) >= repealedOn)
        this.message("warning", warning[this.context.language]);
    }
    this.sendMessages(rules);
  }

  private addPenalty(rule: ActiveRule, params: EventOf<"penalty">): void {
    const { inputs, inForce, packVersion, id } = this.row;
    const { reason, kind, sanction } = params;
    const found = findBearers(params.subject, inputs, this.outputs.department, this.context.people, reason);
    const { priced, notes } = priceBearers(params.amount, found, inputs, this.facts, this.context.people, reason);
    for (const note of [...found.notes, ...notes]) this.say("warning", note.key, note.params);
    for (const { bearer, amount, formula } of priced) {
      if (amount === 0) continue;
      if (this.penalties.some(({ penalty }) => penalty.subject === bearer.name && penalty.reason === reason)) {
        this.say("error", "penalty.twice", { subject: bearer.name, reason });
        continue;
      }
      const penalty: Penalty = {
        row: this.row.row,
        complaintId: id,
        packId: inForce.pack.header.id,
        month: isoMonth(this.closed ? inputs.closeAt! : this.context.now),
        subjectType: bearer.subjectType,
        subject: bearer.name,
        department: bearer.department ?? this.outputs.department,
        type: kind satisfies PenaltyType,
        reason,
        formula,
        amount,
        sanction,
        basis: regulationClause(rule.placed.rule.clause, this.row.inForce.pack.header),
        rule: rule.id,
        packVersion,
      };
      this.penalties.push({ penalty, caps: this.plan.caps });
      this.groundOn("penalty", rule);
    }
  }

  // ------------------------------------------------------------ compensation, returns, approvals, forms

  private compensate(): void {
    const rules = this.evaluate("compensation");
    const { inputs } = this.row;
    let total = 0;
    for (const rule of rules) {
      if (rule.event.type !== "compensate") continue;
      const { amount, reason } = rule.event.params;
      const result = singleAmount(amount, inputs, this.facts, reason);
      if ("missing" in result) {
        this.say("warning", result.missing.key, result.missing.params);
        continue;
      }
      total += result.amount;
      this.groundOn("compensation", rule);
      this.say("info", "compensation.formula", { reason, formula: result.formula, amount: yuanText(result.amount) });
    }
    if (this.grounds.has("compensation")) this.set("compensation", fen(total));
    this.splitRepairCost(rules);
    this.postReturn(rules);
    this.sendMessages(rules);
  }

  private splitRepairCost(rules: readonly ActiveRule[]): void {
    const rule = rules.find(({ event }) => event.type === "split-cost");
    const { repairCost, factoryShare } = this.row.inputs;
    if (!rule || repairCost === undefined) return;
    if (factoryShare === undefined) {
      this.say("warning", "cost.share-missing");
      return;
    }
    const { factory, customer } = splitCost(repairCost, factoryShare);
    this.setBy(rule, "factoryCost", factory);
    this.setBy(rule, "customerCost", customer);
  }

  private postReturn(rules: readonly ActiveRule[]): void {
    const winner = this.winner(rules, postReturnParams, "postedReturn");
    if (!winner) return;
    const { approvedReturn, actualReturn, returnTolerance } = this.row.inputs;
    if (approvedReturn === undefined && actualReturn === undefined) return;
    if (approvedReturn === undefined || actualReturn === undefined) {
      this.say("info", "return.incomplete");
      return;
    }
    const limit = returnLimit(approvedReturn, returnTolerance ?? winner.value.tolerance);
    // The row's own ratio wins, and then nothing rests on the pack's parameter.
    if (returnTolerance === undefined) this.restOn(winner.rule);
    if (actualReturn <= limit) this.setBy(winner.rule, "postedReturn", actualReturn, returnTolerance !== undefined);
    else this.say("warning", "return.exceeds", { actual: actualReturn, limit });
  }

  private approve(): void {
    const rules = this.evaluate("approvals");
    const winner = this.winner(
      rules,
      (event) => {
        if (event.type !== "assign" || event.params.output !== "approver") return undefined;
        if ("value" in event.params) return event.params.value;
        const by = this.facts.get(event.params.by);
        return typeof by === "number" ? String(tierOf(event.params.tiers, by)) : undefined;
      },
      "approver",
    );
    if (winner) this.setBy(winner.rule, "approver", winner.value);
    this.sendMessages(rules);
  }

  private listForms(): void {
    const rules = this.evaluate("forms");
    let forms: string[] | undefined;
    for (const rule of rules) {
      if (rule.event.type !== "form") continue;
      const { name } = rule.event.params;
      if (forms === undefined) forms = [name];
      else if (forms.includes(name)) continue;
      else forms.push(name);
      this.groundOn("forms", rule);
    }
    if (forms) this.set("forms", forms);
    this.sendMessages(rules);
  }

  // ------------------------------------------------------------ conclusion

  private conclude(): void {
    const { context, row } = this;
    // Of a row whose data can't be right nothing is given.
    if (this.faulty) this.outputs = { ...this.plan.blankOutputs };
    const { outputs } = this;
    outputs.packVersion = row.packVersion;
    if (this.faulty) {
      outputs.status = "数据有误";
      outputs.nextStep = this.t("next.fix-data");
    } else {
      const status = this.status();
      outputs.status = status;
      outputs.overdue = isOverdueStatus(status);
      const nextStep = this.nextStep(status);
      if (nextStep !== "") outputs.nextStep = nextStep;
      this.remarks();
      const { grounds, limits, classification, plan } = this;
      const basis = plan.basis[context.language].text(grounds, limits, classification);
      if (basis !== "") outputs.basis = basis;
    }
    if (this.sampleParameters.size > 0 && !this.faulty) {
      const titles = [...this.sampleParameters.values()].map((parameter) => parameter.title[context.language]);
      this.say("info", "parameter.sample", { parameters: titles.join("、") });
    }
  }

  private status(): Status {
    const { inForce, inputs, followedBy } = this.row;
    return statusOf({
      transferred: inForce.pack.header.followUp === true && followedBy.length > 0,
      upheld: inputs.upheld,
      deferred: inputs.deferred === true,
      closed: this.closed,
      closedOnTime: this.facts.slots[SLOT.closedOnTime] === true,
      limits: this.limits,
      now: this.context.now,
      warning: this.plan.warning,
    });
  }

  /** What a person should do next: what rules say, and the open stage whose limit comes first. */
  private nextStep(status: Status): string {
    if (status === "已转新单" || status === "不成立") return this.nextSteps.join("；");
    const waiting = status === "待回访" || status === "回访逾期";
    if (status === "已结案" || status === "逾期结案" || status === "暂缓关闭") return this.nextSteps.join("；");
    let open: WorkedLimit | undefined;
    for (const limit of this.limits) {
      if (limit.done !== undefined || (waiting && limit.stage !== "revisit")) continue;
      if (!open || limit.due < open.due) open = limit;
    }
    const steps = [...this.nextSteps];
    if (open) steps.push(this.t(NEXT[open.stage], { due: shortTime(open.due) }));
    else if (steps.length === 0) steps.push(this.t("next.open"));
    return steps.join("；");
  }

  /** Remarks every pack makes. */
  private remarks(): void {
    const { inputs, followedBy, inForce } = this.row;
    const { header } = inForce.pack;
    if (this.facts.slots[SLOT.measuresVague] === true) {
      const error = header.vagueMeasures === "error" && inputs.closeAt !== undefined;
      this.say(error ? "error" : "warning", error ? "measures.vague-not-closed" : "measures.vague");
    }
    for (const limit of this.limits) {
      if (limit.done !== undefined && limit.done > limit.due) {
        this.say("warning", "stage.late", {
          stage: this.t(`stage.${limit.stage}`),
          due: shortTime(limit.due),
          done: shortTime(limit.done),
        });
      }
      if (
        limit.target !== undefined &&
        limit.done === undefined &&
        this.context.now > limit.target &&
        !isPast(limit, this.context.now) &&
        !this.closed
      ) {
        this.say("info", "target.passed", { target: shortTime(limit.target), due: shortTime(limit.due) });
      }
    }
    if (header.followUp === true && followedBy.length > 0)
      this.say("info", "follow.new", { id: followedBy.join("、") });
  }

  // ------------------------------------------------------------ shared steps

  private evaluate(concern: Concern): readonly ActiveRule[] {
    const rules = evaluateConcern(this.row.inForce, concern, this.facts, this.row.scan);
    this.kept?.fired.set(concern, rules);
    this.kept?.factsSeen.set(concern, this.facts.toFacts());
    return rules;
  }

  /** The rule that decides a scalar output: the first by priority; an equal one that differs is pointed out. */
  private winner<T>(
    rules: readonly ActiveRule[],
    valueOf: (event: ResolvedEvent) => T | undefined,
    output: OutputId,
  ): { rule: ActiveRule; value: T } | undefined {
    let best: { rule: ActiveRule; value: T } | undefined;
    for (const rule of rules) {
      const value = valueOf(rule.event);
      if (value === undefined) continue;
      if (!best) best = { rule, value };
      else if (rule.priority === best.rule.priority && JSON.stringify(value) !== JSON.stringify(best.value)) {
        this.say("error", "rule.conflict", { rules: `${best.rule.id}、${rule.id}`, output });
      }
    }
    return best;
  }

  /** Sets an output, which later concerns see as a fact; with a ground, that is all it rests on. */
  private set<Id extends OutputId>(output: Id, value: NonNullable<ComplaintOutputs[Id]>, ground?: Ground): void {
    this.outputs[output] = value;
    this.facts.set(output, isMoney(output) ? yuanNumber(value as Fen) : value);
    if (ground) this.grounds.set(output, [ground]);
  }

  /** Sets an output because a rule says so. */
  private setBy<Id extends OutputId>(
    rule: ActiveRule,
    output: Id,
    value: NonNullable<ComplaintOutputs[Id]>,
    withoutParameters = false,
  ): void {
    this.set(output, value, this.plan.ruleNotes(rule).ground);
    if (!withoutParameters) this.restOn(rule);
  }

  /** Notes that an output rests on a rule as well. */
  private groundOn(output: OutputId, rule: ActiveRule): void {
    const { ground } = this.plan.ruleNotes(rule);
    const list = this.grounds.get(output);
    if (list) list.push(ground);
    else this.grounds.set(output, [ground]);
    this.restOn(rule);
  }

  private restOn(rule: ActiveRule): void {
    if (rule.parameters.length === 0) return;
    for (const parameter of this.plan.ruleNotes(rule).samples) this.sampleParameters.set(parameter.name, parameter);
  }

  private sendMessages(rules: readonly ActiveRule[]): void {
    for (const rule of rules) {
      if (rule.event.type === "message") {
        const { level, text, column } = rule.event.params;
        this.message(level, this.fillIn(text), column);
        this.restOn(rule);
      } else if (rule.event.type === "next-step") {
        const text = this.fillIn(rule.event.params.text);
        if (!this.nextSteps.includes(text)) this.nextSteps.push(text);
        this.restOn(rule);
      }
    }
  }

  /** A pack's text in the run's language with `{fact}` placeholders filled in; a blank fact shows as —. */
  private fillIn(text: { readonly zh: string; readonly en: string }): string {
    return fillWith(text[this.context.language], (name) => this.factText(name as FactName));
  }

  private factText(name: FactName): string {
    const value = this.facts.get(name);
    return value === undefined ? "—" : factText(name, value);
  }

  private t(key: SentenceKey, params?: Readonly<Record<string, string | number>>): string {
    return say(this.context.language, key, params);
  }

  private say(level: MessageLevel, key: SentenceKey, params?: Readonly<Record<string, string | number>>): void {
    this.message(level, this.t(key, params));
  }

  private message(level: MessageLevel, text: string, column?: Message["column"]): void {
    const { row } = this.row;
    this.messages.push(column === undefined ? { row, level, text } : { row, level, text, column });
  }
}

// Keys put together row by row would have to be looked up letter by letter.
const WHAT = byName(LABEL_ORDER, (output): SentenceKey => `what.${output}`);
const NEXT = byName(STAGES, (stage): SentenceKey => `next.${stage}`);

const HUMAN: Ground = { kind: "human" };
const PEOPLE: Ground = { kind: "people" };
const LABEL_GROUNDS = byName(LABEL_ORDER, (output): Ground => ({ kind: "label", output }));

// What an event says of one output, if it is about that output. Made once: they are asked for on every row.
type ValueOf<T> = (event: ResolvedEvent) => T | undefined;

const CLASSIFIED_AS = byName(
  LABEL_ORDER,
  (output): ValueOf<string> =>
    (event) =>
      event.type === "classify" && event.params.output === output ? event.params.value : undefined,
);
const DEADLINE_OF = byName(
  STAGES,
  (stage): ValueOf<EventOf<"deadline">> =>
    (event) =>
      event.type === "deadline" && event.params.stage === stage ? event.params : undefined,
);
const departmentAssigned: ValueOf<string> = (event) =>
  event.type === "assign" && event.params.output === "department" ? event.params.value : undefined;
const archiveParams: ValueOf<EventOf<"archive">> = (event) => (event.type === "archive" ? event.params : undefined);
const postReturnParams: ValueOf<EventOf<"post-return">> = (event) =>
  event.type === "post-return" ? event.params : undefined;

function byName<Name extends string, T>(names: readonly Name[], make: (name: Name) => T): Readonly<Record<Name, T>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, T>;
}

function ladderOf(rules: readonly ActiveRule[]): readonly string[] | undefined {
  for (const { event } of rules) if (event.type === "escalate") return event.params.ladder;
  return undefined;
}

function isMoney(output: OutputId): boolean {
  return output === "penalty" || output === "compensation" || output === "factoryCost" || output === "customerCost";
}

/** Whole months from one time to a later one; 0 if it is not later. */
function wholeMonths(from: WallTime, to: WallTime): number {
  if (to <= from) return 0;
  const a = calendarDate(dayOfTime(from));
  const b = calendarDate(dayOfTime(to));
  const months = (b.year - a.year) * 12 + b.month - a.month;
  const ahead = b.day - a.day || timeOfDay(to) - timeOfDay(from);
  return ahead >= 0 ? months : months - 1;
}

function timeOfDay(time: WallTime): number {
  return time - startOfDay(dayOfTime(time));
}
