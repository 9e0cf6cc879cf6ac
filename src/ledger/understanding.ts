import { addToList } from "../domain/grouping.js";
import {
  caseStateOf,
  closedOn,
  isNoComplaint,
  saysClosed,
  saysNothingOfClosing,
  wordKey,
  type CaseState,
} from "../domain/case-words.js";
import { readValue } from "../domain/cell-reading.js";
import { column, INPUT_COLUMNS, type ColumnId, type ColumnKind, type InputId } from "../domain/columns.js";
import { ownRow, sheetOfRow } from "../domain/sheet-rows.js";
import type { RawCell, RowDoubt } from "../domain/complaint.js";
import { isBlankWord, listedKey } from "../domain/listed-values.js";
import { peopleFields } from "../domain/side-tables/people.js";
import { NO_OVERRIDE } from "../domain/usual-lists.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Language } from "../locales/language.js";
import { say } from "../process/sentences.js";
import type { Pack } from "../rules/pack.js";
import type { Answers } from "./answers.js";
import { closingQuestion, keepsNoClosing, openStrangers } from "./closing-question.js";
import { DECIDING } from "./deciding-columns.js";
import { departmentDoubt, departmentQuestion } from "./department-by-hand.js";
import { ENTRY_KINDS, readsLikePraise, unclearKinds } from "./entry-kinds.js";
import { mayBeLoss, mayBePersons } from "./guess-columns.js";
import { isBlankText } from "./output-cells.js";
import { LABELLED, PackLabels } from "./pack-labels.js";
import type { LedgerRow, LedgerSnapshot, LeftOut, RawTable } from "./port.js";
import type { Question } from "./questions.js";
import { isYesNo } from "./yes-no.js";

/**
 * Understanding somebody's own ledger row by row, with what the ledger as a whole says (`LedgerLook`): words by what people
 * answered, kinds that are no complaints, what a status says of closing.
 */

/** What the rows together, or somebody who has looked at all of them, say of each. */
export interface LedgerLook {
  /** 结案时间 is asked about. */
  readonly closing: Question | undefined;
  /** Kinds of entries that may be complaints or not, as word keys. */
  readonly unclearKinds: ReadonlySet<string>;
  /** 责任部门 stands there by hand, or a column of units that nobody knows. */
  readonly department: (Question & { readonly kind: "department" }) | undefined;
}

export interface UnderstandOptions {
  readonly packs: ReadonlyMap<string, Pack>;
  readonly language: Language;
  /** The pack of rows that name none, where the caller or 设置 says. */
  readonly defaultPack: string | undefined;
  /** Names in 人员, as name keys. */
  readonly people: ReadonlySet<string>;
  readonly now: WallTime;
}

/** As the rows say themselves. */
export function lookAt(read: LedgerSnapshot): LedgerLook {
  const hasKinds = read.columns.has("caseKind") || read.foreign.includes("category");
  return {
    closing: closingQuestion(read),
    unclearKinds: hasKinds ? unclearKinds(read.rows) : new Set(),
    department: departmentQuestion(read, openStrangers(read)),
  };
}

/** Whether nothing of what was read was taken for something else. */
function saysTheSame(read: LedgerRow["cells"], understood: LedgerRow["cells"]): boolean {
  for (const id in read) if (read[id as InputId] !== understood[id as InputId]) return false;
  return true;
}

/** What a word means in a column by what people answered. */
type Meanings = ReadonlyMap<InputId, ReadonlyMap<string, string>>;

export class Understanding {
  readonly asked = new Set<InputId>();
  private readonly meanings: Meanings;
  private readonly unknown = new Map<string, { column: InputId; word: string; rows: number[] }>();
  private readonly differing = new Map<InputId, number[]>();
  private readonly noComplaints: number[] = [];
  private readonly packs: PackLabels;
  private readonly yesNo: readonly InputId[];
  /** Somebody has said that the ledger keeps no 结案时间, whatever a column of it is called. */
  private readonly keepsNoClosing: boolean;
  private changing: boolean | undefined;
  readonly undated: number[] = [];

  constructor(
    private readonly read: LedgerSnapshot,
    private readonly answers: Answers,
    private readonly options: UnderstandOptions,
    private readonly look: LedgerLook,
  ) {
    const meanings = new Map<InputId, Map<string, string>>();
    for (const { column: id, word, means } of answers.values)
      meanings.set(id, (meanings.get(id) ?? new Map<string, string>()).set(wordKey(word), means));
    this.meanings = meanings;
    this.keepsNoClosing = keepsNoClosing(read);
    this.packs = new PackLabels(options);
    this.yesNo = INPUT_COLUMNS.filter(({ id, kind }) => kind === "boolean" && read.columns.has(id)).map(({ id }) => id);
  }

  // ------------------------------------------------------------ rows

  rows(): readonly LedgerRow[] {
    const { rows } = this.read;
    if (!this.changesRows() && !rows.some(({ cells }) => readsLikePraise(cells))) return rows;
    const kept: LedgerRow[] = [];
    for (const row of rows) {
      const understood = this.row(row);
      if (understood) kept.push(understood);
      else this.noComplaints.push(row.row);
    }
    return kept;
  }

  /** A row of a ledger or table that is read row by row. */
  line(row: LedgerRow): LedgerRow | undefined {
    this.changing ??= this.changesRows();
    return this.changing || readsLikePraise(row.cells) ? this.row(row) : row;
  }

  /** Whether anything but a text of praise could be understood otherwise than it was read. */
  private changesRows(): boolean {
    const { columns, foreign, secondColumns = [] } = this.read;
    return (
      this.look.closing !== undefined ||
      this.look.department?.inRows === true ||
      this.meanings.size > 0 ||
      secondColumns.length > 0 ||
      this.yesNo.length > 0 ||
      (["caseStatus", "caseKind", "levelOverride", "categoryOverride", "closeAt"] as const).some((id) =>
        columns.has(id),
      ) ||
      foreign.includes("status") ||
      foreign.includes("category")
    );
  }

  /** The row as it is understood; undefined for one that is no complaint. */
  private row(row: LedgerRow): LedgerRow | undefined {
    const cells: { [Id in InputId]?: RawCell } = { ...row.cells };
    const doubts: RowDoubt[] = [];
    for (const [id, words] of this.meanings) {
      const cell = cells[id];
      const isWord = typeof cell === "string" || (typeof cell === "number" && SHARES.has(column(id).kind));
      const means = isWord ? words.get(wordKey(String(cell))) : undefined;
      if (means !== undefined) cells[id] = means;
    }
    if (isPraise(cells)) return undefined;
    this.checkKind(row.row, cells, doubts);
    for (const id of this.yesNo) this.checkWord(row.row, id, cells, doubts, isYesNo);
    for (const id of ["levelOverride", "categoryOverride"] as const) this.checkLabel(row.row, id, cells, doubts);
    this.closed(row, cells, doubts);
    this.seconds(row, doubts);
    const department = this.look.department?.inRows ? departmentDoubt(row, this.options.language) : undefined;
    if (department) doubts.push(department);
    // Most rows stay as they were read: kept as they are, they are no second copy of the ledger.
    if (doubts.length === 0 && saysTheSame(row.cells, cells)) return row;
    return { ...row, cells, ...(doubts.length === 0 ? {} : { doubts }) };
  }

  /** A kind that may be a complaint or none, and a text that is nothing but praise: somebody has to say which it is. */
  private checkKind(row: number, cells: LedgerRow["cells"], doubts: RowDoubt[]): void {
    const { caseKind } = cells;
    if (typeof caseKind === "string" && this.look.unclearKinds.has(wordKey(caseKind))) {
      doubts.push({ column: "caseKind", text: this.wordText(row, "caseKind", caseKind.trim()) });
      this.askWord(row, "caseKind", caseKind.trim());
    } else if (readsLikePraise(cells)) {
      doubts.push({ column: "caseKind", text: say(this.options.language, "ask.row-praise") });
    }
  }

  /** A word that nobody knows decides nothing, and is asked about. */
  private checkWord(
    row: number,
    id: InputId,
    cells: { [Id in InputId]?: RawCell },
    doubts: RowDoubt[],
    isKnown: (word: string) => boolean,
  ): void {
    const cell = cells[id];
    if (typeof cell !== "string" || isBlankWord(cell) || isKnown(cell)) return;
    // 改判类别 is a human decision and stays as it is written; nothing counts by a level or a yes that nobody knows.
    if (id !== "categoryOverride") cells[id] = null;
    doubts.push({ column: id, text: this.wordText(row, id, cell.trim()) });
    this.askWord(row, id, cell.trim());
  }

  private checkLabel(
    row: number,
    id: keyof typeof LABELLED,
    cells: { [Id in InputId]?: RawCell },
    doubts: RowDoubt[],
  ): void {
    if (typeof cells[id] !== "string") return;
    const labels = this.packs.labels(LABELLED[id], cells.pack);
    if (labels.size === 0) return;
    this.checkWord(row, id, cells, doubts, (word) => labels.has(word.trim()) || NO_OVERRIDE.has(listedKey(word)));
  }

  private askWord(row: number, id: InputId, word: string): void {
    const key = `${id}\n${wordKey(word)}`;
    const known = this.unknown.get(key);
    if (known) known.rows.push(row);
    else this.unknown.set(key, { column: id, word, rows: [row] });
  }

  private wordText(row: number, id: InputId, word: string): string {
    const { header, letter } = this.read.columns.get(id) ?? { header: column(id).header, letter: "" };
    return say(this.options.language, "ask.row-word", {
      cell: `${this.read.sheets?.[sheetOfRow(row)]?.sheet ?? this.read.sheet}!${letter}${ownRow(row)}`,
      header,
      value: word,
    });
  }

  // ------------------------------------------------------------ closing

  /** What the status says of closing that 结案时间 does not. */
  private closed({ row }: LedgerRow, cells: { [Id in InputId]?: RawCell }, doubts: RowDoubt[]): void {
    const { language } = this.options;
    if (this.keepsNoClosing) delete cells.closeAt;
    if (typeof cells.closeAt === "string") cells.closeAt = closedOn(cells.closeAt) ?? cells.closeAt;
    const date = cells.closeAt;
    if (typeof date === "string" && saysClosed(date)) {
      delete cells.closeAt;
      doubts.push({ column: "closeAt", text: say(language, "ask.row-undated", { value: date }) });
      this.undated.push(row);
      return;
    }
    // 处理中, 否 and × under 结案时间: the case is open, and that is no fault. 挂起 is asked about, as a status is.
    const written = typeof date === "string" ? caseStateOf(date, "是否结案") : undefined;
    if (written === "open" || written === "held") delete cells.closeAt;
    if (written === "held") {
      doubts.push({ column: "closeAt", text: say(language, "ask.row-state", { value: date as string }) });
      this.askWord(row, "closeAt", date as string);
      return;
    }
    // 1900-01-01, 9999-12-31 and 待定 are no days.
    const dated = readValue("datetime", cells.closeAt) !== undefined;
    const status = cells.caseStatus;
    const value = status === undefined || status === null || typeof status === "object" ? "" : String(status).trim();
    const state = this.stateOf(value);
    // The day stands in the status: 已结(3/5).
    const on = isBlankText(cells.closeAt) && this.read.columns.has("closeAt") ? closedOn(value) : undefined;
    if (on !== undefined && !this.keepsNoClosing) {
      cells.closeAt = on;
      return;
    }
    if (state === undefined && (isBlankWord(value) || saysNothingOfClosing(value))) {
      if (this.look.closing) doubts.push(CLOSING_DOUBT);
      return;
    }
    if (dated) {
      if (this.look.closing) doubts.push(CLOSING_DOUBT);
      if (state === "open") doubts.push({ column: "closeAt", text: say(language, "ask.row-open-dated", { value }) });
      return;
    }
    if (state === "open") return;
    if (state === "closed") {
      this.undated.push(row);
      doubts.push({ column: "closeAt", text: say(language, "ask.row-undated", { value }) });
      return;
    }
    doubts.push({ column: "closeAt", text: say(language, "ask.row-state", { value }) });
    this.askWord(row, "caseStatus", value);
  }

  private stateOf(value: string): CaseState | undefined {
    const chosen = CHOSEN_STATES.get(value);
    const header = this.read.columns.get("caseStatus")?.header ?? this.read.columns.get("status")?.header ?? "";
    return chosen ?? caseStateOf(value, header);
  }

  // ------------------------------------------------------------ two columns for one thing

  private seconds({ row, second }: LedgerRow, doubts: RowDoubt[]): void {
    if (!second) return;
    for (const { id, kept, other } of this.read.secondColumns ?? []) {
      const pair = second[id as InputId];
      if (!pair || !DECIDING.has(id)) continue;
      // One header written twice is one column in two places; two names may be two things.
      const sameName = kept.header.trim() === other.header.trim();
      if (sameName && (isBlankText(pair.kept) || isBlankText(pair.other))) continue;
      addToList(this.differing, id as InputId, row);
      const text = say(this.options.language, "ask.row-second", { kept: kept.header, other: other.header });
      doubts.push({ column: id as InputId, text });
    }
  }

  // ------------------------------------------------------------ questions

  leftOut(): LeftOut | undefined {
    return this.noComplaints.length === 0 ? undefined : { kind: "other-kind", rows: this.noComplaints };
  }

  questions(): readonly Question[] {
    return [
      ...(this.look.closing ? [this.look.closing] : []),
      ...this.peopleQuestion(),
      ...this.missingColumns(),
      ...this.departmentQuestions(),
      ...this.secondQuestions(),
      ...[...this.unknown.values()].map(({ column: id, word, rows }): Question => {
        const header =
          (this.read.columns.get(id) ?? this.read.columns.get(STANDS_UNDER[id] ?? id))?.header ?? column(id).header;
        return { kind: "value", column: id, header, word, rows, choices: this.choicesOf(id) };
      }),
    ];
  }

  private peopleQuestion(): readonly Question[] {
    const { peopleSheets = [] } = this.read;
    if (this.answers.people !== undefined || peopleSheets.length === 0) return [];
    this.asked.add("person");
    const sheets = peopleSheets.map(({ sheet, headers, rows }) => ({
      sheet,
      people: rows.length,
      names: namesIn(headers, rows).slice(0, 3),
    }));
    return [{ kind: "people", sheets }];
  }

  private missingColumns(): readonly Question[] {
    const { columns } = this.read;
    const strangers = openStrangers(this.read);
    const isOpen = (id: InputId): boolean => !columns.has(id) && !this.answers.absent.includes(id);
    const found: readonly (readonly [InputId, Question & { kind: "column" }])[] = [
      [
        "person",
        {
          kind: "column",
          column: "person",
          candidates: isOpen("person") ? mayBePersons(strangers, this.options.people) : [],
        },
      ],
      ["loss", { kind: "column", column: "loss", candidates: isOpen("loss") ? mayBeLoss(strangers) : [] }],
    ];
    return found.flatMap(([id, question]) => {
      if (question.candidates.length === 0) return [];
      this.asked.add(id);
      return [question];
    });
  }

  private departmentQuestions(): readonly Question[] {
    const { department } = this.look;
    if (!department) return [];
    if (!department.inRows) this.asked.add("departmentOverride");
    return [department];
  }

  private secondQuestions(): readonly Question[] {
    return (this.read.secondColumns ?? []).flatMap(({ id, kept, other }): Question[] => {
      const rows = this.differing.get(id as InputId);
      return rows ? [{ kind: "second", column: id as InputId, kept, other, rows }] : [];
    });
  }

  private choicesOf(id: InputId): readonly string[] {
    if (id === "caseKind") return ENTRY_KINDS;
    if (id === "caseStatus" || id === "closeAt") return [...CHOSEN_STATES.keys()];
    if (id === "levelOverride" || id === "categoryOverride") return this.packs.all(LABELLED[id]);
    return ["是", "否"];
  }
}

/** The names of a list of people, whatever stands before them: 序号, 工号. */
function namesIn(headers: RawTable["headers"], rows: RawTable["rows"]): string[] {
  const at = headers.findIndex(({ header }) => peopleFields([header]).has("name"));
  return rows.flatMap(({ cells }) => {
    const name = cells[at];
    return typeof name === "string" && !isBlankText(name) ? [name.trim()] : [];
  });
}

function isPraise({ caseKind }: LedgerRow["cells"]): boolean {
  return typeof caseKind === "string" && isNoComplaint(caseKind);
}

/** What a word of 结案状态 can be said to mean. */
const CHOSEN_STATES: ReadonlyMap<string, CaseState> = new Map([
  ["已结", "closed"],
  ["未结", "open"],
]);
const SHARES: ReadonlySet<ColumnKind> = new Set<ColumnKind>(["percent"]);
/** Output columns that somebody has filled by hand, and what their words are read as. */
const STANDS_UNDER: Readonly<Partial<Record<InputId, ColumnId>>> = { caseStatus: "status", caseKind: "category" };
/** It is said once, in the question. */
const CLOSING_DOUBT: RowDoubt = { column: "closeAt", text: undefined };
