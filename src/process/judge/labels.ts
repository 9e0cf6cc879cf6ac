import { classify } from "../../rules/classify.js";
import type { ClassifiedOutput } from "../../rules/events/kinds.js";
import { shortTime } from "../fact-text.js";
import { cellPlace } from "../cell-place.js";
import type { SentenceKey } from "../sentences.js";
import { byName, type ValueOf } from "./event-values.js";
import { HUMAN } from "./grounds.js";
import type { Ground } from "./ground.js";
import type { RowWork } from "./row-work.js";

const UNCLASSIFIED = "待分类";
/** Labels are found in this order; a later group may depend on an earlier one (`within`). */
const LABEL_ORDER: readonly ClassifiedOutput[] = ["category", "nature", "level", "subcategory"];

const WHAT = byName(LABEL_ORDER, (output): SentenceKey => `what.${output}`);
const LABEL_GROUNDS = byName(LABEL_ORDER, (output): readonly Ground[] => [{ kind: "label", output }]);
const CLASSIFIED_AS = byName(
  LABEL_ORDER,
  (output): ValueOf<string> =>
    (event) =>
      event.type === "classify" && event.params.output === output ? event.params.value : undefined,
);

/** None of the pack's rules apply to a complaint received before its first day; that is said, not left to be guessed. */
function sayNotStarted(work: RowWork): void {
  const { inForce, inputs, row } = work.row;
  const { header } = inForce.pack;
  const text = work.t("pack.not-started", {
    ...cellPlace(row, "receivedAt", work.context.place),
    value: shortTime(inputs.receivedAt),
    title: header.title[work.context.language],
    from: header.effectiveFrom!,
  });
  work.messages.push({
    row,
    column: "receivedAt",
    value: shortTime(inputs.receivedAt),
    level: "warning",
    cause: "pack.not-started",
    text,
  });
}

/** 投诉类别, 性质, 级别, 子类: by 改判, by rules, else by what the texts say; and whether the data can be right at all. */
export function classifyRow(work: RowWork): void {
  const { inForce, inputs } = work.row;
  if (!inForce.started) sayNotStarted(work);
  const overrides: Partial<Record<ClassifiedOutput, string | undefined>> = {
    category: inputs.categoryOverride,
    level: inputs.levelOverride,
  };
  const given: { [Output in ClassifiedOutput]?: string } = {};
  for (const output of LABEL_ORDER) {
    const override = overrides[output];
    if (override === undefined) continue;
    given[output] = override;
    work.set(output, override, HUMAN);
  }
  work.classification = classify(inForce, work.facts, work.row.scan, given, work.kept !== undefined);
  for (const output of LABEL_ORDER) {
    if (given[output] !== undefined || !work.plan.labelled.has(output)) continue;
    const verdict = work.classification[output];
    if (verdict) work.set(output, verdict.value, LABEL_GROUNDS[output]);
    else if (output !== "subcategory") work.set(output, UNCLASSIFIED, LABEL_GROUNDS[output]);
  }
  const rules = work.evaluate("classification");
  for (const rule of rules) {
    if (rule.event.type !== "invalid") continue;
    const { column, text } = rule.event.params;
    work.faulty = true;
    const value = work.factText(column);
    const what = { ...cellPlace(work.row.row, column, work.context.place), value, reason: work.fillIn(text) };
    work.messages.push({
      row: work.row.row,
      level: "error",
      cause: work.plan.ruleNotes(rule).cause,
      text: work.t("cell.invalid", what),
      column,
      value,
    });
    work.restOn(rule);
  }
  for (const output of LABEL_ORDER) {
    if (overrides[output] !== undefined) continue;
    const winner = work.winner(rules, CLASSIFIED_AS[output], output);
    if (winner) work.setBy(winner.rule, output, winner.value);
    else confirmLabel(work, output);
  }
  work.sendMessages(rules);
}

/** Asks a person where the evidence for a label that stands is thin, or there is none. */
function confirmLabel(work: RowWork, output: ClassifiedOutput): void {
  if (!work.plan.labelled.has(output)) return;
  const verdict = work.classification[output];
  if (verdict === undefined) {
    if (output !== "subcategory") work.say("warning", "category.unclear", { output: work.t(WHAT[output]) });
  } else if (verdict.thin && verdict.runnerUp) {
    work.say("info", "category.thin", {
      output: work.t(`what.${output}`),
      value: verdict.value,
      runnerUp: verdict.runnerUp.value,
    });
  }
}
