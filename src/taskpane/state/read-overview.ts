import { headerKey } from "../../domain/match-key.js";
import { readHolidays } from "../../domain/side-tables/holidays.js";
import { readPeople } from "../../domain/side-tables/people.js";
import { readSettings } from "../../domain/side-tables/settings.js";
import { fromSerial, isoDate, isoTime } from "../../domain/wall-time.js";
import { membershipOf } from "../../ledger/group/membership.js";
import type { LedgerSnapshot, RawTable } from "../../ledger/port.js";
import { shownCell } from "../../ledger/shown-cell.js";
import { packNames } from "../../process/choose-pack.js";
import { PERSON_FIELDS, SETTING_ITEMS, type Overview, type PersonLine, type SettingItem } from "./overview.js";

/** What a ledger that was read holds. Apart from what it looks like, since it is needed with the first ledger only. */
export function overviewOf(snapshot: LedgerSnapshot): Overview {
  const { sideTables } = snapshot;
  const settings = sideTables.get("Settings");
  const defaultPack = settings && readSettings(settings).settings.defaultPack;
  return {
    sheet: snapshot.sheet,
    table: snapshot.table,
    sheets: (snapshot.sheets ?? [snapshot]).map(({ sheet, headerRow, columns }) => ({
      name: sheet,
      headerRow,
      columns: [...columns],
    })),
    otherSheets: snapshot.otherSheets ?? [],
    headerRow: snapshot.headerRow,
    rows: snapshot.rows.length,
    isGroup: sideTables.has("GroupShops"),
    isShop: membershipOf(snapshot) !== undefined,
    columns: [...snapshot.columns],
    unrecognised: snapshot.unrecognised,
    packNames: [...new Set([...packNames(snapshot.rows)].map((name) => name ?? defaultPack))],
    defaultPack,
    settings: settings ? settingTexts(settings) : {},
    people: peopleOf(sideTables.get("People")),
    holidays: holidaysOf(sideTables.get("Holidays")),
  };
}

function settingTexts(table: RawTable): Overview["settings"] {
  const { raw } = readSettings(table).settings;
  const texts: Partial<Record<SettingItem, string>> = {};
  for (const item of SETTING_ITEMS) {
    const cell = raw.get(headerKey(item));
    const text =
      (item === "下班时间" || item === "上班时间") && typeof cell === "number" ? timeOfDay(cell) : shownCell(cell);
    if (text !== "") texts[item] = text;
  }
  return texts;
}

/** A cell formatted as a time holds a fraction of a day. */
function timeOfDay(fraction: number): string {
  return isoTime(fromSerial(40_000 + (fraction % 1))).slice(11, 16);
}

function peopleOf(table: RawTable | undefined): Overview["people"] {
  if (!table) return undefined;
  const { people } = readPeople(table);
  const withoutWage = people.filter((p) => p.monthlyWage === undefined || p.monthlyBonus === undefined).length;
  return { sheet: table.sheet, known: people.length, withoutWage, lines: personLines(table) };
}

function personLines({ headers, rows }: RawTable): Record<string, PersonLine> {
  const at = (wanted: string): number => headers.findIndex(({ header }) => headerKey(header) === headerKey(wanted));
  const name = at("姓名");
  const places = PERSON_FIELDS.map((field) => [field, at(field)] as const);
  const lines: Record<string, PersonLine> = {};
  for (const { cells } of rows) {
    const person = shownCell(cells[name]).trim();
    if (person === "" || Object.hasOwn(lines, person)) continue;
    lines[person] = Object.fromEntries(
      places.map(([field, place]) => [field, place < 0 ? "" : shownCell(cells[place])]),
    ) as PersonLine;
  }
  return lines;
}

function holidaysOf(table: RawTable | undefined): Overview["holidays"] {
  if (!table) return undefined;
  const days = readHolidays(table).overrides.map(({ day, kind, name = "" }) => ({ date: isoDate(day), kind, name }));
  return { sheet: table.sheet, days };
}
