import { CLASSIFIED_OUTPUTS, type ClassifiedOutput } from "./events/kinds.js";
import { nodeAt, problemAt, type JsonPath, type JsonSource, type ProblemParams } from "./json-source.js";
import { nearest } from "./nearest.js";
import type { Label } from "./pack-schema.js";
import type { PackProblem } from "./pack-problem.js";
import type { PlacedRule } from "./pack.js";
import { spansOverlap } from "./parameter-check.js";

/** Labels of one value don't overlap in time, and what they are within is something the pack gives. */
export function labelProblems(
  source: JsonSource,
  labels: readonly Label[],
  rules: readonly PlacedRule[],
): PackProblem[] {
  const problems: PackProblem[] = [];
  const report = (index: number, at: JsonPath, code: string, params: ProblemParams): void => {
    problems.push(problemAt(source, nodeAt(source.root, ["labels", index, ...at]), code, params));
  };
  const given = new Map<ClassifiedOutput, Set<string>>(CLASSIFIED_OUTPUTS.map((output) => [output, new Set()]));
  for (const { output, value } of labels) given.get(output)!.add(value);
  for (const { rule } of rules) {
    if (rule.event.type === "classify") given.get(rule.event.params.output)!.add(rule.event.params.value);
  }
  labels.forEach((label, i) => {
    const earlier = labels
      .slice(0, i)
      .some((other) => sameLabel(other, label) && spansOverlap(span(other), span(label)));
    if (earlier) report(i, ["value"], "duplicate-label", { output: label.output, value: label.value });
    const { within } = label;
    if (!within || given.get(within.output)!.has(within.value)) return;
    const near = nearest(within.value, given.get(within.output)!);
    const params = { output: within.output, value: within.value, ...(near !== undefined && { nearest: near }) };
    report(i, ["within", "value"], "unknown-parent", params);
  });
  const cycle = withinCycle(labels);
  if (cycle) report(cycle.index, ["within"], "within-cycle", { cycle: cycle.outputs.join(" → ") });
  return problems;
}

const span = ({ effectiveFrom, effectiveTo }: Label): { from: string | undefined; to: string | undefined } => ({
  from: effectiveFrom,
  to: effectiveTo,
});

function sameLabel(a: Label, b: Label): boolean {
  const same = a.output === b.output && a.value === b.value;
  return same && a.within?.output === b.within?.output && a.within?.value === b.within?.value;
}

/** A group of labels that is, through others, within itself. */
function withinCycle(labels: readonly Label[]): { index: number; outputs: ClassifiedOutput[] } | undefined {
  const reach = (from: ClassifiedOutput, seen: readonly ClassifiedOutput[]): ClassifiedOutput[] | undefined => {
    if (seen.includes(from)) return [...seen.slice(seen.indexOf(from)), from];
    const parents = new Set(labels.flatMap(({ output, within }) => (output === from && within ? [within.output] : [])));
    for (const parent of parents) {
      const cycle = reach(parent, [...seen, from]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  for (const output of CLASSIFIED_OUTPUTS) {
    const outputs = reach(output, []);
    if (outputs) return { index: labels.findIndex((label) => label.output === outputs[0] && label.within), outputs };
  }
  return undefined;
}
