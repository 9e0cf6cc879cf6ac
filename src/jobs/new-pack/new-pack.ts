import type { Language } from "../../locales/language.js";
import { runCase } from "../../process/run-case.js";
import type { PackCase } from "../../rules/case-schema.js";
import type { Pack } from "../../rules/pack.js";
import type { Statutes } from "../../rules/statutes.js";
import { problemText } from "../../rules/pack-problem-text.js";
import { formatLike } from "../../rules-sheets/format-like.js";
import type { Json } from "../../rules-sheets/json.js";
import { CellFault, sheetsText } from "../../rules-sheets/problem.js";
import { clause as clauseCodec } from "../../rules-sheets/codecs.js";
import { COLUMN_WORDS, STAGE_WORDS } from "../../rules-sheets/vocabulary.js";
import { isColumnId, column } from "../../domain/columns.js";
import { addDays, dayOfTime, isoDate, parseIso, wallTime } from "../../domain/wall-time.js";
import type { PackTexts } from "../catalogue.js";
import { jobsText } from "../texts.js";
import { checked } from "../loaded-packs.js";
import {
  knownConcepts,
  limitId,
  makePack,
  occasionText,
  PLACE_ASKED,
  penaltyId,
  recognitionOf,
  type Recognition,
} from "./make-pack.js";
import {
  readAnswers,
  type AnswerProblem,
  type Answers,
  type LimitAnswer,
  type PenaltyAnswer,
} from "./questionnaire.js";

/** A pack from a questionnaire, with cases that hold: what they show was worked out by the rules and is for a person to check. */

export type NewPack =
  | { readonly kind: "problems"; readonly problems: readonly AnswerProblem[] }
  | {
      readonly kind: "made";
      readonly files: PackTexts;
      readonly pack: Pack;
      readonly categories: readonly ({ readonly label: string } & Recognition)[];
    };

export async function newPack(
  id: string,
  text: string,
  { packs, statutes }: { readonly packs: ReadonlyMap<string, Pack>; readonly statutes: Statutes },
  language: Language,
): Promise<NewPack> {
  const read = readAnswers(text, language);
  if ("problems" in read) return { kind: "problems", problems: read.problems };
  const { answers } = read;
  const known = knownConcepts(packs.values());
  let files: PackTexts;
  try {
    files = makePack(id, answers, known);
  } catch (error) {
    if (!(error instanceof CellFault)) throw error;
    return { kind: "problems", problems: [{ line: 0, text: sheetsText(language, error.key, error.params) }] };
  }
  const bare = await checked(id, files);
  if ("problems" in bare) return loaderProblems(bare.problems, language);
  const cases = casesOf(answers).map((one) => recorded(one, bare.pack, statutes));
  const whole = { ...files, "cases/first.json": formatLike(caseFile(cases), undefined) };
  const result = await checked(id, whole);
  if ("problems" in result) return loaderProblems(result.problems, language);
  const categories = answers.categories.map((one) => ({ label: one.label, ...recognitionOf(one, known) }));
  return { kind: "made", files: whole, pack: result.pack, categories };
}

/** The same in few words, for the pane. */
export async function makeNewPack(
  { id, text }: { readonly id: string; readonly text: string },
  known: Parameters<typeof newPack>[2],
  language: Language,
): Promise<
  | { readonly kind: "problems"; readonly lines: readonly string[] }
  | { readonly kind: "made"; readonly files: PackTexts; readonly rules: number; readonly cases: number }
> {
  if (!/^[a-z][a-z0-9-]*$/.test(id))
    return { kind: "problems", lines: [jobsText(language, "new-pack.bad-id", { id })] };
  if (known.packs.has(id)) return { kind: "problems", lines: [jobsText(language, "new-pack.taken", { id })] };
  const made = await newPack(id, text, known, language);
  if (made.kind === "problems") {
    const lines = made.problems.map(({ line, text: sentence }) =>
      line === 0 ? sentence : jobsText(language, "new-pack.line", { line, sentence }),
    );
    return { kind: "problems", lines };
  }
  const cases = made.pack.cases.reduce((sum, { content }) => sum + content.cases.length, 0);
  return { kind: "made", files: made.files, rules: made.pack.rules.length, cases };
}

function loaderProblems(problems: readonly Parameters<typeof problemText>[0][], language: Language): NewPack {
  return { kind: "problems", problems: problems.map((problem) => ({ line: 0, text: problemText(problem, language) })) };
}

function caseFile(cases: readonly PackCase[]): Json {
  // Cases are plain JSON by their schema.
  return { $schema: "../../schema/cases.schema.json", cases: cases as unknown as Json };
}

// ------------------------------------------------------------ cases

/** The times of a case: a Monday of a year whose calendar is known, or the first day of a pack that begins later. */
interface Times {
  readonly received: string;
  readonly longAfter: string;
  readonly now: string;
}

const FIRST = "2026-03-02";
const LONG = 120;

function timesOf({ from }: Answers): Times {
  const first = from !== undefined && from > FIRST ? from : FIRST;
  const day = dayOfTime(parseIso(first) ?? wallTime(2026, 3, 2));
  const at = (days: number): string => `${isoDate(addDays(day, days))}T09:00`;
  return { received: at(0), longAfter: at(LONG), now: at(LONG + 1) };
}

/** For every rule a case in which it fires and, where it has a condition, one in which it stays silent. */
function casesOf(answers: Answers): PackCase[] {
  const times = timesOf(answers);
  const { received } = times;
  const clauseOf = (text: string): PackCase["clause"] =>
    clauseCodec.read(text, { document: answers.document, titles: new Map() }) as unknown as PackCase["clause"];
  const limits = answers.limits.flatMap((limit) => limitCases(limit, received, clauseOf(limit.clause)));
  const placed = answers.limits.find(({ place }) => place !== undefined);
  const handlers = answers.categories.flatMap(({ label, clause, handler }, i): PackCase[] => {
    if (handler === undefined) return [];
    const base = { clause: clauseOf(clause), now: received };
    const row = { receivedAt: received, description: "例" };
    return [
      {
        ...base,
        name: `${label}由${handler}承办`,
        rows: [{ ...row, categoryOverride: label }],
        expect: { fires: [`handler-${i + 1}`], rows: [{ category: label, handler: [handler] }] },
      },
      { ...base, name: `没有归类时不由${handler}承办`, rows: [row], expect: { silent: [`handler-${i + 1}`] } },
    ];
  });
  return [
    ...limits,
    ...(placed ? placeCases(received, clauseOf(placed.clause)) : []),
    ...handlers,
    ...answers.penalties.flatMap((one, i) => penaltyCases(one, i, { answers, times, clause: clauseOf(one.clause) })),
  ];
}

const AT = { home: "国内", abroad: "国外" } as const;

/** The limit of a stage; where it holds for one place, also that it does not for the other. */
function limitCases(limit: LimitAnswer, received: string, clause: PackCase["clause"]): PackCase[] {
  const { stage, place, from } = limit;
  const where = place === undefined ? "" : `${AT[place]}投诉的`;
  const base = { clause, now: received };
  const row = { receivedAt: received, description: "例", [from]: received };
  const fires: PackCase = {
    ...base,
    name: `${where}${STAGE_WORDS.word(stage)}期限从${COLUMN_WORDS.word(from)}起算`,
    note: TO_CHECK,
    rows: [{ ...row, ...(place === undefined ? {} : { region: AT[place] }) }],
    expect: { fires: [limitId(limit)], rows: [{ [`${stage}Due`]: ASKED }] },
  };
  if (place === undefined) return [fires];
  const other = AT[place === "home" ? "abroad" : "home"];
  return [
    fires,
    {
      ...base,
      name: `${other}投诉不按${AT[place]}的${STAGE_WORDS.word(stage)}期限`,
      rows: [{ ...row, region: other }],
      expect: { silent: [limitId(limit)] },
    },
  ];
}

function placeCases(received: string, clause: PackCase["clause"]): PackCase[] {
  const base = { clause, now: received };
  const row = { receivedAt: received, description: "例" };
  return [
    {
      ...base,
      name: "分不清国内国外的地区要问清",
      rows: [{ ...row, region: "幸福里" }],
      expect: { fires: [PLACE_ASKED] },
    },
    { ...base, name: "地区写明的不必问", rows: [{ ...row, region: "国内" }], expect: { silent: [PLACE_ASKED] } },
  ];
}

/** Stands for a value until the rules have said it. */
const ASKED = "?";
const TO_CHECK = {
  zh: "应得结果由程序按规则算出，请对照条文核对",
  en: "What must come out was worked out by the rules; check it against the text",
};

function penaltyCases(
  answer: PenaltyAnswer,
  i: number,
  { answers, times, clause }: { readonly answers: Answers; readonly times: Times; readonly clause: PackCase["clause"] },
): PackCase[] {
  const { received, longAfter, now } = times;
  const { when } = answer;
  const limit = when.kind === "late" ? answers.limits.find(({ stage }) => stage === when.stage) : undefined;
  const row = {
    receivedAt: received,
    description: "例",
    upheld: "是",
    lossCaused: "是",
    loss: 1000,
    person: "张三",
    receiver: "王五",
    departmentOverride: "一部",
    closeAt: received,
    // All else is done in time, so that a case shows its own clause alone.
    ...Object.fromEntries(answers.limits.map(({ stage }) => [doneColumn(stage), received])),
    ...(when.kind === "category" ? { categoryOverride: when.label } : {}),
    ...(when.kind === "misconduct" ? { misconduct: when.what } : {}),
    ...(limit?.place === undefined ? {} : { region: AT[limit.place] }),
    ...(limit ? { [limit.from]: received, [doneColumn(limit.stage)]: longAfter } : {}),
  };
  const base = { clause, now, people: PEOPLE };
  const text = occasionText(answer);
  return [
    {
      ...base,
      name: `${text}：按条文处罚`,
      note: TO_CHECK,
      rows: [row],
      expect: { fires: [penaltyId(i)], rows: [{ penalty: ASKED }] },
    },
    {
      ...base,
      name: `${text}：不成立的不处罚`,
      rows: [{ ...row, upheld: "否" }],
      expect: { silent: [penaltyId(i)], penalties: [] },
    },
  ];
}

const PEOPLE: NonNullable<PackCase["people"]> = [
  {
    name: "张三",
    department: "一部",
    post: "职员",
    superior: "李四",
    basePoints: 1,
    monthlyBonus: 2000,
    monthlyWage: 8000,
  },
  { name: "李四", department: "一部", post: "经理", basePoints: 2, monthlyBonus: 3000, monthlyWage: 12000 },
  {
    name: "王五",
    department: "客服部",
    post: "职员",
    superior: "李四",
    basePoints: 1,
    monthlyBonus: 1500,
    monthlyWage: 7000,
  },
];

function doneColumn(stage: string): string {
  const id = `${stage}At`;
  return isColumnId(id) && column(id).role === "input" ? id : "closeAt";
}

/** The case with what the rules say in the places of what was asked; what the rules leave open is not asked. */
function recorded(one: PackCase, pack: Pack, statutes: Statutes): PackCase {
  const { failures } = runCase(pack, one, new Map([[pack.header.id, pack]]), statutes);
  const rows = one.expect.rows?.map((row, i) => {
    const kept = Object.entries(row).flatMap(([key, value]) => {
      const found = failures.find(({ where }) => where === `rows[${i}].${key}`);
      if (!found) return [[key, value] as const];
      return found.actual === undefined || found.actual === null ? [] : [[key, found.actual as Json] as const];
    });
    return Object.fromEntries(kept);
  });
  // The values come out of the same outputs that the case's schema lists.
  return {
    ...one,
    expect: { ...one.expect, ...(rows ? { rows: rows } : {}) },
  };
}
