import { columnLetters } from "../../../src/ooxml/references.js";
import { escapeXstring } from "../../../src/ooxml/xml/escape.js";
import { makeWorkbook, tableXml, type SheetSpec } from "../../ooxml/support/ooxml.js";

/** Ledgers that stand where few do, or count days as few do: both hosts must find and write them alike. */

type Value = string | number | undefined;
/** Cells by row and column from 1. */
type Grid = readonly (readonly [row: number, column: number, value: Value, style?: number])[];

function sheetXml(grid: Grid, after = ""): string {
  const rows = new Map<number, string[]>();
  for (const [row, column, value, style] of [...grid].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const at = `r="${columnLetters(column)}${row}"${style === undefined ? "" : ` s="${style}"`}`;
    const cell =
      typeof value === "number"
        ? `<c ${at}><v>${value}</v></c>`
        : value === undefined
          ? ""
          : `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escapeXstring(value)}</t></is></c>`;
    rows.set(row, [...(rows.get(row) ?? []), cell]);
  }
  const lines = [...rows].map(([row, cells]) => `<row r="${row}">${cells.join("")}</row>`).join("");
  return `<sheetData>${lines}</sheetData>${after}`;
}

function block(top: number, left: number, lines: readonly (readonly Value[])[]): Grid {
  return lines.flatMap((line, r) => line.map((value, c) => [top + r, left + c, value] as const));
}

const HEADERS = ["投诉编号", "受理时间", "投诉内容", "责任人", "损失金额", "是否造成损失"];
const LINES: readonly (readonly Value[])[] = [
  ["C1", 46_080.375, "沙发面料起球，要求更换整件", "张三", 1200, "是"],
  [undefined, 46_081.5, "安装人员态度恶劣，还辱骂客户", "李四", undefined, "否"],
  ["1-2", 46_082.25, "门板开裂，要求退货", "张三、李四", 800, "是"],
];

const merge = (...areas: string[]): string =>
  `<mergeCells count="${areas.length}">${areas.map((area) => `<mergeCell ref="${area}"/>`).join("")}</mergeCells>`;

/** A title, then headers over two rows: most merged downwards, two under a heading merged across. */
export function mergedHeaders(): Uint8Array {
  const grid: Grid = [
    [1, 1, "二〇二六年客诉登记表"],
    ...block(2, 1, [["投诉编号", "受理时间", "投诉内容", "责任", undefined, "是否造成损失"]]),
    ...block(3, 4, [["责任人", "损失金额"]]),
    ...block(4, 1, LINES),
  ];
  const merges = merge("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3");
  return makeWorkbook({ sheets: [{ name: "登记", xml: sheetXml(grid, merges) }] });
}

/** 日期 and 时间 under 受理, 日期 alone under 结案: they say what they are of only with the heading above them. */
export function headingsOver(): Uint8Array {
  const grid: Grid = [
    ...block(2, 1, [["投诉编号", "受理", undefined, "投诉内容", "结案", undefined]]),
    ...block(3, 2, [["日期", "时间", undefined, "日期", "人员"]]),
    ...block(4, 1, [
      ["C1", "2026-03-02", "9:05", "沙发面料起球，要求更换整件", "2026-03-03", "李四"],
      [undefined, "2026-03-03", "10:40", "安装人员态度恶劣", undefined, undefined],
    ]),
  ];
  return makeWorkbook({ sheets: [{ name: "登记", xml: sheetXml(grid, merge("A2:A3", "B2:C2", "D2:D3", "E2:F2")) }] });
}

/** Every header merged over two rows: the lower one is the header row. */
export function allHeadersMerged(): Uint8Array {
  const grid: Grid = [...block(2, 1, [HEADERS]), ...block(4, 1, LINES)];
  const merges = merge(...HEADERS.map((_, i) => `${columnLetters(i + 1)}2:${columnLetters(i + 1)}3`));
  return makeWorkbook({ sheets: [{ name: "登记", xml: sheetXml(grid, merges) }] });
}

/** Far right, as in workbooks that hold a year of months side by side. */
export function farColumns(): Uint8Array {
  const left = 300; // KN
  return makeWorkbook({ sheets: [{ name: "汇总", xml: sheetXml(block(5, left, [HEADERS, ...LINES])) }] });
}

/** Beyond the last column that older versions of Excel had. */
export function beyondOldExcel(): Uint8Array {
  return makeWorkbook({ sheets: [{ name: "汇总", xml: sheetXml(block(2, 257, [HEADERS, ...LINES])) }] });
}

/** A legend and a count by month beside the ledger, over its first rows. */
export function besideOthers(): Uint8Array {
  const beside: readonly (readonly Value[])[] = [
    ["责任人", "部门", undefined, "月别", "宗数"],
    ["张三", "质检部", undefined, "1月", 12],
  ];
  const grid = [...block(3, 2, [HEADERS, ...LINES]), ...block(3, HEADERS.length + 3, beside)];
  return makeWorkbook({ sheets: [{ name: "客诉", xml: sheetXml(grid) }] });
}

const DAYS_1904 = 1462;

/** A workbook of the 1904 system with dates in the ledger, 人员, 节假日 and 设置; in some of them no cell is formatted as a date. */
export function days1904({ formatted, tables }: { formatted: boolean; tables: boolean }): Uint8Array {
  const day = (serial: number): number => serial - DAYS_1904;
  const ledger = [HEADERS.concat("结案时间"), ...LINES.map((line) => [...line, day(46_100)])].map((line, r) =>
    r === 0 ? line : line.map((value, c) => (c === 1 ? day(value as number) : value)),
  );
  const people: Value[][] = [
    ["姓名", "部门", "月绩效奖金", "月工资", "离职日期"],
    ["张三", "生产部", 2000, 6000, day(46_101)],
    ["李四", "生产部", 1500, 5000, undefined],
  ];
  const holidays: Value[][] = [
    ["日期", "类型", "名称"],
    [day(46_083), "休", "厂庆"],
  ];
  const settings: Value[][] = [
    ["项目", "值"],
    ["锁定至月份", day(46_023)],
    ["下班时间", 0.75],
    ["当地最低工资", 2690],
  ];
  const sheets = [
    { name: "投诉台账", table: "Complaints", lines: ledger },
    { name: "人员", table: "People", lines: people },
    { name: "节假日", table: "Holidays", lines: holidays },
    { name: "设置", table: "Settings", lines: settings },
  ];
  const parts: Record<string, string> = {};
  const specs = sheets.map(({ name, table, lines }, n): SheetSpec => {
    const grid: Grid = block(1, 1, lines).map(([row, column, value]) => [
      row,
      column,
      value,
      formatted && typeof value === "number" && value > 40_000 ? 1 : 0,
    ]);
    if (!tables) return { name, xml: sheetXml(grid) };
    const columns = lines[0]!.map(String);
    parts[`xl/tables/table${n + 1}.xml`] = tableXml({
      id: n + 1,
      name: table,
      ref: `A1:${columnLetters(columns.length)}${lines.length}`,
      columns,
    });
    return {
      name,
      xml: sheetXml(grid, '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'),
      relationships: [{ id: "rId1", type: "table", target: `../tables/table${n + 1}.xml` }],
    };
  });
  return makeWorkbook({ sheets: specs, parts, before: '<workbookPr date1904="1"/>', styles: STYLES });
}

const STYLES =
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>';

const UNNUMBERED = ["受理时间", "投诉内容", "责任人", "损失金额", "是否造成损失"];

/** A ledger without numbers, and a note so many columns right of it: 1 leaves no room at all, 2 just for the numbers. */
export function unnumbered(away: number, order: readonly number[] = [0, 1, 2]): Uint8Array {
  const lines = order.map((n) => LINES[n]!.slice(1));
  const grid: Grid = [...block(1, 1, [UNNUMBERED, ...lines]), [2, UNNUMBERED.length + away, "备注：月底汇总"]];
  return makeWorkbook({ sheets: [{ name: "台账", xml: sheetXml(grid) }] });
}

/** Complaints among totals, signatures, headings and rows made ready. */
export function amongOthers(): Uint8Array {
  const grid: Grid = block(1, 1, [
    HEADERS,
    [undefined, "2026年3月"],
    ...LINES,
    ["合计", undefined, undefined, undefined, 2000],
    HEADERS,
    ["C9", undefined, "柜门脱落"],
    ["C10", undefined, undefined, undefined, 0],
    ["C11"],
    [undefined, "审核人：李四", "制表日期：2026年3月31日"],
  ]);
  return makeWorkbook({ sheets: [{ name: "台账", xml: sheetXml(grid) }] });
}

/** A table under whose end complaints were typed, and whose columns name things twice. */
export function typedBelow(): Uint8Array {
  const headers = ["投诉编号", "受理时间", "投诉日期", "投诉内容", "责任人"];
  const lines: Value[][] = [
    ["C1", 46_080, undefined, "沙发面料起球", "张三"],
    ["C2", undefined, 46_081, "门板开裂", "李四"],
    ["C3", 46_082, 46_083, "柜门脱落", "王五"],
  ];
  return makeWorkbook({
    sheets: [
      {
        name: "台账",
        xml: sheetXml(block(1, 1, [headers, ...lines]), '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'),
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: { "xl/tables/table1.xml": tableXml({ name: "T", ref: "A1:E3", columns: headers }) },
  });
}

/** A user's own table that bears a name of ours. */
export function ownName(name: string): Uint8Array {
  const grid: Grid = [...block(1, 1, [HEADERS, ...LINES]), [2, HEADERS.length + 1, "备注"]];
  return makeWorkbook({
    sheets: [
      { name: "台账", xml: sheetXml(grid) },
      {
        name: "Scores",
        xml: sheetXml(
          block(1, 1, [
            ["Team", "Score"],
            ["Red", 3],
          ]),
          '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
        ),
        relationships: [{ id: "rId1", type: "table", target: "../tables/table1.xml" }],
      },
    ],
    parts: { "xl/tables/table1.xml": tableXml({ name, ref: "A1:B2", columns: ["Team", "Score"] }) },
  });
}
