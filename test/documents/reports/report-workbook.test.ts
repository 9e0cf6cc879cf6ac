import ExcelJS from "exceljs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addPages } from "../../../src/ooxml/pages/add-pages.js";
import { openFileLedger } from "../../../src/ledger/file/file-ledger.js";
import type { Page } from "../../../src/ooxml/pages/page.js";
import { parseIso } from "../../../src/domain/wall-time.js";
import type { TableBlock } from "../../../src/documents/reports/blocks.js";
import { generalReport } from "../../../src/documents/reports/general-report.js";
import { packReport } from "../../../src/documents/reports/pack-report.js";
import { reportPage } from "../../../src/documents/reports/layout.js";
import { ledgerPivots } from "../../../src/documents/reports/ledger-pivot.js";
import { detailTable, DETAIL_TABLE } from "../../../src/documents/reports/detail-table.js";
import { parsePeriod } from "../../../src/documents/reports/period.js";
import { reportCases } from "../../../src/documents/reports/report-case.js";
import { pageWithPivots } from "../../../src/documents/reports/report-pages.js";
import { reportWorkbook } from "../../../src/documents/reports/report-workbook.js";
import { withRowsPage } from "../../../src/documents/reports/rows-page.js";
import { reportText } from "../../../src/documents/reports/texts.js";
import { pivotBase } from "../../../src/ooxml/pages/pivot-parts.js";
import { runLedger } from "../../../src/ledger/run-ledger.js";
import { loadAllPacks, STATUTES } from "../../packs-folder.js";
import { schemaErrors, whyNoSchemas } from "../../ooxml/support/schema.js";

const SAMPLE = new Uint8Array(readFileSync(join(import.meta.dirname, "../../../templates/sample-ledger.xlsx")));
const now = parseIso("2026-03-31T18:00")!;
const t = reportText("zh");
const packs = loadAllPacks();
const ledger = openFileLedger(SAMPLE);
const { outcome, write } = runLedger(ledger.snapshot, {
  packs,
  statutes: STATUTES,
  now,
  language: "zh",
  programVersion: "0",
});
const processed = ledger.write(write!).bytes;
const cases = reportCases(ledger.snapshot, outcome, packs, "zh");
const source = { cases, penalties: outcome.penalties, deductions: outcome.deductions, now };
const frame = { t, organisation: "云川集团", period: parsePeriod("month", "2026-03")!, now };
const { sheet, figures } = generalReport(source, frame);

function ledgerPage(): Page {
  const pivots = ledgerPivots(openFileLedger(processed).snapshot, cases, undefined, "2026-03")!;
  return pageWithPivots(sheet, pivots.base, pivots.pivots, "", t);
}

async function ownWorkbook(): Promise<Uint8Array> {
  const detail = detailTable(cases, t);
  const base = pivotBase({
    place: { table: DETAIL_TABLE },
    headers: detail.columns.map(({ header }) => header),
    rowCount: detail.rows.length,
    value: (row, at) => detail.rows[row]![at],
    grouped: ["投诉类别", "当前状态", "受理月份"],
    keepRecords: true,
  });
  const wanted = {
    name: "x",
    rows: "投诉类别",
    columns: "当前状态",
    counted: "投诉编号",
    filter: { header: "受理月份", value: "2026-03" },
  };
  return reportWorkbook([pageWithPivots(sheet, base, [wanted], "", t)], detail, "判定明细", {});
}

const partsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));

describe("a report in the ledger's workbook", () => {
  const added = addPages(processed, [ledgerPage()]);

  test("stands on a sheet of its own, with charts and pivot tables on the ledger", () => {
    const parts = partsOf(added.bytes);
    expect(added.sheets).toEqual(["月报 2026-03"]);
    expect(Object.keys(parts).filter((name) => name.startsWith("xl/charts/"))).toHaveLength(2);
    expect(Object.keys(parts).filter((name) => name.startsWith("xl/pivotTables/pivot"))).toHaveLength(2);
    expect(parts["xl/pivotCache/pivotCacheDefinition1.xml"]).toContain('<worksheetSource name="Complaints"/>');
    expect(parts["xl/pivotCache/pivotCacheDefinition1.xml"]).toContain('refreshOnLoad="1"');
  });

  test("written a second time changes nothing", () => {
    expect(addPages(added.bytes, [ledgerPage()]).bytes).toBe(added.bytes);
  });

  test("of another figure replaces ours and leaves every other part alone", () => {
    const page = ledgerPage();
    const other = addPages(added.bytes, [{ ...page, footer: "x", pivots: page.pivots.slice(1) }]);
    expect(other.sheets).toEqual(["月报 2026-03"]);
    const [before, after] = [partsOf(added.bytes), partsOf(other.bytes)];
    expect(Object.keys(after).filter((name) => name.startsWith("xl/pivotTables/pivot"))).toHaveLength(1);
    expect(Object.keys(after).filter((name) => name.startsWith("xl/charts/"))).toHaveLength(2);
    const untouched = (name: string): boolean => !/pivot|\[Content|workbook\.xml|sheet\d+\.xml/i.test(name);
    for (const name of Object.keys(before).filter(untouched)) expect(after[name], name).toBe(before[name]);
  });

  test("leaves a sheet of that name alone that is the user's", () => {
    const page = ledgerPage();
    const unmarked = addPages(processed, [{ ...page, key: "someone else's" }]);
    const both = addPages(unmarked.bytes, [page]);
    expect(both.sheets).toEqual(["月报 2026-03 (2)"]);
    const ids = [...partsOf(both.bytes)["xl/workbook.xml"]!.matchAll(/cacheId="(\d+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(2);
  });

  test("is left alone once the user has put something of their own on it", () => {
    const rels = "xl/worksheets/_rels/";
    const parts = unzipSync(added.bytes);
    const own = Object.keys(parts).find(
      (name) => name.startsWith(rels) && strFromU8(parts[name]!).includes("pivotTable"),
    )!;
    const comment =
      '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments9.xml"/>';
    const zipped = withPart(
      added.bytes,
      own,
      strFromU8(parts[own]!).replace("</Relationships>", `${comment}</Relationships>`),
    );
    expect(addPages(zipped, [ledgerPage()]).sheets).toEqual(["月报 2026-03 (2)"]);
  });

  test("keeps the ledger readable", () => {
    expect(openFileLedger(added.bytes).snapshot.rows).toHaveLength(cases.length);
  });

  test.skipIf(whyNoSchemas !== undefined)("is valid against the published schemas", () => {
    expect(schemaErrors(added.bytes)).toEqual([]);
  });
});

describe("the rows behind figures", () => {
  const pages = withRowsPage([reportPage(sheet)], {
    key: "2026-03",
    cases,
    placeOf: (row) => ({ text: String(row), at: { sheet: "投诉台账", row } }),
    footer: "",
    t,
  });
  const added = addPages(processed, pages);

  test("each figure leads to the list of just its rows, and each line of it to the row in the ledger", async () => {
    const [general] = sheet.blocks;
    if (general?.kind !== "figures") throw new Error("no figures");
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(added.bytes) as unknown as ExcelJS.Buffer);
    expect(added.sheets).toEqual(["月报 2026-03", "数字对应的行 2026-03"]);
    const [report, list] = added.sheets.map((name) => book.getWorksheet(name)!) as [
      ExcelJS.Worksheet,
      ExcelJS.Worksheet,
    ];
    const links = linksOf(added.bytes, report.name);
    const back = linksOf(added.bytes, list.name);
    const received = links.find(({ from }) => report.getCell(from).value === figures.total.received)!;
    const heading = list.getCell(received.to.split("!")[1]!);
    expect(heading.value).toContain("受理");
    const numbers: unknown[] = [];
    for (let row = Number(heading.row) + 1; list.getCell(row, 2).value !== null; row++) {
      numbers.push(list.getCell(row, 2).value);
      expect(back.find(({ from }) => from === `A${row}`)!.to).toBe(`'投诉台账'!A${list.getCell(row, 1).text}`);
    }
    const inMarch = cases.filter(({ row }) => figures.total.behind.received.includes(row));
    expect(numbers).toEqual(inMarch.map(({ name }) => name));
    // No figure without rows leads anywhere, every other one does.
    const shown = general.figures.filter(({ value, behind }) => value !== undefined && (behind?.length ?? 0) > 0);
    const cards = links.filter(({ from }) => Number(/\d+/.exec(from)![0]) < 14);
    expect(cards).toHaveLength(shown.length);
    expect(back.filter(({ to }) => to.startsWith("'月报 2026-03'")).length).toBeGreaterThan(20);
  });

  test("written a second time changes nothing", () => {
    expect(addPages(added.bytes, pages).bytes).toBe(added.bytes);
  });

  test.skipIf(whyNoSchemas !== undefined)("are valid against the published schemas", () => {
    expect(schemaErrors(added.bytes)).toEqual([]);
  });

  test("of a large ledger are told by their numbers where a list would have no end", () => {
    const many = Array.from({ length: 2_500 }, (_, i) => ({ ...cases[0]!, row: i + 2 + (i > 2_200 ? 1 : 0) }));
    const [, list] = withRowsPage(
      [{ ...reportPage(sheet), counted: [{ row: 9, column: 1, name: "受理", rows: many.map(({ row }) => row) }] }],
      { key: "x", cases: many, placeOf: (row) => ({ text: String(row), at: undefined }), footer: "", t },
    );
    expect(list!.rows).toHaveLength(3 + 1 + 2_000 + 1);
    expect(list!.rows.at(-1)!.cells[0]!.value).toBe("另有 500 行未逐行列出：2002–2202、2204–2502");
  });
});

/** Where the links of a sheet lead, by the cells that bear them. */
function linksOf(bytes: Uint8Array, name: string): { from: string; to: string }[] {
  const parts = partsOf(bytes);
  const names = [...parts["xl/workbook.xml"]!.matchAll(/<sheet [^>]*name="([^"]+)"[^>]*r:id="([^"]+)"/g)];
  const id = names.find((match) => match[1] === name)![2]!;
  const target = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"|Target="([^"]+)"[^>]*Id="${id}"`).exec(
    parts["xl/_rels/workbook.xml.rels"]!,
  )!;
  const part = parts[`xl/${(target[1] ?? target[2])!.replace(/^\/?(xl\/)?/, "")}`]!;
  return [...part.matchAll(/<hyperlink ref="([^"]+)" location="([^"]+)"/g)].map(([, from, to]) => ({
    from: from!,
    to: to!,
  }));
}

function withPart(bytes: Uint8Array, name: string, text: string): Uint8Array {
  return zipSync({ ...unzipSync(bytes), [name]: strToU8(text) });
}

describe("a report workbook", () => {
  test("is the same to the byte", async () => {
    expect(Buffer.compare(await ownWorkbook(), await ownWorkbook())).toBe(0);
  });

  test("holds every judged row with its dates, sums and texts as they are", async () => {
    const detail = detailTable(cases, t);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Buffer.from(await ownWorkbook()) as unknown as ExcelJS.Buffer);
    const rows = book.getWorksheet("判定明细")!;
    expect(rows.rowCount).toBe(cases.length + 1);
    const money = detail.columns.findIndex(({ kind }) => kind === "money") + 1;
    detail.rows.forEach((wanted, i) => {
      const row = rows.getRow(i + 2);
      wanted.forEach((value, column) => {
        const { value: held } = row.getCell(column + 1);
        const plain = held instanceof Date ? held.getTime() / 86_400_000 + 25_569 : held;
        if (typeof value === "number") expect(plain).toBeCloseTo(value, 6);
        else expect(plain ?? undefined).toBe(value);
      });
    });
    expect(rows.getCell(3, money).numFmt).toBe("#,##0.00");
    const parts = partsOf(await ownWorkbook());
    expect(parts["xl/tables/table1.xml"]).toContain(`ref="A1:S${cases.length + 1}"`);
  });

  test("the pivot's grand total, its records and the static figure agree", async () => {
    const parts = partsOf(await ownWorkbook());
    const records = parts["xl/pivotCache/pivotCacheRecords1.xml"]!;
    expect([...records.matchAll(/<r>/g)]).toHaveLength(cases.length);
    const fields = [
      ...parts["xl/pivotCache/pivotCacheDefinition1.xml"]!.matchAll(
        /<cacheField name="([^"]*)"[^>]*>(.*?)<\/cacheField>/g,
      ),
    ];
    const month = fields.findIndex((field) => field[1] === "受理月份");
    const values = [...fields[month]![2]!.matchAll(/v="([^"]*)"/g)].map((match) => match[1]);
    const inMarch = [...records.matchAll(/<r>(.*?)<\/r>/g)].filter(
      (row) => row[1]!.match(/<[^>]+>/g)![month] === `<x v="${values.indexOf("2026-03")}"/>`,
    );
    expect(inMarch).toHaveLength(figures.total.received);
    const sheetMarkup = parts["xl/worksheets/sheet1.xml"]!;
    const ref = /<location ref="\w+:(\w+)"/.exec(parts["xl/pivotTables/pivotTable1.xml"]!)![1]!;
    expect(new RegExp(`<c r="${ref}"[^>]*><v>(\\d+)</v>`).exec(sheetMarkup)![1]).toBe(String(figures.total.received));
  });

  test.skipIf(whyNoSchemas !== undefined)("is valid against the published schemas", async () => {
    expect(schemaErrors(await ownWorkbook())).toEqual([]);
  });
});

describe("reports that packs declare", () => {
  const all = [...packs.values()].flatMap(({ header, reports }) => reports.map((report) => ({ header, report })));
  const keys = { month: "2026-03", week: "2026-W13", half: "2026H1" };

  test("nine packs have them", () => {
    expect(new Set(all.map(({ header }) => header.id)).size).toBe(9);
  });

  test.each(all)("$header.id $report.id makes a page in both languages", ({ header, report }) => {
    for (const language of ["zh", "en"] as const) {
      const period = parsePeriod(report.period, keys[report.period])!;
      const context = {
        frame: { ...frame, t: reportText(language), period },
        language,
        sales: new Map([["2026-W13", 50]]),
      };
      const page = reportPage(packReport(header, report, source, context));
      expect(page.name.length).toBeLessThanOrEqual(31);
      expect(page.name).not.toMatch(/[\\/?*[\]:]/);
      expect(JSON.stringify(page)).not.toMatch(/NaN|Infinity|\[object/);
    }
  });
});

describe("pages", () => {
  const page = reportPage(sheet);
  const texts = (from: number, to = Infinity): string[] =>
    page.rows
      .filter(({ row }) => row >= from && row < to)
      .flatMap(({ cells }) => cells.flatMap(({ value }) => (typeof value === "string" ? [value] : [])));

  test("a long list has its header again on each of its pages", () => {
    const list: TableBlock = {
      kind: "table",
      title: "清单",
      columns: [{ header: "投诉编号", format: "text", weight: 1 }],
      rows: Array.from({ length: 150 }, (_, i) => [`第${i + 1}件`]),
      total: ["合计"],
      empty: "",
    };
    const long = reportPage({ ...sheet, blocks: [list, { kind: "signatures", labels: ["批准"] }] });
    expect(long.breaks.length).toBeGreaterThan(1);
    for (const row of long.breaks) expect(long.rows.find((line) => line.row === row)!.cells[0]!.value).toBe("投诉编号");
    const lines = long.rows.flatMap(({ cells }) =>
      cells.flatMap(({ value }) => (String(value).startsWith("第") ? [value] : [])),
    );
    expect(lines).toHaveLength(150);
    // No page is longer than A4, the titles on each of them reckoned in.
    const height = (from: number, to: number): number =>
      long.rows.reduce((sum, { row, height = 16 }) => (row >= from && row < to ? sum + height : sum), 0);
    const edges = [5, ...long.breaks, long.printArea.bottom + 1];
    edges.slice(1).forEach((edge, i) => {
      expect(height(1, 5) + height(edges[i]!, edge)).toBeLessThan(((11.69 - 1.3) * 72) / 0.9);
    });
    // Whoever signs sees the total and at least one line on the same page.
    expect(lines.slice(-1)[0]).toBe("第150件");
    const last = long.rows
      .filter(({ row }) => row >= long.breaks.at(-1)!)
      .flatMap(({ cells }) => cells.map(({ value }) => value));
    expect(last).toEqual(expect.arrayContaining(["第150件", "合计", "批准："]));
  });

  test("no row is too low for a line of the pivot tables beside it", () => {
    for (const { row, height } of ledgerPage().rows) expect(height ?? 15, `row ${row}`).toBeGreaterThanOrEqual(15);
  });

  test("each heading stands on the page of its table", () => {
    for (const row of page.breaks) expect(texts(row, row + 3).length).toBeGreaterThan(0);
    expect(page.breaks).toEqual([...page.breaks].sort((a, b) => a - b));
  });

  test("a period before the ledger's first complaint is not compared with", () => {
    expect(texts(1).some((text) => text.includes("台账中没有2025-03的记录"))).toBe(true);
    const early = generalReport(
      { ...source, cases: [{ ...cases[0]!, inputs: { receivedAt: parseIso("2025-01-05T08:00")! } }, ...cases] },
      frame,
    );
    expect(JSON.stringify(early.sheet)).not.toContain("台账中没有");
  });
});

test("a pack's report names its regulation and clause, not our sources", () => {
  for (const { header, reports } of packs.values())
    for (const report of reports) {
      const period = parsePeriod(report.period, { month: "2026-03", week: "2026-W13", half: "2026H1" }[report.period])!;
      const made = packReport(header, report, source, {
        frame: { ...frame, period },
        language: "zh",
        sales: new Map(),
      });
      expect(made.remark).toContain(`依据：《${header.title.zh}》${report.clause.article}`);
      expect(JSON.stringify(made), made.name).not.toMatch(/S\d (?:§|第.篇)/);
    }
});
