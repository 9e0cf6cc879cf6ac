import type { MonthlyPay } from "../complaint.js";
import { matchText } from "../match-key.js";
import { readMonth } from "./month.js";
import { PEOPLE_HEADERS } from "./people.js";
import { isBlankRow, present, SideTableReader, type SideTable, type SideTableProblem } from "./side-table.js";

const MONTHLY_PAY_HEADERS = {
  month: ["月份", "年月", "月", "Month", "Period"],
  employeeNo: PEOPLE_HEADERS.employeeNo,
  name: PEOPLE_HEADERS.name,
  monthlyBonus: PEOPLE_HEADERS.monthlyBonus,
  monthlyWage: PEOPLE_HEADERS.monthlyWage,
} as const;

export interface MonthlyPayReading {
  readonly pay: readonly MonthlyPay[];
  readonly problems: readonly SideTableProblem[];
}

/** Reads 月度绩效. A line needs a month and a 工号 or a 姓名; of two lines for one month and person the first counts. */
export function readMonthlyPay(table: SideTable): MonthlyPayReading {
  const reader = new SideTableReader(table, MONTHLY_PAY_HEADERS);
  if (!reader.requires("month")) return { pay: [], problems: reader.problems };
  const pay: MonthlyPay[] = [];
  const seen = new Map<string, string>();
  for (const line of table.rows) {
    if (isBlankRow(line.cells)) continue;
    const before = reader.problems.length;
    const month = readMonth(reader, line, "month", "month-unreadable");
    const employeeNo = reader.read(line, "employeeNo", "text");
    const name = reader.read(line, "name", "text");
    if (reader.problems.length > before) continue;
    if (month === undefined) {
      reader.note(line.row, "month", "", "month-missing");
      continue;
    }
    if (employeeNo === undefined && name === undefined) {
      reader.note(line.row, "name", "", "name-missing");
      continue;
    }
    const entry: MonthlyPay = {
      month,
      ...present("employeeNo", employeeNo),
      ...present("name", name),
      ...present("monthlyBonus", reader.read(line, "monthlyBonus", "money")),
      ...present("monthlyWage", reader.read(line, "monthlyWage", "money")),
    };
    const key = `${month}\n${matchText(employeeNo ?? name ?? "")}`;
    const figures = JSON.stringify([entry.monthlyBonus, entry.monthlyWage]);
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, figures);
      pay.push(entry);
    } else if (earlier !== figures) reader.note(line.row, "month", employeeNo ?? name ?? "", "contradicts-earlier-row");
  }
  return { pay, problems: reader.problems };
}
