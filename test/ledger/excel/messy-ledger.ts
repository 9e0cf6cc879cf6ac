import fc from "fast-check";
import { column, OUTPUT_COLUMNS, type ColumnId } from "../../../src/domain/columns.js";
import { escapeXstring } from "../../../src/ooxml/xml/escape.js";
import { letters, makeWorkbook, tableXml, type RelationshipSpec, type SheetSpec } from "../../ooxml/support/ooxml.js";

/** Ledgers as people leave them: unreadable cells, formulas, texts that look like formulas, titles, hidden rows. */

const INPUTS = ["pack", "customer", "closeAt", "loss", "lossCaused", "person", "crew", "upheld"] as const;

type Cell =
  | { readonly text: string }
  | { readonly number: number }
  | { readonly error: string }
  | { readonly formula: string; readonly shows: string | number }
  | { readonly boolean: boolean }
  | undefined;

const odd: fc.Arbitrary<Cell> = fc.oneof(
  fc
    .constantFrom(
      "=1+1",
      "+86 10",
      "-3",
      "@某人",
      "'引",
      "TRUE",
      "1.50",
      "00123",
      "２０２６－０３－０５",
      " ",
      "下午3点",
      "待定",
    )
    .map((text) => ({ text })),
  fc.constantFrom("#N/A", "#REF!", "#DIV/0!").map((error) => ({ error })),
  fc.constant<Cell>({ formula: "TEXT(46000,&quot;yyyy&quot;)", shows: "2025" }),
  fc.constant<Cell>({ formula: "46090+1/3", shows: 46_090.333333 }),
  fc.boolean().map((boolean) => ({ boolean })),
  fc.constant(undefined),
);

const DESCRIPTIONS = [
  "沙发面料起球，要求更换整件",
  "安装人员态度恶劣，还辱骂客户",
  "延误三天才送到，未提前通知",
  "=第5号：门板开裂，要求退货",
  "-右侧扶手松动",
  "服务员上错菜，等了四十分钟",
];

const PACKS = ["general", "franchise-retail", "furniture-north", "restaurant", "hotel-supplies", "没有这个制度"];

function usual(id: ColumnId, n: number): fc.Arbitrary<Cell> {
  switch (id) {
    case "id":
      return fc.constantFrom<Cell>({ text: `C${n}` }, { number: 260_300 + n }, { text: "C1" }, undefined, undefined);
    case "receivedAt":
      return fc.oneof(
        fc.integer({ min: 46_022, max: 46_120 }).map((day): Cell => ({ number: day + 0.375 })),
        fc.constantFrom<Cell>({ text: "2026年3月5日 14:30" }, { text: "2026-02-11" }, { text: "2026/3/9" }),
      );
    case "description":
      return fc.constantFrom(...DESCRIPTIONS).map((text) => ({ text }));
    case "pack":
      return fc.constantFrom<Cell>(undefined, ...PACKS.map((text) => ({ text })));
    case "closeAt":
      return fc.option(
        fc.integer({ min: 46_060, max: 46_130 }).map((day): Cell => ({ number: day + 0.5 })),
        {
          nil: undefined,
        },
      );
    case "loss":
      return fc.constantFrom<Cell>({ number: 1200.5 }, { text: "800元" }, undefined);
    case "person":
      return fc.constantFrom<Cell>({ text: "张三:60%;李四:40%" }, { text: "王五" }, { text: "张三、李四" }, undefined);
    case "customer":
      return fc.constantFrom<Cell>({ text: "华北商贸" }, { text: "=客户" }, { text: "李女士" });
    case "crew":
      return fc.constantFrom<Cell>({ text: "一班" }, undefined);
    default:
      return fc.constantFrom<Cell>({ text: "是" }, { text: "否" }, { number: 1 }, undefined);
  }
}

interface Row {
  readonly cells: readonly Cell[];
  readonly hidden: boolean;
}

export interface Shape {
  readonly ids: readonly ColumnId[];
  readonly rows: readonly Row[];
  /** An Excel table; else a range under a merged title. */
  readonly table: boolean;
  readonly filtered: boolean;
  readonly date1904: boolean;
  /** Something of the user's stands right of the ledger. */
  readonly note: boolean;
  readonly people: "table" | "sheet" | "none";
  readonly gap: number;
}

const columns = fc
  .record({
    numbered: fc.boolean(),
    inputs: fc.subarray([...INPUTS]),
    outputs: fc.oneof(
      { weight: 2, arbitrary: fc.constant<ColumnId[]>([]) },
      {
        weight: 1,
        arbitrary: fc
          .subarray(
            OUTPUT_COLUMNS.map(({ id }) => id),
            { minLength: 1, maxLength: 4 },
          )
          .map((ids): ColumnId[] => [...ids, "packVersion"]),
      },
      { weight: 1, arbitrary: fc.constant<ColumnId[]>(["department", "status"]) },
    ),
  })
  .map(({ numbered, inputs, outputs }): ColumnId[] => [
    ...new Set<ColumnId>([...(numbered ? ["id" as const] : []), "receivedAt", "description", ...inputs, ...outputs]),
  ]);

export const messyShape: fc.Arbitrary<Shape> = columns.chain((ids) =>
  fc.record({
    ids: fc.constant(ids),
    rows: fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.tuple(
        ...Array.from({ length: count }, (_, n) =>
          fc.record({
            hidden: fc.integer({ min: 0, max: 4 }).map((dice) => dice === 0),
            cells: fc.oneof(
              { weight: 1, arbitrary: fc.constant(ids.map((): Cell => undefined)) },
              { weight: 9, arbitrary: fc.tuple(...ids.map((id) => cell(id, n + 1))) },
            ),
          }),
        ),
      ),
    ),
    table: fc.boolean(),
    filtered: fc.boolean(),
    date1904: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
    note: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0),
    people: fc.constantFrom("table", "sheet", "none"),
    gap: fc.integer({ min: 0, max: 2 }),
  }),
);

const plain = { table: false, filtered: false, date1904: false, people: "none", gap: 0 } as const;
const line = (...cells: (string | number | undefined)[]): Row => ({
  hidden: false,
  cells: cells.map((value) =>
    value === undefined ? undefined : typeof value === "number" ? { number: value } : { text: value },
  ),
});

/** Ledgers on which the two ways once differed. */
export const ONCE_DIFFERENT: readonly Shape[] = [
  // A note right of a blank row.
  {
    ...plain,
    note: true,
    ids: ["id", "receivedAt", "description"],
    rows: [line(undefined, undefined, undefined), line("C2", 46_080, "沙发面料起球，要求更换整件")],
  },
  // A row that has nothing by which rows are known, beside a blank one.
  {
    ...plain,
    note: false,
    ids: ["id", "receivedAt", "description", "loss"],
    rows: [
      line("C1", 46_080, "门板开裂"),
      line(undefined, undefined, undefined, undefined),
      line(undefined, undefined, undefined, 1200),
    ],
  },
  // Columns filled in by hand.
  {
    ...plain,
    note: true,
    ids: ["id", "receivedAt", "description", "department", "status"],
    rows: [
      line("C1", 46_022, "沙发面料起球，要求更换整件", undefined, "人工填写"),
      line("C2", "不详", "安装人员态度恶劣", "人工填写", undefined),
    ],
  },
];

function cell(id: ColumnId, n: number): fc.Arbitrary<Cell> {
  if (column(id).role === "output") {
    return fc.oneof(
      { weight: 4, arbitrary: fc.constant<Cell>(undefined) },
      { weight: 1, arbitrary: fc.constant<Cell>({ text: "人工填写" }) },
      { weight: 1, arbitrary: fc.constant<Cell>({ formula: "1+1", shows: 2 }) },
    );
  }
  return fc.oneof({ weight: 6, arbitrary: usual(id, n) }, { weight: 1, arbitrary: odd });
}

function markup(value: Cell, at: string): string {
  if (value === undefined) return "";
  if ("text" in value)
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escapeXstring(value.text)}</t></is></c>`;
  if ("number" in value) return `<c r="${at}"><v>${value.number}</v></c>`;
  if ("error" in value) return `<c r="${at}" t="e"><v>${value.error}</v></c>`;
  if ("boolean" in value) return `<c r="${at}" t="b"><v>${value.boolean ? 1 : 0}</v></c>`;
  const type = typeof value.shows === "string" ? ' t="str"' : "";
  return `<c r="${at}"${type}><f>${value.formula}</f><v>${value.shows}</v></c>`;
}

function rowXml(n: number, cells: readonly Cell[], left: number, hidden = false): string {
  const inside = cells.map((value, c) => markup(value, `${letters(left + c)}${n}`)).join("");
  return `<row r="${n}"${hidden ? ' hidden="1"' : ""}>${inside}</row>`;
}

const text = (value: string): Cell => ({ text: value });

const PEOPLE: readonly (readonly Cell[])[] = [
  ["姓名", "部门", "班组", "岗位", "月绩效奖金", "月工资"].map(text),
  [text("张三"), text("生产部"), text("一班"), text("班长"), { number: 2000 }, { number: 6000 }],
  [text("李四"), text("生产部"), text("一班"), text("员工"), { number: 1500 }, { number: 5000 }],
];

/** The workbook of a shape. */
export function messyLedger({ ids, rows, table, filtered, date1904, note, people, gap }: Shape): Uint8Array {
  const left = gap;
  const headers = ids.map((id) => column(id).header);
  const headerRow = table ? 1 : 3;
  const title = table ? "" : rowXml(1, [text("二〇二六年投诉登记表")], left);
  const lines = rows.map(({ cells, hidden }, i) => {
    const extra = note && i === 0 ? [...cells, undefined, text("备注：月底汇总")] : cells;
    return rowXml(headerRow + 1 + i, extra, left, hidden);
  });
  const right = letters(left + ids.length - 1);
  const reference = `${letters(left)}${headerRow}:${right}${headerRow + rows.length}`;
  const merge =
    table || ids.length < 2 ? "" : `<mergeCells count="1"><mergeCell ref="${letters(left)}1:${right}1"/></mergeCells>`;
  const filterColumn = '<filterColumn colId="0"><filters><filter val="C1"/></filters></filterColumn>';
  const filter = `<autoFilter ref="${reference}">${filtered ? filterColumn : ""}</autoFilter>`;
  const tablePart = (id: string): string => `<tableParts count="1"><tablePart r:id="${id}"/></tableParts>`;
  const relationship = (n: number): RelationshipSpec[] => [
    { id: "rId1", type: "table", target: `../tables/table${n}.xml` },
  ];
  const sheets: SheetSpec[] = [
    {
      name: "投诉台账",
      xml:
        `<sheetData>${title}${rowXml(headerRow, headers.map(text), left)}${lines.join("")}</sheetData>` +
        `${merge}${table ? tablePart("rId1") : ""}`,
      ...(table ? { relationships: relationship(1) } : {}),
    },
  ];
  const parts: Record<string, string> = {};
  if (table)
    parts["xl/tables/table1.xml"] = tableXml({ name: "Complaints", ref: reference, columns: headers, inside: filter });
  if (people !== "none") {
    const body = PEOPLE.map((cells, i) => rowXml(i + 1, cells, 0)).join("");
    const isTable = people === "table";
    sheets.push({
      name: "人员",
      xml: `<sheetData>${body}</sheetData>${isTable ? tablePart("rId1") : ""}`,
      ...(isTable ? { relationships: relationship(2) } : {}),
    });
    if (isTable) {
      const names = PEOPLE[0]!.map((value) => (value as { text: string }).text);
      parts["xl/tables/table2.xml"] = tableXml({ id: 2, name: "People", ref: "A1:F3", columns: names });
    }
  }
  return makeWorkbook({ sheets, parts, ...(date1904 ? { before: '<workbookPr date1904="1"/>' } : {}) });
}
