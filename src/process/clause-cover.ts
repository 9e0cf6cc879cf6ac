import type { PackCase } from "../rules/case-schema.js";
import { shortClause } from "../rules/clause.js";
import type { Rule } from "../rules/pack-schema.js";
import { CONCERNS } from "../rules/events/kinds.js";
import { epochs, packInForce } from "../rules/in-force.js";
import type { Pack } from "../rules/pack.js";
import type { Day } from "../domain/wall-time.js";
import { boundariesOf } from "./boundaries.js";

/** Which clauses of a regulation its pack carries out, and which of them are shown at work by a case. */

type CitedClause = Omit<Rule["clause"], "document"> & { readonly document?: string | undefined };

/** What carries out a clause: a rule, a label, a cap, the numbering, a report. */
export type Carrier = "rule" | "label" | "cap" | "numbering" | "report";

/** One clause as pack.json lists it, with what carries it out. */
export interface ClauseState {
  /** As people name it, with its document where that is not the pack's own. */
  readonly name: string;
  /** pack.json says why it is no rule. */
  readonly reasoned: boolean;
  readonly carriers: ReadonlySet<Carrier>;
  /** Something that carries out this very clause is at work in a case that cites it. */
  readonly shown: boolean;
  /** Every rule that carries it out and has a condition stays silent, by name, in a case. */
  readonly silent: boolean;
  /** Boundaries of its rules (limits, figures, tiers), and those of them on both sides of which a case stands. */
  readonly boundaries: number;
  readonly boundariesShown: number;
  /** Cases that cite it. */
  readonly cases: number;
}

export interface ClauseCover {
  readonly clauses: readonly ClauseState[];
  /** What cites a clause that pack.json does not list, each with the clause. An error: nobody could tell what it rests on. */
  readonly unlistedClauses: readonly string[];
  /** Clauses that give a reason and are carried out all the same: the reason isn't true. */
  readonly needlessReasons: readonly string[];
  /** Clauses that nothing carries out and that give no reason. */
  readonly clausesWithoutRule: readonly string[];
  /** Clauses carried out, but by nothing that a case shows at work. */
  readonly clausesWithoutCase: readonly string[];
  /** Clauses carried out ÷ clauses that give no reason; undefined where the pack lists none. */
  readonly coverage: number | undefined;
}

/** A case with what was at work in it. */
export interface CaseAtWork {
  readonly case: PackCase;
  readonly fired: ReadonlySet<string>;
  /** Labels given to its rows. */
  readonly labels: ReadonlySet<string>;
}

/** What all cases of a pack show together: rules silent by name, and sides of boundaries on which rows stand. */
export interface CasesTogether {
  readonly silent: ReadonlySet<string>;
  readonly touched: ReadonlySet<string>;
}

export function clauseCover(pack: Pack, cases: readonly CaseAtWork[], together: CasesTogether): ClauseCover {
  const own = pack.header.source.document;
  const keyOf = (clause: CitedClause): string =>
    JSON.stringify([clause.document ?? own, clause.article, clause.paragraph ?? ""]);
  const nameOf = (clause: CitedClause): string => shortClause(clause, pack.header);
  const carried = carriers(pack);
  const boundaries = boundariesByRule(pack);
  const listed = new Set((pack.header.clauses ?? []).map(keyOf));
  const clauses = (pack.header.clauses ?? []).map((clause): ClauseState => {
    const key = keyOf(clause);
    const mine = carried.filter((carrier) => keyOf(carrier.clause) === key);
    const citing = cases.filter((c) => keyOf(c.case.clause) === key);
    const rules = pack.rules.filter(({ rule }) => keyOf(rule.clause) === key).map(({ rule }) => rule);
    const edges = [...new Set(rules.flatMap((rule) => boundaries.get(rule.id) ?? []))];
    return {
      name: nameOf(clause),
      reasoned: clause.reason !== undefined,
      carriers: new Set(mine.map(({ kind }) => kind)),
      // A report shows its figures on any ledger; its own tests work them out anew.
      shown: mine.some(({ kind, isAtWork }) => kind === "report" || citing.some(isAtWork)),
      silent: rules.every((rule) => isUnconditional(rule) || together.silent.has(rule.id)),
      boundaries: edges.length,
      boundariesShown: edges.filter(
        (edge) => together.touched.has(`${edge} at`) && together.touched.has(`${edge} beyond`),
      ).length,
      cases: citing.length,
    };
  });
  const cited = [
    ...carried.map(({ what, clause }) => ({ what, clause })),
    ...cases.map(({ case: { name, clause } }) => ({ what: name, clause })),
  ];
  const expected = clauses.filter(({ reasoned }) => !reasoned);
  const ruled = expected.filter((clause) => clause.carriers.size > 0);
  const names = (states: readonly ClauseState[]): string[] => states.map(({ name }) => name);
  return {
    clauses,
    unlistedClauses: cited
      .filter(({ clause }) => !listed.has(keyOf(clause)))
      .map(({ what, clause }) => `${what} (${nameOf(clause)})`),
    needlessReasons: names(clauses.filter(({ reasoned, carriers: by }) => reasoned && by.size > 0)),
    clausesWithoutRule: names(expected.filter(({ carriers: by }) => by.size === 0)),
    clausesWithoutCase: names(ruled.filter(({ shown }) => !shown)),
    coverage: expected.length === 0 ? undefined : ruled.length / expected.length,
  };
}

/** The boundaries of every rule by its id, in whatever period it is in force. */
function boundariesByRule(pack: Pack): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { from } of epochs(pack)) {
    const inForce = packInForce(pack, from ?? (0 as Day));
    for (const rule of CONCERNS.flatMap((concern) => inForce.rules[concern]))
      found.set(rule.id, [...new Set([...(found.get(rule.id) ?? []), ...boundariesOf(rule).map(({ key }) => key)])]);
  }
  return found;
}

/** A rule that fires on every row can have no case in which it doesn't. */
export function isUnconditional(rule: Rule): boolean {
  const { conditions } = rule;
  return "all" in conditions && conditions.all.every((c) => "fact" in c && c.fact === "always");
}

interface CarriedClause {
  readonly kind: Carrier;
  /** How a message names it. */
  readonly what: string;
  readonly clause: CitedClause;
  readonly isAtWork: (atWork: CaseAtWork) => boolean;
}

function carriers(pack: Pack): CarriedClause[] {
  const { numbering } = pack.header;
  // A cap and the numbering decide on every row: a case that cites them is one that shows them.
  const always = (): boolean => true;
  return [
    ...pack.rules.map(({ rule }): CarriedClause => ({
      kind: "rule",
      what: rule.id,
      clause: rule.clause,
      isAtWork: ({ fired }) => fired.has(rule.id),
    })),
    ...pack.labels.map((label): CarriedClause => ({
      kind: "label",
      what: label.value,
      clause: label.clause,
      isAtWork: ({ labels }) => labels.has(label.value),
    })),
    ...pack.caps.map((cap): CarriedClause => ({ kind: "cap", what: cap.id, clause: cap.clause, isAtWork: always })),
    ...pack.reports.map((report): CarriedClause => ({
      kind: "report",
      what: report.id,
      clause: report.clause,
      isAtWork: always,
    })),
    ...(numbering?.clause === undefined
      ? []
      : [{ kind: "numbering" as const, what: numbering.pattern, clause: numbering.clause, isAtWork: always }]),
  ];
}
