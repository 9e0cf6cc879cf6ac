import type { PersonRef } from "../books/entry.js";
import type { ColumnId, InputColumn, InputId } from "../domain/columns.js";
import type { CalendarOverride, MonthlyPay, Person, RawRow } from "../domain/complaint.js";
import type { Fen } from "../domain/money.js";
import type { WrittenOrder } from "../domain/partial-date.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import type { Pack } from "../rules/pack.js";
import type { Statutes } from "../rules/statutes.js";
import type { BooksInput } from "./books-input.js";

/** What the workbook's 设置 table says, as far as judging needs it. */
export interface ProcessSettings {
  /** 默认制度: id or title of the pack for rows without 适用制度. */
  readonly defaultPack?: string;
  /** 下班时间, seconds of the day; overrides the packs' own. */
  readonly closeOfBusiness?: number;
  /** 允许暂停计时: 暂停自 and 暂停至 stop clocks of days. No source names it, so it is off unless somebody says so. */
  readonly pauseAllowed?: boolean;
  /** 重复投诉天数: how far apart complaints may lie to be proposed as one over again; 0: none are. */
  readonly repeatDays?: number;
  /** 当地最低工资 a month. */
  readonly minimumWage?: Fen;
  /** 扣款地区, e.g. 广东, 深圳. */
  readonly deductionRegion?: string;
}

/** One of several workbooks that are judged as one ledger; listed once for each of its sheets, by `sheetOfRow`. */
export interface LedgerPart {
  /** 来源工作簿; undefined: the ledger's own. */
  readonly source: string | undefined;
  readonly sheet: string;
  readonly title?: string;
  readonly columns: ProcessInput["place"]["columns"];
  readonly inputs: readonly InputColumn[];
  readonly asked: ReadonlySet<InputId>;
  readonly proposesOnly: boolean;
  readonly dateOrders?: ProcessInput["dateOrders"];
  /** Who is meant by names in its rows. */
  readonly people: readonly Person[];
  /** 下班时间 and the like, as this workbook has them. */
  readonly settings: Pick<ProcessSettings, "closeOfBusiness" | "pauseAllowed">;
}

/** Everything judging a ledger depends on; nothing else is looked at, so equal inputs give equal outcomes. */
export interface ProcessInput {
  readonly rows: readonly RawRow[];
  /** The input columns that rows may have cells in, in the contract's order, where the ledger knows; else all rows are looked through. */
  readonly inputs?: readonly InputColumn[];
  readonly people: readonly Person[];
  readonly holidays: readonly CalendarOverride[];
  readonly settings: ProcessSettings;
  /** By pack id. */
  readonly packs: ReadonlyMap<string, Pack>;
  readonly statutes: Statutes;
  readonly now: WallTime;
  readonly language: Language;
  /**
   * Columns that a question is open about (a header that may be 结案时间, two columns for one thing, words of another
   * system): rows that depend on them are 待确认, nothing is overdue and nothing charged.
   */
  readonly asked?: ReadonlySet<InputId>;
  /**
   * Headers that money rests on were known by other names and nobody has looked at them yet: what is charged is proposed
   * and no more, and what was posted is not taken back.
   */
  readonly proposesOnly?: boolean;
  /** In which order columns write their dates, where somebody has said so. */
  readonly dateOrders?: ReadonlyMap<InputId, WrittenOrder>;
  /** Workbooks judged as one, each with its own headers, people and open questions; by sheet. */
  readonly parts?: readonly LedgerPart[];
  /** Numbers, follow-ups and repeats are looked for over all parts, not within the workbook of each. */
  readonly numbersOverAll?: boolean;
  /** Why it isn't known whose wage counts, of a person of whom it isn't. */
  readonly unclear?: ((person: PersonRef) => string | undefined) | undefined;
  /** 月度绩效: what differs from 人员 in single months. */
  readonly monthlyPay?: readonly MonthlyPay[];
  /** What is posted, where the workbook has a book. */
  readonly books?: BooksInput;
  /** Sheets that are not judged with these rows but known: their numbers are taken, their complaints may come again. */
  readonly history?: readonly {
    readonly rows: readonly RawRow[];
    readonly place: Omit<ProcessInput["place"], "sheets">;
    /** 来源工作簿 of a sheet in a workbook of a group. */
    readonly source?: string | undefined;
  }[];
  /** Where the cells stand, for messages that name them. */
  readonly place: {
    readonly sheet: string;
    /** What stands above the headers: a title that may tell the year. */
    readonly title?: string;
    /** Header and column letters by column id. */
    readonly columns: ReadonlyMap<ColumnId, { readonly header: string; readonly letter: string }>;
    /** Of a ledger on several sheets, by `sheetOfRow`. */
    readonly sheets?: readonly {
      readonly sheet: string;
      readonly columns: ReadonlyMap<ColumnId, { readonly header: string; readonly letter: string }>;
      /** The workbook it stands in, where it is another than the ledger's own. */
      readonly file?: string | undefined;
    }[];
  };
}
