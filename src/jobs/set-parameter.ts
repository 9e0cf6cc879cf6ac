import { parameterValue, clause as clauseCodec, type CellContext } from "../rules-sheets/codecs.js";
import { formatLike } from "../rules-sheets/format-like.js";
import { isList, isObject, valueAt, type Json, type JsonObject } from "../rules-sheets/json.js";
import { CellFault, sheetsText } from "../rules-sheets/problem.js";
import { parseDateText } from "../rules-sheets/dates.js";
import { UNITS } from "../rules-sheets/vocabulary.js";
import type { Language } from "../locales/language.js";
import type { PackTexts } from "./catalogue.js";
import { jobsText } from "./texts.js";

/** The figures of a pack as a form shows them, and one of them set anew from a day on. */

export interface ParameterInfo {
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** As it stands in a cell of 参数: `15`, `≤5000：业务经理；以上：总经理`, words joined by 、. */
  readonly value: string;
  /** The unit in words; undefined where the value says it all. */
  readonly unit: { readonly zh: string; readonly en: string } | undefined;
  /** First day of the value that is in force last; undefined: from the beginning. */
  readonly from: string | undefined;
  readonly clause: string;
  /** false: the source does not give it, and rows that rest on it say so. */
  readonly stated: boolean;
  readonly note: { readonly zh: string; readonly en: string } | undefined;
}

export interface ParameterChange {
  readonly name: string;
  /** As in a cell. */
  readonly value: string;
  /** From which day of 受理时间; blank: instead of the value that stands, for all times. */
  readonly from: string;
  /** `第十条 · （一）`; blank: as it was. */
  readonly clause: string;
  readonly stated: boolean;
}

const FILE = "parameters.json";

/** The parameters of a pack in the order of its file, each with the value that is in force last. */
export function parametersOf(files: PackTexts): ParameterInfo[] {
  const { context, list } = readParameters(files);
  return list.flatMap((one): ParameterInfo[] => {
    const values = one["values"];
    const last = isList(values) ? values.at(-1) : undefined;
    const [name, title, unit] = [one["name"], one["title"], one["unit"]];
    if (!isObject(last) || typeof name !== "string" || !isText(title) || typeof unit !== "string") return [];
    const source = last["source"];
    const from = last["effectiveFrom"];
    const note = isObject(source) ? source["note"] : undefined;
    return [
      {
        name,
        title,
        unit: unitOf(unit),
        value: String(parameterValue.write(last["value"] ?? null, context) ?? JSON.stringify(last["value"])),
        from: typeof from === "string" ? from : undefined,
        clause: source === undefined ? "" : String(clauseCodec.write(clauseOf(source), context) ?? ""),
        stated: isObject(source) && source["stated"] === true,
        note: isText(note) ? note : undefined,
      },
    ];
  });
}

/** `工作日`, `working days` */
function unitOf(unit: string): ParameterInfo["unit"] {
  if (unit === "tiers" || unit === "words") return undefined;
  return { zh: UNITS.word(unit), en: unit.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) };
}

/** How many parameters still rest on samples in the value that is in force last. */
export function samplesIn(files: PackTexts): number {
  return parametersOf(files).filter(({ stated }) => !stated).length;
}

/**
 * The pack with a parameter set: from a day on, the value in force on that day ends there and the new one begins; without a
 * day it takes the place of the last value. Nothing else of the file changes. The loader has yet to check it.
 */
export function setParameter(
  files: PackTexts,
  change: ParameterChange,
  language: Language,
): { readonly files: PackTexts } | { readonly problem: string } {
  const { context, content, list } = readParameters(files);
  const index = list.findIndex((one) => one["name"] === change.name);
  const parameter = list[index];
  const values = parameter?.["values"];
  if (!parameter || !isList(values)) return { problem: jobsText(language, "parameter.unknown", { name: change.name }) };
  try {
    const next = withValue(values.filter(isObject), change, context);
    const parameters = list.map((one, i) => (i === index ? { ...one, values: next } : one));
    return { files: { ...files, [FILE]: formatLike({ ...content, parameters }, files[FILE]) } };
  } catch (error) {
    if (!(error instanceof CellFault)) throw error;
    return { problem: `${change.name}：${sheetsText(language, error.key, error.params)}` };
  }
}

/** Throws `CellFault` where a part of the change can't be read. */
function withValue(values: readonly JsonObject[], change: ParameterChange, context: CellContext): JsonObject[] {
  const { value: text, from: day, clause, stated } = change;
  const value = parameterValue.read(text.trim(), context);
  const from = day.trim() === "" ? undefined : parseDateText(day);
  if (day.trim() !== "" && from === undefined) throw new CellFault("fault.date");
  const sourceOf = (old: JsonObject | undefined): Json => {
    const kept = old && isObject(old["source"]) ? old["source"] : {};
    const named = clause.trim() === "" ? undefined : clauseCodec.read(clause, context);
    // How an unclear clause was read says nothing of what somebody's own regulation states.
    const { note, ...rest } = kept;
    const base = isObject(named) ? named : rest;
    return { ...base, stated, ...(stated || note === undefined ? {} : { note }) };
  };
  const at = from === undefined ? values.length - 1 : inForce(values, from);
  const old = values[at];
  if (from === undefined || old?.["effectiveFrom"] === from)
    return values.map((one, i) => (i === at ? { ...one, value, source: sourceOf(one) } : one));
  const ends = old?.["effectiveTo"];
  const added: JsonObject = {
    effectiveFrom: from,
    ...(ends === undefined ? {} : { effectiveTo: ends }),
    value,
    source: sourceOf(old),
  };
  const before = values.slice(0, at + 1).map((one, i): JsonObject => {
    if (i < at) return one;
    const { effectiveFrom, ...rest } = one;
    return { ...(effectiveFrom === undefined ? {} : { effectiveFrom }), ...rest, effectiveTo: from };
  });
  return [...before, added, ...values.slice(at + 1)];
}

/** The place of the value in force on a day; the last one before it where none is. */
function inForce(values: readonly JsonObject[], day: string): number {
  const found = values.findLastIndex((one) => {
    const from = one["effectiveFrom"];
    return typeof from !== "string" || from <= day;
  });
  return Math.max(0, found);
}

function readParameters(files: PackTexts): {
  readonly context: CellContext;
  readonly content: JsonObject;
  readonly list: readonly JsonObject[];
} {
  const parsed = (path: string): JsonObject => {
    const text = files[path];
    try {
      const value = text === undefined ? {} : (JSON.parse(text.replace(/^\ufeff/, "")) as Json);
      return isObject(value) ? value : {};
    } catch {
      // A pack of the workbook that is no JSON has no figures to show; the loader says what is wrong with it.
      return {};
    }
  };
  const content = parsed(FILE);
  const list = content["parameters"];
  const document = valueAt(parsed("pack.json"), ["source", "document"]);
  const context = { titles: new Map<string, string>(), document: typeof document === "string" ? document : "" };
  return { context, content, list: isList(list) ? list.filter(isObject) : [] };
}

function clauseOf(source: Json): Json {
  if (!isObject(source)) return source;
  return Object.fromEntries(
    Object.entries(source).filter(([key]) => ["document", "article", "paragraph"].includes(key)),
  );
}

function isText(value: Json | undefined): value is { readonly zh: string; readonly en: string } {
  return isObject(value) && typeof value["zh"] === "string" && typeof value["en"] === "string";
}
