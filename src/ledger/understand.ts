import type { InputId } from "../domain/columns.js";
import { isOwnHeader } from "../domain/match-key.js";
import { NO_ANSWERS } from "./answers.js";
import { sampled } from "./guess-columns.js";
import type { LedgerSnapshot } from "./port.js";
import type { FirstCheck, Question } from "./questions.js";
import { recognisedQuestion } from "./recognised-question.js";
import { besideQuestions } from "./tables-beside.js";
import { sheetText } from "./rows-text.js";
import { orderQuestions, shareQuestions } from "./unclear-cells.js";
import { lookAt, Understanding, type UnderstandOptions } from "./understanding.js";

/**
 * Understanding somebody's own ledger: what its words mean by what people answered, which rows are no complaints by
 * their kind, what its status says of closing, and what has to be asked. Where something is asked, the rows that rest on
 * it are in doubt: 待确认, nothing overdue, nothing charged. A word that nobody has explained switches nothing off.
 */
export interface Understood {
  readonly snapshot: LedgerSnapshot;
  readonly check: FirstCheck;
  /** Columns that every row is in doubt about. */
  readonly asked: ReadonlySet<InputId>;
  /** Headers that money rests on wait to be looked at: what is charged is proposed and no more. */
  readonly proposesOnly: boolean;
}

export function understand(read: LedgerSnapshot, options: UnderstandOptions): Understood {
  const answers = read.answers ?? NO_ANSWERS;
  const work = new Understanding(read, answers, options, lookAt(read));
  const rows = work.rows();
  const leftOut = work.leftOut();
  const own = work.questions();
  const recognised = recognisedQuestion(read, own, options);
  const questions = [
    ...own,
    ...(recognised === undefined ? [] : [recognised]),
    ...besideQuestions(read),
    ...shareQuestions(read, rows),
    ...orderQuestions(read, rows, options),
  ];
  const snapshot: LedgerSnapshot = {
    ...read,
    rows,
    ...(leftOut === undefined ? {} : { leftOut: [...(read.leftOut ?? []), leftOut] }),
  };
  const check = firstCheck(read, questions, work.undated);
  return { snapshot, check, asked: work.asked, proposesOnly: recognised !== undefined };
}

function firstCheck(read: LedgerSnapshot, questions: readonly Question[], undated: readonly number[]): FirstCheck {
  return {
    sheet: sheetText(read),
    ...(read.sheets && { sheets: read.sheets }),
    recognised: [...read.columns].map(([id, { header, letter }]) => ({
      header,
      letter,
      column: id,
      own: isOwnHeader(header, id),
      chosen: [...(read.answers ?? NO_ANSWERS).mapping.values()].includes(id),
    })),
    unrecognised: (read.strangers ?? []).map(sampled),
    seconds: read.secondColumns ?? [],
    questions,
    undated,
  };
}
