import { COLUMNS, column, isColumnId, type ColumnId } from "../../domain/columns.js";
import { headerKey, possibleMapping } from "../../domain/match-key.js";
import { DATE_ORDERS } from "../../domain/partial-date.js";
import { askedQuestions, firstCheck } from "../../jobs/first-check.js";
import { isInputId, withAnswer, type Answer, type Answers } from "../../ledger/answers.js";
import { readAnswers, readHeaderRows, writeAnswers } from "../../ledger/file/file-ledger.js";
import { LedgerError } from "../../ledger/file/ledger-error.js";
import { workbookErrorText } from "../../ledger/file/workbook-error-text.js";
import { answersTo, type FirstCheck } from "../../ledger/questions.js";
import { askedLetters } from "../../ledger/recognised-question.js";
import { nodeCodec } from "../../ooxml/node-codec.js";
import { CliError } from "../cli-error.js";
import { columnsText } from "../columns-text.js";
import { loadLedgerRules } from "../ledger-rules.js";
import type { Terminal } from "../terminal.js";
import { explained, letOutFile, openLedger, placeOf, readBytes, type OpenWorkbook } from "../workbook-file.js";
import { JUDGE_OPTIONS, judgeArguments, type Command, type JudgeArguments } from "../command.js";

interface FixHeadersArguments extends JudgeArguments {
  readonly input: string;
  /** 列标题=列 as typed; a blank column takes a mapping back. */
  readonly map: readonly string[];
  readonly not: readonly string[];
  /** 列:值=意思 as typed. */
  readonly value: readonly string[];
  /** 列=ymd, mdy or dmy as typed. */
  readonly dates: readonly string[];
  readonly people: string | undefined;
  /** The headers were read rightly. */
  readonly confirm: boolean;
  readonly output: string | undefined;
}

export const command: Command = {
  usage: "fix-headers <IN.xlsx>",
  help: "help.fix-headers",
  options: [
    { flags: "--map <HEADER=COLUMN>", help: "help.map", many: true },
    { flags: "--not <HEADER>", help: "help.not", many: true },
    { flags: "--value <COLUMN:WORD=MEANING>", help: "help.value", many: true },
    { flags: "--dates <COLUMN=ORDER>", help: "help.dates", many: true },
    { flags: "--people <SHEET>", help: "help.people" },
    { flags: "--confirm", help: "help.confirm" },
    { flags: "-o, --output <OUT.xlsx>", help: "help.output" },
    ...JUDGE_OPTIONS,
  ],
  run: (call) =>
    fixHeadersCommand(
      {
        input: call.argument,
        map: call.list("map"),
        not: call.list("not"),
        value: call.list("value"),
        dates: call.list("dates"),
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
  const known = explained(args.input, terminal, () => readHeaderRows(original, options)).flatMap(({ headers }) =>
    headers.map(({ header }) => header),
  );
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
  terminal.document({
    headers: places,
    mapping: Object.fromEntries(answers.mapping),
    ...(check === undefined ? {} : { unrecognised: check.unrecognised, questions: check.questions }),
  });
  for (const place of places) showPlace(place, check, terminal);
  if (check) showQuestions(check, terminal);
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
      // Which of several is meant has to be said first; without any, the headers alone are shown.
      if (error instanceof LedgerError && error.code !== "several-ledgers") return undefined;
      if (error instanceof LedgerError) {
        terminal.warn(workbookErrorText(error, terminal.language) ?? "");
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

function showQuestions(check: FirstCheck, terminal: Terminal): void {
  const questions = askedQuestions(check, terminal.language);
  if (questions.length === 0) {
    terminal.say("headers.no-question");
    return;
  }
  terminal.say("headers.questions");
  for (const { text, answers } of questions) {
    terminal.line(`  ? ${text}`);
    for (const { label, answer } of answers) terminal.line(`    ${label}：${optionText(answer)}`);
  }
}

/** An answer as an option of this command. */
function optionText(answer: Answer): string {
  switch (answer.kind) {
    case "map":
      return `--map "${answer.header}=${column(answer.column).header}"`;
    case "confirm":
      return "--confirm";
    case "unmap":
      return `--map "${answer.header}="`;
    case "not":
      return `--not "${answer.header}"`;
    case "absent":
      return `--not ${column(answer.column).header}`;
    case "value":
      return `--value "${column(answer.column).header}:${answer.word}=${answer.means}"`;
    case "dates":
      return `--dates ${column(answer.column).header}=${answer.order}`;
    case "sheet":
      return `--sheet "${answer.sheet}"`;
    case "people":
      return `--people ${answer.sheet === "" ? "无" : `"${answer.sheet}"`}`;
  }
}

function named(id: ColumnId, terminal: Terminal): string {
  const { header, alias } = column(id);
  return terminal.language === "zh" ? header : alias;
}

// ------------------------------------------------------------ what was typed

const NOBODY: ReadonlySet<string> = new Set(["无", "none", "-", ""]);

function answersIn(args: FixHeadersArguments, headers: readonly string[], terminal: Terminal): Answer[] {
  return [
    ...args.map.map((pair) => mapAnswer(pair, terminal)),
    ...args.not.map((text) => notAnswer(text, headers, terminal)),
    ...args.value.map((text) => valueAnswer(text, terminal)),
    ...args.dates.map((text) => datesAnswer(text, terminal)),
    ...(args.people === undefined
      ? []
      : [{ kind: "people", sheet: NOBODY.has(args.people.trim().toLowerCase()) ? "" : args.people.trim() } as const]),
  ];
}

/** 客诉日=受理时间: by header, alias or id of the column. */
function mapAnswer(pair: string, terminal: Terminal): Answer {
  const at = pair.lastIndexOf("=");
  const header = pair.slice(0, at).trim();
  const wanted = pair.slice(at + 1).trim();
  if (at < 1 || header === "") throw new CliError(terminal.text("headers.bad-pair", { value: pair }));
  if (wanted === "") return { kind: "unmap", header };
  return { kind: "map", header, column: columnNamed(wanted, terminal) };
}

function columnNamed(wanted: string, terminal: Terminal): ColumnId {
  const found = columnOf(wanted);
  if (found === undefined) throw new CliError(terminal.text("headers.no-such-column", { value: wanted }));
  return found;
}

function columnOf(wanted: string): ColumnId | undefined {
  const key = headerKey(wanted);
  return isColumnId(wanted)
    ? wanted
    : COLUMNS.find((c) => headerKey(c.header) === key || headerKey(c.alias) === key)?.id;
}

/** A header of the workbook is none of the columns; a column's name is one that the ledger does not keep. */
function notAnswer(text: string, headers: readonly string[], terminal: Terminal): Answer {
  const wanted = text.trim();
  const header =
    headers.find((known) => known.trim() === wanted) ?? headers.find((known) => headerKey(known) === headerKey(wanted));
  if (header !== undefined) return { kind: "not", header };
  const id = columnOf(wanted);
  if (id === undefined || !isInputId(id)) throw new CliError(terminal.text("headers.no-such-header", { value: text }));
  return { kind: "absent", column: id };
}

/** 受理时间=dmy */
function datesAnswer(text: string, terminal: Terminal): Answer {
  const [name = "", wanted] = text.split("=").map((part) => part.trim());
  const order = DATE_ORDERS.find((one) => one === wanted?.toLowerCase());
  if (order === undefined) throw new CliError(terminal.text("repair.dates-unknown", { value: wanted ?? text }));
  const id = columnNamed(name, terminal);
  if (!isInputId(id)) throw new CliError(terminal.text("headers.no-such-column", { value: name }));
  return { kind: "dates", column: id, order };
}

/** 结案状态:挂起=未结 */
function valueAnswer(text: string, terminal: Terminal): Answer {
  const match = /^([^:：]+)[:：](.+)=([^=]*)$/su.exec(text);
  if (!match) throw new CliError(terminal.text("headers.bad-value", { value: text }));
  const [, name, word, means] = match.map((part) => part.trim());
  const id = columnNamed(name!, terminal);
  if (!isInputId(id)) throw new CliError(terminal.text("headers.no-such-column", { value: name! }));
  return { kind: "value", column: id, word: word!, means: means! };
}
