import { INPUT_COLUMNS, type ColumnId } from "../domain/columns.js";
import type { Person, RawCell, RawRow } from "../domain/complaint.js";
import { parseYuan } from "../domain/money.js";
import { readHolidays } from "../domain/side-tables/holidays.js";
import { readSettings } from "../domain/side-tables/settings.js";
import type { SideTable } from "../domain/side-tables/side-table.js";
import { parseIso } from "../domain/wall-time.js";
import type { PackCase } from "../rules/case-schema.js";
import { CLASSIFIED_OUTPUTS } from "../rules/events/kinds.js";
import { evaluateConcern } from "../rules/evaluate.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { ProcessInput } from "./input.js";
import { touchedBy } from "./boundaries.js";
import { outcomeJson, outputsJson } from "./outcome-json.js";
import { run, type Run } from "./process.js";

/** One thing a case expected and did not get. */
/** What of an outcome a case looks at. */
export type CasePlace =
  | { readonly part: "row"; readonly index: number; readonly key: string }
  | { readonly part: "penalty" | "deduction"; readonly index: number; readonly key: string }
  | { readonly part: "penalties" | "deductions" | "ids" | "fires" | "silent" };

export interface CaseFailure {
  /** What was looked at, e.g. `rows[0].closeDue`. */
  readonly where: string;
  readonly place: CasePlace;
  readonly expected: unknown;
  readonly actual: unknown;
}

export interface CaseResult {
  readonly failures: readonly CaseFailure[];
  /** Ids of the rules that fired on at least one of the case's rows. */
  readonly fired: ReadonlySet<string>;
  /** Labels given to the case's rows. */
  readonly labels: ReadonlySet<string>;
  /** Sides of boundaries on which the case's rows stand. */
  readonly touched: ReadonlySet<string>;
}

/**
 * Runs a case of a pack through the whole product and compares what it names. Rows stand in sheet rows 2, 3, …
 * `packs` must hold the pack; rows without 适用制度 are judged by it.
 */
export function runCase(
  pack: Pack,
  packCase: PackCase,
  packs: ReadonlyMap<string, Pack>,
  statutes: Statutes,
): CaseResult {
  const input = caseInput(pack, packCase, packs, statutes);
  const result = run(input);
  const fired = new Set<string>();
  const touched = new Set<string>();
  for (const { row } of input.rows) {
    const inspected = result.inspect(row);
    if (!inspected) continue;
    const { ready, judgement } = inspected;
    for (const side of touchedBy(ready, judgement, input.now)) touched.add(side);
    const advice = evaluateConcern(ready.inForce, "advice", judgement.workings.facts, ready.scan);
    for (const rules of [...judgement.workings.fired.values(), advice]) for (const rule of rules) fired.add(rule.id);
  }
  const labels = new Set(
    result.outcome.rows.flatMap(({ outputs }) => CLASSIFIED_OUTPUTS.flatMap((output) => outputs[output] ?? [])),
  );
  return { failures: compare(packCase, result, fired), fired, labels, touched };
}

/** A case as an input of the pipeline. */
export function caseInput(
  pack: Pack,
  packCase: PackCase,
  packs: ReadonlyMap<string, Pack>,
  statutes: Statutes,
): ProcessInput {
  const { settings } = readSettings(table("设置", ["项目", "值"], Object.entries(packCase.settings ?? {})));
  const { overrides } = readHolidays(
    table(
      "节假日",
      ["日期", "类型", "名称"],
      (packCase.holidays ?? []).map((h) => [h.date, h.kind, h.name ?? null]),
    ),
  );
  return {
    rows: packCase.rows.map((cells, index): RawRow => ({
      row: index + 2,
      cells: cells,
    })),
    people: (packCase.people ?? []).map(person),
    holidays: overrides,
    settings: { ...settings, defaultPack: pack.header.id },
    packs,
    statutes,
    now: parseIso(packCase.now)!,
    language: "zh",
    place: { sheet: "投诉台账", columns: CASE_COLUMNS },
  };
}

const CASE_COLUMNS: ReadonlyMap<ColumnId, { header: string; letter: string }> = new Map(
  INPUT_COLUMNS.map((c, index) => [c.id, { header: c.header, letter: letters(index) }]),
);

function letters(index: number): string {
  return (index >= 26 ? String.fromCharCode(64 + Math.floor(index / 26)) : "") + String.fromCharCode(65 + (index % 26));
}

function table(sheet: string, headers: readonly string[], rows: readonly (readonly RawCell[])[]): SideTable {
  return {
    sheet,
    headers: headers.map((header) => ({ header })),
    rows: rows.map((cells, index) => ({ row: index + 2, cells })),
  };
}

function person({ monthlyBonus, monthlyWage, ...rest }: NonNullable<PackCase["people"]>[number]): Person {
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as { name: string };
  return {
    ...known,
    ...(monthlyBonus === undefined ? {} : { monthlyBonus: parseYuan(monthlyBonus)! }),
    ...(monthlyWage === undefined ? {} : { monthlyWage: parseYuan(monthlyWage)! }),
  };
}

// ------------------------------------------------------------ comparing

function compare({ expect }: PackCase, { outcome }: Run, fired: ReadonlySet<string>): CaseFailure[] {
  const failures: CaseFailure[] = [];
  const fail = (place: CasePlace, expected: unknown, actual: unknown): void => {
    failures.push({ where: placeText(place), place, expected, actual });
  };
  const check = (place: CasePlace, expected: unknown, actual: unknown): void => {
    if (JSON.stringify(expected) !== JSON.stringify(actual)) fail(place, expected, actual);
  };
  const json = outcomeJson(outcome) as { penalties: Record<string, unknown>[]; deductions: Record<string, unknown>[] };

  expect.rows?.forEach((row, index) => {
    const actual: Record<string, unknown> = outcome.rows[index] ? outputsJson(outcome.rows[index].outputs) : {};
    for (const [id, expected] of Object.entries(row)) {
      const place: CasePlace = { part: "row", index, key: id };
      if (id === "messages" && Array.isArray(expected)) {
        const texts = (actual.messages ?? []) as readonly string[];
        for (const text of expected) if (!texts.some((t) => t.includes(text))) fail(place, text, texts);
      } else check(place, expected, actual[id] ?? null);
    }
  });
  if (expect.ids)
    check(
      { part: "ids" },
      expect.ids,
      outcome.rows.map((row) => row.id ?? ""),
    );
  for (const id of expect.fires ?? []) if (!fired.has(id)) fail({ part: "fires" }, id, [...fired]);
  for (const id of expect.silent ?? []) if (fired.has(id)) fail({ part: "silent" }, id, [...fired]);
  for (const list of ["penalties", "deductions"] as const) {
    const expected = expect[list];
    if (!expected) continue;
    check({ part: list }, expected.length, json[list].length);
    const part = list === "penalties" ? "penalty" : "deduction";
    expected.forEach((item, index) => {
      for (const [key, value] of Object.entries(item)) check({ part, index, key }, value, json[list][index]?.[key]);
    });
  }
  return failures;
}

/** As a path into the outcome's JSON, for whoever reads it by program. */
function placeText(place: CasePlace): string {
  switch (place.part) {
    case "row":
      return `rows[${place.index}].${place.key}`;
    case "penalty":
      return `penalties[${place.index}].${place.key}`;
    case "deduction":
      return `deductions[${place.index}].${place.key}`;
    case "penalties":
    case "deductions":
      return `${place.part}.length`;
    default:
      return place.part;
  }
}
