import type { ColumnId, InputId } from "../domain/columns.js";
import { headerAgain } from "../domain/match-key.js";
import type { WrittenOrder } from "../domain/partial-date.js";
import type { Answer } from "./answers.js";
import type { LedgerColumn, LedgerSheet, LedgerSnapshot, OtherColumn } from "./port.js";

/**
 * What is asked about somebody's own ledger before anything that rests on it is judged: the same for the command and the
 * pane. Each question brings the answers that can be given with one press.
 */
export type Question =
  /** No 结案时间: nobody can say what is closed. `candidates` look like it. */
  | { readonly kind: "closing"; readonly candidates: readonly Sampled[]; readonly rows: number }
  /** No column of this id, and headers that may be it. */
  | { readonly kind: "column"; readonly column: InputId; readonly candidates: readonly Sampled[] }
  /** 责任部门 that somebody has filled in, or other columns of units: is one of them 改判责任部门? */
  | {
      readonly kind: "department";
      readonly candidates: readonly Sampled[];
      /** 改判责任部门 itself, where the ledger has it: both are read then, the one that is filled. */
      readonly own?: LedgerColumn;
      /** Only the rows that bear one are held; else all are. */
      readonly inRows: boolean;
    }
  /** Columns that money rests on, known by other names than ours: what they charge is proposed until somebody has looked. */
  | { readonly kind: "recognised"; readonly columns: readonly (LedgerColumn & { readonly column: InputId })[] }
  /** Two columns for one thing that say different things. */
  | {
      readonly kind: "second";
      readonly column: InputId;
      readonly kept: LedgerColumn;
      readonly other: OtherColumn;
      readonly rows: readonly number[];
    }
  /** A word of another system. */
  | {
      readonly kind: "value";
      readonly column: InputId;
      readonly header: string;
      readonly word: string;
      readonly rows: readonly number[];
      /** What it may mean, as the column writes it. */
      readonly choices: readonly string[];
    }
  /** Dates that can be read in several orders: 3/4/2026. */
  | {
      readonly kind: "dates";
      readonly column: InputId;
      readonly header: string;
      readonly example: string;
      readonly rows: readonly number[];
      /** What the example would be in each order. */
      readonly readings: readonly { readonly order: WrittenOrder; readonly text: string }[];
    }
  /** A table beside the ledger that has a column which the ledger lacks. */
  | {
      readonly kind: "beside";
      readonly headers: readonly LedgerColumn[];
      readonly header: string;
      readonly column: InputId;
    }
  /** Sheets that may be 人员. */
  | {
      readonly kind: "people";
      readonly sheets: readonly {
        readonly sheet: string;
        readonly people: number;
        readonly names: readonly string[];
      }[];
    };

/** A column with a few of its values. */
export interface Sampled extends LedgerColumn {
  readonly samples: readonly string[];
}

/** What the first look at a ledger found. */
export interface FirstCheck {
  /** As people name it; of a ledger on several sheets all of them. */
  readonly sheet: string;
  readonly sheets?: readonly LedgerSheet[];
  readonly recognised: readonly (LedgerColumn & {
    readonly column: ColumnId;
    /** Under the column's own name. */
    readonly own: boolean;
    /** As somebody chose. */
    readonly chosen: boolean;
  })[];
  readonly unrecognised: readonly Sampled[];
  /** Columns read where another one for the same thing is blank. */
  readonly seconds: NonNullable<LedgerSnapshot["secondColumns"]>;
  readonly questions: readonly Question[];
  /** Rows that say closed and not when. */
  readonly undated: readonly number[];
}

/** The answers that a question can be given with one press, the likeliest first. */
export function answersTo(question: Question): readonly Answer[] {
  switch (question.kind) {
    case "closing":
      return [
        ...question.candidates.map(({ header }): Answer => ({ kind: "map", header, column: "closeAt" })),
        { kind: "absent", column: "closeAt" },
      ];
    case "column":
      return [
        ...question.candidates.map(({ header }): Answer => ({ kind: "map", header, column: question.column })),
        { kind: "absent", column: question.column },
      ];
    case "department": {
      const own = question.own ? [{ header: question.own.header, column: "departmentOverride" as const }] : [];
      return [
        ...question.candidates.map(({ header }): Answer => ({
          kind: "confirm",
          columns: [{ header, column: "departmentOverride" }, ...own],
        })),
        { kind: "absent", column: "departmentOverride" },
      ];
    }
    case "recognised":
      return [{ kind: "confirm", columns: question.columns.map(({ header, column }) => ({ header, column })) }];
    case "second": {
      const { other, column } = question;
      // Of two of one name the second has a name of its own, by which it counts or doesn't.
      if (other.again !== undefined) {
        const header = headerAgain(other.header, other.again);
        return [
          { kind: "not", header },
          { kind: "map", header, column },
        ];
      }
      return [question.kept, other].map(({ header }): Answer => ({ kind: "map", header, column }));
    }
    case "value":
      return question.choices.map((means): Answer => ({
        kind: "value",
        column: question.column,
        word: question.word,
        means,
      }));
    case "dates":
      return question.readings.map(({ order }): Answer => ({ kind: "dates", column: question.column, order }));
    case "beside":
      return [
        { kind: "not", header: question.header },
        { kind: "map", header: question.header, column: question.column },
      ];
    case "people":
      return [
        ...question.sheets.map(({ sheet }): Answer => ({ kind: "people", sheet })),
        { kind: "people", sheet: "" },
      ];
  }
}
