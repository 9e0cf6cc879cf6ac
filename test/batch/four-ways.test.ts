import ExcelJS from "exceljs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeStream, type Step } from "../../src/batch/judge-stream.js";
import { INPUT_COLUMNS } from "../../src/domain/columns.js";
import { parseIso } from "../../src/domain/wall-time.js";
import { judgeLedger, mayWrite } from "../../src/jobs/judge-ledger.js";
import { openFileLedger } from "../../src/ledger/file/file-ledger.js";
import { nodeCodec } from "../../src/ooxml/node-codec.js";
import { outcomeJson } from "../../src/process/outcome-json.js";
import { readBook } from "../../src/workbench/file/read-book.js";
import { loadAllPacks, STATUTES } from "../packs-folder.js";
import { closePanes, NOW, openPaneHere } from "../taskpane/pane-here.js";
import { asCsv, headersOf, sample, type Judged, type TextRow } from "./tables.js";

/**
 * The same complaints by all four ways there are: `process` on a workbook, the pane in Excel, `batch` on a table, and the unit
 * that a cluster calls (`judge --stdin`: on Spark itself `.ci/spark` tries it).
 */

const { rows: SAMPLE, input: INPUT } = sample();

/** Complaints that have nothing to do with each other: what a cluster is told of the others has tests of its own. */
const ROWS = SAMPLE.filter(({ receivedAt }) => /^\d{4}-/.test(receivedAt ?? "")).map((row, i): TextRow => {
  return { ...without(row, "customer", "followsId"), id: `T-${i}` };
});

const only = ({ rows, penalties, deductions }: Judged): Omit<Judged, "messages"> => ({ rows, penalties, deductions });

/** The complaints as a workbook, with the sample's people, days off and settings. */
async function workbook(): Promise<Uint8Array> {
  const from = new ExcelJS.Workbook();
  const bytes = readFileSync(join(import.meta.dirname, "..", "..", "templates", "sample-ledger.xlsx"));
  await from.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const book = new ExcelJS.Workbook();
  const headers = headersOf(ROWS);
  const ids = INPUT_COLUMNS.filter(({ header }) => headers.includes(header)).map(({ id }) => id);
  const sheet = book.addWorksheet("投诉台账");
  sheet.addRow([...headers]);
  for (const row of ROWS) sheet.addRow(ids.map((id) => row[id] ?? null));
  for (const name of ["人员", "月度绩效", "节假日", "设置"]) {
    const to = book.addWorksheet(name);
    from.getWorksheet(name)?.eachRow((row) => to.addRow(Array.from(row.values as ExcelJS.CellValue[]).slice(1)));
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

let bytes: Uint8Array;
/** What `process` says of them, and the workbook that it writes. */
let expected: Omit<Judged, "messages">;
let written: Uint8Array;
beforeAll(async () => {
  bytes = await workbook();
  const ledger = openFileLedger(bytes, { codec: nodeCodec });
  const options = { packs: loadAllPacks(), statutes: STATUTES, now: NOW, language: "zh" } as const;
  const leave = mayWrite(await judgeLedger(ledger.snapshot, options));
  expected = only(outcomeJson(leave.ledger.outcome) as Judged);
  written = ledger.write(leave.write!).bytes;
}, 60_000);
afterAll(closePanes);

test("there is something to compare", () => {
  expect(ROWS.length).toBeGreaterThan(100);
  expect(expected.penalties.length).toBeGreaterThan(20);
  expect(expected.deductions.length).toBeGreaterThan(5);
});

test("a table gives what the workbook gives", async () => {
  expect(only(await asCsv(ROWS, INPUT))).toEqual(expected);
}, 120_000);

test("the unit of a cluster gives what the workbook gives", async () => {
  const judged = await ask(
    "judge",
    ROWS.map((cells, i) => ({ row: i + 2, cells })),
  );
  const rows = judged.map((answer) => without(answer, "said", "penalties", "claims", "content"));
  expect(rows).toEqual(expected.rows);
  expect(judged.flatMap(({ penalties }) => penalties)).toEqual(expected.penalties);
  const claims = new Map<string, unknown[]>();
  for (const { claims: own = [] } of judged)
    for (const { person, claim } of own as readonly { readonly person: string; readonly claim: unknown }[])
      claims.set(person, [...(claims.get(person) ?? []), claim]);
  const folded = await ask(
    "fold",
    [...claims].map(([person, own]) => ({ person, claims: own })),
  );
  const inOrder = (lines: readonly unknown[]): string[] => lines.map((line) => JSON.stringify(line)).sort();
  expect(inOrder(folded.flatMap(({ deductions }) => deductions as unknown[]))).toEqual(inOrder(expected.deductions));
}, 60_000);

test("the pane writes what the command writes, cell by cell", async () => {
  const here = await openPaneHere(readBook(bytes, "book.xlsx", nodeCodec));
  await here.pane.ledger.process();
  expect(here.state()).toMatchObject({ problem: undefined, report: { summary: { rows: ROWS.length } } });
  const command = readBook(written, "book.xlsx", nodeCodec);
  for (const name of ["投诉台账", "处罚明细", "扣款台账"]) {
    const sheet = command.sheets.find((one) => one.name === name)!;
    const cells = sheet.rows.map((row) => (row?.values ?? []).map((value) => value ?? ""));
    expect(trimmed(here.values(name)), name).toEqual(trimmed(cells));
  }
}, 60_000);

function without<T extends object>(whole: T, ...keys: readonly string[]): T {
  return Object.fromEntries(Object.entries(whole).filter(([key]) => !keys.includes(key))) as T;
}

/** Without blanks at the ends of rows, and blank rows at the end. */
function trimmed(rows: readonly (readonly unknown[])[]): unknown[][] {
  const cut = <T>(list: readonly T[], isBlank: (one: T) => boolean): T[] =>
    list.slice(0, list.length - [...list].reverse().findIndex((one) => !isBlank(one)));
  return cut(
    rows.map((row) => (row.every((cell) => cell === "") ? [] : cut(row, (cell) => cell === ""))),
    (row) => row.length === 0,
  );
}

async function ask(step: Step, lines: readonly object[]): Promise<Record<string, unknown>[]> {
  const { people, holidays, settings, monthlyPay, packs, statutes, language } = INPUT;
  const surroundings = {
    ...{ people, holidays, settings, packs, statutes, language, now: parseIso("2026-03-31T18:00")! },
    ...(monthlyPay === undefined ? {} : { monthlyPay }),
  };
  const texts = lines.map((line) => JSON.stringify(line));
  const answers: Record<string, unknown>[] = [];
  for await (const { text } of judgeStream(asyncOf(texts), {
    ...{ surroundings, step, headers: headersOf(ROWS), wholePercents: [] },
  }))
    answers.push(JSON.parse(text) as Record<string, unknown>);
  return answers.slice(1);
}

async function* asyncOf<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
