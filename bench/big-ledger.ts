import ExcelJS from "exceljs";

/** The 20 input columns of the benches' ledgers. */
export const HEADERS = [
  "投诉编号",
  "受理时间",
  "投诉渠道",
  "客户名称",
  "客户类型",
  "联系电话",
  "地区",
  "产品名称",
  "订单编号",
  "数量",
  "不良数量",
  "单价",
  "投诉内容",
  "客户要求",
  "原因",
  "损失金额",
  "是否成立",
  "责任人",
  "首次回复时间",
  "结案时间",
];

const DEFECTIVE = HEADERS.indexOf("不良数量");

const CHANNELS = ["电话", "邮件", "来访", "微信", "经销商转交"];
const REGIONS = ["广东", "国内", "美国", "北京市朝阳区", "国外"];
const DEMANDS = ["换货", "退货退款", "上门维修", "赔偿损失", "书面道歉并说明原因"];
const PERSONS = ["张三", "李四", "王五、赵六", "", "陈七:60%;周八:40%"];
const COMPLAINTS = [
  "床垫表面有污渍并且边角开线，要求更换",
  "柜门装上去关不严，缝隙能塞进手指，师傅说明天来结果没来",
  "送货晚了四天，打了三次电话都说在路上",
  "客服态度很差，说到一半就把电话挂了",
  "桌面到手就有两道划痕，外包装完好",
  "漏发一包五金件，没法安装",
  "收到的颜色和订单不一样，订的是胡桃木，来的是白橡木",
  "质量没有问题，但是送货师傅把门框磕坏了还不承认",
  "不是质量问题，就是想问问发票什么时候开",
  "味道很大，开窗通风半个月还是刺鼻，孩子咳嗽",
  "抽屉滑轨用了一个月就断了，第二次报修",
  "The table arrived with a broken leg and two screws missing.",
];

/** Sheets beside the ledger: their rows, headers first. */
export interface Beside {
  /** 责任人 of the rows are these in turn. */
  readonly persons: readonly string[];
  readonly sheets: Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>;
}

/**
 * Writes a ledger of `rows` rows with exceljs: the same every time, with blanks and texts of several kinds, no bad cell.
 * With `packs`, each row names one of them in turn, in 适用制度 in the place of 不良数量: still 20 columns. `first`: of
 * ledgers with other rows.
 */
export async function makeLedger(
  path: string,
  rows: number,
  packs: readonly string[] = [],
  first = 0,
  beside: Beside = { persons: PERSONS, sheets: {} },
): Promise<void> {
  const headers = packs.length === 0 ? HEADERS : HEADERS.with(DEFECTIVE, "适用制度");
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: true });
  const sheet = workbook.addWorksheet("投诉台账");
  sheet.columns = headers.map((header, i) => ({
    header,
    width: 14,
    ...(i === 1 || i > 17 ? { style: { numFmt: "yyyy-mm-dd hh:mm" } } : {}),
  }));
  const at = (i: number, minutes: number): Date => new Date(Date.UTC(2026, 0, 1) + (i * 5 + minutes) * 60_000);
  const one = (of: readonly string[], i: number): string => of[i % of.length]!;
  for (let i = first; i < first + rows; i++)
    sheet
      .addRow([
        `20260101-${i}`,
        at(i, 0),
        one(CHANNELS, i),
        `客户${i % 3000}`,
        i % 4 ? "经销商" : "消费者",
        `138${String(i).padStart(8, "0")}`,
        one(REGIONS, i >> 2),
        `床垫 ${i % 50} 型`,
        `DD${i}`,
        (i % 100) + 7,
        packs.length === 0 ? i % 7 : one(packs, i),
        12.5 + (i % 10),
        `第 ${i} 单：${one(COMPLAINTS, i * 7)}`,
        one(DEMANDS, i),
        "搬运",
        (i % 500) / 10,
        i % 9 ? "是" : "否",
        one(beside.persons, i) || null,
        i % 5 ? at(i, 60) : null,
        i % 3 ? at(i, 2880) : null,
      ])
      .commit();
  for (const [name, lines] of Object.entries(beside.sheets)) {
    const other = workbook.addWorksheet(name);
    for (const line of lines) other.addRow(line).commit();
  }
  await workbook.commit();
}
