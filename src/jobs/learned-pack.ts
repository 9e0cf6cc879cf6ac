import type { LearnedOutput } from "../process/learn-ledger.js";
import type { LearnedFile } from "../rules/pack-schema.js";

/** What this writes of a classification.json: labels are added, the rest stays as it stands. */
interface ClassificationText {
  readonly labels?: readonly unknown[];
}

/**
 * The files of a pack with what was learned from a ledger: learned.json holds the new weights beside those of outputs that
 * were not learned, and labels the pack did not have are added to classification.json.
 */
export function packWithLearned(
  files: ReadonlyMap<string, string>,
  learned: readonly LearnedOutput[],
  source: string,
): Map<string, string> {
  const result = new Map(files);
  // The pack has been loaded, so these files have their shapes.
  const before = JSON.parse(files.get("learned.json") ?? '{ "models": [] }') as Pick<LearnedFile, "models">;
  const isNew = (model: LearnedFile["models"][number]): boolean =>
    learned.some(({ output, within }) => output === model.output && within === model.within);
  const file: LearnedFile = {
    generated: `by tiaoli learn from ${source}; not edited by hand`,
    models: [...before.models.filter((model) => !isNew(model)), ...learned.map(({ model }) => model)],
  };
  result.set("learned.json", `${JSON.stringify(file, null, 1)}\n`);
  const added = learned.flatMap(({ output, labels }) =>
    labels.flatMap(({ label, isNew: unknown }) =>
      unknown ? [{ output, value: label, clause: { document: source, article: "投诉类别" }, phrases: [] }] : [],
    ),
  );
  if (added.length > 0) {
    const classification = JSON.parse(files.get("classification.json") ?? "{}") as ClassificationText;
    const labels = [...(classification.labels ?? []), ...added];
    result.set("classification.json", `${JSON.stringify({ ...classification, labels }, null, 2)}\n`);
  }
  return result;
}
