import { column } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import type { Message } from "../process/outcome.js";
import { say } from "../process/sentences.js";
import { rowsText } from "./rows-text.js";
import { DECIDING } from "./deciding-columns.js";
import type { FirstCheck, Question, Sampled } from "./questions.js";
import { askedLetters } from "./recognised-question.js";
import { lettersOf } from "./tables-beside.js";

/** Questions as sentences. */

/** How many words of another system one sentence names. */
const MOST_WORDS = 12;

/** What is asked about a ledger, a sentence for each thing; words of one column stand in one. */
export function questionMessages(check: FirstCheck, language: Language): readonly Message[] {
  const { sheet, sheets, questions, undated } = check;
  const asked = questions
    .filter((question) => question.kind !== "value")
    .map((question) => message(`ask.${question.kind}`, questionText(question, check, language)));
  const words = new Map<string, (Question & { kind: "value" })[]>();
  for (const question of questions)
    if (question.kind === "value") words.set(question.column, [...(words.get(question.column) ?? []), question]);
  const dates =
    undated.length === 0
      ? []
      : [
          message(
            "ask.undated",
            say(language, "ask.undated", { sheet, count: undated.length, rows: rowsText(undated, sheets) }),
          ),
        ];
  const unknown = [...words.values()].map((list) => message("ask.values", wordsText(list, check, language)));
  return [...asked, ...unknown, ...dates, ...recognisedMessage(check, language), ...unreadMessage(check, language)];
}

/** In a ledger of somebody's own, what nobody read is said as well: the one column that matters may be among it. */
function unreadMessage({ sheet, recognised, unrecognised }: FirstCheck, language: Language): readonly Message[] {
  const filled = unrecognised.filter(({ samples }) => samples.length > 0);
  if (filled.length === 0 || recognised.every(({ own, chosen }) => own || chosen)) return [];
  const columns = sampledText(filled, language, say(language, "list.and"));
  const text = say(language, "understood.unread", { sheet, count: filled.length, columns });
  return [{ level: "info", cause: "understood.unread", text }];
}

/** Columns that decide something and were known under another name: said, so that a wrong one is noticed. */
function recognisedMessage({ sheet, recognised, questions }: FirstCheck, language: Language): readonly Message[] {
  // What a question asks about is not said to be known.
  const asked = askedLetters(questions);
  const other = recognised.filter(
    ({ own, chosen, column: id, letter }) => !own && !chosen && DECIDING.has(id) && !asked.has(letter),
  );
  if (other.length === 0 || questions.some(({ kind }) => kind === "recognised")) return [];
  const columns = pairsText(other, language);
  return [
    { level: "info", cause: "understood.columns", text: say(language, "understood.columns", { sheet, columns }) },
  ];
}

function pairsText(
  columns: readonly { readonly header: string; readonly column: Parameters<typeof column>[0] }[],
  language: Language,
): string {
  return columns
    .map(({ header, column: id }) => say(language, "understood.column", { header, column: nameOf(id, language) }))
    .join("、");
}

function message(cause: string, text: string): Message {
  return { level: "warning", cause, text };
}

/** One question as a sentence. */
export function questionText(
  question: Question,
  { sheet, sheets }: Pick<FirstCheck, "sheet" | "sheets">,
  language: Language,
): string {
  switch (question.kind) {
    case "closing": {
      const { candidates, rows } = question;
      const headers = sampledText(candidates, language);
      return say(language, "ask.closing", {
        sheet,
        rows,
        candidates:
          candidates.length === 0
            ? say(language, "ask.closing-none")
            : say(language, "ask.closing-candidates", { headers }),
      });
    }
    case "column":
      return say(language, "ask.column", {
        sheet,
        column: nameOf(question.column, language),
        headers: sampledText(question.candidates, language),
      });
    case "department":
      return say(language, "ask.department", { sheet, headers: sampledText(question.candidates, language) });
    case "recognised":
      return say(language, "ask.recognised", { sheet, columns: pairsText(question.columns, language) });
    case "second": {
      const { column: id, kept, other, rows } = question;
      return say(language, "ask.second", {
        sheet,
        column: nameOf(id, language),
        kept: `${kept.letter} ${kept.header}`,
        other: `${other.letter} ${other.header}`,
        count: rows.length,
        rows: rowsText(rows, sheets),
      });
    }
    case "dates":
      return say(language, "ask.dates", {
        sheet,
        header: question.header,
        value: question.example,
        count: question.rows.length,
        rows: rowsText(question.rows, sheets),
        readings: question.readings.map(({ text }) => text).join(say(language, "ask.or")),
      });
    case "beside":
      return say(language, "ask.beside", {
        sheet,
        letters: lettersOf(question),
        headers: question.headers.map(({ header }) => header).join("、"),
        header: question.header,
        column: nameOf(question.column, language),
      });
    case "value":
      return wordsText([question], { sheet }, language);
    case "people":
      return say(language, "ask.people", {
        sheets: question.sheets
          .map(({ sheet: name, people, names }) =>
            say(language, "ask.people-sheet", { sheet: name, people, names: names.join("、") }),
          )
          .join(say(language, "ask.or")),
      });
  }
}

function wordsText(
  questions: readonly (Question & { kind: "value" })[],
  { sheet }: Pick<FirstCheck, "sheet">,
  language: Language,
): string {
  const words = questions
    .slice(0, MOST_WORDS)
    .map(({ word, rows }) => say(language, "ask.value-word", { word, count: rows.length }));
  const more = questions.length > MOST_WORDS ? "…" : "";
  const isShare = column(questions[0]!.column).kind === "percent";
  return say(language, isShare ? "ask.shares" : "ask.values", {
    sheet,
    header: questions[0]!.header,
    words: words.join("、") + more,
  });
}

function sampledText(columns: readonly Sampled[], language: Language, between = say(language, "ask.or")): string {
  return columns
    .map(({ header, letter, samples }) =>
      say(language, "ask.sample", { header, letter, samples: samples.map((text) => `“${text}”`).join("、") }),
    )
    .join(between);
}

function nameOf(id: Parameters<typeof column>[0], language: Language): string {
  const { header, alias } = column(id);
  return language === "zh" ? header : alias;
}
