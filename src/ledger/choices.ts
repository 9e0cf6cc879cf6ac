import type { InputId } from "../domain/columns.js";
import { REGIONS } from "../domain/usual-lists.js";
import { inputsOf } from "../process/pack-columns.js";
import { LISTED_COLUMNS } from "../rules/lists.js";
import type { Pack } from "../rules/pack.js";

/** What may be chosen in a column of listed values: a drop-down that warns and never forbids. */
export interface ColumnChoices {
  readonly id: InputId;
  readonly values: readonly string[];
}

/** Excel refuses a list of choices longer than this when it stands in the rule itself. */
const LONGEST_LIST = 255;
/** What Excel says where something else is typed; the title is how our own drop-downs are known again. */
export const CHOICE_ALERT = {
  title: "取值",
  message: "不在本制度的取值之中：照此填写不会据此处理，是否仍要保留？",
} as const;

/** Lists that no pack states, where its rules read the column. */
const USUAL: Partial<Record<InputId, readonly string[]>> = {
  region: REGIONS.values.map(({ label }) => label),
  satisfaction: ["满意", "基本满意", "不太满意", "不满意"],
};

/** The choices of the listed columns for a ledger that these packs judge, in the contract's order: of several packs, all. */
export function choicesOf(packs: readonly Pack[], departments: readonly string[] = []): ColumnChoices[] {
  const found: ColumnChoices[] = [];
  const add = (id: InputId, values: readonly string[]): void => {
    const unique = [...new Set(values)];
    if (unique.length > 0) found.push({ id, values: unique });
  };
  const read = new Set(packs.flatMap((pack) => [...inputsOf(pack)]));
  for (const id of LISTED_COLUMNS) {
    const listed = packs.flatMap((pack) => pack.lists[id]?.values.map(({ label }) => label) ?? []);
    add(id, listed.length > 0 ? listed : read.has(id) ? (USUAL[id] ?? []) : []);
  }
  if (read.has("region")) add("region", USUAL.region!);
  for (const [id, output] of OVERRIDES) {
    const values = packs.flatMap((pack) => valuesOf(pack, output));
    add(id, output === "department" ? [...values, ...departments] : values);
  }
  return found;
}

const OVERRIDES = [
  ["categoryOverride", "category"],
  ["levelOverride", "level"],
  ["departmentOverride", "department"],
] as const;

/** What the labels and rules of a pack can make of an output. */
function valuesOf(pack: Pack, output: "category" | "level" | "department"): readonly string[] {
  return [
    ...pack.labels.filter((label) => label.output === output).map(({ value }) => value),
    ...pack.rules.flatMap(({ rule: { event } }) => {
      if (event.type === "classify" && event.params.output === output) return [event.params.value];
      return event.type === "assign" && event.params.output === output && "value" in event.params
        ? [event.params.value]
        : [];
    }),
  ];
}

/** The choices as they stand in a rule of Excel; undefined if they are too many for it. */
export function choiceList(values: readonly string[]): string | undefined {
  const list = values.filter((value) => !value.includes(",")).join(",");
  return list.length > LONGEST_LIST ? undefined : list;
}
