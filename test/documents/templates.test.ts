import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { noticeData } from "../../src/documents/notices/notice-document.js";
import { fillForm, formFields, unknownFields } from "../../src/documents/forms/fill-form.js";
import { formValues, type FormInput } from "../../src/documents/forms/form-values.js";
import { formsOfCase } from "../../src/documents/forms/case-forms.js";
import type { LedgerSnapshot } from "../../src/ledger/port.js";
import { UNJUDGED } from "../../src/process/closing.js";
import type { Outcome, Penalty } from "../../src/process/outcome.js";
import { findForm, readRegistry } from "../../src/documents/forms/registry.js";
import { templateFields } from "../../src/documents/fill-docx.js";
import { fen } from "../../src/domain/money.js";
import { dayOf, wallTime } from "../../src/domain/wall-time.js";
import { regulationClause } from "../../src/rules/clause.js";
import { loadAllPacks } from "../packs-folder.js";

const TEMPLATES = join(import.meta.dirname, "../../templates");
const FORMS = readRegistry(readFileSync(join(TEMPLATES, "forms.json"), "utf8"));
const template = (file: string): Uint8Array => readFileSync(join(TEMPLATES, file));

/** Forms and letters that the policies name beside those of the packs' rules. */
const NAMED = [
  ...["投诉受理单", "催办单", "查办单", "奖罚通知单", "处罚通知单", "调查报告", "客户月投诉统计表", "客诉案件统计表"],
  ...["客户投诉登记及跟踪处理记录表", "客户投诉转交处理联系单", "客户产品质量投诉处理备忘单", "异常处理单"],
  ...["销货折让证明单", "成品退货单", "销货退回证明单", "客户投诉记录单", "客户投诉处理单"],
  ...["质量致歉信", "延误致歉信", "态度致歉信", "错发致歉信", "异物致歉信", "房屋缺陷致歉信", "缺货致歉信"],
  ...["投诉不成立答复函", "检讨书"],
];

const CASE: FormInput = {
  complaint: {
    id: "260101",
    inputs: {
      receivedAt: wallTime(2026, 1, 5, 9, 30),
      customer: "江北<机械> & 设备",
      description: "钢管内壁有裂纹，{七十二支}不合格\n停线半天\u0007",
      rootCause: "退火炉热电偶漂移。",
      loss: fen(140_000),
      closeAt: wallTime(2026, 1, 19),
      shippedAt: dayOf(2025, 12, 22),
      quantity: 600,
      person: [{ name: "吴一", percent: 60 }, { name: "吴二" }],
    },
    outputs: {
      category: "客诉",
      department: "制造部",
      forms: ["奖罚通知单"],
      compensation: fen(5_000),
      overdue: false,
    },
  },
  form: { name: "奖罚通知单", clause: "S0 §19 第十二条", copies: ["总经理室", "会计科"] },
  packTitle: "制造公司客诉处理",
  organisation: "云川集团",
  penalties: [
    {
      row: 2,
      complaintId: "260101",
      packId: "factory-claims",
      month: "2026-01",
      state: "确定",
      settledOn: undefined,
      employeeNo: undefined,
      ownMonthOnly: false,
      subjectType: "个人",
      subject: "吴一",
      department: "制造部",
      type: "绩效核减",
      reason: "客诉损失",
      formula: "1400.00÷3.5×1.5",
      amount: fen(60_000),
      sanction: undefined,
      basis: "S0 §19 第十二条（二）",
      rule: "loss",
      packVersion: "factory-claims 1.0.0",
    },
  ],
  subject: "吴一",
  sameMonth: [],
  now: wallTime(2026, 3, 31, 18),
};
const VALUES = formValues({ ...CASE, sameMonth: [CASE.complaint, { ...CASE.complaint, id: "260102" }] });

function texts(bytes: Uint8Array, kind: "docx" | "xlsx"): string {
  const parts = unzipSync(bytes);
  let all = "";
  for (const [name, content] of Object.entries(parts)) {
    if (!/\.(?:xml|rels)$/.test(name)) continue;
    const parser = new SaxesParser({ xmlns: true });
    const wanted = kind === "docx" ? name === "word/document.xml" : /sharedStrings|sheet\d+\.xml/.test(name);
    parser.on("text", (text) => {
      if (wanted) all += text;
    });
    parser.write(strFromU8(content)).close();
  }
  return all;
}

test("every form that a pack's rules name, and every one the policies name, has a template", () => {
  const wanted = new Set(NAMED);
  for (const pack of loadAllPacks().values())
    for (const { rule } of pack.rules) if (rule.event.type === "form") wanted.add(rule.event.params.name);
  expect([...wanted].filter((name) => !findForm(FORMS, name, undefined))).toEqual([]);
});

test("the register names each template once, and no template lies about unregistered", () => {
  const files = FORMS.map(({ file }) => file).sort();
  expect(new Set(files).size).toBe(files.length);
  expect(
    readdirSync(join(TEMPLATES, "forms"))
      .map((name) => `forms/${name}`)
      .sort(),
  ).toEqual(files);
  const packs = loadAllPacks();
  expect(FORMS.flatMap((form) => form.packs).filter((pack) => !packs.has(pack))).toEqual([]);
});

test("the register and docs/forms.md say which clause each form belongs to", () => {
  const page = readFileSync(join(TEMPLATES, "../docs/forms.md"), "utf8");
  for (const { header, rules } of loadAllPacks().values())
    for (const { rule } of rules) {
      if (rule.event.type !== "form") continue;
      const form = findForm(FORMS, rule.event.params.name, header.id)!;
      expect(form.packs, `${header.id} ${form.name}`).toContain(header.id);
      expect(form.clause).toContain(regulationClause(rule.clause, header));
    }
  for (const { name, file, clause, packs } of FORMS) {
    expect(page).toContain(`| ${name} | \`${file}\` | ${clause ?? "各制度通用"} |`);
    if (packs.length > 0) expect(clause, name).toBeDefined();
  }
});

test("a pack's own template goes before another pack's", () => {
  expect(findForm(FORMS, "客户意见处理表", "property-management")!.packs).toEqual(["property-management"]);
  expect(findForm(FORMS, "客户意见处理表", "claims-time-limits")!.packs).toEqual(["claims-time-limits"]);
  expect(findForm(FORMS, "抱怨／投诉单", "auto-service")!.name).toBe("抱怨/投诉单");
  expect(findForm(FORMS, "没有的单", "general")).toBeUndefined();
});

describe.each(FORMS.map((form) => [form.file, form] as const))("%s", (_, form) => {
  test("asks only for what is known", async () => {
    expect(unknownFields(await formFields(template(form.file), form.kind))).toEqual([]);
  });

  test("filled, it is well-formed, holds the row's values and no placeholder, and is the same twice", async () => {
    const filled = await fillForm(template(form.file), form.kind, VALUES);
    const text = texts(filled.bytes, form.kind);
    const { fields, lists } = await formFields(template(form.file), form.kind);
    for (const field of fields) {
      const value = VALUES.fields[field];
      if (value === undefined) expect(filled.empty).toContain(field);
      else if (form.kind === "docx") expect(text).toContain(value.text.split("\n")[0]!.replaceAll("\u0007", ""));
    }
    if (lists.has("本月投诉")) expect(text).toMatch(/260101.*260102/s);
    // The complaint itself holds a pair of braces, which stay as they are.
    expect(text.replaceAll("{七十二支}", "")).not.toMatch(/[{}]/);
    expect((await fillForm(template(form.file), form.kind, VALUES)).bytes).toEqual(filled.bytes);
  });
});

test("a penalty notice has the sum in figures and in capital numerals", async () => {
  const filled = await fillForm(template("forms/奖罚通知单.docx"), "docx", VALUES);
  expect(texts(filled.bytes, "docx")).toContain("人民币（大写）陆佰元整");
  expect(texts(filled.bytes, "docx")).toContain("￥600.00");
});

test("what a complaint lacks is named and left to be written in; what nobody knows is named too", async () => {
  const values = formValues({ ...CASE, penalties: [], subject: undefined });
  const filled = await fillForm(template("forms/奖罚通知单.docx"), "docx", values);
  expect(filled.empty).toEqual(expect.arrayContaining(["金额", "金额大写", "处罚明细"]));
  expect(texts(filled.bytes, "docx")).toContain("人民币（大写）＿＿＿＿");
  expect(
    unknownFields({
      fields: new Set(["客户名称", "客户民称"]),
      lists: new Map([["本月投诉", new Set(["序号", "序"])]]),
    }),
  ).toEqual(["客户民称", "本月投诉.序"]);
});

test.each(readdirSync(join(TEMPLATES, "notices")))(
  "the notice template %s asks only for what a notice has",
  async (name) => {
    const { fields, lists } = await templateFields(template(`notices/${name}`));
    const data = noticeData(
      {
        notice: {
          number: "TZ-202603-001",
          month: "2026-03",
          subjectType: "个人",
          subject: "张三",
          employeeNo: undefined,
          amount: fen(5_000),
          deducted: fen(5_000),
          carriedOut: fen(0),
          check: "",
          issuedAt: CASE.now,
        },
        isNew: true,
        isRefund: false,
        post: undefined,
        penalties: [],
        items: [{ complaintId: "1", facts: "", reason: "", basis: "", formula: "", amount: fen(5_000) }],
        groups: [{ reason: "", basis: "", dates: "", count: 1, amount: fen(5_000) }],
        department: undefined,
        capitals: "",
        deduction: {
          month: "2026-03",
          employeeNo: undefined,
          state: "试算",
          person: "张三",
          department: undefined,
          carriedIn: fen(0),
          added: fen(0),
          ceiling: undefined,
          ceilingBasis: undefined,
          deducted: fen(0),
          carriedOut: fen(0),
          messages: [],
        },
        remarks: [],
        appeal: "",
        copies: [],
        changes: [],
      },
      { organisation: undefined, anchor: "" },
      "zh",
    );
    expect([...fields].filter((field) => typeof data[field] !== "string")).toEqual([]);
    for (const [list, names] of lists) {
      const rows = data[list];
      expect(Array.isArray(rows)).toBe(true);
      expect([...names].filter((field) => !(field in (rows as object[])[0]!))).toEqual([]);
    }
  },
);

test.each([
  ["{", /JSON|position|property/i],
  ['{"forms": [{"name": "甲", "file": "../a.docx", "kind": "docx", "packs": []}]}', /forms\.0\.file/],
  ['{"forms": [{"name": "甲", "file": "forms/a.docx", "kind": "pdf", "packs": []}]}', /forms\.0\.kind/],
])("a register that is wrong is refused: %s", (text, says) => {
  expect(() => readRegistry(text)).toThrow(says);
});

test("two documents about penalties of one case each list their own; every 事由 in the register is one that a rule gives", () => {
  const packs = loadAllPacks();
  const penalty = (reason: string, subject: string): Penalty => ({ ...CASE.penalties[0]!, reason, subject, row: 2 });
  const outcome = {
    rows: [],
    penalties: [
      penalty("一般抱怨未按期关闭", "服务站"),
      penalty("冲回：逾期满月未关闭（第1个月）", "服务站"),
      penalty("一般抱怨未按期关闭", "销售部"),
    ],
  } as unknown as Outcome;
  const snapshot = {
    sheet: "投诉台账",
    columns: new Map(),
    rows: [{ row: 2, cells: {} }],
    sideTables: new Map(),
  } as unknown as LedgerSnapshot;
  const row = { row: 2, id: "1", packId: "auto-sales", outputs: {}, closing: UNJUDGED };
  const source = { snapshot, outcome, packs, forms: FORMS, now: CASE.now, language: "zh" as const };
  const made = (name: string): unknown[] =>
    formsOfCase(row, [name], source).wanted.map(({ subject, values }) => [
      subject,
      values.lists.处罚明细.map((line) => line["事由"]!.text),
    ]);
  expect(made("客户抱怨闭环处理处罚通知单")).toEqual([
    ["服务站", ["一般抱怨未按期关闭"]],
    ["销售部", ["一般抱怨未按期关闭"]],
  ]);
  expect(made("客户抱怨闭环处理罚款通知单")).toEqual([["服务站", ["冲回：逾期满月未关闭（第1个月）"]]]);
  const given = new Set(
    [...packs.values()].flatMap(({ rules }) =>
      rules.flatMap(({ rule: { event } }) => (event.type === "penalty" ? [event.params.reason] : [])),
    ),
  );
  for (const { reasons = [] } of FORMS) for (const reason of reasons) expect(given).toContain(reason);
});

test("copies that a later rule of the pack states for the same form are on it", () => {
  const packs = loadAllPacks();
  const source = {
    snapshot: {
      sheet: "投诉台账",
      columns: new Map(),
      rows: [{ row: 2, cells: {} }],
      sideTables: new Map(),
    } as unknown as LedgerSnapshot,
    outcome: { rows: [], penalties: [] } as unknown as Outcome,
    packs,
    forms: FORMS,
    now: CASE.now,
    language: "zh" as const,
  };
  const row = {
    row: 2,
    id: "260101",
    packId: "factory-claims",
    outputs: { forms: ["客户抱怨处理表"] },
    closing: UNJUDGED,
  };
  const [wanted] = formsOfCase(row, undefined, source).wanted;
  expect(wanted!.values.fields["抄送"]!.text).toBe("质量管理部、制造部门、业务部门、会计科、总经理室");
  expect(wanted!.values.fields["条款"]!.text).toBe("《制造企业客诉处理办法》第九条（一）");
});
