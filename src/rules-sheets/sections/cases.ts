import * as codec from "../codecs.js";
import { cellsOf, columnOf, EXACT_COLUMN, type Field } from "../fields.js";
import { isList, isObject } from "../json.js";
import { bilingual, CellFault } from "../problem.js";
import { RESULT_HEADER } from "../table.js";
import { COLUMN_WORDS, Words } from "../vocabulary.js";
import { CLAUSE, NOTE } from "./common.js";
import { cellText, placeEntry, readEntry, type Section } from "./section.js";

/** The cases of a pack, one a row, from all of its case files. */

const PEOPLE = new Words({
  name: "姓名",
  department: "部门",
  crew: "班组",
  post: "岗位",
  superior: "上级",
  basePoints: "基点数",
  monthlyBonus: "月绩效奖金",
  monthlyWage: "月工资",
});
const HOLIDAYS = new Words({ date: "日期", kind: "类型", name: "名称" });
const PENALTIES = new Words({
  complaintId: "投诉编号",
  state: "状态",
  month: "月份",
  subjectType: "对象类型",
  subject: "对象",
  department: "部门",
  type: "类型",
  reason: "事由",
  formula: "计算式",
  amount: "金额",
  sanction: "行政处分",
  rule: "规则",
});
const DEDUCTIONS = new Words({
  month: "月份",
  person: "姓名",
  carriedIn: "上月结转",
  added: "本月新增",
  ceiling: "上限",
  deducted: "本月扣款",
  carriedOut: "结转下月",
});
/** What the lists of an outcome are called on the sheets. */
export const CASE_WORDS = { penalty: PENALTIES, deduction: DEDUCTIONS } as const satisfies Readonly<
  Record<string, Words>
>;
/** 项目 of 设置 is its own word. */
const ANY_KEY = new (class extends Words {
  override name(word: string): string {
    return word.trim();
  }
})({});

const FILE = "案例组";

const FIELDS: readonly Field[] = [
  { header: "案例", path: ["name"], codec: codec.text, width: 36, note: "note.case", required: true },
  CLAUSE,
  { header: "运行时间", path: ["now"], codec: codec.text, width: 18, note: "note.now", required: true },
  {
    header: "台账行",
    path: ["rows"],
    codec: codec.records(COLUMN_WORDS),
    width: 44,
    note: "note.rows",
    required: true,
  },
  { header: "人员", path: ["people"], codec: codec.records(PEOPLE), width: 20, note: "note.people" },
  { header: "应得", path: ["expect", "rows"], codec: codec.records(COLUMN_WORDS), width: 40, note: "note.expect" },
  { header: "应触发", path: ["expect", "fires"], codec: codec.texts, width: 24, note: "note.fires" },
  { header: "不应触发", path: ["expect", "silent"], codec: codec.texts, width: 24, note: "note.silent" },
  {
    header: "应得处罚",
    path: ["expect", "penalties"],
    codec: codec.records(PENALTIES),
    width: 26,
    note: "note.penalties",
  },
  {
    header: "应得扣款",
    path: ["expect", "deductions"],
    codec: codec.records(DEDUCTIONS),
    width: 20,
    note: "note.deductions",
  },
  { header: "应得编号", path: ["expect", "ids"], codec: codec.texts, width: 16, note: "note.ids" },
  { header: "节假日", path: ["holidays"], codec: codec.records(HOLIDAYS), width: 16, note: "note.holidays" },
  { header: "设置", path: ["settings"], codec: codec.record(ANY_KEY), width: 16, note: "note.settings" },
  ...NOTE,
];
const SHAPE = { fields: FIELDS, skeleton: { expect: {} } };

const CASE_FILE = /^cases\/(.+)\.json$/;

export const CASES: Section = {
  name: "案例",
  eachOnce: true,
  about: bilingual("about.cases"),
  holds: [["cases/*", "cases"]],
  columns: () => [
    { header: FILE, width: 14, format: "text", note: bilingual("note.case-file") },
    ...FIELDS.slice(0, 3).map(columnOf),
    { header: RESULT_HEADER, width: 30, format: "text", note: bilingual("note.result"), filled: true },
    ...FIELDS.slice(3).map(columnOf),
    EXACT_COLUMN,
  ],
  rows: (files, context) =>
    [...files].flatMap(([path, content]) => {
      const group = CASE_FILE.exec(path)?.[1];
      const cases = isObject(content) ? content["cases"] : undefined;
      if (group === undefined || !isList(cases)) return [];
      return cases.map((entry) => new Map([[FILE, group], ...cellsOf(entry, SHAPE, context)]));
    }),
  read(rows, draft, context) {
    for (const row of rows) {
      const group = cellText(row.cells, FILE);
      if (!/^[^/\\\s]+$/.test(group)) {
        draft.fault(row, FILE, new CellFault(group === "" ? "fault.required" : "fault.case-file", { header: FILE }));
        continue;
      }
      const entry = readEntry(row, SHAPE, draft, context);
      if (entry === undefined) continue;
      const file = `cases/${group}.json`;
      placeEntry(draft, file, draft.push(file, "cases", entry), row, FIELDS);
    }
  },
};

/** The sheet row and file of every case on the sheet, in the order in which they stand. */
export function caseGroup(cells: ReadonlyMap<string, codec.CellValue>): string {
  return cellText(cells, FILE);
}
export const CASE_NAME_HEADER = "案例";
export const CASE_FILE_HEADER = FILE;
