import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { notPerson } from "../../src/domain/not-persons.js";
import { yuanText } from "../../src/domain/money.js";
import { hasNoTime, isoTime, parseIso, type WallTime } from "../../src/domain/wall-time.js";
import { NO_ANSWERS, withAnswer, type Answer, type Answers } from "../../src/ledger/answers.js";
import { openFileLedger, type FileLedger } from "../../src/ledger/file/file-ledger.js";
import { openSheetsAsOne } from "../../src/ledger/file/many-sheets.js";
import { answersTo, type Question } from "../../src/ledger/questions.js";
import { runLedger, type LedgerRun } from "../../src/ledger/run-ledger.js";
import {
  dealerLedger,
  estateLedger,
  factoryLedger,
  type OwnLedger,
  type Reading,
} from "../fixtures/own-ledgers/ledgers.js";
import { crmExport, estateMonth, workshopLedger } from "../fixtures/own-ledgers/other-hands.js";
import { crmInChinese, estateYear, pressShop } from "../fixtures/own-ledgers/further-hands.js";
import { makeWorkbook, sheetData } from "../ooxml/support/ooxml.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";

/** Whole ledgers of other people against what a careful person reads in them. */

const packs = loadAllPacks();
const LEDGERS = [
  ...[factoryLedger(60), factoryLedger(600), estateLedger(2, 54), dealerLedger(60)],
  ...[crmExport(600), estateMonth(3, 90), workshopLedger(600)],
  ...[pressShop(80), estateYear(3, 24), crmInChinese(80)],
];

function opened(bytes: Uint8Array, own: OwnLedger, answers: Answers): FileLedger {
  const names = Object.keys(own.sheets);
  return own.sheet === "全部"
    ? openSheetsAsOne(bytes, names, { answers })
    : openFileLedger(bytes, { answers, sheet: names[0] });
}

function press(own: OwnLedger, answers: readonly Answer[]): LedgerRun {
  const sheets = Object.entries(own.sheets).map(([name, rows]) => {
    const merges = own.merges?.[name] ?? [];
    const cells = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("");
    return { name, xml: sheetData(rows) + (cells === "" ? "" : `<mergeCells>${cells}</mergeCells>`) };
  });
  const given = answers.reduce(withAnswer, NO_ANSWERS);
  const { snapshot } = opened(makeWorkbook({ sheets }), own, given);
  return runLedger(snapshot, {
    packs,
    statutes: STATUTES,
    now: parseIso("2026-03-31T18:00")!,
    language: "zh",
    programVersion: "tiaoli test",
    defaultPack: own.pack,
  });
}

/** The answers of a person who has also seen that the headers were read rightly. */
function answersOf(own: OwnLedger): readonly Answer[] {
  return [...own.answers, ...press(own, []).check.questions.filter(isRecognised).flatMap(answersTo)];
}

const isRecognised = ({ kind }: Question): boolean => kind === "recognised";

const day = (time: WallTime | undefined): string | undefined =>
  time === undefined ? undefined : hasNoTime(time) ? isoTime(time).slice(0, 10) : isoTime(time).slice(0, 16);

/** What the program reads in a row, by its own workings. */
function readingOf(run: LedgerRun, row: number): Omit<Reading, "row"> | undefined {
  const inputs = run.run.inspect(row)?.ready.inputs;
  if (!inputs) return undefined;
  const { receivedAt, closeAt, person = [], loss } = inputs;
  return {
    received: day(receivedAt)!,
    closed: day(closeAt),
    // Whom nobody can be charged under is nobody: 供应商, 同上, a department.
    persons: person.map(({ name }) => name).filter((name) => notPerson(name) === undefined),
    loss: loss === undefined ? undefined : Number(yuanText(loss)),
  };
}

const shareRight = (own: OwnLedger, run: LedgerRun): number =>
  own.readings.filter(({ row, ...reading }) => {
    const found = readingOf(run, row);
    return found !== undefined && JSON.stringify(found) === JSON.stringify(pickSame(reading));
  }).length / own.readings.length;

const pickSame = ({ received, closed, persons, loss }: Omit<Reading, "row">): Omit<Reading, "row"> => ({
  received,
  closed,
  persons: [...persons],
  loss,
});

/** Rows that are called overdue although a careful person sees them closed. */
function wronglyOverdue(own: OwnLedger, run: LedgerRun): number[] {
  const closed = new Set(own.readings.filter((reading) => reading.closed !== undefined).map(({ row }) => row));
  return run.outcome.rows.flatMap(({ row, outputs }) => (outputs.status === "已逾期" && closed.has(row) ? [row] : []));
}

/** Rows that are neither judged nor asked about. */
const faulty = (run: LedgerRun): number =>
  run.outcome.rows.filter(({ outputs }) => outputs.status === "数据有误").length;

describe.each(LEDGERS.map((own) => [own.name, own] as const))("%s", (_, own) => {
  const first = press(own, []);
  const after = press(own, answersOf(own));

  test("at the first press nothing is overdue or charged wrongly, and every question is asked", () => {
    expect(wronglyOverdue(own, first)).toEqual([]);
    // Fines for closing late that a clause dates itself fall on cases that were closed, and late.
    const closed = new Set(
      own.readings.filter((reading) => reading.closed !== undefined || reading.open === true).map(({ row }) => row),
    );
    const wrong = first.outcome.penalties.filter(({ row, subjectType }) => subjectType === "个人" || !closed.has(row));
    expect(first.outcome.penalties.filter(({ state }) => state === "确定")).toEqual([]);
    expect(wrong.map(({ row }) => row)).toEqual([]);
    const asked = first.check.questions.map(({ kind }) => kind);
    for (const kind of own.asks) expect(asked).toContain(kind);
    expect(first.outcome.rows).toHaveLength(own.readings.length);
  });

  test("after the answers nineteen rows of twenty at least are read as a careful person reads them", () => {
    expect(shareRight(own, after)).toBeGreaterThanOrEqual(0.95);
    expect(wronglyOverdue(own, after)).toEqual([]);
    expect(after.check.questions).toEqual([]);
  });

  test("no single answer makes anything worse", () => {
    for (const answer of answersOf(own)) {
      const one = press(own, [answer]);
      expect(wronglyOverdue(own, one)).toEqual([]);
      expect(shareRight(own, one)).toBeGreaterThanOrEqual(shareRight(own, first));
      expect(faulty(one)).toBeLessThanOrEqual(faulty(first));
    }
  });
});

describe("answers in any order, and not all of them", () => {
  const small = [factoryLedger(40), dealerLedger(40), estateLedger(2, 40), crmExport(60), estateMonth(3, 40)];
  const further = [pressShop(30), estateYear(2, 20), crmInChinese(30)];
  const rows = (run: LedgerRun): unknown => run.outcome.rows.map(({ row, outputs }) => [row, outputs.status]);

  test.each([...small, workshopLedger(60), ...further].map((own) => [own.name, own] as const))(
    "%s: each answer leaves at least as much right, whatever was answered before",
    (_, own) => {
      const answers = answersOf(own);
      const all = rows(press(own, answers));
      fc.assert(
        fc.property(fc.shuffledSubarray([...answers]), (given) => {
          let before = press(own, []);
          given.forEach((_answer, i) => {
            const now = press(own, given.slice(0, i + 1));
            expect(wronglyOverdue(own, now)).toEqual([]);
            expect(shareRight(own, now)).toBeGreaterThanOrEqual(shareRight(own, before));
            expect(faulty(now)).toBeLessThanOrEqual(faulty(before));
            expect(now.check.questions.length).toBeLessThanOrEqual(before.check.questions.length);
            before = now;
          });
          if (given.length === answers.length) expect(rows(before)).toEqual(all);
        }),
        { numRuns: 4 },
      );
    },
  );
});
