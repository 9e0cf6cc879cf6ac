import { describe, expect, test } from "vitest";
import { yuanText } from "../../src/domain/money.js";
import { hasNoTime, isoTime, parseIso, type WallTime } from "../../src/domain/wall-time.js";
import { NO_ANSWERS, withAnswer, type Answer } from "../../src/ledger/answers.js";
import { openFileLedger, type FileLedger } from "../../src/ledger/file/file-ledger.js";
import { runLedger, type LedgerRun } from "../../src/ledger/run-ledger.js";
import { SHAPES, type Shape } from "../fixtures/own-ledgers/shapes.js";
import { newProblems } from "../ooxml/support/package-lint.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { lostContent } from "../support/workbook-laws.js";

/** The same cases in every shape that a clerk's sheet has: read as a careful person reads them, and left as they are. */

const packs = loadAllPacks();

function press(
  shape: Shape,
  answers: readonly Answer[],
  bytes = shape.bytes,
): LedgerRun & { readonly ledger: FileLedger } {
  const ledger = openFileLedger(bytes, { answers: answers.reduce(withAnswer, NO_ANSWERS), sheet: shape.sheet });
  const run = runLedger(ledger.snapshot, {
    packs,
    statutes: STATUTES,
    now: parseIso("2026-03-31T18:00")!,
    language: "zh",
    programVersion: "tiaoli test",
    defaultPack: "auto-sales",
  });
  return { ...run, ledger };
}

const day = (time: WallTime | undefined): string | undefined =>
  time === undefined ? undefined : isoTime(time).slice(0, hasNoTime(time) ? 10 : 16);

function readIn(run: LedgerRun, row: number): unknown {
  const inputs = run.run.inspect(row)?.ready.inputs;
  if (!inputs) return undefined;
  const { receivedAt, closeAt, person = [], loss } = inputs;
  return {
    ...{ row, received: day(receivedAt), closed: day(closeAt), persons: person.map(({ name }) => name) },
    loss: loss === undefined ? undefined : Number(yuanText(loss)),
  };
}

describe.each(SHAPES.map((shape) => [shape.name, shape] as const))("%s", (_, shape) => {
  const expected = shape.readings.map(({ row, received, closed, persons, loss }) => ({
    row,
    received,
    closed,
    persons,
    loss,
  }));

  test("at the first press only cases are rows, nothing closed is overdue and nothing is settled", () => {
    const first = press(shape, []);
    expect(first.outcome.rows.map(({ row }) => row)).toEqual(shape.readings.map(({ row }) => row));
    const closed = new Set(shape.readings.filter((reading) => reading.closed !== undefined).map(({ row }) => row));
    expect(first.outcome.rows.filter(({ row, outputs }) => outputs.status === "已逾期" && closed.has(row))).toEqual([]);
    expect(first.outcome.penalties.filter(({ state }) => state === "确定")).toEqual([]);
  });

  test("after the answers every case is read as a careful person reads it", () => {
    const after = press(shape, shape.answers);
    expect(after.outcome.rows.map(({ row }) => readIn(after, row))).toEqual(expected);
    expect(after.check.questions).toEqual([]);
    expect(after.outcome.rows.filter(({ outputs }) => outputs.status === "数据有误")).toEqual([]);
  });

  test("what is written takes nothing away, harms no package, and the next run has nothing to write", () => {
    const { ledger, write } = press(shape, shape.answers);
    const { bytes } = ledger.write(write!);
    expect(lostContent(shape.bytes, bytes)).toEqual([]);
    expect(newProblems(shape.bytes, bytes)).toEqual([]);
    expect(press(shape, shape.answers, bytes).write).toBeUndefined();
  });
});
