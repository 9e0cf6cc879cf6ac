import { INPUT_COLUMNS, type OutputId } from "../domain/columns.js";
import type { CalendarOverride, MonthlyPay, Person } from "../domain/complaint.js";
import { nameKey } from "../domain/persons-text.js";
import { readHolidays } from "../domain/side-tables/holidays.js";
import { readMonthlyPay } from "../domain/side-tables/monthly-pay.js";
import { readPeople } from "../domain/side-tables/people.js";
import { readSettings, type Settings } from "../domain/side-tables/settings.js";
import type { SideTableProblem } from "../domain/side-tables/side-table.js";
import type { ProcessInput } from "../process/input.js";
import type { Message } from "../process/outcome.js";
import { holds } from "./output-cells.js";
import type { LedgerSnapshot } from "./port.js";
import { questionMessages } from "./question-text.js";
import { readIf } from "./read-if.js";
import type { RunOptions } from "./run-options.js";
import { foreignMessage, shapeMessages } from "./shape-messages.js";
import { sideTableMessage } from "./side-table-message.js";
import { understand, type Understood } from "./understand.js";

/** One workbook as the pipeline takes it: its cells as they are understood, its side tables read. */

/** What the side tables of one workbook say. */
export interface Sides {
  readonly people: readonly Person[];
  readonly pay: readonly MonthlyPay[] | undefined;
  readonly holidays: readonly CalendarOverride[];
  readonly settings: Settings | undefined;
  readonly problems: readonly SideTableProblem[];
}

export function readSides({ sideTables }: Pick<LedgerSnapshot, "sideTables">): Sides {
  const people = readIf(sideTables.get("People"), readPeople);
  const pay = readIf(sideTables.get("MonthlyPay"), readMonthlyPay);
  const holidays = readIf(sideTables.get("Holidays"), readHolidays);
  const settings = readIf(sideTables.get("Settings"), readSettings);
  return {
    people: people?.people ?? [],
    pay: pay?.pay,
    holidays: holidays?.overrides ?? [],
    settings: settings?.settings,
    problems: [people, pay, holidays, settings].flatMap((side) => side?.problems ?? []),
  };
}

/** The cells of one workbook as they are understood. */
export function readOwn(
  read: LedgerSnapshot,
  sides: Sides,
  options: Pick<RunOptions, "packs" | "language" | "defaultPack" | "now">,
): Understood {
  const understood = understand(read, {
    packs: options.packs,
    language: options.language,
    defaultPack: options.defaultPack ?? sides.settings?.defaultPack,
    people: new Set(sides.people.map(({ name }) => nameKey(name))),
    now: options.now,
  });
  return { ...understood, snapshot: withoutForeign(understood.snapshot) };
}

/** What one workbook gives to the pipeline. */
export function processInput(snapshot: LedgerSnapshot, sides: Sides, options: RunOptions): ProcessInput {
  const { packs, statutes, now, language } = options;
  const { people, holidays, pay } = sides;
  return {
    rows: snapshot.rows,
    inputs: INPUT_COLUMNS.filter(({ id }) => snapshot.columns.has(id)),
    ...{ people, holidays, packs, statutes, now, language },
    settings: {
      ...sides.settings,
      ...(options.defaultPack === undefined ? {} : { defaultPack: options.defaultPack }),
    },
    ...(pay ? { monthlyPay: pay } : {}),
    ...(snapshot.answers?.dates === undefined ? {} : { dateOrders: snapshot.answers.dates }),
    ...historyOf(snapshot),
    place: {
      sheet: snapshot.sheet,
      columns: snapshot.columns,
      ...(snapshot.title === undefined ? {} : { title: snapshot.title }),
      ...(snapshot.sheets === undefined ? {} : { sheets: snapshot.sheets }),
    },
  };
}

/** Sheets of the workbook that are known and not judged. */
export function historyOf(
  { history = [] }: LedgerSnapshot,
  source?: string,
): { readonly history?: NonNullable<ProcessInput["history"]> } {
  if (history.length === 0) return {};
  return { history: history.map(({ rows, ...place }) => ({ rows, place, source })) };
}

/** What is to be said of one workbook before anything is judged: questions, shape, side tables. */
export function messagesOf({ snapshot, check }: Understood, sides: Sides, { language }: RunOptions): Message[] {
  return [
    ...questionMessages(check, language),
    ...foreignMessage(snapshot.foreign, language),
    ...shapeMessages(snapshot, language),
    ...sides.problems.map((problem) => sideTableMessage(problem, language)),
  ];
}

/** The snapshot without what somebody wrote by hand into output columns: that is no earlier outcome of ours. */
function withoutForeign(snapshot: LedgerSnapshot): LedgerSnapshot {
  const { foreign, rows } = snapshot;
  // Once 处理结果 is there, it is where outputs were read from.
  if (foreign.length === 0 || rows.some(({ outputs }) => !holds(outputs.packVersion, undefined))) return snapshot;
  const kept = rows.map((row) => ({
    ...row,
    outputs: Object.fromEntries(Object.entries(row.outputs).filter(([id]) => !foreign.includes(id as OutputId))),
  }));
  return { ...snapshot, rows: kept };
}
