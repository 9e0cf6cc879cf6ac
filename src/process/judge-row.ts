import { citedClause, shortClause } from "../rules/clause.js";
import type { OutputId } from "../domain/columns.js";
import { addYears } from "../domain/clocks.js";
import type { ComplaintInputs, ComplaintOutputs } from "../domain/complaint.js";
import { fen, sumOf, yuanNumber, yuanText, type Fen } from "../domain/money.js";
import { dayOfTime, isoMonth, isoTime, type WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import { classify, type Classification } from "../rules/classify.js";
import { evaluateConcern } from "../rules/evaluate.js";
import type { FactName, Facts } from "../rules/facts.js";
import type { ActiveRule, PackInForce, ParameterInForce, ResolvedEvent } from "../rules/in-force.js";
import type { ClassifiedOutput, Concern, PenaltyType } from "../rules/pack-schema.js";
import type { RowScan } from "../rules/phrase-scan.js";
import type { Statutes } from "../rules/statutes.js";
import { priceBearers, returnLimit, singleAmount, splitCost, tierOf } from "./amounts.js";
import { baseFacts, type LedgerFacts } from "./base-facts.js";
import { findBearers } from "./bearers.js";
import { packCap, type DuePenalty } from "./deductions.js";
import { STAGE_COLUMNS, timeIn, workOutLimit, type Clock, type WorkedLimit } from "./limits.js";
import type { Message, MessageLevel, Penalty } from "./outcome.js";
import type { PeopleIndex } from "./people-index.js";
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
  /** Keep the facts as each concern saw them: only where somebody is going to look at the workings. */
  readonly keepFacts?: boolean;
}

/** How a row came to its outputs, for `explain` and the case pane. */
export interface Workings {
  readonly facts: Facts;
  readonly classification: Classification;
  /** Rules that fired, by concern, in the order they count. */
  readonly fired: ReadonlyMap<Concern, readonly ActiveRule[]>;
  /** Facts as each concern saw them; filled only if the context says `keepFacts`. */
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

export interface Judgement {
  readonly outputs: ComplaintOutputs;
  readonly penalties: readonly DuePenalty[];
  readonly messages: readonly Message[];
  readonly faulty: boolean;
  readonly workings: Workings;
}

const DEFAULT_CLOSE_OF_BUSINESS = 18 * 3600;
const DEFAULT_WARNING_HOURS = 24;
const UNCLASSIFIED = "待分类";
/** Labels are found in this order; a later group may depend on an earlier one (`within`). */
const LABEL_ORDER: readonly ClassifiedOutput[] = ["category", "nature", "level", "subcategory"];

type EventOf<Type extends ResolvedEvent["type"]> = Extract<ResolvedEvent, { type: Type }>["params"];

/**
 * Judges one row by the rules in force at its 受理时间: classification, responsibility, limits, penalties, compensation,
 * approvals, forms, status. Each concern sees the outputs of those before it as facts.
 */
export function judgeRow(row: ReadyRow, context: JudgeContext): Judgement {
  return new RowJudge(row, context).judge();
}

class RowJudge {
  private readonly facts: Facts;
  private readonly outputs: ComplaintOutputs = {};
  private readonly messages: Message[] = [];
  private readonly penalties: DuePenalty[] = [];
  private readonly fired = new Map<Concern, readonly ActiveRule[]>();
  private readonly factsSeen = new Map<Concern, Facts>();
  private readonly grounds = new Map<OutputId, Ground[]>();
  private classification: Classification = {};
  private readonly sampleParameters = new Map<string, ParameterInForce>();
  private readonly nextSteps: string[] = [];
  private readonly clock: Clock;
  private limits: WorkedLimit[] = [];
  private faulty = false;

  constructor(
    private readonly row: ReadyRow,
    private readonly context: JudgeContext,
  ) {
    const { header } = row.inForce.pack;
    this.facts = baseFacts(
      row.inputs,
      row.id,
      header,
      context.ledger,
      row.earlierOfCustomer,
      row.followedBy.length > 0,
    );
    const own = header.calendar?.closeOfBusiness;
    this.clock = {
      calendar: context.calendar,
      closeOfBusiness: context.closeOfBusiness ?? (own === undefined ? DEFAULT_CLOSE_OF_BUSINESS : secondsOfDay(own)),
    };
  }

  judge(): Judgement {
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
    const { facts, classification, fired, factsSeen, grounds, limits, clock } = this;
    return {
      outputs: this.outputs,
      penalties: this.faulty ? [] : this.penalties,
      messages: this.messages,
      faulty: this.faulty,
      workings: { facts, classification, fired, factsSeen, grounds, limits, clock },
    };
  }

  // ------------------------------------------------------------ classification

  private classify(): void {
    const { inForce, inputs } = this.row;
    const overrides: Partial<Record<ClassifiedOutput, string | undefined>> = {
      category: inputs.categoryOverride,
      level: inputs.levelOverride,
    };
    const given: { [Output in ClassifiedOutput]?: string } = {};
    for (const output of LABEL_ORDER) {
      const override = overrides[output];
      if (override === undefined) continue;
      given[output] = override;
      this.set(output, override, { kind: "human" });
      this.checkOverride(output, override);
    }
    this.classification = classify(inForce, this.facts, this.row.scan, given);
    for (const output of LABEL_ORDER) {
      if (given[output] !== undefined || !this.hasLabels(output)) continue;
      const verdict = this.classification[output];
      if (verdict) this.set(output, verdict.value, { kind: "label", output });
      else if (output !== "subcategory") this.set(output, UNCLASSIFIED, { kind: "label", output });
    }
    const rules = this.evaluate("classification");
    for (const rule of rules) {
      if (rule.event.type !== "invalid") continue;
      const { column, text } = rule.event.params;
      this.faulty = true;
      this.message("error", this.fillIn(text), column);
      this.restOn(rule);
    }
    for (const output of LABEL_ORDER) {
      if (overrides[output] !== undefined) continue;
      const winner = this.winner(
        rules,
        (event) => (event.type === "classify" && event.params.output === output ? event.params.value : undefined),
        output,
      );
      if (winner) this.set(output, winner.value, { kind: "rule", rule: winner.rule });
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

  private hasLabels(output: ClassifiedOutput): boolean {
    return this.row.inForce.labels.some(({ label }) => label.output === output);
  }

  /** Asks a person where the evidence for a label that stands is thin, or there is none. */
  private confirmLabel(output: ClassifiedOutput): void {
    if (!this.hasLabels(output)) return;
    const verdict = this.classification[output];
    if (verdict === undefined) {
      if (output !== "subcategory") this.say("warning", "category.unclear", { output: this.t(`what.${output}`) });
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
    this.outputs.handler = [];
    for (const rule of rules) {
      if (rule.event.type !== "assign" || rule.event.params.output !== "handler") continue;
      const { value } = rule.event.params;
      if (this.outputs.handler.includes(value)) continue;
      this.outputs.handler = [...this.outputs.handler, value];
      this.ground("handler", { kind: "rule", rule });
    }
    if (this.outputs.handler.length === 0) delete this.outputs.handler;
    else this.facts.handler = this.outputs.handler;

    const { departmentOverride, crew, person } = this.row.inputs;
    const winner = this.winner(
      rules,
      (event) => (event.type === "assign" && event.params.output === "department" ? event.params.value : undefined),
      "department",
    );
    if (departmentOverride !== undefined) this.set("department", departmentOverride, { kind: "human" });
    else if (winner) this.set("department", winner.value, { kind: "rule", rule: winner.rule });
    else {
      const { people } = this.context;
      const own =
        (crew === undefined ? undefined : people.byCrew(crew)[0]?.department) ??
        (person?.[0] && people.byName.get(person[0].name)?.department);
      if (own !== undefined) this.set("department", own, { kind: "people" });
    }
    this.sendMessages(rules);
  }

  // ------------------------------------------------------------ limits

  private workOutLimits(): void {
    const { inputs } = this.row;
    const closed = this.facts.closed === true;
    const originalLevel = this.outputs.level;
    if (originalLevel !== undefined) this.facts.originalLevel = originalLevel;
    let escalations = 0;
    let firstClose: WorkedLimit | undefined;
    let rules = this.judgeLimits();
    for (;;) {
      const close = this.limits.find((limit) => limit.stage === "close");
      firstClose ??= close;
      const ladder = rules.flatMap(({ event }) => (event.type === "escalate" ? [event.params.ladder] : []))[0];
      const at = closed ? inputs.closeAt! : this.context.now;
      if (!ladder || !close || inputs.deferred === true || inputs.upheld === false || at <= close.due) break;
      const step = ladder.indexOf(this.outputs.level ?? "");
      const next = ladder[step + 1];
      if (step < 0 || next === undefined) break;
      escalations += 1;
      this.say("warning", "level.escalated", { due: shortTime(close.due), from: this.outputs.level!, to: next });
      for (const rule of rules) if (rule.event.type === "escalate") this.ground("level", { kind: "rule", rule });
      this.set("level", next);
      rules = this.judgeLimits();
    }
    this.fired.set("deadlines", rules);
    const { facts } = this;
    facts.escalations = escalations;
    const closeDue = this.limits.find((limit) => limit.stage === "close");
    const end = closed ? inputs.closeAt! : this.context.now;
    facts.closedOnTime = closed && (firstClose === undefined || inputs.closeAt! <= firstClose.due);
    facts.closeOverdue =
      !closed &&
      inputs.deferred !== true &&
      inputs.upheld !== false &&
      closeDue !== undefined &&
      this.context.now > closeDue.due;
    if (firstClose) facts.monthsPastClose = wholeMonths(firstClose.due, end);
    facts.lateStages = this.limits.filter((limit) => this.isLate(limit)).map((limit) => limit.stage);
    for (const limit of this.limits) {
      this.outputs[STAGE_COLUMNS[limit.stage].due as "closeDue"] = limit.due;
      facts[STAGE_COLUMNS[limit.stage].due] = limit.due;
      this.ground(STAGE_COLUMNS[limit.stage].due, { kind: "rule", rule: limit.rule });
    }
    const years = [...new Set(this.limits.flatMap((limit) => limit.unknownYears))].sort();
    if (years.length > 0) this.say("warning", "horizon", { years: years.join("、") });

    const archive = this.winner(
      rules,
      (event) => (event.type === "archive" ? event.params : undefined),
      "archiveUntil",
    );
    if (archive) {
      const from = timeIn(inputs, archive.value.from);
      const counts = archive.value.from !== "closeAt" || closed;
      if (from !== undefined && counts) {
        this.outputs.archiveUntil = addYears(dayOfTime(from), archive.value.years);
        this.ground("archiveUntil", { kind: "rule", rule: archive.rule });
      }
    }
    this.sendMessages(rules);
  }

  /** The deadline rules by the level as it now is. */
  private judgeLimits(): readonly ActiveRule[] {
    const rules = this.evaluate("deadlines");
    this.limits = this.row.inForce.pack.header.stages.flatMap((stage) => {
      const winner = this.winner(
        rules,
        (event) => (event.type === "deadline" && event.params.stage === stage ? event.params : undefined),
        STAGE_COLUMNS[stage].due,
      );
      return (winner && workOutLimit(winner.rule, winner.value, this.row.inputs, this.clock)) ?? [];
    });
    if (this.facts.closed !== true)
      this.limits = this.limits.map((limit) => (limit.stage === "close" ? reopened(limit) : limit));
    return rules;
  }

  /** Late as far as it still matters: on a closed or rejected case an open stage is no longer waited for. */
  private isLate(limit: WorkedLimit): boolean {
    const over = this.facts.closed === true || this.row.inputs.upheld === false;
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
      if (isoTime(this.row.inputs.receivedAt) >= repealedOn) this.message("warning", warning[this.context.language]);
    }
    this.sendMessages(rules);
  }

  private addPenalty(rule: ActiveRule, params: EventOf<"penalty">): void {
    const { inputs, inForce, packVersion, id } = this.row;
    const { reason, kind, sanction } = params;
    const found = findBearers(params.subject, inputs, this.outputs.department, this.context.people, reason);
    const { priced, notes } = priceBearers(params.amount, found, inputs, this.facts, this.context.people, reason);
    for (const note of [...found.notes, ...notes]) this.say("warning", note.key, note.params);
    const caps = inForce.caps.map((active) => packCap(inForce.pack.header.id, active.cap, active.rate));
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
        month: isoMonth(this.facts.closed === true ? inputs.closeAt! : this.context.now),
        subjectType: bearer.subjectType,
        subject: bearer.name,
        department: bearer.department ?? this.outputs.department,
        type: kind satisfies PenaltyType,
        reason,
        formula,
        amount,
        sanction,
        basis: citedClause(rule.placed.rule.clause),
        rule: rule.id,
        packVersion,
      };
      this.penalties.push({ penalty, caps });
      this.ground("penalty", { kind: "rule", rule });
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
      this.ground("compensation", { kind: "rule", rule });
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
    this.set("factoryCost", factory, { kind: "rule", rule });
    this.set("customerCost", customer, { kind: "rule", rule });
  }

  private postReturn(rules: readonly ActiveRule[]): void {
    const winner = this.winner(
      rules,
      (event) => (event.type === "post-return" ? event.params : undefined),
      "postedReturn",
    );
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
    if (actualReturn <= limit)
      this.set("postedReturn", actualReturn, { kind: "rule", rule: winner.rule }, returnTolerance !== undefined);
    else this.say("warning", "return.exceeds", { actual: actualReturn, limit });
  }

  private approve(): void {
    const rules = this.evaluate("approvals");
    const winner = this.winner(
      rules,
      (event) => {
        if (event.type !== "assign" || event.params.output !== "approver") return undefined;
        if ("value" in event.params) return event.params.value;
        const by = this.facts[event.params.by];
        return typeof by === "number" ? String(tierOf(event.params.tiers, by)) : undefined;
      },
      "approver",
    );
    if (winner) this.set("approver", winner.value, { kind: "rule", rule: winner.rule });
    this.sendMessages(rules);
  }

  private listForms(): void {
    const rules = this.evaluate("forms");
    const forms: string[] = [];
    for (const rule of rules) {
      if (rule.event.type !== "form" || forms.includes(rule.event.params.name)) continue;
      forms.push(rule.event.params.name);
      this.ground("forms", { kind: "rule", rule });
      this.restOn(rule);
    }
    if (forms.length > 0) this.set("forms", forms);
    this.sendMessages(rules);
  }

  // ------------------------------------------------------------ conclusion

  private conclude(): void {
    const { outputs, context, row } = this;
    outputs.packVersion = row.packVersion;
    if (this.faulty) {
      for (const id of Object.keys(outputs) as OutputId[])
        if (id !== "packVersion") Reflect.deleteProperty(outputs, id);
      outputs.status = "数据有误";
      outputs.nextStep = this.t("next.fix-data");
    } else {
      const status = this.status();
      outputs.status = status;
      outputs.overdue = isOverdueStatus(status);
      const nextStep = this.nextStep(status);
      if (nextStep !== "") outputs.nextStep = nextStep;
      this.remarks();
      const basis = this.basis();
      if (basis !== "") outputs.basis = basis;
    }
    if (this.sampleParameters.size > 0 && !this.faulty) {
      const titles = [...this.sampleParameters.values()].map((parameter) => parameter.title[context.language]);
      this.say("info", "parameter.sample", { parameters: titles.join("、") });
    }
    const texts = [...new Set(this.messages.map((message) => message.text))];
    if (texts.length > 0) outputs.messages = texts;
  }

  private status(): Status {
    const { inForce, inputs, followedBy } = this.row;
    return statusOf({
      transferred: inForce.pack.header.followUp === true && followedBy.length > 0,
      upheld: inputs.upheld,
      deferred: inputs.deferred === true,
      closed: this.facts.closed === true,
      closedOnTime: this.facts.closedOnTime === true,
      limits: this.limits,
      now: this.context.now,
      warning: (inForce.pack.header.calendar?.warningHours ?? DEFAULT_WARNING_HOURS) * 3600,
    });
  }

  /** What a person should do next: what rules say, and the open stage whose limit comes first. */
  private nextStep(status: Status): string {
    if (status === "已转新单" || status === "不成立") return this.nextSteps.join("；");
    const waiting = status === "待回访" || status === "回访逾期";
    if (status === "已结案" || status === "逾期结案" || status === "暂缓关闭") return this.nextSteps.join("；");
    const open = this.limits
      .filter((limit) => limit.done === undefined && (!waiting || limit.stage === "revisit"))
      .sort((a, b) => a.due - b.due)[0];
    const steps = [...this.nextSteps];
    if (open) steps.push(this.t(`next.${open.stage}`, { due: shortTime(open.due) }));
    else if (steps.length === 0) steps.push(this.t("next.open"));
    return steps.join("；");
  }

  /** Remarks every pack makes. */
  private remarks(): void {
    const { inputs, followedBy, inForce } = this.row;
    const { header } = inForce.pack;
    if (this.facts.measuresVague === true) {
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
        this.facts.closed !== true
      ) {
        this.say("info", "target.passed", { target: shortTime(limit.target), due: shortTime(limit.due) });
      }
    }
    if (header.followUp === true && followedBy.length > 0)
      this.say("info", "follow.new", { id: followedBy.join("、") });
  }

  /** 依据: for each kind of value the clauses it rests on. */
  private basis(): string {
    const own = this.row.inForce.pack.header.source.document;
    const parts: string[] = [];
    const named = new Set<string>();
    const add = (what: string, output: OutputId): void => {
      const clauses: string[] = [];
      for (const ground of this.grounds.get(output) ?? []) {
        if (ground.kind === "human") clauses.push(this.t("basis.human"));
        else if (ground.kind === "people") clauses.push(this.t("basis.people"));
        else if (ground.kind === "rule") clauses.push(shortClause(ground.rule.placed.rule.clause, own));
        else {
          const value = this.classification[ground.output]?.value;
          const label = this.row.inForce.labels.find(({ label: l }) => l.output === ground.output && l.value === value);
          if (label) clauses.push(shortClause(label.label.clause, own));
        }
      }
      const text = `${what}：${[...new Set(clauses)].join("、")}`;
      if (clauses.length > 0 && !named.has(text)) {
        named.add(text);
        parts.push(text);
      }
    };
    for (const output of ["category", "subcategory", "nature", "level", "department", "handler"] as const)
      add(this.t(`what.${output}`), output);
    for (const limit of this.limits)
      add(this.t("what.limit", { stage: this.t(`stage.${limit.stage}`) }), STAGE_COLUMNS[limit.stage].due);
    if (this.limits.some((limit) => limit.rolledOver)) parts.push(this.t("basis.rolled"));
    add(this.t("what.penalty"), "penalty");
    add(this.t("what.compensation"), "compensation");
    add(this.t("what.cost"), "factoryCost");
    add(this.t("what.return"), "postedReturn");
    add(this.t("what.approver"), "approver");
    add(this.t("what.forms"), "forms");
    add(this.t("what.archive"), "archiveUntil");
    return parts.join("；");
  }

  // ------------------------------------------------------------ shared steps

  private evaluate(concern: Concern): readonly ActiveRule[] {
    const rules = evaluateConcern(this.row.inForce, concern, this.facts, this.row.scan);
    this.fired.set(concern, rules);
    if (this.context.keepFacts) this.factsSeen.set(concern, { ...this.facts });
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

  private set<Id extends OutputId>(
    output: Id,
    value: NonNullable<ComplaintOutputs[Id]>,
    ground?: Ground,
    withoutParameters = false,
  ): void {
    this.outputs[output] = value;
    this.facts[output as FactName] = isMoney(output) ? yuanNumber(value as Fen) : value;
    if (ground) {
      this.grounds.delete(output);
      this.ground(output, ground, withoutParameters);
    }
  }

  private ground(output: OutputId, ground: Ground, withoutParameters = false): void {
    const list = this.grounds.get(output);
    if (list) list.push(ground);
    else this.grounds.set(output, [ground]);
    if (ground.kind === "rule" && !withoutParameters) this.restOn(ground.rule);
  }

  private restOn(rule: ActiveRule): void {
    for (const parameter of rule.parameters)
      if (!parameter.source.stated) this.sampleParameters.set(parameter.name, parameter);
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
    return text[this.context.language].replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = this.facts[name as FactName];
      return value === undefined ? "—" : Array.isArray(value) ? value.join("、") : String(value);
    });
  }

  private t(key: SentenceKey, params: Readonly<Record<string, string | number>> = {}): string {
    return say(this.context.language, key, params);
  }

  private say(level: MessageLevel, key: SentenceKey, params: Readonly<Record<string, string | number>> = {}): void {
    this.message(level, this.t(key, params));
  }

  private message(level: MessageLevel, text: string, column?: Message["column"]): void {
    this.messages.push({ row: this.row.row, level, text, ...(column === undefined ? {} : { column }) });
  }
}

function reopened(limit: WorkedLimit): WorkedLimit {
  const open = { ...limit };
  Reflect.deleteProperty(open, "done");
  return open;
}

function isMoney(output: OutputId): boolean {
  return output === "penalty" || output === "compensation" || output === "factoryCost" || output === "customerCost";
}

/** Whole months from one time to a later one; 0 if it is not later. */
function wholeMonths(from: WallTime, to: WallTime): number {
  if (to <= from) return 0;
  const [a, b] = [isoTime(from), isoTime(to)];
  const months = (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));
  return b.slice(8) >= a.slice(8) ? months : months - 1;
}

/** 2026-03-31 18:00 */
export function shortTime(time: WallTime): string {
  return isoTime(time).slice(0, 16).replace("T", " ");
}

function secondsOfDay(text: string): number {
  return Number(text.slice(0, 2)) * 3600 + Number(text.slice(3, 5)) * 60;
}
