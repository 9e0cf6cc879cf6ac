import { column, type InputId } from "../domain/columns.js";
import { headerKey, matchHeaders } from "../domain/match-key.js";
import { columnLetters } from "../ooxml/references.js";
import { meaningsByKey, NO_ANSWERS } from "./answers.js";
import type { BesideTable } from "./find-headers.js";
import type { LedgerSnapshot, TableBeside } from "./port.js";
import type { Question } from "./questions.js";

/**
 * Tables that stand beside a ledger over the same rows: a legend, a count by month. They are never read with it; where one
 * has a column that the ledger lacks, a person is asked whether it is the ledger's after all.
 */

export function tableBeside({ left, headers }: BesideTable): TableBeside {
  return { headers: headers.map((header, i) => ({ header, letter: columnLetters(left + i) })) };
}

/** What is asked about each of them; a table of which somebody said that it is another one is left alone. */
export function besideQuestions({ tablesBeside = [], columns, answers = NO_ANSWERS }: LedgerSnapshot): Question[] {
  const none = new Set(answers.notColumns.map(headerKey));
  return tablesBeside.flatMap(({ headers }): Question[] => {
    if (headers.some(({ header }) => none.has(headerKey(header)))) return [];
    const texts = headers.map(({ header }) => header);
    const known = [...matchHeaders(texts, meaningsByKey(answers)).columns].flatMap(([id, index]) =>
      column(id).role === "input" && !columns.has(id) && !answers.absent.includes(id as InputId)
        ? [{ header: texts[index]!, column: id as InputId }]
        : [],
    );
    const [first] = known;
    return first ? [{ kind: "beside", headers, ...first }] : [];
  });
}

/** From where to where a table stands: F–H. */
export function lettersOf({ headers }: TableBeside): string {
  return `${headers[0]!.letter}–${headers.at(-1)!.letter}`;
}
