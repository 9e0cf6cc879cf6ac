import { readPeople } from "../domain/side-tables/people.js";
import { nameKey } from "../domain/persons-text.js";
import type { LedgerSnapshot } from "../ledger/port.js";
import { questionText } from "../ledger/question-text.js";
import { answersTo, type FirstCheck, type Question } from "../ledger/questions.js";
import { understand } from "../ledger/understand.js";
import type { Answer } from "../ledger/answers.js";
import { column } from "../domain/columns.js";
import type { Language } from "../locales/language.js";
import type { WallTime } from "../domain/wall-time.js";
import type { Pack } from "../rules/pack.js";
import { settingsOf } from "./judge-ledger.js";
import { jobsText } from "./texts.js";

/** The first look at somebody's own ledger: what is recognised, what is not, what is asked. For command and pane alike. */
export function firstCheck(
  snapshot: LedgerSnapshot,
  options: {
    readonly packs: ReadonlyMap<string, Pack>;
    readonly language: Language;
    readonly now: WallTime;
    readonly defaultPack?: string;
  },
): FirstCheck {
  const table = snapshot.sideTables.get("People");
  const people = new Set((table ? readPeople(table).people : []).map(({ name }) => nameKey(name)));
  const defaultPack = options.defaultPack ?? settingsOf(snapshot)?.defaultPack;
  return understand(snapshot, { ...options, defaultPack, people }).check;
}

/** A question as people are asked it, with the answers that one press gives. */
export interface AskedQuestion {
  readonly text: string;
  readonly answers: readonly { readonly label: string; readonly answer: Answer }[];
}

export function askedQuestions(check: FirstCheck, language: Language): readonly AskedQuestion[] {
  const { questions } = check;
  return questions.map((question) => ({
    text: questionText(question, check, language),
    answers: answersTo(question).map((answer) => ({ label: answerLabel(answer, question, language), answer })),
  }));
}

function answerLabel(answer: Answer, question: Question, language: Language): string {
  switch (answer.kind) {
    case "map":
      if (question.kind === "beside") return jobsText(language, "answer.part");
      return question.kind === "second"
        ? jobsText(language, "answer.counts", { header: secondName(question, answer.header) })
        : jobsText(language, "answer.is", { header: answer.header });
    case "confirm":
      if (question.kind === "department")
        return jobsText(language, "answer.is", { header: answer.columns[0]?.header ?? "" });
      return jobsText(language, "answer.confirm");
    case "absent":
      return jobsText(language, "answer.absent", { column: nameOf(answer.column, language) });
    case "value":
      return answer.means;
    case "dates":
      return question.kind === "dates"
        ? (question.readings.find(({ order }) => order === answer.order)?.text ?? answer.order)
        : answer.order;
    case "sheet":
      return answer.sheet;
    case "people":
      return answer.sheet === ""
        ? jobsText(language, "answer.nobody")
        : jobsText(language, "answer.people", { sheet: answer.sheet });
    case "not":
      if (question.kind === "beside") return jobsText(language, "answer.apart");
      if (question.kind === "second")
        return jobsText(language, "answer.counts", { header: `${question.kept.letter} ${question.kept.header}` });
      return jobsText(language, "answer.not", { header: answer.header });
    case "unmap":
      return jobsText(language, "answer.not", { header: answer.header });
  }
}

/** Two of one name are told apart by their letters. */
function secondName({ other }: Question & { kind: "second" }, header: string): string {
  return other.again === undefined ? header : `${other.letter} ${other.header}`;
}

function nameOf(id: Parameters<typeof column>[0], language: Language): string {
  const { header, alias } = column(id);
  return language === "zh" ? header : alias;
}
