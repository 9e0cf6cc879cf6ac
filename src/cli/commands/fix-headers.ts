import { column, type ColumnId } from "../../domain/columns.js";
import { possibleMapping } from "../../domain/match-key.js";
import { firstCheck } from "../../jobs/first-check.js";
import { withAnswer, type Answer, type Answers } from "../../ledger/answers.js";
import { readAnswers, readHeaderRows, writeAnswers } from "../../ledger/file/file-ledger.js";
import { LedgerError } from "../../ledger/file/ledger-error.js";
import { workbookErrorText } from "../../ledger/file/workbook-error-text.js";
import { answersTo, type FirstCheck } from "../../ledger/questions.js";
import { askedLetters } from "../../ledger/recognised-question.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { fixHeadersLine, questionLines, showQuestions, type AnswerLine } from "../answer-lines.js";
import { ANSWER_OPTIONS, answersIn, typedAnswers, type TypedAnswers } from "../answer-options.js";
import { columnsText } from "../columns-text.js";
import { loadLedgerRules } from "../ledger-rules.js";
import type { Terminal } from "../terminal.js";
import {
  explained,
  letOutFile,
  openLedger,
  placeOf,
  readBytes,
  withNaming,
  type OpenWorkbook,
} from "../workbook-file.js";
import { JUDGE_OPTIONS, judgeArguments, type Command, type JudgeArguments } from "../command.js";

interface FixHeadersArguments extends JudgeArguments, TypedAnswers {
  readonly input: string;
  /** The headers were read rightly. */
  readonly confirm: boolean;
  readonly output: string | undefined;
}

export const command: Command = {
  usage: "fix-headers <IN.xlsx>",
  help: "help.fix-headers",
  options: [
    ...ANSWER_OPTIONS,
    { flags: "--people <SHEET>", help: "help.people" },
    { flags: "--confirm", help: "help.confirm" },
    { flags: "-o, --output <OUT.xlsx>", help: "help.output" },
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    fixHeadersCommand(
      {
        input: call.argument,
        ...typedAnswers(call),
        people: call.option("people"),
        confirm: call.isSet("confirm"),
        output: call.option("output"),
        ...judgeArguments(call),
      },
      call.terminal,
    ),
};

/** `fix-headers`: how the headers of a workbook map to the ledger's columns, what is asked, and answers kept on request. */
async function fixHeadersCommand(args: FixHeadersArguments, terminal: Terminal): Promise<number> {
  const { bytes: original, reading } = readBytes(args.input, terminal);
  const options = { codec: nodeCodec };
  const stored = explained(args.input, terminal, () => readAnswers(original, options));
  const known = explained(args.input, terminal, () => readHeaderRows(original, options)).flatMap(({ names }) => names);
  const typed = answersIn(args, known, terminal);
  const before = typed.reduce(withAnswer, stored);
  const given = args.confirm
    ? [...typed, ...confirming(await checkOf({ bytes: original, reading }, before, args, terminal))]
    : typed;
  const answers = given.reduce(withAnswer, stored);
  if (given.length > 0) {
    const bytes = explained(args.input, terminal, () => writeAnswers(original, answers, options));
    if (bytes !== original || args.output !== undefined) {
      const place = placeOf(args.output, reading);
      letOutFile({ leave: "mends-inputs", path: args.output ?? args.input, bytes, place, read: [reading] }, terminal);
    }
  }
  const places = headerPlaces(original, answers, args, terminal);
  const check = await checkOf({ bytes: original, reading }, answers, args, terminal);
  const line = fixHeadersLine(args.output ?? args.input, args);
  terminal.document({
    headers: places,
    mapping: Object.fromEntries(answers.mapping),
    ...(check === undefined
      ? {}
      : {
          unrecognised: check.unrecognised,
          questions: check.questions,
          asked: questionLines(check, line, terminal),
        }),
  });
  for (const place of places) showPlace(place, check, terminal);
  if (check) sayQuestions(check, line, terminal);
  if (given.length > 0) terminal.say("headers.saved", { file: args.output ?? args.input });
  else terminal.say("headers.hint");
  return 0;
}

/** What says that the headers were read rightly; nothing where nobody asks. */
function confirming(check: FirstCheck | undefined): readonly Answer[] {
  return (check?.questions ?? []).flatMap((question) => (question.kind === "recognised" ? answersTo(question) : []));
}

function headerPlaces(
  original: Uint8Array,
  answers: Answers,
  args: FixHeadersArguments,
  terminal: Terminal,
): HeaderPlaceShown[] {
  return explained(args.input, terminal, () => readHeaderRows(original, { codec: nodeCodec, answers })).map((place) => {
    const taken = new Set(place.columns.keys());
    const byIndex = new Map([...place.columns].map(([id, i]) => [i, id]));
    return {
      sheet: place.sheet,
      ...(place.table === undefined ? {} : { table: place.table }),
      headerRow: place.headerRow,
      headers: place.headers.map(({ header, letter }, i) => {
        const id = byIndex.get(i);
        return id === undefined
          ? { letter, header, suggestions: possibleMapping(header, taken).map((s) => s.column) }
          : { letter, header, column: id, mapped: answers.mapping.has(header) };
      }),
    };
  });
}

interface HeaderPlaceShown {
  readonly sheet: string;
  readonly table?: string;
  readonly headerRow: number;
  readonly headers: readonly (
    | { readonly letter: string; readonly header: string; readonly suggestions: readonly ColumnId[] }
    | { readonly letter: string; readonly header: string; readonly column: ColumnId; readonly mapped: boolean }
  )[];
}

/** The first check of the ledger; undefined while none is found. */
async function checkOf(
  file: Pick<OpenWorkbook, "bytes" | "reading">,
  answers: Answers,
  args: FixHeadersArguments,
  terminal: Terminal,
): Promise<FirstCheck | undefined> {
  const ledger = explained(args.input, terminal, () => {
    try {
      return openLedger(file.bytes, args.sheet, answers);
    } catch (error) {
      // What is missing, or which of several is meant, has to be said first; the headers alone are shown.
      if (error instanceof LedgerError) {
        const reason = workbookErrorText(error, terminal.language) ?? "";
        terminal.warn(
          withNaming(reason, error, { ...args, path: args.output ?? args.input, bytes: file.bytes }, terminal),
        );
        return undefined;
      }
      throw error;
    }
  });
  if (!ledger) return undefined;
  // Which words the packs know decides which are asked about; packs of the workbook that nobody confirmed stay out of it.
  const workbookRules = args.workbookRules ?? "ignore";
  const { packs } = await loadLedgerRules({ ledger, ...file }, { ...args, workbookRules }, terminal);
  const defaultPack = args.pack === undefined ? {} : { defaultPack: args.pack };
  return firstCheck(ledger.snapshot, { packs, language: terminal.language, now: args.now, ...defaultPack });
}

function showPlace(place: HeaderPlaceShown, check: FirstCheck | undefined, terminal: Terminal): void {
  terminal.say("headers.place", { sheet: place.sheet, row: place.headerRow });
  const own = place.sheet === check?.sheet ? check : undefined;
  const samples = new Map(own?.unrecognised.map(({ letter, samples: texts }) => [letter, texts]));
  const seconds = new Map(own?.seconds.map((second) => [second.other.letter, second]));
  const asked = askedLetters(own?.questions ?? []);
  const lines = place.headers.map((h) => {
    if ("column" in h) {
      const note = asked.has(h.letter) ? "headers.asked" : h.mapped ? "headers.mapped" : undefined;
      return [`  ${h.letter}`, h.header, named(h.column, terminal), note === undefined ? "" : terminal.text(note)];
    }
    const second = seconds.get(h.letter);
    if (second) {
      const note = terminal.text("headers.second", { kept: `${second.kept.letter} ${second.kept.header}` });
      return [`  ${h.letter}`, h.header, named(second.id, terminal), note];
    }
    const texts = samples.get(h.letter) ?? [];
    const notes = [
      ...(texts.length > 0 ? [terminal.text("headers.samples", { samples: texts.join("、") })] : []),
      ...(h.suggestions.length > 0
        ? [terminal.text("headers.suggestions", { list: h.suggestions.map((id) => named(id, terminal)).join("、") })]
        : []),
    ];
    return [`  ${h.letter}`, h.header, terminal.text("headers.unknown"), notes.join("；")];
  });
  for (const line of columnsText(lines)) terminal.line(line);
}

/** What is open, and the lines that answer it. */
function sayQuestions(check: FirstCheck, line: AnswerLine, terminal: Terminal): void {
  if (check.questions.length === 0) {
    terminal.say("headers.no-question");
    return;
  }
  terminal.say("headers.questions");
  showQuestions(check, line, terminal);
}

function named(id: ColumnId, terminal: Terminal): string {
  const { header, alias } = column(id);
  return terminal.language === "zh" ? header : alias;
}
