import { writeFileSync } from "node:fs";
import { COLUMNS, type ColumnSpec } from "../src/domain/columns.js";
import { synonymsOf } from "../src/domain/match-key.js";

/** docs/columns.md, made from the one table of columns. */
const KINDS: Record<ColumnSpec["kind"], string> = {
  text: "文本 text",
  datetime: "时间 time",
  date: "日期 date",
  money: "金额 yuan",
  price: "单价 exact price",
  number: "数 number",
  integer: "整数 whole number",
  percent: "百分数 per cent",
  boolean: "是/否 yes/no",
  persons: "人员及比例 persons",
  list: "多项 list",
};

export function columnsPage(): string {
  const rows = (role: ColumnSpec["role"]): string[] =>
    (COLUMNS as readonly ColumnSpec[])
      .filter((column) => column.role === role)
      .map(
        (spec) =>
          `| ${spec.header} | ${spec.alias} | \`${spec.id}\` | ${KINDS[spec.kind]} | ${[...new Set(synonymsOf(spec))].join("、")} |`,
      );
  const table = (role: ColumnSpec["role"]): string =>
    ["| 列 | English | id | 类型 kind | 也认作 also read |", "|---|---|---|---|---|", ...rows(role)].join("\n");
  return `# 台账各列 Ledger columns

Made from \`src/domain/columns\` by \`npm run columns\`. Only 受理时间 and 投诉内容 are needed.

## 输入 Inputs

${table("input")}

## 输出 Outputs

${table("output")}
`;
}

if (process.argv[1]?.endsWith("build-columns-page.ts")) writeFileSync("docs/columns.md", columnsPage());
