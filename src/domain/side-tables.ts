import { readCell, type CellProblemCode } from "./cell-reading.js";
import type { ColumnKind } from "./columns.js";
import type { CalendarOverride, MonthlyPay, Person, RawCell, ValueByKind } from "./complaint.js";
import { readTimeOfDay } from "./date-text.js";
import { headerKey, matchText } from "./match-key.js";
import { nameKey, plainName } from "./persons-text.js";
import type { Fen } from "./money.js";
import { addDays, calendarDate, fromSerial, isoMonth, SECONDS_PER_DAY, type Day } from "./wall-time.js";

/** Reading the workbook's side tables: 人员, 节假日, 设置. What can't be read is reported and left out, never guessed. */

/** A side table as a ledger hands it over. */
export interface SideTable {
  readonly sheet: string;
  readonly headers: readonly { readonly header: string }[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly RawCell[] }[];
}

export type SideTableProblemCode =
  | CellProblemCode
  | "header-missing" // a column without which the table can't be read
  | "name-missing"
  | "date-missing"
  | "duplicate-name" // the very same line twice
  | "duplicate-number" // one 工号 for two names
  | "not-rest-or-work" // 类型 is neither 休 nor 班
  | "contradicts-earlier-row" // one day both 休 and 班, one setting with two values
  | "not-a-time" // 下班时间
  | "month-missing" // 月度绩效
  | "month-unreadable" // 月度绩效
  | "not-a-month"; // 锁定至月份

export interface SideTableProblem {
  readonly sheet: string;
  /** The sheet's row number; 0 where the headers are at fault. */
  readonly row: number;
  readonly header: string;
  readonly value: string;
  readonly reason: SideTableProblemCode;
}

/** A table's columns by field, and a reader that notes problems with the place where they stand. */
class Reader<Field extends string> {
  readonly problems: SideTableProblem[] = [];
  private readonly indexes = new Map<Field, number>();

  /** `names`: readable headers of each field; the first is the one that messages use. */
  constructor(
    private readonly table: SideTable,
    private readonly names: Readonly<Record<Field, readonly string[]>>,
  ) {
    const keys = table.headers.map(({ header }) => headerKey(header));
    for (const field of Object.keys(names) as Field[]) {
      // The order of the names is the order of preference, so 姓名 beats 名称 wherever they stand.
      const index = names[field].map((name) => keys.indexOf(headerKey(name))).find((at) => at >= 0);
      if (index !== undefined) this.indexes.set(field, index);
    }
  }

  /** Whether the field has a column; reports it if not and the table holds anything. */
  requires(field: Field): boolean {
    if (this.indexes.has(field)) return true;
    if (this.table.rows.length > 0) this.note(0, field, "", "header-missing");
    return false;
  }

  raw(cells: readonly RawCell[], field: Field): RawCell {
    const index = this.indexes.get(field);
    return index === undefined ? null : (cells[index] ?? null);
  }

  /** The value of a cell; undefined if it is blank, or unreadable, which is noted. */
  read<Kind extends ColumnKind>(
    { row, cells }: SideTable["rows"][number],
    field: Field,
    kind: Kind,
  ): ValueByKind[Kind] | undefined {
    const reading = readCell(kind, this.raw(cells, field));
    if (!reading.ok) this.note(row, field, reading.reason.value, reading.reason.code);
    return reading.ok && !reading.blank ? reading.value : undefined;
  }

  isHeaderOf(field: Field, header: string): boolean {
    const index = this.indexes.get(field);
    return index !== undefined && this.table.headers[index]!.header === header;
  }

  note(row: number, field: Field, value: string, reason: SideTableProblemCode): void {
    const index = this.indexes.get(field);
    const header = index === undefined ? this.names[field][0]! : this.table.headers[index]!.header;
    this.problems.push({ sheet: this.table.sheet, row, header, value, reason });
  }
}

const isBlankRow = (cells: readonly RawCell[]): boolean =>
  cells.every((cell) => cell === null || (typeof cell === "string" && cell.trim() === ""));

const PEOPLE_HEADERS = {
  employeeNo: [
    "工号",
    "员工编号",
    "员工号",
    "职工号",
    "人员编号",
    "Employee no",
    "Employee number",
    "Staff no",
    "Employee ID",
  ],
  name: ["姓名", "名字", "员工姓名", "人员", "员工", "Name", "Employee", "Person", "Full name"],
  department: ["部门", "所属部门", "所在部门", "Department", "Dept"],
  crew: ["班组", "小组", "组别", "组", "生产组", "Crew", "Team", "Group"],
  post: ["岗位", "职务", "职位", "岗位名称", "Post", "Position", "Job title", "Role", "Title"],
  superior: ["上级", "直接上级", "上级领导", "主管", "Superior", "Manager", "Supervisor", "Reports to"],
  basePoints: ["基点数", "基点", "基数", "Base points", "Points"],
  monthlyBonus: [
    "月绩效奖金",
    "绩效奖金",
    "月绩效",
    "绩效",
    "绩效工资",
    "月奖金",
    "奖金",
    "Monthly bonus",
    "Performance bonus",
    "Bonus",
  ],
  monthlyWage: [
    "月工资",
    "工资",
    "月薪",
    "薪资",
    "月工资标准",
    "应发工资",
    "Monthly wage",
    "Wage",
    "Salary",
    "Monthly salary",
  ],
  joinedOn: ["入职日期", "入职时间", "入职日", "到岗日期", "Joined on", "First day", "Hire date", "Start date"],
  leftOn: ["离职日期", "离职时间", "离职日", "Left on", "Last day", "Leaving date"],
} as const;

export interface PeopleReading {
  readonly people: readonly Person[];
  readonly problems: readonly SideTableProblem[];
}

/**
 * Reads 人员. Namesakes are kept: whoever looks a name up is told of both. Only a line that says the very same as an
 * earlier one is left out, and reported, as is a 工号 that stands for two names.
 */
export function readPeople(table: SideTable): PeopleReading {
  const reader = new Reader(table, PEOPLE_HEADERS);
  if (!reader.requires("name")) return { people: [], problems: reader.problems };
  const people: Person[] = [];
  const lines = new Set<string>();
  const numbers = new Map<string, string>();
  for (const line of table.rows) {
    if (isBlankRow(line.cells)) continue;
    const before = reader.problems.length;
    const written = reader.read(line, "name", "text");
    if (written === undefined) {
      if (reader.problems.length === before) reader.note(line.row, "name", "", "name-missing");
      continue;
    }
    const name = plainName(written);
    const person: Person = {
      ...present("employeeNo", reader.read(line, "employeeNo", "text")),
      name,
      ...present("department", reader.read(line, "department", "text")),
      ...present("crew", reader.read(line, "crew", "text")),
      ...present("post", reader.read(line, "post", "text")),
      ...present("superior", reader.read(line, "superior", "text")),
      ...present("basePoints", reader.read(line, "basePoints", "number")),
      ...present("monthlyBonus", reader.read(line, "monthlyBonus", "money")),
      ...present("monthlyWage", reader.read(line, "monthlyWage", "money")),
      ...present("joinedOn", reader.read(line, "joinedOn", "date")),
      ...present("leftOn", reader.read(line, "leftOn", "date")),
    };
    const unread = reader.problems.slice(before).map(({ header }) => header);
    const undated = unread.some(
      (header) => reader.isHeaderOf("joinedOn", header) || reader.isHeaderOf("leftOn", header),
    );
    const key = JSON.stringify(person);
    if (lines.has(key)) {
      reader.note(line.row, "name", name, "duplicate-name");
      continue;
    }
    lines.add(key);
    const number = person.employeeNo === undefined ? undefined : nameKey(person.employeeNo);
    if (number !== undefined && (numbers.get(number) ?? nameKey(name)) !== nameKey(name))
      reader.note(line.row, "employeeNo", person.employeeNo!, "duplicate-number");
    if (number !== undefined) numbers.set(number, nameKey(name));
    people.push(undated ? { ...person, datesUnreadable: true } : person);
  }
  return { people, problems: reader.problems };
}

/** A property that is there only if it has a value. */
function present<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value });
}

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
  const reader = new Reader(table, MONTHLY_PAY_HEADERS);
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

const HOLIDAY_HEADERS = {
  day: ["日期", "Date", "Day"],
  kind: ["类型", "休班", "休/班", "类别", "Type", "Kind"],
  name: ["名称", "节日", "节假日", "节日名称", "说明", "备注", "Name", "Holiday", "Note"],
} as const;

const REST = new Set([
  "放假调休",
  "公休",
  "法定假",
  "停工",
  "休假",
  "调休放假",
  "休",
  "休息",
  "休息日",
  "放假",
  "假",
  "假日",
  "假期",
  "节假日",
  "法定节假日",
  "rest",
  "off",
  "holiday",
]);
const WORK = new Set([
  "班",
  "补班日",
  "补上班",
  "加班",
  "调班",
  "上班日",
  "正常上班",
  "上班",
  "补班",
  "调休上班",
  "工作",
  "工作日",
  "work",
  "working",
  "workday",
  "working day",
]);

export interface HolidaysReading {
  readonly overrides: readonly CalendarOverride[];
  readonly problems: readonly SideTableProblem[];
}

/** Reads 节假日. 类型 is 休 or 班 (调休 alone can mean either, so it is reported); a day stated twice alike counts once. */
export function readHolidays(table: SideTable): HolidaysReading {
  const reader = new Reader(table, HOLIDAY_HEADERS);
  const complete = reader.requires("day") && reader.requires("kind");
  if (!complete) return { overrides: [], problems: reader.problems };
  const overrides = new Map<Day, CalendarOverride>();
  for (const line of table.rows) {
    if (isBlankRow(line.cells)) continue;
    const before = reader.problems.length;
    const range = dayRange(reader.raw(line.cells, "day"));
    const day = range ? range[0] : reader.read(line, "day", "date");
    const text = reader.read(line, "kind", "text") ?? "";
    const name = reader.read(line, "name", "text");
    if (reader.problems.length > before) continue;
    if (day === undefined) {
      reader.note(line.row, "day", "", "date-missing");
      continue;
    }
    const word = matchText(text);
    const kind = REST.has(word) ? "rest" : WORK.has(word) ? "work" : undefined;
    if (!kind) {
      reader.note(line.row, "kind", text, "not-rest-or-work");
      continue;
    }
    for (const each of range ?? [day]) {
      const earlier = overrides.get(each);
      if (!earlier) overrides.set(each, { day: each, kind, ...present("name", name) });
      else if (earlier.kind !== kind) {
        reader.note(line.row, "kind", text, "contradicts-earlier-row");
        break;
      }
    }
  }
  return { overrides: [...overrides.values()], problems: reader.problems };
}

const RANGE = /^(.+?[\d日号])\s*(?:至|到|~|～|—+|–|--|\bto\b|\s-\s)\s*(.+)$/iu;
/** No holiday is as long as this. */
const LONGEST_HOLIDAY = 31;

/**
 * The days of `2026-03-03至2026-03-05`, `2026年3月3日至5日`, `2026-03-03 ~ 03-05`: what the second day leaves out is the
 * first one's. Undefined if the cell is no such range; a range that runs backwards or is too long is none.
 */
function dayRange(cell: RawCell): readonly Day[] | undefined {
  const match = typeof cell === "string" ? RANGE.exec(cell.normalize("NFKC").trim()) : null;
  if (!match) return undefined;
  const first = readCell("date", match[1]);
  if (!first.ok || first.blank) return undefined;
  const last = lastOfRange(match[2]!, first.value);
  if (last === undefined || last < first.value || last - first.value >= LONGEST_HOLIDAY) return undefined;
  return Array.from({ length: last - first.value + 1 }, (_, i) => addDays(first.value, i));
}

function lastOfRange(text: string, first: Day): Day | undefined {
  const { year, month } = calendarDate(first);
  for (const completed of [text, `${year}-${text}`, `${year}年${text}`, `${year}年${month}月${text}`]) {
    const reading = readCell("date", completed);
    if (reading.ok && !reading.blank) return reading.value;
  }
  return undefined;
}

const SETTING_HEADERS = {
  item: ["项目", "设置", "设置项", "名称", "Item", "Setting", "Name", "Key"],
  value: ["值", "内容", "设置值", "取值", "Value"],
} as const;

/** What 设置 says. `sales` and `raw` are empty where nothing is set. */
export interface Settings {
  /** 默认制度: id or title of the pack for rows without 适用制度. */
  readonly defaultPack?: string;
  /** 单位名称 */
  readonly organisation?: string;
  /** 下班时间, in seconds of the day. */
  readonly closeOfBusiness?: number;
  /** 允许暂停计时 */
  readonly pauseAllowed?: boolean;
  /** 当地最低工资, a month. */
  readonly minimumWage?: Fen;
  /** 扣款地区 */
  readonly deductionRegion?: string;
  /** 锁定至月份, yyyy-mm: the months up to it are closed in the books. */
  readonly lockedUntil?: string;
  /**
   * 销量或服务台次, the base of complaint rates, by what the item adds to its name: `2026-03` and `2026-W13` for a period
   * (销量 2026年3月, 服务台次 2026-W13), otherwise the words as they stand, and the empty text if it adds nothing.
   */
  readonly sales: ReadonlyMap<string, number>;
  /** Every non-blank setting as it stands, by header key of its item: packs may ask for items of their own. */
  readonly raw: ReadonlyMap<string, RawCell>;
}

export interface SettingsReading {
  readonly settings: Settings;
  readonly problems: readonly SideTableProblem[];
}

type TypedSetting =
  | "defaultPack"
  | "organisation"
  | "closeOfBusiness"
  | "pauseAllowed"
  | "minimumWage"
  | "deductionRegion"
  | "lockedUntil";

const SETTING_NAMES: Readonly<Record<TypedSetting, readonly string[]>> = {
  defaultPack: ["默认制度", "默认规则包", "适用制度", "Default policy", "Default pack", "Policy"],
  organisation: ["单位名称", "公司名称", "企业名称", "单位", "公司", "Organisation", "Organization", "Company"],
  closeOfBusiness: ["下班时间", "Close of business", "End of work"],
  pauseAllowed: ["允许暂停计时", "暂停计时", "Pauses allowed", "Allow pauses"],
  minimumWage: ["当地最低工资", "最低工资", "最低工资标准", "当地最低工资标准", "Minimum wage", "Local minimum wage"],
  deductionRegion: ["扣款地区", "Deduction region", "Region of deductions"],
  lockedUntil: ["锁定至月份", "锁定月份", "锁定至", "Locked until", "Locked through"],
};

const SETTING_BY_KEY: ReadonlyMap<string, TypedSetting> = new Map(
  (Object.keys(SETTING_NAMES) as TypedSetting[]).flatMap((setting) =>
    SETTING_NAMES[setting].map((name) => [headerKey(name), setting] as const),
  ),
);

const SALES = /销量或服务台次|销量|销售量|服务台次|维修台次|sales(?: or services)?|services/;
const MONTH = /^(\d{4})(?:-|年|\/|\.)(\d{1,2})月?$/;
const WEEK = /^(\d{4})-?w(\d{1,2})$/;

/** Reads 设置. An item set twice to different values is reported, and the first value counts. */
export function readSettings(table: SideTable): SettingsReading {
  const reader = new Reader(table, SETTING_HEADERS);
  const raw = new Map<string, RawCell>();
  const sales = new Map<string, number>();
  const typed: { -readonly [Setting in TypedSetting]?: Settings[Setting] } = {};
  const complete = reader.requires("item") && reader.requires("value");
  for (const line of complete ? table.rows : []) {
    const item = reader.read(line, "item", "text");
    const cell = reader.raw(line.cells, "value");
    if (item === undefined || isBlankRow([cell])) continue;
    const key = headerKey(item);
    if (raw.has(key)) {
      if (JSON.stringify(raw.get(key)) !== JSON.stringify(cell)) {
        reader.note(line.row, "value", reader.read(line, "value", "text") ?? "", "contradicts-earlier-row");
      }
      continue;
    }
    raw.set(key, cell);
    const setting = SETTING_BY_KEY.get(key);
    if (setting) {
      Object.assign(typed, present(setting, readSetting(reader, line, setting)));
    } else if (SALES.test(matchText(item))) {
      const count = reader.read(line, "value", "number");
      if (count !== undefined) sales.set(salesKey(item), count);
    }
  }
  return { settings: { ...typed, sales, raw }, problems: reader.problems };
}

function readSetting(
  reader: Reader<keyof typeof SETTING_HEADERS>,
  line: SideTable["rows"][number],
  setting: TypedSetting,
): string | number | boolean | undefined {
  if (setting === "pauseAllowed") return reader.read(line, "value", "boolean");
  if (setting === "minimumWage") return reader.read(line, "value", "money");
  if (setting === "lockedUntil") return readMonth(reader, line, "value", "not-a-month");
  if (setting !== "closeOfBusiness") return reader.read(line, "value", "text");
  const cell = reader.raw(line.cells, "value");
  const text = typeof cell === "number" ? "" : reader.read(line, "value", "text");
  if (text === undefined) return undefined;
  // A cell formatted as a time holds a fraction of a day.
  const seconds = typeof cell === "number" ? Math.round(cell * SECONDS_PER_DAY) : readTimeOfDay(text);
  if (seconds !== undefined && seconds > 0 && seconds < SECONDS_PER_DAY) return seconds;
  reader.note(line.row, "value", typeof cell === "number" ? String(cell) : text, "not-a-time");
  return undefined;
}

function salesKey(item: string): string {
  const rest = matchText(item)
    .replace(SALES, "")
    .replace(/[\s()[\]【】:,_]/g, "");
  const month = MONTH.exec(rest);
  if (month) return `${month[1]!}-${month[2]!.padStart(2, "0")}`;
  const week = WEEK.exec(rest);
  return week ? `${week[1]!}-W${week[2]!.padStart(2, "0")}` : rest;
}

/** A month as text (2026-03, 2026年3月) or as the date that Excel makes of it. */
function readMonth<Field extends string>(
  reader: Reader<Field>,
  line: SideTable["rows"][number],
  field: Field,
  problem: SideTableProblemCode,
): string | undefined {
  const cell = reader.raw(line.cells, field);
  if (typeof cell === "number" && cell > 0) return isoMonth(fromSerial(cell));
  const text = reader.read(line, field, "text");
  if (text === undefined) return undefined;
  const match = MONTH.exec(matchText(text));
  const month = match ? `${match[1]!}-${match[2]!.padStart(2, "0")}` : "";
  if (/-(?:0[1-9]|1[0-2])$/.test(month)) return month;
  reader.note(line.row, field, text, problem);
  return undefined;
}
