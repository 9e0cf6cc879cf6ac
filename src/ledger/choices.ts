import { column, type InputId } from "../domain/columns.js";
import type { RawCell } from "../domain/complaint.js";
import { sha256Hex } from "../domain/sha256.js";
import { REGIONS } from "../domain/usual-lists.js";
import { inputsOf } from "../process/pack-columns.js";
import { LISTED_COLUMNS } from "../rules/lists.js";
import type { Pack } from "../rules/pack.js";
import { columnLetters } from "../ooxml/references.js";
import type { ColumnChoices, OutputTable, RawTable } from "./port.js";

/** Excel refuses a list of choices longer than this when it stands in the rule itself. */
const LONGEST_LIST = 255;
/** What Excel says where something else is typed. */
const TITLE = "取值";
const MESSAGE = "不在本制度的取值之中：照此填写不会据此处理，是否仍要保留？";

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

// ---------------------------------------------------------------- as Excel keeps them

/** Lists that are too long for a rule of Excel, or hold the comma that parts its choices, stand in a table of ours. */
export const CHOICES_TABLE = "Choices";
export const CHOICES_HEADERS = [
  { header: "台账列", kind: "text", width: 16 },
  { header: "可选值", kind: "text", width: 40 },
] as const satisfies OutputTable["columns"];

function inlineList(values: readonly string[]): string {
  return values.join(",");
}

function fitsInline(values: readonly string[]): boolean {
  return inlineList(values).length <= LONGEST_LIST && !values.some((value) => value.includes(","));
}

/**
 * Tells which lists stand in the table: those that must, and those that do already, since a drop-down points to them.
 */
export function tabledChoices(choices: readonly ColumnChoices[], standing?: RawTable): ColumnChoices[] {
  const at = CHOICES_HEADERS.map(({ header }) => standing?.headers.findIndex((one) => one.header === header) ?? -1);
  const listed = new Map<string, string[]>();
  for (const { cells } of standing?.rows ?? []) {
    const [key, value] = at.map((k) => textOf(cells[k]));
    listed.set(key!, [...(listed.get(key!) ?? []), value!]);
  }
  return choices.map((one): ColumnChoices => {
    const before = listed.get(keyOf(one.id));
    if (fitsInline(one.values) && !before) return one;
    return { ...one, values: withStanding(one, before ?? []), tabled: true };
  });
}

function textOf(cell: RawCell | undefined): string {
  return typeof cell === "string" ? cell : typeof cell === "number" ? String(cell) : "";
}

/** The choices, and those that stand there already and that some pack at hand still offers. */
function withStanding({ values, known }: ColumnChoices, standing: readonly string[]): readonly string[] {
  return [...new Set([...values, ...standing.filter((value) => known?.includes(value))])];
}

/** The table of choices; an undo leaves it, since drop-downs point to it. */
export function choicesTable(choices: readonly ColumnChoices[]): OutputTable {
  return {
    sheet: "取值",
    table: CHOICES_TABLE,
    columns: CHOICES_HEADERS,
    rows: choices.filter(({ tabled }) => tabled).flatMap(({ id, values }) => values.map((value) => [keyOf(id), value])),
    mode: "replace",
    stays: true,
  };
}

/** How the table names a column, whatever the ledger calls it. */
function keyOf(id: InputId): string {
  return column(id).header;
}

/** Where the table of choices stands: its sheet, and its columns counted from 1. */
export interface ChoicesPlace {
  readonly sheet: string;
  readonly keys: number;
  readonly values: number;
}

/** Where the table stands, by its first column (from 1) and its headers. */
export function choicesPlace(sheet: string, left: number, headers: readonly string[]): ChoicesPlace {
  const at = (k: 0 | 1): number => left + Math.max(k, headers.indexOf(CHOICES_HEADERS[k].header));
  return { sheet, keys: at(0), values: at(1) };
}

/** A drop-down as Excel keeps it. */
export interface ListRule {
  /** Choices parted by commas, or a formula that begins with =. */
  readonly source: string;
  readonly title: string;
  readonly message: string;
}

/**
 * The drop-down for some choices. That of the table finds the column's lines by itself, so it need never be renewed; of
 * one in the rule itself the message ends with a mark of its choices, by which it is known to be as we left it.
 */
export function listRule({ id, values, tabled }: ColumnChoices, place: ChoicesPlace | undefined): ListRule | undefined {
  if (!tabled) return { source: inlineList(values), title: TITLE, message: MESSAGE + markOf(inlineList(values)) };
  if (!place) return undefined;
  const sheet = `'${place.sheet.replaceAll("'", "''")}'!`;
  const keys = `${sheet}$${columnLetters(place.keys)}:$${columnLetters(place.keys)}`;
  const key = `"${keyOf(id)}"`;
  const source = `=OFFSET(${sheet}$${columnLetters(place.values)}$1,MATCH(${key},${keys},0)-1,0,COUNTIF(${keys},${key}),1)`;
  return { source, title: TITLE, message: MESSAGE };
}

/**
 * What a drop-down that stands there has to become; undefined if it stays: it is as it should be, or somebody's own, also
 * where somebody changed one of ours.
 */
export function renewedRule(
  { source, title, message }: ListRule,
  one: ColumnChoices,
  place: ChoicesPlace | undefined,
): ListRule | undefined {
  if (title !== TITLE) return undefined;
  if (source.startsWith("=OFFSET(")) {
    // The table's sheet was deleted.
    return source.includes("#REF!") && message === MESSAGE ? listRule(one, place) : undefined;
  }
  if (message !== MESSAGE + markOf(source)) return undefined;
  const values = one.tabled ? one.values : withStanding(one, source.split(","));
  if (!one.tabled && !fitsInline(values)) return undefined;
  const rule = listRule({ ...one, values }, place);
  return rule?.source === source ? undefined : rule;
}

function markOf(source: string): string {
  return `（${sha256Hex(source).slice(0, 4)}）`;
}
