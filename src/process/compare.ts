import { subjectText } from "./subject-text.js";
import { column, OUTPUT_COLUMNS, type OutputId } from "../domain/columns.js";
import { fen, sumOf, type Fen } from "../domain/money.js";
import { regulationClause } from "../rules/clause.js";
import type { Outcome, Penalty } from "./outcome.js";
import { outputsJson, type JsonValue } from "./outcome-json.js";
import type { Run } from "./process.js";

/** One output of one row that differs between two versions of the packs. */
export interface ChangedOutput {
  readonly row: number;
  readonly id: string | undefined;
  readonly output: OutputId;
  readonly header: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  /** Rules it rests on before and after; those named on one side only are what made the change. */
  readonly rulesBefore: readonly string[];
  readonly rulesAfter: readonly string[];
}

/** What a person or department bears, summed over the ledger. */
export interface ChangedSubject {
  readonly subject: string;
  readonly before: Fen;
  readonly after: Fen;
}

export interface ChangedRule {
  readonly rule: string;
  /** As the newer version has them, or the older one where the rule is gone. */
  readonly title: { readonly zh: string; readonly en: string };
  readonly clause: string;
  /** Outputs of rows that changed and rest on this rule in either version. */
  readonly outputs: number;
  readonly penaltiesBefore: Fen;
  readonly penaltiesAfter: Fen;
}

/** 规则版本 of the rows of a pack in both versions. */
export interface ChangedVersion {
  readonly before: string;
  readonly after: string;
  readonly rows: number;
}

export interface Comparison {
  readonly rows: number;
  /** Packs that differ at all, also where nothing changes by it. */
  readonly versions: readonly ChangedVersion[];
  readonly changedRows: number;
  readonly outputs: readonly ChangedOutput[];
  readonly subjects: readonly ChangedSubject[];
  readonly rules: readonly ChangedRule[];
  readonly totals: {
    readonly penalties: { readonly before: Fen; readonly after: Fen };
    readonly deducted: { readonly before: Fen; readonly after: Fen };
    readonly carriedOut: { readonly before: Fen; readonly after: Fen };
    readonly compensation: { readonly before: Fen; readonly after: Fen };
  };
}

/** 规则版本 differs on every row whenever a pack does; it says nothing about the effect. */
const LEFT_OUT: ReadonlySet<OutputId> = new Set(["packVersion"]);

/** What would change if the packs of `after` replaced those of `before`: both runs judged the same ledger at the same time. */
export function compareRuns(before: Run, after: Run): Comparison {
  const outputs: ChangedOutput[] = [];
  const known: KnownRules = new Map();
  before.outcome.rows.forEach((old, index) => {
    const now = after.outcome.rows[index]!;
    const [a, b] = [outputsJson(old.outputs), outputsJson(now.outputs)];
    const changed = OUTPUT_COLUMNS.filter(
      ({ id }) => !LEFT_OUT.has(id) && JSON.stringify(a[id]) !== JSON.stringify(b[id]),
    );
    if (changed.length === 0) return;
    const [groundsBefore, groundsAfter] = [groundsOf(before, old.row, known), groundsOf(after, old.row, known)];
    for (const { id } of changed) {
      outputs.push({
        row: old.row,
        id: old.id,
        output: id,
        header: column(id).header,
        ...(a[id] === undefined ? {} : { before: a[id] }),
        ...(b[id] === undefined ? {} : { after: b[id] }),
        rulesBefore: groundsBefore(id),
        rulesAfter: groundsAfter(id),
      });
    }
  });
  return {
    rows: before.outcome.rows.length,
    versions: changedVersions(before.outcome, after.outcome),
    changedRows: new Set(outputs.map(({ row }) => row)).size,
    outputs,
    subjects: changedSubjects(before.outcome, after.outcome),
    rules: changedRules(outputs, before.outcome.penalties, after.outcome.penalties, known),
    totals: {
      penalties: pair(before, after, "penalties"),
      deducted: pair(before, after, "deducted"),
      carriedOut: pair(before, after, "carriedOut"),
      compensation: pair(before, after, "compensation"),
    },
  };
}

function pair(
  before: Run,
  after: Run,
  key: "penalties" | "deducted" | "carriedOut" | "compensation",
): { before: Fen; after: Fen } {
  return { before: before.outcome.summary[key], after: after.outcome.summary[key] };
}

function changedVersions(before: Outcome, after: Outcome): ChangedVersion[] {
  const counts = new Map<string, ChangedVersion>();
  before.rows.forEach((old, index) => {
    const pair = { before: old.outputs.packVersion ?? "", after: after.rows[index]!.outputs.packVersion ?? "" };
    if (pair.before === pair.after) return;
    const key = `${pair.before}\n${pair.after}`;
    counts.set(key, { ...pair, rows: (counts.get(key)?.rows ?? 0) + 1 });
  });
  return [...counts.values()];
}

/** Rules met on changed rows, by id; of two versions the later one stands. */
type KnownRules = Map<string, Pick<ChangedRule, "title" | "clause">>;

/** The ids of the rules an output of a row rests on; the rules are noted. */
function groundsOf(run: Run, row: number, known: KnownRules): (id: OutputId) => string[] {
  const seen = run.inspect(row);
  const grounds = seen?.judgement.workings.grounds;
  for (const ground of [...(grounds?.values() ?? [])].flat()) {
    if (ground.kind !== "rule" || !seen) continue;
    const { title, clause } = ground.rule.placed.rule;
    known.set(ground.rule.id, { title, clause: regulationClause(clause, seen.ready.inForce.pack.header) });
  }
  return (id) => [
    ...new Set(
      (grounds?.get(id) ?? []).flatMap((ground): string[] => (ground.kind === "rule" ? [ground.rule.id] : [])),
    ),
  ];
}

function changedSubjects(before: Outcome, after: Outcome): ChangedSubject[] {
  const sums = (outcome: Outcome): Map<string, Fen> => {
    const map = new Map<string, Fen>();
    for (const penalty of outcome.penalties) {
      // What is void of a case that goes on elsewhere is nobody's.
      if (penalty.state === "作废") continue;
      const subject = subjectText(penalty);
      map.set(subject, fen((map.get(subject) ?? 0) + penalty.amount));
    }
    return map;
  };
  const [a, b] = [sums(before), sums(after)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .map((subject) => ({ subject, before: a.get(subject) ?? fen(0), after: b.get(subject) ?? fen(0) }))
    .filter((s) => s.before !== s.after);
}

function changedRules(
  outputs: readonly ChangedOutput[],
  before: readonly Penalty[],
  after: readonly Penalty[],
  known: KnownRules,
): ChangedRule[] {
  const counts = new Map<string, number>();
  for (const { rulesBefore, rulesAfter } of outputs) {
    for (const rule of new Set([...rulesBefore, ...rulesAfter])) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const sum = (penalties: readonly Penalty[], rule: string): Fen =>
    sumOf(penalties.filter((p) => p.rule === rule).map((p) => p.amount));
  for (const { rule } of [...before, ...after]) {
    if (!counts.has(rule) && sum(before, rule) !== sum(after, rule)) counts.set(rule, 0);
  }
  return [...counts]
    .map(([rule, n]) => ({
      rule,
      ...(known.get(rule) ?? { title: { zh: rule, en: rule }, clause: "" }),
      outputs: n,
      penaltiesBefore: sum(before, rule),
      penaltiesAfter: sum(after, rule),
    }))
    .sort((a, b) => b.outputs - a.outputs || (a.rule < b.rule ? -1 : 1));
}
