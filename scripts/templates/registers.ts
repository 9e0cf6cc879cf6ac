import ExcelJS from "exceljs";
import { printOnA4 } from "../../src/documents/a4.js";
import { steadyZip } from "../../src/documents/steady-zip.js";
import type { FormTemplate } from "./forms.js";

/** Registers and statistics as Excel templates: the row that names a list in its placeholders is repeated. */

interface Column {
  readonly header: string;
  readonly value: string;
  readonly width: number;
  readonly money?: boolean;
  readonly center?: boolean;
}

interface Sheet {
  readonly title: string;
  readonly subtitle: string;
  readonly landscape: boolean;
  readonly columns: readonly Column[];
  /** Below the list, over the whole width. */
  readonly total?: readonly string[];
  readonly closing: string;
}

const FONT = "宋体";
const RULE: Partial<ExcelJS.Border> = { style: "thin", color: { argb: "FF5B6470" } };
const BORDER = { top: RULE, left: RULE, bottom: RULE, right: RULE };

async function register({ title, subtitle, landscape, columns, total, closing }: Sheet): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.creator = "条理 Tiaoli";
  book.created = book.modified = new Date(Date.UTC(2026, 0, 1));
  const sheet = book.addWorksheet(title.slice(0, 31), {
    views: [{ showGridLines: false }],
    headerFooter: { oddFooter: "&C第 &P 页，共 &N 页" },
  });
  printOnA4(sheet, { landscape, onePage: false });
  sheet.pageSetup.printTitlesRow = "1:4";
  sheet.columns = columns.map(({ width }) => ({ width }));
  const banner = (row: number, text: string, size: number, height: number, horizontal: "center" | "right"): void => {
    sheet.mergeCells(row, 1, row, columns.length);
    const cell = sheet.getCell(row, 1);
    cell.value = text;
    cell.font = { name: size > 14 ? "黑体" : FONT, size, bold: size > 14 };
    cell.alignment = { horizontal, vertical: "middle" };
    sheet.getRow(row).height = height;
  };
  banner(1, "{单位名称}", 12, 20, "center");
  banner(2, title, 18, 32, "center");
  banner(3, subtitle, 10, 18, "right");
  columns.forEach(({ header, value, money, center }, i) => {
    const head = sheet.getCell(4, i + 1);
    head.value = header;
    head.font = { name: FONT, size: 10, bold: true };
    head.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FFEFF3F8" } };
    head.alignment = { horizontal: "center", vertical: "middle", wrapText: true };
    head.border = BORDER;
    const cell = sheet.getCell(5, i + 1);
    cell.value = value;
    cell.font = { name: FONT, size: 10 };
    const horizontal = money === true ? "right" : center === true ? "center" : "left";
    cell.alignment = { vertical: "middle", wrapText: true, horizontal };
    cell.border = BORDER;
    if (money === true) cell.numFmt = "#,##0.00";
    if (total) {
      const sum = sheet.getCell(6, i + 1);
      sum.value = total[i] ?? "";
      sum.font = { name: FONT, size: 10, bold: true };
      sum.alignment = { vertical: "middle", horizontal };
      sum.border = BORDER;
      if (money === true) sum.numFmt = "#,##0.00";
    }
  });
  sheet.getRow(4).height = 30;
  if (total) sheet.getRow(6).height = 22;
  const last = (total ? 6 : 5) + 2;
  sheet.mergeCells(last, 1, last, columns.length);
  sheet.getCell(last, 1).value = closing;
  sheet.getCell(last, 1).font = { name: FONT, size: 10.5 };
  return steadyZip(new Uint8Array(await book.xlsx.writeBuffer()));
}

const month = (header: string, width: number, field = header, money = false): Column => ({
  header,
  value: `{本月投诉.${field}}`,
  width,
  money,
});
const count = (header: string, width: number, money = false): Column => ({
  header,
  value: `{类别统计.${header}}`,
  width,
  money,
  center: header !== "类别",
});

export async function registers(): Promise<readonly FormTemplate[]> {
  const statistics = [
    count("类别", 20),
    count("件数", 9),
    count("已结案", 9),
    count("未结案", 9),
    count("逾期", 9),
    count("成立", 9),
    count("不成立", 9),
    count("处罚金额", 13, true),
    count("补偿金额", 13, true),
  ];
  const total = [
    "合计",
    "{本月件数}",
    "{本月已结案}",
    "{本月未结案}",
    "{本月逾期}",
    "{本月成立}",
    "{本月不成立}",
    "{本月处罚金额}",
    "{本月补偿金额}",
  ];
  return [
    {
      name: "客户投诉登记及跟踪处理记录表",
      packs: ["furniture-north"],
      bytes: await register({
        title: "客户投诉登记及跟踪处理记录表",
        subtitle: "受理月份：{受理月份}　　制表日期：{今天}",
        landscape: true,
        columns: [
          month("投诉编号", 11),
          month("受理时间", 11.5),
          month("客户名称", 12),
          month("投诉内容", 28),
          month("投诉类别", 10),
          month("责任部门", 9),
          month("承办岗位", 11),
          month("结案期限", 11.5),
          month("处理结果", 14, "处理方式"),
          month("结案时间", 11.5),
          month("回访时间", 11.5),
          month("当前状态", 9),
        ],
        closing: "登记人：　　　　　　　　客服主任：　　　　　　　　日期：",
      }),
    },
    {
      name: "投诉或意见反馈处理登记表",
      packs: ["law-firm"],
      bytes: await register({
        title: "投诉或意见反馈处理登记表",
        subtitle: "受理月份：{受理月份}　　制表日期：{今天}",
        landscape: true,
        columns: [
          month("编号", 13.5, "投诉编号"),
          month("收到时间", 11.5, "受理时间"),
          month("来源", 9, "投诉渠道"),
          month("投诉人", 11, "客户名称"),
          month("联系电话", 13),
          month("投诉或意见内容", 28, "投诉内容"),
          month("被投诉人", 9, "责任人"),
          month("承办", 10, "承办岗位"),
          month("核决人", 10),
          month("处理意见", 16, "处理方式"),
          month("答复时间", 11.5, "答复客户时间"),
          month("当前状态", 9),
        ],
        closing: "登记人：　　　　　　　　专门负责人：　　　　　　　　日期：",
      }),
    },
    {
      name: "客户月投诉统计表",
      packs: ["property-management"],
      bytes: await register({
        title: "客户月投诉统计表",
        subtitle: "统计月份：{受理月份}　　制表日期：{今天}",
        landscape: false,
        columns: statistics,
        total,
        closing: "制表：　　　　　　　　审核：　　　　　　　　服务中心负责人：",
      }),
    },
    {
      name: "客诉案件统计表",
      packs: ["factory-claims", "claims-time-limits"],
      bytes: await register({
        title: "客诉案件统计表",
        subtitle: "统计月份：{受理月份}　　制表日期：{今天}",
        landscape: false,
        columns: statistics,
        total,
        closing: "制表：　　　　　　　　质量管理部：　　　　　　　　总经理室：",
      }),
    },
  ];
}
