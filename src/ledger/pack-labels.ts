import type { RawCell } from "../domain/complaint.js";
import { defaultPackName, findPack } from "../process/choose-pack.js";
import type { Pack } from "../rules/pack.js";
import { isBlankText } from "./output-cells.js";

/** What people can write under 改判级别 and 改判类别: the labels that packs give. */

export const LABELLED = { levelOverride: "level", categoryOverride: "category" } as const;
type Labelled = (typeof LABELLED)[keyof typeof LABELLED];

/** The labels that packs give, by the pack of a row. */
export class PackLabels {
  private readonly known = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly options: {
      readonly packs: ReadonlyMap<string, Pack>;
      /** The pack of rows that name none. */
      readonly defaultPack: string | undefined;
    },
  ) {}

  labels(output: Labelled, cell: RawCell | undefined): ReadonlySet<string> {
    const { packs, defaultPack } = this.options;
    const name = typeof cell === "string" && !isBlankText(cell) ? cell : defaultPackName(defaultPack, packs);
    const key = `${output}\n${name}`;
    let labels = this.known.get(key);
    if (!labels) {
      const pack = findPack(name, packs);
      this.known.set(key, (labels = pack ? labelsOf(output, pack) : new Set<string>()));
    }
    return labels;
  }

  /** Those of every pack that a row was asked for. */
  all(output: Labelled): readonly string[] {
    return [...new Set([...this.known].flatMap(([key, labels]) => (key.startsWith(`${output}\n`) ? [...labels] : [])))];
  }
}

function labelsOf(output: Labelled, { labels, rules }: Pack): ReadonlySet<string> {
  const found = new Set(labels.flatMap((label) => (label.output === output ? [label.value] : [])));
  for (const { rule } of rules) {
    const { event } = rule;
    if (event.type === "classify" && event.params.output === output) found.add(event.params.value);
    if (output === "level" && event.type === "escalate") for (const step of event.params.ladder) found.add(step);
  }
  return found;
}
