import { subjectText } from "./subject-text.js";
import { shortClause, type Sources } from "../rules/clause.js";
import { column, isColumnId, OUTPUT_COLUMNS, type OutputId } from "../domain/columns.js";
import { explainDeadline } from "../domain/clocks.js";
import { yuanText } from "../domain/money.js";
import { isoDate, isoTime, type WallTime } from "../domain/wall-time.js";
import { fillWith, type Language } from "../locales/language.js";
import { conceptTitle } from "../rules/concepts.js";
import { leavesOf, phrasesOf } from "../rules/conditions.js";
import { evaluateConcern } from "../rules/evaluate.js";
import { explainRule, onlyFailedLeaf } from "../rules/explain-rule.js";
import type { Facts, FactName } from "../rules/facts.js";
import type { ActiveRule, ParameterInForce } from "../rules/in-force.js";
import { CONCERNS, eventReads, type Concern, type EventType } from "../rules/events/kinds.js";
import { tellingsIn } from "../rules/text-facts.js";
import { explainStatus } from "./explain-status.js";
import { factText } from "./fact-text.js";
import type { Ground } from "./judge/ground.js";
import type { Judgement } from "./judge/judgement.js";
import type { ReadyRow } from "./ready-row.js";
import { outputsJson } from "./outcome-json.js";
import type { Run } from "./process.js";
import { say } from "./sentences.js";
import type {
  SourceMark,
  ExplainedParameter,
  ExplainedRule,
  ExplainedTelling,
  ExplainedGround,
  ExplainedLimit,
  Explanation,
} from "./explanation.js";

/** Why each value of a row is what it is. Undefined if the run has no such row. */
export function explainRow(run: Run, row: number, language: Language): Explanation | undefined {
  const outcome = run.outcome.rows.find((r) => r.row === row);
  if (!outcome) return undefined;
  const inspected = run.inspect(row);
  const json = outputsJson(outcome.outputs);
  const messages = outcome.outputs.messages ?? [];
  if (!inspected) {
    const outputs = OUTPUT_COLUMNS.flatMap(({ id, header }) =>
      json[id] === undefined
        ? []
        : [{ output: id, header, value: json[id], grounds: id === "status" ? [unreadable(language)] : [] }],
    );
    return { row, id: outcome.id, outputs, limits: [], penalties: [], nearMisses: [], advice: [], messages };
  }
  const { ready, judgement, context } = inspected;
  const { header } = ready.inForce.pack;
  const shared = sharedGrounds(judgement, ready, context.now, language);
  const { epoch } = ready.inForce;
  return {
    row,
    id: outcome.id,
    pack: {
      id: header.id,
      title: header.title[language],
      version: ready.packVersion,
      ...(epoch.from === undefined ? {} : { inForceFrom: isoDate(epoch.from) }),
      ...(epoch.to === undefined ? {} : { inForceTo: isoDate(epoch.to) }),
    },
    outputs: OUTPUT_COLUMNS.flatMap(({ id, header: title }) =>
      json[id] === undefined
        ? []
        : [
            {
              output: id,
              header: title,
              value: json[id],
              grounds: [
                ...(judgement.workings.grounds.get(id) ?? []).map((ground) =>
                  explainGround(ground, judgement, ready, language),
                ),
                ...(shared[id] ?? []),
              ],
            },
          ],
    ),
    limits: explainLimits(judgement, ready, language),
    penalties: judgement.penalties.map(({ penalty }) => ({
      subject: subjectText(penalty),
      type: penalty.type,
      reason: penalty.reason,
      formula: penalty.formula,
      amount: yuanText(penalty.amount),
      rule: penalty.rule,
      clause: penalty.basis,
    })),
    nearMisses: nearMisses(judgement, ready, language),
    advice: adviceFor(judgement, ready, language),
    messages,
  };
}

/** Grounds of the outputs that every pack has and no rule sets: the state of the row, and the rules that spoke on it. */
function sharedGrounds(
  judgement: Judgement,
  ready: ReadyRow,
  now: WallTime,
  language: Language,
): { readonly [Id in OutputId]?: readonly ExplainedGround[] } {
  const spoken = (type: EventType): ExplainedGround[] =>
    [...judgement.workings.fired.values()]
      .flat()
      .flatMap((rule) =>
        rule.event.type === type
          ? [{ kind: "rule" as const, ...explainActive(rule, factsOf(judgement, rule), sourcesOf(ready), language) }]
          : [],
      );
  const because = (text: string): ExplainedGround => ({ kind: "because", text });
  const status = judgement.outputs.status!;
  const invalid = spoken("invalid");
  const state = explainStatus(judgement, ready, now, language).map(because);
  return {
    status: [...invalid, ...state],
    overdue: [because(say(language, "because.status", { status })), ...state],
    nextStep: judgement.faulty
      ? invalid
      : [...spoken("next-step"), because(say(language, "because.status", { status }))],
    messages: [...invalid, ...spoken("message")],
  };
}

/** A row that could not be judged at all; its messages name the cells. */
function unreadable(language: Language): ExplainedGround {
  return { kind: "because", text: say(language, "because.unreadable") };
}

/** Handling advice of the row's pack, for the case pane. */
export function adviceFor(judgement: Judgement, ready: ReadyRow, language: Language): Explanation["advice"] {
  return evaluateConcern(ready.inForce, "advice", judgement.workings.facts, ready.scan).flatMap((rule) =>
    rule.event.type === "advice"
      ? [
          {
            title: rule.placed.rule.title[language],
            clause: shortClause(rule.placed.rule.clause, sourcesOf(ready), language),
            steps: rule.event.params.steps.map((step) =>
              filledStep(step[language], judgement.workings.facts, language),
            ),
          },
        ]
      : [],
  );
}

/** A step with the row's facts in place of their names; a blank fact shows as —. */
function filledStep(step: string, facts: Facts, language: Language): string {
  return fillWith(step, (name) => {
    const value = facts[name as FactName];
    return value === undefined ? "—" : factText(name as FactName, value, language);
  });
}

function explainGround(ground: Ground, judgement: Judgement, ready: ReadyRow, language: Language): ExplainedGround {
  if (ground.kind === "rule")
    return { kind: "rule", ...explainActive(ground.rule, factsOf(judgement, ground.rule), sourcesOf(ready), language) };
  if (ground.kind !== "label") return ground;
  const verdict = judgement.workings.classification[ground.output];
  if (!verdict) return { kind: "label", evidence: [], thin: false };
  return {
    kind: "label",
    clause: shortClause(verdict.label.label.clause, sourcesOf(ready), language),
    score: rounded(verdict.score),
    evidence: verdict.evidence.map(({ phrase, weight, negated, counter }) => ({
      phrase,
      weight: rounded(weight),
      negated,
      counter,
    })),
    ...(verdict.runnerUp
      ? { runnerUp: { value: verdict.runnerUp.value, score: rounded(verdict.runnerUp.score) } }
      : {}),
    thin: verdict.thin,
  };
}

function factsOf(judgement: Judgement, rule: ActiveRule): Facts {
  return judgement.workings.factsSeen.get(rule.placed.concern) ?? judgement.workings.facts;
}

/** The documents that the rules of a row are cited from. */
function sourcesOf({ inForce }: ReadyRow): Sources {
  return inForce.pack.header;
}

function explainActive(rule: ActiveRule, facts: Facts, sources: Sources, language: Language): ExplainedRule {
  const { rule: written, file, line, table } = rule.placed;
  const asked = [...leavesOf(rule.conditions)].map(({ fact }) => fact);
  const names = [...new Set([...asked, ...eventReads(rule.event)])].filter((name) => name !== "always");
  return {
    rule: rule.id,
    title: written.title[language],
    clause: shortClause(rule.placed.rule.clause, sources, language),
    file,
    line,
    ...(table && { table }),
    ...(written.note ? { note: written.note[language] } : {}),
    parameters: rule.parameters.map((parameter) => explainParameter(parameter, sources, language)),
    ...told(rule, facts, language),
    inputs: names.map((fact) => {
      const value = facts[fact];
      return {
        fact,
        header: factHeader(fact, language),
        ...(value === undefined ? {} : { value: factText(fact, value, language) }),
      };
    }),
  };
}

/** The words that a rule's questions after facts of a text found, counting or cancelled; nothing where it asks none. */
function told(rule: ActiveRule, facts: Facts, language: Language): Pick<ExplainedRule, "told"> {
  const asked = [...leavesOf(rule.conditions)].filter(
    ({ operator }) => operator === "tells" || operator === "doesNotTell",
  );
  const found = asked.flatMap(({ fact, value }) => {
    const text = facts[fact];
    if (typeof text !== "string") return [];
    return tellingsIn(text, phrasesOf(value)).map(({ concept, found: word, cancelled }): ExplainedTelling => ({
      concept,
      header: factHeader(fact, language),
      word,
      ...(cancelled && { cancelledBy: { kind: cancelled.by, word: cancelled.word } }),
    }));
  });
  return found.length > 0 ? { told: found } : {};
}

function explainParameter(
  { name, title, value, unit, source }: ParameterInForce,
  sources: Sources,
  language: Language,
): ExplainedParameter {
  return {
    name,
    title: title[language],
    value,
    unit,
    source: shortClause(source, sources, language),
    mark: sourceMark(source),
    ...(source.note ? { note: source.note[language] } : {}),
  };
}

export function sourceMark(source: ParameterInForce["source"]): SourceMark {
  return source.stated ? (source.note ? "read-as" : "stated") : "sample";
}

function explainLimits(judgement: Judgement, ready: ReadyRow, language: Language): ExplainedLimit[] {
  const { limits, clock } = judgement.workings;
  return limits.map((limit) => {
    const counted =
      limit.length && explainDeadline(limit.start, limit.length, clock.calendar, clock.closeOfBusiness, clock.pause);
    return {
      stage: limit.stage,
      ...(limit.part === undefined ? {} : { part: limit.part[language] }),
      startColumn: limit.startColumn,
      start: isoTime(limit.start),
      length: lengthText(limit.length, language),
      due: isoTime(limit.due),
      ...(limit.extendedFrom === undefined ? {} : { extendedFrom: isoTime(limit.extendedFrom) }),
      ...(limit.done === undefined ? {} : { done: isoTime(limit.done) }),
      ...(limit.target === undefined ? {} : { target: isoTime(limit.target) }),
      rule: limit.rule.id,
      clause: shortClause(limit.rule.placed.rule.clause, sourcesOf(ready), language),
      days: (counted?.days ?? []).map(({ day, kind, role, name, number, known }) => ({
        date: isoDate(day),
        weekday: (((day - 1) % 7) + 7) % 7,
        kind,
        role,
        known,
        ...(name === undefined ? {} : { name }),
        ...(number === undefined ? {} : { number }),
      })),
    };
  });
}

function lengthText(length: Judgement["workings"]["limits"][number]["length"], language: Language): string {
  if (length === undefined) return say(language, "length.agreed");
  if ("endOfWork" in length) return say(language, "length.endOfWork");
  const [unit, n] = Object.entries(length)[0] as ["days" | "workingDays" | "hours" | "minutes", number];
  return say(language, `length.${unit}`, { n });
}

function nearMisses(judgement: Judgement, ready: ReadyRow, language: Language): Explanation["nearMisses"] {
  return CONCERNS.filter((concern): concern is Exclude<Concern, "advice"> => concern !== "advice").flatMap(
    (concern) => {
      const facts = judgement.workings.factsSeen.get(concern);
      if (!facts) return [];
      const fired = new Set(judgement.workings.fired.get(concern));
      return ready.inForce.rules[concern].flatMap((rule) => {
        if (fired.has(rule)) return [];
        const failed = onlyFailedLeaf(explainRule(rule, facts));
        if (!failed) return [];
        const { fact, operator } = failed.leaf;
        // A rule whose only condition fails didn't nearly apply; it is simply about something else.
        if ([...leavesOf(rule.conditions)].length < 2) return [];
        return [
          {
            ...explainActive(rule, facts, sourcesOf(ready), language),
            failed: {
              header: factHeader(fact, language),
              operator,
              expected: expectedText(fact, failed, language),
              ...(failed.actual === undefined ? {} : { actual: factText(fact, failed.actual, language) }),
            },
          },
        ];
      });
    },
  );
}

/** What a condition wanted; what a text should tell by what it is about, not by its name in the rules. */
function expectedText(
  fact: FactName,
  { leaf: { operator }, expected }: NonNullable<ReturnType<typeof onlyFailedLeaf>>,
  language: Language,
): string {
  if (expected === undefined) return "";
  if (operator !== "tells" && operator !== "doesNotTell") return factText(fact, expected, language);
  const names = Array.isArray(expected) ? expected : [expected];
  return names.map((name) => `“${conceptTitle(String(name), language)}”`).join(language === "zh" ? "、" : ", ");
}

/** Sums of weights carry the noise of binary fractions (0.6 + 1.2); nobody wants to read it. */
function rounded(weight: number): number {
  return Math.round(weight * 1000) / 1000;
}

function factHeader(fact: FactName, language: Language): string {
  if (isColumnId(fact)) return language === "zh" ? column(fact).header : column(fact).alias;
  return say(language, `fact.${fact}`);
}
