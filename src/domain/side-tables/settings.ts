import { readCell } from "../cell-reading.js";
import type { RawCell } from "../complaint.js";
import { readTimeOfDay } from "../date-text.js";
import { headerKey, matchText } from "../match-key.js";
import type { Fen } from "../money.js";
import { SECONDS_PER_DAY } from "../wall-time.js";
import { MONTH, readMonth } from "./month.js";
import { isBlankRow, present, SideTableReader, type SideTable, type SideTableProblem } from "./side-table.js";

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
  /** 上班时间, in seconds of the day: reminders come between it and 下班时间. */
  readonly startOfWork?: number;
  /** 提醒比例: parts of a limit, in per cent, at which people are reminded of it. */
  readonly remindAt?: readonly number[];
  /** 重复投诉天数: how many days apart two complaints may lie to be thought of as one; 0: none are. */
  readonly repeatDays?: number;
  /** 允许暂停计时 */
  readonly pauseAllowed?: boolean;
  /** 当地最低工资, a month. */
  readonly minimumWage?: Fen;
  /** 扣款地区 */
  readonly deductionRegion?: string;
  /** 编号范围: whether numbers count over all workbooks of a group, or within each. */
  readonly numberScope?: "each" | "all";
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
  | "startOfWork"
  | "remindAt"
  | "repeatDays"
  | "pauseAllowed"
  | "minimumWage"
  | "deductionRegion"
  | "numberScope"
  | "lockedUntil";

const SETTING_NAMES: Readonly<Record<TypedSetting, readonly string[]>> = {
  defaultPack: ["默认制度", "默认规则包", "适用制度", "Default policy", "Default pack", "Policy"],
  organisation: ["单位名称", "公司名称", "企业名称", "单位", "公司", "Organisation", "Organization", "Company"],
  closeOfBusiness: ["下班时间", "Close of business", "End of work"],
  startOfWork: ["上班时间", "Start of work", "Start of business"],
  remindAt: ["提醒比例", "期限提醒比例", "Remind at", "Reminders at"],
  repeatDays: ["重复投诉天数", "重复投诉期限", "重复投诉间隔", "Repeat days", "Days between repeats"],
  pauseAllowed: ["允许暂停计时", "暂停计时", "Pauses allowed", "Allow pauses"],
  minimumWage: ["当地最低工资", "最低工资", "最低工资标准", "当地最低工资标准", "Minimum wage", "Local minimum wage"],
  deductionRegion: ["扣款地区", "Deduction region", "Region of deductions"],
  numberScope: ["编号范围", "Number scope"],
  lockedUntil: ["锁定至月份", "锁定月份", "锁定至", "Locked until", "Locked through"],
};

const SETTING_BY_KEY: ReadonlyMap<string, TypedSetting> = new Map(
  (Object.keys(SETTING_NAMES) as TypedSetting[]).flatMap((setting) =>
    SETTING_NAMES[setting].map((name) => [headerKey(name), setting] as const),
  ),
);

const SALES = /销量或服务台次|销量|销售量|服务台次|维修台次|sales(?: or services)?|services/;
const WEEK = /^(\d{4})-?w(\d{1,2})$/;

/** Reads 设置. An item set twice to different values is reported, and the first value counts. */
export function readSettings(table: SideTable): SettingsReading {
  const reader = new SideTableReader(table, SETTING_HEADERS);
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
  reader: SideTableReader<keyof typeof SETTING_HEADERS>,
  line: SideTable["rows"][number],
  setting: TypedSetting,
): string | number | boolean | readonly number[] | undefined {
  if (setting === "remindAt") return readShares(reader, line);
  if (setting === "repeatDays") return reader.read(line, "value", "integer");
  if (setting === "pauseAllowed") return reader.read(line, "value", "boolean");
  if (setting === "minimumWage") return reader.read(line, "value", "money");
  if (setting === "numberScope") return readScope(reader, line);
  if (setting === "lockedUntil") return readMonth(reader, line, "value", "not-a-month");
  if (setting !== "closeOfBusiness" && setting !== "startOfWork") return reader.read(line, "value", "text");
  const cell = reader.raw(line.cells, "value");
  const text = typeof cell === "number" ? "" : reader.read(line, "value", "text");
  if (text === undefined) return undefined;
  // A cell formatted as a time holds a fraction of a day.
  const seconds = typeof cell === "number" ? Math.round(cell * SECONDS_PER_DAY) : readTimeOfDay(text);
  if (seconds !== undefined && seconds > 0 && seconds < SECONDS_PER_DAY) return seconds;
  reader.note(line.row, "value", typeof cell === "number" ? String(cell) : text, "not-a-time");
  return undefined;
}

const SCOPES: ReadonlyMap<string, "each" | "all"> = new Map([
  ["各店", "each"],
  ["各工作簿", "each"],
  ["each", "each"],
  ["全集团", "all"],
  ["集团", "all"],
  ["all", "all"],
]);

function readScope(
  reader: SideTableReader<keyof typeof SETTING_HEADERS>,
  line: SideTable["rows"][number],
): "each" | "all" | undefined {
  const text = reader.read(line, "value", "text");
  const scope = text === undefined ? undefined : SCOPES.get(matchText(text));
  if (text !== undefined && scope === undefined) reader.note(line.row, "value", text, "not-a-scope");
  return scope;
}

/** 50%、75%; a single cell may hold 0.5. Ascending, each once. */
function readShares(
  reader: SideTableReader<keyof typeof SETTING_HEADERS>,
  line: SideTable["rows"][number],
): readonly number[] | undefined {
  const text = reader.read(line, "value", "text");
  if (text === undefined) return undefined;
  const shares = text
    .normalize("NFKC")
    .split(/[、,;/\s和与及]+/)
    .filter((part) => part !== "")
    .map((part) => readCell("percent", part));
  const read = shares.flatMap((share) => (share.ok && !share.blank && share.value > 0 ? [share.value] : []));
  if (read.length === shares.length) return [...new Set(read)].sort((a, b) => a - b);
  reader.note(line.row, "value", text, "not-shares");
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
